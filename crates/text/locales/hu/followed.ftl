# Átadások, amelyek a Microsoftnál folytatódnak, és ügyfélszolgálatok, amelyek sosem válaszolnak.

## Mails to agents

mail-notice-supplier-stuck-subject = [#{ $number }] Nem jutott tovább: { $subject }
mail-notice-supplier-stuck-body = Amit a(z) #{ $number }. jegyhez („{ $subject }”) a szállítónak kellene megkapnia, Ön nélkül nem jut el oda. A jegy oldala megmondja, miért.
occasion-supplier-stuck = Egy átadás ember nélkül nem jut tovább

## What is written to a supplier

package-severity-now = A kérés súlyossága most: { $severity }.

## What the history says

event-followed = { $with } · { $number }: { $state }
leg-let-go = elengedve
request-unknown = ismeretlen állapot
request-open = nyitott
request-waits = ránk vár
request-closed = lezárva

## What can go wrong

problem-azure-incomplete = A Microsoft nem tudná, mit vegyen fel: a bérlő, az előfizetés, a szolgáltatás és a probléma fajtája kell hozzá. Amit írt, megmaradt; válasszon a Microsoft listáiból.
problem-azure-no-place = A Microsoft tudni akarja a bejelentő országát, és a fiókja időzónája nem nevez meg országot. Válassza a fiókja oldalán egy hely időzónáját; amit írt, megmaradt.
problem-not-opener = Csak az az ügyfélszolgálat folytathatja a jegyet birtokló nélkül, amely az átadást kezdte.

## The panel on a ticket

followed-filing = Bejelentés alatt a Microsoftnál; a száma magától megérkezik.
followed-read = Olvasva
followed-again = Újra próbáljuk
followed-waiting = { $n ->
    [one] Egy üzenet vár továbbításra.
   *[other] { $n } üzenet vár továbbításra.
}
followed-renumber = A szám javítása
azure-service = A Microsoft szolgáltatása
azure-problem = A probléma fajtája
azure-choose = Válasszon …
azure-lists = A „Megőrzés és ellenőrzés” lekéri a Microsoft listáit, amelyekből választani lehet.
azure-no-lists = A Microsoft listái nem olvashatók:
let-go = Folytatás nélküle: { $name }
let-go-text = { $name } értesítést kap, és a jegy azonnal újra az Önöké. Ami később onnan érkezik, itt látható, de semmit sem mozdít.
let-go-reason = Miért nem várnak tovább
