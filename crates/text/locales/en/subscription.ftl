# Subscriptions: what customers have bought at Microsoft, what comes due, what is done with it.

## Pages

nav-subscriptions = Subscriptions
subscriptions-due = What comes due
subscriptions-due-text = Renewals, ends of terms and trials, deadlines and windows that close, in all customers’ subscriptions. Days are working days of the desk’s calendar.
subscriptions-due-none = Nothing comes due
subscriptions-due-none-text = In this time nothing ends, renews or closes. A desk that is not connected to Microsoft has nothing here either.
subscriptions-days = Next { $n } days
subscriptions-range = Time
subscriptions-when = When
subscriptions-what = What
subscriptions-whose = Customer
subscriptions-nobodys = Nobody’s customer yet
subscriptions-of = Subscriptions of { $name }
subscriptions-none = No subscriptions known
subscriptions-none-text = Either nothing was bought, or this customer is not linked to a tenant at Microsoft, or it was not read yet.
subscriptions-read = Read { $time }
subscription-old = This reading failed or is old. What stands here may not be so any more; nothing is done on it.
subscription-gone = It is not on Microsoft’s list any more.
subscription-refresh = Read again
subscription-drift = Changed without us
subscription-timeline = Course of time
subscription-ahead = Dates
subscription-facts = What is known
subscription-state = State
subscription-since = since { $time }
subscription-licences = Licences
subscription-by-use = billed by use
subscription-quantity = { $n } licences
subscription-kind = Kind
subscription-term-of = Term
subscription-renews = Auto-renew
subscription-on = on
subscription-off = off
subscription-next-term = Next term
subscription-trial = Trial
subscription-parent = Add-on to
subscription-add-ons = Add-ons
subscription-azure = Active Azure subscriptions
subscription-unknown = unknown
subscription-id = Microsoft’s id
subscription-history = History
subscription-history-none = Nothing has changed since it was read first.
subscription-actions = What can be done
subscription-may-not = Your roles only let you read here.
subscription-number = Number of licences then
subscription-preview = Preview
subscription-preview-of = { $action }: { $name }
subscription-preview-text = It was read at Microsoft just now. This is what would happen:
subscription-from-to = { $before } → { $after } licences
subscription-confirm = Do it
subscription-because = Ticket number
subscription-reason = Reason
subscription-reason-hint = On whose request? A ticket number or a reason is needed.
subscription-back = Back without doing it
subscription-open = Being done
subscription-withdraw = Take back
subscription-by = { $name }, { $time }
subscription-microsoft-says = Microsoft says: { $words }
subscription-may = Possible
subscription-may-until = Possible until { $time }
subscription-not = Not possible
subscription-next-at = Possible again from { $time }.
subscription-never = There is no later date on which it will be possible.
subscription-elsewhere = In Partner Center itself, by its order, until { $time }.
subscription-cannot-say = Nobody can say, so it is not done. Not known:
subscription-source = Source
subscription-unverified = not Microsoft’s own text
subscription-days-left = { $n ->
    [0] today
    [one] in { $n } working day
   *[other] in { $n } working days
}
subscription-picture = From { $from } to { $to }; the dates stand beside it.
subscription-change-line = { $field }: { $before } → { $after }
subscription-nothing = –
subscription-yes = yes
subscription-no = no

## Kinds, states, terms

subscription-era-legacy = Legacy
subscription-era-new-commerce = New commerce
subscription-era-azure-plan = Azure plan
subscription-era-perpetual = Perpetual software
subscription-era-software = Software subscription
subscription-era-marketplace = Marketplace
subscription-era-unknown = Kind unknown
subscription-status-none = State unknown
subscription-status-active = Active
subscription-status-pending = Being set up
subscription-status-suspended = Suspended
subscription-status-expired = Expired
subscription-status-disabled = Disabled
subscription-status-deleted = Deleted
subscription-term-p1m = 1 month
subscription-term-p1y = 1 year
subscription-term-p3y = 3 years

## What can be done, and what comes of it

