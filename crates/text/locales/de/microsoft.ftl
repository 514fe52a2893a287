# The desk's connection to Microsoft, and what is read by it.

settings-microsoft = Microsoft
microsoft-going = Sie werden zur Anmeldung bei Microsoft geleitet.
microsoft-go = Weiter
microsoft-standing = Stand
microsoft-says = Microsoft meldet:
microsoft-current = Alles in Ordnung
microsoft-until = Nächster Versuch
microsoft-consented = Zustimmung erteilt
microsoft-consent = Anmelden und zustimmen
microsoft-check = Jetzt prüfen
microsoft-events = Ereignisse hierher senden lassen
microsoft-events-on = Ereignisse kommen hierher
microsoft-what = Was gelesen wird
microsoft-how = Zustand
microsoft-read = Zuletzt gelesen
microsoft-health = Dienststatus
microsoft-unlinked = Kunden bei Microsoft, die hier niemand kennt
microsoft-unlinked-text = { $n ->
    [one] { $n } Mandant ist noch keinem Kunden zugeordnet.
   *[other] { $n } Mandanten sind noch keinem Kunden zugeordnet.
}
microsoft-link-named = Wem gehört { $name }?
microsoft-new-customer = Ein neuer Kunde
microsoft-link = Zuordnen
microsoft-profile = Der Supportkontakt, den Kunden bei Microsoft sehen
microsoft-profile-differs = Kein Postfach dieses Desks hat diese Adresse: Wer dorthin schreibt, erreicht Sie hier nicht.
microsoft-partners = Andere Partner
microsoft-connection = Verbindung
microsoft-connection-text = Eine Anwendung im Mandanten des Partners und die Zustimmung eines Agenten. Tragen Sie bei der Anwendung diese Umleitungsadresse ein:
microsoft-cloud = Cloud
microsoft-tenant = Mandanten-ID des Partners
microsoft-application = Anwendungs-ID
microsoft-secret = Anwendungsgeheimnis
microsoft-token = Aktualisierungstoken, falls vorhanden
microsoft-adds-customers = Kunden aus der Liste von Microsoft anlegen, die hier niemand kennt
microsoft-disconnect = Verbindung trennen
microsoft-tenants = { $n ->
    [one] { $n } Mandant
   *[other] { $n } Mandanten
}
microsoft-seen = Von Microsoft bestätigt
microsoft-no-issues = Laut Microsoft ist nichts gestört.
microsoft-requests = Serviceanfragen bei Microsoft
microsoft-no-requests = Keine ist offen.

## How something stands

microsoft-state-never = noch nicht gelesen
microsoft-state-current = aktuell
microsoft-state-unconsented = noch keine Zustimmung
microsoft-state-consent = Zustimmung abgelaufen
microsoft-state-throttled = Microsoft bittet um Geduld
microsoft-state-failing = keine Antwort
microsoft-state-refused = abgelehnt
microsoft-state-not-offered = in dieser Cloud nicht verfügbar
microsoft-state-no-admin = keine delegierte Administration
microsoft-state-gone = bei Microsoft nicht mehr unser Kunde
microsoft-explain-never = Es wurde noch nichts gelesen. Das geschieht gleich.
microsoft-explain-current = Microsoft antwortet, und was hier gelesen wird, ist aktuell.
microsoft-explain-unconsented = Ein Agent mit zweitem Faktor muss sich einmal bei Microsoft anmelden und zustimmen.
microsoft-explain-consent = Microsoft nimmt die Zustimmung nicht mehr an. Nichts ist verloren: Melden Sie sich an und stimmen Sie erneut zu, dann wird alles wie zuvor gelesen.
microsoft-explain-throttled = Microsoft möchte eine Weile nicht gefragt werden. Danach geht es von selbst weiter.
microsoft-explain-failing = Microsoft antwortet nicht oder nicht lesbar. Es wird von selbst immer seltener erneut versucht; was zuvor gelesen wurde, bleibt.
microsoft-explain-refused = Microsoft hat verstanden und lehnt ab: Meist fehlt dem Agenten, der zugestimmt hat, dort eine Rolle.
microsoft-explain-not-offered = Diese Cloud bietet nichts davon. Was fehlt, geht über das Portal des Betreibers.
microsoft-explain-no-admin = Der Kunde hat die delegierte Administration zurückgenommen.
microsoft-explain-gone = Die Beziehung zum Kunden ist bei Microsoft beendet.

