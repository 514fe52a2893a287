# Abrechnung von Support: Anspruch, Zeit, Bestätigung, Guthaben, Zeilen für die Rechnung.

charging = Abrechnung
charge-basis-plan = Im Plan enthalten
charge-basis-prepaid = Bezahlte Stunden
charge-basis-pack = Fallpaket
charge-basis-incident = Preis je Fall
charge-basis-hourly = Nach Stunden
charge-basis-free = Kostenlos
charge-basis-microsoft = Fehler von Microsoft
charge-basis-ask = Zu vereinbaren
charge-why-plan = Enthalten in { $name }.
charge-why-prepaid = Aus { $name }; noch { $left }.
charge-why-beyond = Danach { $price } je Stunde, sobald es bestätigt ist.
charge-why-beyond-unknown = Was danach kommt, ist erst zu vereinbaren.
charge-why-pack =
    { $left ->
        [one] Ein Fall aus { $name }; danach bleibt noch { $left }.
       *[other] Ein Fall aus { $name }; danach bleiben noch { $left }.
    }
charge-why-incident = { $price } für den Fall, sobald es bestätigt ist.
charge-why-hourly = { $price } je Stunde, etwa { $estimate } und höchstens { $cap }, sobald es bestätigt ist.
charge-why-warranty = Dieselbe Sache wurde vor Kurzem gelöst, in #{ $number }.
charge-why-microsoft = Was entnommen war, ist zurückgegeben: { $reason }
charge-free-commercial = Fragen zu Rechnungen, Lizenzen und Verlängerungen kosten nichts.
charge-free-warranty = Dieselbe Sache wurde vor Kurzem gelöst.
charge-free-security = Meldungen einer Schwachstelle kosten nichts.
charge-ask-customer = Erst muss bekannt sein, wessen Anfrage es ist.
charge-ask-price = Es ist kein Preis vereinbart. Vorher wird nichts berechnet.
charge-sum-all = Zeit bisher
charge-sum-prepaid = Davon bezahlt
charge-sum-waived = Nicht berechnet
charge-sum-agreed = Bestätigt
charge-unconfirmed = { $time } hat der Kunde nicht bestätigt. Das wird nicht berechnet.
charge-unconfirmed-incident = Der Kunde hat es nicht bestätigt. Es wird nicht berechnet.
charge-asked-hours = { $price } je Stunde, höchstens { $cap }
charge-asked-incident = { $price } für den Fall
charge-asked-at = Gefragt { $when }
charge-confirmed-by = Bestätigt von { $who }, { $when }
charge-declined-by = Abgelehnt von { $who }, { $when }
charge-withdrawn = Zurückgezogen
charge-withdraw = Zurückziehen
charge-confirm = Kunden um Bestätigung bitten
charge-ask-note = Was Sie tun werden, wie es der Kunde liest
charge-ask-send = Fragen
charge-lines = Auf der Rechnung
charge-other = Fehler von Microsoft, neu entscheiden
charge-fault = Fehler von Microsoft, weil
charge-fault-text = Was entnommen war, wird zurückgegeben, und nichts wird berechnet. Leer nimmt das zurück.
charge-again = Neu entscheiden
time-log = Zeit erfassen
time-minutes = Minuten
time-minutes-zero = Minuten (0 nimmt es zurück)
time-note = Was getan wurde
time-free = Nicht berechnen
time-reason = Grund
time-entries = Erfasste Zeit
time-not-charged = nicht berechnet
time-correct = Berichtigen
time-charged = Berechnet
timer-start = Uhr starten
timer-since = Läuft seit
timer-stop = Anhalten und erfassen
timer-discard = Verwerfen
timer-elsewhere = Ihre Uhr läuft bei

charges = Zu berechnen
charges-text = Was Support kostet, Zeile für Zeile, wie es der Kunde lesen wird. Zeilen ohne Betrag zeigen, was der Kunde bekommen hat.
charges-none = Nichts zu berechnen
charges-none-text = Wird ein Ticket gelöst, stehen seine Zeilen hier, bis eine Rechnung sie aufnimmt.
charges-everybody = Alle Kunden
charges-to-drafts = Auf Rechnungsentwürfe setzen
charges-to-drafts-text = Die Zeilen jedes Kunden kommen auf seinen offenen Entwurf, einmal. Ein Entwurf lässt sich noch ändern; was davon entfernt wird, wartet wieder hier.
charges-export = Als Tabelle speichern
charge-day = Tag
charge-what = Was
charge-quantity = Menge
charge-price = Preis
charge-amount = Betrag
charge-total = Summe dieser Seite
charge-unit-hour = h
charge-unit-incident = Fall
charge-rules = Regeln der Abrechnung
charge-rules-text = Sie gelten für alles, was ab jetzt kommt. Jeder Eintrag wird bis zum nächsten vollen Schritt berechnet.
charge-increment = Zeit wird berechnet in Schritten von
charge-hourly = Preis einer Stunde
charge-hourly-hint = Wo kein Plan einen nennt. Leer: Er ist erst zu vereinbaren, vorher wird nichts berechnet.
charge-currency = Währung
charge-estimate = Schätzung
charge-cap = Höchstens
charge-warranty = Tage, in denen Wiederkehrendes nichts kostet
charge-low-hours = Stunden sind knapp ab
charge-low-incidents = Fälle sind knapp ab
charge-description = Anfrage { $number }, „{ $subject }“: { $what }
charge-description-named = Anfrage { $number }, „{ $subject }“: { $what } ({ $name })
charge-line-plan = Arbeit im Plan
charge-line-prepaid = Arbeit, im Voraus bezahlt
charge-line-pack = Fall, im Voraus bezahlt
charge-line-incident = Fall
charge-line-hours = Arbeit nach Stunden
charge-line-commercial = Frage zu Rechnungen, Lizenzen oder Verlängerungen, kostenlos
charge-line-warranty = Arbeit in der Gewährleistung, kostenlos
charge-line-security = Meldung einer Schwachstelle, kostenlos
charge-line-microsoft = Arbeit, Fehler von Microsoft, kostenlos
charge-line-waived = Arbeit, die wir nicht berechnen

