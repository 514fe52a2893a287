# Kérdések számlákról: tételek, amelyekről egy jegy szól, és a válasz rá.

questions = Számlatételek
questions-linked = { $n ->
    [one] 1 számlatételről szól.
   *[other] { $n } számlatételről szól.
}
questions-link = Tétel hozzákapcsolása
questions-named = a kérés említi
questions-unlink = Eltávolítás
questions-draft = Válasz vázlata
questions-not-theirs = Aki kérdezett, nem kapja meg ennek az ügyfélnek a számláit. Nézze meg, elmondhatók-e ezek az összegek.
questions-supplier = Amit a szállító számláz
questions-about = Jegyek erről
question-open = Még nincs elfogadva
question-accepted = { $who }: „Ez így helyes”, { $when }
question-disputed = Vitatott, válasz eddig: { $day }
question-line = A(z) { $number } számla ({ $day }) { $line }. tétele: { $what }
question-times = { $quantity } × { $price } = { $net } áfa nélkül.
question-times-rounded = { $quantity } × { $price } = { $exact }, kerekítve { $net } áfa nélkül.
question-vat = { $rate } % áfával, amely { $tax }, összesen { $gross }.
question-vat-none = Áfa nem adódik hozzá: { $why }.
question-new = Az előző számlán ({ $number }, { $day }) nem szerepelt.
question-same = Ugyanannyi, mint az előző számlán ({ $number }, { $day }).
question-more = Az előző számlán ({ $number }, { $day }) { $before } volt áfa nélkül. Most { $by } összeggel több:
question-less = Az előző számlán ({ $number }, { $day }) { $before } volt áfa nélkül. Most { $by } összeggel kevesebb:
question-part-quantity = Mennyiség, előtte { $before }, most { $now }: { $amount }
question-part-price = Egységár, előtte { $before }, most { $now }: { $amount }
question-whole-same = Áfával a(z) { $number } számla { $now }, ugyanannyi, mint az előtte lévő { $before }.
question-whole-more = Áfával a(z) { $number } számla { $now }, az előtte lévő { $before } pedig { $was } volt. Ez { $by } összeggel több:
question-whole-less = Áfával a(z) { $number } számla { $now }, az előtte lévő { $before } pedig { $was } volt. Ez { $by } összeggel kevesebb:
question-cause-quantity = Más mennyiségek: { $amount }
question-cause-price = Más árak: { $amount }
question-cause-new = Új: { $amount }
question-cause-gone = Már nincs rajta: { $amount }
question-cause-vat = Áfa: { $amount }
question-thanks = Köszönjük a számlával kapcsolatos kérdését.
question-portal = Portálunkon, ennek a kérésnek az oldalán jelezheti, hogy egy tétel helyes, vagy vitathatja. A vitatott tétel a válaszunkig várhat; a számla többi része továbbra is fizetendő.
question-portal-others = Aki a cég számláit kapja, portálunkon jelezheti, hogy egy tétel helyes, vagy vitathatja. A vitatott tétel a válaszunkig várhat; a számla többi része továbbra is fizetendő.
help-question = Az Ön kérdése egy számláról
help-question-right = Ez így helyes
help-question-wrong = Ez nem helyes
event-line-linked = { $who } hozzákapcsolta a(z) { $number } számla { $line }. tételét
event-line-unlinked = { $who } eltávolította a(z) { $number } számla { $line }. tételét
event-line-accepted = { $who } szerint a(z) { $number } számla { $line }. tétele helyes
event-line-disputed = { $who } vitatja a(z) { $number } számla { $line }. tételét
deed-question-link = Jegy számlatételhez kapcsolva
deed-question-unlink = Jegy és számlatétel kapcsolata megszüntetve
deed-question-accept = Az ügyfél helyesnek mondott egy számlatételt
