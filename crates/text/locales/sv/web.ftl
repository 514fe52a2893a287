# Words of the pages. Keys begin with their page; families of closed sets begin with the set.

## Everywhere

ok = OK
yes = ja
no = nej
add = Lägg till
save = Spara
close = Stäng
undo = Ångra
undo-until = till { $when }
bulk = Ändra de valda ärendena
bulk-as-it-is = som det är
bulk-action = Flytta
bulk-tag = Lägg till etikett
bulk-apply = Ändra
bulk-choose = Välj #{ $number }
retry = Försök igen
menu = Meny
skip = Hoppa till innehållet
nobody = Ingen
name = Namn
email = E-post
phone = Telefon
password = Lösenord
password-new = Nytt lösenord
password-old = Nuvarande lösenord
password-hint = { $n ->
    [one] Minst ett tecken
   *[other] Minst { $n } tecken
 }
language = Språk
languages = Språk
time-zone = Tidszon
theme = Utseende
calendar = Kalender
remark = Anmärkning
subject = Ämne
severity = Allvarlighet
kind = Typ
service = Tjänst
state = Status
assignee = Ansvarig
team = Team
tags = Taggar
tags-hint = kommaseparerade
order = Sortering
channel = Kom in
attach = Bifoga filer
remove-named = Ta bort { $name }
pages = Sidor
page-back = Föregående
page-on = Nästa
quoted-text = Visa citerad text
facts = Detaljer

## When something goes wrong

offline = Ingen anslutning. Det du skriver sparas; vi fortsätter att försöka.
signed-out-title = Du har loggats ut
signed-out-text = Det du har skrivit finns kvar här. Logga in igen på en ny flik, kom sedan tillbaka och fortsätt.
signed-out-back = Jag är inloggad igen
failed-title = Det gick inte
failed-text = Inget du har skrivit har gått förlorat. Försök igen om en stund.
error-home = Till ärendekön
error-request = Om du ber om hjälp, ange

## Navigation

nav = Huvudnavigering
nav-search = Sök
nav-new = Nytt ärende
nav-customers = Kunder
nav-sent = Skickad e-post
nav-inbox = Inkommande e-post
nav-admin = Administration
nav-people = Personer
nav-settings = Inställningar
nav-audit = Granskningslogg
nav-change-desk = Byt servicedesk

view-mine = Mina ärenden
view-unassigned = Ej tilldelade
view-due = Mest brådskande
view-waiting = Väntar
view-all = Alla ärenden

## Ways in

sign-in = Logga in
sign-out = Logga ut
sign-in-title = Logga in på din servicedesk
sign-in-help = Söker du hjälp som kund?
sign-in-portal = Till hjälpportalen
sign-in-forgotten = Glömt lösenordet?
forgotten-title = Nytt lösenord
forgotten-text = Ange din e-postadress. Vi skickar en länk där du väljer ett nytt lösenord.
forgotten-hint = Den fungerar en gång, inom en timme. Titta även i skräpposten. Kom inget? Fråga den som hanterar personer hos er.
forgotten-set = Spara lösenordet
choose-desk-title = Välj servicedesk
choose-desk-text = Du tillhör flera servicedeskar.
invitation-title = Inbjudan
invitation-welcome = Välkommen till { $desk }
invitation-go = Välj lösenord och börja

account-title = Mitt konto
account-look = Språk och utseende
account-shortcuts = Snabbtangenter
account-shortcuts-hint = Tryck ? var som helst för att se dem. Ctrl K fungerar oavsett.
account-notices = Mejla mig när
account-notices-hint = Sidorna visar allt, oavsett vad som väljs här.
account-password = Lösenord
account-password-change = Byt lösenord

## Keyboard and palette

palette = Gå till eller sök
palette-hint = Gå till en sida, #nummer eller sök …
palette-search = Sök efter
palette-ticket = Öppna ärende
keys-title = Kortkommandon
keys-everywhere = Överallt
keys-list = I en lista
keys-ticket = I ett ärende
keys-go = Gå till en vy
keys-back = Tillbaka
keys-move = Flytta ned, upp
keys-open = Öppna
keys-choose = Välj flera
keys-neighbours = Föregående, nästa ärende
keys-send = Skicka eller spara
keys-off = Snabbtangenter kan stängas av under

