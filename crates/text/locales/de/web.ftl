# Words of the pages. Keys begin with their page; families of closed sets begin with the set.

## Everywhere

ok = OK
yes = ja
no = nein
add = Hinzufügen
save = Speichern
close = Schließen
undo = Rückgängig
undo-until = bis { $when }
bulk = Die ausgewählten Tickets ändern
bulk-as-it-is = wie es ist
bulk-action = Verschieben
bulk-tag = Schlagwort hinzufügen
bulk-apply = Ändern
bulk-choose = #{ $number } auswählen
retry = Wiederholen
menu = Menü
skip = Zum Inhalt springen
nobody = Niemand
name = Name
email = E-Mail
phone = Telefon
password = Kennwort
password-new = Neues Kennwort
password-old = Aktuelles Kennwort
password-hint = { $n ->
    [one] Mindestens ein Zeichen
   *[other] Mindestens { $n } Zeichen
 }
language = Sprache
languages = Sprachen
time-zone = Zeitzone
theme = Darstellung
calendar = Kalender
remark = Bemerkung
subject = Betreff
severity = Schweregrad
kind = Art
service = Dienst
state = Status
assignee = Zuständig
team = Team
tags = Tags
tags-hint = durch Kommas getrennt
order = Sortierung
channel = Eingang
attach = Dateien anhängen
remove-named = { $name } entfernen
pages = Seiten
page-back = Zurück
page-on = Weiter
quoted-text = Zitierten Text zeigen
facts = Details

## When something goes wrong

offline = Keine Verbindung. Ihre Eingaben bleiben erhalten, wir versuchen es weiter.
signed-out-title = Sie wurden abgemeldet
signed-out-text = Was Sie geschrieben haben, ist noch hier. Melden Sie sich in einem neuen Tab wieder an und machen Sie dann hier weiter.
signed-out-back = Ich bin wieder angemeldet
failed-title = Das hat nicht geklappt
failed-text = Nichts von Ihren Eingaben ist verloren. Versuchen Sie es gleich noch einmal.
error-home = Zur Ticketliste
error-request = Wenn Sie um Hilfe bitten, nennen Sie

## Navigation

nav = Hauptnavigation
nav-search = Suchen
nav-new = Neues Ticket
nav-customers = Kunden
nav-sent = Gesendete Mails
nav-inbox = Eingehende Mails
nav-admin = Verwaltung
nav-people = Personen
nav-settings = Einstellungen
nav-audit = Auditprotokoll
nav-change-desk = Desk wechseln

view-mine = Meine Tickets
view-unassigned = Nicht zugewiesen
view-due = Zuerst fällig
view-waiting = Wartend
view-all = Alle Tickets

## Ways in

sign-in = Anmelden
sign-out = Abmelden
sign-in-title = Am Desk anmelden
sign-in-help = Suchen Sie als Kunde Hilfe?
sign-in-portal = Zum Hilfeportal
sign-in-forgotten = Kennwort vergessen?
forgotten-title = Neues Kennwort
forgotten-text = Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link, mit dem Sie ein neues Kennwort setzen.
forgotten-hint = Er funktioniert ein Mal, binnen einer Stunde. Sehen Sie auch im Spamordner nach. Nichts gekommen? Fragen Sie, wer bei Ihnen die Personen verwaltet.
forgotten-set = Kennwort setzen
choose-desk-title = Desk auswählen
choose-desk-text = Sie gehören zu mehreren Desks.
invitation-title = Einladung
invitation-welcome = Willkommen bei { $desk }
invitation-go = Kennwort setzen und starten

account-title = Mein Konto
account-look = Sprache und Darstellung
account-shortcuts = Kurzbefehle mit einer Taste
account-shortcuts-hint = Mit ? werden sie überall angezeigt. Strg K funktioniert immer.
account-notices = Mail an mich, wenn
account-notices-hint = Die Seiten zeigen alles, was auch immer hier gewählt ist.
account-password = Kennwort
account-password-change = Kennwort ändern

