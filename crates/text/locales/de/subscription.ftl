# Subscriptions: what customers have bought at Microsoft, what comes due, what is done with it.

## Pages

nav-subscriptions = Abonnements
subscriptions-due = Was ansteht
subscriptions-due-text = Verlängerungen, Laufzeit- und Testenden, Fristen und Fenster, die sich schließen, in den Abonnements aller Kunden. Tage sind Arbeitstage nach dem Kalender des Desks.
subscriptions-due-none = Nichts steht an
subscriptions-due-none-text = In dieser Zeit endet, verlängert oder schließt sich nichts. Auch ein Desk ohne Verbindung zu Microsoft hat hier nichts.
subscriptions-days = Nächste { $n } Tage
subscriptions-range = Zeitraum
subscriptions-when = Wann
subscriptions-what = Was
subscriptions-whose = Kunde
subscriptions-nobodys = Noch keinem Kunden zugeordnet
subscriptions-of = Abonnements von { $name }
subscriptions-none = Keine Abonnements bekannt
subscriptions-none-text = Entweder wurde nichts gekauft, oder der Kunde ist mit keinem Mandanten bei Microsoft verknüpft, oder es wurde noch nicht gelesen.
subscriptions-read = Gelesen { $time }
subscription-old = Diese Lesung ist fehlgeschlagen oder alt. Was hier steht, stimmt vielleicht nicht mehr; darauf wird nichts getan.
subscription-gone = Es steht nicht mehr auf der Liste von Microsoft.
subscription-refresh = Neu lesen
subscription-drift = Ohne uns geändert
subscription-timeline = Zeitverlauf
subscription-ahead = Daten
subscription-facts = Was bekannt ist
subscription-state = Status
subscription-since = seit { $time }
subscription-licences = Lizenzen
subscription-by-use = nach Verbrauch abgerechnet
subscription-quantity = { $n } Lizenzen
subscription-kind = Art
subscription-term-of = Laufzeit
subscription-renews = Automatische Verlängerung
subscription-on = ein
subscription-off = aus
subscription-next-term = Nächste Laufzeit
subscription-trial = Testversion
subscription-parent = Add-On zu
subscription-add-ons = Add-Ons
subscription-azure = Aktive Azure-Abonnements
subscription-unknown = unbekannt
subscription-id = Kennung bei Microsoft
subscription-history = Verlauf
subscription-history-none = Seit der ersten Lesung hat sich nichts geändert.
subscription-actions = Was getan werden kann
subscription-may-not = Mit Ihren Rollen können Sie hier nur lesen.
subscription-number = Anzahl der Lizenzen danach
subscription-preview = Vorschau
subscription-preview-of = { $action }: { $name }
subscription-preview-text = Es wurde eben bei Microsoft gelesen. Das würde geschehen:
subscription-from-to = { $before } → { $after } Lizenzen
subscription-confirm = Ausführen
subscription-because = Ticketnummer
subscription-reason = Grund
subscription-reason-hint = Auf wessen Wunsch? Eine Ticketnummer oder ein Grund ist nötig.
subscription-back = Zurück, ohne es zu tun
subscription-open = In Arbeit
subscription-withdraw = Zurücknehmen
subscription-by = { $name }, { $time }
subscription-microsoft-says = Microsoft sagt: { $words }
subscription-may = Möglich
subscription-may-until = Möglich bis { $time }
subscription-not = Nicht möglich
subscription-next-at = Wieder möglich ab { $time }.
subscription-never = Es gibt keinen späteren Zeitpunkt, zu dem es möglich wird.
subscription-elsewhere = Im Partner Center selbst, über die Bestellung, bis { $time }.
subscription-cannot-say = Das kann niemand sagen, also wird es nicht getan. Nicht bekannt:
subscription-source = Quelle
subscription-unverified = nicht Microsofts eigener Text
subscription-days-left = { $n ->
    [0] heute
    [one] in { $n } Arbeitstag
   *[other] in { $n } Arbeitstagen
}
subscription-picture = Von { $from } bis { $to }; die Daten stehen daneben.
subscription-change-line = { $field }: { $before } → { $after }
subscription-nothing = –
subscription-yes = ja
subscription-no = nein

