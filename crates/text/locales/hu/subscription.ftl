# Subscriptions: what customers have bought at Microsoft, what comes due, what is done with it.

## Pages

nav-subscriptions = Előfizetések
subscriptions-due = Mi következik
subscriptions-due-text = Megújítások, időszakok és próbaidők vége, határidők és záruló ablakok az összes ügyfél előfizetéseiben. A napok a desk naptára szerinti munkanapok.
subscriptions-due-none = Semmi sem következik
subscriptions-due-none-text = Ebben az időben semmi sem jár le, nem újul meg és nem zárul le. A Microsofthoz nem kapcsolt desknél sincs itt semmi.
subscriptions-days = Következő { $n } nap
subscriptions-range = Időtartam
subscriptions-when = Mikor
subscriptions-what = Mi
subscriptions-whose = Ügyfél
subscriptions-nobodys = Még senki ügyfele
subscriptions-of = { $name } előfizetései
subscriptions-none = Nincs ismert előfizetés
subscriptions-none-text = Vagy nem vásároltak semmit, vagy az ügyfél nincs bérlőhöz kapcsolva a Microsoftnál, vagy még nem olvastuk be.
subscriptions-read = Beolvasva: { $time }
subscription-old = Ez a beolvasás sikertelen vagy régi. Ami itt áll, talán már nem igaz; ez alapján semmi sem történik.
subscription-gone = Már nincs rajta a Microsoft listáján.
subscription-refresh = Beolvasás újra
subscription-drift = Nélkülünk változott
subscription-timeline = Időbeli lefolyás
subscription-ahead = Dátumok
subscription-facts = Amit tudunk
subscription-state = Állapot
subscription-since = { $time } óta
subscription-licences = Licencek
subscription-by-use = használat szerint számlázva
subscription-quantity = { $n } licenc
subscription-kind = Fajta
subscription-term-of = Időszak
subscription-renews = Automatikus megújítás
subscription-on = be
subscription-off = ki
subscription-next-term = Következő időszak
subscription-trial = Próbaverzió
subscription-parent = Kiegészítő ehhez:
subscription-add-ons = Kiegészítők
subscription-azure = Aktív Azure-előfizetések
subscription-unknown = ismeretlen
subscription-id = Microsoft-azonosító
subscription-history = Előzmények
subscription-history-none = Az első beolvasás óta semmi sem változott.
subscription-actions = Mit lehet tenni
subscription-may-not = A szerepköreivel itt csak olvasni lehet.
subscription-number = Licencek száma utána
subscription-preview = Előnézet
subscription-preview-of = { $action }: { $name }
subscription-preview-text = Épp most olvastuk be a Microsofttól. Ez történne:
subscription-from-to = { $before } → { $after } licenc
subscription-confirm = Végrehajtás
subscription-because = Jegy száma
subscription-reason = Indok
subscription-reason-hint = Kinek a kérésére? Jegyszám vagy indok szükséges.
subscription-back = Vissza végrehajtás nélkül
subscription-open = Folyamatban
subscription-withdraw = Visszavonás
subscription-by = { $name }, { $time }
subscription-microsoft-says = A Microsoft szerint: { $words }
subscription-may = Lehetséges
subscription-may-until = Lehetséges eddig: { $time }
subscription-not = Nem lehetséges
subscription-next-at = Újra lehetséges ettől: { $time }.
subscription-never = Nincs későbbi időpont, amikor lehetséges lesz.
subscription-elsewhere = Magában a Partnerközpontban, a rendelésnél, eddig: { $time }.
subscription-cannot-say = Ezt senki sem tudja, ezért nem történik meg. Nem ismert:
subscription-source = Forrás
subscription-unverified = nem a Microsoft saját szövege
subscription-days-left = { $n ->
    [0] ma
    [one] { $n } munkanap múlva
   *[other] { $n } munkanap múlva
}
subscription-picture = { $from } – { $to }; a dátumok mellette állnak.
subscription-change-line = { $field }: { $before } → { $after }
subscription-nothing = –
subscription-yes = igen
subscription-no = nem

## Kinds, states, terms

subscription-era-legacy = Korábbi modell
subscription-era-new-commerce = New commerce
subscription-era-azure-plan = Azure-csomag
subscription-era-perpetual = Örökös szoftver
subscription-era-software = Szoftver-előfizetés
subscription-era-marketplace = Marketplace
subscription-era-unknown = Ismeretlen fajta
subscription-status-none = Ismeretlen állapot
subscription-status-active = Aktív
subscription-status-pending = Beállítás alatt
subscription-status-suspended = Felfüggesztve
subscription-status-expired = Lejárt
subscription-status-disabled = Letiltva
subscription-status-deleted = Törölve
subscription-term-p1m = 1 hónap
subscription-term-p1y = 1 év
subscription-term-p3y = 3 év

