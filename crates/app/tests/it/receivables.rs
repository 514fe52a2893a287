//! An invoice is written, issued, paid, credited; and nothing counts twice.

use app::{
    Error,
    receivables::{self as money, BankFile, Columns, Confirm, Edit, Fate, NewDraft, NewPayment, Which},
};
use domain::{
    id::{CustomerId, InvoiceId, LedgerId},
    lang::Lang,
    money::Money,
    party::Sees,
    receivable::{
        invoice::{Line, Origin, Vat, VatCategory},
        party::{Buyer, Endpoint, Party, Seller},
    },
};
use jiff::SignedDuration;
use store::{
    outgoing::Purpose,
    receivables::{BuyerData, SellerData},
};
use testkit::{TestDesk, on_both};

fn eur(minor: i64) -> Money {
    Money { minor, currency: "EUR".parse().unwrap() }
}

fn party(name: &str, country: &str, vat_id: &str) -> Party {
    Party {
        name: name.into(),
        street: "Hafenstraße 1".into(),
        postcode: "20457".into(),
        city: "Hamburg".into(),
        country: country.into(),
        vat_id: vat_id.into(),
        endpoint: Some(Endpoint { scheme: "9930".into(), id: "DE123456789".into() }),
    }
}

fn line(quantity: &str, price: &str, origin: Option<&str>) -> Line {
    Line {
        description: "Microsoft 365 Business Premium & <Teams>".into(),
        quantity: quantity.parse().unwrap(),
        unit_price: price.parse().unwrap(),
        vat: Vat { category: VatCategory::Standard, rate: "19".parse().unwrap() },
        origin: origin.map(|id| Origin::Charge(id.into())),
    }
}

/// A customer that can be billed, with a contact who gets its invoices.
pub(crate) async fn customer(desk: &TestDesk, name: &str) -> CustomerId {
    let (app, admin) = (&desk.app, &desk.admin);
    if money::seller(app, admin).await.unwrap().is_none() {
        let seller = SellerData {
            seller: Seller {
                party: party("Nordwind Cloud GmbH", "DE", "DE123456789"),
                iban: "DE89 3704 0044 0532 0130 00".into(),
                exemption: String::new(),
            },
            days: 14,
            invoices: "INV-{year}-".into(),
            credit_notes: "CN-{year}-".into(),
            currency: eur(0).currency,
            rate: Some(19.into()),
        };
        money::set_seller(app, admin, seller, None).await.unwrap();
    }
    let id = desk.customer(name).await;
    let address = format!("ada@{}.test", name.to_lowercase());
    let ada = desk.contact(id, "Ada", &address, Sees::All).await;
    let buyer = BuyerData {
        buyer: Buyer {
            party: party(&format!("{name} GmbH"), "de", "DE 987654321"),
            reference: String::new(),
        },
        days: None,
        currency: None,
        lang: Some(Lang::De),
        vat: None,
    };
    money::set_buyer(app, admin, id, buyer, vec![ada.id], None).await.unwrap();
    id
}

async fn draft(desk: &TestDesk, customer: CustomerId, lines: Vec<Line>) -> InvoiceId {
    let new = NewDraft { customer, currency: None, lines, note: String::new() };
    money::create(&desk.app, &desk.admin, new).await.unwrap()
}

async fn issued(desk: &TestDesk, customer: CustomerId, price: &str) -> (InvoiceId, String) {
    let id = draft(desk, customer, vec![line("1", price, None)]).await;
    (id, money::issue(&desk.app, &desk.admin, id, 1).await.unwrap())
}

