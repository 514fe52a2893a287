# Words of the pages. Keys begin with their page; families of closed sets begin with the set.

## Everywhere

ok = OK
yes = yes
no = no
add = Add
save = Save
close = Close
undo = Undo
undo-until = until { $when }
bulk = Change the chosen tickets
bulk-as-it-is = as it is
bulk-action = Move
bulk-tag = Add tag
bulk-apply = Change
bulk-choose = Choose #{ $number }
retry = Try again
menu = Menu
skip = Skip to content
nobody = Nobody
name = Name
email = Email
phone = Phone
password = Password
password-new = New password
password-old = Current password
password-hint = { $n ->
    [one] At least one character
   *[other] At least { $n } characters
 }
language = Language
languages = Languages
time-zone = Time zone
theme = Appearance
calendar = Calendar
remark = Remark
subject = Subject
severity = Severity
kind = Kind
service = Service
state = State
assignee = Assignee
team = Team
tags = Tags
tags-hint = comma-separated
order = Order
channel = Came by
attach = Attach files
remove-named = Remove { $name }
pages = Pages
page-back = Previous
page-on = Next
quoted-text = Show quoted text
facts = Details

## When something goes wrong

offline = No connection. What you write is kept; we keep trying.
signed-out-title = You were signed out
signed-out-text = What you have written is still here. Sign in again in a new tab, then come back and continue.
signed-out-back = I'm signed in again
failed-title = That did not work
failed-text = Nothing you wrote is lost. Try again in a moment.
error-home = Go to the queue
error-request = If you ask for help, mention

## Navigation

nav = Main navigation
nav-search = Search
nav-new = New ticket
nav-customers = Customers
nav-sent = Sent mail
nav-inbox = Incoming mail
nav-admin = Administration
nav-people = People
nav-settings = Settings
nav-audit = Audit log
nav-change-desk = Change desk

view-mine = My tickets
view-unassigned = Unassigned
view-due = Due soonest
view-waiting = Waiting
view-all = All tickets

## Ways in

sign-in = Sign in
sign-out = Sign out
sign-in-title = Sign in to your desk
sign-in-help = Looking for help as a customer?
sign-in-portal = Go to the help portal
sign-in-forgotten = Forgotten your password?
forgotten-title = New password
forgotten-text = Enter your email address. We send you a link with which you set a new password.
forgotten-hint = It works once, within an hour. Look in the spam folder too. Nothing came? Ask whoever manages people at your desk.
forgotten-set = Set password
choose-desk-title = Choose a desk
choose-desk-text = You belong to several desks.
invitation-title = Invitation
invitation-welcome = Welcome to { $desk }
invitation-go = Set password and start

account-title = My account
account-look = Language and appearance
account-shortcuts = Single-key shortcuts
account-shortcuts-hint = Press ? anywhere to see them. Ctrl K works either way.
account-notices = Mail me when
account-notices-hint = The pages show all of it, whatever is chosen here.
account-password = Password
account-password-change = Change password

## Keyboard and palette

palette = Go to or search
palette-hint = Go to a page, #number, or search…
palette-search = Search for
palette-ticket = Open ticket
keys-title = Keyboard shortcuts
keys-everywhere = Everywhere
keys-list = In a list
keys-ticket = On a ticket
keys-go = Go to a view
keys-back = Back
keys-move = Move down, up
keys-open = Open
keys-choose = Choose several
keys-neighbours = Previous, next ticket
keys-send = Send or save
keys-off = Single keys can be switched off in

## Queue

queue-count = { $n ->
    [0] no tickets
    [one] { $n } ticket
   *[other] { $n } tickets
 }
queue-unread = Unread
queue-draft = Draft
queue-empty = Nothing here
queue-empty-text = Tickets of this view will appear here.
queue-empty-mine = Nothing is waiting for you
queue-empty-mine-text = Tickets assigned to you appear here. Take one from Unassigned.
queue-empty-unassigned = Every ticket has somebody
queue-empty-unassigned-text = New requests appear here the moment they arrive.

## Words of a ticket

