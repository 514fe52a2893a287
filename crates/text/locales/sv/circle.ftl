# Ärenden som rapporterar en svaghet visas bara för namngivna personer.

circle = Säkerhetsrapport
circle-line = Bara namngivna personer
circle-why = Det här ärendet rapporterar en svaghet i en av Microsofts produkter. Listor, sökning, räknare, aviseringar, rapporter och granskningsloggen visar det bara för personerna nedan, och det går inte till någon leverantör.
circle-do = Gör så här
circle-report = Se till att svagheten rapporteras till Security Response Center, helst av den som hittade den och kan svara på frågor.
circle-keep = Nämn den ingen annanstans: inte i andra ärenden, etiketter eller mejl till leverantörer.
circle-answer = Svara den som berättade om den; texten är förberedd.
circle-open = Öppna rapportformuläret
circle-insert = Lägg svaret i utkastet
circle-people = Vilka som ser det
circle-assignee = har ärendet
circle-let-in-by-name = insläppt vid namn
circle-asked = frågade
circle-follows = får kopior
circle-admins = Dessutom varje global administratör. Vem som släppte in vem står i historiken och i granskningsloggen.
circle-agent = Handläggare
circle-let-in = Släpp in
circle-put-out = Ta bort
event-circle-opened = { $who } lät det åter visas för alla vars roll visar det
event-circle-let-in = { $who } släppte in: { $names }
event-circle-put-out = { $who } tog bort: { $names }
problem-no-circle = Rollerna avgör vilka som ser det här ärendet: det finns ingen att släppa in eller ta bort.
problem-security-report = Det här ärendet rapporterar en svaghet. Det går till Microsoft Security Response Center, inte till någon leverantör, och slås inte ihop med ett annat ärende.
problem-cannot-see = Den här handläggarens roller visar inte sådana ärenden.
