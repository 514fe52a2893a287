//! The rules once more, as somebody would tell them to a colleague who knows every fact. Nothing is unknown here and
//! nothing is data: so it shares no idea with the advisor, and no mistake.

/// A field of a question, and values of it as JSON. Each value differs from the others for some rule.
pub(super) const FIELDS: &[(&str, &[&str])] = &[
    (
        "at",
        &[
            r#""2021-06-01T10:00:00Z""#,
            r#""2022-10-02T23:59:59.999Z""#,
            r#""2022-10-03T00:00:00Z""#,
            r#""2022-12-31T23:59:59Z""#,
            r#""2023-01-01T00:00:00Z""#,
            r#""2026-11-21T00:00:00Z""#,
            r#""2027-01-01T00:00:00Z""#,
        ],
    ),
    ("cloud", &[r#""commercial""#, r#""us_government""#, r#""china""#, r#""germany""#]),
    ("partner", &[r#""direct""#, r#""provider""#, r#""reseller""#]),
    ("kind", &[r#""billing""#, r#""subscription""#, r#""technical""#]),
    ("topic", &[r#""invoice""#, r#""credit""#, r#""provisioning""#, r#""other""#]),
    ("break_fix", &["true", "false"]),
    (
        "service",
        &[
            r#""microsoft365""#,
            r#""azure""#,
            r#""dynamics365""#,
            r#""on_premises""#,
            r#""marketplace""#,
            r#""partner_center""#,
        ],
    ),
    ("product_version", &[r#""n""#, r#""n-1""#, r#""older""#]),
    ("severity", &[r#""A""#, r#""B""#, r#""C""#]),
    ("language", &[r#""en""#, r#""sv""#]),
    ("competency", &[r#""gold""#, r#""silver""#, r#""action_pack""#, r#""solutions_partner""#, r#""none""#]),
    ("cloud_competency", &["true", "false"]),
    ("plans", &["[]", r#"["asfp"]"#, r#"["psfp"]"#, r#"["psfp","asfp"]"#]),
    ("incidents.product_support", &["0", "1", "null"]),
    ("incidents.signature_cloud", &["0", "1", "null"]),
    ("delegated_admin", &["true", "false"]),
    ("provider_azure_access", &["true", "false"]),
    ("security_report", &["false", "true"]),
    ("sold_by_us", &["true", "false"]),
];

/// Every fact, by the number of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts(pub(super) [usize; FIELDS.len()]);

/// An answer, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) instead: Option<&'static str>,
    /// Best first: which, how many incidents it takes, minutes to the first response.
    pub(super) vehicles: Vec<(&'static str, u64, Option<u64>)>,
}

impl Facts {
    fn value(&self, field: &str) -> &'static str {
        let number = FIELDS.iter().position(|(name, _)| *name == field).expect("a field");
        FIELDS[number].1[self.0[number]].trim_matches('"')
    }

    fn is(&self, field: &str, value: &str) -> bool {
        self.value(field) == value
    }

    fn is_true(&self, field: &str) -> bool {
        self.is(field, "true")
    }

    fn since(&self, day: &str) -> bool {
        self.value("at") >= day
    }

    /// Whether a partner that says nothing about its count has any number of cloud incidents.
    pub(super) fn has_any_number(&self) -> bool {
        match self.value("competency") {
            "gold" | "silver" => self.is_true("cloud_competency"),
            "solutions_partner" => self.since("2022-10-03"),
            _ => false,
        }
    }

    pub(super) fn instead(&self) -> Option<&'static str> {
        let reseller = self.is("partner", "reseller");
        let money = ["invoice", "credit", "provisioning"].contains(&self.value("topic"));
        let shut_out = self.is("service", "azure")
            && (self.since("2023-01-01") || !self.is_true("provider_azure_access"));
        if self.is_true("security_report") {
            Some("msrc")
        } else if self.is("service", "marketplace") {
            Some("publisher")
        } else if !self.is_true("sold_by_us") {
            Some("product_portal")
        } else if self.is("service", "partner_center") {
            Some("partner_center_help")
        } else if self.is("kind", "technical") && !self.is_true("break_fix") {
            Some("resolve_here")
        } else if reseller && (money || shut_out) {
            Some("provider")
        } else {
            None
        }
    }

    pub(super) fn told(&self) -> Told {
        let instead = self.instead();
        let mut vehicles = Vec::new();
        if instead.is_some() || self.is("cloud", "china") {
            return Told { instead, vehicles };
        }
        if !self.is("kind", "technical") {
            vehicles.push(("commercial", 0, None));
            return Told { instead, vehicles };
        }
        let minutes = match (self.value("language"), self.value("severity")) {
            ("en", "A") => Some(120),
            ("en", "B") => Some(240),
            ("en", "C") => Some(480),
            _ => None,
        };
        let service = self.value("service");
        let designated = self.is("competency", "solutions_partner") && self.since("2022-10-03");
        let competent = designated || ["gold", "silver"].contains(&self.value("competency"));
        let on_premises = ["n", "n-1"].contains(&self.value("product_version"))
            && (competent || self.is("competency", "action_pack"));

        // What costs nothing.
        let included = match service {
            "microsoft365" => self.is_true("delegated_admin"),
            "azure" => !self.is("partner", "reseller"),
            _ => false,
        };
        if included {
            vehicles.push(("csp_plan", 0, minutes));
        }
        let signature = service == "azure" && competent;
        if signature && self.is("incidents.signature_cloud", "null") {
            vehicles.push(("signature_cloud", 0, minutes));
        }
        let product = service == "on_premises" && on_premises;
        if product && self.is("incidents.product_support", "null") {
            vehicles.push(("product_support", 0, None));
        }
        // What is paid for anyway.
        if service != "on_premises" && self.value("plans").contains("asfp") {
            vehicles.push(("asfp", 0, None));
        }
        if self.value("plans").contains("psfp") {
            vehicles.push(("psfp", 0, None));
        }
        // What is used up.
        if signature && self.is("incidents.signature_cloud", "1") {
            vehicles.push(("signature_cloud", 1, minutes));
        }
        if product && self.is("incidents.product_support", "1") {
            vehicles.push(("product_support", 1, None));
        }
        Told { instead, vehicles }
    }
}