state-new = New
state-open = Open
state-waiting-customer = Waiting for customer
state-waiting-supplier = Waiting for supplier
state-resolved = Resolved
state-closed = Closed

severity-a = A – work has stopped
severity-b = B – work is impaired
severity-c = C – minor or a question

kind-billing = Billing
kind-subscription = Subscription
kind-technical = Technical

service-microsoft365 = Microsoft 365
service-azure = Azure
service-dynamics365 = Dynamics 365
service-on-premises = On-premises
service-marketplace = Marketplace
service-other = Other

channel-mail = by mail
channel-portal = in the portal
channel-api = by API
channel-phone = by phone

action-open = Start work
action-wait-customer = Wait for customer
action-wait-supplier = Wait for supplier
action-resolve = Resolve
action-reopen = Reopen
action-close = Close

promise-first-response = First response
promise-next-response = Next response
promise-resolution = Resolution

recipient-requester = requester
recipient-cc = copied in mail
recipient-participant = participant
recipient-added = added by you

delivery-held = Sending in a moment
delivery-waiting = Waiting to be sent
delivery-sent = Sent
delivery-kept = Kept here, not sent
delivery-failed = Not sent
delivery-bounced = Bounced
delivery-cancelled = Taken back

## Ticket

ticket-nav = Ticket
ticket-back = Back to list
ticket-previous = Previous ticket
ticket-next = Next ticket
ticket-take = Assign to me
ticket-snooze = Put aside until
snooze-end = Bring back
snoozed-until = aside until { $when }
ticket-merge = Merge into another ticket
ticket-merge-into = Number of the other ticket
ticket-merge-text = This ticket is closed and keeps its history. What its people still write joins the other one.
ticket-merge-do = Merge
ticket-merged = This ticket goes on in
requester-change = Somebody else asked
requester-address = E-mail address of the contact
presence-viewing = { $name } is here
presence-replying = { $name } is replying
timeline = Conversation
timeline-note = Internal note
timeline-earlier = Show earlier
timeline-newest = Show the newest
timeline-agent = Our reply
timeline-customer = Customer
message-original = Original message
message-html = Show as sent
message-images = Show remote images
compose = Write
compose-reply = Reply
compose-note = Internal note
compose-to = To
compose-add = Add address…
compose-placeholder = Write to the customer ({ $language })…
compose-note-placeholder = Only agents of this desk see this…
compose-note-hint = Only agents of this desk see notes. Notes have no recipients.
compose-save-note = Save internal note
compose-send = { $others ->
    [0] Send to { $name }
   *[other] Send to { $name } + { $others }
 }
compose-send-wait = Send and wait
compose-send-resolve = Send and resolve
draft-saving = Saving draft…
draft-kept = Draft kept
draft-failed = Draft not saved yet
facts-ticket = Properties
facts-clocks = Promises
facts-customer = Customer
facts-recent = Last tickets
facts-local-time = Local time
facts-stranger = We don't know this sender. Check before you share anything.
clock-why = Why is it due then?
clock-span = Time
clock-reason = Reason
clock-length = Length
clock-sum = Counted
segment-counted = counted
segment-closed = closed
segment-holiday = holiday
segment-paused = paused
segment-ahead = still to come

## New ticket

new-title = New ticket
new-who = Who is it for?
new-find = Find the caller
new-find-hint = Name, address, phone or customer
new-nobody = Nobody found. File it for a new contact:
new-what = What is it about?
new-text = What they said
new-promise = Saving this promises
new-no-promise = Nothing is promised for this severity.
new-acknowledge = Send the contact a confirmation in their language
new-save = File ticket

## Customers

customers-find = Find a customer
customers-new = New customer
customers-empty = No customers found
customers-empty-text = Customers appear here when you add them or when someone from their domain writes.
customer-domain = Mail domain
customer-domains = Mail domains
customer-tickets = Tickets
customer-contacts = Contacts
customer-details = Customer
customer-no-tickets = No tickets yet
customer-no-tickets-text = Requests of this customer's contacts appear here.
contact-add = Add contact
contact-change = Change
contact-change-named = Change { $name }
contact-sees-all = sees all tickets of the organisation

## Search

