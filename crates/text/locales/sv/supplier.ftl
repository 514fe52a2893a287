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
problem-not-a-price = Det är inget pris. Skriv 12.50 och valutan som EUR.
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

## Runt sidorna

nav-suppliers = Leverantörer
suppliers-new = Ny leverantör
supplier-kind = Typ av leverantör
supplier-kind-microsoft = Microsoft
supplier-kind-provider = Indirekt leverantör
supplier-kind-outsourcer = Underleverantör av support
supplier-kind-publisher = Utgivare
supplier-way = Hur ett ärende når dit
supplier-way-desk = Dess Partnerdesk
supplier-way-mail = Via e-post
supplier-way-portal = En handläggare lägger in det i portalen
supplier-way-azure-support = Azure Support API
supplier-address = Adress
supplier-address-hint = En e-postadress eller en portals https://-adress
supplier-personal-data = Får veta vilka kundens personer är
supplier-active = Ärenden får lämnas över dit
supplier-inactive = Undanlagd
supplier-profile = Profil
supplier-details = Uppgifter
supplier-offerings = Erbjudanden
supplier-offering-new = Nytt erbjudande
supplier-offering-change = Ändra
supplier-offering-change-named = Ändra { $name }
supplier-ended = Erbjuds inte nu
supplier-published = Så som dess desk publicerar det
supplier-plan-read = Läs vad dess desk publicerar
problem-published-there = Det här publiceras av leverantörens egen desk och ändras där. Inget har ändrats här.
problem-desk-silent = Leverantörens desk svarar inte. Det som lästs tidigare finns kvar; frågan ställs igen av sig själv.
problem-statement-newer = Leverantörens desk publicerar i en form som den här versionen inte läser. Det som lästs tidigare finns kvar.
supplier-edited = Ändrat av den här desken
supplier-source = Källa
supplier-services = Tjänster
supplier-kinds = Typer av ärenden
supplier-languages = Språk
supplier-contact = Kontaktmetod
supplier-hours = Servicetider
supplier-hours-hint = Lämna alla dagar tomma om tiderna inte är kända.
supplier-hours-unknown = Inte kända
supplier-hours-always = Dygnet runt
supplier-hours-week = { $time } i veckan, { $zone }
supplier-promises-none = Inga tider kända
supplier-price = Pris
supplier-price-included = Ingår
supplier-price-incident = Per ärende
supplier-price-hour = Per timme
supplier-price-month = Per månad
supplier-price-unknown = belopp ej angivet

## Avtal

supplier-contracts = Avtal
supplier-no-contracts = Inget avtal inlagt.
contract-new = Lägg in ett avtal
contract-name = Avtal
contract-name-hint = Som erbjudandet heter
contract-offering = Erbjudande
contract-units = Enheter
contract-units-hint = Hur många ärenden eller timmar som ingår. Tomt: de räknas inte.
contract-unlimited = Räknas inte
contract-left =
    { $n ->
        [0] Inga kvar
       *[other] { $n } kvar
    }
contract-period = Period
contract-first-day = Första dag
contract-last-day = Sista dag
contract-expired = Löpte ut { $date }
contract-not-begun = Börjar { $date }
contract-ends = Till och med { $date }
contract-open-ended = Utan slut
contract-forecast = Prognos
contract-forecast-runs-out = Tar slut omkring { $date }
contract-forecast-lasts = Räcker hela perioden
contract-forecast-unknown = För lite använt för att säga
contract-forecast-rule = Prognos: som de senaste 90 dagarna. Den kräver minst 14 dagar och tre använda enheter.
contract-access-id = Access-ID
contract-contract-id = Avtals-ID
contract-number-kept = Sparat; skriv för att ersätta
contract-forget-access = Ta bort Access-ID:t
contract-forget-contract = Ta bort avtals-ID:t
contract-numbers = Avtalets nummer
contract-numbers-show = Visa dem
contract-numbers-none = Inga inlagda.
contract-numbers-noted = Sparas krypterat. Varje läsning noteras i granskningsloggen.

## Plånböcker