## Keyboard and palette

palette = Öffnen oder suchen
palette-hint = Seite, #Nummer oder Suche …
palette-search = Suchen nach
palette-ticket = Ticket öffnen:
keys-title = Tastenkürzel
keys-everywhere = Überall
keys-list = In einer Liste
keys-ticket = In einem Ticket
keys-go = Zu einer Ansicht
keys-back = Zurück
keys-move = Nach unten, oben
keys-open = Öffnen
keys-choose = Mehrere auswählen
keys-neighbours = Voriges, nächstes Ticket
keys-send = Senden oder speichern
keys-off = Einzelne Tasten lassen sich abschalten unter

## Queue

queue-count = { $n ->
    [0] keine Tickets
    [one] { $n } Ticket
   *[other] { $n } Tickets
 }
queue-unread = Ungelesen
queue-draft = Entwurf
queue-empty = Nichts hier
queue-empty-text = Tickets dieser Ansicht erscheinen hier.
queue-empty-mine = Nichts wartet auf Sie
queue-empty-mine-text = Ihnen zugewiesene Tickets erscheinen hier. Nehmen Sie sich eines aus „Nicht zugewiesen“.
queue-empty-unassigned = Jedes Ticket hat jemanden
queue-empty-unassigned-text = Neue Anfragen erscheinen hier, sobald sie eintreffen.

## Words of a ticket

state-new = Neu
state-open = Offen
state-waiting-customer = Wartet auf Kunden
state-waiting-supplier = Wartet auf Lieferanten
state-resolved = Gelöst
state-closed = Geschlossen

severity-a = A – Arbeit steht still
severity-b = B – Arbeit beeinträchtigt
severity-c = C – gering oder eine Frage

kind-billing = Abrechnung
kind-subscription = Abonnement
kind-technical = Technik

service-microsoft365 = Microsoft 365
service-azure = Azure
service-dynamics365 = Dynamics 365
service-on-premises = On-Premises
service-marketplace = Marketplace
service-other = Sonstiges

channel-mail = per E-Mail
channel-portal = im Portal
channel-api = per API
channel-phone = per Telefon

action-open = Bearbeiten
action-wait-customer = Auf Kunden warten
action-wait-supplier = Auf Lieferanten warten
action-resolve = Lösen
action-reopen = Wieder öffnen
action-close = Schließen

promise-first-response = Erste Antwort
promise-next-response = Nächste Antwort
promise-resolution = Lösung

recipient-requester = hat angefragt
recipient-cc = in Kopie
recipient-participant = beteiligt
recipient-added = von Ihnen ergänzt

delivery-held = Wird gleich gesendet
delivery-waiting = Wartet auf Versand
delivery-sent = Gesendet
delivery-kept = Hier behalten, nicht gesendet
delivery-failed = Nicht gesendet
delivery-bounced = Unzustellbar
delivery-cancelled = Zurückgenommen

## Ticket

ticket-nav = Ticket
ticket-back = Zur Liste
ticket-previous = Voriges Ticket
ticket-next = Nächstes Ticket
ticket-take = Mir zuweisen
ticket-snooze = Zurückstellen bis
snooze-end = Zurückholen
snoozed-until = zurückgestellt bis { $when }
ticket-merge = Mit einem anderen Ticket zusammenführen
ticket-merge-into = Nummer des anderen Tickets
ticket-merge-text = Dieses Ticket wird geschlossen und behält seinen Verlauf. Was die Beteiligten noch schreiben, kommt zum anderen.
ticket-merge-do = Zusammenführen
ticket-merged = Dieses Ticket geht weiter in
requester-change = Jemand anderes hat gefragt
requester-address = E-Mail-Adresse des Kontakts
presence-viewing = { $name } ist hier
presence-replying = { $name } antwortet
timeline = Unterhaltung
timeline-note = Interne Notiz
timeline-earlier = Frühere anzeigen
timeline-newest = Neueste anzeigen
timeline-agent = Unsere Antwort
timeline-customer = Kunde
message-original = Originalnachricht
message-html = Wie gesendet
message-images = Externe Bilder zeigen
compose = Schreiben
compose-reply = Antworten
compose-note = Interne Notiz
compose-to = An
compose-add = Weitere Adresse …
compose-placeholder = An den Kunden schreiben ({ $language }) …
compose-note-placeholder = Nur Agenten dieses Desks sehen das …
compose-note-hint = Nur Agenten dieses Desks sehen Notizen. Notizen haben keine Empfänger.
compose-save-note = Interne Notiz speichern
compose-send = { $others ->
    [0] An { $name } senden
   *[other] An { $name } + { $others } senden
 }
