# Amit a szállítók nekünk számláznak.

nav-billing = Számlázás
payables = Amivel mi tartozunk
payables-text = A Microsoft és más szállítók számlái, a legújabbak elöl.
payables-none = Még nincs számla
payables-none-text = Amint egy szállító számláját beolvasták, itt áll azzal, hogy mennyi és mikor esedékes.

permission-payables-view = Látni, mit számláznak nekünk a szállítók tételenként, és mi esedékes
permission-payables-manage = Szállítói számlák beolvasása, feléjük történt fizetések rögzítése, vitatás és visszakövetelés
permission-receivables-view = Látni, mit számlázunk az ügyfeleknek, mivel tartoznak és mit fizettek
permission-receivables-manage = Ügyfélszámlák kiállítása és jóváírása, befizetések rögzítése
permission-charges-view = Az ügyfelek fizetett támogatását látni: egyenlegek, csomagok, díjak, rögzített idő
permission-charges-log = Idő rögzítése és fizetős munka becslése
permission-charges-manage = Díjak megadása, előre fizetett támogatás eladása, díjak elengedése és javítása

## Invoices and what is due

payables-new = Számla felvétele
payables-owed = Nyitott
payables-overdue = { $amount } lejárt
payables-next = a következő esedékes: { $date }
payables-none-open = Semmi sem nyitott.
payables-number = Szám
payables-supplier = Szállító
payables-dated = Kelt
payables-due = Esedékes
payables-due-hint = Üresen: 60 nappal a kelte után, mint a Microsoftnál
payables-total = Összesen
payables-open = Nyitott
payables-state = Állapot
payables-lines = Tételek
payables-left = { $n ->
    [0] ma
   *[other] { $n } munkanap
}
payables-kind = Bizonylat
payables-amends = Ezt vonja vissza vagy váltja fel (szám)
payables-begins = Elszámolt időszak kezdete
payables-ends = Elszámolt időszak vége
payables-currency = Pénznem
payables-remark = Megjegyzés
payables-period = Elszámolt időszak
payable-kind-invoice = Számla
payable-kind-void-note = Sztornó bizonylat
payable-kind-adjustment-note = Helyesbítő bizonylat
payable-standing-void = Visszavonva
payable-standing-credit = Jóváírás
payable-standing-paid = Kifizetve
payable-standing-open = Nyitott
payable-standing-overdue = Lejárt

## Lines against the invoice

payable-adds-up = Egyezik
payable-adds-up-text = A tételek az utolsó fillérig kiadják a számla összegét.
payable-no-lines = Nincs tétel
payable-no-lines-text = Még nincsenek beolvasott tételek: semmi sem ellenőrizhető.
payable-mixed = Vegyes pénznemek
payable-mixed-text = Vannak a számlától eltérő pénznemű tételek. Pénznemek között semmi sem adódik össze.
payable-off = { $amount } eltérés
payable-off-text = Tételek mínusz számla: { $amount }.
payable-why-tax = Ez éppen a tételek adója.
payable-why-discounts = Ez éppen a tételek kedvezménye.
payable-why-rounding = A tételek kerekítése ennyit tehet ki.
payable-why-unknown = Az összegekből nem derül ki, miért: tételek hiányoznak vagy fölöslegesek.
payable-counted = Beszámító tételek
payable-details-only = { $n } tétel másokat részletez, és nem számít bele.

## Files

payable-files = Fájlok
payable-upload = Fájl beolvasása
payable-upload-hint = Egyeztetési fájl (CSV), tételek (JSON) vagy a számla PDF-ben
payable-broken = Ha hibás sorok vannak
payable-broken-nothing = semmit se olvasson be
payable-broken-rest = olvassa be a többit
payable-content-lines = { $n } tétel
payable-content-document = Dokumentum
payable-content-unknown = Ismeretlen elrendezés
payable-lacks = Hiányzó vagy kétszer szereplő oszlopok: { $columns }
payable-twice = Ez a fájl már megvan. Semmi sem történt.
payable-refused = { $n } sor hibás, ezért semmit sem olvastunk be.
payable-not-taken = { $n } sor kimaradt
payable-fault = { $row }. sor, { $column }
payable-fault-row = { $row }. sor
payable-wrong-not-a-number = nem szám
payable-wrong-not-a-date = nem dátum
payable-wrong-not-a-currency = nem pénznem
payable-wrong-missing = üres
payable-wrong-cells = nem annyi cella, mint a fejlécben
payable-wrong-other-invoice = másik számlához tartozik
payable-wrong-too-large = több, mint ami számolható
payable-wrong-not-text = nem szöveg
payable-layout-legacy-license = Licencek, régi kereskedelem
payable-layout-legacy-usage = Használat, régi kereskedelem
payable-layout-new-commerce = Új kereskedelem
payable-layout-daily-rated = Napi használat, árakkal
payable-layout-daily-usage = Napi használat, árak nélkül
payable-layout-plain = Egyszerű táblázat
payable-remove-file = A fájl és tételeinek eltávolítása

## For whom, and payments

payable-shares = Kinek
payable-customer = Ügyfél
payable-nobody = Nincs megnevezve
payable-all-lines = Minden tétel
payable-compare = Miért több vagy kevesebb?
payable-payments = Kifizetések
payable-pay = Kifizetés rögzítése
payable-no-payments = Még semmit sem fizettünk.
payable-amount = Összeg
payable-paid-on = Fizetve
payable-reference = Hivatkozás
payable-by = Rögzítette
payable-change = Esedékesség és megjegyzés

