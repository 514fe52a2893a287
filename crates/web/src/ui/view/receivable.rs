//! What customers owe.

use askama::Template;
use domain::{
    document::{Block, Document},
    receivable::party::Party,
};

use super::{Choice, Link, Notice, Pages, Shell};

/// A file's fault: line, column, why.
pub type FaultLine = (String, String, String);

/// `GET /receivables`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables.html")]
pub struct ReceivablesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Which invoices there are to choose from.
    pub filters: Vec<Link>,
    /// The name that was looked for.
    pub query: String,
    /// The customers of that name.
    pub customers: Vec<Link>,
    /// The invoices, the newest first.
    pub invoices: Vec<InvoiceLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// Whether the reader may import.
    pub may_manage: bool,
    /// What became of an import.
    pub imported: Option<String>,
    /// What was wrong with it.
    pub faults: Vec<FaultLine>,
    /// The first day of an export.
    pub from: String,
    /// The last one.
    pub to: String,
}

/// An invoice in a list.
#[derive(Clone, Debug)]
pub struct InvoiceLine {
    /// Its page.
    pub href: String,
    /// Its PDF in the portal.
    pub pdf: String,
    /// Its number, or that it is a draft.
    pub label: String,
    /// Whose.
    pub customer: Link,
    /// The word of its kind.
    pub kind: String,
    /// When it was issued.
    pub issued: String,
    /// When it is due.
    pub due: String,
    /// What it comes to.
    pub gross: String,
    /// What of it is open; empty for nothing.
    pub open: String,
    /// `draft`, `open`, `late` or `settled`.
    pub state: String,
    /// The tone of that.
    pub tone: String,
    /// Whether it came from the partner's own accounting.
    pub imported: bool,
}

/// `GET /receivables/ageing`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables_ageing.html")]
pub struct AgeingPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// The names of the ages.
    pub ages: Vec<String>,
    /// Currency by currency.
    pub currencies: Vec<AgeingCurrency>,
}

/// What is owed in one currency.
#[derive(Clone, Debug)]
pub struct AgeingCurrency {
    /// Its code.
    pub code: String,
    /// Customer by customer.
    pub lines: Vec<AgeingLine>,
    /// All together.
    pub total: AgeingLine,
}

/// What one customer owes.
#[derive(Clone, Debug)]
pub struct AgeingLine {
    /// The customer.
    pub customer: Link,
    /// By age.
    pub amounts: Vec<String>,
    /// All of it.
    pub total: String,
    /// What is left of payments and credit notes; empty for nothing.
    pub credit: String,
    /// The picture: from where, how wide, of a thousand.
    pub bars: Vec<(i64, i64)>,
}

/// Who somebody is on paper, in a form.
#[derive(Clone, Debug, Default)]
pub struct PartyFields {
    /// The legal name.
    pub legal_name: String,
    /// Street and number.
    pub street: String,
    /// The code of the place.
    pub postcode: String,
    /// The place.
    pub city: String,
    /// The country.
    pub country: String,
    /// The VAT id.
    pub vat_id: String,
    /// The scheme of the electronic address.
    pub endpoint_scheme: String,
    /// The electronic address.
    pub endpoint: String,
}

impl From<Party> for PartyFields {
    fn from(party: Party) -> Self {
        let (endpoint_scheme, endpoint) = party.endpoint.map(|one| (one.scheme, one.id)).unwrap_or_default();
        Self {
            legal_name: party.name,
            street: party.street,
            postcode: party.postcode,
            city: party.city,
            country: party.country,
            vat_id: party.vat_id,
            endpoint_scheme,
            endpoint,
        }
    }
}

/// `GET /receivables/seller`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables_seller.html")]
pub struct SellerPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be saved.
    pub notice: Option<Notice>,
    /// Whether the reader may change it.
    pub may_manage: bool,
    /// Who the desk is.
    pub party: PartyFields,
    /// Its account.
    pub iban: String,
    /// Why it sells without VAT, where it is exempt.
    pub exemption: String,
    /// Within how many days customers pay.
    pub days: String,
    /// How numbers of invoices begin.
    pub invoices: String,
    /// How numbers of credit notes begin.
    pub credit_notes: String,
    /// The currency of a new invoice.
    pub currency: String,
    /// The country's rate of VAT; empty for none.
    pub rate: String,
    /// The version; empty for none.
    pub version: String,
}

