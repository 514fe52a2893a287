//! Which table it is, and what its rows say. Layouts are data: `data/supplier_layouts.json`.

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{
    line::{Charge, Exchange, Family, Layout, Line},
    read::{self, Point},
};
use crate::{money::Currency, words};

/// The longest text of a cell that is kept, in characters.
const TEXT: usize = 300;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Field {
    Customer,
    CustomerName,
    Subscription,
    Order,
    Product,
    ProductElse,
    ProductKey,
    Charge,
    Price,
    Quantity,
    Count,
    Effective,
    Rate,
    RateFrom,
    RateDay,
    Amount,
    Discount,
    Subtotal,
    Tax,
    Total,
    Currency,
    Begins,
    Ends,
    TermBegins,
    TermEnds,
    Cycle,
    Unit,
    Meter,
    Promotion,
    Adjustments,
    Invoice,
}

/// Which of a line's amounts adds up to the invoice.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Counts {
    Amount,
    Subtotal,
    Total,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    #[serde(default)]
    aka: Vec<String>,
    is: Option<Field>,
    #[serde(default)]
    needed: bool,
}

impl Column {
    fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aka.iter().any(|other| other.eq_ignore_ascii_case(name))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    layout: Layout,
    counts: Option<Counts>,
    credits_count: Option<Counts>,
    #[serde(default)]
    metered: bool,
    columns: Vec<Column>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "about")]
    _about: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "verified")]
    _verified: bool,
    layouts: Vec<Table>,
}

fn tables() -> &'static [Table] {
    static FILE: LazyLock<File> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../../../data/supplier_layouts.json"))
            .expect("the file is a part of the program, and a test reads it")
    });
    &FILE.layouts
}

words! {
    /// What is wrong with a cell or a row.
    pub enum Wrong {
        /// No number, or one with more digits than can be counted exactly.
        NotANumber = "not_a_number",
        /// No day.
        NotADate = "not_a_date",
        /// No code of a currency.
        NotACurrency = "not_a_currency",
        /// Nothing where something must be.
        Missing = "missing",
        /// The row has not as many cells as the header.
        Cells = "cells",
        /// It belongs to another invoice.
        OtherInvoice = "other_invoice",
        /// Its amounts are more than can be counted.
        TooLarge = "too_large",
        /// It is no text.
        NotText = "not_text",
    }
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fault {
    /// In which line of the file the row begins, from 1.
    pub row: u32,
    /// The column's name as the file has it; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub what: Wrong,
}

/// A header that is none of the layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is nothing that we know.
    Unknown,
    /// It is nearly one that we know, and lacks these columns.
    Lacks(Layout, Vec<String>),
    /// It has these columns twice, and nobody knows which counts.
    Doubled(Layout, Vec<String>),
    /// It is known, and has no prices.
    NoPrices(Layout),
}

/// How the rows below a header are read.
#[derive(Clone, Debug)]
pub struct Reading {
    table: &'static Table,
    header: Vec<String>,
    places: Vec<(Field, usize)>,
    point: Point,
    /// Columns of the layout that this header lacks, and that are not needed.
    pub absent: Vec<String>,
    /// Columns of this header that the layout does not have.
    pub more: Vec<String>,
}

