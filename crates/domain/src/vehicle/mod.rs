//! Vehicles: what entitles a partner to help from Microsoft, and which of them a problem may take.
//!
//! Microsoft's rules are rows with dates and sources ([`rules`]); the advisor asks them about a [`question`].
//!
//! # The logic
//!
//! **A fact that is not given is unknown, and stays so.** A rule holds, or does not, or is open because it asks for a
//! fact that is unknown. One rule against a vehicle that holds is enough to block it; it is recommended when no rule
//! against it holds or is open and a rule says that it covers the matter; otherwise nothing is said about it but what
//! would have to be known. To learn a fact therefore never moves a vehicle from recommended to blocked or back.
//!
//! **The day, the service and the kind are thought through.** Where one of these is unknown, each that there could be
//! is tried: what is blocked whatever it may be, is blocked.

pub mod advisor;
pub mod microsoft;
pub mod question;
pub mod rules;
pub mod standing;
pub mod wallet;
pub mod ways;

use crate::party::DeskKind;
use crate::ticket::kinds;
use crate::words;

words! {
    /// An entitlement with Microsoft, in the order in which equals are recommended.
    pub enum Vehicle {
        /// Billing and subscriptions, free for every partner.
        Commercial = "commercial",
        /// What Microsoft includes for break-fix of Microsoft 365 and Azure.
        CspPlan = "csp_plan",
        /// A benefit of the partner program for cloud products.
        SignatureCloud = "signature_cloud",
        /// A benefit of the partner program for software on own machines.
        ProductSupport = "product_support",
        /// A bought plan for cloud products.
        Asfp = "asfp",
        /// A bought plan for everything.
        Psfp = "psfp",
    }
}

words! {
    /// Where a matter goes that no vehicle may carry. The first that holds is the one that counts.
    pub enum Instead {
        /// Microsoft's Security Response Center.
        Msrc = "msrc",
        /// Whoever published the product.
        Publisher = "publisher",
        /// The portal of a product that was bought elsewhere.
        ProductPortal = "product_portal",
        /// Help and support in Partner Center.
        PartnerCenterHelp = "partner_center_help",
        /// Nobody else: the desk answers.
        ResolveHere = "resolve_here",
        /// The indirect provider.
        Provider = "provider",
    }
}

words! {
    /// How the partner buys.
    pub enum Partner {
        /// From Microsoft, for its own customers.
        Direct = "direct",
        /// From Microsoft, for resellers.
        Provider = "provider",
        /// From a provider.
        Reseller = "reseller",
    }
}

words! {
    /// What a matter of billing or of a subscription is about.
    pub enum Topic {
        /// An invoice of Microsoft's.
        Invoice = "invoice",
        /// Money back.
        Credit = "credit",
        /// Something ordered that is not there.
        Provisioning = "provisioning",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// What the matter is about, as Microsoft's support divides it.
    pub enum Service {
        /// Microsoft 365.
        Microsoft365 = "microsoft365",
        /// Azure.
        Azure = "azure",
        /// Dynamics 365.
        Dynamics365 = "dynamics365",
        /// Software on the customer's own machines.
        OnPremises = "on_premises",
        /// A publisher's product, bought through the commercial marketplace.
        Marketplace = "marketplace",
        /// Partner Center itself: the partner's own account.
        PartnerCenter = "partner_center",
    }
}

words! {
    /// How old a product on own machines is.
    pub enum ProductVersion {
        /// The current version.
        Current = "n",
        /// The one before it.
        Previous = "n-1",
        /// One before that.
        Older = "older",
    }
}

words! {
    /// What the partner has earned or bought in Microsoft's partner program.
    pub enum Competency {
        /// A gold competency.
        Gold = "gold",
        /// A silver competency.
        Silver = "silver",
        /// The Action Pack.
        ActionPack = "action_pack",
        /// A Solutions Partner designation.
        SolutionsPartner = "solutions_partner",
        /// Nothing.
        None = "none",
    }
}

words! {
    /// A plan that partners buy.
    pub enum Plan {
        /// Advanced Support for Partners.
        Asfp = "asfp",
        /// Premier Support for Partners.
        Psfp = "psfp",
    }
}

impl Partner {
    /// How a desk buys; unknown for one that only delivers.
    #[must_use]
    pub const fn of(kind: DeskKind) -> Option<Partner> {
        match kind {
            DeskKind::DirectBill => Some(Partner::Direct),
            DeskKind::IndirectProvider => Some(Partner::Provider),
            DeskKind::IndirectReseller => Some(Partner::Reseller),
            DeskKind::Supplier => None,
        }
    }
}

impl Service {
    /// As Microsoft's support divides what a ticket is about; unknown for anything else.
    #[must_use]
    pub const fn of(service: kinds::Service) -> Option<Service> {
        match service {
            kinds::Service::Microsoft365 => Some(Service::Microsoft365),
            kinds::Service::Azure => Some(Service::Azure),
            kinds::Service::Dynamics365 => Some(Service::Dynamics365),
            kinds::Service::OnPremises => Some(Service::OnPremises),
            kinds::Service::Marketplace => Some(Service::Marketplace),
            kinds::Service::Other => None,
        }
    }
}

impl Plan {
    /// The vehicle that it is.
    #[must_use]
    pub const fn vehicle(self) -> Vehicle {
        match self {
            Plan::Asfp => Vehicle::Asfp,
            Plan::Psfp => Vehicle::Psfp,
        }
    }
}

words! {
    /// What would have to be known, or obtained, for a full answer: fields of the question, in their order.
    pub enum Lack {
        /// When.
        At = "at",
        /// Which cloud.
        Cloud = "cloud",
        /// Which kind of partner.
        Partner = "partner",
        /// Which kind of request.
        Kind = "kind",
        /// What it is about.
        Topic = "topic",
        /// Whether something is broken.
        BreakFix = "break_fix",
        /// Which service.
        Service = "service",
        /// Which version.
        ProductVersion = "product_version",
        /// How bad it is.
        Severity = "severity",
        /// In which language.
        Language = "language",
        /// Which competency.
        Competency = "competency",
        /// Whether it is one for the cloud.
        CloudCompetency = "cloud_competency",
        /// Which plans are held.
        Plans = "plans",
        /// To be bought.
        PlanAsfp = "plans.asfp",
        /// To be bought.
        PlanPsfp = "plans.psfp",
        /// How many are left.
        ProductSupportIncidents = "incidents.product_support",
        /// How many are left.
        SignatureCloudIncidents = "incidents.signature_cloud",
        /// Whether it is granted; to be obtained where it is known that it is not.
        DelegatedAdmin = "delegated_admin",
        /// Whether the provider granted it.
        ProviderAzureAccess = "provider_azure_access",
    }
}
