# Was Lieferanten uns berechnen.

nav-billing = Abrechnung
payables = Was wir schulden
payables-text = Rechnungen von Microsoft und anderen Lieferanten, die neuesten zuerst.
payables-none = Noch keine Rechnung
payables-none-text = Sobald die Rechnung eines Lieferanten eingelesen ist, steht sie hier mit Betrag und Fälligkeit.

permission-payables-view = Sehen, was Lieferanten uns berechnen, Posten für Posten, und was fällig ist
permission-payables-manage = Rechnungen von Lieferanten einlesen, Zahlungen an sie erfassen, bestreiten und zurückfordern
permission-receivables-view = Sehen, was Kunden berechnet wird, was sie schulden und bezahlt haben
permission-receivables-manage = Rechnungen an Kunden ausstellen und gutschreiben, ihre Zahlungen erfassen
permission-charges-view = Bezahlten Support der Kunden sehen: Guthaben, Pakete, Sätze, erfasste Zeit
permission-charges-log = Zeit erfassen und kostenpflichtige Arbeit schätzen
permission-charges-manage = Sätze festlegen, Support im Voraus verkaufen, Kosten erlassen und berichtigen

## Invoices and what is due

payables-new = Rechnung erfassen
payables-owed = Offen
payables-overdue = { $amount } überfällig
payables-next = als Nächstes fällig am { $date }
payables-none-open = Nichts ist offen.
payables-number = Nummer
payables-supplier = Lieferant
payables-dated = Datum
payables-due = Fällig
payables-due-hint = Leer: 60 Tage nach dem Datum, wie bei Microsoft
payables-total = Summe
payables-open = Offen
payables-state = Stand
payables-lines = Posten
payables-left = { $n ->
    [0] heute
    [one] { $n } Arbeitstag
   *[other] { $n } Arbeitstage
}
payables-kind = Beleg
payables-amends = Hebt auf oder ersetzt (Nummer)
payables-begins = Abgerechnet von
payables-ends = Abgerechnet bis
payables-currency = Währung
payables-remark = Bemerkung
payables-period = Abgerechnet
payable-kind-invoice = Rechnung
payable-kind-void-note = Stornobeleg
payable-kind-adjustment-note = Berichtigungsbeleg
payable-standing-void = Aufgehoben
payable-standing-credit = Guthaben
payable-standing-paid = Bezahlt
payable-standing-open = Offen
payable-standing-overdue = Überfällig

## Lines against the invoice

payable-adds-up = Geht auf
payable-adds-up-text = Die Posten ergeben die Rechnung auf den letzten Cent.
payable-no-lines = Keine Posten
payable-no-lines-text = Noch sind keine Posten eingelesen: Nichts lässt sich prüfen.
payable-mixed = Währungen gemischt
payable-mixed-text = Posten stehen in anderen Währungen als die Rechnung. Über Währungen hinweg wird nichts summiert.
payable-off = { $amount } Differenz
payable-off-text = Posten minus Rechnung: { $amount }.
payable-why-tax = Das ist genau die Steuer der Posten.
payable-why-discounts = Das sind genau die Rabatte der Posten.
payable-why-rounding = So viel kann die Rundung der Posten ausmachen.
payable-why-unknown = Die Summen sagen nicht, warum: Posten fehlen oder sind zu viel.
payable-counted = Posten, die zählen
payable-details-only = { $n } Posten schlüsseln andere auf und zählen nicht.

## Files

payable-files = Dateien
payable-upload = Datei einlesen
payable-upload-hint = Eine Abstimmungsdatei (CSV), Posten (JSON) oder die Rechnung als PDF
payable-broken = Wenn Zeilen fehlerhaft sind
payable-broken-nothing = nichts einlesen
payable-broken-rest = den Rest einlesen
payable-content-lines = { $n } Posten
payable-content-document = Dokument
payable-content-unknown = Unbekannter Aufbau
payable-lacks = Spalten, die fehlen oder doppelt sind: { $columns }
payable-twice = Diese Datei ist schon da. Es ist nichts geschehen.
payable-refused = { $n } Zeilen sind fehlerhaft; darum wurde nichts eingelesen.
payable-not-taken = { $n } Zeilen wurden nicht übernommen
payable-fault = Zeile { $row }, { $column }
payable-fault-row = Zeile { $row }
payable-wrong-not-a-number = keine Zahl
payable-wrong-not-a-date = kein Datum
payable-wrong-not-a-currency = keine Währung
payable-wrong-missing = leer
payable-wrong-cells = nicht so viele Zellen wie die Kopfzeile
payable-wrong-other-invoice = gehört zu einer anderen Rechnung
payable-wrong-too-large = mehr, als sich zählen lässt
payable-wrong-not-text = kein Text
payable-layout-legacy-license = Lizenzen, alter Handel
payable-layout-legacy-usage = Nutzung, alter Handel
payable-layout-new-commerce = Neuer Handel
payable-layout-daily-rated = Nutzung Tag für Tag, mit Preisen
payable-layout-daily-usage = Nutzung Tag für Tag, ohne Preise
payable-layout-plain = Einfache Tabelle
payable-remove-file = Datei mit ihren Posten entfernen

## For whom, and payments

payable-shares = Für wen
payable-customer = Kunde
payable-nobody = Niemand genannt
payable-all-lines = Alle Posten
payable-compare = Warum mehr oder weniger?
payable-payments = Zahlungen
payable-pay = Zahlung erfassen
payable-no-payments = Noch wurde nichts bezahlt.
payable-amount = Betrag
payable-paid-on = Bezahlt am
payable-reference = Referenz
payable-by = Erfasst von
payable-change = Fälligkeit und Bemerkung

## A line, explained

