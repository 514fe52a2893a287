# A gyenge pontot bejelentő jegyeket csak megnevezett személyek látják.

circle = Biztonsági bejelentés
circle-line = Csak megnevezett személyek
circle-why = Ez a jegy a Microsoft egyik termékének gyenge pontját jelenti be. A listák, a keresés, a számlálók, az értesítések, a jelentések és az auditnapló csak az alábbi személyeknek mutatják, és egyetlen szállítóhoz sem kerül.
circle-do = Teendők
circle-report = Jelentesse be a Security Response Centernél, lehetőleg azzal, aki megtalálta, és válaszolni tud a kérdésekre.
circle-keep = Máshol ne nevezze meg: se más jegyben, se címkében, se szállítónak írt levélben.
circle-answer = Válaszoljon annak, aki szólt róla; a szöveg készen áll.
circle-open = A bejelentőlap megnyitása
circle-insert = A válasz beillesztése a piszkozatba
circle-people = Kik látják
circle-assignee = nála van a jegy
circle-let-in-by-name = név szerint beengedve
circle-asked = ő kérdezett
circle-follows = másolatot kap
circle-admins = Rajtuk kívül minden globális rendszergazda. Hogy ki kit engedett be, az előzményekben és az auditnaplóban áll.
circle-agent = Ügyintéző
circle-let-in = Beengedés
circle-put-out = Kizárás
event-circle-opened = { $who } ismét mindenkinek megmutatja, akinek a szerepköre mutatja
event-circle-let-in = { $who } beengedte: { $names }
event-circle-put-out = { $who } kizárta: { $names }
problem-no-circle = Hogy ki látja ezt a jegyet, azt a szerepkörök döntik el: nincs kit beengedni vagy kizárni.
problem-security-report = Ez a jegy gyenge pontot jelent be. A Microsoft Security Response Centerhez kerül, szállítóhoz nem, és más jeggyel nem vonható össze.
problem-cannot-see = Ennek az ügyintézőnek a szerepkörei nem mutatnak ilyen jegyeket.
