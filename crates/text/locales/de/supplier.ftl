# Lieferanten, worauf der Desk dort Anspruch hat, der Berater.

## Was das Überwachungsprotokoll sagt

deed-supplier-add = Lieferant angelegt
deed-supplier-change = Lieferant geändert
deed-supplier-offering-add = Angebot eines Lieferanten angelegt
deed-supplier-offering-change = Angebot eines Lieferanten geändert
deed-entitlement-add = Vertrag mit einem Lieferanten eingetragen
deed-entitlement-change = Vertrag mit einem Lieferanten geändert
deed-contract-read = Nummern eines Vertrags gelesen
deed-wallet-grant = Einheiten gutgeschrieben
deed-wallet-consume = Einheit anderswo verbraucht
deed-wallet-refund = Einheit zurückgegeben
deed-standing-change = Eigener Stand bei Microsoft geändert

## Was schiefgehen kann

problem-none-left = In diesem Konto ist keine Einheit mehr übrig.
problem-case-spent = Dieser Fall hat seine Einheit zurückgegeben. Ein neuer Versuch ist ein neuer Fall.
problem-case-elsewhere = Dieser Fall gehört zu einem anderen Konto.
problem-not-held = Dieser Fall hält keine Einheit.
problem-not-consumed = Dieser Fall hat keine Einheit verbraucht.
problem-not-counted = Die Einheiten dieses Vertrags werden nicht gezählt, daher lassen sich keine hinzufügen.
problem-not-a-count = Schreiben Sie eine ganze Zahl von 1 bis 1.000.000.
problem-contract-expired = Dieser Vertrag ist abgelaufen. Wählen Sie einen anderen Weg oder tragen Sie den neuen Vertrag ein.
problem-contract-not-begun = Dieser Vertrag hat noch nicht begonnen.
problem-not-a-price = Das ist kein Preis. Schreiben Sie 12.50 und die Währung als EUR.
problem-not-a-link = Schreiben Sie eine Adresse, die mit https:// beginnt.
problem-not-after = Das Ende muss nach dem Anfang liegen.

## Antworten an Kunden, deren Anliegen anderswohin gehört

answer-hello = Guten Tag,
answer-hello-name = Guten Tag { $name },
answer-end = Wenn wir sonst etwas für Sie tun können, antworten Sie einfach auf diese Nachricht.
answer-product-portal = Das Produkt, um das es geht, wurde nicht über uns gekauft. Deshalb haben wir keinen Zugriff darauf und können keine Anfrage in Ihrem Namen eröffnen. Bitte eröffnen Sie eine dort, wo { $service } unterstützt wird: Melden Sie sich unter { $portal } mit einem Administratorkonto an und wählen Sie dort die Hilfe. Microsoft antwortet Ihnen dann direkt.
answer-product-portal-other = Das Produkt, um das es geht, wurde nicht über uns gekauft. Deshalb haben wir keinen Zugriff darauf und können keine Anfrage in Ihrem Namen eröffnen. Bitte wenden Sie sich an den Verkäufer oder nutzen Sie den Support im Portal des Produkts.
answer-publisher = Das Produkt, um das es geht, wurde im kommerziellen Marketplace gekauft und wird von seinem Herausgeber unterstützt; Microsoft leistet dafür keinen Support. Die Supportadresse des Herausgebers finden Sie auf der Seite des Produkts im Marketplace. Auf Wunsch setzen wir uns für Sie mit dem Herausgeber in Verbindung.
answer-publisher-name = Das Produkt, um das es geht, wurde im kommerziellen Marketplace gekauft und wird von seinem Herausgeber, { $publisher }, unterstützt; Microsoft leistet dafür keinen Support. Auf Wunsch setzen wir uns für Sie mit { $publisher } in Verbindung.
answer-msrc = Vielen Dank, dass Sie uns auf eine mögliche Sicherheitslücke hinweisen. Microsoft nimmt solche Meldungen nur bei seinem Security Response Center entgegen: { $portal }. Bitte melden Sie sie dort und geben Sie die Einzelheiten nicht weiter, bis sie behoben ist. Wir behandeln Ihre Nachricht vertraulich.

## Um die Seiten herum

