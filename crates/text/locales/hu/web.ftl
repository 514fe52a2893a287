# Words of the pages. Keys begin with their page; families of closed sets begin with the set.

## Everywhere

ok = OK
yes = igen
no = nem
add = Hozzáadás
save = Mentés
close = Bezárás
undo = Visszavonás
undo-until = eddig: { $when }
bulk = A kijelölt jegyek módosítása
bulk-as-it-is = változatlan
bulk-action = Áthelyezés
bulk-tag = Címke hozzáadása
bulk-apply = Módosítás
bulk-choose = #{ $number } kijelölése
retry = Újra
menu = Menü
skip = Ugrás a tartalomra
nobody = Senki
name = Név
email = E-mail
phone = Telefon
password = Jelszó
password-new = Új jelszó
password-old = Jelenlegi jelszó
password-hint = Legalább { $n } karakter
language = Nyelv
languages = Nyelvek
time-zone = Időzóna
theme = Megjelenés
calendar = Naptár
remark = Megjegyzés
subject = Tárgy
severity = Súlyosság
kind = Típus
service = Szolgáltatás
state = Állapot
assignee = Felelős
team = Csapat
tags = Címkék
tags-hint = vesszővel elválasztva
order = Sorrend
channel = Érkezett
attach = Fájlok csatolása
remove-named = { $name } eltávolítása
pages = Oldalak
page-back = Előző
page-on = Következő
quoted-text = Idézett szöveg
facts = Részletek

## When something goes wrong

offline = Nincs kapcsolat. Amit ír, megmarad, és tovább próbálkozunk.
signed-out-title = Kijelentkeztettük
signed-out-text = Amit írt, itt maradt. Jelentkezzen be újra egy új lapon, majd térjen vissza, és folytassa.
signed-out-back = Újra bejelentkeztem
failed-title = Nem sikerült
failed-text = Semmi sem veszett el abból, amit írt. Próbálja újra kis idő múlva.
error-home = A jegyek listájához
error-request = Ha segítséget kér, hivatkozzon erre:

## Navigation

nav = Fő navigáció
nav-search = Keresés
nav-new = Új jegy
nav-customers = Ügyfelek
nav-sent = Elküldött levelek
nav-inbox = Bejövő levelek
nav-admin = Adminisztráció
nav-people = Munkatársak
nav-settings = Beállítások
nav-audit = Auditnapló
nav-change-desk = Ügyfélszolgálat váltása

view-mine = Saját jegyek
view-unassigned = Felelős nélkül
view-due = Legsürgősebb
view-waiting = Várakozó
view-all = Minden jegy

## Ways in

sign-in = Bejelentkezés
sign-out = Kijelentkezés
sign-in-title = Bejelentkezés az ügyfélszolgálatra
sign-in-help = Ügyfélként keres segítséget?
sign-in-portal = A támogatási portálhoz
sign-in-forgotten = Elfelejtette a jelszavát?
forgotten-title = Új jelszó
forgotten-text = Adja meg az e-mail-címét. Küldünk egy hivatkozást, amellyel új jelszót adhat meg.
forgotten-hint = Egyszer, egy órán belül működik. Nézze meg a levélszemét mappát is. Nem jött semmi? Kérdezze meg, ki kezeli Önöknél a személyeket.
forgotten-set = Jelszó megadása
choose-desk-title = Válasszon ügyfélszolgálatot
choose-desk-text = Ön több ügyfélszolgálathoz tartozik.
invitation-title = Meghívó
invitation-welcome = Üdvözöljük: { $desk }
invitation-go = Jelszó megadása és kezdés

account-title = Saját fiók
account-look = Nyelv és megjelenés
account-shortcuts = Egybillentyűs parancsok
account-shortcuts-hint = A ? billentyű bárhol megmutatja őket. A Ctrl K mindig működik.
account-notices = E-mailt kérek, ha
account-notices-hint = Az oldalak mindent mutatnak, bármi legyen is itt kiválasztva.
account-password = Jelszó
account-password-change = Jelszó módosítása

## Keyboard and palette

palette = Ugrás vagy keresés
palette-hint = Oldal, #szám vagy keresés…
palette-search = Keresés:
palette-ticket = Jegy megnyitása:
keys-title = Gyorsbillentyűk
keys-everywhere = Bárhol
keys-list = Listában
keys-ticket = Jegyben
keys-go = Ugrás nézetre
keys-back = Vissza
keys-move = Mozgás le, fel
keys-open = Megnyitás
keys-choose = Több kijelölése
keys-neighbours = Előző, következő jegy
keys-send = Küldés vagy mentés
keys-off = Az egybillentyűs parancsok itt kapcsolhatók ki:

