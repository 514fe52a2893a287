//! Tickets that are shown to named people only: the one condition by which statements leave them out.

use domain::{
    access::{Reader, Sight},
    id::AgentId,
    ticket::kinds::Kind,
};

use crate::{
    Error, Tx, params, sql,
    tickets::{Lane, Ticket},
};

/// Whether a ticket `t` may be shown to a reader, as far as circles go: the condition of every statement that answers
/// with tickets or their number. The parameters are those of [`Named`].
macro_rules! shown_to {
    ($agent:literal, $named:literal) => {
        concat!(
            "(t.circle IS NULL OR t.assignee_id = ",
            $agent,
            " OR CAST(t.circle AS TEXT) LIKE ",
            $named,
            ")"
        )
    };
}
pub(crate) use shown_to;

/// A reader as the statements know it that ask whether a ticket is [shown to](shown_to!) it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Who it is.
    pub(crate) agent: AgentId,
    /// How a circle names it; whatever is in a circle, for who sees every one.
    pub(crate) pattern: String,
}

impl From<Reader> for Named {
    fn from(reader: Reader) -> Self {
        let agent = reader.agent;
        let pattern = if reader.sees_every_circle() { "%".into() } else { format!("%\"{agent}\"%") };
        Self { agent, pattern }
    }
}

impl Ticket {
    /// How much of it a reader sees.
    #[must_use]
    pub fn sight(&self, reader: Reader) -> Sight {
        reader.sight(self.kind, self.assignee, self.circle.as_ref().map(|circle| &circle.0))
    }
}

sql! {
    desk IN_CIRCLES = concat!("SELECT t.kind, t.lane, t.assignee_id, CAST(COUNT(*) AS BIGINT) FROM tickets t \
        WHERE t.desk_id = $1 AND t.circle IS NOT NULL AND ", shown_to!("$2", "$3"),
        " GROUP BY t.kind, t.lane, t.assignee_id");
}

/// How many tickets of a kind, in a list, of an agent are shown to named people only, and to this reader: no counter
/// counts these.
///
/// # Errors
/// As the database says.
pub async fn in_circles(
    tx: &mut Tx,
    reader: Reader,
) -> Result<Vec<(Kind, Lane, Option<AgentId>, i64)>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&IN_CIRCLES, params![agent, pattern]).await
}
