# Mails to customers' contacts and to agents. Customers read of a request, agents of a ticket.

## Every letter

mail-hello = Hej!
mail-hello-name = Hej { $name }!
mail-footer-request = Ditt ärende #{ $number } · { $desk }
mail-footer-online = På webben: { $link }
mail-open-request = Öppna ditt ärende
mail-open-ticket = Öppna ärendet
mail-fact-customer = Kund
mail-fact-severity = Allvarlighetsgrad
mail-fact-due = Senast

## Acknowledgement of a new request

mail-ack-subject = Vi har tagit emot ditt ärende [#{ $number }]
mail-ack-received = Tack för att du kontaktar oss. Ditt ärende har nummer #{ $number }.
mail-ack-next = En av våra medarbetare läser det och svarar via e-post.
mail-ack-next-promised = En av våra medarbetare läser det. Du får vårt första svar senast { $time }.
mail-ack-add = Vill du lägga till något? Svara på det här meddelandet.
mail-ack-not-you = Om du inte har skrivit till oss kan du bortse från det här meddelandet.

## Resolved

mail-resolved-subject = Löst: { $subject } [#{ $number }]
mail-resolved-body = Vi har löst ditt ärende #{ $number }, ”{ $subject }”.
mail-resolved-reopen = Om något fortfarande inte fungerar, svara på det här meddelandet senast { $until } så fortsätter vi. Därefter ber vi dig skicka in ett nytt ärende.

## Sign-in to the portal

mail-sign-in-subject = Logga in hos { $desk }
mail-sign-in-body = Använd länken för att logga in på supportportalen hos { $desk }.
mail-sign-in-button = Logga in
mail-sign-in-valid =
    { $minutes ->
        [one] Länken gäller i { $minutes } minut och fungerar en gång.
       *[other] Länken gäller i { $minutes } minuter och fungerar en gång.
    }
mail-sign-in-not-you = Om det inte var du kan du bortse från det här meddelandet.

## Notices to agents

mail-notice-assigned-subject = [#{ $number }] Tilldelat dig: { $subject }
mail-notice-assigned-body = Ärende #{ $number }, ”{ $subject }”, är nu tilldelat dig.
mail-notice-answered-subject = [#{ $number }] Kunden har svarat: { $subject }
mail-notice-answered-body = { $who } har svarat i ärende #{ $number }, ”{ $subject }”.
mail-notice-due-soon-subject = [#{ $number }] Tiden går snart ut: { $subject }
mail-notice-due-soon-body = Tiden för ärende #{ $number }, ”{ $subject }”, går snart ut.
mail-notice-overdue-subject = [#{ $number }] Försenat: { $subject }
mail-notice-overdue-body = Ärende #{ $number }, ”{ $subject }”, är försenat.
mail-notice-unassigned-subject = [#{ $number }] Nytt, ej tilldelat: { $subject }
mail-notice-unassigned-body = Ärende #{ $number }, ”{ $subject }”, är nytt och har ännu ingen ansvarig.

## Invitation of an agent

mail-invitation-subject = Din åtkomst till { $desk }
mail-invitation-body = { $inviter } har bjudit in dig till supporten hos { $desk }. Välj ett lösenord för att komma igång.
mail-invitation-button = Välj lösenord
mail-invitation-valid = Länken fungerar en gång och gäller till { $until }.
mail-password-subject = Välj ett nytt lösenord för { $desk }
mail-password-body = Någon, förhoppningsvis du, har bett om ett nytt lösenord för din åtkomst till { $desk }.

## A mail that came back

mail-bounce-subject = [#{ $number }] Inte levererat: { $subject }
mail-bounce-body = Vårt meddelande till { $recipient } i ärende #{ $number }, ”{ $subject }”, kunde inte levereras.
mail-bounce-reason = Angiven orsak
mail-bounce-do = Kunden har inte sett det. Kontrollera adressen eller nå kunden på ett annat sätt.