/// What is open of a customer, by the ledger and by what is kept of it.
async fn open(desk: &TestDesk, customer: CustomerId) -> Vec<(LedgerId, i64)> {
    let of = money::account(&desk.app, &desk.admin, customer).await.unwrap();
    let mut open: Vec<_> = of.account.open().into_iter().map(|(id, owed)| (id, owed.open)).collect();
    // Ids of one moment have no order: the largest amount first.
    open.sort_by_key(|(_, minor)| std::cmp::Reverse(*minor));
    let ageing = money::ageing(&desk.app, &desk.admin).await.unwrap();
    let row = ageing.rows.iter().find(|row| row.customer == customer);
    let kept = row.map_or(0, |row| row.ages.iter().sum());
    assert_eq!(kept, open.iter().map(|(_, minor)| minor).sum::<i64>());
    open
}

on_both! {
    async fn an_invoice_is_written_issued_and_never_changes(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let id = draft(&desk, acme, vec![line("3", "12.605", Some("work-1"))]).await;
        let edit = Edit {
            currency: eur(0).currency,
            lang: Lang::De,
            lines: vec![line("3", "12.605", Some("work-1")), line("1", "10", None)],
            note: "For March".into(),
        };
        money::change(app, admin, id, edit.clone(), 1).await.unwrap();
        assert!(matches!(money::change(app, admin, id, edit.clone(), 1).await, Err(Error::Stale)));
        // The same work stands on one invoice.
        let again = NewDraft { customer: acme, currency: None, lines: vec![line("1", "1", Some("work-1"))], note: String::new() };
        assert_eq!(money::create(app, admin, again).await.unwrap_err().code(), "already-charged");

        let label = money::issue(app, admin, id, 2).await.unwrap();
        assert_eq!(label, "INV-2026-00001");
        assert_eq!(money::issue(app, admin, id, 2).await.unwrap_err().code(), "issued");
        assert_eq!(money::change(app, admin, id, edit, 3).await.unwrap_err().code(), "issued");
        assert_eq!(money::remove(app, admin, id, 3).await.unwrap_err().code(), "issued");
        let one = money::one(app, admin, id).await.unwrap();
        assert_eq!((one.invoice.net, one.invoice.tax, one.invoice.gross), (4_782, 909, 5_691));
        assert_eq!(one.open, 5_691);
        let days = (one.invoice.issued_on.unwrap().to_string(), one.invoice.due_on.unwrap().to_string());
        assert_eq!(days, ("2026-03-02".into(), "2026-03-16".into()));
        let document = format!("{:?}", one.invoice.document);
        assert!(document.contains("Rechnung INV-2026-00001") && document.contains("56,91"), "{document}");
        assert!(!document.contains('⟨') && !document.contains("{$"), "{document}");
        assert!(document.contains("16."), "{document}");

        // Mailed once to who gets it, with the XML, and again when somebody asks.
        desk.run_jobs().await;
        let mails = |all: &[testkit::SentMail]| all.iter().filter(|mail| mail.purpose == Purpose::Invoice).count();
        assert_eq!(mails(&desk.sent_mails().await), 1);
        desk.wait(SignedDuration::from_mins(1));
        money::send(app, admin, id).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(mails(&desk.sent_mails().await), 2);
        let files = money::files(app, admin, id).await.unwrap();
        let xml = String::from_utf8(files.xml.unwrap()).unwrap();
        check_xml(&xml);
        assert_eq!(money::list(app, admin, Which::Open, None, 10).await.unwrap().len(), 1);
    }

    async fn numbers_have_no_gaps_whoever_issues_and_whatever_fails(db) {
        let desk = TestDesk::new(db).await;
        let acme = customer(&desk, "Acme").await;
        let mut drafts = Vec::new();
        for n in 0..32 {
            // Every fourth cannot be issued: it comes to less than nothing.
            let quantity = if n % 4 == 3 { "-1" } else { "1" };
            drafts.push(draft(&desk, acme, vec![line(quantity, "10", None)]).await);
        }
        let tasks: Vec<_> = drafts
            .into_iter()
            .map(|id| {
                let (app, admin) = (desk.app.clone(), desk.admin.clone());
                tokio::spawn(async move {
                    for _ in 0..50 {
                        match money::issue(&app, &admin, id, 1).await {
                            Err(Error::Unavailable(_)) => tokio::task::yield_now().await,
                            done => return done,
                        }
                    }
                    money::issue(&app, &admin, id, 1).await
                })
            })
            .collect();
        let mut labels = Vec::new();
        let mut refused = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(label) => labels.push(label),
                Err(error) => {
                    assert_eq!(error.code(), "negative-total", "{error:?}");
                    refused += 1;
                }
            }
        }
        labels.sort();
        let wanted: Vec<String> = (1..=24).map(|n| format!("INV-2026-{n:05}")).collect();
        assert_eq!((labels, refused), (wanted, 8));
        assert_eq!(open(&desk, acme).await.len(), 24);
    }

    async fn payments_settle_and_nothing_is_lost(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let (first, _) = issued(&desk, acme, "100").await;
        issued(&desk, acme, "50").await;
        let both = open(&desk, acme).await;
        let [(a, 11_900), (b, 5_950)] = both[..] else { panic!("{both:?}") };
        let pay = |minor, settles| NewPayment {
            customer: acme,
            amount: eur(minor),
            day: "2026-03-02".parse().unwrap(),
            label: "by hand".into(),
            settles,
        };
        // One payment over two invoices, and a part is left.
        let paid = money::pay(app, admin, pay(20_000, vec![(a, 11_900), (b, 5_000)])).await.unwrap();
        assert_eq!(open(&desk, acme).await, [(b, 950)]);
        let over = money::allocate(app, admin, acme, paid, &[(b, 951)]).await.unwrap_err();
        assert_eq!(over.code(), "more-than-open");
        money::allocate(app, admin, acme, paid, &[(b, 900)]).await.unwrap();
        money::write_off(app, admin, acme, b, "too small to chase").await.unwrap();
        assert_eq!(open(&desk, acme).await, []);
        let of = money::account(app, admin, acme).await.unwrap();
        assert_eq!(of.account.balance()[&eur(0).currency], -2_200);
        // The bank took it back: all is open again, but what was given up.
        money::reverse(app, admin, acme, paid, "returned").await.unwrap();
        assert_eq!(open(&desk, acme).await, [(a, 11_900), (b, 5_900)]);
        assert!(money::reverse(app, admin, acme, paid, "again").await.is_err());
        let tomorrow = NewPayment { day: "2026-03-09".parse().unwrap(), ..pay(1, Vec::new()) };
        assert_eq!(money::pay(app, admin, tomorrow).await.unwrap_err().code(), "in-the-future");
        // A credit note settles what it corrects, and gives no more back than there was.
        let note = money::credit(app, admin, first, "not delivered").await.unwrap();
        let twice = money::credit(app, admin, first, "again").await.unwrap();
        assert_eq!(money::issue(app, admin, note, 1).await.unwrap(), "CN-2026-00001");
        assert_eq!(open(&desk, acme).await, [(b, 5_900)]);
        assert_eq!(money::issue(app, admin, twice, 1).await.unwrap_err().code(), "credit-too-much");
        // The statement of the account tells each of these that moved the balance, and ends with what is owed.
        let (name, paper) = money::account_pdf(app, admin, acme).await.unwrap();
        let paper = String::from_utf8(paper).unwrap();
        assert_eq!(name, format!("Acme {}.pdf", of.today));
        for told in ["INV-2026-00001", "by hand", "59,50", "-200,00", "200,00", "-119,00", "59,00"] {
            assert!(paper.contains(told), "{told}: {paper}");
        }
        assert!(!paper.contains("Übertrag"), "{paper}");
        // What is older than a year is one sum.
        desk.wait(SignedDuration::from_hours(24 * 400));
        let paper = String::from_utf8(money::account_pdf(app, admin, acme).await.unwrap().1).unwrap();
        assert!(paper.contains("Übertrag") && paper.contains("59,00"), "{paper}");
        assert!(!paper.contains("by hand"), "{paper}");
    }

    async fn a_bank_file_counts_once(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let (_, label) = issued(&desk, acme, "100").await;
        let csv = format!("Day;Amount;Text;Name;Account\n2.3.2026;119,00;{label};ACME GMBH;DE89370400440532013000\n02.03.2026;-5,00;fee;;\n");
        let file = |bytes: String| BankFile {
            bytes: bytes.into_bytes(),
            columns: Columns {
                day: "Day".into(),
                amount: "Amount".into(),
                currency: String::new(),
                text: "Text".into(),
                payer: "Name".into(),
                account: "Account".into(),
            },
            usual: Some(eur(0).currency),
        };
        let done = money::import_bank(app, admin, file(csv.clone())).await.unwrap();
        assert_eq!((done.new, done.known, done.others), (1, 0, 1));
        let done = money::import_bank(app, admin, file(format!("{csv}\n"))).await.unwrap();
        assert_eq!((done.new, done.known), (0, 1));
        let broken = money::import_bank(app, admin, file(csv.replace("119,00", "1,190"))).await.unwrap();
        assert_eq!((broken.new, broken.faults[0].line, broken.faults[0].column.as_str()), (0, 2, "Amount"));
        let incoming = money::incoming(app, admin, None).await.unwrap();
        let [one] = &incoming.lines[..] else { panic!("{incoming:?}") };
        let proposal = &one.proposals[0];
        assert_eq!(proposal.customer, acme);
        let confirm = Confirm { entry: one.entry.id, customer: acme, settles: proposal.settles.clone() };
        let payment = money::confirm(app, admin, confirm.clone()).await.unwrap();
        assert!(matches!(money::confirm(app, admin, confirm).await, Err(Error::Stale)));
        assert_eq!(open(&desk, acme).await, []);
        assert!(money::incoming(app, admin, None).await.unwrap().lines.is_empty());
        // A payment that was none waits at the bank again, and the account is known.
        money::reverse(app, admin, acme, payment, "another customer's").await.unwrap();
        assert_eq!(money::incoming(app, admin, None).await.unwrap().lines.len(), 1);
    }

    async fn imported_invoices_keep_their_numbers_and_take_none(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let csv = "number,customer,issued_on,due_on,currency,gross,tax\nA-1,acme,2026-01-02,2026-01-16,EUR,119.00,19.00\n\
            A-2,Nobody,2026-01-02,2026-01-16,EUR,119.00,\nA-3,acme,2026-01-02,2026-01-16,EUR,1.1.1,\n";
        let read = || async { money::rows(app, admin, csv.as_bytes()).await.unwrap() };
        let done = money::import_invoices(app, admin, read().await, Fate::Nothing).await.unwrap();
        let faults: Vec<_> = done.faults.iter().map(|f| (f.line, f.column.as_str(), f.code)).collect();
        assert_eq!((done.new, faults), (0, vec![(3, "customer", "unknown"), (4, "gross", "not-an-amount")]));
        assert_eq!(open(&desk, acme).await, []);
        let done = money::import_invoices(app, admin, read().await, Fate::Rest).await.unwrap();
        assert_eq!((done.new, done.known, done.faults.len()), (1, 0, 2));
        let done = money::import_invoices(app, admin, read().await, Fate::Rest).await.unwrap();
        assert_eq!((done.new, done.known), (0, 1));
        let other = csv.replace("119.00,19.00", "118.00,19.00");
        let read = money::rows(app, admin, other.as_bytes()).await.unwrap();
        let done = money::import_invoices(app, admin, read, Fate::Rest).await.unwrap();
        assert!(done.faults.iter().any(|fault| fault.code == "taken"), "{done:?}");
        let ageing = money::ageing(app, admin).await.unwrap();
        assert_eq!(ageing.rows[0].ages, [0, 0, 11_900, 0, 0]);
        assert_eq!(issued(&desk, acme, "1").await.1, "INV-2026-00001");
        let all = money::export_invoices(app, admin, "2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        let all = all.await.unwrap();
        assert!(all.contains("A-1,invoice") && all.lines().count() == 3, "{all}");
    }

    async fn what_is_charged_is_added_once(db) {
        let desk = TestDesk::new(db).await;
        let (app, acme) = (&desk.app, customer(&desk, "Acme").await);
        let now = app.now();
        let at = &desk;
        let add = |lines: Vec<Line>| async move {
            let ids = at.app.ids(now);
            at.app
                .store
                .write(at.desk, move |tx| {
                    let (mut ids, lines) = (ids.clone(), lines.clone());
                    Box::pin(async move {
                        money::add_lines(tx, &mut ids, now, acme, "EUR".parse().unwrap(), &lines).await
                    })
                })
                .await
        };
        let id = add(vec![line("1", "10", Some("a"))]).await.unwrap().unwrap();
        assert_eq!(add(vec![line("1", "10", Some("a")), line("1", "5", Some("b"))]).await.unwrap(), Some(id));
        let one = money::one(app, &desk.admin, id).await.unwrap();
        assert_eq!((one.invoice.lines.0.len(), one.invoice.net), (2, 1_500));
        assert_eq!(add(vec![line("1", "10", None)]).await.unwrap_err().code(), "no-origin");
        // What was thrown away may be charged again.
        money::remove(app, &desk.admin, id, one.invoice.version).await.unwrap();
        assert!(add(vec![line("1", "10", Some("a"))]).await.unwrap().is_some_and(|other| other != id));
    }

    async fn the_portal_shows_invoices_to_those_who_get_them(db) {
        let desk = TestDesk::new(db).await;
        let acme = customer(&desk, "Acme").await;
        let (id, _) = issued(&desk, acme, "100").await;
        let ben = desk.contact(acme, "Ben", "ben@acme.test", Sees::All).await;
        let eve = desk.customer("Eve").await;
        let eve = desk.contact(eve, "Eve", "eve@eve.test", Sees::All).await;
        for other in [&ben, &eve] {
            assert!(money::of_contact(&desk.app, other).await.unwrap().is_empty());
            assert!(matches!(money::files_of(&desk.app, other, id).await, Err(Error::NotFound(_))));
            let account = money::account_pdf_of(&desk.app, other, acme).await;
            assert!(matches!(account, Err(Error::NotFound(_))));
        }
    }
}

