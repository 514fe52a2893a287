//! What strangers' HTML may not do, and what of it must survive.

use crate::effort::bounded;
use mail::html::{RemoteContent, Sanitised, linkify, sanitise};
use proptest::prelude::*;

fn shown(html: &str) -> Sanitised {
    sanitise(
        html,
        |id| (id == "logo@x" || id == "/part/1").then(|| "/part/1".to_owned()),
        RemoteContent::Blocked,
    )
}

/// Tags and attributes that no result may hold, whatever went in.
fn assert_harmless(result: &str, input: &str) {
    let low = result.to_ascii_lowercase();
    for bad in [
        "<script",
        "<style",
        "<iframe",
        "<object",
        "<embed",
        "<form",
        "<input",
        "<button",
        "<svg",
        "<math",
        "<meta",
        "<base",
        "<link",
        "<template",
        "<noscript",
        "<textarea",
        "<title",
        "<!--",
        "<body",
        "<html",
        "<head",
        "<frame",
        "<marquee",
    ] {
        assert!(!low.contains(bad), "{bad} of {input:?} in {result:?}");
    }
    // Outside of text, inside of tags: no handler, no other scheme.
    for tag in low.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        for bad in [
            " on",
            "javascript:",
            "vbscript:",
            "data:",
            "srcdoc",
            "srcset",
            "url(",
            "expression",
            "position",
            "formaction",
        ] {
            let quoted = tag.contains("title=\"") || tag.contains("alt=\"");
            assert!(quoted || !tag.contains(bad), "{bad} of {input:?} in {result:?}");
        }
    }
}

#[test]
fn v30_v37_v38_v39_nothing_active_survives() {
    for input in [
        "<script>alert(1)</script>x",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img/src='x'/onerror=alert(1)//",
        "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<form action=https://evil.example><input name=p><button formaction=x>go</button></form>",
        "<a href='javascript:alert(1)'>x</a><a href=' java\tscript:alert(1)'>y</a><a href='data:text/html,x'>z</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a><a href='//evil.example'>y</a><a href='/relative'>z</a>",
        "<iframe src=https://evil.example></iframe><iframe srcdoc='<script>1</script>'></iframe>",
        "<object data=x></object><embed src=x><applet code=x></applet>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'><base href=https://evil.example><link rel=stylesheet href=x>",
        "<style>@import url(https://evil.example)</style><p style='background:url(https://evil.example)'>x</p>",
        "<div style='position:fixed;top:0;left:0;width:100%;height:100%'>x</div>",
        "<p style=\"color:expression(alert(1));width:1px\">x</p><p style='color:r\\65 d'>y</p>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea><img title=\"</textarea><img src onerror=alert(1)>\"></textarea>",
        "<template><script>1</script></template><xmp><script>1</script></xmp><plaintext><script>1",
        "<body onload=alert(1) background=https://evil.example/x>x",
        "<details ontoggle=alert(1) open>x</details><marquee onstart=alert(1)>x</marquee>",
        "<!--[if mso]><script>1</script><![endif]--><![CDATA[<script>1</script>]]><?xml <script>1</script>?>",
        "<img src='cid:logo@x' srcset='https://evil.example/x 1x'><video poster=https://evil.example></video>",
        "<a href='https://x.example' onclick=alert(1) target=_self rel=opener>x</a>",
        "<table background='https://evil.example'><td background='//evil.example'>x</table>",
        "\u{0}<scr\u{0}ipt>alert(1)</scr\u{0}ipt>",
        "<select><noembed></select><script>1</script></noembed>",
    ] {
        let result = shown(input);
        assert_harmless(&result.html, input);
        assert_eq!(shown(&result.html).html, result.html, "{input}");
    }
}

#[test]
fn v33_pictures_are_fetched_only_when_allowed() {
    let html = "<p>Hi</p><img src='cid:logo@x' alt=Logo><img src='cid:other'><img src='https://t.example/p.png' width=1><img src='http://t.example/p.png'>";
    let blocked = shown(html);
    assert!(blocked.blocked_remote);
    assert!(
        blocked.html.contains("<img src=\"/part/1\" alt=\"Logo\">") && !blocked.html.contains("t.example")
    );
    let allowed = sanitise(html, |_| None, RemoteContent::Allowed);
    assert!(allowed.html.contains("src=\"https://t.example/p.png\"") && !allowed.html.contains("http://"));
    assert!(!shown("<p>plain <img src='cid:logo@x'></p>").blocked_remote);
    assert!(shown("<table><tr><td background='http://t.example/x'>").blocked_remote);
    assert!(shown("<p style='background:url(//t.example/x)'>x").blocked_remote);
    // Addresses of our own server are the callback's to give, not the sender's.
    assert!(!shown("<img src='/admin/delete'><img src='part/1'>").html.contains("src="));
}

