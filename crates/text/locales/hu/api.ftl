## What programs are told

problem-bad-json = A törzs nem JSON.
problem-bad-field = A törzs egyik mezője nem felel meg a dokumentációnak.
problem-bad-query = A cím egyik paramétere nem felel meg a dokumentációnak.
problem-bad-cursor = A kurzor nem ehhez a listához tartozik. Kezdje újra az első oldalon.
problem-bad-idempotency-key = Az Idempotency-Key 1–255 látható ASCII-karakterből áll, és egy kérésnek csak egy lehet.
problem-idempotency-key-in-use = Ezzel az Idempotency-Key értékkel már elindult egy kérés, és a kimenetele nem ismert. Nézze meg, mi jött létre, mielőtt másik kulccsal próbálja.
problem-idempotency-key-reused = Ez az Idempotency-Key egy másik kéréshez tartozik.
problem-if-match-required = Adja meg az If-Match fejlécben, melyik változatot látta.

## Why something was not done

problem-invalid = Valami nem megfelelő benne.
problem-newer = Közben valaki írt. Előbb olvassa el, majd küldje el újra.
problem-not-found = Itt nincs semmi, vagy nem az Ön számára.
problem-forbidden = Ehhez nincs jogosultsága.
problem-stale = Időközben valaki más módosította. Nézze meg újra, és ismételje meg, ami még szükséges.
problem-throttled = Túl sok próbálkozás történt. Várjon néhány percet, és próbálja újra.
problem-unavailable = Ez most nem lehetséges. Semmi sem változott; próbálja újra egy kis idő múlva.
problem-internal = Nálunk hiba történt. Feljegyeztük.
problem-signed-out = Ön ki van jelentkezve.
problem-no-token = Érvényes API-token szükséges.
problem-cross-site = A kérés nem ennek az ügyfélszolgálatnak az oldaláról érkezett. Nyissa meg újra az oldalt, és ismételje meg.
problem-method-not-allowed = Ez a cím nem fogad ilyen kérést.
problem-bad-request = A kérés nem olvasható.
problem-too-large = Túl nagy.
problem-unsupported-type = Ilyen típusú kérést nem fogadunk.
problem-sign-in-failed = A cím vagy a jelszó nem megfelelő.
problem-link-invalid = Ez a hivatkozás már nem működik. A hivatkozások egyszer és rövid ideig érvényesek; kérjen újat.
problem-wrong-state = A jegy már nincs olyan állapotban, amelyben ez lehetséges.
problem-too-late = Már elküldtük.
problem-closed = Ez a kérés le van zárva.
problem-nothing-to-retry = Nincs mit újra megpróbálni.
problem-own-rights = Senki sem módosíthatja a saját szerepköreit, és nem kapcsolhatja ki saját magát.
problem-too-many-calendars = Túl sok a naptár.
problem-required = Egy szükséges adat hiányzik.
problem-unknown = Az egyik választás nem létezik.
problem-taken = Ez már foglalt.
problem-too-long = Az egyik szöveg túl hosszú.
problem-too-short = Ez túl rövid.
problem-is-the-address = A jelszó nem lehet maga a cím.
problem-too-many = Túl sok van belőlük.
problem-not-a-line = Ennek egyetlen sor egyszerű szövegnek kell lennie.
problem-not-an-address = Ez nem e-mail-cím.
problem-not-an-amount = Ez nem idő. Írjon így: 30 min, 4 h vagy 1 h 30.
problem-not-a-date = Ez nem dátum.
problem-not-a-time = Ezek nem időpontok, mint például 08:00-17:00.
problem-not-a-domain = Ez nem levelezési tartomány.
problem-not-a-slug = Itt csak kisbetű, számjegy és kötőjel állhat.
problem-not-allowed = Ez itt nem megengedett.
problem-not-theirs = A kapcsolattartó nem ehhez az ügyfélhez tartozik.
problem-cannot-work = Ez az ügyintéző nem dolgozhat ilyen fajta jegyeken.
problem-public = Ebben a tartományban bárkinek lehet címe, ezért nem tartozhat ügyfélhez.
problem-past = Ez már elmúlt.
problem-undo-over = Ez már nem vonható vissza: lejárt az ideje, vagy azóta más is történt.
problem-too-far = Ez több mint egy évvel későbbre esik.
problem-other-customer = A másik jegy egy másik ügyfélé.
problem-merged = Azt a jegyet már összevonták egy másikkal.
problem-itself = Egy jegy nem vonható össze önmagával.
problem-empty = Az egyik időszak üres.
problem-wrong = A jelenlegi jelszó nem megfelelő.

## Pages that could not be shown

error-not-found = Itt nincs semmi
error-forbidden = Nem engedélyezett
error-busy = Most nem lehetséges
error-not-done = Ez nem történt meg
error-fault = Hiba történt

## What was done

done-saved = Mentve
done-sending = A válasza úton van
done-kept = A választ elmentettük. Nincs cím, amelyre elküldhető lenne.
done-taken-back = A választ visszavonta
done-noted = A megjegyzést elmentettük
done-filed = A jegyet rögzítettük
done-mailed = A levelet elküldtük
done-retrying = Most újra megpróbáljuk
done-removed = Eltávolítva
done-password = A jelszó megváltozott. A többi munkamenet véget ért.
done-undone-some = Visszavonva ott, ahol azóta más nem történt.
done-undone = Visszavonva.
done-bulk-none = Semmi sem változott.
done-bulk-some = Ahol lehetett, módosult; a többi jegy változatlan.
done-bulk = A kijelölt jegyek módosultak.
done-merged = Összevonva.
done-moved = Az állapot megváltozott.
