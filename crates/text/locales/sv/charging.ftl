# Debitering av support: rätt, tid, godkännande, förbetalt, rader att fakturera.

charging = Debitering
charge-basis-plan = Ingår i planen
charge-basis-prepaid = Förbetalda timmar
charge-basis-pack = Ärendepaket
charge-basis-incident = Pris per ärende
charge-basis-hourly = Per timme
charge-basis-free = Kostnadsfritt
charge-basis-microsoft = Microsofts fel
charge-basis-ask = Ska avtalas
charge-why-plan = Omfattas av { $name }.
charge-why-prepaid = Tas från { $name }; { $left } kvar.
charge-why-beyond = Därefter { $price } per timme, när det är godkänt.
charge-why-beyond-unknown = Vad som kommer därefter måste avtalas först.
charge-why-pack =
    { $left ->
        [one] Ett ärende från { $name }; efter det är { $left } kvar.
       *[other] Ett ärende från { $name }; efter det är { $left } kvar.
    }
charge-why-incident = { $price } för ärendet, när det är godkänt.
charge-why-hourly = { $price } per timme, ungefär { $estimate } och högst { $cap }, när det är godkänt.
charge-why-warranty = Samma sak löstes för kort tid sedan, i #{ $number }.
charge-why-microsoft = Det som togs har lämnats tillbaka: { $reason }
charge-free-commercial = Frågor om fakturor, licenser och förnyelser kostar ingenting.
charge-free-warranty = Samma sak löstes för kort tid sedan.
charge-free-security = Rapporter om en sårbarhet kostar ingenting.
charge-ask-customer = Det måste vara känt vems ärende det är.
charge-ask-price = Inget pris är avtalat. Ingenting debiteras före det.
charge-sum-all = Tid hittills
charge-sum-prepaid = Varav förbetalt
charge-sum-waived = Debiteras inte
charge-sum-agreed = Godkänt
charge-unconfirmed = { $time } har kunden inte godkänt. Det debiteras inte.
charge-unconfirmed-incident = Kunden har inte godkänt det. Det debiteras inte.
charge-asked-hours = { $price } per timme, högst { $cap }
charge-asked-incident = { $price } för ärendet
charge-asked-at = Frågat { $when }
charge-confirmed-by = Godkänt av { $who }, { $when }
charge-declined-by = Avböjt av { $who }, { $when }
charge-withdrawn = Återtaget
charge-withdraw = Ta tillbaka
charge-confirm = Be kunden godkänna
charge-ask-note = Vad du ska göra, så som kunden läser det
charge-ask-send = Fråga
charge-lines = På fakturan
charge-other = Microsofts fel, besluta igen
charge-fault = Microsofts fel, därför att
charge-fault-text = Det som togs lämnas tillbaka och ingenting debiteras. Tomt tar tillbaka det.
charge-again = Besluta igen
time-log = Skriv upp tid
time-minutes = Minuter
time-minutes-zero = Minuter (0 tar tillbaka det)
time-note = Vad som gjordes
time-free = Debitera inte
time-reason = Skäl
time-entries = Uppskriven tid
time-not-charged = debiteras inte
time-correct = Rätta
time-charged = Debiteras
timer-start = Starta tidtagning
timer-since = Går sedan
timer-stop = Stoppa och skriv upp
timer-discard = Kasta
timer-elsewhere = Din tidtagning går på

charges = Att fakturera
charges-text = Vad support kostar, rad för rad, så som kunden kommer att läsa det. Rader utan belopp visar vad kunden fått.
charges-none = Ingenting att fakturera
charges-none-text = När ett ärende löses står dess rader här tills en faktura tar dem.
charges-everybody = Alla kunder
charges-to-drafts = Lägg på fakturautkast
charges-to-drafts-text = Varje kunds rader läggs på dess öppna utkast, en gång. Ett utkast kan ändras; det som tas bort från det väntar här igen.
charges-export = Spara som tabell
charge-day = Dag
charge-what = Vad
charge-quantity = Antal
charge-price = Pris
charge-amount = Belopp
charge-total = Summa för sidan
charge-unit-hour = h
charge-unit-incident = ärende
charge-rules = Regler för debitering
charge-rules-text = De gäller för det som kommer från och med nu. Varje post debiteras upp till nästa hela steg.
charge-increment = Tid debiteras i steg om
charge-hourly = Pris per timme
charge-hourly-hint = Där ingen plan anger något. Tomt: det måste avtalas, och ingenting debiteras före det.
charge-currency = Valuta
charge-estimate = Uppskattning
charge-cap = Högst
charge-warranty = Dagar då det som kommer tillbaka är gratis
charge-low-hours = Timmar är få från
charge-low-incidents = Ärenden är få från
charge-description = Ärende { $number }, ”{ $subject }”: { $what }
charge-description-named = Ärende { $number }, ”{ $subject }”: { $what } ({ $name })
charge-line-plan = arbete inom planen
charge-line-prepaid = arbete, förbetalt
charge-line-pack = ärende, förbetalt
charge-line-incident = ärende
charge-line-hours = arbete per timme
charge-line-commercial = fråga om fakturor, licenser eller förnyelser, kostnadsfritt
charge-line-warranty = arbete under garanti, kostnadsfritt
charge-line-security = rapport om en sårbarhet, kostnadsfritt
charge-line-microsoft = arbete, Microsofts fel, kostnadsfritt
charge-line-waived = arbete som vi inte debiterar

