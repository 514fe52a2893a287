//! Published statements: their versions, who acknowledged them, to whom they were mailed.

use domain::{
    document::Document,
    email_address::EmailAddress,
    id::{AgentId, ContactId, CustomerId, PlanId, StatementId},
    lang::Lang,
};
use jiff::Timestamp;

use crate::{Error, Json, Tx, Value, params, record, sql};

record! {
    /// A published version of a plan's statement.
    pub struct Published {
        /// Its id.
        pub id: StatementId,
        /// Of which plan.
        pub plan: PlanId,
        /// Which version, from 1 without gaps.
        pub number: i64,
        /// The content in its one form.
        pub content: String,
        /// The SHA-256 of the content.
        pub hash: Vec<u8>,
        /// Whether it differs from the one before in something of which customers are asked again.
        pub material: bool,
        /// From when it holds.
        pub valid_from: Timestamp,
        /// When it was published.
        pub published_at: Timestamp,
        /// By whom.
        pub published_by: AgentId,
        /// Why, although the checks found something; empty if they found nothing.
        pub reason: String,
    }

    /// Which version it is, without what it says.
    pub struct Held {
        /// Its id.
        pub id: StatementId,
        /// Which version.
        pub number: i64,
        /// Of which plan.
        pub plan: PlanId,
        /// What that plan is called now.
        pub plan_name: String,
    }

    /// That a customer acknowledged a statement.
    pub struct Acknowledgement {
        /// The customer.
        pub customer: CustomerId,
        /// The statement.
        pub statement: StatementId,
        /// By whom.
        pub contact: ContactId,
        /// In which language it was read.
        pub lang: Lang,
        /// The hash that was shown.
        pub hash: Vec<u8>,
        /// When.
        pub at: Timestamp,
    }

    /// An acknowledgement with the names of those whose it is.
    pub struct Acknowledged {
        /// The customer.
        pub customer: CustomerId,
        /// Its name.
        pub customer_name: String,
        /// By whom.
        pub contact_name: String,
        /// The version.
        pub number: i64,
        /// In which language it was read.
        pub lang: Lang,
        /// The hash that was shown.
        pub hash: Vec<u8>,
        /// When.
        pub at: Timestamp,
    }

    /// A contact who may acknowledge for a customer.
    pub struct Authorised {
        /// The contact.
        pub contact: ContactId,
        /// Its name.
        pub name: String,
        /// Its address.
        pub email: Option<EmailAddress>,
        /// Its language.
        pub lang: Lang,
        /// The customer.
        pub customer: CustomerId,
        /// The plan that the customer has now, its own or the default one.
        pub plan: Option<PlanId>,
    }
}

