//! Customers, their domains, and contacts.

use domain::{
    email_address::EmailAddress,
    id::{ContactId, CustomerId},
    lang::Lang,
    party::Sees,
};
use jiff::Timestamp;

use crate::{Error, Tx, params, record, sql};

record! {
    /// An organisation served by the desk.
    pub struct Customer {
        /// Its id.
        pub id: CustomerId,
        /// Its name.
        pub name: String,
        /// The language of mails to people of whom none is known.
        pub lang: Lang,
        /// Its time zone, by its IANA name.
        pub timezone: String,
        /// What agents should know.
        pub note: String,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A person who asks for help.
    pub struct Contact {
        /// Its id.
        pub id: ContactId,
        /// Its name.
        pub name: String,
        /// Its address, if known.
        pub email: Option<EmailAddress>,
        /// Its telephone number as it was given.
        pub phone: Option<String>,
        /// Its language.
        pub lang: Lang,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A customer to which a contact belongs.
    pub struct Affiliation {
        /// The customer.
        pub customer: CustomerId,
        /// Its name.
        pub name: String,
        /// What the contact sees of its tickets.
        pub sees: Sees,
    }

    /// A contact found by name, address or telephone number, and one of its customers.
    pub struct Found {
        /// The contact.
        pub contact: ContactId,
        /// Its name.
        pub name: String,
        /// Its address.
        pub email: Option<String>,
        /// Its telephone number.
        pub phone: Option<String>,
        /// The customer.
        pub customer: Option<CustomerId>,
        /// The customer's name.
        pub customer_name: Option<String>,
    }
}

/// A name as it is compared and ordered: without case, accents or doubled spaces.
#[must_use]
pub fn name_key(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let folded: String = name
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The digits of a telephone number from the last to the first, at most 20; none if it has fewer than 3.
#[must_use]
pub fn phone_key(phone: &str) -> Option<String> {
    let digits: String = phone.chars().rev().filter(char::is_ascii_digit).take(20).collect();
    (digits.len() >= 3).then_some(digits)
}

/// The end of everything that begins with `prefix`, for a range over an index.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

/// Under how many parts of its name a contact is found.
const NAME_PARTS: usize = 8;

macro_rules! customer {
    () => {
        "SELECT id, name, lang, timezone, note, version, created_at FROM customers WHERE desk_id = $1 "
    };
}
macro_rules! contact {
    () => {
        "SELECT id, name, email, phone, lang, version, created_at FROM contacts WHERE desk_id = $1 "
    };
}
macro_rules! found {
    ($condition:literal) => {
        concat!(
            "SELECT p.id, p.name, p.email, p.phone, c.id, c.name FROM contacts p \
             LEFT JOIN affiliations f ON f.desk_id = $1 AND f.contact_id = p.id \
             LEFT JOIN customers c ON c.desk_id = $1 AND c.id = f.customer_id \
             WHERE p.desk_id = $1 AND ",
            $condition,
            " ORDER BY p.name_key, p.id, c.name_key LIMIT $4"
        )
    };
}

sql! {
    desk ADD_CUSTOMER = "INSERT INTO customers (desk_id, id, name, name_key, lang, timezone, note, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk CUSTOMER = concat!(customer!(), "AND id = $2");
    desk CUSTOMERS = concat!(customer!(), "AND (name_key, id) > ($2, $3) AND name_key >= $4 AND name_key < $5 \
        ORDER BY name_key, id LIMIT $6");
    desk UPDATE_CUSTOMER = "UPDATE customers SET name = $3, name_key = $4, lang = $5, timezone = $6, note = $7, \
        version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $8";
    desk DOMAINS = "SELECT domain FROM domains WHERE desk_id = $1 AND customer_id = $2 ORDER BY domain";
    desk ADD_DOMAIN = "INSERT INTO domains (desk_id, domain, customer_id) VALUES ($1, $2, $3)";
    desk CLEAR_DOMAINS = "DELETE FROM domains WHERE desk_id = $1 AND customer_id = $2";
    desk CUSTOMER_OF_DOMAIN = "SELECT customer_id FROM domains WHERE desk_id = $1 AND domain = $2";
    desk ADD_CONTACT = "INSERT INTO contacts (desk_id, id, name, name_key, email, phone, phone_key, lang, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk CONTACT = concat!(contact!(), "AND id = $2");
    desk CONTACT_BY_EMAIL = concat!(contact!(), "AND email = $2");
    desk UPDATE_CONTACT = "UPDATE contacts SET name = $3, name_key = $4, email = $5, phone = $6, phone_key = $7, \
        lang = $8, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $9";
    desk CONTACTS_OF = concat!(contact!(), "AND id IN (SELECT f.contact_id FROM affiliations f \
        WHERE f.desk_id = $1 AND f.customer_id = $2) ORDER BY name_key, id LIMIT 500");
    desk AFFILIATIONS = "SELECT f.customer_id, c.name, f.sees FROM affiliations f \
        JOIN customers c ON c.desk_id = $1 AND c.id = f.customer_id \
        WHERE f.desk_id = $1 AND f.contact_id = $2 ORDER BY c.name_key, c.id";
    desk SEE_ALL_OF = "SELECT contact_id FROM affiliations \
        WHERE desk_id = $1 AND customer_id = $2 AND sees = 'all'";
    desk AFFILIATE = "INSERT INTO affiliations (desk_id, contact_id, customer_id, sees) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (desk_id, contact_id, customer_id) DO UPDATE SET sees = excluded.sees";
    desk LEAVE = "DELETE FROM affiliations WHERE desk_id = $1 AND contact_id = $2 AND customer_id = $3";
    desk ADD_NAME_PART = "INSERT INTO contact_names (desk_id, part, contact_id) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, part, contact_id) DO NOTHING";
    desk CLEAR_NAME_PARTS = "DELETE FROM contact_names WHERE desk_id = $1 AND contact_id = $2";
    // Each way of finding reads no more than is shown, however many there are.
    desk FIND_NAME = found!("p.id IN (\
        SELECT id FROM (SELECT id FROM contacts WHERE desk_id = $1 AND name_key >= $2 AND name_key < $3 \
            ORDER BY name_key, id LIMIT $4) AS whole \
        UNION SELECT contact_id FROM (SELECT contact_id FROM contact_names \
            WHERE desk_id = $1 AND part >= $2 AND part < $3 ORDER BY part, contact_id LIMIT $4) AS parts \
        UNION SELECT contact_id FROM (SELECT f.contact_id FROM customers c \
            JOIN affiliations f ON f.desk_id = $1 AND f.customer_id = c.id \
            WHERE c.desk_id = $1 AND c.name_key >= $2 AND c.name_key < $3 \
            ORDER BY c.name_key, c.id LIMIT $4) AS colleagues)");
    desk FIND_EMAIL = found!("p.email >= $2 AND p.email < $3");
    desk FIND_PHONE = found!("p.phone_key >= $2 AND p.phone_key < $3");
}

/// Adds a customer.
///
/// # Errors
/// As the database says.
pub async fn add_customer(tx: &mut Tx, c: &Customer) -> Result<(), Error> {
    let key = name_key(&c.name);
    let params = params![c.id, c.name, key, c.lang, c.timezone, c.note, c.created_at];
    tx.execute(&ADD_CUSTOMER, params).await.map(drop)
}

/// One customer.
///
/// # Errors
/// As the database says.
pub async fn customer(tx: &mut Tx, id: CustomerId) -> Result<Option<Customer>, Error> {
    tx.query_opt(&CUSTOMER, params![id]).await
}

/// Customers by name, those whose name begins with `prefix`, after the given one.
///
/// # Errors
/// As the database says.
pub async fn customers(
    tx: &mut Tx,
    prefix: &str,
    last: Option<(String, CustomerId)>,
    limit: i64,
) -> Result<Vec<Customer>, Error> {
    let from = name_key(prefix);
    let (name, id) = last.unwrap_or((String::new(), CustomerId::from_uuid(uuid::Uuid::nil())));
    tx.query(&CUSTOMERS, params![name_key(&name), id, from, after(&from), limit]).await
}

/// Writes a customer over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update_customer(tx: &mut Tx, c: &Customer) -> Result<(), Error> {
    let key = name_key(&c.name);
    let params = params![c.id, c.name, key, c.lang, c.timezone, c.note, c.version];
    if tx.execute(&UPDATE_CUSTOMER, params).await? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// The domains of a customer.
///
/// # Errors
/// As the database says.
pub async fn domains(tx: &mut Tx, customer: CustomerId) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = tx.query(&DOMAINS, params![customer]).await?;
    Ok(rows.into_iter().map(|(domain,)| domain).collect())
}

/// Makes these the customer's domains, and no others.
///
/// # Errors
/// Another customer has one: [`Error::is_taken`].
pub async fn set_domains(tx: &mut Tx, customer: CustomerId, domains: &[String]) -> Result<(), Error> {
    tx.execute(&CLEAR_DOMAINS, params![customer]).await?;
    for domain in domains {
        tx.execute(&ADD_DOMAIN, params![domain, customer]).await?;
    }
    Ok(())
}

/// Whose a domain is.
///
/// # Errors
/// As the database says.
pub async fn customer_of_domain(tx: &mut Tx, domain: &str) -> Result<Option<CustomerId>, Error> {
    Ok(tx.query_opt::<(CustomerId,)>(&CUSTOMER_OF_DOMAIN, params![domain]).await?.map(|(id,)| id))
}

/// Adds a contact.
///
/// # Errors
/// Another one has the address: [`Error::is_taken`].
pub async fn add_contact(tx: &mut Tx, c: &Contact) -> Result<(), Error> {
    let phone_key = c.phone.as_deref().and_then(phone_key);
    let key = name_key(&c.name);
    let params = params![c.id, c.name, key, c.email, c.phone, phone_key, c.lang, c.created_at];
    tx.execute(&ADD_CONTACT, params).await?;
    name_parts(tx, c.id, &key).await
}

/// Writes under which parts of its name a contact is found besides the whole.
async fn name_parts(tx: &mut Tx, id: ContactId, key: &str) -> Result<(), Error> {
    tx.execute(&CLEAR_NAME_PARTS, params![id]).await?;
    for (at, _) in key.match_indices(' ').take(NAME_PARTS) {
        tx.execute(&ADD_NAME_PART, params![&key[at + 1..], id]).await?;
    }
    Ok(())
}

/// One contact.
///
/// # Errors
/// As the database says.
pub async fn contact(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>, Error> {
    tx.query_opt(&CONTACT, params![id]).await
}

/// The contact with this address.
///
/// # Errors
/// As the database says.
pub async fn contact_by_email(tx: &mut Tx, email: &EmailAddress) -> Result<Option<Contact>, Error> {
    tx.query_opt(&CONTACT_BY_EMAIL, params![email]).await
}

/// Writes a contact over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster; another one has the address: [`Error::is_taken`].
pub async fn update_contact(tx: &mut Tx, c: &Contact) -> Result<(), Error> {
    let phone_key = c.phone.as_deref().and_then(phone_key);
    let key = name_key(&c.name);
    let params = params![c.id, c.name, key, c.email, c.phone, phone_key, c.lang, c.version];
    if tx.execute(&UPDATE_CONTACT, params).await? == 0 {
        return Err(Error::Stale);
    }
    name_parts(tx, c.id, &key).await
}

/// The contacts of a customer, by name; at most 500.
///
/// # Errors
/// As the database says.
pub async fn contacts_of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Contact>, Error> {
    tx.query(&CONTACTS_OF, params![customer]).await
}

/// The customers to which a contact belongs, by name.
///
/// # Errors
/// As the database says.
pub async fn affiliations(tx: &mut Tx, contact: ContactId) -> Result<Vec<Affiliation>, Error> {
    tx.query(&AFFILIATIONS, params![contact]).await
}

/// The contacts who see all tickets of a customer.
///
/// # Errors
/// As the database says.
pub async fn see_all_of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<ContactId>, Error> {
    let rows: Vec<(ContactId,)> = tx.query(&SEE_ALL_OF, params![customer]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Makes a contact belong to a customer.
///
/// # Errors
/// As the database says.
pub async fn affiliate(
    tx: &mut Tx,
    contact: ContactId,
    customer: CustomerId,
    sees: Sees,
) -> Result<(), Error> {
    tx.execute(&AFFILIATE, params![contact, customer, sees]).await.map(drop)
}

/// Ends that.
///
/// # Errors
/// As the database says.
pub async fn leave(tx: &mut Tx, contact: ContactId, customer: CustomerId) -> Result<(), Error> {
    tx.execute(&LEAVE, params![contact, customer]).await.map(drop)
}

/// Who calls? Contacts of whose name or customer's name a word and what follows begins with `text`; or whose address
/// does; or whose telephone number ends with its digits.
///
/// # Errors
/// As the database says.
pub async fn find(tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<Found>, Error> {
    let text = text.trim();
    let looks_like_phone = text.chars().all(|c| c.is_ascii_digit() || " +-/().".contains(c));
    if let Some(key) = phone_key(text).filter(|_| looks_like_phone) {
        // A number is often typed with a trunk prefix that the stored one does not have.
        let key = &key[..key.len().min(7)];
        return tx.query(&FIND_PHONE, params![key, after(key), limit]).await;
    }
    let key = if text.contains('@') { text.to_lowercase() } else { name_key(text) };
    let statement = if text.contains('@') { &FIND_EMAIL } else { &FIND_NAME };
    tx.query(statement, params![key, after(&key), limit]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold() {
        for (name, key) in
            [("  Örsted  & Søn ", "orsted & søn"), ("Árvíztűrő", "arvizturo"), ("北京", "北京")]
        {
            assert_eq!(name_key(name), key);
        }
    }

    #[test]
    fn telephone_numbers_are_found_by_their_end() {
        assert_eq!(phone_key("+49 (30) 123-45").as_deref(), Some("543210394"));
        assert_eq!(phone_key("12"), None);
    }
}
