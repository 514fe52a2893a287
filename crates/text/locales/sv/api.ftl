## What programs are told

problem-bad-json = Innehållet är inte JSON.
problem-bad-field = Ett fält i innehållet är inte som dokumentationen säger.
problem-bad-query = En parameter i adressen är inte som dokumentationen säger.
problem-bad-cursor = Markören hör inte till den här listan. Börja om på första sidan.
problem-bad-idempotency-key = En Idempotency-Key har 1 till 255 synliga ASCII-tecken, och en begäran har bara en.
problem-idempotency-key-in-use = En begäran med denna Idempotency-Key har börjat och utfallet är okänt. Se efter vad som finns innan du försöker med en annan nyckel.
problem-idempotency-key-reused = Denna Idempotency-Key hör till en annan begäran.
problem-if-match-required = Ange i If-Match vilken version du har sett.

## Why something was not done

problem-invalid = Något i den kan inte godtas.
problem-newer = Någon skrev under tiden. Läs det först och skicka sedan igen.
problem-not-found = Här finns inget, eller inte för dig.
problem-forbidden = Du har inte rätt att göra detta.
problem-stale = Någon annan har ändrat det under tiden. Titta igen och gör om det som fortfarande behövs.
problem-throttled = Det blev för många försök. Vänta några minuter och försök igen.
problem-unavailable = Det går inte just nu. Inget har ändrats; försök igen om en stund.
problem-internal = Något gick fel hos oss. Det har noterats.
problem-signed-out = Du är utloggad.
problem-no-token = En giltig API-token behövs.
problem-cross-site = Begäran kom inte från en sida i den här servicedesken. Öppna sidan igen och gör om den.
problem-method-not-allowed = Den här adressen tar inte emot sådana begäranden.
problem-bad-request = Begäran gick inte att läsa.
problem-too-large = Det är för stort.
problem-unsupported-type = Begäranden av den här typen tas inte emot.
problem-sign-in-failed = Adressen eller lösenordet stämmer inte.
problem-link-invalid = Länken fungerar inte längre. Länkar fungerar en gång och en kort tid; be om en ny.
problem-wrong-state = Ärendet är inte längre i ett läge där detta går.
problem-too-late = Det har redan skickats.
problem-closed = Ärendet är stängt.
problem-nothing-to-retry = Det finns inget att försöka igen.
problem-own-rights = Ingen kan ändra sina egna roller eller inaktivera sig själv.
problem-too-many-calendars = Det finns för många kalendrar.
problem-required = Något som behövs saknas.
problem-unknown = Ett av valen finns inte.
problem-taken = Det används redan.
problem-too-long = En text är för lång.
problem-too-short = Det är för kort.
problem-is-the-address = Lösenordet får inte vara adressen.
problem-too-many = De är för många.
problem-not-a-line = Det måste vara en rad vanlig text.
problem-not-an-address = Det är ingen e-postadress.
problem-not-an-amount = Det här är ingen tid. Skriv 30 min, 4 h eller 1 h 30.
problem-not-a-date = Det är inget datum.
problem-not-a-time = Det är inga klockslag, som 08:00-17:00.
problem-not-a-domain = Det är ingen e-postdomän.
problem-not-a-slug = Här får bara små bokstäver, siffror och bindestreck stå.
problem-not-allowed = Det är inte tillåtet här.
problem-not-theirs = Kontakten hör inte till den här kunden.
problem-cannot-work = Handläggaren får inte arbeta med den här typen av ärenden.
problem-public = Vem som helst kan ha en adress i den domänen, så den kan inte tillhöra en kund.
problem-past = Det ligger i det förflutna.
problem-undo-over = Det kan inte längre ångras: tiden är ute, eller så har något annat hänt sedan dess.
problem-too-far = Det är mer än ett år dit.
problem-other-customer = Det andra ärendet tillhör en annan kund.
problem-merged = Det ärendet har självt slagits ihop med ett annat.
problem-itself = Ett ärende kan inte slås ihop med sig självt.
problem-empty = Ett intervall är tomt.
problem-wrong = Det nuvarande lösenordet stämmer inte.

## Pages that could not be shown

error-not-found = Inget här
error-forbidden = Inte tillåtet
error-busy = Inte just nu
error-not-done = Det blev inte gjort
error-fault = Något gick fel

## What was done

done-saved = Sparat
done-sending = Ditt svar är på väg
done-kept = Svaret är sparat. Det finns ingen adress att skicka det till.
done-taken-back = Svaret är återtaget
done-noted = Anteckningen är sparad
done-filed = Ärendet är registrerat
done-mailed = E-post skickad
done-retrying = Ett nytt försök görs nu
done-removed = Borttaget
done-password = Lösenordet är ändrat. Andra sessioner har avslutats.
done-undone-some = Ångrat där inget annat har hänt sedan dess.
done-undone = Ångrat.
done-bulk-none = Inget ändrades.
done-bulk-some = Ändrat där det gick; de andra ärendena är som de var.
done-bulk = De valda ärendena har ändrats.
done-merged = Ihopslaget.
done-moved = Status ändrad.
