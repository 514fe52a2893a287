# Szállítók, a náluk meglévő jogosultságok, a tanácsadó.

## Amit a naplózás mond

deed-supplier-add = Szállító felvéve
deed-supplier-change = Szállító módosítva
deed-supplier-offering-add = Szállító ajánlata felvéve
deed-supplier-offering-change = Szállító ajánlata módosítva
deed-entitlement-add = Szállítói szerződés rögzítve
deed-entitlement-change = Szállítói szerződés módosítva
deed-contract-read = Szerződés számai megtekintve
deed-wallet-grant = Egységek jóváírva
deed-wallet-consume = Egység máshol felhasználva
deed-wallet-refund = Egység visszaadva
deed-standing-change = Saját minősítés a Microsoftnál módosítva

## Ami félremehet

problem-none-left = Ebben a keretben nincs több egység.
problem-case-spent = Ez az eset visszaadta az egységét. Az új próbálkozás új eset.
problem-case-elsewhere = Ez az eset egy másik kerethez tartozik.
problem-not-held = Ez az eset nem foglal egységet.
problem-not-consumed = Ez az eset nem használt fel egységet.
problem-not-counted = Ennek a szerződésnek az egységeit nem számoljuk, ezért nem is lehet hozzáadni.
problem-not-a-count = Egész számot írjon 1 és 1 000 000 között.
problem-contract-expired = Ez a szerződés lejárt. Válasszon másik utat, vagy rögzítse az új szerződést.
problem-contract-not-begun = Ez a szerződés még nem kezdődött el.
problem-not-a-price = Ez nem ár. Írja így: 12.50, a pénznemet pedig így: EUR.
problem-not-a-link = Olyan címet írjon, amely a https:// jelöléssel kezdődik.
problem-not-after = A végnek a kezdet után kell lennie.

## Válaszok azoknak az ügyfeleknek, akiknek az ügye máshová tartozik

answer-hello = Üdvözöljük!
answer-hello-name = Kedves { $name }!
answer-end = Ha bármi másban segíthetünk, egyszerűen válaszoljon erre az üzenetre.
answer-product-portal = A termék, amelyről ír, nem rajtunk keresztül lett megvásárolva, ezért nincs hozzáférésünk hozzá, és nem nyithatunk róla kérést az Ön nevében. Kérjük, ott nyisson kérést, ahol a(z) { $service } támogatása elérhető: jelentkezzen be rendszergazdai fiókkal a { $portal } címen, és válassza ott a súgót. A Microsoft ezután közvetlenül Önnek válaszol.
answer-product-portal-other = A termék, amelyről ír, nem rajtunk keresztül lett megvásárolva, ezért nincs hozzáférésünk hozzá, és nem nyithatunk róla kérést az Ön nevében. Kérjük, forduljon ahhoz, akitől vásárolta, vagy használja a termék saját portáljának támogatását.
answer-publisher = A termék, amelyről ír, a kereskedelmi piactéren lett megvásárolva, és a közzétevője támogatja; a Microsoft nem ad hozzá támogatást. A közzétevő támogatási címét a termék piactéri oldalán találja. Ha szeretné, felvesszük Ön helyett a kapcsolatot a közzétevővel.
answer-publisher-name = A termék, amelyről ír, a kereskedelmi piactéren lett megvásárolva, és a közzétevője támogatja: { $publisher }; a Microsoft nem ad hozzá támogatást. Ha szeretné, felvesszük Ön helyett a kapcsolatot a közzétevővel.
answer-msrc = Köszönjük, hogy egy lehetséges biztonsági résről tájékoztatott bennünket. A Microsoft az ilyen bejelentéseket kizárólag a Security Response Center oldalán fogadja: { $portal }. Kérjük, ott jelentse be, és a részleteket a javításig ne adja tovább. Üzenetét bizalmasan kezeljük.

## Az oldalak körül