## Queue

queue-count = { $n ->
    [0] nincs jegy
   *[other] { $n } jegy
 }
queue-unread = Olvasatlan
queue-draft = Piszkozat
queue-empty = Itt nincs semmi
queue-empty-text = A nézet jegyei itt jelennek meg.
queue-empty-mine = Semmi sem vár Önre
queue-empty-mine-text = Az Önhöz rendelt jegyek itt jelennek meg. Vegyen fel egyet a Felelős nélkül nézetből.
queue-empty-unassigned = Minden jegynek van felelőse
queue-empty-unassigned-text = Az új kérések beérkezésükkor azonnal itt jelennek meg.

## Words of a ticket

state-new = Új
state-open = Nyitott
state-waiting-customer = Ügyfélre vár
state-waiting-supplier = Szállítóra vár
state-resolved = Megoldva
state-closed = Lezárva

severity-a = A – a munka leállt
severity-b = B – a munka akadozik
severity-c = C – kisebb hiba vagy kérdés

kind-billing = Számlázás
kind-subscription = Előfizetés
kind-technical = Technikai

service-microsoft365 = Microsoft 365
service-azure = Azure
service-dynamics365 = Dynamics 365
service-on-premises = Helyszíni
service-marketplace = Marketplace
service-other = Egyéb

channel-mail = e-mailben
channel-portal = a portálon
channel-api = API-n át
channel-phone = telefonon

action-open = Munka kezdése
action-wait-customer = Várás ügyfélre
action-wait-supplier = Várás szállítóra
action-resolve = Megoldás
action-reopen = Újranyitás
action-close = Lezárás

promise-first-response = Első válasz
promise-next-response = Következő válasz
promise-resolution = Megoldás

recipient-requester = kérelmező
recipient-cc = másolatban
recipient-participant = résztvevő
recipient-added = Ön adta hozzá

delivery-held = Hamarosan elküldjük
delivery-waiting = Küldésre vár
delivery-sent = Elküldve
delivery-kept = Itt maradt, nem küldtük el
delivery-failed = Nincs elküldve
delivery-bounced = Visszapattant
delivery-cancelled = Visszavonva

## Ticket

ticket-nav = Jegy
ticket-back = Vissza a listához
ticket-previous = Előző jegy
ticket-next = Következő jegy
ticket-take = Magamra veszem
ticket-snooze = Félretétel eddig
snooze-end = Visszahozás
snoozed-until = félretéve eddig: { $when }
ticket-merge = Összevonás egy másik jeggyel
ticket-merge-into = A másik jegy száma
ticket-merge-text = Ez a jegy lezárul, és megtartja az előzményeit. Amit a résztvevői ezután írnak, a másikhoz kerül.
ticket-merge-do = Összevonás
ticket-merged = Ez a jegy itt folytatódik:
requester-change = Valaki más kérdezett
requester-address = A kapcsolattartó e-mail-címe
presence-viewing = { $name } itt van
presence-replying = { $name } válaszol
timeline = Beszélgetés
timeline-note = Belső megjegyzés
timeline-earlier = Korábbiak
timeline-newest = Legújabbak
timeline-agent = Válaszunk
timeline-customer = Ügyfél
message-original = Eredeti üzenet
message-html = Eredeti nézet
message-images = Távoli képek
compose = Írás
compose-reply = Válasz
compose-note = Belső megjegyzés
compose-to = Címzett
compose-add = Cím hozzáadása…
compose-placeholder = Írjon az ügyfélnek ({ $language })…
compose-note-placeholder = Csak munkatársaink látják…
compose-note-hint = A megjegyzéseket csak munkatársaink látják. Nincs címzettjük.
compose-save-note = Belső megjegyzés mentése
compose-send = { $others ->
    [0] Küldés: { $name }
   *[other] Küldés: { $name } + { $others }
 }
compose-send-wait = Küldés és várakozás
compose-send-resolve = Küldés és megoldás
draft-saving = Piszkozat mentése…
draft-kept = Piszkozat mentve
draft-failed = Piszkozat nincs mentve
facts-ticket = Tulajdonságok
facts-clocks = Vállalások
facts-customer = Ügyfél
facts-recent = Legutóbbi jegyek
facts-local-time = Helyi idő
facts-stranger = Ezt a feladót nem ismerjük. Ellenőrizze, mielőtt bármit megosztana vele.
clock-why = Miért akkor jár le?
clock-span = Idő
clock-reason = Ok
clock-length = Hossz
clock-sum = Beszámítva
segment-counted = beszámít
segment-closed = zárva
segment-holiday = ünnepnap
segment-paused = szünetel
segment-ahead = még hátravan