wallet = Plånbok
wallet-empty = Inget har använts än
wallet-empty-text = Varje enhet som kommer till, hålls, används eller lämnas tillbaka visas här.
wallet-when = När
wallet-what = Vad
wallet-case = Fall
wallet-case-hint = Numret som leverantören gav ärendet
wallet-by = Vem
wallet-change = Förändring
wallet-balance = Kvar
wallet-reason = Skäl
wallet-units = Enheter
wallet-grant = Lägg till enheter
wallet-consume = Anteckna användning på annat håll
wallet-refund = Lämna tillbaka
wallet-refund-named = Lämna tillbaka enheten för { $name }
wallet-system = Partnerdesk
supplier-act-grant = Tillagt
supplier-act-reserve = Hålls
supplier-act-consume = Använt
supplier-act-release = Frigjort
supplier-act-refund = Återlämnat
supplier-act-expire = Förfallet

## Egen ställning hos Microsoft

standing-title = Vår ställning hos Microsoft
standing-hint = Vad rådgivaren vet om oss. Det som lämnas öppet förblir okänt och gissas aldrig.
standing-competency = Kompetens eller utmärkelse
supplier-competency-gold = Guld
supplier-competency-silver = Silver
supplier-competency-action-pack = Action Pack
supplier-competency-solutions-partner = Solutions Partner
supplier-competency-none = Ingen
standing-cloud = En för molnet
standing-plans = Planer som vi har
standing-plans-none = Ingen plan
standing-plans-asfp = ASfP
standing-plans-psfp = PSfP
standing-plans-both = ASfP och PSfP
standing-azure = Vår leverantör har gett oss åtkomst till kundernas Azure
standing-unverified = Använd även regler som inte är verifierade
standing-unverified-hint = De bygger på vad andra berättar om Microsofts sidor, inte på Microsofts egen text.
standing-unknown = Inte känt
standing-no = Nej

## Microsofts regler

rules-title = Microsofts regler
rules-intro = Vad som avgör vilken supportkanal ett ärende får ta: varje regel med dagarna då den gäller och var den står skriven.
rules-coming = Kommer att ändras
rules-coming-none = Ingen ändring är känd.
rules-now = Gäller i dag
rules-past = Gällde förr
rules-begins = Börjar gälla { $date }
rules-ends = Upphör { $date }
rules-since = sedan { $date }
rules-until = till { $date }
rules-unverified = Inte verifierad
rules-off = Av
rules-touches = Berör:
rules-every = Alla ärenden
rule-name = Namnet är ”{ $name }”.
vehicle-rule-security-report = En sårbarhet rapporteras till Microsoft Security Response Center.
vehicle-rule-marketplace = En produkt från den kommersiella marknadsplatsen får support av sin utgivare.
vehicle-rule-not-sold-by-us = Det som köpts på annat håll hör hemma i produktens egen portal.
vehicle-rule-partner-center = Ett problem med själva Partnercenter hör hemma i dess hjälp och support.
vehicle-rule-not-break-fix = Installation, konfiguration och användningsfrågor är partnerns egen del.
vehicle-rule-reseller-billing = En återförsäljares fakturor, krediter och beställningar sköts av dess leverantör.
vehicle-rule-reseller-azure-access = En återförsäljare öppnar Azure-ärenden bara där leverantören har gett den åtkomst.
vehicle-rule-reseller-azure = Azure-ärenden öppnas av leverantören, även om återförsäljaren har ett supportavtal.
vehicle-rule-china = I Kina går alla ärenden genom 21Vianets portal.
vehicle-rule-commercial-covers = Fakturering och prenumerationer, ingår för varje partner.
vehicle-rule-csp-plan-microsoft365 = Felavhjälpning i Microsoft 365, ingår: en tjänstbegäran i kundens administrationscenter.
vehicle-rule-csp-plan-azure = Felavhjälpning i Azure, ingår för partner för direktfakturering och indirekta leverantörer: ett ärende i Azure-portalen med planen ”Cloud Solution Provider”.
vehicle-rule-csp-plan-delegated-admin = Kunden har inte beviljat { $delegated_admin }, genom vilka en tjänstbegäran görs.
vehicle-rule-dynamics-365 = Dynamics 365 kräver { $asfp } eller högre.
vehicle-rule-signature-cloud-covers = Felavhjälpning i Azure, en förmån i { $program }.
vehicle-rule-signature-cloud-microsoft365 = Den kan inte användas i administrationscentret för Microsoft 365.
vehicle-rule-signature-cloud-competency = Den följer med en guld- eller silverkompetens eller en utmärkelse som Solutions Partner.
vehicle-rule-signature-cloud-none-left = Inget ärende finns kvar.
vehicle-rule-product-support-covers = Programvara på egna maskiner, den aktuella versionen och, inom dess allmänna support, den föregående; en förmån i { $program }.
vehicle-rule-product-support-competency = Den följer med en guld- eller silverkompetens, en utmärkelse som Solutions Partner eller Action Pack.
vehicle-rule-product-support-none-left = Inget ärende finns kvar.
vehicle-rule-designations-not-yet = Det finns inga utmärkelser som Solutions Partner än.
vehicle-rule-asfp-covers = Tekniska problem i molnprodukter, genom en plan som innehas.
vehicle-rule-asfp-not-held = Planen innehas inte.
vehicle-rule-asfp-retired = Den är avvecklad.
vehicle-rule-psfp-covers = Tekniska problem i alla produkter, genom en plan som innehas.
vehicle-rule-psfp-not-held = Planen innehas inte.
vehicle-rule-signature-cloud-50 = 50 ärenden med en utmärkelse som Solutions Partner.
vehicle-rule-signature-cloud-cloud-competency = Obegränsat antal ärenden med en molnkompetens.
vehicle-rule-signature-cloud-gold = 10 ärenden med en annan guldkompetens.
vehicle-rule-signature-cloud-silver = 5 ärenden med en annan silverkompetens.
vehicle-rule-signature-cloud-designation = Obegränsat antal ärenden med en utmärkelse som Solutions Partner.
vehicle-rule-product-support-gold = 20 ärenden med en guldkompetens.
vehicle-rule-product-support-silver = 15 ärenden med en silverkompetens.
vehicle-rule-product-support-action-pack = 10 ärenden med Action Pack.
vehicle-rule-product-support-designation = 20 ärenden med en utmärkelse som Solutions Partner.
vehicle-rule-severity-a = Allvarlighetsgrad A besvaras inom två timmar på engelska.
vehicle-rule-severity-b = Allvarlighetsgrad B besvaras inom fyra timmar på engelska.
vehicle-rule-severity-c = Allvarlighetsgrad C besvaras inom åtta timmar på engelska.