## What can be done, and what comes of it

subscription-action-add = Licencek hozzáadása
subscription-action-reduce = Licencek csökkentése
subscription-action-renew-on = Automatikus megújítás bekapcsolása
subscription-action-renew-off = Automatikus megújítás kikapcsolása
subscription-action-cancel = Lemondás
subscription-action-suspend = Felfüggesztés
subscription-action-reactivate = Újraaktiválás
subscription-action-schedule = Licencek ütemezése a következő időszakra
subscription-action-unschedule = Az ütemezés törlése
subscription-effect-users-out = A felhasználók azonnal nem tudnak többé bejelentkezni és használni. A rendszergazdák továbbra is elérik az adatokat.
subscription-effect-users-in = A felhasználók újra használhatják.
subscription-effect-final = Ez nem vonható vissza.
subscription-effect-not-billed = A Microsoft nem számláz többé nekünk.
subscription-effect-billed-again = A Microsoft mostantól újra számláz nekünk.
subscription-effect-billed-more = A Microsoft mostantól számlázza nekünk a további licenceket.
subscription-effect-paid-back = A Microsoft mindent visszatérít.
subscription-effect-paid-back-in-part = A Microsoft a hátralévő időt naponta arányosan visszatéríti.
subscription-effect-renews-no-more = Az automatikus megújítás kikapcsolódik.
subscription-effect-renewal-stays-off = Az automatikus megújítás kikapcsolva marad, amíg valaki újra be nem kapcsolja.
subscription-effect-schedule-gone = A következő időszakra ütemezett változás törlődik.
subscription-effect-reversible = Eddig visszavonható: { $time }.
subscription-effect-data-until = A rendszergazdák eddig érik el az adatokat: { $time }.
subscription-effect-data-gone = Ha senki nem tesz semmit, az adatok ekkor vagy később törlődnek: { $time }.
subscription-effect-billed-until = A Microsoft eddig tovább számláz nekünk: { $time }.
subscription-effect-renews-at = Automatikusan megújul ekkor: { $time }.
subscription-effect-ends-at = Ekkor ér véget: { $time }.
subscription-effect-from = Ettől érvényes: { $time }.
subscription-effect-given-back-until = A hozzáadott licencek eddig adhatók vissza: { $time }.
subscription-effect-bound-until = Azután eddig kötöttek: { $time }.
subscription-effect-add-ons = { $n ->
    [one] { $n } kiegészítő vele megy.
   *[other] { $n } kiegészítő vele megy.
}

## Dates

subscription-occasion-term-began = Vásárlás vagy megújítás
subscription-occasion-suspended = Felfüggesztve
subscription-occasion-cancel-until = Lemondási ablak zárul
subscription-occasion-reduce-until = Licencek már nem adhatók vissza
subscription-occasion-trial-end = A próbaidő véget ér, utána fizetős
subscription-occasion-renewal = Megújítás
subscription-occasion-term-end = Időszak vége
subscription-occasion-reactivate-until = Újraaktiválás határideje
subscription-occasion-disabled = Csak a rendszergazdák érik el az adatokat
subscription-occasion-data-gone = Az adatok törölhetők

## How far something is, and who changed what

subscription-progress-waiting = Küldésre vár
subscription-progress-sent = Elküldve, nem tudni, megérkezett-e
subscription-progress-taken = A Microsoft átvette
subscription-progress-done = Kész, a beolvasás mutatja
subscription-progress-overtaken = Túlhaladott
subscription-progress-forbidden = Egy szabály ellene szól
subscription-progress-refused = A Microsoft elutasította
subscription-progress-expired = Késő elküldeni
subscription-progress-lost = Nincs megerősítve
subscription-progress-withdrawn = Visszavonva
subscription-ended-overtaken = Az előfizetés már nem olyan volt, amilyennek látta, ezért semmit sem küldtünk el. Nézze meg, és döntsön újra.
subscription-ended-forbidden = Mire elküldtük volna, egy szabály ellene szólt. Semmit sem küldtünk el.
subscription-ended-refused = A Microsoft elutasította. Semmi sem változott.
subscription-ended-expired = Egy napig nem lehetett elküldeni, ezért már nem küldjük el. Döntsön újra.
subscription-ended-lost = Elküldtük, de egy napig egyetlen beolvasás sem mutatta. Nézze meg a Partnerközpontban, mi lett belőle.
subscription-cause-ours = általunk
subscription-cause-time = az idő múlásával
subscription-cause-elsewhere = nélkülünk
subscription-field-status = Állapot
subscription-field-quantity = Licencek
subscription-field-auto-renew = Automatikus megújítás
subscription-field-term-ends = Időszak vége
subscription-field-scheduled = A következő időszak licencei
subscription-field-trial = Próbaverzió

