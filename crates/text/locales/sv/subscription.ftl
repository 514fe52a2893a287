# Subscriptions: what customers have bought at Microsoft, what comes due, what is done with it.

## Pages

nav-subscriptions = Prenumerationer
subscriptions-due = Vad som förfaller
subscriptions-due-text = Förnyelser, perioder och utvärderingar som går ut, tidsfrister och fönster som stängs, i alla kunders prenumerationer. Dagar är arbetsdagar enligt deskens kalender.
subscriptions-due-none = Inget förfaller
subscriptions-due-none-text = Under den här tiden går inget ut, förnyas eller stängs. En desk som inte är ansluten till Microsoft har inte heller något här.
subscriptions-days = Kommande { $n } dagar
subscriptions-range = Tid
subscriptions-when = När
subscriptions-what = Vad
subscriptions-whose = Kund
subscriptions-nobodys = Ännu ingens kund
subscriptions-of = Prenumerationer hos { $name }
subscriptions-none = Inga kända prenumerationer
subscriptions-none-text = Antingen har inget köpts, eller så är kunden inte länkad till en klientorganisation hos Microsoft, eller så har den inte lästs än.
subscriptions-read = Läst { $time }
subscription-old = Den här läsningen misslyckades eller är gammal. Det som står här kanske inte stämmer längre; inget görs utifrån det.
subscription-gone = Den finns inte längre på Microsofts lista.
subscription-refresh = Läs igen
subscription-drift = Ändrat utan oss
subscription-timeline = Tidslinje
subscription-ahead = Datum
subscription-facts = Vad som är känt
subscription-state = Status
subscription-since = sedan { $time }
subscription-licences = Licenser
subscription-by-use = debiteras efter användning
subscription-quantity = { $n } licenser
subscription-kind = Typ
subscription-term-of = Period
subscription-renews = Automatisk förnyelse
subscription-on = på
subscription-off = av
subscription-next-term = Nästa period
subscription-trial = Utvärdering
subscription-parent = Tillägg till
subscription-add-ons = Tillägg
subscription-azure = Aktiva Azure-prenumerationer
subscription-unknown = okänt
subscription-id = Microsofts id
subscription-history = Historik
subscription-history-none = Inget har ändrats sedan den lästes första gången.
subscription-actions = Vad som kan göras
subscription-may-not = Dina roller låter dig bara läsa här.
subscription-number = Antal licenser därefter
subscription-preview = Förhandsgranska
subscription-preview-of = { $action }: { $name }
subscription-preview-text = Den lästes nyss hos Microsoft. Detta skulle hända:
subscription-from-to = { $before } → { $after } licenser
subscription-confirm = Gör det
subscription-because = Ärendenummer
subscription-reason = Orsak
subscription-reason-hint = På vems begäran? Ett ärendenummer eller en orsak krävs.
subscription-back = Tillbaka utan att göra det
subscription-open = Pågår
subscription-withdraw = Ta tillbaka
subscription-by = { $name }, { $time }
subscription-microsoft-says = Microsoft säger: { $words }
subscription-may = Möjligt
subscription-may-until = Möjligt till { $time }
subscription-not = Inte möjligt
subscription-next-at = Möjligt igen från { $time }.
subscription-never = Det finns inget senare datum då det blir möjligt.
subscription-elsewhere = I själva Partnercenter, genom ordern, till { $time }.
subscription-cannot-say = Ingen kan säga det, så det görs inte. Okänt:
subscription-source = Källa
subscription-unverified = inte Microsofts egen text
subscription-days-left = { $n ->
    [0] i dag
    [one] om { $n } arbetsdag
   *[other] om { $n } arbetsdagar
}
subscription-picture = Från { $from } till { $to }; datumen står bredvid.
subscription-change-line = { $field }: { $before } → { $after }
subscription-nothing = –
subscription-yes = ja
subscription-no = nej

## Kinds, states, terms