nav-suppliers = Szállítók
suppliers-new = Új szállító
supplier-kind = Szállító fajtája
supplier-kind-microsoft = Microsoft
supplier-kind-provider = Közvetett szolgáltató
supplier-kind-outsourcer = Kiszervezett támogató
supplier-kind-publisher = Közzétevő
supplier-way = Hogyan jut el oda a jegy
supplier-way-desk = A saját Partnerdeskje
supplier-way-mail = E-mailben
supplier-way-portal = Egy ügyintéző rögzíti a portálon
supplier-way-azure-support = Azure Support API
supplier-address = Cím
supplier-address-hint = E-mail-cím vagy egy portál https:// címe
supplier-personal-data = Megtudhatja, kik az ügyfél munkatársai
supplier-active = Jegyek adhatók át neki
supplier-inactive = Félretéve
supplier-profile = Profil
supplier-details = Adatok
supplier-offerings = Ajánlatok
supplier-offering-new = Új ajánlat
supplier-offering-change = Módosítás
supplier-offering-change-named = { $name } módosítása
supplier-ended = Jelenleg nem elérhető
supplier-published = Ahogy a szállító deskje közzéteszi
supplier-plan-read = A deskje által közzétettek beolvasása
problem-published-there = Ezt a szállító saját deskje teszi közzé, és ott módosítható. Itt semmi sem változott.
problem-desk-silent = A szállító deskje nem válaszol. A korábban beolvasott megmarad; magától újra megkérdezzük.
problem-statement-newer = A szállító deskje olyan formában tesz közzé, amelyet ez a verzió nem olvas. A korábban beolvasott megmarad.
supplier-edited = Ez a desk módosította
supplier-source = Forrás
supplier-services = Szolgáltatások
supplier-kinds = Kérések fajtái
supplier-languages = Nyelvek
supplier-contact = Kapcsolatfelvételi mód
supplier-hours = Szolgáltatási idő
supplier-hours-hint = Hagyja üresen az összes napot, ha az idő nem ismert.
supplier-hours-unknown = Nem ismert
supplier-hours-always = Éjjel-nappal
supplier-hours-week = heti { $time }, { $zone }
supplier-promises-none = Nincs ismert idő
supplier-price = Díj
supplier-price-included = Benne foglaltatik
supplier-price-incident = Kérésenként
supplier-price-hour = Óránként
supplier-price-month = Havonta
supplier-price-unknown = összeg nincs megadva

## Szerződések

supplier-contracts = Szerződések
supplier-no-contracts = Nincs rögzített szerződés.
contract-new = Szerződés rögzítése
contract-name = Szerződés
contract-name-hint = Ahogy az ajánlat neve
contract-offering = Ajánlat
contract-units = Egységek
contract-units-hint = Hány incidens vagy óra jár vele. Üresen: nem számoljuk.
contract-unlimited = Nem számoljuk
contract-left =
    { $n ->
        [0] Nem maradt
       *[other] { $n } maradt
    }
contract-period = Időszak
contract-first-day = Első nap
contract-last-day = Utolsó nap
contract-expired = Lejárt: { $date }
contract-not-begun = Kezdete: { $date }
contract-ends = Eddig: { $date }
contract-open-ended = Határozatlan
contract-forecast = Előrejelzés
contract-forecast-runs-out = Kb. { $date } körül fogy el
contract-forecast-lasts = Kitart az időszak végéig
contract-forecast-unknown = Túl kevés felhasználás a becsléshez
contract-forecast-rule = Előrejelzés: az utolsó 90 nap alapján. Legalább 14 nap és három felhasznált egység kell hozzá.
contract-access-id = Access ID
contract-contract-id = Szerződésazonosító
contract-number-kept = Tárolva; gépeljen a cseréhez
contract-forget-access = Access ID törlése
contract-forget-contract = Szerződésazonosító törlése
contract-numbers = A szerződés számai
contract-numbers-show = Megjelenítés
contract-numbers-none = Nincs megadva.
contract-numbers-noted = Titkosítva tároljuk. Minden megtekintést rögzít a napló.

## Keretek

wallet = Keret
wallet-empty = Még nem volt felhasználás
wallet-empty-text = Itt jelenik meg minden beérkező, lefoglalt, felhasznált vagy visszaadott egység.
wallet-when = Mikor
wallet-what = Mi
wallet-case = Eset
wallet-case-hint = A szállító által adott kérésszám
wallet-by = Ki
wallet-change = Változás
wallet-balance = Maradék
wallet-reason = Indok
wallet-units = Egységek
wallet-grant = Egységek hozzáadása
wallet-consume = Máshol történt felhasználás rögzítése
wallet-refund = Visszaadás
wallet-refund-named = { $name } egységének visszaadása
wallet-system = Partnerdesk
supplier-act-grant = Hozzáadva
supplier-act-reserve = Lefoglalva
supplier-act-consume = Felhasználva
supplier-act-release = Felszabadítva
supplier-act-refund = Visszaadva
supplier-act-expire = Lejárt

