# The desk's connection to Microsoft, and what is read by it.

settings-microsoft = Microsoft
microsoft-going = Átirányítjuk a Microsoft bejelentkezési oldalára.
microsoft-go = Tovább
microsoft-standing = Állapot
microsoft-says = A Microsoft szerint:
microsoft-current = Minden rendben volt
microsoft-until = Következő próbálkozás
microsoft-consented = Jóváhagyás megadva
microsoft-consent = Bejelentkezés és jóváhagyás
microsoft-check = Ellenőrzés most
microsoft-events = Események fogadása
microsoft-events-on = Az események ide érkeznek
microsoft-what = Mit olvasunk
microsoft-how = Állapot
microsoft-read = Utoljára olvasva
microsoft-health = Szolgáltatásállapot
microsoft-unlinked = Ügyfelek a Microsoftnál, akiket itt senki sem ismer
microsoft-unlinked-text = { $n } bérlő még nincs ügyfélhez rendelve.
microsoft-link-named = Kihez tartozik: { $name }?
microsoft-new-customer = Új ügyfél
microsoft-link = Hozzárendelés
microsoft-profile = A támogatási kapcsolattartó, akit az ügyfelek a Microsoftnál látnak
microsoft-profile-differs = Ennek az ügyfélszolgálatnak nincs ilyen című postafiókja: aki oda ír, itt nem éri el Önöket.
microsoft-partners = Más partnerek
microsoft-connection = Kapcsolat
microsoft-connection-text = A partner bérlőjének egy alkalmazása és egy ügyintéző jóváhagyása. Az alkalmazásnál ezt az átirányítási címet kell megadni:
microsoft-cloud = Felhő
microsoft-tenant = A partner bérlőazonosítója
microsoft-application = Alkalmazásazonosító
microsoft-secret = Az alkalmazás titkos kódja
microsoft-token = Frissítési token, ha van
microsoft-adds-customers = A Microsoft listájának itt ismeretlen ügyfeleit vegye fel
microsoft-disconnect = Leválasztás
microsoft-tenants = { $n } bérlő
microsoft-seen = A Microsoft megerősítette
microsoft-no-issues = A Microsoft szerint nincs üzemzavar.
microsoft-requests = Szolgáltatáskérések a Microsoftnál
microsoft-no-requests = Nincs nyitott kérés.

## How something stands

microsoft-state-never = még nem olvastuk
microsoft-state-current = naprakész
microsoft-state-unconsented = még nincs jóváhagyás
microsoft-state-consent = a jóváhagyás lejárt
microsoft-state-throttled = a Microsoft türelmet kér
microsoft-state-failing = nincs válasz
microsoft-state-refused = elutasítva
microsoft-state-not-offered = ebben a felhőben nem érhető el
microsoft-state-no-admin = nincs delegált rendszergazdai jog
microsoft-state-gone = a Microsoftnál már nem az ügyfelünk
microsoft-explain-never = Még semmit sem olvastunk be. Hamarosan megtörténik.
microsoft-explain-current = A Microsoft válaszol, és az itt olvasott adatok naprakészek.
microsoft-explain-unconsented = Egy kétlépcsős hitelesítést használó ügyintézőnek egyszer be kell jelentkeznie a Microsoftnál, és jóvá kell hagynia.
microsoft-explain-consent = A Microsoft már nem fogadja el a jóváhagyást. Semmi sem veszett el: jelentkezzen be, hagyja jóvá újra, és minden a korábbi módon olvasható lesz.
microsoft-explain-throttled = A Microsoft egy ideig nem fogad hívást. Utána magától folytatódik.
microsoft-explain-failing = A Microsoft nem válaszol, vagy a válasz nem olvasható. Magától, egyre ritkábban újrapróbáljuk; a korábban olvasottak megmaradnak.
microsoft-explain-refused = A Microsoft megértette, és elutasítja: a jóváhagyó ügyintézőnek többnyire hiányzik ott egy szerepköre.
microsoft-explain-not-offered = Ez a felhő semmit sem kínál belőle. Ami hiányzik, az üzemeltető saját portálján intézhető.
microsoft-explain-no-admin = Az ügyfél visszavonta a delegált rendszergazdai jogot.
microsoft-explain-gone = Az ügyféllel a kapcsolat a Microsoftnál megszűnt.

## What is read

