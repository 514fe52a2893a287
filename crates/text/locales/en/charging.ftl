# Charging for support: entitlement, time, confirmation, prepaid contracts, lines to be invoiced.

charging = Charging
charge-basis-plan = In plan
charge-basis-prepaid = Prepaid hours
charge-basis-pack = Incident pack
charge-basis-incident = Charged per incident
charge-basis-hourly = Charged by the hour
charge-basis-free = Free of charge
charge-basis-microsoft = Microsoft’s fault
charge-basis-ask = To be agreed
charge-why-plan = Covered by { $name }.
charge-why-prepaid = Taken from { $name }; { $left } left.
charge-why-beyond = After that { $price } an hour, once it is confirmed.
charge-why-beyond-unknown = What comes after that has to be agreed first.
charge-why-pack =
    { $left ->
        [one] One incident from { $name }; { $left } is left after it.
       *[other] One incident from { $name }; { $left } are left after it.
    }
charge-why-incident = { $price } for the incident, once it is confirmed.
charge-why-hourly = { $price } an hour, about { $estimate } and at most { $cap }, once it is confirmed.
charge-why-warranty = The same matter was resolved a short while ago, in #{ $number }.
charge-why-microsoft = What was taken has been given back: { $reason }
charge-free-commercial = Questions about invoices, licences and renewals cost nothing.
charge-free-warranty = The same matter was resolved a short while ago.
charge-free-security = Reports of a weakness cost nothing.
charge-ask-customer = It has to be known whose request it is.
charge-ask-price = No price is agreed. Nothing is charged before it is.
charge-sum-all = Time so far
charge-sum-prepaid = Of it prepaid
charge-sum-waived = Not charged
charge-sum-agreed = Confirmed
charge-unconfirmed = { $time } not confirmed by the customer. It is not charged.
charge-unconfirmed-incident = The customer has not confirmed it. It is not charged.
charge-asked-hours = { $price } an hour, at most { $cap }
charge-asked-incident = { $price } for the incident
charge-asked-at = Asked { $when }
charge-confirmed-by = Confirmed by { $who }, { $when }
charge-declined-by = Declined by { $who }, { $when }
charge-withdrawn = Withdrawn
charge-withdraw = Take back
charge-confirm = Ask the customer to confirm
charge-ask-note = What you will do, as the customer reads it
charge-ask-send = Ask
charge-lines = On the invoice
charge-other = Microsoft’s fault, decide again
charge-fault = Microsoft’s fault, because
charge-fault-text = What was taken is given back and nothing is charged. Leave it empty to take that back.
charge-again = Decide again
time-log = Log time
time-minutes = Minutes
time-minutes-zero = Minutes (0 takes it back)
time-note = What was done
time-free = Do not charge
time-reason = Reason
time-entries = Logged time
time-not-charged = not charged
time-correct = Correct
time-charged = Charged
timer-start = Start timer
timer-since = Running since
timer-stop = Stop and log
timer-discard = Discard
timer-elsewhere = Your timer runs on

charges = To be invoiced
charges-text = What support costs, line by line, as its customer will read it. Lines that cost nothing show what the customer got.
charges-none = Nothing to be invoiced
charges-none-text = When a ticket is resolved, its lines stand here until an invoice takes them.
charges-everybody = All customers
charges-to-drafts = Put on invoice drafts
charges-to-drafts-text = Each customer’s lines go onto its open draft, once. A draft can still be changed; what is taken off it waits here again.
charges-export = Save as a table
charge-day = Day
charge-what = What
charge-quantity = Quantity
charge-price = Price
charge-amount = Amount
charge-total = Total of this page
charge-unit-hour = h
charge-unit-incident = incident
charge-rules = Rules of charging
charge-rules-text = They hold for what comes from now on. Each entry is charged up to the next full step.
charge-increment = Time is charged in steps of
charge-hourly = Price of an hour
charge-hourly-hint = Where no plan names one. Empty: it has to be agreed, and nothing is charged before.
charge-currency = Currency
charge-estimate = Estimate
charge-cap = At most
charge-warranty = Days for which what comes back is free
charge-low-hours = Hours are low from
charge-low-incidents = Incidents are low from
charge-description = Request { $number }, “{ $subject }”: { $what }
charge-description-named = Request { $number }, “{ $subject }”: { $what } ({ $name })
charge-line-plan = work within the plan
charge-line-prepaid = work, prepaid
charge-line-pack = incident, prepaid
charge-line-incident = incident
charge-line-hours = work by the hour
charge-line-commercial = question about invoices, licences or renewals, free of charge
charge-line-warranty = work under warranty, free of charge
charge-line-security = report of a weakness, free of charge
charge-line-microsoft = work, Microsoft’s fault, free of charge
charge-line-waived = work that we do not charge

prepaid = Prepaid support
prepaid-text = Hours and incidents that customers have paid for before. What expires first is used first.
prepaid-none = Nothing sold yet
prepaid-none-text = Sell a customer hours or incidents, and its requests are taken from them.
prepaid-contract = Contract
prepaid-left = Left
prepaid-low = low
prepaid-period = Period
prepaid-until = until { $day }
prepaid-for-ever = without end
prepaid-runs-out = empty about { $day }
prepaid-lasts = lasts
prepaid-incidents =
    { $n ->
        [one] { $n } incident
       *[other] { $n } incidents
    }
prepaid-sell = Sell
prepaid-what = What it holds
prepaid-units = How much
prepaid-units-hint = Hours such as 10 or 2 h 30, or a number of incidents
prepaid-holds-hours = Hours
prepaid-holds-incidents = Incidents
prepaid-order = Of several contracts the one that expires first is drawn on first. What is left at the end is lost.

help-approval = Please confirm
help-approval-confirm = Confirm
help-approval-decline = Decline
help-approval-others = Waits for somebody who may confirm for your organisation

mail-approval-subject = Please confirm: { $subject } [#{ $number }]
mail-approval-body = Your request #{ $number }, “{ $subject }”, needs work that is charged for. Please read what we would do and what it costs.
mail-approval-again = The work on your request #{ $number }, “{ $subject }”, needs more than was confirmed. Please read what it would cost now.
mail-approval-hourly = { $price } an hour. We expect { $estimate }, and charge for { $cap } at most: { $most }.
mail-approval-incident = { $price } for the whole request.
mail-approval-first = Nothing is charged before you have confirmed it.
mail-approval-button = Confirm or decline

deed-charging-rules = Rules of charging changed
deed-charge-decide = Entitlement decided again
deed-time-log = Time logged
deed-time-correct = Time corrected
deed-approval-ask = Customer asked to confirm
deed-approval-withdraw = Request to confirm taken back
deed-approval-answer = Customer answered a request to confirm
deed-prepaid-sell = Prepaid contract sold
deed-prepaid-change = Prepaid contract changed

problem-charge-confirmed = The customer has confirmed, or it was charged: what was decided stays.
problem-charge-invoiced = It stands on an invoice already. A credit note is the way.
problem-nothing-to-confirm = There is nothing to be confirmed: nothing is charged, or no price is agreed.
problem-nobody-may-confirm = No contact of this customer may confirm for it. Say who may on the customer’s page of the catalogue.
problem-timer-runs = Your timer runs already. Stop it first.
problem-timer-here = Your timer runs on this ticket. Stop it and log the time, or discard it; then resolve.
problem-no-timer = No timer of yours runs.
problem-not-quarters = Give full quarters of an hour.
problem-below-estimate = It is less than the estimate.
problem-not-yet = That day has not come yet.
problem-too-old = That is too long ago.
