# Hand-overs that go on at Microsoft, and desks that never answer.

## Mails to agents

mail-notice-supplier-stuck-subject = [#{ $number }] Not passed on: { $subject }
mail-notice-supplier-stuck-body = What is to go to the supplier for ticket #{ $number }, “{ $subject }”, does not get there without you. The page of the ticket says why.
occasion-supplier-stuck = A hand-over needs a person to go on

## What is written to a supplier

package-severity-now = The severity of this request is { $severity } now.

## What the history says

event-followed = { $with } · { $number }: { $state }
leg-let-go = let go
request-unknown = state unknown
request-open = open
request-waits = waits for us
request-closed = closed

## What can go wrong

problem-azure-incomplete = Microsoft would not know what to file: it wants the tenant, the subscription, the service and the kind of problem. What you wrote is kept; choose from Microsoft’s lists.
problem-azure-no-place = Microsoft wants to know the country of who files, and the time zone of your account names none. Choose the zone of a place on your account’s page; what you wrote is kept.
problem-not-opener = Only the desk that began the hand-over can go on without the one that holds it.

## The panel on a ticket

followed-filing = Being filed at Microsoft; its number comes by itself.
followed-read = Read
followed-again = Tried again
followed-waiting = { $n ->
    [one] One word waits to be passed on.
   *[other] { $n } words wait to be passed on.
}
followed-renumber = Correct the number
azure-service = Microsoft’s service
azure-problem = Kind of problem
azure-choose = Choose …
azure-lists = “Keep and check” gets Microsoft’s lists to choose from.
azure-no-lists = Microsoft’s lists could not be read:
let-go = Go on without { $name }
let-go-text = { $name } is told, and the ticket is yours again at once. What comes from there later is shown here and moves nothing.
let-go-reason = Why you wait no longer
