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