nav-suppliers = Lieferanten
suppliers-new = Neuer Lieferant
supplier-kind = Art des Lieferanten
supplier-kind-microsoft = Microsoft
supplier-kind-provider = Indirekter Anbieter
supplier-kind-outsourcer = Outsourcing-Dienstleister
supplier-kind-publisher = Herausgeber
supplier-way = Wie ein Ticket dorthin gelangt
supplier-way-desk = Dessen Partnerdesk
supplier-way-mail = Per E-Mail
supplier-way-portal = Ein Agent trägt es im Portal ein
supplier-way-azure-support = Azure Support API
supplier-address = Adresse
supplier-address-hint = Eine E-Mail-Adresse oder die https://-Adresse eines Portals
supplier-personal-data = Darf erfahren, wer die Personen des Kunden sind
supplier-active = Tickets dürfen dorthin übergeben werden
supplier-inactive = Stillgelegt
supplier-profile = Profil
supplier-details = Angaben
supplier-offerings = Angebote
supplier-offering-new = Neues Angebot
supplier-offering-change = Ändern
supplier-offering-change-named = { $name } ändern
supplier-ended = Derzeit nicht im Angebot
supplier-published = Wie sein Desk es veröffentlicht
supplier-plan-read = Lesen, was sein Desk veröffentlicht
problem-published-there = Das veröffentlicht der Desk des Lieferanten; geändert wird es dort. Hier wurde nichts geändert.
problem-desk-silent = Der Desk des Lieferanten antwortet nicht. Was vorher gelesen wurde, bleibt; er wird von selbst wieder gefragt.
problem-statement-newer = Der Desk des Lieferanten veröffentlicht in einer Form, die diese Version nicht liest. Was vorher gelesen wurde, bleibt.
supplier-edited = Von diesem Desk geändert
supplier-source = Quelle
supplier-services = Dienste
supplier-kinds = Arten von Anfragen
supplier-languages = Sprachen
supplier-contact = Kontaktmethode
supplier-hours = Servicezeiten
supplier-hours-hint = Lassen Sie alle Tage leer, wenn die Zeiten nicht bekannt sind.
supplier-hours-unknown = Nicht bekannt
supplier-hours-always = Rund um die Uhr
supplier-hours-week = { $time } pro Woche, { $zone }
supplier-promises-none = Keine Zeiten bekannt
supplier-price = Preis
supplier-price-included = Inbegriffen
supplier-price-incident = Je Anfrage
supplier-price-hour = Je Stunde
supplier-price-month = Je Monat
supplier-price-unknown = Betrag nicht eingetragen

## Verträge

supplier-contracts = Verträge
supplier-no-contracts = Kein Vertrag eingetragen.
contract-new = Vertrag eintragen
contract-name = Vertrag
contract-name-hint = Wie das Angebot heißt
contract-offering = Angebot
contract-units = Einheiten
contract-units-hint = Wie viele Vorfälle oder Stunden dazugehören. Leer: Sie werden nicht gezählt.
contract-unlimited = Nicht gezählt
contract-left =
    { $n ->
        [0] Nichts übrig
       *[other] { $n } übrig
    }
contract-period = Zeitraum
contract-first-day = Erster Tag
contract-last-day = Letzter Tag
contract-expired = Abgelaufen am { $date }
contract-not-begun = Beginnt am { $date }
contract-ends = Bis { $date }
contract-open-ended = Unbefristet
contract-forecast = Prognose
contract-forecast-runs-out = Reicht bis etwa { $date }
contract-forecast-lasts = Reicht für den ganzen Zeitraum
contract-forecast-unknown = Zu wenig verbraucht für eine Aussage
contract-forecast-rule = Prognose: wie in den letzten 90 Tagen. Sie braucht mindestens 14 Tage und drei verbrauchte Einheiten.
contract-access-id = Access-ID
contract-contract-id = Vertrags-ID
contract-number-kept = Gespeichert; zum Ersetzen eingeben
contract-forget-access = Access-ID entfernen
contract-forget-contract = Vertrags-ID entfernen
contract-numbers = Nummern des Vertrags
contract-numbers-show = Anzeigen
contract-numbers-none = Keine eingetragen.
contract-numbers-noted = Verschlüsselt gespeichert. Jedes Lesen wird im Überwachungsprotokoll vermerkt.

## Konten

wallet = Konto
wallet-empty = Noch nichts verbraucht
wallet-empty-text = Jede Einheit, die hinzukommt, gehalten, verbraucht oder zurückgegeben wird, steht dann hier.
wallet-when = Wann
wallet-what = Was
wallet-case = Fall
wallet-case-hint = Die Nummer, die der Lieferant der Anfrage gegeben hat
wallet-by = Wer
wallet-change = Änderung
wallet-balance = Übrig
wallet-reason = Grund
wallet-units = Einheiten
wallet-grant = Einheiten hinzufügen
wallet-consume = Verbrauch anderswo vermerken
wallet-refund = Zurückgeben
wallet-refund-named = Einheit von { $name } zurückgeben
wallet-system = Partnerdesk
supplier-act-grant = Hinzugekommen
supplier-act-reserve = Gehalten
supplier-act-consume = Verbraucht
supplier-act-release = Freigegeben
supplier-act-refund = Zurückgegeben
supplier-act-expire = Verfallen

