# Tickets, die eine Schwachstelle melden, sehen nur benannte Personen.

circle = Sicherheitsmeldung
circle-line = Nur benannte Personen
circle-why = Dieses Ticket meldet eine Schwachstelle in einem Produkt von Microsoft. Listen, Suche, Zähler, Benachrichtigungen, Berichte und das Auditprotokoll zeigen es nur den Personen unten, und es geht an keinen Lieferanten.
circle-do = Was zu tun ist
circle-report = Lassen Sie sie beim Security Response Center melden, am besten von der Person, die sie gefunden hat und Fragen dazu beantworten kann.
circle-keep = Nennen Sie sie nirgends sonst: in keinem anderen Ticket, keinem Schlagwort, keiner Mail an Lieferanten.
circle-answer = Antworten Sie der Person, die sie mitgeteilt hat; der Text ist vorbereitet.
circle-open = Meldeformular öffnen
circle-insert = Antwort in den Entwurf übernehmen
circle-people = Wer es sieht
circle-assignee = hat das Ticket
circle-let-in-by-name = namentlich zugelassen
circle-asked = hat gefragt
circle-follows = bekommt Kopien
circle-admins = Außerdem jeder globale Administrator. Wer wen zugelassen hat, steht im Verlauf und im Auditprotokoll.
circle-agent = Agent
circle-let-in = Zulassen
circle-put-out = Ausschließen
event-circle-opened = { $who } zeigt es wieder allen, deren Rolle es zeigt
event-circle-let-in = { $who } hat zugelassen: { $names }
event-circle-put-out = { $who } hat ausgeschlossen: { $names }
problem-no-circle = Wer dieses Ticket sieht, sagen die Rollen: Es ist niemand zuzulassen oder auszuschließen.
problem-security-report = Dieses Ticket meldet eine Schwachstelle. Es geht an das Microsoft Security Response Center, an keinen Lieferanten, und wird mit keinem anderen Ticket verbunden.
problem-cannot-see = Die Rollen dieses Agenten zeigen ihm solche Tickets nicht.
