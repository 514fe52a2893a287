# Frågor om fakturor: rader som ett ärende gäller, och svaret på det.

questions = Fakturarader
questions-linked = { $n ->
    [one] Det gäller 1 fakturarad.
   *[other] Det gäller { $n } fakturarader.
}
questions-link = Koppla en rad
questions-named = nämns i ärendet
questions-unlink = Ta bort
questions-draft = Skriv utkast till svar
questions-not-theirs = Den som frågar får inte kundens fakturor. Se efter om beloppen får nämnas.
questions-supplier = Vad leverantören debiterar
questions-about = Ärenden om den
question-open = Inte godkänd än
question-accepted = { $who }: ”Det stämmer”, { $when }
question-disputed = Bestridd, ska besvaras senast { $day }
question-line = Rad { $line } på faktura { $number }, { $day }: { $what }
question-times = { $quantity } × { $price } = { $net } utan moms.
question-times-rounded = { $quantity } × { $price } = { $exact }, avrundat till { $net } utan moms.
question-vat = Med { $rate } % moms, { $tax }, blir det { $gross }.
question-vat-none = Ingen moms läggs till: { $why }.
question-new = Den fanns inte på förra fakturan, { $number } av den { $day }.
question-same = Beloppet är detsamma som på förra fakturan, { $number } av den { $day }.
question-more = På förra fakturan, { $number } av den { $day }, var det { $before } utan moms. Nu är det { $by } mer:
question-less = På förra fakturan, { $number } av den { $day }, var det { $before } utan moms. Nu är det { $by } mindre:
question-part-quantity = Antal, { $before } förut och { $now } nu: { $amount }
question-part-price = Pris per styck, { $before } förut och { $now } nu: { $amount }
question-whole-same = Med moms är faktura { $number } på { $now }, lika mycket som { $before } före den.
question-whole-more = Med moms är faktura { $number } på { $now } och { $before } före den var på { $was }. Det är { $by } mer:
question-whole-less = Med moms är faktura { $number } på { $now } och { $before } före den var på { $was }. Det är { $by } mindre:
question-cause-quantity = Andra antal: { $amount }
question-cause-price = Andra priser: { $amount }
question-cause-new = Nytt: { $amount }
question-cause-gone = Finns inte längre: { $amount }
question-cause-vat = Moms: { $amount }
question-thanks = Tack för din fråga om fakturan.
question-portal = På ärendets sida i vår portal kan du säga att en rad stämmer, eller bestrida den. En bestridd rad vilar tills vi har svarat; resten av fakturan ska fortfarande betalas.
question-portal-others = Den som får företagets fakturor kan i vår portal säga att en rad stämmer, eller bestrida den. En bestridd rad vilar tills vi har svarat; resten av fakturan ska fortfarande betalas.
help-question = Din fråga om en faktura
help-question-right = Det stämmer
help-question-wrong = Det stämmer inte
event-line-linked = { $who } kopplade rad { $line } på faktura { $number }
event-line-unlinked = { $who } tog bort rad { $line } på faktura { $number }
event-line-accepted = { $who } säger att rad { $line } på faktura { $number } stämmer
event-line-disputed = { $who } bestrider rad { $line } på faktura { $number }
deed-question-link = Ärende kopplat till en fakturarad
deed-question-unlink = Ärende inte längre kopplat till en fakturarad
deed-question-accept = Fakturarad godkänd av kunden