compose-send-wait = Senden und warten
compose-send-resolve = Senden und lösen
draft-saving = Speichert Entwurf …
draft-kept = Entwurf gesichert
draft-failed = Entwurf nicht gesichert
facts-ticket = Eigenschaften
facts-clocks = Zusagen
facts-customer = Kunde
facts-recent = Letzte Tickets
facts-local-time = Ortszeit
facts-stranger = Dieser Absender ist uns nicht bekannt. Prüfen Sie ihn, bevor Sie etwas weitergeben.
clock-why = Warum dann fällig?
clock-span = Zeit
clock-reason = Grund
clock-length = Dauer
clock-sum = Gezählt
segment-counted = gezählt
segment-closed = geschlossen
segment-holiday = Feiertag
segment-paused = pausiert
segment-ahead = steht noch aus

## New ticket

new-title = Neues Ticket
new-who = Für wen ist es?
new-find = Anrufer finden
new-find-hint = Name, Adresse, Telefon oder Kunde
new-nobody = Niemand gefunden. Für neuen Kontakt erfassen:
new-what = Worum geht es?
new-text = Schilderung
new-promise = Mit dem Speichern zugesagt
new-no-promise = Für diesen Schweregrad wird nichts zugesagt.
new-acknowledge = Dem Kontakt eine Bestätigung in seiner Sprache senden
new-save = Ticket anlegen

## Customers

customers-find = Kunden suchen
customers-new = Neuer Kunde
customers-empty = Keine Kunden gefunden
customers-empty-text = Kunden erscheinen hier, wenn Sie sie hinzufügen oder wenn jemand aus ihrer Domain schreibt.
customer-domain = Maildomain
customer-domains = Maildomains
customer-tickets = Tickets
customer-contacts = Kontakte
customer-details = Kunde
customer-no-tickets = Noch keine Tickets
customer-no-tickets-text = Anfragen der Kontakte dieses Kunden erscheinen hier.
contact-add = Neuer Kontakt
contact-change = Ändern
contact-change-named = { $name } ändern
contact-sees-all = sieht alle Tickets der Organisation

## Search

search-title = Suche
search-hint = Wörter in Betreff und Nachrichten
search-go = Anzeigen
search-empty-start = Alle Tickets durchsuchen
search-empty-start-text = Betreffe, Nachrichten und Notizen, in jeder Sprache des Desks.
search-empty = Nichts gefunden
search-empty-text = Alle Wörter müssen in einer Nachricht stehen. Versuchen Sie es mit weniger Wörtern oder anderen Filtern.

## Mail

sent-empty = Keine Mails hier
sent-empty-text = Jede Mail, die der Desk sendet, steht hier, mit dem Ergebnis für jeden Empfänger.
inbox-oldest = Älteste unverarbeitete Mail
inbox-none-waiting = Keine wartet
inbox-unprocessed = { $n ->
    [0] alles ist verarbeitet
    [one] eine Mail zu verarbeiten
   *[other] { $n } Mails zu verarbeiten
 }
