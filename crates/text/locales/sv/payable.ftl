# Vad leverantörer fakturerar oss.

nav-billing = Fakturering
payables = Vad vi är skyldiga
payables-text = Fakturor från Microsoft och andra leverantörer, de nyaste först.
payables-none = Ingen faktura än
payables-none-text = Så snart en leverantörs faktura har importerats står den här med vad som ska betalas och när.

permission-payables-view = Se vad leverantörer fakturerar oss, rad för rad, och vad som förfaller
permission-payables-manage = Importera leverantörers fakturor, registrera betalningar till dem, bestrida och reklamera
permission-receivables-view = Se vad kunder faktureras, är skyldiga och har betalat
permission-receivables-manage = Utfärda och kreditera fakturor till kunder, registrera deras betalningar
permission-charges-view = Se kunders betalda support: saldon, paket, priser, registrerad tid
permission-charges-log = Registrera tid och uppskatta debiterbart arbete
permission-charges-manage = Ange priser, sälja förbetald support, efterskänka och rätta debiteringar

## Invoices and what is due

payables-new = Lägg in en faktura
payables-owed = Öppet
payables-overdue = { $amount } förfallet
payables-next = nästa förfaller { $date }
payables-none-open = Inget är öppet.
payables-number = Nummer
payables-supplier = Leverantör
payables-dated = Datum
payables-due = Förfaller
payables-due-hint = Tomt: 60 dagar efter datumet, som hos Microsoft
payables-total = Summa
payables-open = Öppet
payables-state = Status
payables-lines = Rader
payables-left = { $n ->
    [0] i dag
    [one] { $n } arbetsdag
   *[other] { $n } arbetsdagar
}
payables-kind = Dokument
payables-amends = Ersätter eller annullerar (nummer)
payables-begins = Avser från
payables-ends = Avser till
payables-currency = Valuta
payables-remark = Anmärkning
payables-period = Avser
payable-kind-invoice = Faktura
payable-kind-void-note = Annulleringsnota
payable-kind-adjustment-note = Justeringsnota
payable-standing-void = Annullerad
payable-standing-credit = Tillgodo
payable-standing-paid = Betald
payable-standing-open = Öppen
payable-standing-overdue = Förfallen

## Lines against the invoice

payable-adds-up = Stämmer
payable-adds-up-text = Raderna summerar till fakturan på öret.
payable-no-lines = Inga rader
payable-no-lines-text = Inga rader är importerade än: inget kan kontrolleras.
payable-mixed = Blandade valutor
payable-mixed-text = Rader har andra valutor än fakturan. Inget summeras över valutor.
payable-off = { $amount } fel
payable-off-text = Rader minus faktura: { $amount }.
payable-why-tax = Det är precis radernas skatt.
payable-why-discounts = Det är precis radernas rabatter.
payable-why-rounding = Så mycket kan radernas avrundning ge.
payable-why-unknown = Summorna säger inte varför: rader saknas eller är för många.
payable-counted = Rader som räknas
payable-details-only = { $n } rader detaljerar andra och räknas inte.

## Files

payable-files = Filer
payable-upload = Importera en fil
payable-upload-hint = En avstämningsfil (CSV), fakturarader (JSON) eller fakturan som PDF
payable-broken = Om rader är trasiga
payable-broken-nothing = importera inget
payable-broken-rest = importera resten
payable-content-lines = { $n } rader
payable-content-document = Dokument
payable-content-unknown = Okänd layout
payable-lacks = Kolumner som saknas eller finns två gånger: { $columns }
payable-twice = Den här filen finns redan. Inget hände.
payable-refused = { $n } rader är trasiga, så inget importerades.
payable-not-taken = { $n } rader togs inte med
payable-fault = Rad { $row }, { $column }
payable-fault-row = Rad { $row }
payable-wrong-not-a-number = inget tal
payable-wrong-not-a-date = inget datum
payable-wrong-not-a-currency = ingen valuta
payable-wrong-missing = tomt
payable-wrong-cells = inte lika många celler som rubriken
payable-wrong-other-invoice = hör till en annan faktura
payable-wrong-too-large = mer än vad som kan räknas
payable-wrong-not-text = ingen text
payable-layout-legacy-license = Licenser, gammal handel
payable-layout-legacy-usage = Användning, gammal handel
payable-layout-new-commerce = Ny handel
payable-layout-daily-rated = Användning dag för dag, med priser
payable-layout-daily-usage = Användning dag för dag, utan priser
payable-layout-plain = Enkel tabell
payable-remove-file = Ta bort filen och dess rader

## For whom, and payments

payable-shares = För vem
payable-customer = Kund
payable-nobody = Ingen angiven
payable-all-lines = Alla rader
payable-compare = Varför mer eller mindre?
payable-payments = Betalningar
payable-pay = Lägg in en betalning
payable-no-payments = Inget är betalt än.
payable-amount = Belopp
payable-paid-on = Betald den
payable-reference = Referens
payable-by = Inlagd av
payable-change = Förfallodatum och anmärkning

## A line, explained