## Kinds, states, terms

subscription-era-legacy = Bisheriges Modell
subscription-era-new-commerce = New Commerce
subscription-era-azure-plan = Azure-Plan
subscription-era-perpetual = Unbefristete Software
subscription-era-software = Software-Abonnement
subscription-era-marketplace = Marketplace
subscription-era-unknown = Art unbekannt
subscription-status-none = Status unbekannt
subscription-status-active = Aktiv
subscription-status-pending = Wird eingerichtet
subscription-status-suspended = Ausgesetzt
subscription-status-expired = Abgelaufen
subscription-status-disabled = Deaktiviert
subscription-status-deleted = Gelöscht
subscription-term-p1m = 1 Monat
subscription-term-p1y = 1 Jahr
subscription-term-p3y = 3 Jahre

## What can be done, and what comes of it

subscription-action-add = Lizenzen hinzufügen
subscription-action-reduce = Lizenzen entfernen
subscription-action-renew-on = Automatische Verlängerung einschalten
subscription-action-renew-off = Automatische Verlängerung ausschalten
subscription-action-cancel = Kündigen
subscription-action-suspend = Aussetzen
subscription-action-reactivate = Erneut aktivieren
subscription-action-schedule = Lizenzen für die nächste Laufzeit planen
subscription-action-unschedule = Geplantes verwerfen
subscription-effect-users-out = Benutzer können sich ab sofort nicht mehr anmelden und es nicht mehr nutzen. Administratoren erreichen die Daten weiterhin.
subscription-effect-users-in = Benutzer können es wieder nutzen.
subscription-effect-final = Das lässt sich nicht rückgängig machen.
subscription-effect-not-billed = Microsoft berechnet uns nichts mehr.
subscription-effect-billed-again = Microsoft berechnet uns ab jetzt wieder.
subscription-effect-billed-more = Microsoft berechnet uns die zusätzlichen Lizenzen ab jetzt.
subscription-effect-paid-back = Microsoft erstattet alles.
subscription-effect-paid-back-in-part = Microsoft erstattet die restliche Zeit, tagesgenau.
subscription-effect-renews-no-more = Die automatische Verlängerung wird ausgeschaltet.
subscription-effect-renewal-stays-off = Die automatische Verlängerung bleibt aus, bis jemand sie wieder einschaltet.
subscription-effect-schedule-gone = Was für die nächste Laufzeit geplant ist, wird entfernt.
subscription-effect-reversible = Es lässt sich bis { $time } rückgängig machen.
subscription-effect-data-until = Administratoren erreichen die Daten bis { $time }.
subscription-effect-data-gone = Wenn niemand etwas tut, werden die Daten am { $time } oder später gelöscht.
subscription-effect-billed-until = Microsoft berechnet uns weiter bis { $time }.
subscription-effect-renews-at = Es verlängert sich am { $time } von selbst.
subscription-effect-ends-at = Es endet am { $time }.
subscription-effect-from = Es gilt ab { $time }.
subscription-effect-given-back-until = Die hinzugefügten Lizenzen lassen sich bis { $time } zurückgeben.
subscription-effect-bound-until = Danach bleiben sie bis { $time }.
subscription-effect-add-ons = { $n ->
    [one] { $n } Add-On geht mit.
   *[other] { $n } Add-Ons gehen mit.
}

## Dates