/// Which layout a header has.
///
/// # Errors
/// Why it has none.
pub fn recognise(header: &[&str], point: Point) -> Result<Reading, Unreadable> {
    let names: Vec<&str> = header.iter().map(|name| name.trim().trim_start_matches('\u{feff}')).collect();
    let has = |column: &Column| names.iter().any(|name| column.is_called(name));
    let score = |table: &Table| table.columns.iter().filter(|column| has(column)).count();
    let lacks = |table: &Table| -> Vec<String> {
        let missing = table.columns.iter().filter(|column| column.needed && !has(column));
        missing.map(|column| column.name.clone()).collect()
    };
    let whole = tables().iter().filter(|table| lacks(table).is_empty()).max_by_key(|table| score(table));
    let Some(table) = whole else {
        // Most of its columns, or it is something else.
        let near = tables().iter().filter(|table| score(table) * 10 >= table.columns.len() * 6);
        return Err(match near.max_by_key(|table| score(table)) {
            Some(table) => Unreadable::Lacks(table.layout, lacks(table)),
            None => Unreadable::Unknown,
        });
    };
    if table.counts.is_none() && !table.columns.iter().any(|column| column.is == Some(Field::Price)) {
        return Err(Unreadable::NoPrices(table.layout));
    }
    let mut doubled = Vec::new();
    let mut places = Vec::new();
    for column in &table.columns {
        let mut found = names.iter().enumerate().filter(|(_, name)| column.is_called(name));
        let Some((place, name)) = found.next() else { continue };
        let Some(field) = column.is else { continue };
        if found.next().is_some() {
            doubled.push((*name).to_owned());
        }
        places.push((field, place));
    }
    if !doubled.is_empty() {
        return Err(Unreadable::Doubled(table.layout, doubled));
    }
    let absent = table.columns.iter().filter(|column| column.is.is_some() && !has(column));
    let known = |name: &&&str| !table.columns.iter().any(|column| column.is_called(name));
    Ok(Reading {
        absent: absent.map(|column| column.name.clone()).collect(),
        more: names.iter().filter(known).map(|name| (*name).to_owned()).collect(),
        header: names.iter().map(|name| (*name).to_owned()).collect(),
        table,
        places,
        point,
    })
}

impl Reading {
    /// Which layout it is.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.table.layout
    }

    /// How many columns the header has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// A row as a line. `invoice` is the number of the invoice to which it must belong.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn line(&self, row: u32, cells: &[&str], invoice: &str) -> Result<Line, Vec<Fault>> {
        if cells.len() != self.header.len() {
            return Err(vec![Fault { row, column: String::new(), what: Wrong::Cells }]);
        }
        let mut cells = Cells { reading: self, cells, row, faults: Vec::new() };
        let line = cells.line(invoice);
        match line {
            Some(line) if cells.faults.is_empty() => Ok(line),
            None if cells.faults.is_empty() => {
                Err(vec![Fault { row, column: String::new(), what: Wrong::TooLarge }])
            }
            Some(_) | None => Err(cells.faults),
        }
    }
}

/// A row that is being read.
struct Cells<'r> {
    reading: &'r Reading,
    cells: &'r [&'r str],
    row: u32,
    faults: Vec<Fault>,
}

