//! What the parts of a path name, and every way to fill them: with what is there, with what is another desk's, with
//! what is not there, with what is no name at all.

use axum::http::Method;
use domain::access::Sight;

use super::{
    callers::Caller,
    world::{Side, Ticket},
};
use web::router::Route;

/// What a part of a path names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Thing {
    Customer,
    Contact,
    Agent,
    Team,
    Calendar,
    Mailbox,
    Token,
    Parked,
    Handover,
    Peer,
    Sent,
    Supplier,
    SupplierOffering,
    Contract,
    /// A customer's tenant at Microsoft.
    Tenant,
    /// A service request at Microsoft.
    Request,
    /// What a customer owes, and what came in at the bank.
    Invoice,
    BankEntry,
    /// A suspension for non-payment.
    Suspension,
    /// What a customer has bought, and what is done with it.
    Subscription,
    Act,
    /// An invoice of a supplier, and a file of it.
    Payable,
    PayableFile,
    /// A claim against a supplier.
    Claim,
    /// What a customer has paid for before.
    Prepaid,
    PriceRule,
    Offering,
    Plan,
    Statement,
    Delivery,
    /// A ticket by its number.
    Number,
    /// A ticket by its id.
    Ticket,
    Entry,
    Position,
    Article,
    Incident,
    /// A word of a closed set.
    Word(&'static str),
    /// What can be taken back.
    Undo,
    /// A secret of a link, or a name that is no row of a desk.
    Free,
}

fn thing(path: &str, part: &str) -> Thing {
    let begins = |start: &str| path.starts_with(start);
    match part {
        "number" => Thing::Number,
        "ticket" => Thing::Ticket,
        "entry" => Thing::Entry,
        "position" => Thing::Position,
        "undo" => Thing::Undo,
        "contact" => Thing::Contact,
        "customer" => Thing::Customer,
        "agent" => Thing::Agent,
        "team" => Thing::Team,
        "calendar" => Thing::Calendar,
        "mailbox" => Thing::Mailbox,
        "message" => Thing::Parked,
        "mail" => Thing::Sent,
        "supplier" => Thing::Supplier,
        "offering" if begins("/suppliers/") || begins("/api/v1/suppliers/") => Thing::SupplierOffering,
        "entitlement" | "contract" => Thing::Contract,
        "id" if begins("/suppliers/") => Thing::Supplier,
        "tenant" => Thing::Tenant,
        "request" => Thing::Request,
        "invoice" => Thing::Invoice,
        "subscription" => Thing::Subscription,
        "id" if begins("/subscriptions/") => Thing::Subscription,
        "suspension" => Thing::Suspension,
        "id" if begins("/suspensions/") => Thing::Suspension,
        "payable" => Thing::Payable,
        "id" if begins("/payables/") => Thing::Payable,
        "claim" => Thing::Claim,
        "id" if begins("/claims/") => Thing::Claim,
        "file" => Thing::PayableFile,
        "line" => Thing::Word("1"),
        "act" => Thing::Act,
        "prepaid" => Thing::Prepaid,
        "price_rule" => Thing::PriceRule,
        "id" if begins("/price-rules/") => Thing::PriceRule,
        "id" if begins("/prepaid/") => Thing::Prepaid,
        "offering" => Thing::Offering,
        "plan" => Thing::Plan,
        "statement" => Thing::Statement,
        "delivery" => Thing::Delivery,
        "id" if begins("/catalogue/offerings/") => Thing::Offering,
        "id" if begins("/catalogue/plans/") => Thing::Plan,
        "id" if begins("/catalogue/statements/") || begins("/help/statement/") => Thing::Statement,
        "id" if begins("/catalogue/deliveries/") => Thing::Delivery,
        "id" if begins("/catalogue/customers/") => Thing::Customer,
        "token" if begins("/api/") => Thing::Token,
        "handover" => Thing::Handover,
        "peer" => Thing::Peer,
        "id" if begins("/handovers/") => Thing::Handover,
        "id" if begins("/admin/settings/partners/") => Thing::Peer,
        "id" if begins("/receivables/invoices/") || begins("/help/invoices/") => Thing::Invoice,
        "id" if begins("/receivables/bank/") => Thing::BankEntry,
        "id" if begins("/customers/")
            || begins("/receivables/customers/")
            || begins("/collections/customers/")
            || begins("/help/accounts/") =>
        {
            Thing::Customer
        }
        "id" if begins("/sent/") => Thing::Sent,
        "id" if begins("/inbox/") => Thing::Parked,
        "id" if begins("/admin/people/") => Thing::Agent,
        "id" if begins("/admin/teams/") => Thing::Team,
        "id" if begins("/admin/settings/calendars/") => Thing::Calendar,
        "id" if begins("/admin/settings/mailboxes/") => Thing::Mailbox,
        "id" if begins("/admin/settings/tokens/") => Thing::Token,
        "article" => Thing::Article,
        "version" => Thing::Word("1"),
        "id" if begins("/articles/") || begins("/help/articles/") => Thing::Article,
        "id" if begins("/incidents/") => Thing::Incident,
        "service" => Thing::Word("azure"),
        "kind" => Thing::Word("technical"),
        "name" | "token" | "view" | "desk" => Thing::Free,
        _ => panic!("tell the matrix what {part} of {path} names"),
    }
}