## A line, explained

payable-line = { $n }. tétel
payable-product = Termék
payable-charge = Jogcím
payable-quantity = Mennyiség
payable-subscription = Előfizetés
payable-order = Megrendelés
payable-term = Időtartam
payable-cycle = Ütem
payable-rate = Árfolyam
payable-promotion = Promóció
payable-adjustments = A szállító szerint
payable-row = A fájl { $row }. sora
payable-explained = Hogyan áll össze az összeg
payable-whole = Puszta számolással kijön az összeg.
payable-not-whole = A szállító saját számai nem egészen adják ki az összegét. Az eltérés külön lépés.
billing-step-price = Egy darab listaára { $result }.
billing-step-effective = Ebben a tételben egy darab { $result }; hogy ez miként jön a listaárból, a szállító nem mondja meg.
billing-step-times = { $by } darabra: { $before } × { $by } = { $result }.
billing-step-per-day = Az időszak { $of } napjából egy nap: { $before } ÷ { $of } = { $result }.
billing-step-for-days = { $by } napra: { $before } × { $by } = { $result }.
billing-step-days = { $of } napból { $by } napot számítanak fel: { $before } × { $by } ÷ { $of } = { $result }.
billing-step-each = { $of } darabból egyre: { $before } ÷ { $of } = { $result }.
billing-step-percent = { $by } % lejön az árból: { $result }.
billing-step-exchange = { $by } árfolyamon: { $before } × { $by } = { $result }.
billing-step-round = { $by } tizedesre kerekítve: { $result }.
billing-step-cut = { $by } tizedes után levágva: { $result }.
billing-step-given-back = Visszatérítik: { $result }.
billing-step-rounding = A szállító a maga módján kerekít: { $by } eltéréssel { $result }.
billing-step-unexplained = A szállító összege { $by } értékkel eltér, és a tétel nem mondja meg, miért: { $result }.
billing-step-discount = Kedvezmény: { $before } − { $by } = { $result }.
billing-step-tax = Adó: { $before } + { $by } = { $result }.

## Two months

payable-months = { $name }: { $month } az előző hónaphoz képest
payable-months-text = A számlák keltük szerint. Minden rész pontos; együtt adják ki a különbséget.
payable-months-none = Nincs tétel ezekben a hónapokban
payable-months-none-text = E hónapok egyik számláján sincs tétel ennek az ügyfélnek.
payable-months-cut = Több a tétel, mint ami összehasonlítható. Ezek a számok nem fednek le mindent.
payable-month-before = Előző hónap
payable-month-now = Ez a hónap
payable-why = Miért
payable-difference = Különbség
payable-earlier = Egy hónappal előbb
payable-later = Egy hónappal később
payable-picture = Ábra
payable-cause-seats = Licencek vagy használat
payable-cause-price = Listaár
payable-cause-days = Napok
payable-cause-promotion = Promóció vagy engedmény
payable-cause-currency = Árfolyam
payable-cause-new = Új
payable-cause-gone = Megszűnt
payable-cause-tax = Adó
payable-cause-rest = Kerekítés és egyéb

## What a line charges

payable-charge-activation-fee = Aktiválási díj
payable-charge-cancel-fee = Lemondás: az időszak díja visszajár
payable-charge-cancel-prorate = Licencek visszaadása, arányosan
payable-charge-cycle-fee = Az időszak ára
payable-charge-cycle-prorate = Licencek az időszakban, arányosan
payable-charge-prorate-cancel = Fel nem használt rész lemondás után
payable-charge-prorate-convert-away = Fel nem használt rész átalakítás után
payable-charge-prorate-convert-to = Az időszak hátralévő része átalakítás után
payable-charge-prorate-purchase = Az időszak hátralévő része vásárlás után
payable-charge-prorate-activate = Az időszak hátralévő része aktiválás után
payable-charge-prorate-renew = Az időszak része megújításkor
payable-charge-purchase-fee = Első időszak vásárlás után
payable-charge-usage-fee = Használat az időszakban
payable-charge-usage-at-cancel = Használat a lemondásig
payable-charge-offset = Másik tételt von vissza
payable-charge-activation-discount = Kedvezmény aktiváláskor
payable-charge-cycle-discount = Kedvezmény az időszakra
payable-charge-renew-discount = Kedvezmény megújításkor
payable-charge-cancel-discount = Kedvezmény lemondáskor
payable-charge-new = Új vásárlás
payable-charge-renew = Megújítás
payable-charge-cycle-charge = Az időszak ára
payable-charge-add-quantity = Több licenc
payable-charge-remove-quantity = Kevesebb licenc
payable-charge-move-quantity = Áthelyezett licencek
payable-charge-cancel-immediate = Azonnali lemondás
payable-charge-convert = Átalakítás
payable-charge-change-billing-plan = Más számlázási ütem
payable-charge-customer-credit = Jóváírás az ügyfélnek
payable-charge-extend-term = Meghosszabbított időtartam
payable-charge-unknown = Ismeretlen jogcím

## The audit log

deed-payable-add = Szállítói számla felvéve
deed-payable-change = Szállítói számla módosítva
deed-payable-import = Szállítói számla fájlja beolvasva
deed-payable-remove = Szállítói számla fájlja eltávolítva
deed-payable-pay = Szállítónak történt kifizetés rögzítve
