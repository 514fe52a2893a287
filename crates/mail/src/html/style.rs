//! The few style properties that make a mail readable as meant, and cannot reach out or cover the page.

const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
];

/// Keeps what is allowed, in a form that filters to itself; the flag tells that something remote was dropped.
pub(super) fn filter(style: &str) -> (String, bool) {
    let low = style.to_ascii_lowercase();
    let remote = low.contains("url(") && (low.contains("http") || low.contains("//"));
    let mut out = String::new();
    for declaration in low.split(';').take(100) {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let (name, value) = (name.trim(), value.trim());
        if PROPERTIES.contains(&name) && is_harmless(value) {
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(name);
            out.push_str(": ");
            out.push_str(value);
        }
    }
    (out, remote)
}

/// Words, numbers, colours. No escape, no comment, no function but colours, no minus that moves things away.
fn is_harmless(value: &str) -> bool {
    let letters = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | '#' | '%' | '.' | ',' | '-' | '\'' | '!' | '(' | ')')
    };
    if value.is_empty() || value.len() > 200 || !value.chars().all(letters) {
        return false;
    }
    let negative = value.split([' ', ',']).any(|word| word.starts_with('-') && word.len() > 1);
    let functions = value.match_indices('(').all(|(at, _)| {
        ["rgb", "rgba", "hsl", "hsla"].contains(&value[..at].rsplit([' ', ',']).next().unwrap_or(""))
    });
    !negative && functions && value.matches('(').count() == value.matches(')').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_properties_stay() {
        let (style, remote) =
            filter("COLOR: Red; position:fixed; width:100%; background:url(http://x); margin:-9px");
        assert_eq!((style.as_str(), remote), ("color: red; width: 100%", true));
        assert_eq!(filter("color:expression(alert(1))").0, "");
        assert_eq!(filter("color:re\\64").0, "");
        assert_eq!(filter("color:rgb(1, 2, 3)").0, "color: rgb(1, 2, 3)");
        assert_eq!(filter("font-family:x/**/").0, "");
    }
}