/// How a path is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The caller's desk has it: the ticket and whether its entry is internal, where there is one.
    Own { ticket: Option<(usize, bool)> },
    /// This part is the other desk's.
    Foreign(usize),
    /// This part never was.
    Absent(usize),
    /// This part is another row of the same desk, which does not belong to the rest of the path.
    Sibling,
    /// This part is no name.
    Malformed(usize),
}

/// A path with its parts filled.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) relation: Relation,
    pub(crate) path: String,
    /// The values, to be masked in answers.
    pub(crate) values: Vec<String>,
}

impl Named {
    /// The same with another value.
    pub(crate) fn with(self, before: &str, after: &str) -> Self {
        let path = self.path.replace(before, after);
        let values = self.values.into_iter().map(|value| value.replace(before, after)).collect();
        Self { path, values, ..self }
    }
}

/// The parts of a path.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn fill(path: &str, values: &[String]) -> String {
    let mut values = values.iter();
    let fill =
        |part: &str| if part.starts_with('{') { values.next().unwrap().clone() } else { part.to_owned() };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

fn value(thing: Thing, side: &Side, ticket: &Ticket, internal: bool) -> String {
    match thing {
        Thing::Customer => side.customer.to_string(),
        Thing::Contact => side.ben.id.to_string(),
        Thing::Agent => side.victim.to_string(),
        Thing::Team => side.team.clone(),
        Thing::Calendar => side.calendar.clone(),
        Thing::Mailbox => side.mailbox.clone(),
        Thing::Token => side.token.clone(),
        Thing::Parked => side.parked.clone(),
        Thing::Sent => side.sent.clone(),
        Thing::Supplier => side.supplier.clone(),
        Thing::SupplierOffering => side.supplier_offering.clone(),
        Thing::Contract => side.contract.clone(),
        Thing::Tenant => side.tenant.clone(),
        Thing::Request => side.request.clone(),
        Thing::Subscription => side.bought.subscription.clone(),
        Thing::Act => side.bought.act.clone(),
        Thing::Suspension => side.owed.suspension.clone(),
        Thing::Payable => side.billed.invoice.clone(),
        Thing::PayableFile => side.billed.file.clone(),
        Thing::Claim => side.billed.claim.clone(),
        Thing::Invoice => side.owed.invoice.clone(),
        Thing::BankEntry => side.owed.payment.clone(),
        Thing::Prepaid => side.charged.prepaid.clone(),
        Thing::PriceRule => side.owed.price_rule.clone(),
        Thing::Handover => side.passed.handover.clone(),
        Thing::Peer => side.passed.peer.clone(),
        Thing::Offering => side.offering.clone(),
        Thing::Plan => side.plan.clone(),
        Thing::Statement => side.statement.clone(),
        Thing::Delivery => side.delivery.clone(),
        Thing::Number => ticket.number.to_string(),
        Thing::Ticket => ticket.id.to_string(),
        Thing::Entry => if internal { ticket.note } else { ticket.message }.to_string(),
        Thing::Position => "0".into(),
        Thing::Article => side.article.clone(),
        Thing::Incident => side.incident.clone(),
        Thing::Word(word) => word.into(),
        Thing::Undo => side.undo.clone(),
        Thing::Free => "mine".into(),
    }
}