## Saját minősítés a Microsoftnál

standing-title = Minősítésünk a Microsoftnál
standing-hint = Amit a tanácsadó rólunk tud. Ami nyitva marad, az ismeretlen, és sosem találgatjuk.
standing-competency = Kompetencia vagy minősítés
supplier-competency-gold = Arany
supplier-competency-silver = Ezüst
supplier-competency-action-pack = Action Pack
supplier-competency-solutions-partner = Solutions Partner
supplier-competency-none = Nincs
standing-cloud = Van felhős
standing-plans = Meglévő csomagjaink
standing-plans-none = Nincs csomag
standing-plans-asfp = ASfP
standing-plans-psfp = PSfP
standing-plans-both = ASfP és PSfP
standing-azure = Szolgáltatónk hozzáférést adott az ügyfelek Azure-fiókjához
standing-unverified = A nem ellenőrzött szabályok használata is
standing-unverified-hint = Mások beszámolóin alapulnak, nem a Microsoft saját szövegén.
standing-unknown = Nem ismert
standing-no = Nem

## A Microsoft szabályai

rules-title = A Microsoft szabályai
rules-intro = Ami eldönti, melyik támogatási csatornát veheti igénybe egy ügy: minden szabály a hatályával és a forrásával.
rules-coming = Változni fog
rules-coming-none = Nincs ismert változás.
rules-now = Ma érvényes
rules-past = Korábban volt érvényes
rules-begins = Kezdete: { $date }
rules-ends = Vége: { $date }
rules-since = ettől: { $date }
rules-until = eddig: { $date }
rules-unverified = Nem ellenőrzött
rules-off = Kikapcsolva
rules-touches = Érinti:
rules-every = Minden ügy
rule-name = A neve: „{ $name }”.
vehicle-rule-security-report = A sebezhetőséget a Microsoft Security Response Centernek kell bejelenteni.
vehicle-rule-marketplace = A kereskedelmi piactér termékét a közzétevője támogatja.
vehicle-rule-not-sold-by-us = Ami máshol lett megvásárolva, az a termék saját portáljára tartozik.
vehicle-rule-partner-center = A Partnerközpont saját problémája a Súgó + támogatás oldalra tartozik.
vehicle-rule-not-break-fix = A beállítás, a konfigurálás és a használati kérdések a partnerre tartoznak.
vehicle-rule-reseller-billing = A viszonteladó számlái, jóváírásai és rendelései a szolgáltatójára tartoznak.
vehicle-rule-reseller-azure-access = A viszonteladó csak ott nyithat Azure-kérést, ahol a szolgáltatója hozzáférést adott neki.
vehicle-rule-reseller-azure = Az Azure-kéréseket a szolgáltató nyitja meg, akkor is, ha a viszonteladónak van támogatási szerződése.
vehicle-rule-china = Kínában minden kérés a 21Vianet portálján megy keresztül.
vehicle-rule-commercial-covers = Számlázás és előfizetések, minden partnernek jár.
vehicle-rule-csp-plan-microsoft365 = A Microsoft 365 hibaelhárítása, benne foglaltatik: szolgáltatáskérés az ügyfél felügyeleti központjában.
vehicle-rule-csp-plan-azure = Az Azure hibaelhárítása, közvetlen számlázási partnereknek és közvetett szolgáltatóknak jár: kérés az Azure Portalon a „Cloud Solution Provider” csomaggal.
vehicle-rule-csp-plan-delegated-admin = Az ügyfél nem adta meg ezt: { $delegated_admin }, pedig ezen keresztül készül a szolgáltatáskérés.
vehicle-rule-dynamics-365 = A Dynamics 365-höz { $asfp } vagy magasabb szint kell.
vehicle-rule-signature-cloud-covers = Az Azure hibaelhárítása, a { $program } kedvezménye.
vehicle-rule-signature-cloud-microsoft365 = A Microsoft 365 felügyeleti központjában nem használható.
vehicle-rule-signature-cloud-competency = Arany vagy ezüst kompetenciával, illetve Solutions Partner minősítéssel jár.
vehicle-rule-signature-cloud-none-left = Nem maradt incidens.
vehicle-rule-product-support-covers = Saját gépeken futó szoftver, az aktuális verzió és – alapvető támogatása idején – az előző; a { $program } kedvezménye.
vehicle-rule-product-support-competency = Arany vagy ezüst kompetenciával, Solutions Partner minősítéssel vagy az Action Packkel jár.
vehicle-rule-product-support-none-left = Nem maradt incidens.
vehicle-rule-designations-not-yet = Még nincsenek Solutions Partner minősítések.
vehicle-rule-asfp-covers = Felhőtermékek technikai problémái, meglévő csomaggal.
vehicle-rule-asfp-not-held = Nincs ilyen csomag.
vehicle-rule-asfp-retired = Megszűnt.
vehicle-rule-psfp-covers = Minden termék technikai problémái, meglévő csomaggal.
vehicle-rule-psfp-not-held = Nincs ilyen csomag.
vehicle-rule-signature-cloud-50 = 50 incidens Solutions Partner minősítéssel.
vehicle-rule-signature-cloud-cloud-competency = Korlátlan számú incidens felhőkompetenciával.
vehicle-rule-signature-cloud-gold = 10 incidens más arany kompetenciával.
vehicle-rule-signature-cloud-silver = 5 incidens más ezüst kompetenciával.
vehicle-rule-signature-cloud-designation = Korlátlan számú incidens Solutions Partner minősítéssel.
vehicle-rule-product-support-gold = 20 incidens arany kompetenciával.
vehicle-rule-product-support-silver = 15 incidens ezüst kompetenciával.
vehicle-rule-product-support-action-pack = 10 incidens az Action Packkel.
vehicle-rule-product-support-designation = 20 incidens Solutions Partner minősítéssel.
vehicle-rule-severity-a = Az A súlyosságra angolul két órán belül válaszolnak.
vehicle-rule-severity-b = A B súlyosságra angolul négy órán belül válaszolnak.
vehicle-rule-severity-c = A C súlyosságra angolul nyolc órán belül válaszolnak.

