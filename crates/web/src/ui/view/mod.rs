//! View models of the pages: strings, numbers and flags only, filled by the handlers, rendered by the templates.
//!
//! # How pages and script work together
//!
//! Every page works as a plain document. A form that changes something posts and is answered with `303` to a page;
//! the script sends the same form with `fetch`, follows the redirect and takes from the answer the elements whose
//! ids stand in the form's `data-swap`. A GET with `X-Fragment: head timeline` may be answered with just these
//! blocks, one after the other (`page.as_head()`, `page.as_timeline()`), or with the whole page: the script only
//! looks for the ids. So a fragment's block, its element's id and its method have the same name. A flash must be in
//! the answer that follows the redirect (`#toasts`), also in a fragment's: send the whole page when there is one.
//!
//! A page whose form could not be taken has the form as it was typed (`Shell::refused`): its fields are written with the macros
//! of `ui.html`, which show what was typed and, beside its field, what is wrong.
//!
//! `400`/`409`/`422` answers render the page again with a `notice` (or the error page); the script shows the first
//! paragraph of the error page. `401`, or a redirect to a path that ends in `/sign-in`, opens the "you were signed
//! out" dialog and keeps what was typed.
//!
//! `GET /live?topics=ticket:10432,queue&since=…` is an event stream: `event: changed` with
//! `data: {"topic":"ticket:10432","blocks":["timeline","head","path","facts","presence"]}`, and `event: signed-out`. Nothing
//! of the content is in the events. `since` says where the page was rendered: what has changed since then is told at
//! once. The topics `sent:…` and `inbox:…` carry the version that the page shows.
//!
//! Content security: `default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self';
//! require-trusted-types-for 'script'; trusted-types partnerdesk; form-action 'self'; base-uri 'none';
//! frame-ancestors 'none'`; a mail's HTML has its own stricter policy with `frame-ancestors 'self'; sandbox`.
//!
//! # Forms
//!
//! `*` after a name: may stand several times. Check boxes send `on`. Forms with `files` are multipart.
//!
//! | POST to | fields |
//! | --- | --- |
//! | `/sign-in` | `email` `password` `next` |
//! | `/sign-in/forgotten` | `email` |
//! | `/sign-out`, `/help/sign-out` | |
//! | `/choose-desk` | `desk` `next` |
//! | `/invitation/{token}` | `email` `password` |
//! | `/me` | `language` `time_zone` `theme` `shortcuts` `notices`* `spoken`* `hours` |
//! | `/me/password` | `old` `password` |
//! | `/tickets/new` | `who` `contact` or `name` `email`; `channel` `service` `kind` `severity` `subject` `text` `files`* `assignee` `acknowledge` |
//! | `/tickets/{number}/reply` | `seen` `offered`* (followers) `recipient`* (those of them who get it, and others; one field may hold several addresses, comma-separated) `text` `files`* `then` (empty, `wait_customer`, `resolve`) |
//! | `/tickets/{number}/note` | `text` `files`* |
//! | `/tickets/{number}/draft` | `kind` (`reply`, `note`) `text` `recipient`* `seen`; answered `204` |
//! | `/tickets/{number}/move` | `version` `action` |
//! | `/tickets/{number}/take` | `version` |
//! | `/tickets/{number}/change` | `version` `assignee` `team` `severity` `kind` `service` `tags` (comma-separated) |
//! | `/tickets/{number}/undo` | `entry` |
//! | `/tickets/{number}/diagnosis` | one of `done` (a step; with `finding`), `skip` (with `reason`), `open`, `answer` (`finding=answer`), `evidence-…`* with `version`, `verdict` with `category` `reason` `version` |
//! | `/tickets/{number}/incident` | `incident` `belongs` (`no`: not any more) |
//! | `/tickets/{number}/insert` | `article` |
//! | `/tickets/{number}/handover` | `way` `summary` `evidence-…`* `file`* (hashes) `then` (`keep`, `offer`) |
//! | `/tickets/{number}/handover/step` | `leg` `step` and, as the step wants, `number` `text` `severity` `answer` `outcome` `missing`* `reason` `file`* (hashes) `files`* `entry` |
//! | `/handovers/{id}/answer` | `answer` (`accept`, `decline`) `reason` `outcome` `missing`* |
//! | `/tickets/{number}/presence` | `doing` (`viewing`, `replying`); answered `204` |
//! | `/admin/services/{service}/{kind}` | `version` `reset`, or `c0-key` `c0-en` … `c0-handler` `c0-boundary` `c0-source` `c0-reconstruction`, `q0-…` `q0-sets`, `s0-…` `s0-fills` `s0-when`, `evidence`* `role-en` … |
//! | `/articles`, `/articles/{id}` | `version` `title-en` … `body-en` … `audience` `published` `service` `kind` |
//! | `/incidents` | `title` `service` |
//! | `/incidents/{id}` | `version` `title` `status` |
//! | `/incidents/{id}/inform` | `text-en` … `english` |
//! | `/incidents/{id}/resolve` | |
//! | `/customers` | `name` `language` `time_zone` `domain` |
//! | `/customers/{id}` | `version` `name` `language` `time_zone` `remark` |
//! | `/customers/{id}/contacts` | `name` `email` `phone` `language` `sees_all` |
//! | `/customers/{id}/contacts/{contact}` | `version` and the same |
//! | `/customers/{id}/signals` | `signal` `service` `judged` `reason` |
//! | `/customers/{id}/domains`, `/customers/{id}/domains/remove` | `domain` |
//! | `/suppliers` | `kind` `name` `language` `way` `address` |
//! | `/suppliers/{id}` | `version` `name` `language` `way` `address` `personal_data` `active` `remark` |
//! | `/suppliers/standing` | `version` `competency` `cloud_competency` `plans` `azure_access` `unverified` |
//! | `/suppliers/{id}/offerings`, `/suppliers/{id}/offerings/{offering}` | as `/catalogue/offerings` |
//! | `/suppliers/{id}/contracts` | `offering` `name` `units` (empty: not counted) `access_id` `contract_id` `from` `to` |
//! | `/suppliers/{id}/contracts/{contract}` | `version` `name` `access_id` `contract_id` (empty: unchanged) `forget`* `from` `to` |
//! | `/suppliers/{id}/contracts/{contract}/numbers` | |
//! | `/suppliers/{id}/contracts/{contract}/units` | `act` (`grant`, `consume`, `refund`) `units` `case` `reason` |
//! | `/sent/{id}/retry`, `/inbox/{id}/retry` | |
//! | `/admin/people/invite` | `name` `email` `language` `role`* |
//! | `/admin/people/{id}/roles` | `version` `role`* |
//! | `/admin/people/{id}/deactivate`, `…/activate`, `…/invite` | |
//! | `/admin/teams` | `name` |
//! | `/admin/teams/{id}/members` | `agent`* |
//! | `/admin/settings/desk` | `version` `name` `language` `time_zone` `undo_seconds` `reopen_days` `warn_minutes` `unassigned_minutes` |
//! | `/admin/settings/microsoft` | `version` `cloud` `tenant` `application` `application_secret` `refresh_token` `adds_customers` |
//! | `/admin/settings/microsoft/consent`, `…/check`, `…/events`, `…/disconnect` | |
//! | `/admin/settings/microsoft/tenants/{tenant}` | `customer` (an id, `new`, or empty for nobody) |
//! | `/admin/settings/calendars` | `name` `time_zone` |
//! | `/admin/settings/calendars/{id}` | `version` `name` `time_zone` `mon` … `sun` `holidays` |
//! | `/admin/settings/promises` | `version` `calendar` `{a,b,c}_first_response` `…_next_response` `…_resolution` |
//! | `/admin/settings/mailboxes`, `/admin/settings/mailboxes/{id}` | `address` (new) or `version`; `name` `kind` `service` `host` (empty: its mail is handed in) `port` `security` `auth` `user` `secret` (empty: unchanged) `folder` |
//! | `/admin/settings/mailboxes/{id}/remove` | |
//! | `/admin/settings/tokens` | `name` `scope`* `expires` (a date, or empty) |
//! | `/admin/settings/tokens/{id}/withdraw` | |
//! | `/admin/settings/partners` | `invitation` `supplier` |
//! | `/admin/settings/partners/invite` | `supplier` |
//! | `/admin/settings/partners/{id}` | `supplier` `address` |
//! | `/admin/settings/partners/{id}/revoke`, `/admin/settings/partners/key` | |
//! | `/admin/settings/audit/verify` | |
//! | `/catalogue/offerings`, `/catalogue/offerings/{id}` | `version` (of one that is there) `name` `services`* `kinds`* `languages`* `contact`* `time_zone` `mon` … `sun` `holidays` `{a,b,c}_first_response` `…_next_response` `…_resolution` `per` `amount` `currency` `from` `to` |
//! | `/catalogue/plans`, `/catalogue/plans/{id}` | `version` (of one that is there) `name` `offerings`* `is_default` |
//! | `/catalogue/deliveries` | `customer` `offering` `service` `kind` `hours` (a calendar) `manner` `team` `supplier_offering` |
//! | `/catalogue/deliveries/{id}/remove`, `/catalogue/statements/{id}/send` | |
//! | `/catalogue/common` | `version` `contact_…` `collections_…` |
//! | `/catalogue/plans/{id}/publish` | `seen` `from` `reason` |
//! | `/catalogue/customers/{id}/plan` | `plan` `from` `to` |
//! | `/catalogue/customers/{id}/authorise` | `contacts`* |
//! | `/help/statement/{id}/acknowledge` | `hash` |
//! | `/tickets/{number}/charging` | `do`: `start`; `stop` with `note` `free` `reason`; `discard`; `log` with `minutes` `day` `note` `free` `reason`; `correct` with `entry` `minutes` `note` `charged` `reason`; `ask` with `estimate` `cap` `note`; `withdraw` with `approval`; `fault` with `reason`; `again` |
//! | `/charges/rules` | `version` `increment` `hourly` `currency` `estimate` `cap` `warranty_days` `low_hours` `low_incidents` |
//! | `/prepaid` | `customer` `name` `holds` `units` `from` `to` |
//! | `/prepaid/{id}` | `version` `name` `from` `to` |
//! | `/prepaid/{id}/units` | `units` `reason` |
//! | `/tickets/{number}/invoice-lines` | `do`: `link` with `line` (place and number); `unlink` with `invoice` `line`; `draft` |
//! | `/help/tickets/{number}/invoice-lines` | `do` (`accept`, `dispute`) `invoice` `line` `reason` |
//! | `/help/tickets/{number}/approval` | `approval` `answer` (`confirm`, `decline`) |
//! | `/subscriptions/{id}/preview` | `action` `quantity` `reason` `because` |
//! | `/subscriptions/{id}/act` | the same, `seen` |
//! | `/subscriptions/{id}/withdraw` | `decision` |
//! | `/subscriptions/{id}/refresh` | |
//! | `/suspensions/preview` | `customer` `scope`, `subscription` for each |
//! | `/suspensions` | the same, `list` `reason` |
//! | `/suspensions/{id}/approve` | `list` |
//! | `/suspensions/{id}/refuse`, `…/withdraw`, `…/reverse`, `…/refresh` | |
//! | `/suspensions/{id}/by-hand` | `place` `evidence` |
//! | `/suspensions/rules` | `rehearsal` `per_hour` `per_day` `percent` `pause` `version` |
//! | `/suspensions/stop`, `/suspensions/release`, `/suspensions/unmute` | |
//! | `/payables` | `supplier` `number` `kind` `amends` `dated` `due` `begins` `ends` `total` `currency` `remark` |
//! | `/payables/{id}` | `version` `due` `remark` |
//! | `/payables/{id}/payments` | `amount` `paid_on` `reference` |
//! | `/payables/limits` | `supplier` `amount` (or empty) `currency` `percent` `begins` |
//! | `/payables/{id}/claims` | `kind` `amount` `lines` (numbers) `ticket` (its number) `happened` `remark` |
//! | `/claims/{id}` | `action` `day` `amount` `number` `evidence` `note` |
//! | `/payables/{id}/files` | `file` (a file) `broken` |
//! | `/payables/{id}/files/{file}/remove` | |
//! | `/help/sign-in` | `email` `next` |
//! | `/help/enter/{token}` (the view's `action`) | `next` |
//! | `/help/new` | `customer` `service` `kind` `severity` `subject` `text` `files`* |
//! | `/help/tickets/{number}/answer` | `text` `files`* |
//! | `/help/tickets/{number}/move` | `action` |
//!
//! Forms that only look: `GET /search?q&state&kind&service&order`, `GET /customers?q`,
//! `GET /tickets/new` and `GET /help/new` with the form's fields (all but `text`) for the blocks `who` and
//! `promise`; `/tickets/new?customer={id}` preselects.

mod admin;
mod billing;
mod catalogue;
mod charging;
mod claim;
mod collection;
mod customer;
mod diagnosis;
mod entry;
mod handover;
mod help;
mod microsoft;
mod operations;
mod parts;
mod question;
mod queue;
mod receivable;
#[cfg(test)]
mod sample;
mod signal;
mod subscription;
mod supplier;
mod support;
mod suspension;
mod ticket;

pub use admin::*;
pub use billing::*;
pub use catalogue::*;
pub use charging::*;
pub use claim::*;
pub use collection::*;
pub use customer::*;
pub use diagnosis::*;
pub use entry::*;
pub use handover::*;
pub use help::*;
pub use microsoft::*;
pub use operations::*;
pub use parts::*;
pub use question::*;
pub use queue::*;
pub use receivable::*;
pub use signal::*;
pub use subscription::*;
pub use supplier::*;
pub use support::*;
pub use suspension::*;
pub use ticket::*;
