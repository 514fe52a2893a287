//! HTML from strangers: made safe to show ([`sanitise`]), made plain ([`to_text`]); plain text made clickable
//! ([`linkify`]).
//!
//! What [`sanitise`] gives is shown in a sandboxed frame with the policy `default-src 'none'`: this is the inner
//! of two walls. The result sanitises to itself, so no later reader of it can see another tree.

mod guard;
mod style;
mod text;

pub use text::{linkify, to_text};

use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// Whether pictures may be fetched from the sender's servers, which tells the sender that and when it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteContent {
    /// No request leaves the reader's browser.
    Blocked,
    /// Pictures over https are kept.
    Allowed,
}

/// HTML that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanitised {
    /// A fragment for the body of a document.
    pub html: String,
    /// Something remote was left out; the page can offer to show it.
    pub blocked_remote: bool,
}

/// Passes until the result no longer changes. Two are the rule; more than four is an attack on the parser.
const PASSES: usize = 4;

/// Makes HTML safe: no script, form, frame, vector graphics, style sheet or foreign address survives.
///
/// `cid` maps a Content-ID (without brackets) to the address of that part; `None` drops the picture. It is also
/// asked about an address that it gave itself, and should give it back: that is how a second pass keeps it.
pub fn sanitise(
    html: &str,
    cid: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    remote: RemoteContent,
) -> Sanitised {
    let filter = Arc::new(Filter { cid: Box::new(cid), remote, blocked: AtomicBool::new(false) });
    let mut current = if guard::is_affordable(html) { pass(html, &filter) } else { bare(html) };
    // Later passes see only what an earlier one kept: they cannot find anything new to report.
    let mut stable = false;
    for _ in 1..PASSES {
        let next = pass(&current, &filter);
        stable = next == current;
        current = next;
        if stable {
            break;
        }
    }
    if !stable {
        current = bare(&current);
    }
    Sanitised { html: current, blocked_remote: filter.blocked.load(Ordering::Relaxed) }
}

/// The words only, for HTML that no parser should be given.
fn bare(html: &str) -> String {
    format!("<pre>{}</pre>", text::escape(text::strip_tags(html).trim()))
}

static TAGS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details \
     dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p \
     pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var \
     wbr"
    .split_whitespace()
    .collect()
});

/// Elements whose content is not for reading.
static DROPPED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "script style title template noscript iframe object embed applet svg math textarea select noembed noframes xmp \
     plaintext"
        .split_whitespace()
        .collect()
});

static ATTRIBUTES: LazyLock<HashMap<&str, HashSet<&str>>> = LazyLock::new(|| {
    [
        ("a", "href"),
        ("img", "src alt width height border"),
        ("table", "border cellpadding cellspacing width height"),
        ("td", "colspan rowspan width height valign nowrap"),
        ("th", "colspan rowspan width height valign nowrap scope"),
        ("tr", "valign height"),
        ("col", "span width"),
        ("colgroup", "span width"),
        ("ol", "start type reversed"),
        ("li", "value"),
        ("font", "color face size"),
        ("bdo", "dir"),
        ("hr", "width size"),
        ("details", "open"),
    ]
    .into_iter()
    .map(|(tag, names)| (tag, names.split_whitespace().collect()))
    .collect()
});

/// `background` is only let through to be seen, reported and dropped.
static GENERIC: LazyLock<HashSet<&str>> =
    LazyLock::new(|| "align background bgcolor dir lang style title".split_whitespace().collect());

/// `data` is only for pictures that the callback gave: a second pass must let them through. The filter below drops
/// every other one.
static SCHEMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| ["http", "https", "mailto", "tel", "cid", "data"].into());

fn pass(html: &str, filter: &Arc<Filter>) -> String {
    let filter = Arc::clone(filter);
    Builder::new()
        .tags(TAGS.clone())
        .clean_content_tags(DROPPED.clone())
        .tag_attributes(ATTRIBUTES.clone())
        .generic_attributes(GENERIC.clone())
        .url_schemes(SCHEMES.clone())
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank")
        .attribute_filter(move |element, attribute, value| filter.attribute(element, attribute, value))
        .clean(html)
        .to_string()
}

/// From a Content-ID to the address of that part.
type Cid = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

struct Filter {
    cid: Cid,
    remote: RemoteContent,
    blocked: AtomicBool,
}

impl Filter {
    fn attribute<'v>(&self, element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
        match (element, attribute) {
            ("img", "src") => {
                let source = self.image(value.trim());
                self.note(source.is_none() && is_remote(value));
                source.map(Cow::Owned)
            }
            (_, "background") => {
                self.note(is_remote(value));
                None
            }
            (_, "style") => {
                let (style, remote) = style::filter(value);
                self.note(remote);
                (!style.is_empty()).then_some(Cow::Owned(style))
            }
            ("a", "href") => is_link(value).then(|| Cow::Borrowed(value.trim())),
            _ => Some(Cow::Borrowed(value)),
        }
    }

    fn image(&self, source: &str) -> Option<String> {
        if let Some(id) = strip_scheme(source, "cid:") {
            return (self.cid)(id.trim_matches(['<', '>']));
        }
        if self.remote == RemoteContent::Allowed && strip_scheme(source, "https://").is_some() {
            return Some(source.to_owned());
        }
        // An address that the callback gave on an earlier pass.
        (self.cid)(source).filter(|given| given == source)
    }

    fn note(&self, blocked: bool) {
        if blocked {
            self.blocked.store(true, Ordering::Relaxed);
        }
    }
}

fn strip_scheme<'v>(value: &'v str, scheme: &str) -> Option<&'v str> {
    let (start, rest) = value.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn is_remote(value: &str) -> bool {
    let value = value.trim_start();
    value.starts_with("//") || ["http:", "https:", "ftp:"].iter().any(|s| strip_scheme(value, s).is_some())
}

/// Links to where a reader may want to go. Scheme first, with no room for tricks before it.
fn is_link(value: &str) -> bool {
    let value = value.trim();
    ["http://", "https://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| strip_scheme(value, scheme).is_some_and(|rest| !rest.is_empty()))
}