prepaid = Förbetald support
prepaid-text = Timmar och ärenden som kunder har betalat i förväg. Det som förfaller först används först.
prepaid-none = Ingenting sålt ännu
prepaid-none-text = Sälj timmar eller ärenden till en kund, så tas dess ärenden därifrån.
prepaid-contract = Avtal
prepaid-left = Kvar
prepaid-low = lite kvar
prepaid-period = Period
prepaid-until = till { $day }
prepaid-for-ever = utan slut
prepaid-runs-out = tomt omkring { $day }
prepaid-lasts = räcker
prepaid-incidents =
    { $n ->
        [one] { $n } ärende
       *[other] { $n } ärenden
    }
prepaid-sell = Sälj
prepaid-what = Vad det innehåller
prepaid-units = Hur mycket
prepaid-units-hint = Timmar som 10 eller 2 h 30, eller ett antal ärenden
prepaid-holds-hours = Timmar
prepaid-holds-incidents = Ärenden
prepaid-order = Av flera avtal används det som förfaller först. Det som är kvar vid slutet går förlorat.

help-approval = Vänligen godkänn
help-approval-confirm = Godkänn
help-approval-decline = Avböj
help-approval-others = Väntar på någon som får godkänna för er organisation

mail-approval-subject = Vänligen godkänn: { $subject } [#{ $number }]
mail-approval-body = Ert ärende #{ $number }, ”{ $subject }”, kräver arbete som debiteras. Läs vad vi skulle göra och vad det kostar.
mail-approval-again = Arbetet med ert ärende #{ $number }, ”{ $subject }”, kräver mer än vad som godkändes. Läs vad det skulle kosta nu.
mail-approval-hourly = { $price } per timme. Vi räknar med { $estimate } och debiterar högst { $cap }: { $most }.
mail-approval-incident = { $price } för hela ärendet.
mail-approval-first = Ingenting debiteras innan ni har godkänt det.
mail-approval-button = Godkänn eller avböj

deed-charging-rules = Regler för debitering ändrade
deed-charge-decide = Rätten beslutad igen
deed-time-log = Tid uppskriven
deed-time-correct = Tid rättad
deed-approval-ask = Kunden ombedd att godkänna
deed-approval-withdraw = Begäran om godkännande återtagen
deed-approval-answer = Kunden svarade på begäran om godkännande
deed-prepaid-sell = Förbetalt avtal sålt
deed-prepaid-change = Förbetalt avtal ändrat

problem-charge-confirmed = Kunden har godkänt, eller så är det debiterat: beslutet står kvar.
problem-charge-invoiced = Det står redan på en faktura. En kreditfaktura är vägen.
problem-nothing-to-confirm = Det finns ingenting att godkänna: ingenting debiteras, eller så är inget pris avtalat.
problem-nobody-may-confirm = Ingen kontakt hos kunden får godkänna för den. Ange vem som får på kundens sida i katalogen.
problem-timer-runs = Din tidtagning går redan. Stoppa den först.
problem-timer-here = Din tidtagning går på det här ärendet. Stoppa den och skriv upp tiden, eller kasta den; lös sedan.
problem-no-timer = Ingen tidtagning går för dig.
problem-not-quarters = Ange hela kvartar.
problem-below-estimate = Det är mindre än uppskattningen.
problem-not-yet = Den dagen har inte kommit ännu.
problem-too-old = Det är för länge sedan.
