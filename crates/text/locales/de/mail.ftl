# Mails to customers' contacts and to agents. Customers read of a request, agents of a ticket.

## Every letter. After the comma of the greeting the next sentence begins in lower case.

mail-hello = Guten Tag,
mail-hello-name = Guten Tag { $name },
mail-footer-request = Ihre Anfrage #{ $number } · { $desk }
mail-footer-online = Online: { $link }
mail-open-request = Anfrage öffnen
mail-open-ticket = Ticket öffnen
mail-fact-customer = Kunde
mail-fact-severity = Schweregrad
mail-fact-due = Fällig

## Acknowledgement of a new request

mail-ack-subject = Wir haben Ihre Anfrage erhalten [#{ $number }]
mail-ack-received = vielen Dank für Ihre Nachricht. Ihre Anfrage hat die Nummer #{ $number }.
mail-ack-next = Unser Team liest sie und antwortet Ihnen per E-Mail.
mail-ack-next-promised = Unser Team liest sie. Unsere erste Antwort erhalten Sie bis spätestens { $time }.
mail-ack-add = Möchten Sie etwas ergänzen? Antworten Sie einfach auf diese Nachricht.
mail-ack-not-you = Falls Sie uns nicht geschrieben haben, ignorieren Sie diese Nachricht bitte.

## Resolved

mail-resolved-subject = Gelöst: { $subject } [#{ $number }]
mail-resolved-body = wir haben Ihre Anfrage #{ $number }, „{ $subject }“, gelöst.
mail-resolved-reopen = Falls etwas noch nicht stimmt, antworten Sie bis { $until } auf diese Nachricht, und wir kümmern uns weiter darum. Danach senden Sie uns bitte eine neue Anfrage.

## Sign-in to the portal

mail-sign-in-subject = Anmeldung bei { $desk }
mail-sign-in-body = mit diesem Link melden Sie sich beim Supportportal von { $desk } an.
mail-sign-in-button = Anmelden
mail-sign-in-valid =
    { $minutes ->
        [one] Der Link ist { $minutes } Minute gültig und funktioniert nur einmal.
       *[other] Der Link ist { $minutes } Minuten gültig und funktioniert nur einmal.
    }
mail-sign-in-not-you = Wenn Sie das nicht waren, ignorieren Sie diese Nachricht bitte.

## Notices to agents

mail-notice-assigned-subject = [#{ $number }] Ihnen zugewiesen: { $subject }
mail-notice-assigned-body = Ticket #{ $number }, „{ $subject }“, ist jetzt Ihnen zugewiesen.
mail-notice-answered-subject = [#{ $number }] Kunde hat geantwortet: { $subject }
mail-notice-answered-body = { $who } hat im Ticket #{ $number }, „{ $subject }“, geantwortet.
mail-notice-due-soon-subject = [#{ $number }] Bald fällig: { $subject }
mail-notice-due-soon-body = Ticket #{ $number }, „{ $subject }“, ist bald fällig.
mail-notice-overdue-subject = [#{ $number }] Überfällig: { $subject }
mail-notice-overdue-body = Ticket #{ $number }, „{ $subject }“, ist überfällig.
mail-notice-unassigned-subject = [#{ $number }] Neu, nicht zugewiesen: { $subject }
mail-notice-unassigned-body = Ticket #{ $number }, „{ $subject }“, ist neu und noch niemandem zugewiesen.

## Invitation of an agent

mail-invitation-subject = Ihr Zugang zu { $desk }
mail-invitation-body = { $inviter } hat Sie zum Support von { $desk } eingeladen. Legen Sie ein Kennwort fest, um zu beginnen.
mail-invitation-button = Kennwort festlegen
mail-invitation-valid = Der Link funktioniert einmal und ist bis { $until } gültig.
mail-password-subject = Neues Kennwort für { $desk }
mail-password-body = jemand, hoffentlich Sie, hat ein neues Kennwort für Ihren Zugang zu { $desk } angefordert.

## A mail that came back

mail-bounce-subject = [#{ $number }] Nicht zugestellt: { $subject }
mail-bounce-body = Unsere Nachricht an { $recipient } im Ticket #{ $number }, „{ $subject }“, konnte nicht zugestellt werden.
mail-bounce-reason = Genannter Grund
mail-bounce-do = Der Kunde hat sie nicht gesehen. Prüfen Sie die Adresse oder erreichen Sie ihn auf anderem Weg.