subscription-era-legacy = Äldre modell
subscription-era-new-commerce = Ny handel
subscription-era-azure-plan = Azure-plan
subscription-era-perpetual = Permanent programvara
subscription-era-software = Programvaruprenumeration
subscription-era-marketplace = Marketplace
subscription-era-unknown = Okänd typ
subscription-status-none = Okänd status
subscription-status-active = Aktiv
subscription-status-pending = Konfigureras
subscription-status-suspended = Pausad
subscription-status-expired = Utgången
subscription-status-disabled = Inaktiverad
subscription-status-deleted = Borttagen
subscription-term-p1m = 1 månad
subscription-term-p1y = 1 år
subscription-term-p3y = 3 år

## What can be done, and what comes of it

subscription-action-add = Lägg till licenser
subscription-action-reduce = Ta bort licenser
subscription-action-renew-on = Slå på automatisk förnyelse
subscription-action-renew-off = Slå av automatisk förnyelse
subscription-action-cancel = Avbryt
subscription-action-suspend = Pausa
subscription-action-reactivate = Återaktivera
subscription-action-schedule = Schemalägg licenser för nästa period
subscription-action-unschedule = Ta bort det schemalagda
subscription-effect-users-out = Användare kan genast inte längre logga in eller använda den. Administratörer når fortfarande data.
subscription-effect-users-in = Användare kan använda den igen.
subscription-effect-final = Detta går inte att ångra.
subscription-effect-not-billed = Microsoft slutar debitera oss.
subscription-effect-billed-again = Microsoft debiterar oss igen från och med nu.
subscription-effect-billed-more = Microsoft debiterar oss för de nya licenserna från och med nu.
subscription-effect-paid-back = Microsoft betalar tillbaka allt.
subscription-effect-paid-back-in-part = Microsoft betalar tillbaka återstående tid, dag för dag.
subscription-effect-renews-no-more = Automatisk förnyelse slås av.
subscription-effect-renewal-stays-off = Automatisk förnyelse förblir av tills någon slår på den igen.
subscription-effect-schedule-gone = Det som är schemalagt för nästa period tas bort.
subscription-effect-reversible = Det kan ångras till { $time }.
subscription-effect-data-until = Administratörer når data till { $time }.
subscription-effect-data-gone = Om ingen gör något raderas data den { $time } eller senare.
subscription-effect-billed-until = Microsoft fortsätter att debitera oss till { $time }.
subscription-effect-renews-at = Den förnyas automatiskt den { $time }.
subscription-effect-ends-at = Den går ut den { $time }.
subscription-effect-from = Det gäller från { $time }.
subscription-effect-given-back-until = De tillagda licenserna kan lämnas tillbaka till { $time }.
subscription-effect-bound-until = Därefter är de bundna till { $time }.
subscription-effect-add-ons = { $n ->
    [one] { $n } tillägg följer med.
   *[other] { $n } tillägg följer med.
}

## Dates

subscription-occasion-term-began = Köpt eller förnyad
subscription-occasion-suspended = Pausad
subscription-occasion-cancel-until = Avbokningsfönstret stängs
subscription-occasion-reduce-until = Licenser kan inte längre lämnas tillbaka
subscription-occasion-trial-end = Utvärderingen går ut och debiteras därefter
subscription-occasion-renewal = Förnyelse
subscription-occasion-term-end = Periodens slut
subscription-occasion-reactivate-until = Sista dag för återaktivering
subscription-occasion-disabled = Endast administratörer når data
subscription-occasion-data-gone = Data kan raderas

## How far something is, and who changed what

subscription-progress-waiting = Väntar på att skickas
subscription-progress-sent = Skickad, okänt om den kom fram
subscription-progress-taken = Microsoft har tagit emot det
subscription-progress-done = Klart, läsningen visar det
subscription-progress-overtaken = Omsprunget
subscription-progress-forbidden = En regel hindrar det
subscription-progress-refused = Microsoft nekade
subscription-progress-expired = För sent att skicka
subscription-progress-lost = Inte bekräftat
subscription-progress-withdrawn = Tillbakataget
subscription-ended-overtaken = Prenumerationen var inte längre som du såg den, så inget skickades. Titta på den och bestäm igen.
subscription-ended-forbidden = När det skulle skickas hindrade en regel det. Inget skickades.
subscription-ended-refused = Microsoft nekade. Inget ändrades.
subscription-ended-expired = Det kunde inte skickas på ett dygn, så det skickas inte längre. Bestäm igen.
subscription-ended-lost = Det skickades, och på ett dygn har ingen läsning visat det. Se i Partnercenter vad som hände.
subscription-cause-ours = av oss
subscription-cause-time = med tiden
subscription-cause-elsewhere = utan oss
subscription-field-status = Status
subscription-field-quantity = Licenser
subscription-field-auto-renew = Automatisk förnyelse
subscription-field-term-ends = Periodens slut
subscription-field-scheduled = Licenser nästa period
subscription-field-trial = Utvärdering