subscription-action-add = Add licences
subscription-action-reduce = Remove licences
subscription-action-renew-on = Switch auto-renew on
subscription-action-renew-off = Switch auto-renew off
subscription-action-cancel = Cancel
subscription-action-suspend = Suspend
subscription-action-reactivate = Reactivate
subscription-action-schedule = Schedule licences for the next term
subscription-action-unschedule = Drop what is scheduled
subscription-effect-users-out = People cannot sign in or use it any more, at once. Administrators still reach the data.
subscription-effect-users-in = People can use it again.
subscription-effect-final = This cannot be taken back.
subscription-effect-not-billed = Microsoft stops billing us.
subscription-effect-billed-again = Microsoft bills us again from now on.
subscription-effect-billed-more = Microsoft bills us for the additional licences from now on.
subscription-effect-paid-back = Microsoft pays all of it back.
subscription-effect-paid-back-in-part = Microsoft pays the rest of the time back, day by day.
subscription-effect-renews-no-more = Auto-renew is switched off.
subscription-effect-renewal-stays-off = Auto-renew stays off until somebody switches it on again.
subscription-effect-schedule-gone = What is scheduled for the next term is removed.
subscription-effect-reversible = It can be taken back until { $time }.
subscription-effect-data-until = Administrators reach the data until { $time }.
subscription-effect-data-gone = If nobody does anything, the data are deleted on { $time } or later.
subscription-effect-billed-until = Microsoft goes on billing us until { $time }.
subscription-effect-renews-at = It renews itself on { $time }.
subscription-effect-ends-at = It ends on { $time }.
subscription-effect-from = It is so from { $time } on.
subscription-effect-given-back-until = The added licences can be given back until { $time }.
subscription-effect-bound-until = After that they stay until { $time }.
subscription-effect-add-ons = { $n ->
    [one] { $n } add-on goes with it.
   *[other] { $n } add-ons go with it.
}

## Dates

subscription-occasion-term-began = Bought or renewed
subscription-occasion-suspended = Suspended
subscription-occasion-cancel-until = Cancellation window closes
subscription-occasion-reduce-until = Licences cannot be given back any more
subscription-occasion-trial-end = Trial ends and is paid from then on
subscription-occasion-renewal = Renewal
subscription-occasion-term-end = End of term
subscription-occasion-reactivate-until = Reactivation deadline
subscription-occasion-disabled = Only administrators reach the data
subscription-occasion-data-gone = Data may be deleted

## How far something is, and who changed what

subscription-progress-waiting = Waiting to be sent
subscription-progress-sent = Sent, not known whether it arrived
subscription-progress-taken = Microsoft has taken it
subscription-progress-done = Done, the reading shows it
subscription-progress-overtaken = Overtaken
subscription-progress-forbidden = A rule stands against it
subscription-progress-refused = Microsoft refused
subscription-progress-expired = Too late to send
subscription-progress-lost = Not confirmed
subscription-progress-withdrawn = Taken back
subscription-ended-overtaken = The subscription was not any more as you saw it, so nothing was sent. Look at it and decide again.
subscription-ended-forbidden = By the time it was to be sent a rule stood against it. Nothing was sent.
subscription-ended-refused = Microsoft refused. Nothing was changed.
subscription-ended-expired = It could not be sent for a day, so it is not sent any more. Decide again.
subscription-ended-lost = It was sent, and for a day no reading has shown it. Look at Partner Center what became of it.
subscription-cause-ours = by us
subscription-cause-time = in the course of time
subscription-cause-elsewhere = without us
subscription-field-status = State
subscription-field-quantity = Licences
subscription-field-auto-renew = Auto-renew
subscription-field-term-ends = End of term
subscription-field-scheduled = Licences of the next term
subscription-field-trial = Trial

## When it will be possible, and what is not known

subscription-next-reactivated = Possible after it is reactivated.
subscription-next-parent = Possible when that is active to which it is an add-on.
subscription-next-azure-cancelled = Possible when the Azure subscriptions in it are cancelled, one by one.
subscription-next-provisioned = Possible when it is set up.
subscription-next-renew-on = Possible after auto-renew is switched on.
subscription-next-suspend = Suspend it instead.
subscription-next-done = It is so already.
subscription-lack-era = by which of Microsoft’s rules it lives
subscription-lack-status = where it stands
subscription-lack-term = for how long it was bought
subscription-lack-term-began = when it was bought or renewed
subscription-lack-term-ends = when its term ends
subscription-lack-refundable = when licences were added
subscription-lack-status-since = since when it is suspended
subscription-lack-parent = how that stands to which it is an add-on
subscription-lack-azure-active = whether Azure subscriptions are active in it
subscription-lack-account = when the account was opened: Microsoft shows the last day in Partner Center
subscription-lack-renewal = what Microsoft made of the end of its term: read it again
subscription-lack-document = a word of Microsoft’s documents about it

## Microsoft’s rules, by row