/// `GET /price-rules`.
#[derive(Clone, Debug, Template)]
#[template(path = "price_rules.html")]
pub struct PriceRulesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// The rules.
    pub rules: Vec<PriceRuleLine>,
    /// For whom one can be.
    pub customers: Vec<Choice>,
    /// Of whose lines.
    pub suppliers: Vec<Choice>,
    /// From what a price is made.
    pub bases: Vec<Choice>,
    /// How it is rounded.
    pub roundings: Vec<Choice>,
    /// Whether the reader may change them.
    pub may_manage: bool,
}

/// A price rule.
#[derive(Clone, Debug)]
pub struct PriceRuleLine {
    /// Its id.
    pub id: String,
    /// For whom; empty for everybody.
    pub customer: String,
    /// Of whose lines; empty for everybody's.
    pub supplier: String,
    /// For which products; empty for all.
    pub product: String,
    /// How the price is made.
    pub price: String,
}

/// `GET /payables/{id}/pass-on`.
#[derive(Clone, Debug, Template)]
#[template(path = "pass_on.html")]
pub struct PassOnPage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// The supplier's invoice.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Why it cannot be passed on as it is.
    pub refused: Option<String>,
    /// Whether there is no price rule yet.
    pub no_rules: bool,
    /// Whether the reader may pass it on now.
    pub may_pass: bool,
    /// For whom what.
    pub lines: Vec<OnwardLine>,
}

/// What of a supplier's invoice is for one customer.
#[derive(Clone, Debug)]
pub struct OnwardLine {
    /// Who.
    pub name: String,
    /// Where its account is; empty if it is not known.
    pub href: String,
    /// Its VAT.
    pub vat: Option<String>,
    /// How many lines it gets.
    pub lines: String,
    /// What the supplier bills for them.
    pub cost: String,
    /// What the customer pays for them.
    pub price: String,
    /// The difference.
    pub margin: String,
    /// Whether it is below nothing.
    pub is_loss: bool,
    /// What is not passed on, and why.
    pub left: Vec<String>,
}

/// `GET /receivables/invoices/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables_invoice.html")]
pub struct InvoicePage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// This page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Whose.
    pub customer: Link,
    /// The version of a draft.
    pub version: String,
    /// Whether it may still change.
    pub draft: bool,
    /// Whether the reader may change it.
    pub may_manage: bool,
    /// Whether it came from the partner's own accounting.
    pub imported: bool,
    /// Whether it is a credit note.
    pub is_credit: bool,
    /// What keeps it from being issued.
    pub faults: Vec<String>,
    /// Its currency.
    pub currency: String,
    /// Its language, to choose from.
    pub languages: Vec<Choice>,
    /// What stands above the lines.
    pub note: String,
    /// The lines of a draft.
    pub lines: Vec<DraftLine>,
    /// Days and amounts.
    pub facts: Vec<(String, String)>,
    /// The text that was issued.
    pub document: Option<Document>,
    /// Whether there is XML.
    pub has_xml: bool,
    /// The invoice that it corrects.
    pub corrects: Option<Link>,
    /// The credit notes that correct it.
    pub credits: Vec<Link>,
    /// To whom it was mailed.
    pub mails: Vec<String>,
    /// Whether it can be mailed.
    pub may_send: bool,
    /// Tickets that ask about its lines: where each is, and which line it asks about.
    pub asking: Vec<Link>,
}

/// A line of a draft, as a form has it.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// What it is.
    pub description: String,
    /// How much.
    pub quantity: String,
    /// The price of one.
    pub unit_price: String,
    /// The VAT category, to choose from.
    pub vats: Vec<Choice>,
    /// The rate in percent.
    pub rate: String,
    /// What it stands for.
    pub origin: String,
    /// Its net amount.
    pub net: String,
}

