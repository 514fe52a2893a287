# Übergaben: an Lieferanten und andere Desks, und zurück.

## What is written to a supplier

package-line = { $label }:
package-service = Dienst
package-severity = Schweregrad
package-steps = Versuchte Schritte
package-skipped = – { $step } (ausgelassen: { $why })
package-files = Dateien
package-caller = Antwort bitte an
package-original = Die Worte des Kunden ({ $language }):
package-chase = Können Sie uns bitte sagen, wie weit diese Anfrage ist? Unser Kunde wartet darauf.
inform-hello = Guten Tag,
inform-text = wir haben eine Antwort auf Ihre Anfrage:

## Mails to agents

mail-notice-supplier-subject = [#{ $number }] Neues vom Lieferanten: { $subject }
mail-notice-supplier-body = Es gibt Neues zur Übergabe von Ticket #{ $number }, „{ $subject }“.
mail-notice-supplier-late-subject = [#{ $number }] Der Lieferant ist im Verzug: { $subject }
mail-notice-supplier-late-body = Der Lieferant hat für Ticket #{ $number }, „{ $subject }“, nicht getan, was er versprochen hat, oder niemand hat das Angebotene übernommen. Es ist Zeit, nachzufragen.
occasion-supplier = Neues von einem Lieferanten
occasion-supplier-late = Ein Lieferant ist im Verzug

## What the audit log says

deed-handover-move = Übergabe ging weiter
deed-handover-tell = Wort an einen Lieferanten oder Partner
deed-handover-receive = Nachricht eines anderen Desks empfangen
deed-peer-invite = Desk zum Verbinden eingeladen
deed-peer-pair = Desk verbunden
deed-peer-change = Verbundener Desk geändert
deed-peer-revoke = Verbundenem Desk wird nicht mehr vertraut
deed-key-change = Neuer Schlüssel des Desks

## What can go wrong

problem-handed-over = Ein Lieferant hat dieses Ticket, oder es wurde ihm angeboten. Nehmen Sie es zurück oder warten Sie auf die Antwort; nichts wurde geändert.
problem-customer-not-told = Die Antwort des Lieferanten ist da, und der Kunde weiß noch nichts davon. Antworten Sie zuerst dem Kunden.
problem-give-back = Ein anderer Desk hat dieses Ticket übergeben und wartet auf eine Antwort. Geben Sie es mit einer zurück.
escalation-files = Dateien, die mitgehen
escalation-files-hint = Sie gehen, wie sie sind: Namen darin werden nicht entfernt.
escalation-files-there = Diese Dateien dort anhängen:
escalation-file-unseen = { $file } (der Kunde sieht sie nicht)
escalation-files-by-hand = Dateien gehen nicht von selbst dorthin: Sie stehen bei der Nachricht im Verlauf, um dort von Hand angehängt zu werden.
files-coming = Unterwegs vom anderen Desk: { $names }
files-late = Noch nicht da: { $names }. { $why }; wieder angefragt { $when }.
files-given-up = Nicht angekommen: { $names }. { $why }
files-ask-again = Noch einmal anfragen
problem-package-incomplete = Der Lieferant würde das zurückschicken: Es fehlt etwas, das er verlangt. Was Sie geschrieben haben, ist erhalten.
problem-offering-over = Dieses Angebot gilt nicht mehr. Wählen Sie einen anderen Weg.
problem-offer-over = Die Zeit dieses Angebots ist abgelaufen.
problem-not-paired = Der Desk dieses Lieferanten ist noch nicht mit Ihrem verbunden.
problem-partner-waits = Dieser Desk wartet selbst auf die Antwort: Das Ticket kam von dort.
problem-no-address = Dieser Lieferant hat keine Mailadresse.
problem-not-an-invitation = Das ist keine Einladung. Fügen Sie den ganzen Text ein, der dem anderen Desk gezeigt wurde.
problem-not-welcome = Der andere Desk kennt diese Einladung nicht mehr. Bitten Sie um eine neue.
problem-not-reached = Der andere Desk war nicht zu erreichen. Versuchen Sie es später noch einmal; die Einladung gilt weiter.

## The states of a leg

leg-draft = in Vorbereitung
leg-offered = angeboten
leg-withdrawn = zurückgezogen
leg-accepted = angenommen
leg-declined = abgelehnt
leg-expired = abgelaufen
leg-in-progress = in Arbeit
leg-returned = beantwortet
leg-approved = gebilligt
leg-sent-back = zurückgegeben
leg-closed = geschlossen
outcome-solved = gelöst
outcome-documentation = Dokumentation
outcome-known-issue = bekannter Fehler
outcome-declined = nicht übernommen
outcome-data-missing = Angaben fehlen
came-back-missing = Angaben fehlen: { $what }
came-back-what = Was gefehlt hat
came-back-judge = Es kam anders zurück
came-back-judge-hint = Für die eigene Zählung dieses Lieferanten; er erfährt es nicht.

## What the history says

event-handover-out = Übergabe an { $with }: { $state }
event-handover-in = Übergabe von { $with }: { $state }
timeline-partner = Partner
event-asked = { $who } hat gefragt, wie weit es ist

## The panel on a ticket

escalation = Eskalation
escalation-none = nicht übergeben
escalation-hand-over = Übergeben
escalation-way = An wen, womit
escalation-way-units = verbraucht eine Einheit
escalation-way-due = Antwort bis { $when }
escalation-way-unknown = für einen Rat ist zu wenig bekannt
escalation-way-unreachable = noch nicht erreichbar
escalation-no-way = Es ist kein Lieferant eingetragen, der das übernehmen könnte. Tragen Sie einen bei den Lieferanten ein.
escalation-summary = Die Sache, in der Sprache des Lieferanten
escalation-blocks = nötig
escalation-missing = Es fehlt: { $what }
escalation-complete = vollständig
escalation-check = Behalten und prüfen
escalation-send = Jetzt übergeben
escalation-preview = Das Paket, wie es hinausgeht
escalation-hidden = Die Personen des Kunden sind daraus entfernt.
escalation-until = bis
escalation-number = Nummer dort
escalation-open-portal = Alles kopieren und Portal öffnen
escalation-copy = Kopieren
escalation-copy-all = Alles kopieren
escalation-filed = Gemeldet
escalation-withdraw = Zurückziehen
escalation-ask = Nach dem Stand fragen
escalation-word = Ein Wort an { $name }; der Kunde liest es nicht
escalation-tell = Senden
escalation-answer = Die Antwort
escalation-return = Antwort eintragen
escalation-inform = Kunden informieren
escalation-approve = Billigen
escalation-send-back = Zurückgeben
escalation-send-back-reason = Warum es nicht reicht
escalation-give-back = Zurückgeben
escalation-give-back-answer = Ihre Antwort an { $name }
escalation-severity = Schweregrad dort
escalation-lost = Nicht erreicht seit { $since }: { $why }. Es wird von selbst wieder versucht; nichts geht verloren.
escalation-clock = Wer es wann hatte
escalation-held-here = hier
escalation-team = Unsere eigene Zeit
escalation-team-used = { $used } von { $target } verbraucht
escalation-team-late = { $used } von { $target } verbraucht: zu viel
escalation-theirs = Das Versprechen des Lieferanten
escalation-from = Übergeben von { $name }
escalation-to = An { $name }

## The list

nav-handovers = Übergaben
handovers-ours = Wartet auf uns
handovers-theirs = Wartet auf andere
handovers-empty = Keine Übergaben
handovers-empty-text = Nichts wird Ihnen angeboten, und nichts von Ihnen ist bei anderen.
handovers-offer = Angebot von { $name }
handovers-accept = Annehmen
handovers-decline = Ablehnen
handovers-decline-reason = Warum nicht
handovers-late = verspätet
handovers-lost = nicht erreicht

## Partners

settings-partners = Partner
partners-empty = Kein Desk ist verbunden
partners-empty-text = Laden Sie einen Desk ein oder nehmen Sie eine Einladung an, dann können Tickets hin und her gehen.
partners-invite = Einen Desk einladen
partners-invite-text = Wer den Text hat, den Sie bekommen, kann sich eine Woche lang einmal verbinden. Geben Sie ihn auf einem Weg weiter, dem Sie vertrauen, und vergleichen Sie die Fingerabdrücke am Telefon.
partners-as = Er hilft uns als
partners-as-nobody = Er hilft uns nicht
partners-made = Die Einladung
partners-made-text = Sie wird einmal gezeigt.
partners-fingerprint = Fingerabdruck
partners-accept = Eine Einladung annehmen
partners-invitation = Einladung
partners-pair = Verbinden
partners-revoke = Nicht mehr vertrauen
partners-revoked = nicht mehr vertraut
partners-key = Unser Schlüssel
partners-key-new = Neuer Schlüssel
partners-key-new-text = Verbundene Desks erfahren es, mit dem alten Schlüssel signiert. Was begonnen hat, geht unter dem alten weiter.
partners-address = Adresse