## When it will be possible, and what is not known

subscription-next-reactivated = Újraaktiválás után lehetséges.
subscription-next-parent = Akkor lehetséges, ha aktív az, amelynek a kiegészítője.
subscription-next-azure-cancelled = Akkor lehetséges, ha a benne lévő Azure-előfizetéseket egyenként lemondták.
subscription-next-provisioned = Akkor lehetséges, ha be van állítva.
subscription-next-renew-on = Az automatikus megújítás bekapcsolása után lehetséges.
subscription-next-suspend = Inkább függessze fel.
subscription-next-done = Már most is így van.
subscription-lack-era = a Microsoft mely szabályai vonatkoznak rá
subscription-lack-status = milyen állapotban van
subscription-lack-term = mennyi időre vették
subscription-lack-term-began = mikor vették vagy újították meg
subscription-lack-term-ends = mikor ér véget az időszak
subscription-lack-refundable = mikor adtak hozzá licenceket
subscription-lack-status-since = mióta van felfüggesztve
subscription-lack-parent = hogyan áll az, amelynek a kiegészítője
subscription-lack-azure-active = vannak-e benne aktív Azure-előfizetések
subscription-lack-account = mikor nyílt a fiók: a Microsoft a Partnerközpontban mutatja az utolsó napot
subscription-lack-renewal = mi lett belőle az időszak végén: olvassa be újra
subscription-lack-document = erről semmi a Microsoft dokumentációjában

## Microsoft’s rules, by row