## When it will be possible, and what is not known

subscription-next-reactivated = Möjligt efter återaktivering.
subscription-next-parent = Möjligt när den prenumeration som den är tillägg till är aktiv.
subscription-next-azure-cancelled = Möjligt när Azure-prenumerationerna i den har avbrutits, en i taget.
subscription-next-provisioned = Möjligt när den är konfigurerad.
subscription-next-renew-on = Möjligt när automatisk förnyelse har slagits på.
subscription-next-suspend = Pausa den i stället.
subscription-next-done = Så är det redan.
subscription-lack-era = vilka av Microsofts regler som gäller
subscription-lack-status = vilken status den har
subscription-lack-term = hur länge den köptes för
subscription-lack-term-began = när den köptes eller förnyades
subscription-lack-term-ends = när perioden går ut
subscription-lack-refundable = när licenser lades till
subscription-lack-status-since = sedan när den är pausad
subscription-lack-parent = hur den prenumeration den är tillägg till står
subscription-lack-azure-active = om Azure-prenumerationer är aktiva i den
subscription-lack-account = när kontot öppnades: Microsoft visar sista dagen i Partnercenter
subscription-lack-renewal = vad Microsoft gjorde av periodens slut: läs den igen
subscription-lack-document = något om det i Microsofts dokumentation

## Microsoft’s rules, by row

