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

## Invoices and what is due

payables-new = Enter an invoice
payables-owed = Open
payables-overdue = { $amount } overdue
payables-next = next due { $date }
payables-none-open = Nothing is open.
payables-number = Number
payables-supplier = Supplier
payables-dated = Date
payables-due = Due
payables-due-hint = Empty: 60 days after the date, as with Microsoft
payables-total = Total
payables-open = Open
payables-state = State
payables-lines = Lines
payables-left = { $n ->
    [0] today
    [one] { $n } working day
   *[other] { $n } working days
}
payables-kind = Document
payables-amends = Takes back or replaces (number)
payables-begins = Bills from
payables-ends = Bills to
payables-currency = Currency
payables-remark = Remark
payables-period = Bills
payable-kind-invoice = Invoice
payable-kind-void-note = Void note
payable-kind-adjustment-note = Adjustment note
payable-standing-void = Taken back
payable-standing-credit = Credit
payable-standing-paid = Paid
payable-standing-open = Open
payable-standing-overdue = Overdue

## Lines against the invoice

payable-adds-up = Adds up
payable-adds-up-text = The lines add up to the invoice to the last minor unit.
payable-no-lines = No lines
payable-no-lines-text = No lines are imported yet: nothing can be checked.
payable-mixed = Currencies mixed
payable-mixed-text = Lines are in other currencies than the invoice. Nothing is added up across currencies.
payable-off = { $amount } off
payable-off-text = Lines less invoice: { $amount }.
payable-why-tax = That is just the tax of the lines.
payable-why-discounts = That is just the discounts of the lines.
payable-why-rounding = Rounding of the lines may make that much.
payable-why-unknown = The sums do not tell why: lines are missing, or too many.
payable-counted = Lines that count
payable-details-only = { $n } lines detail others and are not counted.

## Files

payable-files = Files
payable-upload = Import a file
payable-upload-hint = A reconciliation file (CSV), line items (JSON), or the invoice as PDF
payable-broken = If rows are broken
payable-broken-nothing = import nothing
payable-broken-rest = import the rest
payable-content-lines = { $n } lines
payable-content-document = Document
payable-content-unknown = Unknown layout
payable-lacks = Columns that are missing or there twice: { $columns }
payable-twice = This file is here already. Nothing happened.
payable-refused = { $n } rows are broken, so nothing was imported.
payable-not-taken = { $n } rows were not taken
payable-fault = Row { $row }, { $column }
payable-fault-row = Row { $row }
payable-wrong-not-a-number = not a number
payable-wrong-not-a-date = not a date
payable-wrong-not-a-currency = not a currency
payable-wrong-missing = empty
payable-wrong-cells = not as many cells as the header
payable-wrong-other-invoice = belongs to another invoice
payable-wrong-too-large = more than can be counted
payable-wrong-not-text = not text
payable-layout-legacy-license = Licences, old commerce
payable-layout-legacy-usage = Use, old commerce
payable-layout-new-commerce = New commerce
payable-layout-daily-rated = Use day by day, with prices
payable-layout-daily-usage = Use day by day, without prices
payable-layout-plain = Plain table
payable-remove-file = Remove the file and its lines

## For whom, and payments

payable-shares = For whom
payable-customer = Customer
payable-nobody = Nobody named
payable-all-lines = All lines
payable-compare = Why more or less?
payable-payments = Payments
payable-pay = Enter a payment
payable-no-payments = Nothing was paid yet.
payable-amount = Amount
payable-paid-on = Paid on
payable-reference = Reference
payable-by = Entered by
payable-change = Due date and remark

## A line, explained

