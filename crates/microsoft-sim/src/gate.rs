//! What happens to every call, whatever it is about: faults, limits, sign-in, cloud, role, idempotency, oddities.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    Fault, FaultKind, World,
    call::{Body, Call, Refusal, Reply},
    login::{DIRECTORY, audiences, azure_audience},
    roles,
    routes::{self, Route, Who},
    world::{Seen, random},
};

/// How an answer leaves.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Whole(Reply),
    /// So many bytes of blanks first.
    Padded(usize, Reply),
    /// The connection ends in its middle.
    Half(Reply),
    /// The connection ends before it.
    Reset,
    /// It never comes.
    Never,
}

/// Answers to writes are known for so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

impl World {
    /// Answers a call to one of the APIs.
    pub(crate) fn answer(&mut self, mut call: Call) -> Outcome {
        self.settle();
        let fault = self.faults.iter_mut().find(|fault| fault.is_for(&call.method, &call.target));
        let fault = fault.map(|fault| {
            fault.times -= 1;
            fault.clone()
        });
        self.faults.retain(|fault| fault.times > 0);
        let outcome = match &fault {
            Some(fault) if !fault.after_effect && fault.replaces() => fault.outcome(Reply::empty(200)),
            Some(fault) => {
                let reply = self.reply(&mut call);
                fault.outcome(reply)
            }
            None => Outcome::Whole(self.reply(&mut call)),
        };
        self.note(&call, &outcome);
        self.sealed(&call, outcome)
    }

    fn reply(&mut self, call: &mut Call) -> Reply {
        let parts: Vec<&str> = call.path.iter().map(String::as_str).collect();
        match (call.method.as_str(), parts.as_slice()) {
            ("POST", [_, "oauth2", "token"] | [_, "oauth2", "v2.0", "token"]) => return self.token(call),
            ("GET", ["common", "oauth2", "authorize"]) => return self.authorize(call),
            ("GET", ["cert", file]) => {
                let found = self.signer.certificate(file).map(<[u8]>::to_vec);
                return found.map_or(Reply::empty(404), |der| Reply {
                    status: 200,
                    headers: Vec::new(),
                    body: Body::Bytes("application/pkix-cert", der),
                });
            }
            _ => {}
        }
        let reply = self.api(call).unwrap_or_else(|reply| *reply);
        let Body::Json(body) = reply.body else { return reply };
        let bent = self.quirks.bend(body, call.writes() && reply.status < 300);
        Reply { body: Body::Json(bent), ..reply }
    }

    fn api(&mut self, call: &mut Call) -> Result<Reply, Box<Reply>> {
        let now = self.now();
        let caller = self.caller(call.header("authorization"));
        // Counted for whoever asks, also who is refused.
        let who = caller.as_ref().map_or_else(|_| "?".to_owned(), |caller| caller.tenant.to_string());
        if let Some(seconds) = self.limits.count(&call.method, &call.path, &who, now) {
            return Err(Box::new(throttled(Some(&seconds.to_string()))));
        }
        call.caller = caller.map_err(|why| {
            let reply = Reply::json(401, json!({ "code": 400, "description": why, "data": [] }));
            Box::new(reply.with("WWW-Authenticate", "Bearer error=\"invalid_token\""))
        })?;
        let refuse = |refusal: Refusal| Box::new(Reply::from(refusal));
        let (route, ids) =
            routes::find(&call.method, &call.path).ok_or_else(|| refuse(Refusal::missing()))?;
        call.ids = ids;
        self.may(call, route).map_err(refuse)?;
        if !call.writes() {
            return (route.handler)(self, call).map_err(refuse);
        }
        self.once(call, route)
    }

    /// Whether this cloud has it, and this caller may.
    fn may(&self, call: &Call, route: &Route) -> Result<(), Refusal> {
        if !route.clouds.contains(&self.cloud) {
            return Err(Refusal::missing());
        }
        let (partner_center, graph) = audiences(self.cloud);
        let caller = &call.caller;
        let is_agent = caller.upn.is_some();
        let fine = match (route.who, is_agent) {
            (Who::Graph, _) => caller.audience == graph,
            (Who::Azure, _) => caller.audience == azure_audience(self.cloud),
            (_, true) => caller.audience == partner_center,
            // Today's applications ask for Partner Center itself.
            (_, false) => caller.audience == partner_center || DIRECTORY.contains(&caller.audience.as_str()),
        };
        if !fine {
            return Err(match route.group {
                roles::Group::Licences => Refusal::new(400, 900_316, "The audience of the token is wrong."),
                _ => Refusal::new(401, 400, "Access denied: the token is for another resource."),
            });
        }
        match route.who {
            // Who may what there is Azure's own table.
            Who::Graph | Who::Azure => Ok(()),
            Who::Agent if !is_agent => Err(Refusal::new(
                403,
                900_329,
                "This resource does not support application-only authentication.",
            )),
            Who::Agent | Who::Any if is_agent && !roles::may(&caller.roles, route.group, call.writes()) => {
                Err(Refusal::new(403, 900_308, "Insufficient privileges to complete the operation."))
            }
            Who::Agent | Who::Any => Ok(()),
        }
    }

    /// A write: the same request id on the same place is the same write, and gets the same answer. With another body it is
    /// refused; that is our reading.
    fn once(&mut self, call: &Call, route: &Route) -> Result<Reply, Box<Reply>> {
        let now = self.now();
        let Some(id) = call.header("ms-requestid") else {
            return (route.handler)(self, call).map_err(|refusal| Box::new(refusal.into()));
        };
        let who = call.caller.tenant.to_string();
        let key = [who, id.to_lowercase(), call.method.clone(), call.path.join("/")];
        self.answers.retain(|_, (_, _, at)| now.duration_since(*at) < REMEMBERED);
        if let Some((body, reply, _)) = self.answers.get(&key) {
            if *body == call.text {
                return Ok(reply.clone());
            }
            let words = "The request id was used for another request.";
            return Err(Box::new(Refusal::new(400, 800_002, words).into()));
        }
        let reply = (route.handler)(self, call).unwrap_or_else(Reply::from);
        self.answers.insert(key, (call.text.clone(), reply.clone(), now));
        Ok(reply)
    }

