//! The page where a person plays Microsoft's engineer, and the one where somebody consents.

use crate::{World, world::ServiceRequest};

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Microsoft, simulated</title><style>\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fafafa}\
section,details{background:#fff;border:1px solid #ddd;border-radius:6px;padding:1rem;margin:0 0 1rem}\
textarea,input,select{font:inherit;width:100%;box-sizing:border-box;padding:.4rem;margin:.2rem 0 .6rem}\
button{font:inherit;padding:.4rem 1rem;margin-right:.5rem}code{word-break:break-all}\
.note{border-left:3px solid #aaa;padding-left:.8rem;margin:.6rem 0;white-space:pre-wrap}\
.state{float:right;font-weight:600}h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:0}</style>";

/// Text in HTML.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

fn option(value: &str, name: &str) -> String {
    format!("<option value=\"{}\">{}</option>", safe(value), safe(name))
}

/// The engineer's page.
pub(crate) fn home(world: &World) -> String {
    let mut page = String::from(HEAD);
    let now = world.now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    put(&mut page, format_args!("<h1>Microsoft, simulated ({})</h1>", safe(world.cloud.word())));
    put(
        &mut page,
        format_args!(
            "<form method=\"post\" action=\"/simulator/act\"><input type=\"hidden\" name=\"what\" value=\"pass\">\
         <p>It is {now}. <button name=\"time\" value=\"PT1H\">An hour later</button>\
         <button name=\"time\" value=\"PT24H\">A day later</button></p></form>"
        ),
    );
    page.push_str("<h2>Service requests</h2>");
    let mut requests: Vec<&ServiceRequest> = world.service_requests.iter().collect();
    requests.sort_by_key(|request| (request.status == "closed", std::cmp::Reverse(request.modified)));
    for request in requests {
        service_request(&mut page, world, request);
    }
    azure(&mut page, world);
    file(&mut page, world);
    access(&mut page, world);
    page.push_str("</html>");
    page
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    page.push_str(&text.to_string());
}

fn service_request(page: &mut String, world: &World, request: &ServiceRequest) {
    let company = world.customers.get(&request.customer).map_or("?", |customer| customer.company.as_str());
    let id = safe(&request.id);
    put(
        page,
        format_args!(
            "<section id=\"{id}\"><span class=\"state\">{}</span><h2>{}</h2><p>{id} · {} · {} · {}</p><p>{}</p>",
            safe(request.status),
            safe(&request.title),
            safe(company),
            safe(&request.product),
            safe(&request.severity),
            safe(&request.description),
        ),
    );
    for (by, at, text) in &request.notes {
        let at = at.strftime("%Y-%m-%d %H:%M");
        put(page, format_args!("<div class=\"note\"><b>{}</b> {at}\n{}</div>", safe(by), safe(text)));
    }
    put(
        page,
        format_args!(
            "<form method=\"post\" action=\"/simulator/act\"><input type=\"hidden\" name=\"what\" value=\"say\">\
         <input type=\"hidden\" name=\"id\" value=\"{id}\"><label>As Microsoft's engineer\
         <textarea name=\"text\" rows=\"2\"></textarea></label><button>Answer</button>\
         <button name=\"status\" value=\"attention_needed\">Answer, and wait for the partner</button>\
         <button name=\"status\" value=\"closed\">Answer and close</button></form></section>"
        ),
    );
}

fn azure(page: &mut String, world: &World) {
    let tickets = world.azure_tickets();
    if tickets.is_empty() {
        return;
    }
    page.push_str("<h2>Azure support requests</h2>");
    for ticket in tickets {
        let company = world.customers.get(&ticket.customer).map_or("?", |customer| customer.company.as_str());
        let name = safe(&ticket.name);
        put(
            page,
            format_args!(
                "<section id=\"{name}\"><span class=\"state\">{}</span><h2>{}</h2><p>{} · {} · {}</p><p>{}</p>",
                if ticket.is_open { "open" } else { "closed" },
                safe(&ticket.title),
                safe(&ticket.number),
                safe(company),
                safe(&ticket.severity),
                safe(&ticket.description),
            ),
        );
        for said in &ticket.said {
            let at = said.at.strftime("%Y-%m-%d %H:%M");
            let (by, text) = (safe(&said.sender), safe(&said.body));
            put(page, format_args!("<div class=\"note\"><b>{by}</b> {at}\n{text}</div>"));
        }
        put(
            page,
            format_args!(
                "<form method=\"post\" action=\"/simulator/act\"><input type=\"hidden\" name=\"what\" value=\"azure\">\
             <input type=\"hidden\" name=\"id\" value=\"{name}\"><label>As Microsoft's engineer\
             <textarea name=\"text\" rows=\"2\"></textarea></label><button>Answer</button>\
             <button name=\"status\" value=\"closed\">Answer and close</button></form></section>"
            ),
        );
    }
}

fn file(page: &mut String, world: &World) {
    let customers = world.customers.values().filter(|customer| customer.ours);
    let customers: String = customers.map(|one| option(&one.id.to_string(), &one.company)).collect();
    put(
        page,
        format_args!(
            "<details><summary>File a service request, as the partner does in the portal</summary>\
         <form method=\"post\" action=\"/simulator/act\"><input type=\"hidden\" name=\"what\" value=\"file\">\
         <label>Customer<select name=\"customer\">{customers}</select></label>\
         <label>Title<input name=\"title\" required></label><label>Product<input name=\"product\" required></label>\
         <label>Severity<select name=\"severity\">{}{}{}</select></label>\
         <label>Description<textarea name=\"text\" rows=\"3\" required></textarea></label>\
         <button>File</button></form></details>",
            option("minimal", "C, minimal"),
            option("moderate", "B, moderate"),
            option("critical", "A, critical"),
        ),
    );
}

fn access(page: &mut String, world: &World) {
    let (tenant, application, secret) = world.credentials();
    put(
        page,
        format_args!(
            "<section><h2>How to connect</h2><p>Tenant <code>{tenant}</code><br>Application <code>{application}</code><br>\
         Secret <code>{}</code></p><form method=\"post\" action=\"/simulator/act\">\
         <button name=\"what\" value=\"revoke\">Take back every consent</button></form></section>",
            safe(secret),
        ),
    );
}

/// Who consents: name, account, whether with a second factor, code.
pub(crate) fn consent(
    back: &str,
    state: &str,
    by_query: bool,
    people: &[(String, String, bool, String)],
) -> String {
    let method = if by_query { "get" } else { "post" };
    let mut page = String::from(HEAD);
    page.push_str("<h1>Sign in and consent (simulated)</h1>");
    for (name, upn, mfa, code) in people {
        let factor = if *mfa { "" } else { " (without a second factor)" };
        put(
            &mut page,
            format_args!(
                "<form method=\"{method}\" action=\"{}\"><input type=\"hidden\" name=\"code\" value=\"{}\">\
             <input type=\"hidden\" name=\"state\" value=\"{}\"><button>{}</button> {}{factor}</form>",
                safe(back),
                safe(code),
                safe(state),
                safe(name),
                safe(upn),
            ),
        );
    }
    page.push_str("</html>");
    page
}
