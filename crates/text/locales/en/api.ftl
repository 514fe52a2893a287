## What programs are told

problem-bad-json = The body is not JSON.
problem-bad-field = A field of the body is not as documented.
problem-bad-query = A parameter of the address is not as documented.
problem-bad-cursor = The cursor is not one of this list. Begin again at the first page.
problem-bad-idempotency-key = An Idempotency-Key has 1 to 255 visible ASCII characters, and a request has one.
problem-idempotency-key-in-use = A request with this Idempotency-Key has begun, and its outcome is not known. See what is there before you try with another key.
problem-idempotency-key-reused = This Idempotency-Key belongs to another request.
problem-if-match-required = Say in If-Match which version you have seen.

## Why something was not done

problem-invalid = Something in it is not acceptable.
problem-newer = Somebody wrote meanwhile. Read it first, then send again.
problem-not-found = There is nothing here, or not for you.
problem-forbidden = You are not allowed to do this.
problem-stale = Somebody else changed it in the meantime. Look at it again and repeat what is still needed.
problem-throttled = There were too many attempts. Wait some minutes and try again.
problem-unavailable = This cannot be done right now. Nothing was changed; try again in a moment.
problem-internal = Something went wrong on our side. It has been recorded.
problem-signed-out = You are signed out.
problem-no-token = A valid API token is needed.
problem-cross-site = This request did not come from a page of this desk. Open the page again and repeat it.
problem-method-not-allowed = This address does not take such requests.
problem-bad-request = The request could not be read.
problem-too-large = It is too large.
problem-unsupported-type = Requests of this type are not taken.
problem-sign-in-failed = The address or the password is not right.
problem-link-invalid = This link no longer works. Links work once and for a short time; ask for a new one.
problem-wrong-state = The ticket no longer stands where this is possible.
problem-too-late = It has already been sent.
problem-closed = This request is closed.
problem-nothing-to-retry = There is nothing to try again.
problem-own-rights = Nobody can change their own roles or deactivate themselves.
problem-too-many-calendars = There are too many calendars.
problem-required = Something that is needed is missing.
problem-unknown = One of the choices does not exist.
problem-taken = This is already in use.
problem-too-long = A text is too long.
problem-too-short = This is too short.
problem-is-the-address = The password must not be the address.
problem-too-many = There are too many of them.
problem-not-a-line = This has to be one line of plain text.
problem-not-an-address = This is not an email address.
problem-not-an-amount = This is no time. Write 30 min, 4 h or 1 h 30.
problem-not-a-date = This is not a date.
problem-not-a-time = These are not times of day, such as 08:00-17:00.
problem-not-a-domain = This is not a mail domain.
problem-not-a-slug = Only small letters, digits and hyphens can stand here.
problem-not-allowed = This is not allowed here.
problem-not-theirs = The contact does not belong to this customer.
problem-cannot-work = This agent may not work on tickets of this kind.
problem-public = Anybody can have an address of this domain, so it cannot belong to a customer.
problem-past = This lies in the past.
problem-undo-over = It can no longer be taken back: its time is over, or something else has happened since.
problem-too-far = This is more than a year away.
problem-other-customer = The other ticket belongs to another customer.
problem-merged = That ticket was merged into another one itself.
problem-itself = A ticket cannot be merged into itself.
problem-empty = An interval is empty.
problem-wrong = The current password is not right.

## Pages that could not be shown

error-not-found = Nothing here
error-forbidden = Not allowed
error-busy = Not right now
error-not-done = That was not done
error-fault = Something went wrong

## What was done

done-saved = Saved
done-sending = Your answer is on its way
done-kept = Answer saved. There is no address to mail it to.
done-taken-back = Answer taken back
done-noted = Note saved
done-filed = Ticket filed
done-mailed = Mail sent
done-retrying = It will be tried again now
done-removed = Removed
done-password = Password changed. Other sessions have ended.
done-undone-some = Taken back where nothing else has happened since.
done-undone = Taken back.
done-bulk-none = Nothing was changed.
done-bulk-some = Changed where that was possible; the other tickets are as they were.
done-bulk = The chosen tickets were changed.
done-merged = Merged.
done-moved = State changed.