fn absent(thing: Thing) -> String {
    let id = |prefix: &str| format!("{prefix}_0199aaaaaaaa7aaaaaaaaaaaaaaaaaaa");
    match thing {
        Thing::Customer => id("cus"),
        Thing::Contact => id("con"),
        Thing::Agent => id("agt"),
        Thing::Team => id("tem"),
        Thing::Calendar => id("cal"),
        Thing::Mailbox => id("mbx"),
        Thing::Token => id("tok"),
        Thing::Parked => id("inb"),
        Thing::Handover => id("hov"),
        Thing::Peer => id("per"),
        Thing::Sent => id("out"),
        Thing::Supplier => id("sup"),
        Thing::SupplierOffering => id("ofr"),
        Thing::Contract => id("etl"),
        Thing::Tenant => "0199aaaa-aaaa-7aaa-aaaa-aaaaaaaaaaaa".into(),
        Thing::Request => "600000000000000".into(),
        Thing::Subscription => "0299aaaa-aaaa-7aaa-aaaa-aaaaaaaaaaaa".into(),
        Thing::Act => id("act"),
        Thing::Payable => id("siv"),
        Thing::PayableFile => id("sfl"),
        Thing::Claim => id("clm"),
        Thing::Invoice => id("inv"),
        Thing::Suspension => id("sus"),
        Thing::BankEntry => id("bnk"),
        Thing::Prepaid => id("ppd"),
        Thing::PriceRule => id("prl"),
        Thing::Offering => id("ofr"),
        Thing::Plan => id("pln"),
        Thing::Statement => id("stm"),
        Thing::Delivery => id("dlv"),
        Thing::Number => "987654321".into(),
        Thing::Ticket => id("tkt"),
        Thing::Entry => id("ent"),
        Thing::Position => "77".into(),
        Thing::Article => id("art"),
        Thing::Incident => id("inc"),
        Thing::Free | Thing::Word(_) => "nothing".into(),
        Thing::Undo => id("und"),
    }
}

/// Spellings that name nothing: V89 and what parsers stumble over.
pub(crate) const MALFORMED: [&str; 14] = [
    "x",
    "-1",
    "0",
    "99999999999999999999999",
    "9223372036854775807",
    "%00",
    "%20",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f",
    "..%5c..%5c",
    "%252e%252e%252f",
    "%c0%ae%c0%ae%2f",
    "CUS_0199AAAAAAAA7AAAAAAAAAAAAAAAAAAA",
    "1%20OR%201=1--",
];