subscription-occasion-term-began = Gekauft oder verlängert
subscription-occasion-suspended = Ausgesetzt
subscription-occasion-cancel-until = Kündigungsfenster schließt sich
subscription-occasion-reduce-until = Lizenzen lassen sich nicht mehr zurückgeben
subscription-occasion-trial-end = Testversion endet und wird dann bezahlt
subscription-occasion-renewal = Verlängerung
subscription-occasion-term-end = Ende der Laufzeit
subscription-occasion-reactivate-until = Frist zur erneuten Aktivierung
subscription-occasion-disabled = Nur noch Administratoren erreichen die Daten
subscription-occasion-data-gone = Daten können gelöscht werden

## How far something is, and who changed what

subscription-progress-waiting = Wartet auf das Senden
subscription-progress-sent = Gesendet, Ankunft ungewiss
subscription-progress-taken = Microsoft hat es angenommen
subscription-progress-done = Erledigt, die Lesung zeigt es
subscription-progress-overtaken = Überholt
subscription-progress-forbidden = Eine Regel steht dagegen
subscription-progress-refused = Microsoft hat abgelehnt
subscription-progress-expired = Zu spät zum Senden
subscription-progress-lost = Nicht bestätigt
subscription-progress-withdrawn = Zurückgenommen
subscription-ended-overtaken = Das Abonnement war nicht mehr so, wie Sie es gesehen hatten, also wurde nichts gesendet. Sehen Sie es an und entscheiden Sie neu.
subscription-ended-forbidden = Als es gesendet werden sollte, stand eine Regel dagegen. Es wurde nichts gesendet.
subscription-ended-refused = Microsoft hat abgelehnt. Es wurde nichts geändert.
subscription-ended-expired = Es konnte einen Tag lang nicht gesendet werden und wird nun nicht mehr gesendet. Entscheiden Sie neu.
subscription-ended-lost = Es wurde gesendet, und einen Tag lang hat es keine Lesung gezeigt. Sehen Sie im Partner Center nach, was daraus wurde.
subscription-cause-ours = durch uns
subscription-cause-time = im Lauf der Zeit
subscription-cause-elsewhere = ohne uns
subscription-field-status = Status
subscription-field-quantity = Lizenzen
subscription-field-auto-renew = Automatische Verlängerung
subscription-field-term-ends = Ende der Laufzeit
subscription-field-scheduled = Lizenzen der nächsten Laufzeit
subscription-field-trial = Testversion

## When it will be possible, and what is not known

subscription-next-reactivated = Möglich nach der erneuten Aktivierung.
subscription-next-parent = Möglich, wenn das aktiv ist, wozu es ein Add-On ist.
subscription-next-azure-cancelled = Möglich, wenn die Azure-Abonnements darin einzeln gekündigt sind.
subscription-next-provisioned = Möglich, sobald es eingerichtet ist.
subscription-next-renew-on = Möglich, nachdem die automatische Verlängerung eingeschaltet ist.
subscription-next-suspend = Setzen Sie es stattdessen aus.
subscription-next-done = Es ist schon so.
subscription-lack-era = nach welchen Regeln von Microsoft es läuft
subscription-lack-status = wie es steht
subscription-lack-term = für wie lange es gekauft wurde
subscription-lack-term-began = wann es gekauft oder verlängert wurde
subscription-lack-term-ends = wann die Laufzeit endet
subscription-lack-refundable = wann Lizenzen hinzugefügt wurden
subscription-lack-status-since = seit wann es ausgesetzt ist
subscription-lack-parent = wie das steht, wozu es ein Add-On ist
subscription-lack-azure-active = ob darin Azure-Abonnements aktiv sind
subscription-lack-account = wann das Konto eröffnet wurde: Microsoft zeigt den letzten Tag im Partner Center
subscription-lack-renewal = was Microsoft am Ende der Laufzeit daraus gemacht hat: lesen Sie es neu
subscription-lack-document = ein Wort dazu in Microsofts Dokumentation

## Microsoft’s rules, by row

