# Tickets that report a weakness are shown to named people only.

circle = Security report
circle-line = Named people only
circle-why = This ticket reports a weakness in one of Microsoft’s products. Lists, search, counts, notices, reports and the audit log show it to nobody but the people below, and it goes to no supplier.
circle-do = What to do
circle-report = Have it reported at the Security Response Center; best by whoever found it, who can answer questions about it.
circle-keep = Name it nowhere else: in no other ticket, no tag, no mail to a supplier.
circle-answer = Answer whoever told you; the text is prepared.
circle-open = Open the report form
circle-insert = Put the answer into the reply
circle-people = Who sees it
circle-assignee = has the ticket
circle-let-in-by-name = let in by name
circle-asked = asked
circle-follows = gets copies
circle-admins = Besides them, every Global admin. Who let whom in stands in the history and in the audit log.
circle-agent = Agent
circle-let-in = Let in
circle-put-out = Put out
event-circle-opened = { $who } had it shown to everybody again whose role shows it
event-circle-let-in = { $who } let in: { $names }
event-circle-put-out = { $who } put out: { $names }
problem-no-circle = Roles say who sees this ticket: there is nobody to let in or to put out.
problem-security-report = This ticket reports a weakness. It goes to the Microsoft Security Response Center, to no supplier, and is not joined with another ticket.
problem-cannot-see = The roles of this agent do not show it such tickets.