macro_rules! published {
    ($rest:literal) => {
        concat!(
            "SELECT id, plan_id, number, content, hash, material, valid_from, published_at, published_by, reason \
             FROM statements WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO statements (desk_id, id, plan_id, number, content, hash, material, valid_from, published_at, \
        published_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    desk ADD_TEXT = "INSERT INTO statement_texts (desk_id, statement_id, lang, document) VALUES ($1, $2, $3, $4)";
    desk GET = published!("AND id = $2");
    desk HELD = "SELECT s.id, s.number, p.id, p.name FROM statements s JOIN plans p ON p.desk_id = $1 AND p.id = s.plan_id \
        WHERE s.desk_id = $1 AND s.id = $2";
    desk TEXT = "SELECT document FROM statement_texts WHERE desk_id = $1 AND statement_id = $2 AND lang = $3";
    desk OF_PLAN = published!("AND plan_id = $2 ORDER BY number DESC LIMIT 500");
    desk HOLDING = published!("AND plan_id = $2 AND valid_from <= $3 ORDER BY number DESC LIMIT 1");
    desk HOLDING_ID = "SELECT id FROM statements WHERE desk_id = $1 AND plan_id = $2 AND valid_from <= $3 \
        ORDER BY number DESC LIMIT 1";
    desk ACKNOWLEDGE = "INSERT INTO acknowledgements (desk_id, customer_id, statement_id, contact_id, lang, hash, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (desk_id, customer_id, statement_id) DO NOTHING";
    desk LAST_OF = "SELECT a.customer_id, a.statement_id, a.contact_id, a.lang, a.hash, a.at FROM acknowledgements a \
        JOIN statements s ON s.desk_id = $1 AND s.id = a.statement_id \
        WHERE a.desk_id = $1 AND a.customer_id = $2 AND s.plan_id = $3 ORDER BY s.number DESC LIMIT 1";
    desk OF_STATEMENTS = "SELECT a.customer_id, c.name, p.name, s.number, a.lang, a.hash, a.at FROM acknowledgements a \
        JOIN statements s ON s.desk_id = $1 AND s.id = a.statement_id AND s.plan_id = $2 \
        JOIN customers c ON c.desk_id = $1 AND c.id = a.customer_id \
        JOIN contacts p ON p.desk_id = $1 AND p.id = a.contact_id \
        WHERE a.desk_id = $1 ORDER BY a.at DESC, a.customer_id LIMIT 500";
    desk MAILED = "INSERT INTO statement_mails (desk_id, statement_id, contact_id, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (desk_id, statement_id, contact_id) DO NOTHING";
    desk WAS_MAILED = "SELECT at FROM statement_mails WHERE desk_id = $1 AND statement_id = $2 AND contact_id = $3";
    desk AUTHORISED = "SELECT p.id, p.name, p.email, p.lang, f.customer_id, \
        COALESCE((SELECT h.plan_id FROM customer_plans h WHERE h.desk_id = $1 AND h.customer_id = f.customer_id \
            AND h.valid_from <= $2 AND (h.valid_to IS NULL OR h.valid_to > $2) ORDER BY h.valid_from DESC LIMIT 1), \
            (SELECT d.id FROM plans d WHERE d.desk_id = $1 AND d.is_default = 1)) \
        FROM affiliations f JOIN contacts p ON p.desk_id = $1 AND p.id = f.contact_id \
        WHERE f.desk_id = $1 AND f.may_acknowledge = 1 ORDER BY f.customer_id, p.name_key, p.id LIMIT 5000";
    desk MAY = "SELECT contact_id FROM affiliations WHERE desk_id = $1 AND customer_id = $2 AND may_acknowledge = 1";
    desk CUSTOMERS_OF = "SELECT customer_id, may_acknowledge FROM affiliations WHERE desk_id = $1 AND contact_id = $2 \
        ORDER BY customer_id";
    desk AUTHORISE = "UPDATE affiliations SET may_acknowledge = $4 \
        WHERE desk_id = $1 AND customer_id = $2 AND contact_id = $3";
}

/// Adds a published version, with its text in each language.
///
/// # Errors
/// The number is taken, as somebody else was faster: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, s: &Published, texts: &[Document]) -> Result<(), Error> {
    let params = params![
        s.id,
        s.plan,
        s.number,
        s.content,
        s.hash,
        s.material,
        s.valid_from,
        s.published_at,
        s.published_by,
        s.reason
    ];
    tx.execute(&ADD, params).await?;
    for text in texts {
        tx.execute(&ADD_TEXT, params![s.id, text.lang, Value::json(text)?]).await?;
    }
    Ok(())
}

/// One published version.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: StatementId) -> Result<Option<Published>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Which version it is.
///
/// # Errors
/// As the database says.
pub async fn held(tx: &mut Tx, id: StatementId) -> Result<Option<Held>, Error> {
    tx.query_opt(&HELD, params![id]).await
}

/// Its text in a language.
///
/// # Errors
/// As the database says.
pub async fn text(tx: &mut Tx, id: StatementId, lang: Lang) -> Result<Option<Document>, Error> {
    let row: Option<(Json<Document>,)> = tx.query_opt(&TEXT, params![id, lang]).await?;
    Ok(row.map(|(Json(document),)| document))
}

/// The versions of a plan, the newest first.
///
/// # Errors
/// As the database says.
pub async fn of_plan(tx: &mut Tx, plan: PlanId) -> Result<Vec<Published>, Error> {
    tx.query(&OF_PLAN, params![plan]).await
}

/// The version of a plan that holds at a moment: of those that have begun, the newest.
///
/// # Errors
/// As the database says.
pub async fn holding(tx: &mut Tx, plan: PlanId, at: Timestamp) -> Result<Option<Published>, Error> {
    tx.query_opt(&HOLDING, params![plan, at]).await
}

/// Its id alone.
///
/// # Errors
/// As the database says.
pub async fn holding_id(tx: &mut Tx, plan: PlanId, at: Timestamp) -> Result<Option<StatementId>, Error> {
    Ok(tx.query_opt::<(StatementId,)>(&HOLDING_ID, params![plan, at]).await?.map(|(id,)| id))
}

/// Notes that a customer acknowledged a statement; whether it had not before.
///
/// # Errors
/// As the database says.
pub async fn acknowledge(tx: &mut Tx, a: &Acknowledgement) -> Result<bool, Error> {
    let params = params![a.customer, a.statement, a.contact, a.lang, a.hash, a.at];
    Ok(tx.execute(&ACKNOWLEDGE, params).await? > 0)
}

/// The newest version of a plan's statement that a customer acknowledged.
///
/// # Errors
/// As the database says.
pub async fn last_of(
    tx: &mut Tx,
    customer: CustomerId,
    plan: PlanId,
) -> Result<Option<Acknowledgement>, Error> {
    tx.query_opt(&LAST_OF, params![customer, plan]).await
}

/// Who acknowledged which version of a plan's statement, the newest first; at most 500.
///
/// # Errors
/// As the database says.
pub async fn acknowledged(tx: &mut Tx, plan: PlanId) -> Result<Vec<Acknowledged>, Error> {
    tx.query(&OF_STATEMENTS, params![plan]).await
}

/// Notes that a statement is mailed to a contact; whether it was not before.
///
/// # Errors
/// As the database says.
pub async fn mailed(tx: &mut Tx, id: StatementId, to: ContactId, at: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&MAILED, params![id, to, at]).await? > 0)
}