inbox-works = In Ordnung
inbox-fails = Gestört
inbox-waits = Noch nicht gelesen
inbox-handed-in = Mails werden eingeliefert
inbox-last-ok = Zuletzt abgerufen
inbox-parked = Manuell zu klären
inbox-parked-text = Diese Mails sind sicher gespeichert, konnten aber nicht zu Tickets werden.
inbox-parked-empty = Nichts zu klären
inbox-parked-empty-text = Eine Mail, die sich nicht verarbeiten lässt, wartet hier mit ihrem Grund. Sie wird nie verworfen.
inbox-attempts = { $n ->
    [one] Einmal versucht.
   *[other] { $n }-mal versucht.
 }
inbox-why-unreadable = Sie konnte nicht gelesen werden.
inbox-why-too-large = Sie ist größer, als der Desk annimmt; nur ihr Anfang wurde behalten.

## People

people-invite = Einladen
people-send-invite = Einladung senden
people-invite-again = Einladung erneut senden
people-agents = Agenten
people-teams = Teams
people-roles = Rollen
people-team-name = Name des Teams
people-team-add = Neues Team
people-members = { $n ->
    [0] keine Mitglieder
    [one] ein Mitglied
   *[other] { $n } Mitglieder
 }
people-deactivate = Deaktivieren
people-activate = Aktivieren
people-matrix = Was jede Rolle darf
people-matrix-text = Dies sind die Rollen des Partner Centers. Ein Agent kann mehrere haben.
agent-deactivated = Deaktiviert

role-global-admin = Globaler Administrator
role-admin-agent = Administrator-Agent
role-helpdesk-agent = Helpdesk-Agent
role-billing-admin = Abrechnungsadministrator
role-sales-agent = Vertriebsbeauftragter
role-user-management-admin = Benutzerverwaltungsadministrator

permission-customers-view = Kunden sehen
permission-customers-edit = Kunden ändern
permission-tickets-view-public = Tickets ohne interne Notizen lesen
permission-tickets-view = Tickets mit internen Notizen lesen
permission-billing-tickets-view = Abrechnungstickets lesen
permission-security-tickets-view = Jede Sicherheitsmeldung sehen
permission-tickets-file = Tickets anlegen
permission-tickets-work = Tickets bearbeiten
permission-billing-tickets-work = Abrechnungstickets bearbeiten
permission-mail-manage = Mails betreuen
permission-audit-view = Auditprotokoll lesen
permission-users-manage = Personen verwalten
permission-settings-manage = Einstellungen ändern
permission-services-view = Anforderungen der Dienste sehen
permission-services-edit = Anforderungen der Dienste ändern
permission-articles-edit = Artikel schreiben
permission-catalogue-view = Katalog sehen
permission-catalogue-manage = Katalog ändern und veröffentlichen
permission-suppliers-view = Lieferanten und Supportwege sehen
permission-suppliers-manage = Lieferanten und Supportwege verwalten
permission-contracts-read = Vertragsnummern lesen
permission-tickets-escalate = Tickets an Lieferanten übergeben
permission-reports-view = Berichte sehen

## Settings

settings-desk = Desk
settings-calendars = Kalender
settings-promises = Zusagen
settings-mailboxes = Postfächer
settings-tokens = API-Tokens
desk-name = Name des Desks
desk-name-hint = Kunden sehen ihn in Mails und im Portal.
desk-default-language = Sprache, wenn nichts bekannt ist
desk-undo = Widerrufszeit in Sekunden
desk-undo-hint = So lange wartet eine gesendete Antwort, damit sie zurückgeholt werden kann.
desk-reopen = Tage zum Wiederöffnen
desk-reopen-hint = Danach erzeugt eine neue Nachricht ein neues, verknüpftes Ticket.
desk-warn = Vor einer Frist warnen, in Minuten
desk-warn-hint = Der Öffnungszeit. Leer: wenn ein Fünftel der zugesagten Zeit übrig ist.
desk-unassigned = Nicht zugewiesene Tickets melden nach, in Minuten
desk-unassigned-hint = Der Öffnungszeit, bei neuen Tickets. Leer: nie.
calendar-new = Neuer Kalender
calendar-hours = Wochenzeiten
calendar-hours-hint = Zeiträume wie 08:00-12:00, 13:00-17:00. 22:00-02:00 geht nach Mitternacht weiter.
calendar-closed = geschlossen
calendar-holidays = Feiertage
calendar-holidays-hint = Einer pro Zeile: 2026-04-03, oder 12-25 für jedes Jahr.
calendar-holidays-count = { $n ->
    [0] keine Feiertage
    [one] ein Feiertag
   *[other] { $n } Feiertage
 }
