# Mails to customers' contacts and to agents. Customers read of a request, agents of a ticket.
# Articles and endings depend on how a name or number is spoken, so variables stand where neither is needed.

## Every letter

mail-hello = Tisztelt Ügyfelünk!
mail-hello-name = Tisztelt { $name }!
mail-footer-request = Az Ön kérése: #{ $number } · { $desk }
mail-footer-online = Online: { $link }
mail-open-request = Kérés megnyitása
mail-open-ticket = Jegy megnyitása
mail-fact-customer = Ügyfél
mail-fact-severity = Súlyosság
mail-fact-due = Határidő

## Acknowledgement of a new request

mail-ack-subject = Megkaptuk a kérését [#{ $number }]
mail-ack-received = Köszönjük, hogy hozzánk fordult. Kérésének száma: #{ $number }.
mail-ack-next = Munkatársunk elolvassa, és e-mailben válaszol Önnek.
mail-ack-next-promised = Munkatársunk elolvassa. Első válaszunk határideje: { $time }.
mail-ack-add = Szeretne hozzátenni valamit? Válaszoljon erre az üzenetre.
mail-ack-not-you = Ha nem Ön írt nekünk, kérjük, hagyja figyelmen kívül ezt az üzenetet.

## Resolved

mail-resolved-subject = Megoldva: { $subject } [#{ $number }]
mail-resolved-body = Megoldottuk a kérését: „{ $subject }” (#{ $number }).
mail-resolved-reopen = Ha valami még nem működik, válaszoljon erre az üzenetre, és folytatjuk a munkát. Határidő: { $until }. Ezután kérjük, küldjön új kérést.

## Sign-in to the portal

mail-sign-in-subject = Bejelentkezés: { $desk }
mail-sign-in-body = Ezzel a hivatkozással bejelentkezhet a támogatási portálra ({ $desk }).
mail-sign-in-button = Bejelentkezés
mail-sign-in-valid = A hivatkozás { $minutes } percig érvényes, és egyszer használható.
mail-sign-in-not-you = Ha nem Ön kezdeményezte, kérjük, hagyja figyelmen kívül ezt az üzenetet.

## Notices to agents

mail-notice-assigned-subject = [#{ $number }] Önhöz rendelve: { $subject }
mail-notice-assigned-body = Önhöz rendelt jegy: „{ $subject }” (#{ $number }).
mail-notice-answered-subject = [#{ $number }] Az ügyfél válaszolt: { $subject }
mail-notice-answered-body = { $who } válaszolt ebben a jegyben: „{ $subject }” (#{ $number }).
mail-notice-due-soon-subject = [#{ $number }] Hamarosan lejár: { $subject }
mail-notice-due-soon-body = Hamarosan lejár a jegy határideje: „{ $subject }” (#{ $number }).
mail-notice-overdue-subject = [#{ $number }] Lejárt: { $subject }
mail-notice-overdue-body = Lejárt a jegy határideje: „{ $subject }” (#{ $number }).
mail-notice-unassigned-subject = [#{ $number }] Új, nincs felelőse: { $subject }
mail-notice-unassigned-body = Új jegy érkezett, még nincs felelőse: „{ $subject }” (#{ $number }).

## Invitation of an agent

mail-invitation-subject = Hozzáférés: { $desk }
mail-invitation-body = { $inviter } meghívta Önt a következő támogatási csapatba: { $desk }. A kezdéshez adjon meg egy jelszót.
mail-invitation-button = Jelszó megadása
mail-invitation-valid = A hivatkozás egyszer használható. Lejárat: { $until }.
mail-password-subject = Új jelszó: { $desk }
mail-password-body = Valaki, remélhetőleg Ön, új jelszót kért a következő hozzáféréshez: { $desk }.

## A mail that came back

mail-bounce-subject = [#{ $number }] Kézbesítetlen: { $subject }
mail-bounce-body = Nem sikerült kézbesíteni az üzenetünket. Címzett: { $recipient }. Jegy: „{ $subject }” (#{ $number }).
mail-bounce-reason = Megadott ok
mail-bounce-do = Az ügyfél nem látta. Ellenőrizze a címet, vagy keresse meg más módon.
