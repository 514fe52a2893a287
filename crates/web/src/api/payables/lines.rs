//! Lines of suppliers' invoices, where their amounts come from, and why a month is more than another.

use super::*;

/// A line of an invoice. Numbers are decimal numbers as texts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayableLine {
    /// Its number within the invoice.
    number: i64,
    /// In which layout it came.
    #[schema(value_type = schema::PayableLayout)]
    layout: Layout,
    /// In which line of its file it begins.
    row: u32,
    /// What it charges.
    #[schema(value_type = schema::PayableCharge)]
    charge: Charge,
    /// The supplier's word for that.
    wording: String,
    /// The customer's tenant, or its name where the supplier has no ids.
    customer: String,
    /// What the supplier calls the customer.
    customer_name: String,
    /// The subscription as Partner Center knows it.
    subscription: String,
    /// What was bought.
    product: String,
    /// The first day that is charged.
    #[schema(value_type = Option<String>, format = Date)]
    begins: Option<Date>,
    /// The last one.
    #[schema(value_type = Option<String>, format = Date)]
    ends: Option<Date>,
    /// How many, or how much.
    #[schema(value_type = String)]
    quantity: Decimal,
    /// The list price of one.
    #[schema(value_type = String)]
    price: Decimal,
    /// What one costs in this line, if the supplier says.
    #[schema(value_type = Option<String>)]
    effective_price: Option<Decimal>,
    /// The rate of exchange, if there is one.
    #[schema(value_type = Option<String>)]
    exchange_rate: Option<Decimal>,
    /// Before discounts and tax.
    #[schema(value_type = String)]
    amount: Decimal,
    /// Taken off.
    #[schema(value_type = String)]
    discount: Decimal,
    /// Before tax.
    #[schema(value_type = String)]
    subtotal: Decimal,
    /// Tax.
    #[schema(value_type = String)]
    tax: Decimal,
    /// With tax.
    #[schema(value_type = String)]
    total: Decimal,
    /// What adds up to the invoice's total; nothing for a line that only details others.
    #[schema(value_type = Option<String>)]
    counts: Option<Decimal>,
    /// In which currency.
    #[schema(value_type = String)]
    currency: Currency,
}

impl PayableLine {
    fn of(number: i64, line: Bill) -> Self {
        Self {
            number,
            layout: line.layout,
            row: line.row,
            charge: line.charge,
            wording: line.wording,
            customer: line.customer,
            customer_name: line.customer_name,
            subscription: line.subscription,
            product: line.product,
            begins: line.begins,
            ends: line.ends,
            quantity: line.quantity,
            price: line.price,
            effective_price: line.effective,
            exchange_rate: line.exchange.map(|exchange| exchange.rate),
            amount: line.amount,
            discount: line.discount,
            subtotal: line.subtotal,
            tax: line.tax,
            total: line.total,
            counts: line.counts,
            currency: line.currency,
        }
    }
}

/// A page of lines.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayableLines {
    /// The lines, by number.
    items: Vec<PayableLine>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichLines {
    /// Of one customer only.
    customer: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// Lists the lines of an invoice.
#[utoipa::path(get, path = "/api/v1/payables/{payable}/lines", tag = "payables",
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice."), WhichLines),
    responses((status = 200, description = "A page.", body = PayableLines)))]
pub(crate) async fn lines(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<SupplierInvoiceId>,
    Params(asked): Params<WhichLines>,
) -> Answer<Json<PayableLines>> {
    let after: Option<i64> = key("payable-lines", asked.cursor.as_deref())?;
    let limit = usize::try_from(asked.limit.rows() + 1).unwrap_or(1);
    let customer = asked.customer.as_deref();
    let (_, mut found) = payables::lines(&app, &agent, id, customer, after.unwrap_or(0), limit).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|(last, _)| cursor("payable-lines", last));
    let items = found.into_iter().map(|(number, line)| PayableLine::of(number, line)).collect();
    Ok(Json(PayableLines { items, next }))
}

