# Questions about invoices: lines that a ticket asks about, and the answer to it.

questions = Invoice lines
questions-linked = { $n ->
    [one] It asks about 1 line of an invoice.
   *[other] It asks about { $n } lines of invoices.
}
questions-link = Link a line
questions-named = named in the request
questions-unlink = Remove
questions-draft = Draft an answer
questions-not-theirs = Whoever asked does not get this customer’s invoices. See whether these amounts may be told.
questions-supplier = What the supplier bills
questions-about = Tickets that ask about it
question-open = Not accepted yet
question-accepted = { $who }: “That is right”, { $when }
question-disputed = Disputed, to be answered by { $day }
question-line = Line { $line } of invoice { $number }, { $day }: { $what }
question-times = { $quantity } × { $price } = { $net } without VAT.
question-times-rounded = { $quantity } × { $price } = { $exact }, rounded to { $net } without VAT.
question-vat = With { $rate } % VAT, { $tax }, it comes to { $gross }.
question-vat-none = No VAT is added: { $why }.
question-new = It was not on the invoice before, { $number } of { $day }.
question-same = It comes to the same as on the invoice before, { $number } of { $day }.
question-more = On the invoice before, { $number } of { $day }, it came to { $before } without VAT. Now it is { $by } more:
question-less = On the invoice before, { $number } of { $day }, it came to { $before } without VAT. Now it is { $by } less:
question-part-quantity = Quantity, { $before } before and { $now } now: { $amount }
question-part-price = Price of one, { $before } before and { $now } now: { $amount }
question-whole-same = With VAT, invoice { $number } comes to { $now }, the same as { $before } before it.
question-whole-more = With VAT, invoice { $number } comes to { $now } and { $before } before it came to { $was }. That is { $by } more:
question-whole-less = With VAT, invoice { $number } comes to { $now } and { $before } before it came to { $was }. That is { $by } less:
question-cause-quantity = Other quantities: { $amount }
question-cause-price = Other prices: { $amount }
question-cause-new = New: { $amount }
question-cause-gone = Not there any more: { $amount }
question-cause-vat = VAT: { $amount }
question-thanks = Thank you for your question about your invoice.
question-portal = On the page of this request in our portal you can say that a line is right, or dispute it. A disputed line is held until we have answered; the rest of the invoice remains to be paid.
question-portal-others = Whoever gets your company’s invoices can say in our portal that a line is right, or dispute it. A disputed line is held until we have answered; the rest of the invoice remains to be paid.
help-question = Your question about an invoice
help-question-right = That is right
help-question-wrong = That is wrong
event-line-linked = { $who } linked line { $line } of invoice { $number }
event-line-unlinked = { $who } removed line { $line } of invoice { $number }
event-line-accepted = { $who } says that line { $line } of invoice { $number } is right
event-line-disputed = { $who } disputes line { $line } of invoice { $number }
deed-question-link = Ticket linked to a line of an invoice
deed-question-unlink = Ticket linked to a line of an invoice no longer
deed-question-accept = Line of an invoice said to be right