## What is read

microsoft-reads-customers = Kunden
microsoft-reads-customer = Kunde
microsoft-reads-health = Dienststatus
microsoft-reads-requests = Serviceanfragen
microsoft-reads-partners = Andere Partner
microsoft-reads-profile = Supportkontakt
microsoft-reads-log = Aktivitätsprotokoll
microsoft-reads-events = Ereignisse

## Clouds, delegated admin, service requests

microsoft-cloud-commercial = kommerzielle Cloud
microsoft-cloud-us-government = US Government
microsoft-cloud-china = 21Vianet (China)
microsoft-cloud-germany = Deutschland (geschlossen)
microsoft-admin-yes = Delegierte Administration
microsoft-admin-no = Keine delegierte Administration
microsoft-admin-unknown = Delegierte Administration unbekannt
microsoft-request-none = Stand unbekannt
microsoft-request-open = offen
microsoft-request-closed = geschlossen
microsoft-request-attention-needed = Microsoft wartet auf uns

## Microsoft's words for how an issue stands

microsoft-issue-unknown-future-value = unbekannt
microsoft-issue-service-operational = funktioniert
microsoft-issue-investigating = wird untersucht
microsoft-issue-restoring-service = wird wiederhergestellt
microsoft-issue-verifying-service = wieder da, wird beobachtet
microsoft-issue-service-restored = wiederhergestellt
microsoft-issue-post-incident-review-published = wiederhergestellt, Bericht veröffentlicht
microsoft-issue-service-degradation = beeinträchtigt
microsoft-issue-service-interruption = ausgefallen
microsoft-issue-extended-recovery = wieder da, für einige später
microsoft-issue-false-positive = Fehlalarm
microsoft-issue-investigation-suspended = Untersuchung ausgesetzt
microsoft-issue-resolved = gelöst
microsoft-issue-mitigated-external = durch andere gemildert
microsoft-issue-mitigated = gemildert
microsoft-issue-resolved-external = durch andere gelöst
microsoft-issue-confirmed = bestätigt
microsoft-issue-reported = gemeldet

## What was done, and what went wrong

deed-microsoft-connect = Verbindung zu Microsoft geändert
deed-microsoft-consent = Bei Microsoft zugestimmt
deed-microsoft-disconnect = Verbindung zu Microsoft getrennt
deed-tenant-link = Ein Mandant wurde einem Kunden zugeordnet
problem-consent-invalid = Dieser Rückweg von Microsoft gilt nicht mehr oder gehört zu einer anderen Sitzung. Nichts wurde geändert. Beginnen Sie die Zustimmung erneut.
problem-consent-refused = Microsoft hat die Zustimmung nicht erteilt. Der Grund steht unten; die Verbindung ist wie zuvor.
problem-not-connected = Dieser Desk ist noch nicht mit Microsoft verbunden. Speichern Sie zuerst die Verbindung.
problem-not-a-guid = Das ist keine ID von Microsoft. Sie hat 32 Buchstaben und Ziffern, etwa 250d7b4d-328c-4c3d-8201-df3f85cc8b8c.

## Letters to those who look after the connection

mail-microsoft-consent-subject = { $desk }: Microsoft verlangt eine neue Zustimmung
mail-microsoft-consent-body = Microsoft nimmt die Zustimmung des Desks nicht mehr an. Bis sich ein Agent anmeldet und erneut zustimmt, wird dort nichts gelesen. Was zuvor gelesen wurde, bleibt; nichts geht verloren.
mail-microsoft-failing-subject = { $desk }: Microsoft antwortet seit einer Weile nicht
mail-microsoft-failing-body = Seit { $since } konnte bei Microsoft nichts gelesen werden. Es wird von selbst erneut versucht.
mail-microsoft-never-body = Bisher konnte bei Microsoft nichts gelesen werden. Es wird von selbst erneut versucht.
mail-microsoft-lost-subject = { $customer } hat unsere delegierte Administration beendet
mail-microsoft-lost-body = Bei Microsoft hat { $customer } die delegierte Administration zurückgenommen. Bis sie wieder erteilt wird, können wir dort keine Serviceanfragen stellen und sehen den Zustand der Dienste nicht.
mail-microsoft-open = Verbindung öffnen
mail-microsoft-reason = Microsoft meldet
