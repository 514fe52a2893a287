//! Licences: how many of each product a customer's tenant has, and how many of them somebody has.

use crate::{
    CustomerId, Error, Page, Session,
    address::Service,
    page::{Continuation, From},
    wire::Node,
};

/// Licences of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licences {
    /// The product's id, in lower case.
    pub product: String,
    /// The product's name; may be empty.
    pub name: String,
    /// Its part number, in upper case, such as `FLOW_FREE`; may be empty.
    pub part: String,
    /// How many are paid for. Those that ended and still work for a while are not.
    pub active: u32,
    /// How many are assigned. It may be more than there are.
    pub assigned: u32,
}

/// The licences of customers.
#[derive(Clone, Copy, Debug)]
pub struct LicencesOf<'c>(pub(crate) Session<'c>);

impl LicencesOf<'_> {
    /// The licences of a customer, product by product: a page, and as documented all of them.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(self, customer: CustomerId) -> Result<Page<Licences>, Error> {
        let parts = ["v1", "customers", &customer.to_string(), "subscribedskus"];
        self.0.page(From::Start(self.0.client.map.to(Service::PartnerCenter, &parts)), licences).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<Licences>, Error> {
        self.0.page(From::Next(after), licences).await
    }
}

/// `total` is active and warning, `available` is total without consumed: a number that is left out follows from the others.
fn licences(node: Node<'_>) -> Option<Licences> {
    let sku = node.at("productSku");
    let units = |name| node.at(name).parse::<i64>();
    let (total, warning) = (units("totalUnits"), units("warningUnits").unwrap_or(0));
    let active = units("activeUnits").or_else(|| Some(total?.saturating_sub(warning)))?;
    let assigned =
        units("consumedUnits").or_else(|| Some(total?.saturating_sub(units("availableUnits")?)))?;
    Some(Licences {
        product: sku.at("id").text()?.to_lowercase(),
        name: sku.at("name").text().unwrap_or_default(),
        part: sku.at("skuPartNumber").text().unwrap_or_default().to_uppercase(),
        active: count(active),
        assigned: count(assigned),
    })
}

fn count(units: i64) -> u32 {
    u32::try_from(units.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(value: &Value, wanted: Option<(u32, u32)>) {
        let mut body = json!({ "productSku": { "id": "F30DB892", "skuPartNumber": "flow_free" } });
        for (name, value) in value.as_object().unwrap() {
            body[name] = value.clone();
        }
        let found = licences(Node::new(&body));
        assert_eq!(found.map(|one| (one.active, one.assigned)), wanted, "{body}");
    }

    #[test]
    fn units_however_they_come() {
        check(&json!({ "activeUnits": 40, "consumedUnits": 31 }), Some((40, 31)));
        check(&json!({ "ActiveUnits": "40", "ConsumedUnits": "31", "totalUnits": 55 }), Some((40, 31)));
        // One that is left out follows from the others.
        check(&json!({ "totalUnits": 55, "warningUnits": 15, "availableUnits": 24 }), Some((40, 31)));
        check(&json!({ "totalUnits": 40, "consumedUnits": 31 }), Some((40, 31)));
        // More people than licences, and numbers that nobody can have.
        check(&json!({ "activeUnits": 10, "totalUnits": 10, "availableUnits": -2 }), Some((10, 12)));
        check(&json!({ "activeUnits": -1, "consumedUnits": 99_999_999_999_i64 }), Some((0, u32::MAX)));
        check(&json!({ "totalUnits": i64::MIN, "availableUnits": i64::MAX }), Some((0, 0)));
        check(&json!({ "activeUnits": 40 }), None);
        check(&json!({ "consumedUnits": 31 }), None);
        check(&json!({ "activeUnits": "many", "consumedUnits": 31 }), None);
        check(&json!({}), None);
        check(&json!({ "activeUnits": 40, "consumedUnits": 31, "productSku": null }), None);
        check(&json!({ "activeUnits": 40, "consumedUnits": 31, "productSku": "x" }), None);
    }

    #[test]
    fn names_of_products() {
        let body = json!({
            "activeUnits": 1, "consumedUnits": 0,
            "productSku": { "id": "F30DB892-07E9", "name": " Power Automate Free ", "skuPartNumber": "flow_free" },
        });
        let found = licences(Node::new(&body)).unwrap();
        assert_eq!(
            (found.product.as_str(), found.name.as_str(), found.part.as_str()),
            ("f30db892-07e9", "Power Automate Free", "FLOW_FREE")
        );
    }
}