search-title = Search
search-hint = Words in subjects and messages
search-go = Show
search-empty-start = Search all tickets
search-empty-start-text = Subjects, messages and notes, in every language of the desk.
search-empty = Nothing found
search-empty-text = All words must stand in one message. Try fewer words or other filters.

## Mail

sent-empty = No mail here
sent-empty-text = Every mail that the desk sends is listed here, with what became of it for each recipient.
inbox-oldest = Oldest unprocessed mail
inbox-none-waiting = None waiting
inbox-unprocessed = { $n ->
    [0] everything is processed
    [one] one mail to process
   *[other] { $n } mails to process
 }
inbox-works = Works
inbox-fails = Fails
inbox-waits = Not read yet
inbox-handed-in = Mail is handed in
inbox-last-ok = Last fetched
inbox-parked = Needs a person
inbox-parked-text = These mails are stored safely but could not become tickets.
inbox-parked-empty = Nothing is parked
inbox-parked-empty-text = A mail that cannot be processed waits here with its reason. It is never dropped.
inbox-attempts = { $n ->
    [one] Tried once.
   *[other] Tried { $n } times.
 }
inbox-why-unreadable = It could not be read.
inbox-why-too-large = It is larger than the desk takes; only its beginning was kept.

## People

people-invite = Invite
people-send-invite = Send invitation
people-invite-again = Send invitation again
people-agents = Agents
people-teams = Teams
people-roles = Roles
people-team-name = Name of the team
people-team-add = Add team
people-members = { $n ->
    [0] no members
    [one] one member
   *[other] { $n } members
 }
people-deactivate = Deactivate
people-activate = Activate
people-matrix = What each role may do
people-matrix-text = These are the roles of Partner Center. An agent may have several.
agent-deactivated = Deactivated

role-global-admin = Global admin
role-admin-agent = Admin agent
role-helpdesk-agent = Helpdesk agent
role-billing-admin = Billing admin
role-sales-agent = Sales agent
role-user-management-admin = User management admin

permission-customers-view = See customers
permission-customers-edit = Change customers
permission-tickets-view-public = Read tickets without internal notes
permission-tickets-view = Read tickets with internal notes
permission-billing-tickets-view = Read billing tickets
permission-security-tickets-view = See every security report
permission-tickets-file = File tickets
permission-tickets-work = Work on tickets
permission-billing-tickets-work = Work on billing tickets
permission-mail-manage = Look after mail
permission-audit-view = Read the audit log
permission-users-manage = Manage people
permission-settings-manage = Change settings
permission-services-view = See what services ask for
permission-services-edit = Edit what services ask for
permission-articles-edit = Write articles
permission-catalogue-view = See the catalogue
permission-catalogue-manage = Edit and publish the catalogue
permission-suppliers-view = See suppliers and vehicles
permission-suppliers-manage = Manage suppliers and vehicles
permission-contracts-read = Read contract numbers
permission-tickets-escalate = Hand tickets over to suppliers
permission-reports-view = See reports

## Settings

settings-desk = Desk
settings-calendars = Calendars
settings-promises = Promises
settings-mailboxes = Mailboxes
settings-tokens = API tokens
desk-name = Name of the desk
desk-name-hint = Customers see it in mails and in the portal.
desk-default-language = Language when nothing is known
desk-undo = Undo time in seconds
desk-undo-hint = A sent answer waits this long, so that it can be taken back.
desk-reopen = Days to reopen
desk-reopen-hint = After this, a new message makes a new, linked ticket.
desk-warn = Warn before a due time, in minutes
desk-warn-hint = Of opening hours. Empty: when a fifth of the promised time is left.
desk-unassigned = Tell of unassigned tickets after, in minutes
desk-unassigned-hint = Of opening hours, for new tickets. Empty: never.
calendar-new = New calendar
calendar-hours = Weekly hours
calendar-hours-hint = Intervals such as 08:00-12:00, 13:00-17:00. 22:00-02:00 goes on after midnight.
calendar-closed = closed
calendar-holidays = Holidays
calendar-holidays-hint = One a line: 2026-04-03, or 12-25 for every year.
calendar-holidays-count = { $n ->
    [0] no holidays
    [one] one holiday
   *[other] { $n } holidays
 }