## Queue

queue-count = { $n ->
    [0] inga ärenden
    [one] { $n } ärende
   *[other] { $n } ärenden
 }
queue-unread = Oläst
queue-draft = Utkast
queue-empty = Inget här
queue-empty-text = Ärenden i den här vyn visas här.
queue-empty-mine = Inget väntar på dig
queue-empty-mine-text = Ärenden som tilldelats dig visas här. Ta ett från Ej tilldelade.
queue-empty-unassigned = Alla ärenden har någon ansvarig
queue-empty-unassigned-text = Nya ärenden visas här så snart de kommer in.

## Words of a ticket

state-new = Nytt
state-open = Öppet
state-waiting-customer = Väntar på kund
state-waiting-supplier = Väntar på leverantör
state-resolved = Löst
state-closed = Stängt

severity-a = A – arbetet står stilla
severity-b = B – arbetet försvåras
severity-c = C – mindre problem eller fråga

kind-billing = Fakturering
kind-subscription = Prenumeration
kind-technical = Teknik

service-microsoft365 = Microsoft 365
service-azure = Azure
service-dynamics365 = Dynamics 365
service-on-premises = Lokala system
service-marketplace = Marketplace
service-other = Annat

channel-mail = via e-post
channel-portal = i portalen
channel-api = via API
channel-phone = per telefon

action-open = Påbörja
action-wait-customer = Vänta på kund
action-wait-supplier = Vänta på leverantör
action-resolve = Lös
action-reopen = Öppna igen
action-close = Stäng

promise-first-response = Första svar
promise-next-response = Nästa svar
promise-resolution = Lösning

recipient-requester = frågeställare
recipient-cc = kopia i mejlet
recipient-participant = deltagare
recipient-added = tillagd av dig

delivery-held = Skickas strax
delivery-waiting = Väntar på att skickas
delivery-sent = Skickat
delivery-kept = Kvar här, inte skickat
delivery-failed = Inte skickat
delivery-bounced = Studsade
delivery-cancelled = Återkallat

## Ticket

ticket-nav = Ärende
ticket-back = Till listan
ticket-previous = Föregående ärende
ticket-next = Nästa ärende
ticket-take = Tilldela mig
ticket-snooze = Lägg undan till
snooze-end = Ta fram igen
snoozed-until = undanlagt till { $when }
ticket-merge = Slå ihop med ett annat ärende
ticket-merge-into = Det andra ärendets nummer
ticket-merge-text = Det här ärendet stängs och behåller sin historik. Det som personerna i ärendet skriver framöver hamnar i det andra.
ticket-merge-do = Slå ihop
ticket-merged = Ärendet fortsätter i
requester-change = Någon annan frågade
requester-address = Kontaktens e-postadress
presence-viewing = { $name } är här
presence-replying = { $name } svarar
timeline = Konversation
timeline-note = Intern anteckning
timeline-earlier = Visa tidigare
timeline-newest = Visa de senaste
timeline-agent = Vårt svar
timeline-customer = Kund
message-original = Originalmeddelande
message-html = Visa som skickat
message-images = Visa externa bilder
compose = Skriv
compose-reply = Svara
compose-note = Intern anteckning
compose-to = Till
compose-add = Lägg till adress …
compose-placeholder = Skriv till kunden ({ $language }) …
compose-note-placeholder = Bara handläggare hos oss ser detta …
compose-note-hint = Bara handläggare hos oss ser anteckningar. De har inga mottagare.
compose-save-note = Spara intern anteckning
compose-send = { $others ->
    [0] Skicka till { $name }
   *[other] Skicka till { $name } + { $others }
 }
