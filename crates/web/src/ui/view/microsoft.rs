//! Microsoft: the desk's connection, and what is known of a customer there.

use askama::Template;

use super::{Choice, Notice, Shell, Time};

/// `GET /admin/settings/microsoft`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_microsoft.html")]
pub struct MicrosoftPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Where the browser goes on to, at once: Microsoft's sign-in.
    pub go: Option<String>,
    /// How the connection fares, if there is one.
    pub standing: Option<MicrosoftStanding>,
    /// The form of the connection.
    pub form: MicrosoftForm,
    /// How many tenants are known.
    pub tenants: u64,
    /// How many of them are nobody's.
    pub unlinked: u64,
    /// Some of those, to say whose they are.
    pub offers: Vec<TenantOffer>,
    /// The desk's customers, for that.
    pub customers: Vec<Choice>,
    /// What is broken now.
    pub issues: Vec<IssueLine>,
    /// Providers or resellers: their names, and what stands beside them.
    pub partners: Vec<[String; 2]>,
    /// The support contact that customers see at Microsoft: lines of text.
    pub profile: Vec<String>,
    /// Whether that contact is none of the desk's addresses.
    pub profile_differs: bool,
}

/// How a connection fares.
#[derive(Clone, Debug)]
pub struct MicrosoftStanding {
    /// The word of the state.
    pub state: String,
    /// `done`, `warning`, `error`.
    pub tone: String,
    /// Microsoft's words, or what is known of a failure.
    pub detail: String,
    /// When all was well last.
    pub current: Option<Time>,
    /// When it is tried again.
    pub until: Option<Time>,
    /// When an agent consented last.
    pub consented: Option<Time>,
    /// Whether Microsoft sends events here.
    pub events: bool,
    /// What is read, and how that fares.
    pub readings: Vec<ReadingLine>,
}

/// Something that is read, and how that fares.
#[derive(Clone, Debug)]
pub struct ReadingLine {
    /// The word of what it is.
    pub what: String,
    /// The word of the state.
    pub state: String,
    /// `done`, `warning`, `error`.
    pub tone: String,
    /// More of it.
    pub detail: String,
    /// When it was read last.
    pub read: Option<Time>,
}

/// The form of a connection.
#[derive(Clone, Debug)]
pub struct MicrosoftForm {
    /// The version of the connection; none for the first.
    pub version: String,
    /// The clouds.
    pub clouds: Vec<Choice>,
    /// The partner's tenant.
    pub tenant: String,
    /// The application's id.
    pub application: String,
    /// Whether customers that nobody knows are added.
    pub adds_customers: bool,
    /// Where the browser comes back to, to be registered with the application.
    pub back: String,
}

/// A tenant that is nobody's.
#[derive(Clone, Debug)]
pub struct TenantOffer {
    /// Microsoft's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// The customer of the same name; empty if there is none.
    pub alike: String,
}

/// A tenant of a customer.
#[derive(Clone, Debug)]
pub struct TenantView {
    /// Microsoft's id.
    pub id: String,
    /// Its domain.
    pub domain: String,
    /// The word of its cloud.
    pub cloud: String,
    /// `yes`, `no`, `unknown`.
    pub admin: String,
    /// Until when.
    pub admin_until: Option<Time>,
    /// When Microsoft last confirmed it.
    pub seen: Time,
    /// What cannot be read, and why.
    pub troubles: Vec<ReadingLine>,
    /// What its services have.
    pub issues: Vec<IssueLine>,
    /// Its service requests that are open, or were closed of late.
    pub requests: Vec<RequestLine>,
}

/// An incident or advisory.
#[derive(Clone, Debug)]
pub struct IssueLine {
    /// Microsoft's id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The service.
    pub service: String,
    /// Who notices what.
    pub impact: String,
    /// The word of its status.
    pub status: String,
    /// `done`, `warning`, `error`.
    pub tone: String,
    /// When Microsoft said something last.
    pub changed: Option<Time>,
    /// How many tenants have it; none where one is shown.
    pub tenants: Option<u64>,
}

/// A service request at Microsoft.
#[derive(Clone, Debug)]
pub struct RequestLine {
    /// Microsoft's number.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The word of its status.
    pub status: String,
    /// `done`, `warning`, or nothing.
    pub tone: String,
    /// A, B or C; empty if Microsoft does not say.
    pub severity: String,
    /// The product.
    pub product: String,
    /// When anything of it changed.
    pub changed: Option<Time>,
    /// What was said last: who, and what.
    pub last: Option<[String; 2]>,
}