## New ticket

new-title = Új jegy
new-who = Kinek a részére?
new-find = Hívó keresése
new-find-hint = Név, cím, telefon vagy ügyfél
new-nobody = Nincs találat. Felvétel új kapcsolattartónak:
new-what = Miről van szó?
new-text = Amit elmondtak
new-promise = Mentéskor vállaljuk
new-no-promise = Ehhez a súlyossághoz nincs vállalás.
new-acknowledge = Visszaigazolás küldése a kapcsolattartónak a saját nyelvén
new-save = Jegy felvétele

## Customers

customers-find = Ügyfél keresése
customers-new = Új ügyfél
customers-empty = Nincs találat
customers-empty-text = Az ügyfelek akkor jelennek meg itt, ha felveszi őket, vagy ha valaki ír a tartományukból.
customer-domain = Levéltartomány
customer-domains = Levéltartományok
customer-tickets = Jegyek
customer-contacts = Kapcsolattartók
customer-details = Ügyfél
customer-no-tickets = Még nincs jegy
customer-no-tickets-text = Az ügyfél kapcsolattartóinak kérései itt jelennek meg.
contact-add = Új kapcsolattartó
contact-change = Módosítás
contact-change-named = { $name } módosítása
contact-sees-all = a szervezet minden jegyét látja

## Search

search-title = Keresés
search-hint = Szavak tárgyban és üzenetekben
search-go = Mutatás
search-empty-start = Keresés a jegyekben
search-empty-start-text = Tárgyak, üzenetek és megjegyzések az ügyfélszolgálat minden nyelvén.
search-empty = Nincs találat
search-empty-text = Minden szónak egy üzenetben kell szerepelnie. Próbáljon kevesebb szót vagy más szűrőket.

## Mail

sent-empty = Itt nincs levél
sent-empty-text = Az ügyfélszolgálat minden elküldött levele itt látható, címzettenként az eredménnyel.
inbox-oldest = Legrégebbi feldolgozatlan levél
inbox-none-waiting = Nincs várakozó
inbox-unprocessed = { $n ->
    [0] minden feldolgozva
   *[other] { $n } feldolgozandó levél
 }
inbox-works = Működik
inbox-fails = Hibás
inbox-waits = Még nem olvastuk
inbox-handed-in = A leveleket beadják
inbox-last-ok = Legutóbb lekérve
inbox-parked = Emberi döntésre vár
inbox-parked-text = Ezeket a leveleket biztonságosan tároljuk, de nem lehetett belőlük jegy.
inbox-parked-empty = Nincs félretett levél
inbox-parked-empty-text = A feldolgozhatatlan levél itt vár, az okával együtt. Soha nem dobjuk el.
inbox-attempts = { $n ->
    [one] Egyszer próbáltuk.
   *[other] { $n } alkalommal próbáltuk.
 }
inbox-why-unreadable = Nem lehetett elolvasni.
inbox-why-too-large = Nagyobb annál, amit az ügyfélszolgálat fogad; csak az eleje maradt meg.

## People

people-invite = Meghívás
people-send-invite = Meghívó küldése
people-invite-again = Meghívó újraküldése
people-agents = Ügyintézők
people-teams = Csapatok
people-roles = Szerepkörök
people-team-name = A csapat neve
people-team-add = Új csapat
people-members = { $n ->
    [0] nincs tagja
   *[other] { $n } tag
 }
people-deactivate = Inaktiválás
people-activate = Aktiválás
people-matrix = Melyik szerepkör mit tehet
people-matrix-text = Ezek a Partnerközpont szerepkörei. Egy ügyintézőnek több is lehet.
agent-deactivated = Inaktív

role-global-admin = Globális rendszergazda
role-admin-agent = Rendszergazdai ügynök
role-helpdesk-agent = Helpdesk-ügynök
role-billing-admin = Számlázási adminisztrátor
role-sales-agent = Értékesítési ügynök
role-user-management-admin = Felhasználókezelő rendszergazda

