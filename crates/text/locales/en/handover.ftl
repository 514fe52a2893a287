# Hand-overs: to suppliers and other desks, and back.

## What is written to a supplier

package-line = { $label }:
package-service = Service
package-severity = Severity
package-steps = Steps tried
package-skipped = – { $step } (left out: { $why })
package-files = Files
package-caller = Please answer to
package-original = The customer’s own words ({ $language }):
package-chase = Could you please tell us how far this request is? Our customer is waiting for it.
inform-hello = Hello,
inform-text = we have an answer to your request:

## Mails to agents

mail-notice-supplier-subject = [#{ $number }] News from the supplier: { $subject }
mail-notice-supplier-body = There is news about the hand-over of ticket #{ $number }, “{ $subject }”.
mail-notice-supplier-late-subject = [#{ $number }] The supplier is late: { $subject }
mail-notice-supplier-late-body = The supplier has not done what it promised for ticket #{ $number }, “{ $subject }”, or nobody has taken what was offered. It is time to ask.
occasion-supplier = News from a supplier
occasion-supplier-late = A supplier is late

## What the audit log says

deed-handover-move = Hand-over moved on
deed-handover-tell = Word to a supplier or partner
deed-handover-receive = Message of another desk received
deed-peer-invite = Desk invited to pair
deed-peer-pair = Desk paired
deed-peer-change = Paired desk changed
deed-peer-revoke = Paired desk not trusted any more
deed-key-change = New key of the desk

## What can go wrong

problem-handed-over = A supplier has this ticket, or was offered it. Take it back or wait for the answer; nothing was changed.
problem-customer-not-told = The supplier’s answer is back, and the customer has not been told. Answer the customer first.
problem-give-back = Another desk handed this ticket over and waits for an answer. Give it back with one.
escalation-files = Files that go with it
escalation-files-hint = They go as they are: names in them are not taken out.
escalation-files-there = Attach these files there:
escalation-file-unseen = { $file } (the customer does not see it)
escalation-files-by-hand = Files do not go there by themselves: they stand with the word in the history, to be attached there by hand.
files-coming = On their way from the other desk: { $names }
files-late = Not here yet: { $names }. { $why }; asked again { $when }.
files-given-up = Did not come: { $names }. { $why }
files-ask-again = Ask again
problem-package-incomplete = The supplier would send this back: something that it asks for is missing. What you wrote is kept.
problem-offering-over = This offering is not valid any more. Choose another way.
problem-offer-over = The time of this offer is over.
problem-not-paired = This supplier’s desk is not paired with yours yet.
problem-partner-waits = This desk waits for the answer itself: the ticket came from there.
problem-no-address = This supplier has no mail address.
problem-not-an-invitation = This is no invitation. Paste the whole text that the other desk was shown.
problem-not-welcome = The other desk does not know this invitation any more. Ask for a new one.
problem-not-reached = The other desk could not be reached. Try again later; the invitation stays valid.

## The states of a leg

leg-draft = in preparation
leg-offered = offered
leg-withdrawn = withdrawn
leg-accepted = accepted
leg-declined = declined
leg-expired = expired
leg-in-progress = in progress
leg-returned = answered
leg-approved = approved
leg-sent-back = sent back
leg-closed = closed
outcome-solved = solved
outcome-documentation = documentation
outcome-known-issue = known issue
outcome-declined = not taken on
outcome-data-missing = data missing
came-back-missing = data missing: { $what }
came-back-what = What was missing
came-back-judge = It came back otherwise
came-back-judge-hint = For your own count of this supplier; it is not told.

## What the history says

event-handover-out = Hand-over to { $with }: { $state }
event-handover-in = Hand-over from { $with }: { $state }
timeline-partner = Partner
event-asked = { $who } asked how far it is

## The panel on a ticket

escalation = Escalation
escalation-none = not handed over
escalation-hand-over = Hand over
escalation-way = To whom, by what
escalation-way-units = takes one unit
escalation-way-due = answer by { $when }
escalation-way-unknown = too little is known to advise
escalation-way-unreachable = cannot be reached yet
escalation-no-way = No supplier is entered that could take this. Enter one among the suppliers.
escalation-summary = The matter, in the supplier’s language
escalation-blocks = needed
escalation-missing = Missing: { $what }
escalation-complete = complete
escalation-check = Keep and check
escalation-send = Hand over now
escalation-preview = The package as it goes out
escalation-hidden = The customer’s people are taken out of it.
escalation-until = until
escalation-number = Their number
escalation-open-portal = Copy all and open the portal
escalation-copy = Copy
escalation-copy-all = Copy all
escalation-filed = Filed
escalation-withdraw = Withdraw
escalation-ask = Ask how far it is
escalation-word = A word to { $name }; the customer does not read it
escalation-tell = Send
escalation-answer = Their answer
escalation-return = Record the answer
escalation-inform = Inform the customer
escalation-approve = Approve
escalation-send-back = Send back
escalation-send-back-reason = Why it is not enough
escalation-give-back = Give back
escalation-give-back-answer = Your answer to { $name }
escalation-severity = Severity there
escalation-lost = Not reached since { $since }: { $why }. It is tried again by itself; nothing is lost.
escalation-clock = Who had it when
escalation-held-here = here
escalation-team = Our own time
escalation-team-used = { $used } of { $target } used
escalation-team-late = { $used } of { $target } used: too much
escalation-theirs = The supplier’s promise
escalation-from = Handed over by { $name }
escalation-to = To { $name }

## The list

nav-handovers = Hand-overs
handovers-ours = Waiting for us
handovers-theirs = Waiting for others
handovers-empty = No hand-overs
handovers-empty-text = Nothing is offered to you, and nothing of yours is with others.
handovers-offer = Offer of { $name }
handovers-accept = Accept
handovers-decline = Decline
handovers-decline-reason = Why not
handovers-late = late
handovers-lost = not reached

## Partners

settings-partners = Partners
partners-empty = No desk is paired
partners-empty-text = Invite a desk, or accept the invitation of one, and tickets can go to and fro.
partners-invite = Invite a desk
partners-invite-text = Whoever has the text that you get can pair within a week, once. Pass it on by a way that you trust, and compare the fingerprints on the telephone.
partners-as = It helps us as
partners-as-nobody = It does not help us
partners-made = The invitation
partners-made-text = It is shown once.
partners-fingerprint = Fingerprint
partners-accept = Accept an invitation
partners-invitation = Invitation
partners-pair = Pair
partners-revoke = Trust no more
partners-revoked = not trusted any more
partners-key = Our key
partners-key-new = New key
partners-key-new-text = Paired desks are told, signed with the old key. What has begun goes on under the old one.
partners-address = Address