compose-send-wait = Skicka och vänta
compose-send-resolve = Skicka och lös
draft-saving = Sparar utkast …
draft-kept = Utkast sparat
draft-failed = Utkast ej sparat än
facts-ticket = Egenskaper
facts-clocks = Åtaganden
facts-customer = Kund
facts-recent = Senaste ärenden
facts-local-time = Lokal tid
facts-stranger = Vi känner inte till avsändaren. Kontrollera innan du delar något.
clock-why = Varför just då?
clock-span = Tid
clock-reason = Orsak
clock-length = Längd
clock-sum = Räknat
segment-counted = räknas
segment-closed = stängt
segment-holiday = helgdag
segment-paused = pausad
segment-ahead = återstår

## New ticket

new-title = Nytt ärende
new-who = Vem gäller det?
new-find = Hitta den som ringer
new-find-hint = Namn, adress, telefon eller kund
new-nobody = Ingen hittades. Registrera för en ny kontakt:
new-what = Vad gäller det?
new-text = Vad de sa
new-promise = När du sparar utlovas
new-no-promise = Inget utlovas för den här allvarlighetsgraden.
new-acknowledge = Skicka en bekräftelse till kontakten på dess språk
new-save = Skapa ärende

## Customers

customers-find = Sök kund
customers-new = Ny kund
customers-empty = Inga kunder hittades
customers-empty-text = Kunder visas här när du lägger till dem eller när någon från deras domän skriver.
customer-domain = E-postdomän
customer-domains = E-postdomäner
customer-tickets = Ärenden
customer-contacts = Kontakter
customer-details = Kund
customer-no-tickets = Inga ärenden än
customer-no-tickets-text = Ärenden från kundens kontakter visas här.
contact-add = Lägg till kontakt
contact-change = Ändra
contact-change-named = Ändra { $name }
contact-sees-all = ser alla ärenden i organisationen

## Search

search-title = Sök
search-hint = Ord i ämnen och meddelanden
search-go = Visa
search-empty-start = Sök bland alla ärenden
search-empty-start-text = Ämnen, meddelanden och anteckningar, på alla språk som servicedesken använder.
search-empty = Inga träffar
search-empty-text = Alla ord måste finnas i samma meddelande. Prova färre ord eller andra filter.

## Mail

sent-empty = Ingen e-post här
sent-empty-text = All e-post som servicedesken skickar listas här, med resultatet för varje mottagare.
inbox-oldest = Äldsta obehandlade e-post
inbox-none-waiting = Inget väntar
inbox-unprocessed = { $n ->
    [0] allt är behandlat
    [one] ett mejl att behandla
   *[other] { $n } mejl att behandla
 }
inbox-works = Fungerar
inbox-fails = Fel
inbox-waits = Inte läst än
inbox-handed-in = E-post lämnas in
inbox-last-ok = Senast hämtad
inbox-parked = Behöver en människa
inbox-parked-text = De här mejlen är tryggt sparade men kunde inte bli ärenden.
inbox-parked-empty = Inget är parkerat
inbox-parked-empty-text = Ett mejl som inte kan behandlas väntar här med orsaken. Det kastas aldrig.
inbox-attempts = { $n ->
    [one] Försökt en gång.
   *[other] Försökt { $n } gånger.
 }
inbox-why-unreadable = Det gick inte att läsa.
inbox-why-too-large = Det är större än vad servicedesken tar emot; bara början sparades.

## People

people-invite = Bjud in
people-send-invite = Skicka inbjudan
people-invite-again = Skicka inbjudan igen
people-agents = Handläggare
people-teams = Team
people-roles = Roller
people-team-name = Teamets namn
people-team-add = Lägg till team
people-members = { $n ->
    [0] inga medlemmar
    [one] en medlem
   *[other] { $n } medlemmar
 }
people-deactivate = Inaktivera
people-activate = Aktivera
people-matrix = Vad varje roll får göra
people-matrix-text = Det här är rollerna i Partnercenter. En handläggare kan ha flera.
agent-deactivated = Inaktiverad

role-global-admin = Global administratör
role-admin-agent = Administratörsagent
role-helpdesk-agent = Supportagent
role-billing-admin = Faktureringsadministratör
role-sales-agent = Försäljningsagent
role-user-management-admin = Administratör för användarhantering