permission-customers-view = Ügyfelek megtekintése
permission-customers-edit = Ügyfelek módosítása
permission-tickets-view-public = Jegyek olvasása belső megjegyzések nélkül
permission-tickets-view = Jegyek olvasása belső megjegyzésekkel
permission-billing-tickets-view = Számlázási jegyek olvasása
permission-security-tickets-view = Minden biztonsági bejelentés megtekintése
permission-tickets-file = Jegyek felvétele
permission-tickets-work = Jegyek kezelése
permission-billing-tickets-work = Számlázási jegyek kezelése
permission-mail-manage = Levelek felügyelete
permission-audit-view = Auditnapló olvasása
permission-users-manage = Munkatársak kezelése
permission-settings-manage = Beállítások módosítása
permission-services-view = Szolgáltatások követelményeinek megtekintése
permission-services-edit = Szolgáltatások követelményeinek módosítása
permission-articles-edit = Cikkek írása
permission-catalogue-view = Katalógus megtekintése
permission-catalogue-manage = Katalógus módosítása és közzététele
permission-suppliers-view = Szállítók és támogatási csatornák megtekintése
permission-suppliers-manage = Szállítók és támogatási csatornák kezelése
permission-contracts-read = Szerződésszámok olvasása
permission-tickets-escalate = Jegyek átadása szállítóknak
permission-reports-view = Jelentések megtekintése

## Settings

settings-desk = Ügyfélszolgálat
settings-calendars = Naptárak
settings-promises = Vállalások
settings-mailboxes = Postafiókok
settings-tokens = API-tokenek
desk-name = Az ügyfélszolgálat neve
desk-name-hint = Az ügyfelek ezt látják a levelekben és a portálon.
desk-default-language = Nyelv, ha nem ismert
desk-undo = Visszavonás (másodperc)
desk-undo-hint = Az elküldött válasz ennyit vár, hogy vissza lehessen vonni.
desk-reopen = Újranyitási napok száma
desk-reopen-hint = Ezután az új üzenetből új, kapcsolt jegy lesz.
desk-warn = Figyelmeztetés a határidő előtt, percben
desk-warn-hint = Nyitvatartási időben. Üresen: amikor a vállalt idő ötöde maradt.
desk-unassigned = Felelős nélküli jegyek jelzése ennyi perc után
desk-unassigned-hint = Nyitvatartási időben, új jegyeknél. Üresen: soha.
calendar-new = Új naptár
calendar-hours = Heti nyitvatartás
calendar-hours-hint = Időszakok, például 08:00-12:00, 13:00-17:00. A 22:00-02:00 éjfél után folytatódik.
calendar-closed = zárva
calendar-holidays = Ünnepnapok
calendar-holidays-hint = Soronként egy: 2026-04-03, vagy 12-25 minden évre.
calendar-holidays-count = { $n ->
    [0] nincs ünnepnap
   *[other] { $n } ünnepnap
 }