    fn note(&mut self, call: &Call, outcome: &Outcome) {
        let header = |name: &str| call.header(name).map(ToOwned::to_owned);
        let status = match outcome {
            Outcome::Whole(reply) | Outcome::Padded(_, reply) | Outcome::Half(reply) => reply.status,
            Outcome::Reset | Outcome::Never => 0,
        };
        self.log.push(Seen {
            at: self.now(),
            method: call.method.clone(),
            target: call.target.clone(),
            host: header("host").unwrap_or_default(),
            request_id: header("ms-requestid"),
            correlation_id: header("ms-correlationid"),
            if_match: header("if-match"),
            status,
        });
    }

    /// The headers of every answer, and the byte order mark where it is on.
    fn sealed(&self, call: &Call, outcome: Outcome) -> Outcome {
        let seal = |mut reply: Reply| {
            for (name, asked) in [("MS-RequestId", "ms-requestid"), ("MS-CorrelationId", "ms-correlationid")]
            {
                let value = call.header(asked).map_or_else(|| random().to_string(), ToOwned::to_owned);
                reply = reply.with(name, value);
            }
            let reply = reply
                .with("MS-CV", "c2ltdWxhdG9y.0")
                .with("MS-ServerId", "00000L")
                .with("X-Locale", "en-US,en-US");
            let Body::Json(body) = &reply.body else { return reply };
            let mark = if self.quirks.byte_order_mark { "\u{feff}" } else { "" };
            let text = format!("{mark}{body:#}");
            Reply { body: Body::Bytes("application/json; charset=utf-8", text.into_bytes()), ..reply }
        };
        match outcome {
            Outcome::Whole(reply) => Outcome::Whole(seal(reply)),
            Outcome::Padded(bytes, reply) => Outcome::Padded(bytes, seal(reply)),
            Outcome::Half(reply) => Outcome::Half(seal(reply)),
            other => other,
        }
    }
}

impl Fault {
    /// Whether it stands in place of an answer, so that the call is not even looked at.
    fn replaces(&self) -> bool {
        match self.kind {
            FaultKind::Padded(_) | FaultKind::NextAt(_) | FaultKind::HalfBody => false,
            FaultKind::Throttled(_)
            | FaultKind::Status(_)
            | FaultKind::Unavailable(_)
            | FaultKind::ErrorInOk(..)
            | FaultKind::PageInOk
            | FaultKind::StaleEtag
            | FaultKind::TokenRefused
            | FaultKind::ConsentExpired
            | FaultKind::Reset
            | FaultKind::TimeOut
            | FaultKind::Redirect(_) => true,
        }
    }

    /// What becomes of an answer.
    fn outcome(&self, reply: Reply) -> Outcome {
        const PAGE: &str = "<html><body><h1>Something went wrong</h1></body></html>";
        Outcome::Whole(match &self.kind {
            FaultKind::Throttled(retry_after) => throttled(retry_after.as_deref()),
            FaultKind::Status(status) => Reply::html(*status, PAGE.into()),
            FaultKind::Unavailable(retry_after) => {
                Reply::html(503, PAGE.into()).with("Retry-After", retry_after.clone())
            }
            FaultKind::ErrorInOk(code, words) => {
                let mut reply = Reply::from(Refusal::new(200, *code, words));
                reply.status = 200;
                reply
            }
            FaultKind::PageInOk => Reply::html(200, PAGE.into()),
            FaultKind::StaleEtag => Refusal::new(400, 2_055, "The ETag is no longer valid.").into(),
            FaultKind::TokenRefused => {
                Reply::empty(401).with("WWW-Authenticate", "Bearer error=\"invalid_token\"")
            }
            FaultKind::ConsentExpired => Reply::json(
                400,
                json!({
                    "error": "invalid_grant",
                    "error_description": "AADSTS70008: The refresh token has expired.\r\nTrace ID: 0",
                    "error_codes": [70_008],
                }),
            ),
            FaultKind::Reset => return Outcome::Reset,
            FaultKind::TimeOut => return Outcome::Never,
            FaultKind::HalfBody => return Outcome::Half(reply),
            FaultKind::Padded(bytes) => return Outcome::Padded(*bytes, reply),
            FaultKind::Redirect(place) => Reply::empty(302).with("Location", place.clone()),
            FaultKind::NextAt(place) => leading(reply, place),
        })
    }
}

fn throttled(retry_after: Option<&str>) -> Reply {
    let words = format!("Rate limit is exceeded. Try again in {} seconds.", retry_after.unwrap_or("some"));
    let reply = Reply::json(429, json!({ "statusCode": 429, "message": words }));
    match retry_after {
        Some(seconds) => reply.with("Retry-After", seconds),
        None => reply,
    }
}

/// An answer whose next page lies elsewhere.
fn leading(reply: Reply, place: &str) -> Reply {
    let Body::Json(mut body) = reply.body else { return reply };
    if let Value::Object(page) = &mut body {
        page.insert("@odata.nextLink".into(), place.into());
        let links = page.entry("links").or_insert_with(|| json!({}));
        links["next"] = json!({ "uri": place, "method": "GET", "headers": [] });
    }
    Reply { body: Body::Json(body), ..reply }
}
