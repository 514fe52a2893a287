# Fragen zu Rechnungen: Positionen, um die es in einem Ticket geht, und die Antwort darauf.

questions = Rechnungspositionen
questions-linked = { $n ->
    [one] Es geht um 1 Position einer Rechnung.
   *[other] Es geht um { $n } Positionen von Rechnungen.
}
questions-link = Position verknüpfen
questions-named = in der Anfrage genannt
questions-unlink = Entfernen
questions-draft = Antwort entwerfen
questions-not-theirs = Wer gefragt hat, bekommt die Rechnungen dieses Kunden nicht. Prüfen Sie, ob diese Beträge genannt werden dürfen.
questions-supplier = Was der Lieferant berechnet
questions-about = Tickets dazu
question-open = Noch nicht bestätigt
question-accepted = { $who }: „Das stimmt“, { $when }
question-disputed = Beanstandet, Antwort bis { $day }
question-line = Position { $line } der Rechnung { $number } vom { $day }: { $what }
question-times = { $quantity } × { $price } = { $net } ohne USt.
question-times-rounded = { $quantity } × { $price } = { $exact }, gerundet { $net } ohne USt.
question-vat = Mit { $rate } % USt., { $tax }, sind das { $gross }.
question-vat-none = Es kommt keine USt. hinzu: { $why }.
question-new = Sie stand nicht auf der vorigen Rechnung { $number } vom { $day }.
question-same = Der Betrag ist derselbe wie auf der vorigen Rechnung { $number } vom { $day }.
question-more = Auf der vorigen Rechnung { $number } vom { $day } waren es { $before } ohne USt. Jetzt sind es { $by } mehr:
question-less = Auf der vorigen Rechnung { $number } vom { $day } waren es { $before } ohne USt. Jetzt sind es { $by } weniger:
question-part-quantity = Menge, vorher { $before } und jetzt { $now }: { $amount }
question-part-price = Einzelpreis, vorher { $before } und jetzt { $now }: { $amount }
question-whole-same = Mit USt. beträgt die Rechnung { $number } { $now }, wie { $before } davor.
question-whole-more = Mit USt. beträgt die Rechnung { $number } { $now }, { $before } davor betrug { $was }. Das sind { $by } mehr:
question-whole-less = Mit USt. beträgt die Rechnung { $number } { $now }, { $before } davor betrug { $was }. Das sind { $by } weniger:
question-cause-quantity = Andere Mengen: { $amount }
question-cause-price = Andere Preise: { $amount }
question-cause-new = Neu: { $amount }
question-cause-gone = Entfallen: { $amount }
question-cause-vat = USt.: { $amount }
question-thanks = vielen Dank für Ihre Frage zu Ihrer Rechnung.
question-portal = Auf der Seite dieser Anfrage in unserem Portal können Sie sagen, dass eine Position stimmt, oder sie beanstanden. Eine beanstandete Position ruht, bis wir geantwortet haben; der Rest der Rechnung bleibt zu zahlen.
question-portal-others = Wer in Ihrem Unternehmen die Rechnungen bekommt, kann in unserem Portal sagen, dass eine Position stimmt, oder sie beanstanden. Eine beanstandete Position ruht, bis wir geantwortet haben; der Rest der Rechnung bleibt zu zahlen.
help-question = Ihre Frage zu einer Rechnung
help-question-right = Das stimmt
help-question-wrong = Das stimmt nicht
event-line-linked = { $who } hat Position { $line } der Rechnung { $number } verknüpft
event-line-unlinked = { $who } hat Position { $line } der Rechnung { $number } entfernt
event-line-accepted = { $who } sagt, dass Position { $line } der Rechnung { $number } stimmt
event-line-disputed = { $who } beanstandet Position { $line } der Rechnung { $number }
deed-question-link = Ticket mit einer Rechnungsposition verknüpft
deed-question-unlink = Verknüpfung eines Tickets mit einer Rechnungsposition entfernt
deed-question-accept = Rechnungsposition vom Kunden bestätigt