impl Cells<'_> {
    fn place(&self, field: Field) -> Option<usize> {
        self.reading.places.iter().find(|(known, _)| *known == field).map(|(_, place)| *place)
    }

    fn raw(&self, field: Field) -> &str {
        self.place(field).and_then(|place| self.cells.get(place)).map_or("", |cell| cell.trim())
    }

    fn text(&self, field: Field) -> String {
        let clean = self.raw(field).chars().map(|c| if c.is_control() { ' ' } else { c });
        clean.take(TEXT).collect::<String>().trim().to_owned()
    }

    fn fault(&mut self, field: Field, what: Wrong) {
        let name = self.place(field).and_then(|place| self.reading.header.get(place));
        let column = name.cloned().unwrap_or_default();
        self.faults.push(Fault { row: self.row, column, what });
    }

    /// A number; none where the cell is empty or the column is not there.
    fn maybe(&mut self, field: Field) -> Option<Decimal> {
        let text = self.raw(field).to_owned();
        if text.is_empty() {
            return None;
        }
        let found = read::number(&text, self.reading.point);
        if found.is_none() {
            self.fault(field, Wrong::NotANumber);
        }
        found
    }

    /// A number that a table must have if it has its column.
    fn number(&mut self, field: Field) -> Decimal {
        if self.place(field).is_some() && self.raw(field).is_empty() {
            self.fault(field, Wrong::Missing);
        }
        self.maybe(field).unwrap_or_default()
    }

    fn day(&mut self, field: Field) -> Option<Date> {
        let found = read::day(self.raw(field));
        if found.is_err() {
            self.fault(field, Wrong::NotADate);
        }
        found.ok().flatten()
    }

    fn currency(&mut self) -> Option<Currency> {
        let code = self.raw(Field::Currency).to_ascii_uppercase();
        match code.parse() {
            Ok(currency) => Some(currency),
            Err(_) => {
                let what = if code.is_empty() { Wrong::Missing } else { Wrong::NotACurrency };
                self.fault(Field::Currency, what);
                None
            }
        }
    }

    fn exchange(&mut self) -> Option<Exchange> {
        let rate = self.maybe(Field::Rate)?;
        let day = self.day(Field::RateDay);
        Some(Exchange { rate, from: self.text(Field::RateFrom), day })
    }

    /// A line, if no cell is wrong.
    fn line(&mut self, invoice: &str) -> Option<Line> {
        let wording = self.text(Field::Charge);
        let charge = Charge::of(&wording);
        let meter = self.text(Field::Meter);
        let named = self.raw(Field::Invoice).to_owned();
        if !named.is_empty() && !invoice.is_empty() && !named.eq_ignore_ascii_case(invoice) {
            self.fault(Field::Invoice, Wrong::OtherInvoice);
        }
        let has = |cells: &Self, field| cells.place(field).is_some();
        let discount = self.maybe(Field::Discount).unwrap_or_default();
        let subtotal = self.number(Field::Subtotal);
        let tax = self.maybe(Field::Tax).unwrap_or_default();
        let amount = match has(self, Field::Amount) {
            true => self.number(Field::Amount),
            false => subtotal.checked_add(discount)?,
        };
        let total = match has(self, Field::Total) && !self.raw(Field::Total).is_empty() {
            true => self.number(Field::Total),
            false => subtotal.checked_add(tax)?,
        };
        let counted =
            if charge.is_credit() { self.reading.table.credits_count } else { self.reading.table.counts };
        let counts = self.raw(Field::Quantity).is_empty() && has(self, Field::Count);
        let quantity = self.number(if counts { Field::Count } else { Field::Quantity });
        let begins = self.day(Field::Begins);
        let ends = self.day(Field::Ends);
        let product = [self.text(Field::Product), self.text(Field::ProductElse)];
        let currency = self.currency();
        Some(Line {
            row: self.row,
            layout: self.reading.table.layout,
            charge,
            // A supplier without ids of tenants has names.
            customer: [self.text(Field::Customer), self.text(Field::CustomerName)]
                .into_iter()
                .find(|name| !name.is_empty())
                .unwrap_or_default()
                .to_lowercase(),
            customer_name: self.text(Field::CustomerName),
            subscription: self.text(Field::Subscription).to_ascii_lowercase(),
            order: self.text(Field::Order),
            product: product.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
            product_key: self.text(Field::ProductKey),
            begins,
            ends: ends.or(if has(self, Field::Ends) { None } else { begins }),
            term_begins: self.day(Field::TermBegins),
            term_ends: self.day(Field::TermEnds),
            cycle: self.text(Field::Cycle),
            unit: self.text(Field::Unit),
            metered: self.reading.table.metered || !meter.is_empty() || charge.family() == Family::Usage,
            price: self.number(Field::Price),
            quantity,
            effective: self.maybe(Field::Effective),
            exchange: self.exchange(),
            amount,
            discount,
            subtotal,
            tax,
            total,
            counts: counted.map(|counted| match counted {
                Counts::Amount => amount,
                Counts::Subtotal => subtotal,
                Counts::Total => total,
            }),
            currency: currency?,
            promotion: self.text(Field::Promotion),
            adjustments: self.text(Field::Adjustments),
            wording,
        })
    }
}
