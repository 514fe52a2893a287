# Was Lieferanten uns berechnen.

nav-billing = Abrechnung
payables = Was wir schulden
payables-text = Rechnungen von Microsoft und anderen Lieferanten, die neuesten zuerst.
payables-none = Noch keine Rechnung
payables-none-text = Sobald die Rechnung eines Lieferanten eingelesen ist, steht sie hier mit Betrag und Fälligkeit.

permission-payables-view = Sehen, was Lieferanten uns berechnen, Posten für Posten, und was fällig ist
permission-payables-manage = Rechnungen von Lieferanten einlesen, Zahlungen an sie erfassen, bestreiten und zurückfordern
permission-receivables-view = Sehen, was Kunden berechnet wird, was sie schulden und bezahlt haben
permission-receivables-manage = Rechnungen an Kunden ausstellen und gutschreiben, ihre Zahlungen erfassen
permission-charges-view = Bezahlten Support der Kunden sehen: Guthaben, Pakete, Sätze, erfasste Zeit
permission-charges-log = Zeit erfassen und kostenpflichtige Arbeit schätzen
permission-charges-manage = Sätze festlegen, Support im Voraus verkaufen, Kosten erlassen und berichtigen