subscription-rule-over = What has expired, or is disabled or deleted, cannot be changed any more.
subscription-rule-not-provisioned = Microsoft is still setting it up.
subscription-rule-already-suspended = It is suspended.
subscription-rule-already-active = It is active.
subscription-rule-already-renews = Auto-renew is on.
subscription-rule-already-ends = Auto-renew is off.
subscription-rule-suspended-stays-as-it-is = What is suspended cannot be changed.
subscription-rule-add-on-follows = An add-on cannot be reactivated before that to which it belongs.
subscription-rule-by-use = It is billed by use and has no licences to count.
subscription-rule-nce-renewing = Microsoft renews it in the day after the end of its term; nothing can be changed meanwhile.
subscription-rule-nce-trial = A trial’s state cannot be changed before it ends.
subscription-rule-nce-trial-seats = A trial has 25 licences, no more and no fewer.
subscription-rule-nce-add = Licences can be added at any time.
subscription-rule-nce-reduce-72h = Licences can be given back within 72 hours after they were added.
subscription-rule-nce-reduce-7d = Licences can be given back within 7 days after they were added or renewed.
subscription-rule-nce-cancel-72h = It can be cancelled within 72 hours after purchase or renewal.
subscription-rule-nce-cancel-7d = It can be cancelled within 7 days after purchase or renewal.
subscription-rule-nce-suspend = It can be suspended at any time; Microsoft goes on billing.
subscription-rule-nce-suspended-at-end = Its term ended while it was suspended; there is no way back.
subscription-rule-nce-reactivate = It can be reactivated until its term ends.
subscription-rule-nce-renew = Auto-renew can be switched at any time while it is active.
subscription-rule-nce-schedule-needs-renewal = A change can be scheduled only for a term that renews itself.
subscription-rule-nce-schedule = The next term can be scheduled at any time while it is active.
subscription-rule-nce-nothing-scheduled = Nothing is scheduled.
subscription-rule-nce-unschedule = What is scheduled can be dropped until the term ends.
subscription-rule-legacy-quantity = Licences can be added and removed at any time.
subscription-rule-legacy-renew = Auto-renew can be switched at any time while it is active.
subscription-rule-legacy-suspend = It can be suspended at any time; Microsoft stops billing.
subscription-rule-legacy-reactivate-60d-china = With 21Vianet it can be reactivated within 60 days after it was suspended.
subscription-rule-legacy-reactivate-60d = It could be reactivated within 60 days after it was suspended.
subscription-rule-legacy-reactivate-90d = It can be reactivated within 90 days after it was suspended, in some accounts up to 120.
subscription-rule-legacy-cancel = A legacy subscription is not cancelled but suspended; Microsoft deletes it when nobody reactivates it.
subscription-rule-legacy-no-schedule = Changes can be scheduled only for the new commerce.
subscription-rule-azure-plan-in-use = An Azure plan cannot be suspended while Azure subscriptions are active in it.
subscription-rule-azure-plan-suspend = An Azure plan in which nothing is active can be suspended.
subscription-rule-azure-plan-reactivate = A suspended Azure plan can be reactivated.
subscription-rule-azure-plan-no-term = An Azure plan has no term: it neither renews nor is cancelled.
subscription-rule-perpetual-cancel = Perpetual software can be returned within 30 days after purchase, by its order.
subscription-rule-software-cancel-30d = A software subscription could be returned within 30 days after purchase, by its order.
subscription-rule-software-cancel-7d = A software subscription can be returned within 7 days after purchase, by its order.
subscription-rule-software-whole = Software is returned whole, not licence by licence.
subscription-rule-marketplace-cancel-24h = A marketplace product for a month can be cancelled within 24 hours after purchase.
subscription-rule-marketplace-cancel-14d = A marketplace product for a year or longer can be cancelled within 14 days after purchase.
subscription-rule-marketplace-cancel-72h = A marketplace product can be cancelled within 72 hours after purchase.
subscription-rule-marketplace-renew = Auto-renew of a marketplace product can be switched at any time while it is active.

## What can go wrong, rights, log, letters

problem-not-offered = This cloud of Microsoft’s does not offer that.
problem-microsoft-later = Microsoft does not answer now, or asks for patience. Nothing is done on an old reading: try again in a few minutes.
problem-microsoft-consent = Microsoft does not take the desk’s consent any more. Somebody who looks after the connection has to sign in and consent again.
problem-microsoft-gone = Microsoft does not have this subscription for us any more.
problem-microsoft-refused = Microsoft refused to answer. The agent who consented may lack the role.
problem-act-open = Something is being done with this subscription already. Wait until it has ended.
problem-not-possible = A rule of Microsoft’s stands against it. The page of the subscription says which, and when it is possible.
permission-subscriptions-view = See what customers have bought at Microsoft, and what comes due
permission-subscriptions-manage = Change subscriptions: licences, auto-renew, suspend, reactivate
permission-subscriptions-cancel = Cancel subscriptions
deed-subscription-ask = Something was decided about a subscription
deed-subscription-end = What was decided about a subscription ended
deed-subscription-withdraw = A decision about a subscription was taken back
microsoft-reads-subscriptions = Subscriptions
done-deciding = Decided. It is done in a moment; this page shows when the reading confirms it.
done-read-again = Read at Microsoft just now.
mail-subscription-subject = Not done: { $action } – { $name }
mail-subscription-body = What you decided on { $time } did not end as it was to.
mail-subscription-reason = The reason
mail-subscription-open = Open the subscription