day-mon = Hétfő
day-tue = Kedd
day-wed = Szerda
day-thu = Csütörtök
day-fri = Péntek
day-sat = Szombat
day-sun = Vasárnap
promises-hint = Az olyan idők, mint 30 min, 4 h vagy 1 h 30, a naptár nyitvatartásában számítanak. A már futó órák a korábbi vállalást tartják.
promises-none = nincs vállalás
mailbox-new = Új postafiók
mailbox-address = Cím, amelyre az ügyfelek írnak
mailbox-display-name = Név a válaszokban
mailbox-imap-host = IMAP-kiszolgáló
mailbox-imap-port = IMAP-port
mailbox-imap-hint = Hagyja üresen a kiszolgálót, ha egy levelezőszerver adja be az erre a címre érkező leveleket.
mailbox-security = Védelem
security-tls = TLS
security-starttls = STARTTLS
security-none = Nincs (csak ugyanazon a gépen)
mailbox-auth = Bejelentkezés módja
auth-password = Jelszó
auth-xoauth2 = OAuth hozzáférési token
auth-application = Microsoft 365-alkalmazás
mailbox-user = Felhasználónév
mailbox-secret = Jelszó, hozzáférési token vagy az alkalmazás titka
mailbox-application-hint = Exchange Online-postafiókhoz (kiszolgáló: outlook.office365.com): egy rendszergazda megadja az alkalmazásnak az IMAP.AccessAsApp engedélyt és ezt a postafiókot. A fenti titok az alkalmazásé; a tokent akkor kéri le, amikor szükség van rá, és senkinek sem kell bejelentkeznie.
mailbox-password-kept = változatlan
mailbox-folder = Mappa
mailbox-remove = Postafiók eltávolítása
tokens-empty = Nincs token
tokens-empty-text = A tokennel egy szkript az API-t pontosan a kiválasztott jogokkal használhatja.
token-new = Új token
token-make = Létrehozás
token-made = Az új token
token-made-text = Másolja ki most. Csak egyszer jelenik meg.
token-scopes = Mire jogosít
token-expires = Érvényes eddig (üresen: korlátlan)
token-until = érvényes eddig:
token-withdraw = Visszavonás
audit-verify = Ellenőrzés most
audit-hint = A bejegyzéseket röviddel az írásuk után lezárjuk. Az ellenőrzés minden pecsétet újraszámol.
audit-whole = { $n } lezárt bejegyzés: mind olyan, amilyennek megírták.
audit-broken = A következő pecsét nem egyezik: { $seal } – egy bejegyzést a lezárás után módosítottak, hozzáadtak vagy töröltek.
audit-when = Mikor
audit-who = Ki
audit-what = Mit
audit-sealed = Lepecsételve
audit-unsealed = hamarosan
deed-desk-create = Ügyfélszolgálat létrehozva
deed-settings-change = Beállítások módosítva
deed-calendar-add = Naptár hozzáadva
deed-calendar-change = Naptár módosítva
deed-mailbox-add = Postafiók hozzáadva
deed-mailbox-change = Postafiók módosítva
deed-mailbox-remove = Postafiók eltávolítva
deed-token-create = API-token létrehozva
deed-token-revoke = API-token visszavonva
deed-agent-add = Az üzemeltető munkatársat vett fel
deed-agent-invite = Munkatárs meghívva
deed-agent-change = Munkatárs módosítva
deed-agent-profile = Saját fiók módosítva
deed-agent-password = Az üzemeltető jelszót adott meg
deed-team-add = Csapat hozzáadva
deed-team-members = Csapat tagjai módosítva
deed-session-begin = Bejelentkezett
deed-session-end = Kijelentkezett
deed-password-forgotten = Új jelszó hivatkozása elküldve
deed-password-set = Jelszó megadva hivatkozással
deed-password-change = Jelszó módosítva
deed-portal-link = Bejelentkezési hivatkozás elküldve
deed-customer-add = Ügyfél hozzáadva
deed-customer-change = Ügyfél módosítva
deed-contact-add = Kapcsolattartó hozzáadva
deed-contact-change = Kapcsolattartó módosítva
deed-ticket-open = Jegy megnyitva
deed-ticket-customer-message = Az ügyfél írt
deed-ticket-automatic-message = Automatikus üzenet érkezett
deed-ticket-imported-answer = Régi válasz importálva
deed-ticket-reply = Válasz az ügyfélnek
deed-ticket-take-back = Válasz visszavonva
deed-ticket-note = Belső megjegyzés készült
deed-ticket-notice = Munkatársak értesítve
deed-ticket-change = Jegy módosítva
deed-ticket-circle = Módosult, ki lát egy biztonsági bejelentést
deed-ticket-move = Állapot módosítva
deed-ticket-merge = Jegyek összevonva
deed-ticket-undo = Módosítás visszavonva
deed-ticket-wake = A félretett jegy újra előkerült
deed-mail-bounced = Egy levél visszajött
deed-mail-lost = Egy levél nem lett kézbesítve
theme-system = Mint az eszközön
theme-light = Világos
theme-dark = Sötét
theme-contrast = Nagy kontraszt

## Portal of contacts