subscription-rule-over = Ami lejárt, letiltott vagy törölt, már nem módosítható.
subscription-rule-not-provisioned = A Microsoft még beállítja.
subscription-rule-already-suspended = Fel van függesztve.
subscription-rule-already-active = Aktív.
subscription-rule-already-renews = Az automatikus megújítás be van kapcsolva.
subscription-rule-already-ends = Az automatikus megújítás ki van kapcsolva.
subscription-rule-suspended-stays-as-it-is = Ami fel van függesztve, nem módosítható.
subscription-rule-add-on-follows = Kiegészítő nem aktiválható újra az előtt, amihez tartozik.
subscription-rule-by-use = Használat szerint számlázzák, nincsenek számolható licencei.
subscription-rule-nce-renewing = A Microsoft az időszak vége utáni napon újítja meg; addig semmi sem módosítható.
subscription-rule-nce-trial = A próbaverzió állapota a vége előtt nem módosítható.
subscription-rule-nce-trial-seats = A próbaverziónak 25 licence van, se több, se kevesebb.
subscription-rule-nce-add = Licencek bármikor hozzáadhatók.
subscription-rule-nce-reduce-72h = A licencek a hozzáadásuk után 72 órán belül adhatók vissza.
subscription-rule-nce-reduce-7d = A licencek a hozzáadásuk vagy megújításuk után 7 napon belül adhatók vissza.
subscription-rule-nce-cancel-72h = A vásárlás vagy megújítás után 72 órán belül mondható le.
subscription-rule-nce-cancel-7d = A vásárlás vagy megújítás után 7 napon belül mondható le.
subscription-rule-nce-suspend = Bármikor felfüggeszthető; a Microsoft tovább számláz.
subscription-rule-nce-suspended-at-end = Az időszak a felfüggesztés alatt ért véget; nincs visszaút.
subscription-rule-nce-reactivate = Az időszak végéig újraaktiválható.
subscription-rule-nce-renew = Az automatikus megújítás bármikor átkapcsolható, amíg aktív.
subscription-rule-nce-schedule-needs-renewal = Változás csak automatikusan megújuló időszakra ütemezhető.
subscription-rule-nce-schedule = A következő időszak bármikor ütemezhető, amíg aktív.
subscription-rule-nce-nothing-scheduled = Nincs semmi ütemezve.
subscription-rule-nce-unschedule = Az ütemezés az időszak végéig törölhető.
subscription-rule-legacy-quantity = Licencek bármikor hozzáadhatók és csökkenthetők.
subscription-rule-legacy-renew = Az automatikus megújítás bármikor átkapcsolható, amíg aktív.
subscription-rule-legacy-suspend = Bármikor felfüggeszthető; a Microsoft nem számláz tovább.
subscription-rule-legacy-reactivate-60d-china = A 21Vianetnél a felfüggesztés után 60 napon belül aktiválható újra.
subscription-rule-legacy-reactivate-60d = A felfüggesztés után 60 napon belül lehetett újraaktiválni.
subscription-rule-legacy-reactivate-90d = A felfüggesztés után 90 napon belül aktiválható újra, egyes fiókoknál legfeljebb 120.
subscription-rule-legacy-cancel = A korábbi modell előfizetését nem lemondják, hanem felfüggesztik; a Microsoft törli, ha senki sem aktiválja újra.
subscription-rule-legacy-no-schedule = Változás csak new commerce esetén ütemezhető.
subscription-rule-azure-plan-in-use = Azure-csomag nem függeszthető fel, amíg aktív Azure-előfizetések vannak benne.
subscription-rule-azure-plan-suspend = Azure-csomag felfüggeszthető, ha semmi sem aktív benne.
subscription-rule-azure-plan-reactivate = A felfüggesztett Azure-csomag újraaktiválható.
subscription-rule-azure-plan-no-term = Az Azure-csomagnak nincs időszaka: nem újul meg, és nem mondható le.
subscription-rule-perpetual-cancel = Örökös szoftver a vásárlás után 30 napon belül adható vissza, a rendelésnél.
subscription-rule-software-cancel-30d = A szoftver-előfizetést a vásárlás után 30 napon belül lehetett visszaadni, a rendelésnél.
subscription-rule-software-cancel-7d = A szoftver-előfizetés a vásárlás után 7 napon belül adható vissza, a rendelésnél.
subscription-rule-software-whole = A szoftver csak egészében adható vissza, nem licencenként.
subscription-rule-marketplace-cancel-24h = Egyhavi marketplace-termék a vásárlás után 24 órán belül mondható le.
subscription-rule-marketplace-cancel-14d = Legalább egyéves marketplace-termék a vásárlás után 14 napon belül mondható le.
subscription-rule-marketplace-cancel-72h = Marketplace-termék a vásárlás után 72 órán belül mondható le.
subscription-rule-marketplace-renew = A marketplace-termék automatikus megújítása bármikor átkapcsolható, amíg aktív.

## What can go wrong, rights, log, letters

problem-not-offered = A Microsoft e felhője ezt nem kínálja.
problem-microsoft-later = A Microsoft most nem válaszol, vagy türelmet kér. Régi beolvasás alapján semmi sem történik: próbálja újra néhány perc múlva.
problem-microsoft-consent = A Microsoft már nem fogadja el a desk hozzájárulását. A kapcsolat gondozójának be kell jelentkeznie, és újra hozzá kell járulnia.
problem-microsoft-gone = A Microsoftnál ez az előfizetés már nem a miénk.
problem-microsoft-refused = A Microsoft megtagadta a választ. A hozzájárulást adó ügynöknek talán hiányzik a szerepköre.
problem-act-open = Ezzel az előfizetéssel már történik valami. Várja meg, amíg véget ér.
problem-not-possible = A Microsoft egy szabálya ellene szól. Az előfizetés oldala megmondja, melyik, és mikor lehetséges.
permission-subscriptions-view = Látni, mit vásároltak az ügyfelek a Microsoftnál, és mi következik
permission-subscriptions-manage = Előfizetések módosítása: licencek, automatikus megújítás, felfüggesztés, újraaktiválás
permission-subscriptions-cancel = Előfizetések lemondása
deed-subscription-ask = Döntés született egy előfizetésről
deed-subscription-end = Az előfizetésről hozott döntés lezárult
deed-subscription-withdraw = Egy előfizetésről hozott döntést visszavontak
microsoft-reads-subscriptions = Előfizetések
done-deciding = Döntés rögzítve. Hamarosan megtörténik; ez az oldal mutatja, mikor erősíti meg a beolvasás.
done-read-again = Épp most beolvasva a Microsofttól.
mail-subscription-subject = Nem történt meg: { $action } – { $name }
mail-subscription-body = Amit { $time } időpontban döntött, nem úgy végződött, ahogy kellett volna.
mail-subscription-reason = Az ok
mail-subscription-open = Az előfizetés megnyitása