day-mon = Montag
day-tue = Dienstag
day-wed = Mittwoch
day-thu = Donnerstag
day-fri = Freitag
day-sat = Samstag
day-sun = Sonntag
promises-hint = Zeiten wie 30 min, 4 h oder 1 h 30 zählen in den Servicezeiten des Kalenders. Laufende Uhren behalten das Zugesagte.
promises-none = keine Zusage
mailbox-new = Postfach hinzufügen
mailbox-address = Adresse, an die Kunden schreiben
mailbox-display-name = Name in Antworten
mailbox-imap-host = IMAP-Server
mailbox-imap-port = IMAP-Port
mailbox-imap-hint = Lassen Sie den Server leer, wenn ein Mailserver die Mails für diese Adresse einliefert.
mailbox-security = Schutz
security-tls = TLS
security-starttls = STARTTLS
security-none = Keiner (nur dieselbe Maschine)
mailbox-auth = Anmeldung mit
auth-password = Kennwort
auth-xoauth2 = OAuth-Zugriffstoken
auth-application = Anwendung in Microsoft 365
mailbox-user = Benutzername
mailbox-secret = Passwort, Zugriffstoken oder Geheimnis der Anwendung
mailbox-application-hint = Für ein Postfach in Exchange Online (Server outlook.office365.com): Ein Administrator erteilt der Anwendung IMAP.AccessAsApp und dieses Postfach. Das Geheimnis oben ist das der Anwendung; Token werden geholt, wenn sie gebraucht werden, und niemand muss sich anmelden.
mailbox-password-kept = unverändert
mailbox-folder = Ordner
mailbox-remove = Postfach entfernen
tokens-empty = Keine Tokens
tokens-empty-text = Mit einem Token nutzt ein Skript die API mit genau den Rechten, die Sie wählen.
token-new = Neues Token
token-make = Token erzeugen
token-made = Ihr neues Token
token-made-text = Kopieren Sie es jetzt. Es wird nur dieses eine Mal gezeigt.
token-scopes = Was es darf
token-expires = Gültig bis (leer: ohne Ende)
token-until = gültig bis
token-withdraw = Widerrufen
audit-verify = Jetzt prüfen
audit-hint = Einträge werden kurz nach dem Schreiben versiegelt. Beim Prüfen wird jedes Siegel neu berechnet.
audit-whole = { $n ->
    [one] Der eine versiegelte Eintrag ist, wie er geschrieben wurde.
   *[other] Alle { $n } versiegelten Einträge sind, wie sie geschrieben wurden.
 }
