//! Hand-overs: the panel on a ticket, the list, and the desks that this one is paired with.

use askama::Template;

use super::{Choice, Clock, File, Notice, Shell, Time};

/// The panel on a ticket's page.
#[derive(Clone, Debug)]
pub struct EscalationPanel {
    /// Whether it stands open: something is to be done here.
    pub open: bool,
    /// Where the newest leg stands, as a word; empty where there is none.
    pub state: String,
    /// With whom.
    pub with: String,
    /// What is due of it.
    pub due: Option<Time>,
    /// Whether that has passed.
    pub late: bool,
    /// Handing over, where it can be.
    pub form: Option<HandOverForm>,
    /// The legs, the newest first.
    pub legs: Vec<LegCard>,
    /// Who had it when.
    pub held: Vec<HeldLine>,
    /// How much of what was promised to the customer the desk has used itself.
    pub team: Option<Notice>,
}

/// Handing over.
#[derive(Clone, Debug)]
pub struct HandOverForm {
    /// To whom, by what; the value is for the handler.
    pub ways: Vec<Choice>,
    /// The matter, in the supplier's language.
    pub summary: String,
    /// What is asked for.
    pub evidence: Vec<EvidenceField>,
    /// Which files of the ticket go with it.
    pub files: Vec<Choice>,
    /// What Microsoft wants to know of a request for Azure, where it is one.
    pub azure: Option<AzureFields>,
    /// What is missing, as a list; empty where nothing is.
    pub missing: String,
    /// The package as it would go out; empty before it was kept once.
    pub preview: String,
    /// Whether the customer's people are taken out of it.
    pub hidden: bool,
}

/// Under which of Microsoft's topics a request for Azure is filed.
#[derive(Clone, Debug)]
pub struct AzureFields {
    /// The services; empty before Microsoft's list was read.
    pub services: Vec<Choice>,
    /// The kinds of problem; empty before a service was chosen.
    pub problems: Vec<Choice>,
    /// Why the lists could not be read; empty where they could.
    pub trouble: String,
}

/// How a request is followed at Microsoft.
#[derive(Clone, Debug)]
pub struct FollowLine {
    /// How reading it fares, as a word.
    pub state: String,
    /// Whether that keeps it from going on.
    pub stuck: bool,
    /// Microsoft's words for that.
    pub detail: String,
    /// Where the request stands there; empty before it was read.
    pub status: String,
    /// Whether the program is filing it.
    pub filing: bool,
    /// When it was read last.
    pub read: Option<Time>,
    /// When it is looked at next.
    pub next: Option<Time>,
    /// How many words wait to be said there.
    pub waiting: u64,
}

/// A piece of evidence.
#[derive(Clone, Debug)]
pub struct EvidenceField {
    /// Its word.
    pub word: String,
    /// What is known.
    pub value: String,
    /// Whether the supplier sends back without.
    pub needed: bool,
}

/// One leg.
#[derive(Clone, Debug)]
pub struct LegCard {
    /// Its id.
    pub id: String,
    /// "To Provider AG", "Handed over by Reseller".
    pub title: String,
    /// The other side's name.
    pub party: String,
    /// Where it stands.
    pub state: String,
    /// Until when it is offered.
    pub expires: Option<Time>,
    /// What it is called there; empty where nobody knows.
    pub number: String,
    /// How it came back, in words; empty where it has not.
    pub outcome: String,
    /// The answer.
    pub answer: String,
    /// The supplier's promises.
    pub clocks: Vec<Clock>,
    /// What keeps messages from going there.
    pub lost: Option<Notice>,
    /// Where a person files it.
    pub portal: Option<String>,
    /// How it is followed at Microsoft.
    pub following: Option<FollowLine>,
    /// Which files may go with a word.
    pub enclosable: Vec<Choice>,
    /// Whether a person attaches them there.
    pub by_hand: bool,
    /// What is handed in there beside it.
    pub files: Vec<File>,
    /// What is copied into the portal.
    pub fields: Vec<CopyField>,
    /// All of it.
    pub whole: String,
    /// What can be done: `filed`, `withdraw`, `tell`, `return`, `inform`, `approve`, `send_back`, `judge`,
    /// `give_back`, `check`, `renumber`, `let_go`.
    pub steps: Vec<String>,
    /// The severity there.
    pub severities: Vec<Choice>,
    /// How it may come back.
    pub outcomes: Vec<Choice>,
    /// What may have been missing.
    pub evidence: Vec<Choice>,
}

impl LegCard {
    /// Whether something can be done.
    pub(super) fn may(&self, step: &str) -> bool {
        self.steps.iter().any(|one| one == step)
    }
}

/// What is copied into a form elsewhere.
#[derive(Clone, Debug)]
pub struct CopyField {
    /// What it is.
    pub label: String,
    /// The text.
    pub value: String,
}

/// Somebody had it for a while.
#[derive(Clone, Debug)]
pub struct HeldLine {
    /// Who.
    pub name: String,
    /// "Mon 30 Mar 16:00 – Tue 31 Mar 09:00".
    pub span: String,
    /// The open time of it.
    pub length: String,
    /// Whether this is the desk of the reader.
    pub here: bool,
}

/// `GET /handovers`.
#[derive(Clone, Debug, Template)]
#[template(path = "handovers.html")]
pub struct HandoversPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// What waits for this desk.
    pub ours: Vec<HandoverLine>,
    /// What waits for others.
    pub theirs: Vec<HandoverLine>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct HandoverLine {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub subject: String,
    /// Where it is read; empty where there is no ticket yet.
    pub href: String,
    /// "To Provider AG", "Offer of Reseller".
    pub title: String,
    /// Where it stands.
    pub state: String,
    /// Severity word.
    pub severity: String,
    /// What is due.
    pub due: Option<Time>,
    /// Whether that has passed.
    pub late: bool,
    /// Whether the other desk is not reached.
    pub lost: bool,
    /// The package, for whoever decides whether to take it; empty where that is decided.
    pub package: String,
    /// What may be missing in it.
    pub evidence: Vec<Choice>,
    /// As what it may be declined.
    pub outcomes: Vec<Choice>,
}

/// `GET /admin/settings/partners`.
#[derive(Clone, Debug, Template)]
#[template(path = "settings_partners.html")]
pub struct PartnersPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// An invitation that was just made: shown once.
    pub made: Option<String>,
    /// Until when it can be used.
    pub until: Option<Time>,
    /// The fingerprint of the desk's key.
    pub fingerprint: String,
    /// The paired desks.
    pub peers: Vec<PeerLine>,
    /// What a desk may be to us, with nobody as the empty value.
    pub suppliers: Vec<Choice>,
}

/// A paired desk.
#[derive(Clone, Debug)]
pub struct PeerLine {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is reached.
    pub address: String,
    /// The fingerprint of its key.
    pub fingerprint: String,
    /// Whether it is trusted no more.
    pub revoked: bool,
    /// What keeps messages from going there.
    pub lost: Option<Notice>,
    /// What it is to us.
    pub suppliers: Vec<Choice>,
}

impl PartnersPage {
    /// Which of the settings this is, for the navigation among them.
    fn page(&self) -> &'static str {
        "partners"
    }
}