day-mon = Monday
day-tue = Tuesday
day-wed = Wednesday
day-thu = Thursday
day-fri = Friday
day-sat = Saturday
day-sun = Sunday
promises-hint = Times such as 30 min, 4 h or 1 h 30 count in the calendar's open hours. Running clocks keep what was promised.
promises-none = no promise
mailbox-new = Add a mailbox
mailbox-address = Address that customers write to
mailbox-display-name = Name in answers
mailbox-imap-host = IMAP server
mailbox-imap-port = IMAP port
mailbox-imap-hint = Leave the server empty if a mail server hands in the mail for this address.
mailbox-security = Protection
security-tls = TLS
security-starttls = STARTTLS
security-none = None (same machine only)
mailbox-auth = Sign in with
auth-password = Password
auth-xoauth2 = OAuth access token
auth-application = Application of Microsoft 365
mailbox-user = User name
mailbox-secret = Password, access token or secret of the application
mailbox-application-hint = For a mailbox of Exchange Online (server outlook.office365.com): an administrator grants the application IMAP.AccessAsApp and this mailbox. The secret above is the application’s; tokens are bought when they are needed, and nobody has to sign in.
mailbox-password-kept = unchanged
mailbox-folder = Folder
mailbox-remove = Remove mailbox
tokens-empty = No tokens
tokens-empty-text = A token lets a script use the API with just the rights you choose.
token-new = New token
token-make = Make token
token-made = Your new token
token-made-text = Copy it now. It is shown only this once.
token-scopes = What it may do
token-expires = Valid until (empty: without end)
token-until = valid until
token-withdraw = Withdraw
audit-verify = Verify now
audit-hint = Entries are sealed soon after they are written. Verifying computes every seal again.
audit-whole = { $n ->
    [one] The one sealed entry is as it was written.
   *[other] All { $n } sealed entries are as they were written.
 }
audit-broken = Seal { $seal } does not match: an entry was changed, added or removed after it was sealed.
audit-when = When
audit-who = Who
audit-what = What
audit-sealed = Sealed
audit-unsealed = in a moment
deed-desk-create = Desk created
deed-settings-change = Settings changed
deed-calendar-add = Calendar added
deed-calendar-change = Calendar changed
deed-mailbox-add = Mailbox added
deed-mailbox-change = Mailbox changed
deed-mailbox-remove = Mailbox removed
deed-token-create = API token created
deed-token-revoke = API token withdrawn
deed-agent-add = Agent added by the operator
deed-agent-invite = Agent invited
deed-agent-change = Agent changed
deed-agent-profile = Own account changed
deed-agent-password = Password set by the operator
deed-team-add = Team added
deed-team-members = Members of a team changed
deed-session-begin = Signed in
deed-session-end = Signed out
deed-password-forgotten = Link for a new password sent
deed-password-set = Password set with a link
deed-password-change = Password changed
deed-portal-link = Sign-in link sent
deed-customer-add = Customer added
deed-customer-change = Customer changed
deed-contact-add = Contact added
deed-contact-change = Contact changed
deed-ticket-open = Ticket opened
deed-ticket-customer-message = Customer wrote
deed-ticket-automatic-message = Automatic message arrived
deed-ticket-imported-answer = Old answer imported
deed-ticket-reply = Customer answered by agent
deed-ticket-take-back = Answer taken back
deed-ticket-note = Internal note written
deed-ticket-notice = Agents notified
deed-ticket-change = Ticket changed
deed-ticket-circle = Who sees a security report changed
deed-ticket-move = State changed
deed-ticket-merge = Tickets merged
deed-ticket-undo = Change taken back
deed-ticket-wake = Ticket back from being put aside
deed-mail-bounced = A mail came back
deed-mail-lost = A mail was not delivered
theme-system = As my device
theme-light = Light
theme-dark = Dark
theme-contrast = High contrast

## Portal of contacts