microsoft-reads-customers = Ügyfelek
microsoft-reads-customer = Ügyfél
microsoft-reads-health = Szolgáltatásállapot
microsoft-reads-requests = Szolgáltatáskérések
microsoft-reads-partners = Más partnerek
microsoft-reads-profile = Támogatási kapcsolattartó
microsoft-reads-log = Tevékenységnapló
microsoft-reads-events = Események

## Clouds, delegated admin, service requests

microsoft-cloud-commercial = kereskedelmi felhő
microsoft-cloud-us-government = US Government
microsoft-cloud-china = 21Vianet (Kína)
microsoft-cloud-germany = Németország (megszűnt)
microsoft-admin-yes = Delegált rendszergazdai jog
microsoft-admin-no = Nincs delegált rendszergazdai jog
microsoft-admin-unknown = Delegált rendszergazdai jog: nem ismert
microsoft-request-none = ismeretlen állapot
microsoft-request-open = nyitott
microsoft-request-closed = lezárt
microsoft-request-attention-needed = a Microsoft ránk vár

## Microsoft's words for how an issue stands

microsoft-issue-unknown-future-value = ismeretlen
microsoft-issue-service-operational = működik
microsoft-issue-investigating = vizsgálat alatt
microsoft-issue-restoring-service = helyreállítás alatt
microsoft-issue-verifying-service = helyreállt, megfigyelés alatt
microsoft-issue-service-restored = helyreállt
microsoft-issue-post-incident-review-published = helyreállt, jelentés közzétéve
microsoft-issue-service-degradation = részleges üzemzavar
microsoft-issue-service-interruption = leállt
microsoft-issue-extended-recovery = helyreállt, egyeseknél később
microsoft-issue-false-positive = téves riasztás
microsoft-issue-investigation-suspended = vizsgálat felfüggesztve
microsoft-issue-resolved = megoldva
microsoft-issue-mitigated-external = mások enyhítették
microsoft-issue-mitigated = enyhítve
microsoft-issue-resolved-external = mások megoldották
microsoft-issue-confirmed = megerősítve
microsoft-issue-reported = bejelentve

## What was done, and what went wrong

deed-microsoft-connect = A Microsoft-kapcsolat módosult
deed-microsoft-consent = Jóváhagyás a Microsoftnál
deed-microsoft-disconnect = A Microsoft-kapcsolat törölve
deed-tenant-link = Egy bérlő ügyfélhez lett rendelve
problem-consent-invalid = Ez a visszaút a Microsofttól már nem érvényes, vagy egy másik munkamenethez tartozik. Semmi sem változott. Kezdje újra a jóváhagyást.
problem-consent-refused = A Microsoft nem adta meg a jóváhagyást. Az ok lent olvasható; a kapcsolat változatlan.
problem-not-connected = Ez az ügyfélszolgálat még nem kapcsolódik a Microsofthoz. Előbb mentse a kapcsolatot.
problem-not-a-guid = Ez nem Microsoft-azonosító. Az 32 betűből és számjegyből áll, például 250d7b4d-328c-4c3d-8201-df3f85cc8b8c.

## Letters to those who look after the connection

mail-microsoft-consent-subject = { $desk }: a Microsoft új jóváhagyást kér
mail-microsoft-consent-body = A Microsoft már nem fogadja el az ügyfélszolgálat jóváhagyását, ezért semmit sem olvasunk onnan, amíg egy ügyintéző be nem jelentkezik, és újra jóvá nem hagyja. A korábban olvasottak megmaradnak, semmi sem vész el.
mail-microsoft-failing-subject = { $desk }: a Microsoft egy ideje nem válaszol
mail-microsoft-failing-body = { $since } óta semmit sem sikerült olvasni a Microsofttól. Magától újrapróbáljuk.
mail-microsoft-never-body = Eddig semmit sem sikerült olvasni a Microsofttól. Magától újrapróbáljuk.
mail-microsoft-lost-subject = { $customer } megszüntette a delegált rendszergazdai jogunkat
mail-microsoft-lost-body = A Microsoftnál { $customer } visszavonta a delegált rendszergazdai jogot. Amíg újra meg nem adja, nem nyújthatunk be ott szolgáltatáskérést, és nem látjuk a szolgáltatásai állapotát.
mail-microsoft-open = A kapcsolat megnyitása
mail-microsoft-reason = A Microsoft szerint
