# Överlämningar som fortsätter hos Microsoft, och servicedeskar som aldrig svarar.

## Mails to agents

mail-notice-supplier-stuck-subject = [#{ $number }] Inte vidarebefordrat: { $subject }
mail-notice-supplier-stuck-body = Det som ska till leverantören för ärende #{ $number }, ”{ $subject }”, kommer inte fram utan dig. Ärendets sida säger varför.
occasion-supplier-stuck = En överlämning behöver en människa för att komma vidare

## What is written to a supplier

package-severity-now = Allvarlighetsgraden för den här begäran är nu { $severity }.

## What the history says

event-followed = { $with } · { $number }: { $state }
leg-let-go = släppt
request-unknown = okänt läge
request-open = öppen
request-waits = väntar på oss
request-closed = stängd

## What can go wrong

problem-azure-incomplete = Microsoft skulle inte veta vad som ska registreras: det behövs klientorganisation, prenumeration, tjänst och typ av problem. Det du skrev är sparat; välj ur Microsofts listor.
problem-azure-no-place = Microsoft vill veta i vilket land den som anmäler finns, och tidszonen för ditt konto anger inget. Välj tidszonen för en plats på sidan för ditt konto; det du skrev är sparat.
problem-not-opener = Bara servicedesken som började överlämningen kan gå vidare utan den som har ärendet.

## The panel on a ticket

followed-filing = Registreras hos Microsoft; numret kommer av sig självt.
followed-read = Läst
followed-again = Nytt försök
followed-waiting = { $n ->
    [one] Ett meddelande väntar på att föras vidare.
   *[other] { $n } meddelanden väntar på att föras vidare.
}
followed-renumber = Rätta numret
azure-service = Microsofts tjänst
azure-problem = Typ av problem
azure-choose = Välj …
azure-lists = ”Spara och kontrollera” hämtar Microsofts listor att välja ur.
azure-no-lists = Microsofts listor gick inte att läsa:
let-go = Gå vidare utan { $name }
let-go-text = { $name } får veta det, och ärendet är genast ert igen. Det som kommer därifrån senare visas här och flyttar ingenting.
let-go-reason = Varför ni inte väntar längre