subscription-rule-over = Det som gått ut, inaktiverats eller tagits bort kan inte längre ändras.
subscription-rule-not-provisioned = Microsoft konfigurerar den fortfarande.
subscription-rule-already-suspended = Den är pausad.
subscription-rule-already-active = Den är aktiv.
subscription-rule-already-renews = Automatisk förnyelse är på.
subscription-rule-already-ends = Automatisk förnyelse är av.
subscription-rule-suspended-stays-as-it-is = Det som är pausat kan inte ändras.
subscription-rule-add-on-follows = Ett tillägg kan inte återaktiveras före det som det hör till.
subscription-rule-by-use = Den debiteras efter användning och har inga licenser att räkna.
subscription-rule-nce-renewing = Microsoft förnyar den under dygnet efter periodens slut; under tiden kan inget ändras.
subscription-rule-nce-trial = En utvärderings status kan inte ändras innan den går ut.
subscription-rule-nce-trial-seats = En utvärdering har 25 licenser, varken fler eller färre.
subscription-rule-nce-add = Licenser kan läggas till när som helst.
subscription-rule-nce-reduce-72h = Licenser kan lämnas tillbaka inom 72 timmar efter att de lades till.
subscription-rule-nce-reduce-7d = Licenser kan lämnas tillbaka inom 7 dagar efter att de lades till eller förnyades.
subscription-rule-nce-cancel-72h = Den kan avbrytas inom 72 timmar efter köp eller förnyelse.
subscription-rule-nce-cancel-7d = Den kan avbrytas inom 7 dagar efter köp eller förnyelse.
subscription-rule-nce-suspend = Den kan pausas när som helst; Microsoft fortsätter debitera.
subscription-rule-nce-suspended-at-end = Perioden gick ut medan den var pausad; det finns ingen väg tillbaka.
subscription-rule-nce-reactivate = Den kan återaktiveras till periodens slut.
subscription-rule-nce-renew = Automatisk förnyelse kan ändras när som helst medan den är aktiv.
subscription-rule-nce-schedule-needs-renewal = En ändring kan bara schemaläggas för en period som förnyas automatiskt.
subscription-rule-nce-schedule = Nästa period kan schemaläggas när som helst medan den är aktiv.
subscription-rule-nce-nothing-scheduled = Inget är schemalagt.
subscription-rule-nce-unschedule = Det schemalagda kan tas bort till periodens slut.
subscription-rule-legacy-quantity = Licenser kan läggas till och tas bort när som helst.
subscription-rule-legacy-renew = Automatisk förnyelse kan ändras när som helst medan den är aktiv.
subscription-rule-legacy-suspend = Den kan pausas när som helst; Microsoft slutar debitera.
subscription-rule-legacy-reactivate-60d-china = Hos 21Vianet kan den återaktiveras inom 60 dagar efter att den pausades.
subscription-rule-legacy-reactivate-60d = Den kunde återaktiveras inom 60 dagar efter att den pausades.
subscription-rule-legacy-reactivate-90d = Den kan återaktiveras inom 90 dagar efter att den pausades, för vissa konton upp till 120.
subscription-rule-legacy-cancel = En prenumeration av äldre modell avbryts inte utan pausas; Microsoft tar bort den om ingen återaktiverar den.
subscription-rule-legacy-no-schedule = Ändringar kan bara schemaläggas i den nya handeln.
subscription-rule-azure-plan-in-use = En Azure-plan kan inte pausas medan Azure-prenumerationer är aktiva i den.
subscription-rule-azure-plan-suspend = En Azure-plan där inget är aktivt kan pausas.
subscription-rule-azure-plan-reactivate = En pausad Azure-plan kan återaktiveras.
subscription-rule-azure-plan-no-term = En Azure-plan har ingen period: den varken förnyas eller avbryts.
subscription-rule-perpetual-cancel = Permanent programvara kan returneras inom 30 dagar efter köpet, genom ordern.
subscription-rule-software-cancel-30d = En programvaruprenumeration kunde returneras inom 30 dagar efter köpet, genom ordern.
subscription-rule-software-cancel-7d = En programvaruprenumeration kan returneras inom 7 dagar efter köpet, genom ordern.
subscription-rule-software-whole = Programvara returneras i sin helhet, inte licens för licens.
subscription-rule-marketplace-cancel-24h = En marketplace-produkt på en månad kan avbrytas inom 24 timmar efter köpet.
subscription-rule-marketplace-cancel-14d = En marketplace-produkt på ett år eller mer kan avbrytas inom 14 dagar efter köpet.
subscription-rule-marketplace-cancel-72h = En marketplace-produkt kan avbrytas inom 72 timmar efter köpet.
subscription-rule-marketplace-renew = Automatisk förnyelse av en marketplace-produkt kan ändras när som helst medan den är aktiv.

## What can go wrong, rights, log, letters

problem-not-offered = Det här av Microsofts moln erbjuder inte det.
problem-microsoft-later = Microsoft svarar inte nu eller ber om tålamod. Inget görs utifrån en gammal läsning: försök igen om några minuter.
problem-microsoft-consent = Microsoft godtar inte längre deskens medgivande. Den som sköter anslutningen måste logga in och medge igen.
problem-microsoft-gone = Microsoft har inte längre den här prenumerationen för oss.
problem-microsoft-refused = Microsoft nekade att svara. Agenten som gav medgivande kanske saknar rollen.
problem-act-open = Något görs redan med den här prenumerationen. Vänta tills det är klart.
problem-not-possible = En av Microsofts regler hindrar det. Prenumerationens sida säger vilken, och när det är möjligt.
permission-subscriptions-view = Se vad kunder har köpt hos Microsoft och vad som förfaller
permission-subscriptions-manage = Ändra prenumerationer: licenser, automatisk förnyelse, pausa, återaktivera
permission-subscriptions-cancel = Avbryta prenumerationer
deed-subscription-ask = Något beslutades om en prenumeration
deed-subscription-end = Det som beslutades om en prenumeration avslutades
deed-subscription-withdraw = Ett beslut om en prenumeration togs tillbaka
microsoft-reads-subscriptions = Prenumerationer
done-deciding = Beslutat. Det görs om ett ögonblick; sidan visar när läsningen bekräftar det.
done-read-again = Läst hos Microsoft alldeles nyss.
mail-subscription-subject = Inte gjort: { $action } – { $name }
mail-subscription-body = Det du bestämde { $time } slutade inte som det skulle.
mail-subscription-reason = Orsaken
mail-subscription-open = Öppna prenumerationen
