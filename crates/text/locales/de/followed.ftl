# Übergaben, die bei Microsoft weitergehen, und Desks, die nie antworten.

## Mails to agents

mail-notice-supplier-stuck-subject = [#{ $number }] Nicht weitergegeben: { $subject }
mail-notice-supplier-stuck-body = Was für Ticket #{ $number }, „{ $subject }“, zum Lieferanten gehen soll, kommt ohne Sie nicht dort an. Die Seite des Tickets sagt, warum.
occasion-supplier-stuck = Eine Übergabe kommt ohne Menschen nicht weiter

## What is written to a supplier

package-severity-now = Der Schweregrad dieser Anfrage ist jetzt { $severity }.

## What the history says

event-followed = { $with } · { $number }: { $state }
leg-let-go = losgelassen
request-unknown = Stand unbekannt
request-open = offen
request-waits = wartet auf uns
request-closed = geschlossen

## What can go wrong

problem-azure-incomplete = Microsoft wüsste nicht, was zu melden ist: Es braucht den Mandanten, das Abonnement, den Dienst und die Art des Problems. Was Sie geschrieben haben, ist behalten; wählen Sie aus Microsofts Listen.
problem-azure-no-place = Microsoft will das Land der Person wissen, die meldet, und die Zeitzone Ihres Kontos nennt keines. Wählen Sie auf der Seite Ihres Kontos die Zone eines Ortes; was Sie geschrieben haben, ist behalten.
problem-not-opener = Nur der Desk, der die Übergabe begonnen hat, kann ohne den weitermachen, der sie hält.

## The panel on a ticket

followed-filing = Wird bei Microsoft gemeldet; die Nummer kommt von selbst.
followed-read = Gelesen
followed-again = Wieder versucht
followed-waiting = { $n ->
    [one] Ein Wort wartet darauf, weitergegeben zu werden.
   *[other] { $n } Worte warten darauf, weitergegeben zu werden.
}
followed-renumber = Nummer berichtigen
azure-service = Microsofts Dienst
azure-problem = Art des Problems
azure-choose = Wählen …
azure-lists = „Behalten und prüfen“ holt Microsofts Listen zum Auswählen.
azure-no-lists = Microsofts Listen waren nicht zu lesen:
let-go = Ohne { $name } weitermachen
let-go-text = { $name } wird es gesagt, und das Ticket ist sofort wieder Ihres. Was später von dort kommt, steht hier und bewegt nichts.
let-go-reason = Warum Sie nicht länger warten
