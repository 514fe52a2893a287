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