subscription-rule-over = Was abgelaufen, deaktiviert oder gelöscht ist, lässt sich nicht mehr ändern.
subscription-rule-not-provisioned = Microsoft richtet es noch ein.
subscription-rule-already-suspended = Es ist ausgesetzt.
subscription-rule-already-active = Es ist aktiv.
subscription-rule-already-renews = Die automatische Verlängerung ist eingeschaltet.
subscription-rule-already-ends = Die automatische Verlängerung ist ausgeschaltet.
subscription-rule-suspended-stays-as-it-is = Was ausgesetzt ist, lässt sich nicht ändern.
subscription-rule-add-on-follows = Ein Add-On lässt sich nicht vor dem aktivieren, wozu es gehört.
subscription-rule-by-use = Es wird nach Verbrauch abgerechnet und hat keine zählbaren Lizenzen.
subscription-rule-nce-renewing = Microsoft verlängert es am Tag nach dem Ende der Laufzeit; solange lässt sich nichts ändern.
subscription-rule-nce-trial = Der Status einer Testversion lässt sich vor ihrem Ende nicht ändern.
subscription-rule-nce-trial-seats = Eine Testversion hat 25 Lizenzen, nicht mehr und nicht weniger.
subscription-rule-nce-add = Lizenzen lassen sich jederzeit hinzufügen.
subscription-rule-nce-reduce-72h = Lizenzen lassen sich binnen 72 Stunden zurückgeben, nachdem sie hinzugefügt wurden.
subscription-rule-nce-reduce-7d = Lizenzen lassen sich binnen 7 Tagen zurückgeben, nachdem sie hinzugefügt oder verlängert wurden.
subscription-rule-nce-cancel-72h = Es lässt sich binnen 72 Stunden nach Kauf oder Verlängerung kündigen.
subscription-rule-nce-cancel-7d = Es lässt sich binnen 7 Tagen nach Kauf oder Verlängerung kündigen.
subscription-rule-nce-suspend = Es lässt sich jederzeit aussetzen; Microsoft rechnet weiter ab.
subscription-rule-nce-suspended-at-end = Die Laufzeit endete, während es ausgesetzt war; es gibt keinen Weg zurück.
subscription-rule-nce-reactivate = Es lässt sich bis zum Ende der Laufzeit erneut aktivieren.
subscription-rule-nce-renew = Die automatische Verlängerung lässt sich jederzeit umschalten, solange es aktiv ist.
subscription-rule-nce-schedule-needs-renewal = Eine Änderung lässt sich nur planen, wenn sich die Laufzeit automatisch verlängert.
subscription-rule-nce-schedule = Die nächste Laufzeit lässt sich jederzeit planen, solange es aktiv ist.
subscription-rule-nce-nothing-scheduled = Es ist nichts geplant.
subscription-rule-nce-unschedule = Geplantes lässt sich bis zum Ende der Laufzeit verwerfen.
subscription-rule-legacy-quantity = Lizenzen lassen sich jederzeit hinzufügen und entfernen.
subscription-rule-legacy-renew = Die automatische Verlängerung lässt sich jederzeit umschalten, solange es aktiv ist.
subscription-rule-legacy-suspend = Es lässt sich jederzeit aussetzen; Microsoft rechnet nicht weiter ab.
subscription-rule-legacy-reactivate-60d-china = Bei 21Vianet lässt es sich binnen 60 Tagen nach dem Aussetzen erneut aktivieren.
subscription-rule-legacy-reactivate-60d = Es ließ sich binnen 60 Tagen nach dem Aussetzen erneut aktivieren.
subscription-rule-legacy-reactivate-90d = Es lässt sich binnen 90 Tagen nach dem Aussetzen erneut aktivieren, bei manchen Konten bis zu 120.
subscription-rule-legacy-cancel = Ein Abonnement des bisherigen Modells wird nicht gekündigt, sondern ausgesetzt; Microsoft löscht es, wenn niemand es erneut aktiviert.
subscription-rule-legacy-no-schedule = Änderungen lassen sich nur bei New Commerce planen.
subscription-rule-azure-plan-in-use = Ein Azure-Plan lässt sich nicht aussetzen, solange darin Azure-Abonnements aktiv sind.
subscription-rule-azure-plan-suspend = Ein Azure-Plan, in dem nichts aktiv ist, lässt sich aussetzen.
subscription-rule-azure-plan-reactivate = Ein ausgesetzter Azure-Plan lässt sich erneut aktivieren.
subscription-rule-azure-plan-no-term = Ein Azure-Plan hat keine Laufzeit: Er wird weder verlängert noch gekündigt.
subscription-rule-perpetual-cancel = Unbefristete Software lässt sich binnen 30 Tagen nach dem Kauf zurückgeben, über die Bestellung.
subscription-rule-software-cancel-30d = Ein Software-Abonnement ließ sich binnen 30 Tagen nach dem Kauf zurückgeben, über die Bestellung.
subscription-rule-software-cancel-7d = Ein Software-Abonnement lässt sich binnen 7 Tagen nach dem Kauf zurückgeben, über die Bestellung.
subscription-rule-software-whole = Software wird nur ganz zurückgegeben, nicht lizenzweise.
subscription-rule-marketplace-cancel-24h = Ein Marketplace-Produkt für einen Monat lässt sich binnen 24 Stunden nach dem Kauf kündigen.
subscription-rule-marketplace-cancel-14d = Ein Marketplace-Produkt für ein Jahr oder länger lässt sich binnen 14 Tagen nach dem Kauf kündigen.
subscription-rule-marketplace-cancel-72h = Ein Marketplace-Produkt lässt sich binnen 72 Stunden nach dem Kauf kündigen.
subscription-rule-marketplace-renew = Die automatische Verlängerung eines Marketplace-Produkts lässt sich jederzeit umschalten, solange es aktiv ist.