## Eigener Stand bei Microsoft

standing-title = Unser Stand bei Microsoft
standing-hint = Was der Berater über uns weiß. Was offen bleibt, gilt als unbekannt und wird nie geraten.
standing-competency = Kompetenz oder Auszeichnung
supplier-competency-gold = Gold
supplier-competency-silver = Silber
supplier-competency-action-pack = Action Pack
supplier-competency-solutions-partner = Solutions Partner
supplier-competency-none = Keine
standing-cloud = Eine für die Cloud
standing-plans = Pläne, die wir haben
standing-plans-none = Kein Plan
standing-plans-asfp = ASfP
standing-plans-psfp = PSfP
standing-plans-both = ASfP und PSfP
standing-azure = Unser Anbieter hat uns Zugriff auf das Azure der Kunden gegeben
standing-unverified = Auch nicht überprüfte Regeln verwenden
standing-unverified-hint = Sie beruhen auf Berichten anderer über Microsofts Seiten, nicht auf Microsofts eigenem Text.
standing-unknown = Nicht bekannt
standing-no = Nein

## Microsofts Regeln

rules-title = Microsofts Regeln
rules-intro = Was entscheidet, welchen Supportkanal ein Anliegen nehmen darf: jede Regel mit den Tagen, zwischen denen sie gilt, und ihrer Quelle.
rules-coming = Ändert sich
rules-coming-none = Es ist keine Änderung bekannt.
rules-now = Gelten heute
rules-past = Galten früher
rules-begins = Gilt ab { $date }
rules-ends = Endet am { $date }
rules-since = seit { $date }
rules-until = bis { $date }
rules-unverified = Nicht überprüft
rules-off = Aus
rules-touches = Betrifft:
rules-every = Jedes Anliegen
rule-name = Der Name ist „{ $name }“.
vehicle-rule-security-report = Eine Sicherheitslücke wird dem Microsoft Security Response Center gemeldet.
vehicle-rule-marketplace = Ein Produkt des kommerziellen Marketplace wird von seinem Herausgeber unterstützt.
vehicle-rule-not-sold-by-us = Was anderswo gekauft wurde, gehört in das Portal des Produkts.
vehicle-rule-partner-center = Ein Problem des Partner Centers selbst gehört in dessen Hilfe + Support.
vehicle-rule-not-break-fix = Einrichtung, Konfiguration und Bedienungsfragen sind Sache des Partners.
vehicle-rule-reseller-billing = Rechnungen, Gutschriften und Bestellungen eines Vertriebspartners sind Sache seines Anbieters.
vehicle-rule-reseller-azure-access = Ein Vertriebspartner eröffnet Azure-Anfragen nur, wo sein Anbieter ihm Zugriff gegeben hat.
vehicle-rule-reseller-azure = Azure-Anfragen eröffnet der Anbieter, auch wenn der Vertriebspartner einen Supportvertrag hat.
vehicle-rule-china = In China laufen alle Anfragen über das Portal von 21Vianet.
vehicle-rule-commercial-covers = Abrechnung und Abonnements, für jeden Partner inbegriffen.
vehicle-rule-csp-plan-microsoft365 = Störungsbehebung bei Microsoft 365, inbegriffen: eine Serviceanfrage im Admin Center des Kunden.
vehicle-rule-csp-plan-azure = Störungsbehebung bei Azure, inbegriffen für Direktabrechnungspartner und indirekte Anbieter: eine Anfrage im Azure-Portal mit dem Plan „Cloud Solution Provider“.
vehicle-rule-csp-plan-delegated-admin = Der Kunde hat { $delegated_admin } nicht gewährt, über die eine Serviceanfrage gestellt wird.
vehicle-rule-dynamics-365 = Dynamics 365 erfordert { $asfp } oder höher.
vehicle-rule-signature-cloud-covers = Störungsbehebung bei Azure, ein Vorteil im { $program }.
vehicle-rule-signature-cloud-microsoft365 = Er lässt sich im Microsoft 365 Admin Center nicht verwenden.
vehicle-rule-signature-cloud-competency = Er gehört zu einer Gold- oder Silber-Kompetenz oder einer Auszeichnung als Solutions Partner.
vehicle-rule-signature-cloud-none-left = Kein Vorfall ist übrig.
vehicle-rule-product-support-covers = Software auf eigenen Rechnern, die aktuelle Version und, im grundlegenden Support, die vorige; ein Vorteil im { $program }.
vehicle-rule-product-support-competency = Er gehört zu einer Gold- oder Silber-Kompetenz, einer Auszeichnung als Solutions Partner oder dem Action Pack.
vehicle-rule-product-support-none-left = Kein Vorfall ist übrig.
vehicle-rule-designations-not-yet = Auszeichnungen als Solutions Partner gibt es noch nicht.
vehicle-rule-asfp-covers = Technische Probleme von Cloudprodukten, über einen Plan, den man hat.
vehicle-rule-asfp-not-held = Der Plan ist nicht vorhanden.
vehicle-rule-asfp-retired = Er ist eingestellt.
vehicle-rule-psfp-covers = Technische Probleme aller Produkte, über einen Plan, den man hat.
vehicle-rule-psfp-not-held = Der Plan ist nicht vorhanden.
vehicle-rule-signature-cloud-50 = 50 Vorfälle mit einer Auszeichnung als Solutions Partner.
vehicle-rule-signature-cloud-cloud-competency = Beliebig viele Vorfälle mit einer Cloud-Kompetenz.
vehicle-rule-signature-cloud-gold = 10 Vorfälle mit einer anderen Gold-Kompetenz.
vehicle-rule-signature-cloud-silver = 5 Vorfälle mit einer anderen Silber-Kompetenz.
vehicle-rule-signature-cloud-designation = Beliebig viele Vorfälle mit einer Auszeichnung als Solutions Partner.
vehicle-rule-product-support-gold = 20 Vorfälle mit einer Gold-Kompetenz.
vehicle-rule-product-support-silver = 15 Vorfälle mit einer Silber-Kompetenz.
vehicle-rule-product-support-action-pack = 10 Vorfälle mit dem Action Pack.
vehicle-rule-product-support-designation = 20 Vorfälle mit einer Auszeichnung als Solutions Partner.
vehicle-rule-severity-a = Schweregrad A wird auf Englisch binnen zwei Stunden beantwortet.
vehicle-rule-severity-b = Schweregrad B wird auf Englisch binnen vier Stunden beantwortet.
vehicle-rule-severity-c = Schweregrad C wird auf Englisch binnen acht Stunden beantwortet.