/// A step of arithmetic.
#[derive(Debug, Serialize, ToSchema)]
struct PayableStep {
    /// What it does.
    #[schema(value_type = schema::PayableStepKind)]
    what: What,
    /// The value before it.
    #[schema(value_type = String)]
    before: Decimal,
    /// With which number.
    #[schema(value_type = String)]
    by: Decimal,
    /// The second number, where it takes one.
    #[schema(value_type = String)]
    of: Decimal,
    /// What comes out.
    #[schema(value_type = String)]
    result: Decimal,
    /// As a sentence, in the language of the token's agent.
    text: String,
}

/// A line with the steps that lead to its total.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplainedLine {
    /// The line.
    line: PayableLine,
    /// The steps; the last result is the total.
    steps: Vec<PayableStep>,
    /// Whether arithmetic alone arrives there.
    whole: bool,
}

/// A line of an invoice, and where its amount comes from.
#[utoipa::path(get, path = "/api/v1/payables/{payable}/lines/{line}", tag = "payables",
    params(("payable" = inline(schema::SupplierInvoiceId), Path, description = "The invoice."),
        ("line" = i64, Path, description = "The number of the line.")),
    responses((status = 200, description = "The line.", body = ExplainedLine)))]
pub(crate) async fn line(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, number)): Named<(SupplierInvoiceId, i64)>,
) -> Answer<Json<ExplainedLine>> {
    let (_, line) = payables::line(&app, &agent, id, number).await?;
    let explained = explain(&line);
    let words = text::Words::new(agent.lang);
    let step = |step: &domain::billing::explain::Step| PayableStep {
        what: step.what,
        before: step.before,
        by: step.by,
        of: step.of,
        result: step.result,
        text: text::billing::step(words, &line, step),
    };
    let steps = explained.steps.iter().map(step).collect();
    Ok(Json(ExplainedLine { steps, whole: explained.is_whole(), line: PayableLine::of(number, line) }))
}

/// Whose months.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichMonth {
    /// The customer's tenant, or its name where the supplier has no ids.
    customer: String,
    /// A day of the month.
    #[param(value_type = String, format = Date)]
    month: Date,
}

/// A part of a difference.
#[derive(Debug, Serialize, ToSchema)]
struct DifferencePart {
    /// Why.
    #[schema(value_type = schema::PayableCause)]
    cause: Cause,
    /// How much.
    #[schema(value_type = String)]
    amount: Decimal,
}

/// A month against the one before, in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct DifferenceOfMonths {
    /// The currency.
    #[schema(value_type = String)]
    currency: Currency,
    /// The month before.
    #[schema(value_type = String)]
    before: Decimal,
    /// The month.
    #[schema(value_type = String)]
    now: Decimal,
    /// By cause: they add up to the difference.
    parts: Vec<DifferencePart>,
}

/// A month against the one before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PayableMonths {
    /// Currency by currency.
    currencies: Vec<DifferenceOfMonths>,
    /// Whether there are more lines than can be compared.
    cut: bool,
}

/// Why a customer's lines of a month cost more or less than those of the month before.
#[utoipa::path(get, path = "/api/v1/payable-months", tag = "payables", params(WhichMonth),
    responses((status = 200, description = "The difference.", body = PayableMonths)))]
pub(crate) async fn months(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<WhichMonth>,
) -> Answer<Json<PayableMonths>> {
    let found = payables::months(&app, &agent, &asked.customer, asked.month).await?;
    let currencies = differences(&found.before, &found.now).into_iter().map(|difference| {
        let part = |part: domain::billing::difference::Part| DifferencePart {
            cause: part.cause,
            amount: part.amount,
        };
        DifferenceOfMonths {
            currency: difference.currency,
            before: difference.before,
            now: difference.now,
            parts: difference.parts.into_iter().map(part).collect(),
        }
    });
    Ok(Json(PayableMonths { currencies: currencies.collect(), cut: found.cut }))
}
