# Átadások: szállítóknak és más ügyfélszolgálatoknak, és vissza.

## What is written to a supplier

package-line = { $label }:
package-service = Szolgáltatás
package-severity = Súlyosság
package-steps = Megtett lépések
package-skipped = – { $step } (kihagyva: { $why })
package-files = Fájlok
package-caller = A választ ide kérjük
package-original = Az ügyfél saját szavai ({ $language }):
package-chase = Meg tudnák mondani, hol tart ez a kérés? Az ügyfelünk vár rá.
inform-hello = Tisztelt Ügyfelünk!
inform-text = Választ kaptunk a kérésére:

## Mails to agents

mail-notice-supplier-subject = [#{ $number }] Hír a szállítótól: { $subject }
mail-notice-supplier-body = Hír érkezett a(z) #{ $number }. jegy („{ $subject }”) átadásáról.
mail-notice-supplier-late-subject = [#{ $number }] A szállító késik: { $subject }
mail-notice-supplier-late-body = A szállító nem teljesítette, amit a(z) #{ $number }. jegyhez („{ $subject }”) ígért, vagy senki sem vette át, amit felajánlottunk. Ideje rákérdezni.
occasion-supplier = Hír egy szállítótól
occasion-supplier-late = Egy szállító késik

## What the audit log says

deed-handover-move = Átadás továbblépett
deed-handover-tell = Üzenet szállítónak vagy partnernek
deed-handover-receive = Másik ügyfélszolgálat üzenete megérkezett
deed-peer-invite = Ügyfélszolgálat meghívva párosításra
deed-peer-pair = Ügyfélszolgálat párosítva
deed-peer-change = Párosított ügyfélszolgálat módosítva
deed-peer-revoke = Párosított ügyfélszolgálat bizalma visszavonva
deed-key-change = Az ügyfélszolgálat új kulcsa

## What can go wrong

problem-handed-over = Ez a jegy egy szállítónál van, vagy felajánlottuk neki. Vonja vissza, vagy várja meg a választ; semmi sem változott.
problem-customer-not-told = A szállító válasza megjött, de az ügyfél még nem tud róla. Előbb válaszoljon az ügyfélnek.
problem-give-back = Ezt a jegyet egy másik ügyfélszolgálat adta át, és válaszra vár. Adja vissza válasszal.
escalation-files = Vele küldött fájlok
escalation-files-hint = Változatlanul mennek: a bennük lévő neveket nem vesszük ki.
escalation-files-there = Ezeket a fájlokat csatolja ott:
escalation-file-unseen = { $file } (az ügyfél nem látja)
escalation-files-by-hand = A fájlok nem jutnak oda maguktól: az előzményekben az üzenetnél vannak, ott kézzel kell csatolni őket.
files-coming = Úton a másik desktől: { $names }
files-late = Még nincs itt: { $names }. { $why }; újra kérjük: { $when }.
files-given-up = Nem érkezett meg: { $names }. { $why }
files-ask-again = Újrakérés
problem-package-incomplete = A szállító ezt visszaküldené: hiányzik valami, amit kér. Amit írt, megmaradt.
problem-offering-over = Ez az ajánlat már nem érvényes. Válasszon másik utat.
problem-offer-over = Ennek a felajánlásnak lejárt az ideje.
problem-not-paired = Ennek a szállítónak az ügyfélszolgálata még nincs párosítva az Önökével.
problem-partner-waits = Ez az ügyfélszolgálat maga is a válaszra vár: a jegy onnan jött.
problem-no-address = Ennek a szállítónak nincs e-mail-címe.
problem-not-an-invitation = Ez nem meghívó. Illessze be a teljes szöveget, amelyet a másik ügyfélszolgálat látott.
problem-not-welcome = A másik ügyfélszolgálat már nem ismeri ezt a meghívót. Kérjen újat.
problem-not-reached = A másik ügyfélszolgálat nem volt elérhető. Próbálja meg később; a meghívó érvényes marad.

## The states of a leg

leg-draft = előkészítés alatt
leg-offered = felajánlva
leg-withdrawn = visszavonva
leg-accepted = elfogadva
leg-declined = elutasítva
leg-expired = lejárt
leg-in-progress = folyamatban
leg-returned = megválaszolva
leg-approved = jóváhagyva
leg-sent-back = visszaküldve
leg-closed = lezárva
outcome-solved = megoldva
outcome-documentation = dokumentáció
outcome-known-issue = ismert hiba
outcome-declined = nem vállalták
outcome-data-missing = hiányzó adat
came-back-missing = hiányzó adat: { $what }
came-back-what = Mi hiányzott
came-back-judge = Másképp jött vissza
came-back-judge-hint = A szállító saját számlálásához; ő nem értesül róla.

## What the history says

event-handover-out = Átadás ide: { $with } – { $state }
event-handover-in = Átadás innen: { $with } – { $state }
timeline-partner = Partner
event-asked = { $who } megkérdezte, hol tart

## The panel on a ticket

escalation = Eszkaláció
escalation-none = nincs átadva
escalation-hand-over = Átadás
escalation-way = Kinek, milyen módon
escalation-way-units = egy egységet használ
escalation-way-due = válasz eddig: { $when }
escalation-way-unknown = túl keveset tudunk a tanácshoz
escalation-way-unreachable = még nem érhető el
escalation-no-way = Nincs bejegyezve szállító, aki ezt átvehetné. Vegyen fel egyet a szállítók közé.
escalation-summary = Az ügy a szállító nyelvén
escalation-blocks = szükséges
escalation-missing = Hiányzik: { $what }
escalation-complete = teljes
escalation-check = Megőrzés és ellenőrzés
escalation-send = Átadás most
escalation-preview = A csomag, ahogy kimegy
escalation-hidden = Az ügyfél munkatársai nem szerepelnek benne.
escalation-until = eddig
escalation-number = Az ottani szám
escalation-open-portal = Minden másolása és a portál megnyitása
escalation-copy = Másolás
escalation-copy-all = Minden másolása
escalation-filed = Bejelentve
escalation-withdraw = Visszavonás
escalation-ask = Rákérdezés
escalation-word = Üzenet ide: { $name }; az ügyfél nem olvassa
escalation-tell = Küldés
escalation-answer = A válaszuk
escalation-return = A válasz rögzítése
escalation-inform = Ügyfél tájékoztatása
escalation-approve = Jóváhagyás
escalation-send-back = Visszaküldés
escalation-send-back-reason = Miért nem elég
escalation-give-back = Visszaadás
escalation-give-back-answer = Válaszuk ide: { $name }
escalation-severity = Súlyosság ott
escalation-lost = { $since } óta nem érhető el: { $why }. Magától újra próbálkozik; semmi sem vész el.
escalation-clock = Kinél mikor volt
escalation-held-here = itt
escalation-team = A saját időnk
escalation-team-used = { $used } felhasználva ennyiből: { $target }
escalation-team-late = { $used } felhasználva ennyiből: { $target } – túl sok
escalation-theirs = A szállító ígérete
escalation-from = Átadta: { $name }
escalation-to = Ide: { $name }

## The list

nav-handovers = Átadások
handovers-ours = Ránk vár
handovers-theirs = Másra vár
handovers-empty = Nincs átadás
handovers-empty-text = Semmit sem ajánlottak fel Önöknek, és semmi sincs másnál.
handovers-offer = Felajánlás innen: { $name }
handovers-accept = Elfogadás
handovers-decline = Elutasítás
handovers-decline-reason = Miért nem
handovers-late = késik
handovers-lost = nem érhető el

## Partners

settings-partners = Partnerek
partners-empty = Nincs párosított ügyfélszolgálat
partners-empty-text = Hívjon meg egyet, vagy fogadjon el egy meghívót, és a jegyek oda-vissza járhatnak.
partners-invite = Ügyfélszolgálat meghívása
partners-invite-text = Akinél a kapott szöveg van, egy héten belül egyszer párosíthat. Olyan úton adja tovább, amelyben megbízik, és telefonon hasonlítsák össze az ujjlenyomatokat.
partners-as = Minket így segít
partners-as-nobody = Minket nem segít
partners-made = A meghívó
partners-made-text = Egyszer látható.
partners-fingerprint = Ujjlenyomat
partners-accept = Meghívó elfogadása
partners-invitation = Meghívó
partners-pair = Párosítás
partners-revoke = Bizalom visszavonása
partners-revoked = már nem megbízható
partners-key = A kulcsunk
partners-key-new = Új kulcs
partners-key-new-text = A párosított ügyfélszolgálatok a régi kulccsal aláírva értesülnek róla. Ami elkezdődött, a régivel folytatódik.
partners-address = Cím
