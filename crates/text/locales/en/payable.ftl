# What suppliers bill us: their invoices line by line, what is due, disputes and claims.

nav-billing = Billing
payables = What we owe
payables-text = Invoices of Microsoft and of other suppliers, the newest first.
payables-none = No invoice yet
payables-none-text = As soon as an invoice of a supplier is imported, it stands here with what is due and when.

permission-payables-view = See what suppliers bill us, line by line, and what is due
permission-payables-manage = Import suppliers’ invoices, record payments to them, dispute and claim
permission-receivables-view = See what customers are billed, what they owe and have paid
permission-receivables-manage = Issue and credit invoices to customers, record their payments
permission-charges-view = See customers’ paid support: balances, packs, rates, logged time
permission-charges-log = Log time and estimate chargeable work
permission-charges-manage = Set rates, sell prepaid support, waive and correct charges