payable-line = Line { $n }
payable-product = Product
payable-charge = Charge
payable-quantity = Quantity
payable-subscription = Subscription
payable-order = Order
payable-term = Term
payable-cycle = Rhythm
payable-rate = Exchange rate
payable-promotion = Promotion
payable-adjustments = The supplier says
payable-row = Row { $row } of the file
payable-explained = How the amount comes about
payable-whole = Arithmetic alone arrives at the total.
payable-not-whole = The supplier’s own numbers do not quite give its amount. The difference is a step of its own.
billing-step-price = The list price of one is { $result }.
billing-step-effective = In this line one costs { $result }; how that comes from the list price, the supplier does not say.
billing-step-times = For { $by }: { $before } × { $by } = { $result }.
billing-step-per-day = Each of the { $of } days of the period: { $before } ÷ { $of } = { $result }.
billing-step-for-days = For { $by } days: { $before } × { $by } = { $result }.
billing-step-days = { $by } of { $of } days are charged: { $before } × { $by } ÷ { $of } = { $result }.
billing-step-each = For each of { $of }: { $before } ÷ { $of } = { $result }.
billing-step-percent = { $by } % are taken off the price: { $result }.
billing-step-exchange = At the rate { $by }: { $before } × { $by } = { $result }.
billing-step-round = Rounded to { $by } decimals: { $result }.
billing-step-cut = Cut off after { $by } decimals: { $result }.
billing-step-given-back = It is given back: { $result }.
billing-step-rounding = The supplier rounds in its own way: { $by } more or less makes { $result }.
billing-step-unexplained = The supplier’s amount differs by { $by }, and the line does not say why: { $result }.
billing-step-discount = Discount: { $before } − { $by } = { $result }.
billing-step-tax = Tax: { $before } + { $by } = { $result }.

## Two months

payable-months = { $name }: { $month } against the month before
payable-months-text = Invoices by their date. Each part is exact; together they are the difference.
payable-months-none = No lines in these months
payable-months-none-text = No invoice of these months has lines for this customer.
payable-months-cut = There are more lines than can be compared. These numbers are not all of them.
payable-month-before = The month before
payable-month-now = This month
payable-why = Why
payable-difference = Difference
payable-earlier = Month before
payable-later = Month after
payable-picture = Picture
payable-cause-seats = Licences or use
payable-cause-price = List price
payable-cause-days = Days
payable-cause-promotion = Promotion or credit
payable-cause-currency = Exchange rate
payable-cause-new = New
payable-cause-gone = Gone
payable-cause-tax = Tax
payable-cause-rest = Rounding and the rest

## What a line charges

payable-charge-activation-fee = Activation fee
payable-charge-cancel-fee = Cancellation: the period is given back
payable-charge-cancel-prorate = Licences given back, pro rata
payable-charge-cycle-fee = Price of the period
payable-charge-cycle-prorate = Licences within the period, pro rata
payable-charge-prorate-cancel = Unused part after cancellation
payable-charge-prorate-convert-away = Unused part after conversion
payable-charge-prorate-convert-to = Rest of the period after conversion
payable-charge-prorate-purchase = Rest of the period after purchase
payable-charge-prorate-activate = Rest of the period after activation
payable-charge-prorate-renew = Part of a period at renewal
payable-charge-purchase-fee = First period after purchase
payable-charge-usage-fee = Use in the period
payable-charge-usage-at-cancel = Use until cancellation
payable-charge-offset = Takes another line back
payable-charge-activation-discount = Discount at activation
payable-charge-cycle-discount = Discount on the period
payable-charge-renew-discount = Discount at renewal
payable-charge-cancel-discount = Discount at cancellation
payable-charge-new = New purchase
payable-charge-renew = Renewal
payable-charge-cycle-charge = Price of the period
payable-charge-add-quantity = More licences
payable-charge-remove-quantity = Fewer licences
payable-charge-move-quantity = Licences moved
payable-charge-cancel-immediate = Cancelled at once
payable-charge-convert = Converted
payable-charge-change-billing-plan = Other rhythm of billing
payable-charge-customer-credit = Credit for the customer
payable-charge-extend-term = Term extended
payable-charge-unknown = Unknown charge

## The audit log

deed-payable-add = Invoice of a supplier entered
deed-payable-change = Invoice of a supplier changed
deed-payable-import = File of a supplier’s invoice imported
deed-payable-remove = File of a supplier’s invoice removed
deed-payable-pay = Payment to a supplier entered