payable-line = Rad { $n }
payable-product = Produkt
payable-charge = Debitering
payable-quantity = Antal
payable-subscription = Prenumeration
payable-order = Beställning
payable-term = Löptid
payable-cycle = Rytm
payable-rate = Växelkurs
payable-promotion = Kampanj
payable-adjustments = Leverantören säger
payable-row = Rad { $row } i filen
payable-explained = Så uppstår beloppet
payable-whole = Enbart räkning leder till summan.
payable-not-whole = Leverantörens egna siffror ger inte riktigt dess belopp. Skillnaden är ett eget steg.
billing-step-price = Listpriset för en är { $result }.
billing-step-effective = På den här raden kostar en { $result }; hur det följer av listpriset säger leverantören inte.
billing-step-times = För { $by }: { $before } × { $by } = { $result }.
billing-step-per-day = Var och en av periodens { $of } dagar: { $before } ÷ { $of } = { $result }.
billing-step-for-days = För { $by } dagar: { $before } × { $by } = { $result }.
billing-step-days = { $by } av { $of } dagar debiteras: { $before } × { $by } ÷ { $of } = { $result }.
billing-step-each = För var och en av { $of }: { $before } ÷ { $of } = { $result }.
billing-step-percent = { $by } % dras av från priset: { $result }.
billing-step-exchange = Till kursen { $by }: { $before } × { $by } = { $result }.
billing-step-round = Avrundat till { $by } decimaler: { $result }.
billing-step-cut = Avkortat efter { $by } decimaler: { $result }.
billing-step-given-back = Det ges tillbaka: { $result }.
billing-step-rounding = Leverantören avrundar på sitt sätt: { $by } mer eller mindre ger { $result }.
billing-step-unexplained = Leverantörens belopp skiljer sig med { $by }, och raden säger inte varför: { $result }.
billing-step-discount = Rabatt: { $before } − { $by } = { $result }.
billing-step-tax = Skatt: { $before } + { $by } = { $result }.

## Two months

payable-months = { $name }: { $month } mot månaden före
payable-months-text = Fakturor efter datum. Varje del är exakt; tillsammans är de skillnaden.
payable-months-none = Inga rader under de här månaderna
payable-months-none-text = Ingen faktura från de här månaderna har rader för kunden.
payable-months-cut = Det finns fler rader än som kan jämföras. Siffrorna omfattar inte alla.
payable-month-before = Månaden före
payable-month-now = Den här månaden
payable-why = Varför
payable-difference = Skillnad
payable-earlier = Månaden före
payable-later = Månaden efter
payable-picture = Bild
payable-cause-seats = Licenser eller användning
payable-cause-price = Listpris
payable-cause-days = Dagar
payable-cause-promotion = Kampanj eller kredit
payable-cause-currency = Växelkurs
payable-cause-new = Nytt
payable-cause-gone = Borta
payable-cause-tax = Skatt
payable-cause-rest = Avrundning och övrigt

## What a line charges

payable-charge-activation-fee = Aktiveringsavgift
payable-charge-cancel-fee = Uppsägning: perioden ges tillbaka
payable-charge-cancel-prorate = Licenser återlämnade, proportionellt
payable-charge-cycle-fee = Periodens pris
payable-charge-cycle-prorate = Licenser under perioden, proportionellt
payable-charge-prorate-cancel = Oanvänd del efter uppsägning
payable-charge-prorate-convert-away = Oanvänd del efter konvertering
payable-charge-prorate-convert-to = Resten av perioden efter konvertering
payable-charge-prorate-purchase = Resten av perioden efter köp
payable-charge-prorate-activate = Resten av perioden efter aktivering
payable-charge-prorate-renew = Del av en period vid förnyelse
payable-charge-purchase-fee = Första perioden efter köp
payable-charge-usage-fee = Användning under perioden
payable-charge-usage-at-cancel = Användning till uppsägning
payable-charge-offset = Tar tillbaka en annan rad
payable-charge-activation-discount = Rabatt vid aktivering
payable-charge-cycle-discount = Rabatt på perioden
payable-charge-renew-discount = Rabatt vid förnyelse
payable-charge-cancel-discount = Rabatt vid uppsägning
payable-charge-new = Nytt köp
payable-charge-renew = Förnyelse
payable-charge-cycle-charge = Periodens pris
payable-charge-add-quantity = Fler licenser
payable-charge-remove-quantity = Färre licenser
payable-charge-move-quantity = Flyttade licenser
payable-charge-cancel-immediate = Uppsagt direkt
payable-charge-convert = Konverterat
payable-charge-change-billing-plan = Annan faktureringsrytm
payable-charge-customer-credit = Kredit till kunden
payable-charge-extend-term = Förlängd löptid
payable-charge-unknown = Okänd debitering

## The audit log

deed-payable-add = Leverantörsfaktura inlagd
deed-payable-change = Leverantörsfaktura ändrad
deed-payable-import = Fil till leverantörsfaktura importerad
deed-payable-remove = Fil till leverantörsfaktura borttagen
deed-payable-pay = Betalning till leverantör inlagd