/// What EN 16931 and Peppol want to stand there, and that the amounts add up.
fn check_xml(xml: &str) {
    for element in [
        "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0<",
        "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0<",
        "<cbc:ID>INV-2026-00001<",
        "<cbc:IssueDate>2026-03-02<",
        "<cbc:DueDate>2026-03-16<",
        "<cbc:InvoiceTypeCode>380<",
        "<cbc:DocumentCurrencyCode>EUR<",
        "<cbc:BuyerReference>INV-2026-00001<",
        "<cbc:EndpointID schemeID=\"9930\">DE123456789<",
        "<cbc:CompanyID>DE987654321<",
        "<cbc:TaxableAmount currencyID=\"EUR\">47.82<",
        "<cbc:TaxAmount currencyID=\"EUR\">9.09<",
        "<cbc:LineExtensionAmount currencyID=\"EUR\">37.82<",
        "<cbc:TaxExclusiveAmount currencyID=\"EUR\">47.82<",
        "<cbc:TaxInclusiveAmount currencyID=\"EUR\">56.91<",
        "<cbc:PayableAmount currencyID=\"EUR\">56.91<",
        "<cbc:InvoicedQuantity unitCode=\"C62\">3<",
        "<cbc:PriceAmount currencyID=\"EUR\">12.605<",
        "<cbc:Name>Microsoft 365 Business Premium &amp; &lt;Teams&gt;<",
        "<cbc:ID>DE89370400440532013000<",
    ] {
        assert!(xml.contains(element), "{element}\n{xml}");
    }
}