permission-customers-view = Se kunder
permission-customers-edit = Ändra kunder
permission-tickets-view-public = Läsa ärenden utan interna anteckningar
permission-tickets-view = Läsa ärenden med interna anteckningar
permission-billing-tickets-view = Läsa faktureringsärenden
permission-security-tickets-view = Se varje säkerhetsrapport
permission-tickets-file = Registrera ärenden
permission-tickets-work = Arbeta med ärenden
permission-billing-tickets-work = Arbeta med faktureringsärenden
permission-mail-manage = Sköta e-post
permission-audit-view = Läsa granskningsloggen
permission-users-manage = Hantera personer
permission-settings-manage = Ändra inställningar
permission-services-view = Se vad tjänster kräver
permission-services-edit = Ändra vad tjänster kräver
permission-articles-edit = Skriva artiklar
permission-catalogue-view = Se katalogen
permission-catalogue-manage = Ändra och publicera katalogen
permission-suppliers-view = Se leverantörer och supportvägar
permission-suppliers-manage = Hantera leverantörer och supportvägar
permission-contracts-read = Läsa avtalsnummer
permission-tickets-escalate = Lämna över ärenden till leverantörer
permission-reports-view = Se rapporter

## Settings

settings-desk = Servicedesk
settings-calendars = Kalendrar
settings-promises = Åtaganden
settings-mailboxes = E-postlådor
settings-tokens = API-token
desk-name = Servicedeskens namn
desk-name-hint = Kunderna ser det i mejl och i portalen.
desk-default-language = Språk när inget är känt
desk-undo = Ångertid i sekunder
desk-undo-hint = Ett skickat svar väntar så länge, så att det kan tas tillbaka.
desk-reopen = Dagar för återöppning
desk-reopen-hint = Därefter skapar ett nytt meddelande ett nytt, länkat ärende.
desk-warn = Varna före en tidsfrist, i minuter
desk-warn-hint = Av öppettiden. Tomt: när en femtedel av den utlovade tiden återstår.
desk-unassigned = Meddela om otilldelade ärenden efter, i minuter
desk-unassigned-hint = Av öppettiden, för nya ärenden. Tomt: aldrig.
calendar-new = Ny kalender
calendar-hours = Veckans tider
calendar-hours-hint = Intervall som 08:00-12:00, 13:00-17:00. 22:00-02:00 fortsätter efter midnatt.
calendar-closed = stängt
calendar-holidays = Helgdagar
calendar-holidays-hint = En per rad: 2026-04-03, eller 12-25 för varje år.
calendar-holidays-count = { $n ->
    [0] inga helgdagar
    [one] en helgdag
   *[other] { $n } helgdagar
 }
day-mon = Måndag
day-tue = Tisdag
day-wed = Onsdag
day-thu = Torsdag
day-fri = Fredag
day-sat = Lördag
day-sun = Söndag
promises-hint = Tider som 30 min, 4 h eller 1 h 30 räknas i kalenderns öppettider. Pågående klockor behåller det som utlovats.
promises-none = inget åtagande
mailbox-new = Ny e-postlåda
mailbox-address = Adress som kunderna skriver till
mailbox-display-name = Namn i svar
mailbox-imap-host = IMAP-server
mailbox-imap-port = IMAP-port
mailbox-imap-hint = Lämna servern tom om en e-postserver lämnar in posten för adressen.
mailbox-security = Skydd
security-tls = TLS
security-starttls = STARTTLS
security-none = Inget (endast samma maskin)
mailbox-auth = Logga in med
auth-password = Lösenord
auth-xoauth2 = OAuth-åtkomsttoken
auth-application = Program i Microsoft 365
mailbox-user = Användarnamn
mailbox-secret = Lösenord, åtkomsttoken eller programmets hemlighet
mailbox-application-hint = För en brevlåda i Exchange Online (server outlook.office365.com): en administratör ger programmet IMAP.AccessAsApp och den här brevlådan. Hemligheten ovan är programmets; token hämtas när de behövs, och ingen behöver logga in.
mailbox-password-kept = oförändrat
mailbox-folder = Mapp
mailbox-remove = Ta bort brevlådan
tokens-empty = Inga token
tokens-empty-text = Med en token kan ett skript använda API:et med just de rättigheter du väljer.
token-new = Ny token
token-make = Skapa token
token-made = Din nya token
token-made-text = Kopiera den nu. Den visas bara den här gången.
token-scopes = Vad den får göra
token-expires = Gäller till (tomt: utan slut)
token-until = gäller till
token-withdraw = Återkalla
audit-verify = Verifiera nu
audit-hint = Poster förseglas strax efter att de skrivits. Vid verifiering beräknas varje försegling på nytt.
audit-whole = { $n ->
    [one] Den enda förseglade posten är som den skrevs.
   *[other] Alla { $n } förseglade poster är som de skrevs.
 }