audit-broken = Siegel { $seal } stimmt nicht: Ein Eintrag wurde nach dem Versiegeln geändert, hinzugefügt oder entfernt.
audit-when = Wann
audit-who = Wer
audit-what = Was
audit-sealed = Versiegelt
audit-unsealed = in Kürze
deed-desk-create = Desk angelegt
deed-settings-change = Einstellungen geändert
deed-calendar-add = Kalender angelegt
deed-calendar-change = Kalender geändert
deed-mailbox-add = Postfach angelegt
deed-mailbox-change = Postfach geändert
deed-mailbox-remove = Postfach entfernt
deed-token-create = API-Token erstellt
deed-token-revoke = API-Token widerrufen
deed-agent-add = Agent vom Betreiber angelegt
deed-agent-invite = Agent eingeladen
deed-agent-change = Agent geändert
deed-agent-profile = Eigenes Konto geändert
deed-agent-password = Kennwort vom Betreiber gesetzt
deed-team-add = Team angelegt
deed-team-members = Mitglieder eines Teams geändert
deed-session-begin = Angemeldet
deed-session-end = Abgemeldet
deed-password-forgotten = Link für neues Kennwort gesendet
deed-password-set = Kennwort per Link gesetzt
deed-password-change = Kennwort geändert
deed-portal-link = Anmeldelink gesendet
deed-customer-add = Kunde angelegt
deed-customer-change = Kunde geändert
deed-contact-add = Kontakt angelegt
deed-contact-change = Kontakt geändert
deed-ticket-open = Ticket eröffnet
deed-ticket-customer-message = Kunde hat geschrieben
deed-ticket-automatic-message = Automatische Nachricht eingegangen
deed-ticket-imported-answer = Alte Antwort importiert
deed-ticket-reply = Dem Kunden geantwortet
deed-ticket-take-back = Antwort zurückgenommen
deed-ticket-note = Interne Notiz geschrieben
deed-ticket-notice = Bearbeiter benachrichtigt
deed-ticket-change = Ticket geändert
deed-ticket-circle = Wer eine Sicherheitsmeldung sieht, geändert
deed-ticket-move = Status geändert
deed-ticket-merge = Tickets zusammengeführt
deed-ticket-undo = Änderung rückgängig gemacht
deed-ticket-wake = Ticket nicht mehr zurückgestellt
deed-mail-bounced = Eine Mail kam zurück
deed-mail-lost = Eine Mail wurde nicht zugestellt
theme-system = Wie mein Gerät
theme-light = Hell
theme-dark = Dunkel
theme-contrast = Hoher Kontrast

## Portal of contacts

help-title = Wie können wir helfen?
help-desk-title = Wer hilft Ihnen?
help-ask-text = Geben Sie Ihre E-Mail-Adresse ein. Wir senden Ihnen einen Link, ein Kennwort ist nicht nötig.
help-ask-go = Link senden
help-sent-title = Bitte Mails prüfen
help-sent-text = Wenn wir { $email } kennen, ist ein Link unterwegs.
help-sent-hint = Er funktioniert ein Mal und nur kurze Zeit. Sehen Sie auch im Spamordner nach.
help-sent-again = Neuen Link anfordern
help-confirm-title = Fast geschafft
help-confirm-text = Sie melden sich als { $email } an.
help-confirm-go = Anmelden
help-expired-title = Dieser Link gilt nicht mehr
help-expired-text = Links gelten einmal und nur kurze Zeit. Fordern Sie einen neuen an.
help-stranger-text = Keine Mail? Vielleicht kennen wir diese Adresse noch nicht. Schreiben Sie uns, wir antworten; danach können Sie Ihre Anfragen hier verfolgen.
help-tickets = Anfragen
help-scope = Wessen Anfragen
help-scope-mine = Meine Anfragen
help-scope-ours = Alle unserer Organisation
help-new = Neue Anfrage
help-empty = Noch keine Anfragen
help-empty-text = Ihre Anfragen und unsere Antworten erscheinen hier.
help-for = Für
help-service = Wobei brauchen Sie Hilfe?
help-subject = In einer Zeile
help-text = Was ist passiert?
help-text-hint = Was haben Sie getan, was erwartet und was stattdessen gesehen?
help-kind = Was für eine Anfrage ist es?
help-kind-billing = Eine Rechnung, ein Preis oder eine Zahlung
help-kind-subscription = Lizenzen: hinzufügen, entfernen, ändern
help-kind-technical = Etwas funktioniert nicht oder Sie wissen nicht, wie es geht
help-severity = Wie stark ist Ihre Arbeit betroffen?
help-severity-a = Die Arbeit steht still
help-severity-hint-a = Viele können nicht arbeiten, und es gibt keinen Ausweg.
help-severity-b = Die Arbeit ist erschwert
help-severity-hint-b = Etwas Wichtiges funktioniert nicht, aber Sie können weiterarbeiten.
help-severity-c = Ein kleines Problem oder eine Frage
help-severity-hint-c = Es hat etwas Zeit.
help-promise = Was wir Ihnen zusagen
help-send = Anfrage senden
help-agent = { $name } kümmert sich darum
help-due-answer = Antwort bis { $due }
help-due-solution = Lösung bis { $due }
help-answer = Ihre Antwort
help-answer-send = Senden
help-action-resolve = Das ist gelöst
help-action-close = Anfrage schließen
help-action-reopen = Wieder öffnen
help-state-new = Eingegangen
help-state-open = In Bearbeitung
help-state-waiting-customer = Wartet auf Sie
help-state-waiting-supplier = Bei unserem Lieferanten
help-state-resolved = Gelöst
help-state-closed = Geschlossen

