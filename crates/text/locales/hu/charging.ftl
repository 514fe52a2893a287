# A támogatás díja: jogosultság, idő, jóváhagyás, előre fizetett keret, számlázandó sorok.

charging = Díjazás
charge-basis-plan = A csomag része
charge-basis-prepaid = Előre fizetett órák
charge-basis-pack = Esetcsomag
charge-basis-incident = Esetenkénti díj
charge-basis-hourly = Óradíj
charge-basis-free = Díjtalan
charge-basis-microsoft = A Microsoft hibája
charge-basis-ask = Megállapodásra vár
charge-why-plan = Benne van ebben: { $name }.
charge-why-prepaid = Forrása: { $name }; maradt: { $left }.
charge-why-beyond = Utána { $price } óránként, jóváhagyás után.
charge-why-beyond-unknown = Ami utána jön, arról előbb meg kell állapodni.
charge-why-pack =
    { $left ->
        [one] Egy eset innen: { $name }; utána { $left } marad.
       *[other] Egy eset innen: { $name }; utána { $left } marad.
    }
charge-why-incident = { $price } az esetért, jóváhagyás után.
charge-why-hourly = { $price } óránként, körülbelül { $estimate }, legfeljebb { $cap }, jóváhagyás után.
charge-why-warranty = Ugyanezt az ügyet nemrég megoldottuk: #{ $number }.
charge-why-microsoft = Amit levontunk, visszaadtuk: { $reason }
charge-free-commercial = A számlákról, licencekről és megújításokról szóló kérdés díjtalan.
charge-free-warranty = Ugyanezt az ügyet nemrég megoldottuk.
charge-free-security = A sebezhetőség bejelentése díjtalan.
charge-ask-customer = Előbb tudni kell, kié a kérés.
charge-ask-price = Nincs megállapodott ár. Addig semmit sem számítunk fel.
charge-sum-all = Eddigi idő
charge-sum-prepaid = Ebből előre fizetve
charge-sum-waived = Nem számítjuk fel
charge-sum-agreed = Jóváhagyva
charge-unconfirmed = { $time } nincs jóváhagyva az ügyfél által. Ezt nem számítjuk fel.
charge-unconfirmed-incident = Az ügyfél nem hagyta jóvá. Nem számítjuk fel.
charge-asked-hours = { $price } óránként, legfeljebb { $cap }
charge-asked-incident = { $price } az esetért
charge-asked-at = Kérdezve: { $when }
charge-confirmed-by = Jóváhagyta: { $who }, { $when }
charge-declined-by = Elutasította: { $who }, { $when }
charge-withdrawn = Visszavonva
charge-withdraw = Visszavonás
charge-confirm = Jóváhagyás kérése az ügyféltől
charge-ask-note = Mit fog tenni, ahogy az ügyfél olvassa
charge-ask-send = Kérdezés
charge-lines = A számlán
charge-other = A Microsoft hibája, új döntés
charge-fault = A Microsoft hibája, mert
charge-fault-text = Amit levontunk, visszaadjuk, és semmit sem számítunk fel. Üresen hagyva ezt visszavonja.
charge-again = Új döntés
time-log = Idő rögzítése
time-minutes = Perc
time-minutes-zero = Perc (0: visszavonás)
time-note = Mi történt
time-free = Ne számítsuk fel
time-reason = Indok
time-entries = Rögzített idő
time-not-charged = nem számítjuk fel
time-correct = Javítás
time-charged = Felszámítjuk
timer-start = Időmérő indítása
timer-since = Fut ettől:
timer-stop = Leállítás és rögzítés
timer-discard = Elvetés
timer-elsewhere = Az időmérője itt fut:

charges = Számlázandó
charges-text = A támogatás ára soronként, ahogy az ügyfél olvasni fogja. Az összeg nélküli sorok megmutatják, mit kapott az ügyfél.
charges-none = Nincs mit számlázni
charges-none-text = Ha egy jegy megoldódik, sorai itt állnak, amíg egy számla fel nem veszi őket.
charges-everybody = Minden ügyfél
charges-to-drafts = Számlatervezetre teszem
charges-to-drafts-text = Minden ügyfél tételei egyszer kerülnek a nyitott tervezetére. A tervezet még módosítható; amit levesznek róla, az itt vár újra.
charges-export = Mentés táblázatként
charge-day = Nap
charge-what = Mi
charge-quantity = Mennyiség
charge-price = Ár
charge-amount = Összeg
charge-total = Az oldal összege
charge-unit-hour = óra
charge-unit-incident = eset
charge-rules = A díjazás szabályai
charge-rules-text = Arra érvényesek, ami ezután jön. Minden bejegyzést a következő teljes lépésig számítunk fel.
charge-increment = Az idő lépésköze
charge-hourly = Egy óra ára
charge-hourly-hint = Ahol egyik csomag sem mond árat. Üres: meg kell állapodni, addig semmit sem számítunk fel.
charge-currency = Pénznem
charge-estimate = Becslés
charge-cap = Legfeljebb
charge-warranty = Hány napig díjtalan, ami visszatér
charge-low-hours = Kevés óra ettől
charge-low-incidents = Kevés eset ettől
charge-description = { $number }. kérés, „{ $subject }”: { $what }
charge-description-named = { $number }. kérés, „{ $subject }”: { $what } ({ $name })
charge-line-plan = munka a csomag keretében
charge-line-prepaid = munka, előre fizetve
charge-line-pack = eset, előre fizetve
charge-line-incident = eset
charge-line-hours = munka óradíjjal
charge-line-commercial = kérdés számláról, licencről vagy megújításról, díjtalan
charge-line-warranty = munka szavatosságban, díjtalan
charge-line-security = sebezhetőség bejelentése, díjtalan
charge-line-microsoft = munka, a Microsoft hibája, díjtalan
charge-line-waived = munka, amelyet nem számítunk fel

