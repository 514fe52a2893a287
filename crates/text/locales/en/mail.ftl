# Mails to customers' contacts and to agents. Customers read of a request, agents of a ticket.

## Every letter

mail-hello = Hello,
mail-hello-name = Hello { $name },
mail-footer-request = Your request #{ $number } · { $desk }
mail-footer-online = Online: { $link }
mail-open-request = Open your request
mail-open-ticket = Open the ticket
mail-fact-customer = Customer
mail-fact-severity = Severity
mail-fact-due = Due

## Acknowledgement of a new request

mail-ack-subject = We have received your request [#{ $number }]
mail-ack-received = Thank you for contacting us. Your request has the number #{ $number }.
mail-ack-next = A member of our team will read it and answer by e-mail.
mail-ack-next-promised = A member of our team will read it. You will have our first answer by { $time }.
mail-ack-add = Something to add? Just reply to this message.
mail-ack-not-you = If you did not write to us, please ignore this message.

## Resolved

mail-resolved-subject = Resolved: { $subject } [#{ $number }]
mail-resolved-body = We have resolved your request #{ $number }, “{ $subject }”.
mail-resolved-reopen = If something is still not right, reply to this message by { $until } and we will continue with it. After that, please send us a new request.

## Sign-in to the portal

mail-sign-in-subject = Sign in to { $desk }
mail-sign-in-body = Use this link to sign in to the support portal of { $desk }.
mail-sign-in-button = Sign in
mail-sign-in-valid =
    { $minutes ->
        [one] The link is valid for { $minutes } minute and works once.
       *[other] The link is valid for { $minutes } minutes and works once.
    }
mail-sign-in-not-you = If this wasn’t you, please ignore this message.

## Notices to agents

mail-notice-assigned-subject = [#{ $number }] Assigned to you: { $subject }
mail-notice-assigned-body = Ticket #{ $number }, “{ $subject }”, is now assigned to you.
mail-notice-answered-subject = [#{ $number }] Customer answered: { $subject }
mail-notice-answered-body = { $who } has answered in ticket #{ $number }, “{ $subject }”.
mail-notice-due-soon-subject = [#{ $number }] Due soon: { $subject }
mail-notice-due-soon-body = Ticket #{ $number }, “{ $subject }”, is due soon.
mail-notice-overdue-subject = [#{ $number }] Overdue: { $subject }
mail-notice-overdue-body = Ticket #{ $number }, “{ $subject }”, is overdue.
mail-notice-unassigned-subject = [#{ $number }] New, unassigned: { $subject }
mail-notice-unassigned-body = Ticket #{ $number }, “{ $subject }”, is new and belongs to nobody yet.

## Invitation of an agent

mail-invitation-subject = Your access to { $desk }
mail-invitation-body = { $inviter } has invited you to the support desk of { $desk }. Set a password to begin.
mail-invitation-button = Set password
mail-invitation-valid = The link works once and is valid until { $until }.
mail-password-subject = Set a new password for { $desk }
mail-password-body = Somebody, hopefully you, asked for a new password for your access to { $desk }.

## A mail that came back

mail-bounce-subject = [#{ $number }] Not delivered: { $subject }
mail-bounce-body = Our message to { $recipient } in ticket #{ $number }, “{ $subject }”, could not be delivered.
mail-bounce-reason = Reason given
mail-bounce-do = The customer has not seen it. Check the address or use another way to reach them.