## Ticket: its history

any = alle
none = keins
order-newest = Neueste zuerst
order-best = Bester Treffer zuerst
due-at = fällig { $when }
due-late = überfällig seit { $when }
due-paused = pausiert
clock-kept = eingehalten { $when }
clock-kept-late = verspätet erledigt, { $when }
clock-target = { $time } in { $calendar }
message-to = an { $names }
message-to-cc = an { $names }, Kopien an { $copies }
compose-newer = Jemand hat geschrieben, während Sie schrieben. Lesen Sie es erst und senden Sie dann noch einmal.
event-moved = { $who }: { $state }
event-assigned = { $who } hat es zugewiesen: { $to }
event-changed = { $who } hat geändert: { $what }
event-linked = Setzt #{ $number } fort
event-bounced = Die Mail an { $address } kam nicht an ({ $status })
event-taken-back = { $who } hat eine Antwort zurückgenommen
event-snoozed = { $who } hat es bis { $when } zurückgestellt
event-woken = Nicht mehr zurückgestellt
event-merged-into = { $who } hat es zusammengeführt mit
event-merged = { $who } hat hierher zusammengeführt:
event-undone = { $who } hat rückgängig gemacht: { $what }
undoable-move = Statusänderung
undoable-merge = Zusammenführung
undoable-bulk = Änderung mehrerer Tickets
event-told = { $what } · Mail an { $who }
actor-system = Der Desk
actor-stranger = Unbekannter Absender
warning-unknown-sender = Niemand in diesem Ticket ist unter dieser Adresse bekannt.
warning-failed-authentication = Die Domain des Absenders hat diese Mail nicht gesendet. Sie kann gefälscht sein.
warning-claims-to-be-agent = Die Adresse des Absenders gehört einem Agenten. Per Mail handelt niemand als Agent.
warning-other-reply-to = Antworten gingen an eine andere Adresse als die des Absenders.
warning-damaged = Diese Mail war nicht ganz lesbar. Sehen Sie das Original an.
warning-bulk = Das kam von einer Liste oder einem Massenversand.
warning-auto-reply = Das ist eine automatische Antwort.

occasion-answered = Der Kunde schreibt
occasion-assigned = Ich bekomme ein Ticket
occasion-due-soon = Eine Zusage läuft bald ab
occasion-overdue = Eine Zusage wurde verfehlt
occasion-unassigned = Niemand hat das Ticket übernommen
calendar-office-hours = Geschäftszeiten
glance = Auf einen Blick
glance-in-use = { $n } in Gebrauch
glance-promises = Zusagen
glance-none-due = nichts war fällig
glance-kept = { $kept } von { $n } gehalten
glance-window = in den letzten 90 Tagen eröffnet
glance-away = { $n ->
    [one] { $n } Ticket liegt bei jemand anderem
   *[other] { $n } Tickets liegen bei jemand anderem
}
glance-owes = Schuldet
glance-nothing = nichts