prepaid = Előre fizetett támogatás
prepaid-text = Órák és esetek, amelyeket az ügyfelek előre kifizettek. Ami előbb jár le, azt használjuk fel előbb.
prepaid-none = Még semmit sem adtunk el
prepaid-none-text = Adjon el egy ügyfélnek órákat vagy eseteket, és kéréseit azokból fedezzük.
prepaid-contract = Szerződés
prepaid-left = Maradt
prepaid-low = kevés
prepaid-period = Időszak
prepaid-until = eddig: { $day }
prepaid-for-ever = vég nélkül
prepaid-runs-out = elfogy körülbelül ekkor: { $day }
prepaid-lasts = elég
prepaid-incidents =
    { $n ->
        [one] { $n } eset
       *[other] { $n } eset
    }
prepaid-sell = Eladás
prepaid-what = Mit tartalmaz
prepaid-units = Mennyi
prepaid-units-hint = Órák, például 10 vagy 2 h 30, vagy az esetek száma
prepaid-holds-hours = Órák
prepaid-holds-incidents = Esetek
prepaid-order = Több szerződés közül azt használjuk előbb, amelyik előbb jár le. Ami a végén marad, elvész.

help-approval = Kérjük, hagyja jóvá
help-approval-confirm = Jóváhagyás
help-approval-decline = Elutasítás
help-approval-others = Arra vár, aki az Ön szervezetében jóváhagyhatja

mail-approval-subject = Kérjük, hagyja jóvá: { $subject } [#{ $number }]
mail-approval-body = Az Ön #{ $number } számú kérése, „{ $subject }”, díjköteles munkát igényel. Kérjük, olvassa el, mit tennénk és mennyibe kerül.
mail-approval-again = Az Ön #{ $number } számú kérése, „{ $subject }”, több munkát igényel, mint amit jóváhagytak. Kérjük, olvassa el, mennyibe kerülne most.
mail-approval-hourly = { $price } óránként. Várhatóan { $estimate }, és legfeljebb { $cap } díját számítjuk fel: { $most }.
mail-approval-incident = { $price } az egész kérésért.
mail-approval-first = Jóváhagyása előtt semmit sem számítunk fel.
mail-approval-button = Jóváhagyás vagy elutasítás

deed-charging-rules = A díjazás szabályai megváltoztak
deed-charge-decide = Új döntés a jogosultságról
deed-time-log = Idő rögzítve
deed-time-correct = Idő javítva
deed-approval-ask = Jóváhagyást kértünk az ügyféltől
deed-approval-withdraw = A jóváhagyás kérése visszavonva
deed-approval-answer = Az ügyfél válaszolt a jóváhagyás kérésére
deed-prepaid-sell = Előre fizetett szerződés eladva
deed-prepaid-change = Előre fizetett szerződés megváltozott

problem-charge-confirmed = Az ügyfél jóváhagyta, vagy már felszámítottuk: a döntés marad.
problem-charge-invoiced = Már számlán áll. A jóváíró számla a megoldás.
problem-nothing-to-confirm = Nincs mit jóváhagyni: nem számítunk fel semmit, vagy nincs megállapodott ár.
problem-nobody-may-confirm = Ennek az ügyfélnek egyik kapcsolattartója sem hagyhat jóvá. Adja meg az ügyfél katalógusoldalán, ki teheti.
problem-timer-runs = Az időmérője már fut. Előbb állítsa le.
problem-timer-here = Az időmérője ezen a jegyen fut. Állítsa le és rögzítse az időt, vagy vesse el; utána oldja meg.
problem-no-timer = Nem fut időmérője.
problem-not-quarters = Teljes negyedórákat adjon meg.
problem-below-estimate = Ez kevesebb a becslésnél.
problem-not-yet = Az a nap még nem jött el.
problem-too-old = Ez túl régen volt.