help-title = Miben segíthetünk?
help-desk-title = Ki segít Önnek?
help-ask-text = Adja meg az e-mail-címét. Küldünk egy hivatkozást, jelszó nem kell.
help-ask-go = Hivatkozás küldése
help-sent-title = Nézze meg a leveleit
help-sent-text = Ha ismerjük ezt a címet, a hivatkozás már úton van: { $email }.
help-sent-hint = Egyszer és rövid ideig működik. Nézze meg a levélszemét mappát is.
help-sent-again = Új hivatkozás kérése
help-confirm-title = Már majdnem kész
help-confirm-text = Bejelentkezés mint { $email }.
help-confirm-go = Bejelentkezés
help-expired-title = Ez a hivatkozás már nem működik
help-expired-text = A hivatkozások egyszer és rövid ideig működnek. Kérjen újat.
help-stranger-text = Nem jött levél? Lehet, hogy ezt a címet még nem ismerjük. Írjon nekünk, és válaszolunk; ezután itt követheti a kéréseit.
help-tickets = Kérések
help-scope = Kinek a kérései
help-scope-mine = Saját kéréseim
help-scope-ours = A szervezetünk összes kérése
help-new = Új kérés
help-empty = Még nincs kérés
help-empty-text = Kérései és válaszaink itt jelennek meg.
help-for = Szervezet
help-service = Miben kér segítséget?
help-subject = Egy sorban
help-text = Mi történt?
help-text-hint = Mit tett, mire számított, és mit látott helyette?
help-kind = Milyen jellegű a kérés?
help-kind-billing = Számla, ár vagy fizetés
help-kind-subscription = Licencek: új, törlés, módosítás
help-kind-technical = Valami nem működik, vagy nem tudja, hogyan kell
help-severity = Mennyire érinti a munkáját?
help-severity-a = A munka leállt
help-severity-hint-a = Sokan nem tudnak dolgozni, és nincs kerülőút.
help-severity-b = Nehéz dolgozni
help-severity-hint-b = Valami fontos nem működik, de tud tovább dolgozni.
help-severity-c = Kisebb probléma vagy kérdés
help-severity-hint-c = Ráér, amíg sorra kerül.
help-promise = Amit vállalunk
help-send = Kérés küldése
help-agent = { $name } dolgozik rajta
help-due-answer = válasz eddig: { $due }
help-due-solution = megoldás eddig: { $due }
help-answer = Az Ön válasza
help-answer-send = Küldés
help-action-resolve = Ez megoldódott
help-action-close = Kérés lezárása
help-action-reopen = Újranyitás
help-state-new = Beérkezett
help-state-open = Folyamatban
help-state-waiting-customer = Önre vár
help-state-waiting-supplier = Szállítónknál folyamatban
help-state-resolved = Megoldva
help-state-closed = Lezárva

## Ticket: its history

any = bármely
none = nincs
order-newest = Legújabb elöl
order-best = Legjobb találat elöl
due-at = határidő: { $when }
due-late = lejárt: { $when }
due-paused = szünetel
clock-kept = teljesítve: { $when }
clock-kept-late = késve teljesítve: { $when }
clock-target = { $time }, naptár: { $calendar }
message-to = címzett: { $names }
message-to-cc = címzett: { $names }, másolat: { $copies }
compose-newer = Valaki írt, miközben Ön írt. Előbb olvassa el, majd küldje el újra.
event-moved = { $who }: { $state }
event-assigned = { $who } hozzárendelte: { $to }
event-changed = { $who } módosította: { $what }
event-linked = Előzménye: #{ $number }
event-bounced = A levél nem érkezett meg ide: { $address } ({ $status })
event-taken-back = { $who } visszavont egy választ
event-snoozed = { $who } félretette eddig: { $when }
event-woken = Már nincs félretéve
event-merged-into = { $who } összevonta ezzel:
event-merged = { $who } ide vonta össze:
event-undone = { $who } visszavonta: { $what }
undoable-move = állapotváltozás
undoable-merge = összevonás
undoable-bulk = több jegy módosítása
event-told = { $what } · e-mail: { $who }
actor-system = Az ügyfélszolgálat
actor-stranger = Ismeretlen feladó
warning-unknown-sender = A jegyen senki sem ismert ezzel a címmel.
warning-failed-authentication = A levelet nem a feladó tartománya küldte. Hamisítvány lehet.
warning-claims-to-be-agent = A feladó címe egy ügyintézőé. Levélben senki sem jár el ügyintézőként.
warning-other-reply-to = A válasz nem a feladó címére menne.
warning-damaged = A levél nem volt teljesen olvasható. Nézze meg az eredetit.
warning-bulk = Ez levelezőlistáról vagy tömeges küldőtől érkezett.
warning-auto-reply = Ez automatikus válasz.

occasion-answered = Az ügyfél ír
occasion-assigned = Jegyet kapok
occasion-due-soon = Egy vállalt határidő hamarosan lejár
occasion-overdue = Egy vállalt határidő lejárt
occasion-unassigned = Senki sem vette át a jegyet
calendar-office-hours = Munkaidő
glance = Egy pillantással
glance-in-use = { $n } használatban
glance-promises = Ígéretek
glance-none-due = semmi sem volt esedékes
glance-kept = { $n } közül { $kept } teljesült
glance-window = az elmúlt 90 napban nyitottak
glance-away = { $n ->
    [one] { $n } jegy van másnál
   *[other] { $n } jegy van másnál
}
glance-owes = Tartozik
glance-nothing = semmivel