## Varför en väg är öppen eller stängd

why-covers = Villkoren täcker den här tjänsten och typen av ärende.
why-only-for = Endast för: { $what }
why-takes-one = Tar en av enheterna som finns kvar: { $n }.
why-uncounted = Enheterna räknas inte.
why-expired = Avtalet löpte ut { $date }.
why-not-begun = Avtalet börjar { $date }.
why-none-left = Ingen enhet finns kvar.
why-no-contract = Den betalas per månad, och inget avtal är inlagt.
why-not-offered = Ingen av våra aktiva leverantörer erbjuder den.
why-other-language = Den erbjuds inte på kundens språk.

## Vart ett ärende går i stället

supplier-instead-msrc = Microsoft Security Response Center
supplier-instead-publisher = Produktens utgivare
supplier-instead-product-portal = Produktens egen portal
supplier-instead-partner-center-help = Hjälp och support i Partnercenter
supplier-instead-resolve-here = Den här desken svarar själv
supplier-instead-provider = Vår indirekta leverantör

## Vad som skulle behöva vara känt eller skaffas

supplier-lack-at = När det frågas
supplier-lack-cloud = I vilket moln kunden finns
supplier-lack-partner = Vilken typ av partner desken är
supplier-lack-kind = Vilken typ av ärende det är
supplier-lack-topic = Om det gäller en faktura, en kredit eller en beställning
supplier-lack-break-fix = Om något är trasigt
supplier-lack-service = Vilken tjänst det gäller
supplier-lack-product-version = Vilken version av produkten
supplier-lack-severity = Hur allvarligt det är
supplier-lack-language = Språket
supplier-lack-competency = Vår kompetens eller utmärkelse
supplier-lack-cloud-competency = Om vår kompetens är en för molnet
supplier-lack-plans = Vilka planer vi har
supplier-lack-plans-asfp = ASfP skulle behöva köpas
supplier-lack-plans-psfp = PSfP skulle behöva köpas
supplier-lack-incidents-product-support = Hur många produktsupportärenden som finns kvar
supplier-lack-incidents-signature-cloud = Hur många molnsupportärenden som finns kvar
supplier-lack-delegated-admin = Delegerad administration från kunden
supplier-lack-provider-azure-access = Om vår leverantör har gett oss åtkomst till Azure