## What can go wrong, rights, log, letters

problem-not-offered = Diese Cloud von Microsoft bietet das nicht.
problem-microsoft-later = Microsoft antwortet gerade nicht oder bittet um Geduld. Auf einer alten Lesung wird nichts getan: Versuchen Sie es in einigen Minuten noch einmal.
problem-microsoft-consent = Microsoft nimmt die Zustimmung des Desks nicht mehr an. Wer die Verbindung betreut, muss sich anmelden und erneut zustimmen.
problem-microsoft-gone = Microsoft führt dieses Abonnement nicht mehr für uns.
problem-microsoft-refused = Microsoft hat die Antwort verweigert. Dem Agenten, der zugestimmt hat, fehlt vielleicht die Rolle.
problem-act-open = Mit diesem Abonnement geschieht schon etwas. Warten Sie, bis das beendet ist.
problem-not-possible = Eine Regel von Microsoft steht dagegen. Die Seite des Abonnements sagt welche, und wann es möglich ist.
permission-subscriptions-view = Sehen, was Kunden bei Microsoft gekauft haben und was ansteht
permission-subscriptions-manage = Abonnements ändern: Lizenzen, automatische Verlängerung, aussetzen, erneut aktivieren
permission-subscriptions-cancel = Abonnements kündigen
deed-subscription-ask = Über ein Abonnement wurde etwas entschieden
deed-subscription-end = Was über ein Abonnement entschieden wurde, ist beendet
deed-subscription-withdraw = Eine Entscheidung über ein Abonnement wurde zurückgenommen
microsoft-reads-subscriptions = Abonnements
done-deciding = Entschieden. Es geschieht gleich; diese Seite zeigt, wann die Lesung es bestätigt.
done-read-again = Eben bei Microsoft gelesen.
mail-subscription-subject = Nicht ausgeführt: { $action } – { $name }
mail-subscription-body = Was Sie am { $time } entschieden haben, ist nicht wie vorgesehen ausgegangen.
mail-subscription-reason = Der Grund
mail-subscription-open = Abonnement öffnen