/// Every way to fill a route's path for a caller of `ours`.
pub(crate) fn names(route: &Route, ours: &Side, theirs: &Side) -> Vec<Named> {
    let things: Vec<Thing> = parts(route.path).into_iter().map(|part| thing(route.path, part)).collect();
    let has = |wanted: Thing| things.contains(&wanted);
    let of_ticket = has(Thing::Number) || has(Thing::Ticket);
    let own = |ticket: &Ticket, internal| -> Vec<String> {
        things.iter().map(|thing| value(*thing, ours, ticket, internal)).collect()
    };
    let tickets = ours.tickets();
    let mut all = Vec::new();
    let mut add = |relation, values: Vec<String>| {
        all.push(Named { relation, path: fill(route.path, &values), values });
    };
    for (index, ticket) in tickets.iter().enumerate() {
        for internal in [false, true] {
            match (of_ticket, has(Thing::Entry)) {
                (true, true) => add(Relation::Own { ticket: Some((index, internal)) }, own(ticket, internal)),
                (true, false) if !internal => {
                    add(Relation::Own { ticket: Some((index, false)) }, own(ticket, false));
                }
                (false, _) if index == 0 && !internal => {
                    add(Relation::Own { ticket: None }, own(ticket, false));
                }
                _ => {}
            }
        }
    }
    let base = own(&tickets[0], false);
    for (at, thing) in things.iter().enumerate() {
        let with = |value: String| {
            let mut values = base.clone();
            values[at] = value;
            values
        };
        if matches!(thing, Thing::Free | Thing::Word(_)) {
            continue;
        }
        // Absent first: it is what the others are compared to.
        add(Relation::Absent(at), with(absent(*thing)));
        if *thing != Thing::Position {
            add(Relation::Foreign(at), with(value(*thing, theirs, &theirs.technical, false)));
        }
        for odd in MALFORMED {
            // Zero is the position of the file that is there.
            if *thing != Thing::Position || odd != "0" {
                add(Relation::Malformed(at), with(odd.into()));
            }
        }
        if *thing == Thing::Contract && has(Thing::Supplier) {
            add(Relation::Sibling, with(ours.neighbour_contract.clone()));
        }
        let entry_of_other = *thing == Thing::Entry;
        if entry_of_other {
            add(Relation::Sibling, with(tickets[1].message.to_string()));
        }
        if *thing == Thing::Contact && has(Thing::Customer) {
            add(Relation::Sibling, with(ours.dora.id.to_string()));
        }
    }
    all
}

/// Whether a call with this path ends what it names, so that the next one finds nothing.
pub(crate) fn ends(route: &Route) -> bool {
    route.method == Method::DELETE || route.path.ends_with("/remove") || route.path.ends_with("/withdraw")
}

/// Whether the use case decides by more than the path names: an answer can be taken back by its author once, a parked
/// mail is tried again once, nobody gives a token more than the own scopes, or withdraws one of somebody else's without
/// managing users.
pub(crate) fn decides_by_body(route: &Route) -> bool {
    let once = route.path.ends_with("/undo")
        || route.path.contains("/undos/")
        || route.path.contains("/replies/{entry}");
    let parked = route.path.contains("/inbox/{") && route.path.ends_with("/retry");
    once || parked || route.path.starts_with("/api/v1/tokens") && route.method != Method::GET
}

/// The ticket of an own path, and whether the entry is internal.
pub(crate) fn ticket_of<'s>(named: &Named, side: &'s Side) -> Option<(&'s Ticket, bool)> {
    let Relation::Own { ticket: Some((index, internal)) } = named.relation else { return None };
    let ticket = [&side.technical, &side.billing, &side.guarded][index];
    Some((ticket, internal))
}

/// Whether a caller sees the ticket of a path, and its entry.
pub(crate) fn seen(route: &Route, named: &Named, side: &Side, caller: &Caller) -> bool {
    // The neighbour gets its own invoices.
    let is_owed = ["/help/invoices/", "/help/accounts/"].iter().any(|owed| route.path.starts_with(owed));
    if is_owed && caller.name.contains("neighbour") {
        return false;
    }
    // A note is no mail; and a mail as it came may hold more than the customer is shown.
    let html = route.path.ends_with("/html");
    let raw = route.path.ends_with("/original") || route.path.ends_with("/diagnosis");
    let mail = html || raw || route.path.contains("/messages/");
    ticket_of(named, side).is_none_or(|(ticket, internal)| match caller.sight(ticket) {
        Sight::None => false,
        Sight::Public => !internal && !raw,
        Sight::Full => !(internal && mail),
    })
}