help-title = How can we help?
help-desk-title = Who helps you?
help-ask-text = Enter your email address. We send you a link; no password needed.
help-ask-go = Send me a link
help-sent-title = Check your mail
help-sent-text = If we know { $email }, a link is on its way.
help-sent-hint = It works once and for a short time. Look in the spam folder too.
help-sent-again = Ask for a new link
help-confirm-title = Almost there
help-confirm-text = You are signing in as { $email }.
help-confirm-go = Sign in
help-expired-title = This link no longer works
help-expired-text = Links work once and for a short time. Ask for a new one.
help-stranger-text = No mail? We may not know this address yet. Write to us and we will answer; after that you can follow your requests here.
help-tickets = Requests
help-scope = Whose requests
help-scope-mine = My requests
help-scope-ours = All of our organisation
help-new = New request
help-empty = No requests yet
help-empty-text = Your requests and our answers appear here.
help-for = For
help-service = What do you need help with?
help-subject = In one line
help-text = What happened?
help-text-hint = What did you do, what did you expect, and what did you see instead?
help-kind = What kind of request is it?
help-kind-billing = An invoice, a price or a payment
help-kind-subscription = Licences: add, remove, change
help-kind-technical = Something doesn't work or you don't know how
help-severity = How much does it affect your work?
help-severity-a = Work has stopped
help-severity-hint-a = Many people can't work and there is no way around it.
help-severity-b = Work is difficult
help-severity-hint-b = Something important doesn't work, but you can go on.
help-severity-c = A small problem or a question
help-severity-hint-c = It can wait its turn.
help-promise = What we promise you
help-send = Send request
help-agent = { $name } works on it
help-due-answer = answer by { $due }
help-due-solution = solution by { $due }
help-answer = Your answer
help-answer-send = Send
help-action-resolve = This is solved
help-action-close = Close this request
help-action-reopen = Open it again
help-state-new = Received
help-state-open = In progress
help-state-waiting-customer = Waiting for you
help-state-waiting-supplier = In progress with our supplier
help-state-resolved = Solved
help-state-closed = Closed

## Ticket: its history

any = any
none = none
order-newest = Newest first
order-best = Best match first
due-at = due { $when }
due-late = overdue since { $when }
due-paused = paused
clock-kept = kept { $when }
clock-kept-late = done late, { $when }
clock-target = { $time } in { $calendar }
message-to = to { $names }
message-to-cc = to { $names }, copies to { $copies }
compose-newer = Somebody wrote while you were writing. Read it first, then send again.
event-moved = { $who }: { $state }
event-assigned = { $who } assigned it to: { $to }
event-changed = { $who } changed it: { $what }
event-linked = Goes on from #{ $number }
event-bounced = The mail to { $address } did not arrive ({ $status })
event-taken-back = { $who } took an answer back
event-snoozed = { $who } put it aside until { $when }
event-woken = Back from being put aside
event-merged-into = { $who } merged it into
event-merged = { $who } merged into it
event-undone = { $who } took back: { $what }
undoable-move = change of state
undoable-merge = merge
undoable-bulk = change of several tickets
event-told = { $what } · mail to { $who }
actor-system = The desk
actor-stranger = Unknown sender
warning-unknown-sender = Nobody on this ticket is known by this address.
warning-failed-authentication = The sender's domain did not send this mail. It may be forged.
warning-claims-to-be-agent = The sender's address is an agent's. By mail nobody acts as an agent.
warning-other-reply-to = Answers would go to another address than the sender's.
warning-damaged = Not all of this mail could be read. See the original.
warning-bulk = This came from a list or a bulk sender.
warning-auto-reply = This is an automatic reply.

occasion-answered = The customer writes
occasion-assigned = A ticket is given to me
occasion-due-soon = A promise runs out soon
occasion-overdue = A promise is missed
occasion-unassigned = Nobody has taken the ticket
calendar-office-hours = Office hours
glance = At a glance
glance-in-use = { $n } in use
glance-promises = Promises
glance-none-due = nothing was due
glance-kept = { $kept } of { $n } kept
glance-window = opened in the last 90 days
glance-away = { $n ->
    [one] { $n } ticket is with somebody else
   *[other] { $n } tickets are with somebody else
}
glance-owes = Owes
glance-nothing = nothing
