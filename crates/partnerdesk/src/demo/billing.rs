//! What customers owe: invoices of some months, what was paid of them, and a day at the bank.

use anyhow::Result;
use app::{
    Agent, App,
    collections::{self, NewDispute, NewPromise},
    customers, questions,
    receivables::{self, BankFile, Columns, Fate, NewDraft, NewPayment, Row},
    tickets::{self, NewTicket},
};
use domain::{
    collections::Class,
    id::ContactId,
    money::Money,
    receivable::{
        invoice::{Line, Vat, VatCategory},
        party::{Buyer, Endpoint, Party, Seller},
        pricing::{Base, Rounding, Rule},
    },
    ticket::kinds::{Channel, Kind, Service, Severity},
};
use jiff::{ToSpan as _, civil::Date};
use store::{
    parties::Customer,
    receivables::{BuyerData, SellerData},
};

/// What is billed: the words, how many, the price of one, and in percent the VAT.
const SOLD: &[(&str, u32, &str)] = &[
    ("Microsoft 365 Business Premium", 25, "20.60"),
    ("Microsoft 365 E3", 80, "34.40"),
    ("Azure plan", 1, "1284.37"),
    ("Dynamics 365 Sales Enterprise", 12, "97.30"),
];
/// Which customer asks about its invoice.
const ASKING: usize = 1;
/// For how many days the invoices of the partner's own accounting are past due.
const LATE: &[i32] = &[-10, 12, 45, 75, 130];

/// Writes it, in the name of a desk's Global admin.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn make(app: &App, admin: &Agent) -> Result<()> {
    let euro = "EUR".parse()?;
    let seller = SellerData {
        seller: Seller {
            party: party(&admin_name(app, admin).await?, "DE", "DE123456789"),
            iban: "DE89370400440532013000".into(),
            exemption: String::new(),
        },
        days: 14,
        invoices: "INV-{year}-".into(),
        credit_notes: "CN-{year}-".into(),
        currency: euro,
        rate: Some(19.into()),
    };
    receivables::set_seller(app, admin, seller, None).await?;
    for (product, base, percent) in [("", Base::Cost, 15), ("Azure", Base::List, 4)] {
        let rule = Rule {
            customer: None,
            supplier: None,
            product: product.into(),
            base,
            percent: percent.into(),
            step: "0.05".parse()?,
            rounding: Rounding::Up,
        };
        receivables::add_price_rule(app, admin, rule).await?;
    }
    let today = receivables::day(app.now(), &admin.zone);
    let all = customers::list(app, admin, "", None, 5).await?;
    let mut bank = String::from("day;amount;text;payer;account\n");
    for (place, customer) in all.iter().enumerate() {
        bill(app, admin, customer, place, today, &mut bank).await?;
    }
    let column = |name: &str| name.to_owned();
    let columns = Columns {
        day: column("day"),
        amount: column("amount"),
        currency: String::new(),
        text: column("text"),
        payer: column("payer"),
        account: column("account"),
    };
    let file = BankFile { bytes: bank.into_bytes(), columns, usual: Some(euro) };
    receivables::import_bank(app, admin, file).await?;
    collect(app, admin, &all, today).await
}

/// One is late and says nothing, one has promised to pay, one does not accept a line.
async fn collect(app: &App, admin: &Agent, all: &[Customer], today: Date) -> Result<()> {
    if let [_, late, promising, disputing, ..] = all {
        let currency = "EUR".parse()?;
        let parts = [(10, 40_000), (40, 35_532)];
        let parts = parts.map(|(days, minor)| Ok((today.checked_add(days.days())?, minor)));
        let parts: Result<Vec<(Date, i64)>> = parts.into_iter().collect();
        let note = "Their bookkeeper called: half now, half next month.".to_owned();
        collections::promise(app, admin, promising.id, NewPromise { currency, parts: parts?, note }).await?;
        collections::classify(app, admin, late.id, Class::Watched).await?;
        let of = collections::one(app, admin, disputing.id).await?;
        if let Some(invoice) = of.invoices.first().map(|invoice| invoice.id) {
            let reason = "Two of these people left in summer, and we said so.".to_owned();
            collections::dispute(app, admin, disputing.id, NewDispute { invoice, line: 1, reason }).await?;
        }
    }
    Ok(())
}