audit-broken = Försegling { $seal } stämmer inte: en post har ändrats, lagts till eller tagits bort efter förseglingen.
audit-when = När
audit-who = Vem
audit-what = Vad
audit-sealed = Förseglat
audit-unsealed = om en stund
deed-desk-create = Servicedesken skapades
deed-settings-change = Inställningar ändrades
deed-calendar-add = Kalender lades till
deed-calendar-change = Kalender ändrades
deed-mailbox-add = E-postlåda lades till
deed-mailbox-change = E-postlåda ändrades
deed-mailbox-remove = E-postlåda togs bort
deed-token-create = API-token skapades
deed-token-revoke = API-token återkallades
deed-agent-add = Handläggare lades till av driften
deed-agent-invite = Handläggare bjöds in
deed-agent-change = Handläggare ändrades
deed-agent-profile = Eget konto ändrades
deed-agent-password = Lösenord valdes av driften
deed-team-add = Team lades till
deed-team-members = Teamets medlemmar ändrades
deed-session-begin = Loggade in
deed-session-end = Loggade ut
deed-password-forgotten = Länk för nytt lösenord skickades
deed-password-set = Lösenord valdes via länk
deed-password-change = Lösenord byttes
deed-portal-link = Inloggningslänk skickades
deed-customer-add = Kund lades till
deed-customer-change = Kund ändrades
deed-contact-add = Kontakt lades till
deed-contact-change = Kontakt ändrades
deed-ticket-open = Ärende öppnades
deed-ticket-customer-message = Kunden skrev
deed-ticket-automatic-message = Automatiskt meddelande kom
deed-ticket-imported-answer = Gammalt svar importerades
deed-ticket-reply = Kunden fick svar
deed-ticket-take-back = Svar återtogs
deed-ticket-note = Intern anteckning skrevs
deed-ticket-notice = Handläggare underrättades
deed-ticket-change = Ärende ändrades
deed-ticket-circle = Vilka som ser en säkerhetsrapport ändrades
deed-ticket-move = Status ändrades
deed-ticket-merge = Ärenden slogs ihop
deed-ticket-undo = Ändring ångrad
deed-ticket-wake = Undanlagt ärende framme igen
deed-mail-bounced = Ett mejl kom tillbaka
deed-mail-lost = Ett mejl kom inte fram
theme-system = Som min enhet
theme-light = Ljust
theme-dark = Mörkt
theme-contrast = Hög kontrast

## Portal of contacts