## Miért járható vagy nem járható egy út

why-covers = A feltételei kiterjednek erre a szolgáltatásra és kérésfajtára.
why-only-for = Csak erre: { $what }
why-takes-one = Egy egységet használ el a maradékból: { $n }.
why-uncounted = Az egységeit nem számoljuk.
why-expired = A szerződés lejárt: { $date }.
why-not-begun = A szerződés kezdete: { $date }.
why-none-left = Nem maradt egység.
why-no-contract = Havidíjas, és nincs rögzített szerződés.
why-not-offered = Egyik aktív szállítónk sem kínálja.
why-other-language = Az ügyfél nyelvén nem érhető el.

## Hová kerül az ügy helyette

supplier-instead-msrc = Microsoft Security Response Center
supplier-instead-publisher = A termék közzétevője
supplier-instead-product-portal = A termék saját portálja
supplier-instead-partner-center-help = Súgó + támogatás a Partnerközpontban
supplier-instead-resolve-here = Ez a desk maga válaszolja meg
supplier-instead-provider = A közvetett szolgáltatónk

## Amit tudni vagy megszerezni kellene

supplier-lack-at = Mikor kérdezik
supplier-lack-cloud = Melyik felhőben van az ügyfél
supplier-lack-partner = Milyen partner ez a desk
supplier-lack-kind = Milyen fajta kérés
supplier-lack-topic = Számláról, jóváírásról vagy rendelésről szól-e
supplier-lack-break-fix = Elromlott-e valami
supplier-lack-service = Melyik szolgáltatásról szól
supplier-lack-product-version = A termék melyik verziója
supplier-lack-severity = Mennyire súlyos
supplier-lack-language = A nyelv
supplier-lack-competency = Kompetenciánk vagy minősítésünk
supplier-lack-cloud-competency = Felhős-e a kompetenciánk
supplier-lack-plans = Milyen csomagjaink vannak
supplier-lack-plans-asfp = ASfP-t kellene vásárolni
supplier-lack-plans-psfp = PSfP-t kellene vásárolni
supplier-lack-incidents-product-support = Hány terméktámogatási incidens maradt
supplier-lack-incidents-signature-cloud = Hány felhőtámogatási incidens maradt
supplier-lack-delegated-admin = Delegált rendszergazdai jog az ügyféltől
supplier-lack-provider-azure-access = Adott-e a szolgáltatónk hozzáférést az Azure-hoz