#[test]
fn v39_links_leave_safely_and_formatting_stays() {
    let html = "<h1 style='color:RED'>T</h1><ul><li>a</ul><table border=1><tr><td colspan=2 style='padding: 4px'>c</table>\
        <a href='mailto:a@x.example'>m</a><a href='https://x.example/?a=1&amp;b=2'>l</a>";
    let result = shown(html).html;
    for kept in [
        "<h1 style=\"color: red\">T</h1>",
        "<li>a</li>",
        "colspan=\"2\"",
        "padding: 4px",
        "href=\"mailto:a@x.example\"",
        "href=\"https://x.example/?a=1&amp;b=2\"",
        "rel=\"noopener noreferrer\"",
        "target=\"_blank\"",
    ] {
        assert!(result.contains(kept), "{kept} not in {result}");
    }
}

#[test]
fn v22_costly_html_becomes_its_words() {
    for html in ["<div>".repeat(200_000), "<b><i>".repeat(100_000), "<table><tr><td>".repeat(50_000)] {
        let result = bounded("costly HTML", || shown(&format!("{html}words & more")));
        assert!(
            result.html.ends_with("words &amp; more</pre>"),
            "{}",
            &result.html[result.html.len().saturating_sub(99)..]
        );
    }
}

#[test]
fn v34_v35_plain_text_gains_links_only() {
    let text = "<b>xss</b> \"https://x.example/<b>\" https://x.example/\"onmouseover=alert(1) http://a'b javascript:alert(1)";
    let html = linkify(text);
    assert!(
        !html.contains("<b>") && !html.contains("\"onmouseover") && !html.contains("href=\"javascript"),
        "{html}"
    );
    assert_eq!(html.matches("<a ").count(), 3, "{html}");
}

#[test]
fn v21_linkify_time_grows_with_length() {
    for piece in
        ["http://", "http://a.b/(", "https://x.example/?a=", "h", "(((((http", "http://a).", "。http://x"]
    {
        let text = piece.repeat((1 << 20) / piece.len());
        bounded(piece, || linkify(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// V31: what is shown reads as itself, so nobody sees another tree in it.
    #[test]
    fn v31_v37_sanitised_html_is_stable(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let html: String = pieces.iter().map(|n| PIECES[*n]).collect();
        let once = shown(&html);
        assert_harmless(&once.html, &html);
        let twice = shown(&once.html);
        prop_assert_eq!(&twice.html, &once.html);
        prop_assert!(!twice.blocked_remote);
    }

    #[test]
    fn v34_any_text_gives_text_links_and_breaks(text in "\\PC{0,200}") {
        let html = linkify(&text);
        let rest = html.replace("<br>", "").replace("</a>", "");
        let tags: Vec<&str> = rest.split('<').skip(1).collect();
        prop_assert!(tags.iter().all(|tag| tag.starts_with("a href=\"http")), "{}", html);
    }
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<a href=https://x.example>",
    "</a>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<b>",
    "</b>",
    "<i>",
    "<font color=red>",
    "<div style='color:red;position:fixed'>",
    "</div>",
    "<img src=cid:logo@x>",
    "<img src=https://t.example onerror=x>",
    "<form>",
    "</form>",
    "<input>",
    "<noscript>",
    "<title>",
    "<select>",
    "<option>",
    "<template>",
    "<li>",
    "<ul>",
    "<pre>\n",
    "&lt;script&gt;",
    "&",
    "\"",
    "'",
    "<",
    ">",
    "text",
    " ",
    "\n",
    "<br>",
    "<h1>",
    "<nobr>",
    "<mglyph>",
    "<desc>",
    "<foreignobject>",
    "<details>",
    "<summary>",
    "<caption>",
    "<col>",
    "<dd>",
    "<blockquote>",
    "<a name=x>",
];