## Warum ein Weg offen oder versperrt ist

why-covers = Die Bedingungen decken diesen Dienst und diese Art von Anfrage.
why-only-for = Nur für: { $what }
why-takes-one = Nimmt eine der übrigen Einheiten: { $n }.
why-uncounted = Die Einheiten werden nicht gezählt.
why-expired = Der Vertrag endete am { $date }.
why-not-begun = Der Vertrag beginnt am { $date }.
why-none-left = Keine Einheit ist übrig.
why-no-contract = Es wird monatlich bezahlt, und kein Vertrag ist eingetragen.
why-not-offered = Keiner unserer aktiven Lieferanten bietet es an.
why-other-language = Es wird nicht in der Sprache des Kunden angeboten.

## Wohin ein Anliegen stattdessen geht

supplier-instead-msrc = Microsoft Security Response Center
supplier-instead-publisher = Herausgeber des Produkts
supplier-instead-product-portal = Portal des Produkts
supplier-instead-partner-center-help = Hilfe + Support im Partner Center
supplier-instead-resolve-here = Dieser Desk beantwortet es selbst
supplier-instead-provider = Unser indirekter Anbieter

## Was man wissen oder beschaffen müsste

supplier-lack-at = Wann gefragt wird
supplier-lack-cloud = In welcher Cloud der Kunde ist
supplier-lack-partner = Was für ein Partner dieser Desk ist
supplier-lack-kind = Welche Art von Anfrage es ist
supplier-lack-topic = Ob es um eine Rechnung, eine Gutschrift oder eine Bestellung geht
supplier-lack-break-fix = Ob etwas defekt ist
supplier-lack-service = Um welchen Dienst es geht
supplier-lack-product-version = Welche Version des Produkts
supplier-lack-severity = Wie schwer es ist
supplier-lack-language = Die Sprache
supplier-lack-competency = Unsere Kompetenz oder Auszeichnung
supplier-lack-cloud-competency = Ob unsere Kompetenz eine für die Cloud ist
supplier-lack-plans = Welche Pläne wir haben
supplier-lack-plans-asfp = ASfP müsste gekauft werden
supplier-lack-plans-psfp = PSfP müsste gekauft werden
supplier-lack-incidents-product-support = Wie viele Produktsupportvorfälle übrig sind
supplier-lack-incidents-signature-cloud = Wie viele Cloudsupport-Vorfälle übrig sind
supplier-lack-delegated-admin = Delegierte Verwaltung durch den Kunden
supplier-lack-provider-azure-access = Ob unser Anbieter uns Zugriff auf Azure gegeben hat
