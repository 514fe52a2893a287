## What programs are told

problem-bad-json = Der Inhalt ist kein JSON.
problem-bad-field = Ein Feld des Inhalts ist nicht wie dokumentiert.
problem-bad-query = Ein Parameter der Adresse ist nicht wie dokumentiert.
problem-bad-cursor = Der Cursor gehört nicht zu dieser Liste. Beginnen Sie wieder auf der ersten Seite.
problem-bad-idempotency-key = Ein Idempotency-Key hat 1 bis 255 sichtbare ASCII-Zeichen, und eine Anfrage hat nur einen.
problem-idempotency-key-in-use = Eine Anfrage mit diesem Idempotency-Key hat begonnen, und ihr Ergebnis ist nicht bekannt. Sehen Sie nach, was vorhanden ist, bevor Sie es mit einem anderen Schlüssel versuchen.
problem-idempotency-key-reused = Dieser Idempotency-Key gehört zu einer anderen Anfrage.
problem-if-match-required = Geben Sie in If-Match an, welche Version Sie gesehen haben.

## Why something was not done

problem-invalid = Etwas darin ist nicht zulässig.
problem-newer = Inzwischen hat jemand geschrieben. Lesen Sie es erst und senden Sie dann noch einmal.
problem-not-found = Hier gibt es nichts, oder nicht für Sie.
problem-forbidden = Sie dürfen das nicht tun.
problem-stale = Jemand anderes hat es inzwischen geändert. Sehen Sie es noch einmal an und wiederholen Sie, was noch nötig ist.
problem-throttled = Es waren zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es noch einmal.
problem-unavailable = Das geht gerade nicht. Nichts wurde geändert; versuchen Sie es gleich noch einmal.
problem-internal = Bei uns ist etwas schiefgegangen. Es wurde festgehalten.
problem-signed-out = Sie sind abgemeldet.
problem-no-token = Ein gültiges API-Token ist nötig.
problem-cross-site = Diese Anfrage kam nicht von einer Seite dieses Desks. Öffnen Sie die Seite neu und wiederholen Sie sie.
problem-method-not-allowed = Diese Adresse nimmt solche Anfragen nicht an.
problem-bad-request = Die Anfrage war nicht lesbar.
problem-too-large = Es ist zu groß.
problem-unsupported-type = Anfragen dieser Art werden nicht angenommen.
problem-sign-in-failed = Die Adresse oder das Passwort stimmt nicht.
problem-link-invalid = Dieser Link gilt nicht mehr. Links gelten einmal und für kurze Zeit; fordern Sie einen neuen an.
problem-wrong-state = Das Ticket ist nicht mehr in einem Zustand, in dem das geht.
problem-too-late = Es wurde bereits gesendet.
problem-closed = Diese Anfrage ist geschlossen.
problem-nothing-to-retry = Es gibt nichts zu wiederholen.
problem-own-rights = Niemand kann die eigenen Rollen ändern oder sich selbst deaktivieren.
problem-too-many-calendars = Es gibt zu viele Kalender.
problem-required = Es fehlt eine nötige Angabe.
problem-unknown = Eine der Angaben gibt es nicht.
problem-taken = Das wird schon verwendet.
problem-too-long = Ein Text ist zu lang.
problem-too-short = Das ist zu kurz.
problem-is-the-address = Das Passwort darf nicht die Adresse sein.
problem-too-many = Es sind zu viele.
problem-not-a-line = Das muss eine einzelne Zeile reiner Text sein.
problem-not-an-address = Das ist keine E-Mail-Adresse.
problem-not-an-amount = Das ist keine Zeit. Schreiben Sie 30 min, 4 h oder 1 h 30.
problem-not-a-date = Das ist kein Datum.
problem-not-a-time = Das sind keine Uhrzeiten wie 08:00-17:00.
problem-not-a-domain = Das ist keine Mail-Domain.
problem-not-a-slug = Hier dürfen nur Kleinbuchstaben, Ziffern und Bindestriche stehen.
problem-not-allowed = Das ist hier nicht erlaubt.
problem-not-theirs = Der Kontakt gehört nicht zu diesem Kunden.
problem-cannot-work = Dieser Agent darf Tickets dieser Art nicht bearbeiten.
problem-public = Jeder kann eine Adresse dieser Domain haben, darum kann sie keinem Kunden gehören.
problem-past = Das liegt in der Vergangenheit.
problem-undo-over = Das lässt sich nicht mehr rückgängig machen: Die Zeit ist um, oder es ist inzwischen etwas anderes geschehen.
problem-too-far = Das liegt mehr als ein Jahr in der Zukunft.
problem-other-customer = Das andere Ticket gehört einem anderen Kunden.
problem-merged = Jenes Ticket wurde selbst mit einem anderen zusammengeführt.
problem-itself = Ein Ticket kann nicht mit sich selbst zusammengeführt werden.
problem-empty = Ein Zeitraum ist leer.
problem-wrong = Das aktuelle Passwort stimmt nicht.

## Pages that could not be shown

error-not-found = Hier ist nichts
error-forbidden = Nicht erlaubt
error-busy = Gerade nicht möglich
error-not-done = Das wurde nicht ausgeführt
error-fault = Etwas ist schiefgegangen

## What was done

done-saved = Gespeichert
done-sending = Ihre Antwort ist unterwegs
done-kept = Antwort gespeichert. Es gibt keine Adresse, an die sie gesendet werden kann.
done-taken-back = Antwort zurückgenommen
done-noted = Notiz gespeichert
done-filed = Ticket erfasst
done-mailed = Mail gesendet
done-retrying = Es wird jetzt noch einmal versucht
done-removed = Entfernt
done-password = Passwort geändert. Andere Sitzungen wurden beendet.
done-undone-some = Rückgängig gemacht, wo seither nichts anderes geschehen ist.
done-undone = Rückgängig gemacht.
done-bulk-none = Es wurde nichts geändert.
done-bulk-some = Geändert, wo es möglich war; die anderen Tickets sind, wie sie waren.
done-bulk = Die ausgewählten Tickets wurden geändert.
done-merged = Zusammengeführt.
done-moved = Status geändert.
