# Leverantörer, vad desken har rätt till där, rådgivaren.

## Vad granskningsloggen säger

deed-supplier-add = Leverantör tillagd
deed-supplier-change = Leverantör ändrad
deed-supplier-offering-add = Leverantörens erbjudande tillagt
deed-supplier-offering-change = Leverantörens erbjudande ändrat
deed-entitlement-add = Avtal med leverantör inlagt
deed-entitlement-change = Avtal med leverantör ändrat
deed-contract-read = Avtalets nummer lästa
deed-wallet-grant = Enheter tillagda i en plånbok
deed-wallet-consume = Enhet använd på annat håll
deed-wallet-refund = Enhet återlämnad
deed-standing-change = Egen ställning hos Microsoft ändrad

## Vad som kan gå fel

problem-none-left = Det finns ingen enhet kvar i plånboken.
problem-case-spent = Fallet har lämnat tillbaka sin enhet. Ett nytt försök är ett nytt fall.
problem-case-elsewhere = Fallet hör till en annan plånbok.
problem-not-held = Fallet håller ingen enhet.
problem-not-consumed = Fallet har inte använt någon enhet.
problem-not-counted = Avtalets enheter räknas inte, så inga kan läggas till.
problem-not-a-count = Skriv ett heltal från 1 till 1 000 000.
problem-contract-expired = Avtalet har löpt ut. Välj en annan väg eller lägg in det nya avtalet.
problem-contract-not-begun = Avtalet har inte börjat gälla än.
problem-not-a-link = Skriv en adress som börjar med https://.
problem-not-after = Slutet måste ligga efter början.

## Svar till kunder vars fråga hör hemma någon annanstans

answer-hello = Hej,
answer-hello-name = Hej { $name },
answer-end = Om det är något annat vi kan göra för dig är det bara att svara på det här meddelandet.
answer-product-portal = Produkten som du skriver om har inte köpts genom oss. Därför har vi ingen åtkomst till den och kan inte öppna en begäran i ditt namn. Öppna en begäran där { $service } har sin support: logga in på { $portal } med ett administratörskonto och välj hjälpen där. Microsoft svarar då dig direkt.
answer-product-portal-other = Produkten som du skriver om har inte köpts genom oss. Därför har vi ingen åtkomst till den och kan inte öppna en begäran i ditt namn. Vänd dig till den som sålde den eller använd supporten i produktens egen portal.
answer-publisher = Produkten som du skriver om är köpt på den kommersiella marknadsplatsen och får support av sin utgivare; Microsoft ger ingen support för den. Utgivarens supportadress finns på produktens sida på marknadsplatsen. Om du vill kan vi kontakta utgivaren åt dig.
answer-publisher-name = Produkten som du skriver om är köpt på den kommersiella marknadsplatsen och får support av sin utgivare, { $publisher }; Microsoft ger ingen support för den. Om du vill kan vi kontakta { $publisher } åt dig.
answer-msrc = Tack för att du berättar om en möjlig säkerhetsbrist. Microsoft tar emot sådana rapporter bara hos sitt Security Response Center: { $portal }. Rapportera den där och sprid inte detaljerna förrän den är åtgärdad. Vi behandlar ditt meddelande konfidentiellt.