prepaid = Guthaben
prepaid-text = Stunden und Fälle, die Kunden im Voraus bezahlt haben. Was zuerst verfällt, wird zuerst verbraucht.
prepaid-none = Noch nichts verkauft
prepaid-none-text = Verkaufen Sie einem Kunden Stunden oder Fälle, und seine Anfragen werden daraus bestritten.
prepaid-contract = Vertrag
prepaid-left = Übrig
prepaid-low = knapp
prepaid-period = Laufzeit
prepaid-until = bis { $day }
prepaid-for-ever = ohne Ende
prepaid-runs-out = leer etwa am { $day }
prepaid-lasts = reicht
prepaid-incidents =
    { $n ->
        [one] { $n } Fall
       *[other] { $n } Fälle
    }
prepaid-sell = Verkaufen
prepaid-what = Was er enthält
prepaid-units = Wie viel
prepaid-units-hint = Stunden wie 10 oder 2 h 30, oder eine Zahl von Fällen
prepaid-holds-hours = Stunden
prepaid-holds-incidents = Fälle
prepaid-order = Von mehreren Verträgen wird zuerst genommen, was zuerst verfällt. Was am Ende übrig ist, verfällt.

help-approval = Bitte bestätigen
help-approval-confirm = Bestätigen
help-approval-decline = Ablehnen
help-approval-others = Wartet auf jemanden, der für Ihre Organisation bestätigen darf

mail-approval-subject = Bitte bestätigen: { $subject } [#{ $number }]
mail-approval-body = Ihre Anfrage #{ $number }, „{ $subject }“, braucht Arbeit, die berechnet wird. Bitte lesen Sie, was wir tun würden und was es kostet.
mail-approval-again = Die Arbeit an Ihrer Anfrage #{ $number }, „{ $subject }“, braucht mehr, als bestätigt war. Bitte lesen Sie, was es jetzt kosten würde.
mail-approval-hourly = { $price } je Stunde. Wir rechnen mit { $estimate } und berechnen höchstens { $cap }: { $most }.
mail-approval-incident = { $price } für die ganze Anfrage.
mail-approval-first = Bevor Sie es bestätigt haben, wird nichts berechnet.
mail-approval-button = Bestätigen oder ablehnen

deed-charging-rules = Regeln der Abrechnung geändert
deed-charge-decide = Anspruch neu entschieden
deed-time-log = Zeit erfasst
deed-time-correct = Zeit berichtigt
deed-approval-ask = Kunde um Bestätigung gebeten
deed-approval-withdraw = Bitte um Bestätigung zurückgezogen
deed-approval-answer = Kunde hat auf die Bitte um Bestätigung geantwortet
deed-prepaid-sell = Guthaben verkauft
deed-prepaid-change = Guthaben geändert

problem-charge-confirmed = Der Kunde hat bestätigt, oder es wurde berechnet: Was entschieden war, bleibt.
problem-charge-invoiced = Es steht schon auf einer Rechnung. Der Weg ist eine Gutschrift.
problem-nothing-to-confirm = Es gibt nichts zu bestätigen: Nichts wird berechnet, oder es ist kein Preis vereinbart.
problem-nobody-may-confirm = Kein Kontakt dieses Kunden darf für ihn bestätigen. Legen Sie auf der Katalogseite des Kunden fest, wer das darf.
problem-timer-runs = Ihre Uhr läuft schon. Halten Sie sie zuerst an.
problem-timer-here = Ihre Uhr läuft auf diesem Ticket. Halten Sie sie an und erfassen Sie die Zeit, oder verwerfen Sie sie; lösen Sie es dann.
problem-no-timer = Es läuft keine Uhr von Ihnen.
problem-not-quarters = Geben Sie volle Viertelstunden an.
problem-below-estimate = Das ist weniger als die Schätzung.
problem-not-yet = Dieser Tag ist noch nicht gekommen.
problem-too-old = Das ist zu lange her.