payable-line = Posten { $n }
payable-product = Produkt
payable-charge = Art
payable-quantity = Menge
payable-subscription = Abonnement
payable-order = Bestellung
payable-term = Laufzeit
payable-cycle = Rhythmus
payable-rate = Wechselkurs
payable-promotion = Aktion
payable-adjustments = Der Lieferant sagt
payable-row = Zeile { $row } der Datei
payable-explained = Wie der Betrag entsteht
payable-whole = Allein die Rechnung ergibt die Summe.
payable-not-whole = Die eigenen Zahlen des Lieferanten ergeben seinen Betrag nicht ganz. Der Unterschied ist ein eigener Schritt.
billing-step-price = Der Listenpreis für eine Einheit ist { $result }.
billing-step-effective = In diesem Posten kostet eine Einheit { $result }; wie das aus dem Listenpreis folgt, sagt der Lieferant nicht.
billing-step-times = Für { $by }: { $before } × { $by } = { $result }.
billing-step-per-day = Jeder der { $of } Tage des Zeitraums: { $before } ÷ { $of } = { $result }.
billing-step-for-days = Für { $by } Tage: { $before } × { $by } = { $result }.
billing-step-days = { $by } von { $of } Tagen werden berechnet: { $before } × { $by } ÷ { $of } = { $result }.
billing-step-each = Für jede von { $of }: { $before } ÷ { $of } = { $result }.
billing-step-percent = { $by } % gehen vom Preis ab: { $result }.
billing-step-exchange = Zum Kurs { $by }: { $before } × { $by } = { $result }.
billing-step-round = Auf { $by } Stellen gerundet: { $result }.
billing-step-cut = Nach { $by } Stellen abgeschnitten: { $result }.
billing-step-given-back = Es wird zurückgegeben: { $result }.
billing-step-rounding = Der Lieferant rundet auf seine Weise: { $by } mehr oder weniger ergibt { $result }.
billing-step-unexplained = Der Betrag des Lieferanten weicht um { $by } ab, und der Posten sagt nicht, warum: { $result }.
billing-step-discount = Rabatt: { $before } − { $by } = { $result }.
billing-step-tax = Steuer: { $before } + { $by } = { $result }.

## Two months

payable-months = { $name }: { $month } gegen den Vormonat
payable-months-text = Rechnungen nach ihrem Datum. Jeder Teil ist genau; zusammen sind sie der Unterschied.
payable-months-none = Keine Posten in diesen Monaten
payable-months-none-text = Keine Rechnung dieser Monate hat Posten für diesen Kunden.
payable-months-cut = Es gibt mehr Posten, als sich vergleichen lassen. Diese Zahlen umfassen nicht alle.
payable-month-before = Vormonat
payable-month-now = Dieser Monat
payable-why = Warum
payable-difference = Unterschied
payable-earlier = Monat davor
payable-later = Monat danach
payable-picture = Bild
payable-cause-seats = Lizenzen oder Nutzung
payable-cause-price = Listenpreis
payable-cause-days = Tage
payable-cause-promotion = Aktion oder Nachlass
payable-cause-currency = Wechselkurs
payable-cause-new = Neu
payable-cause-gone = Entfallen
payable-cause-tax = Steuer
payable-cause-rest = Rundung und Übriges

## What a line charges

payable-charge-activation-fee = Aktivierungsgebühr
payable-charge-cancel-fee = Kündigung: Der Zeitraum wird zurückgegeben
payable-charge-cancel-prorate = Lizenzen zurückgegeben, anteilig
payable-charge-cycle-fee = Preis des Zeitraums
payable-charge-cycle-prorate = Lizenzen im Zeitraum, anteilig
payable-charge-prorate-cancel = Ungenutzter Teil nach Kündigung
payable-charge-prorate-convert-away = Ungenutzter Teil nach Umwandlung
payable-charge-prorate-convert-to = Rest des Zeitraums nach Umwandlung
payable-charge-prorate-purchase = Rest des Zeitraums nach Kauf
payable-charge-prorate-activate = Rest des Zeitraums nach Aktivierung
payable-charge-prorate-renew = Teil eines Zeitraums bei Verlängerung
payable-charge-purchase-fee = Erster Zeitraum nach Kauf
payable-charge-usage-fee = Nutzung im Zeitraum
payable-charge-usage-at-cancel = Nutzung bis zur Kündigung
payable-charge-offset = Nimmt einen anderen Posten zurück
payable-charge-activation-discount = Rabatt bei Aktivierung
payable-charge-cycle-discount = Rabatt auf den Zeitraum
payable-charge-renew-discount = Rabatt bei Verlängerung
payable-charge-cancel-discount = Rabatt bei Kündigung
payable-charge-new = Neukauf
payable-charge-renew = Verlängerung
payable-charge-cycle-charge = Preis des Zeitraums
payable-charge-add-quantity = Mehr Lizenzen
payable-charge-remove-quantity = Weniger Lizenzen
payable-charge-move-quantity = Lizenzen verschoben
payable-charge-cancel-immediate = Sofort gekündigt
payable-charge-convert = Umgewandelt
payable-charge-change-billing-plan = Anderer Abrechnungsrhythmus
payable-charge-customer-credit = Gutschrift für den Kunden
payable-charge-extend-term = Laufzeit verlängert
payable-charge-unknown = Unbekannte Art

## The audit log

deed-payable-add = Rechnung eines Lieferanten erfasst
deed-payable-change = Rechnung eines Lieferanten geändert
deed-payable-import = Datei zur Rechnung eines Lieferanten eingelesen
deed-payable-remove = Datei zur Rechnung eines Lieferanten entfernt
deed-payable-pay = Zahlung an einen Lieferanten erfasst