/// When a statement was mailed to a contact, if it was.
///
/// # Errors
/// As the database says.
pub async fn was_mailed(tx: &mut Tx, id: StatementId, to: ContactId) -> Result<Option<Timestamp>, Error> {
    Ok(tx.query_opt::<(Timestamp,)>(&WAS_MAILED, params![id, to]).await?.map(|(at,)| at))
}

/// Everybody who may acknowledge for a customer, by customer, with the plan that it has at this moment.
///
/// # Errors
/// As the database says.
pub async fn authorised(tx: &mut Tx, now: Timestamp) -> Result<Vec<Authorised>, Error> {
    tx.query(&AUTHORISED, params![now]).await
}

/// The contacts who may acknowledge for a customer.
///
/// # Errors
/// As the database says.
pub async fn may_acknowledge(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ContactId>, Error> {
    let rows: Vec<(ContactId,)> = tx.query(&MAY, params![customer]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The customers of a contact, each with whether it may acknowledge for them.
///
/// # Errors
/// As the database says.
pub async fn customers_of(tx: &mut Tx, contact: ContactId) -> Result<Vec<(CustomerId, bool)>, Error> {
    tx.query(&CUSTOMERS_OF, params![contact]).await
}

/// Lets a contact acknowledge for a customer, or not any more; whether it belongs to it.
///
/// # Errors
/// As the database says.
pub async fn authorise(
    tx: &mut Tx,
    customer: CustomerId,
    contact: ContactId,
    may: bool,
) -> Result<bool, Error> {
    Ok(tx.execute(&AUTHORISE, params![customer, contact, may]).await? > 0)
}