async fn admin_name(app: &App, admin: &Agent) -> Result<String> {
    let desk =
        app.store.read::<_, store::Error, _>(admin.desk, |tx| Box::pin(store::installation::own_desk(tx)));
    Ok(desk.await?.name)
}

fn party(name: &str, country: &str, vat_id: &str) -> Party {
    Party {
        name: name.to_owned(),
        street: "Hafenstraße 12".into(),
        postcode: "20457".into(),
        city: "Hamburg".into(),
        country: country.into(),
        vat_id: vat_id.into(),
        endpoint: Some(Endpoint { scheme: "9930".into(), id: vat_id.into() }),
    }
}

/// A question about an invoice, with the line that it asks about.
async fn ask(
    app: &App,
    admin: &Agent,
    customer: &Customer,
    contact: Option<ContactId>,
    number: &str,
) -> Result<()> {
    let new = NewTicket {
        channel: Channel::Phone,
        contact,
        customer: Some(customer.id),
        kind: Kind::Billing,
        service: Service::Microsoft365,
        severity: Severity::C,
        subject: format!("{number}: why more than last month?"),
        text: "On the phone: they expected the amount of the invoice before. Which part is new people, and which is \
               the price?"
            .into(),
        files: Vec::new(),
        take: false,
        acknowledge: false,
    };
    let opened = tickets::file_for_customer(app, admin, new).await?;
    questions::link(app, admin, opened.id, number, 1).await?;
    Ok(())
}

async fn bill(
    app: &App,
    admin: &Agent,
    customer: &Customer,
    place: usize,
    today: Date,
    bank: &mut String,
) -> Result<()> {
    let euro = "EUR".parse()?;
    let of = receivables::buyer(app, admin, customer.id).await?;
    let buyer = BuyerData {
        buyer: Buyer { party: party(&customer.name, "DE", "DE987654321"), reference: String::new() },
        days: None,
        currency: None,
        lang: None,
        vat: None,
    };
    let contacts = of.contacts.iter().take(1).map(|contact| contact.id).collect();
    receivables::set_buyer(app, admin, customer.id, buyer, contacts, None).await?;
    // What the accounting of before has of it.
    let late = LATE.get(place % LATE.len()).copied().unwrap_or_default();
    let due_on = today.checked_sub(late.days())?;
    let gross = Money { minor: 48_790 + 13_371 * i64::try_from(place)?, currency: euro };
    let number = format!("OLD-{}", 400 + place);
    let issued_on = due_on.checked_sub(14.days())?;
    let row = Row { line: 1, number, customer: customer.id, issued_on, due_on, gross, tax: 0 };
    receivables::import_invoices(app, admin, (vec![row], Vec::new()), Fate::Nothing).await?;
    // What is billed now.
    let Some((what, count, price)) = SOLD.get(place % SOLD.len()) else { return Ok(()) };
    let line = Line {
        description: (*what).to_owned(),
        quantity: (*count).into(),
        unit_price: price.parse()?,
        vat: Vat { category: VatCategory::Standard, rate: 19.into() },
        origin: None,
    };
    let draft = |line: Line| NewDraft {
        customer: customer.id,
        currency: None,
        lines: vec![line],
        note: String::new(),
    };
    if place == ASKING {
        let before = Line { quantity: (count - 4).into(), unit_price: "33.90".parse()?, ..line.clone() };
        let before = receivables::create(app, admin, draft(before)).await?;
        receivables::issue(app, admin, before, 1).await?;
    }
    let id = receivables::create(app, admin, draft(line)).await?;
    if place == 4 {
        return Ok(());
    }
    let label = receivables::issue(app, admin, id, 1).await?;
    if place == ASKING {
        ask(app, admin, customer, of.contacts.first().map(|contact| contact.id), &label).await?;
    }
    let one = receivables::one(app, admin, id).await?;
    let minor = one.invoice.gross;
    let amount = domain::receivable::invoice::decimal(Money { minor, currency: euro });
    match place {
        0 => bank.push_str(&format!("{today};{amount};{label};{};GB82WEST12345698765432\n", customer.name)),
        1 => bank.push_str(&format!("{today};1500.00;Teilzahlung;{};\n", customer.name)),
        2 => {
            let payment = NewPayment {
                customer: customer.id,
                amount: Money { minor: minor + 5_000, currency: euro },
                day: today,
                label: "Überweisung".into(),
                settles: Vec::new(),
            };
            receivables::pay(app, admin, payment).await?;
        }
        _ => {}
    }
    Ok(())
}