help-title = Hur kan vi hjälpa dig?
help-desk-title = Vem hjälper dig?
help-ask-text = Ange din e-postadress. Vi skickar en länk; inget lösenord behövs.
help-ask-go = Skicka en länk
help-sent-title = Kolla din e-post
help-sent-text = Om vi känner till { $email } är en länk på väg.
help-sent-hint = Den fungerar en gång och en kort tid. Titta även i skräpposten.
help-sent-again = Be om en ny länk
help-confirm-title = Nästan klart
help-confirm-text = Du loggar in som { $email }.
help-confirm-go = Logga in
help-expired-title = Länken fungerar inte längre
help-expired-text = Länkar fungerar en gång och under kort tid. Be om en ny.
help-stranger-text = Inget mejl? Vi kanske inte känner till adressen än. Skriv till oss så svarar vi; därefter kan du följa dina ärenden här.
help-tickets = Ärenden
help-scope = Vems ärenden
help-scope-mine = Mina ärenden
help-scope-ours = Hela organisationens
help-new = Nytt ärende
help-empty = Inga ärenden än
help-empty-text = Dina ärenden och våra svar visas här.
help-for = För
help-service = Vad behöver du hjälp med?
help-subject = Med en mening
help-text = Vad hände?
help-text-hint = Vad gjorde du, vad förväntade du dig och vad hände i stället?
help-kind = Vad för slags ärende är det?
help-kind-billing = En faktura, ett pris eller en betalning
help-kind-subscription = Licenser: lägga till, ta bort, ändra
help-kind-technical = Något fungerar inte eller du vet inte hur man gör
help-severity = Hur mycket påverkas ditt arbete?
help-severity-a = Arbetet står stilla
help-severity-hint-a = Många kan inte arbeta och det finns ingen annan väg.
help-severity-b = Arbetet försvåras
help-severity-hint-b = Något viktigt fungerar inte, men det går att arbeta vidare.
help-severity-c = Ett litet problem eller en fråga
help-severity-hint-c = Det kan vänta på sin tur.
help-promise = Det här utlovar vi
help-send = Skicka ärende
help-agent = { $name } arbetar med det
help-due-answer = svar senast { $due }
help-due-solution = löst senast { $due }
help-answer = Ditt svar
help-answer-send = Skicka
help-action-resolve = Det är löst
help-action-close = Stäng ärendet
help-action-reopen = Öppna igen
help-state-new = Mottaget
help-state-open = Pågår
help-state-waiting-customer = Väntar på dig
help-state-waiting-supplier = Hos vår leverantör
help-state-resolved = Löst
help-state-closed = Stängt

## Ticket: its history

any = alla
none = ingen
order-newest = Nyast först
order-best = Bästa träff först
due-at = senast { $when }
due-late = försenat sedan { $when }
due-paused = pausat
clock-kept = hållet { $when }
clock-kept-late = sent utfört, { $when }
clock-target = { $time } i { $calendar }
message-to = till { $names }
message-to-cc = till { $names }, kopia till { $copies }
compose-newer = Någon skrev medan du skrev. Läs det först och skicka sedan igen.
event-moved = { $who }: { $state }
event-assigned = { $who } tilldelade det till: { $to }
event-changed = { $who } ändrade: { $what }
event-linked = Fortsätter från #{ $number }
event-bounced = E-posten till { $address } kom inte fram ({ $status })
event-taken-back = { $who } återtog ett svar
event-snoozed = { $who } lade undan det till { $when }
event-woken = Framme igen efter att ha legat undan
event-merged-into = { $who } slog ihop det med
event-merged = { $who } slog ihop det med
event-undone = { $who } ångrade: { $what }
undoable-move = statusändring
undoable-merge = sammanslagning
undoable-bulk = ändring av flera ärenden
event-told = { $what } · mejl till { $who }
actor-system = Servicedesken
actor-stranger = Okänd avsändare
warning-unknown-sender = Ingen i ärendet är känd med den här adressen.
warning-failed-authentication = Avsändarens domän har inte skickat mejlet. Det kan vara förfalskat.
warning-claims-to-be-agent = Avsändarens adress är en handläggares. Via e-post agerar ingen som handläggare.
warning-other-reply-to = Svar skulle gå till en annan adress än avsändarens.
warning-damaged = Allt i mejlet kunde inte läsas. Se originalet.
warning-bulk = Det här kom från en lista eller ett massutskick.
warning-auto-reply = Det här är ett automatiskt svar.

occasion-answered = Kunden skriver
occasion-assigned = Jag får ett ärende
occasion-due-soon = Ett löfte löper snart ut
occasion-overdue = Ett löfte har brutits
occasion-unassigned = Ingen har tagit ärendet
calendar-office-hours = Kontorstid
glance = I korthet
glance-in-use = { $n } används
glance-promises = Löften
glance-none-due = inget var att hålla
glance-kept = { $kept } av { $n } hölls
glance-window = öppnade de senaste 90 dagarna
glance-away = { $n ->
    [one] { $n } ärende ligger hos någon annan
   *[other] { $n } ärenden ligger hos någon annan
}
glance-owes = Är skyldig
glance-nothing = inget