/// `GET /receivables/customers/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables_account.html")]
pub struct LedgerPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// This page.
    pub href: String,
    /// The customer's name.
    pub name: String,
    /// Whether the reader may change anything.
    pub may_manage: bool,
    /// What it owes, currency by currency.
    pub balances: Vec<String>,
    /// What is open by age, currency by currency.
    pub ages: Vec<AgeingLine>,
    /// The invoices of which something is open.
    pub open: Vec<OpenLine>,
    /// The payments and credit notes of which something is left.
    pub credits: Vec<OpenLine>,
    /// Its drafts.
    pub drafts: Vec<InvoiceLine>,
    /// The ledger, the newest first.
    pub entries: Vec<EntryLine>,
    /// Today, where the customer is.
    pub today: String,
    /// The currency of its invoices; empty is the desk's.
    pub currency: String,
    /// Who it is.
    pub party: PartyFields,
    /// What it wants to read on every invoice.
    pub reference: String,
    /// The kinds of its VAT.
    pub vats: Vec<Choice>,
    /// The rate of it; empty for none.
    pub rate: String,
    /// Within how many days it pays; empty is as the desk says.
    pub days: String,
    /// The language of its invoices.
    pub languages: Vec<Choice>,
    /// Its contacts, those chosen who get its invoices.
    pub contacts: Vec<Choice>,
    /// The version; empty for none.
    pub version: String,
}

/// Something of which a part is open.
#[derive(Clone, Debug)]
pub struct OpenLine {
    /// The entry.
    pub id: String,
    /// How a person finds it.
    pub label: String,
    /// The invoice's page.
    pub href: String,
    /// When it is due, or came in.
    pub due: String,
    /// How late it is; empty if it is not.
    pub late: String,
    /// What is open.
    pub open: String,
    /// The same as a form takes it.
    pub plain: String,
    /// The currency.
    pub currency: String,
}

/// An entry of a ledger.
#[derive(Clone, Debug)]
pub struct EntryLine {
    /// Its id.
    pub id: String,
    /// When.
    pub day: String,
    /// What it is.
    pub kind: String,
    /// How a person finds it.
    pub label: String,
    /// The invoice's page.
    pub href: String,
    /// What it settles or takes back.
    pub of: String,
    /// Why.
    pub reason: String,
    /// How much: what raises the balance is above nothing.
    pub amount: String,
    /// Whether it changes the balance.
    pub moves: bool,
    /// Whether it can be taken back.
    pub may_reverse: bool,
}

/// `GET /receivables/bank`.
#[derive(Clone, Debug, Template)]
#[template(path = "receivables_bank.html")]
pub struct BankPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Whether the reader may read files and confirm.
    pub may_manage: bool,
    /// What became of a file.
    pub done: Option<String>,
    /// What was wrong with it.
    pub faults: Vec<FaultLine>,
    /// The payments that nobody has booked.
    pub lines: Vec<BankLine>,
    /// The pages beside it.
    pub pages: Pages,
}

/// A payment that nobody has booked.
#[derive(Clone, Debug)]
pub struct BankLine {
    /// Its id.
    pub id: String,
    /// When it came in.
    pub day: String,
    /// How much.
    pub amount: String,
    /// Who paid.
    pub payer: String,
    /// From which account.
    pub account: String,
    /// What the payer wrote.
    pub text: String,
    /// What it is probably for.
    pub proposals: Vec<ProposalLine>,
    /// The customers, to choose from.
    pub customers: Vec<Choice>,
}

/// What a payment is probably for.
#[derive(Clone, Debug)]
pub struct ProposalLine {
    /// The customer's id.
    pub customer: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub because: Vec<String>,
    /// What it settles.
    pub settles: Vec<SettleLine>,
}

/// An invoice that a payment settles.
#[derive(Clone, Debug)]
pub struct SettleLine {
    /// The entry.
    pub id: String,
    /// Its number.
    pub label: String,
    /// What is open.
    pub open: String,
    /// How much of it, as a form takes it.
    pub amount: String,
}

/// `GET /help/invoices`.
#[derive(Clone, Debug, Template)]
#[template(path = "help_invoices.html")]
pub struct HelpInvoicesPage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// How each customer stands, and what can be disputed.
    pub collections: Vec<super::HelpCollection>,
    /// The lines about which its requests ask.
    pub questions: Vec<super::HelpQuestion>,
    /// The invoices, the newest first.
    pub invoices: Vec<InvoiceLine>,
}
