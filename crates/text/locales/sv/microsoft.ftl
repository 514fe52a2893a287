# The desk's connection to Microsoft, and what is read by it.

settings-microsoft = Microsoft
microsoft-going = Du skickas till Microsofts inloggning.
microsoft-go = Fortsätt
microsoft-standing = Läget
microsoft-says = Microsoft säger:
microsoft-current = Allt fungerade
microsoft-until = Nytt försök
microsoft-consented = Samtycke gavs
microsoft-consent = Logga in och samtyck
microsoft-check = Kontrollera nu
microsoft-events = Låt händelser skickas hit
microsoft-events-on = Händelser skickas hit
microsoft-what = Vad som läses
microsoft-how = Tillstånd
microsoft-read = Senast läst
microsoft-health = Tjänststatus
microsoft-unlinked = Kunder hos Microsoft som ingen känner till här
microsoft-unlinked-text = { $n ->
    [one] { $n } klientorganisation är inte kopplad till någon kund än.
   *[other] { $n } klientorganisationer är inte kopplade till någon kund än.
}
microsoft-link-named = Vems är { $name }?
microsoft-new-customer = En ny kund
microsoft-link = Koppla
microsoft-profile = Supportkontakten som kunder ser hos Microsoft
microsoft-profile-differs = Ingen brevlåda här har den adressen: den som skriver dit når er inte här.
microsoft-partners = Andra partner
microsoft-connection = Anslutning
microsoft-connection-text = Ett program i partnerns klientorganisation och en handläggares samtycke. Registrera den här omdirigeringsadressen för programmet:
microsoft-cloud = Moln
microsoft-tenant = Partnerns klient-ID
microsoft-application = Program-ID
microsoft-secret = Programhemlighet
microsoft-token = Uppdateringstoken, om du har en
microsoft-adds-customers = Lägg till kunder från Microsofts lista som ingen känner till här
microsoft-disconnect = Koppla från
microsoft-tenants = { $n ->
    [one] { $n } klientorganisation
   *[other] { $n } klientorganisationer
}
microsoft-seen = Bekräftad av Microsoft
microsoft-no-issues = Inget är trasigt, enligt Microsoft.
microsoft-requests = Tjänstbegäranden hos Microsoft
microsoft-no-requests = Ingen är öppen.

## How something stands

microsoft-state-never = inte läst än
microsoft-state-current = aktuellt
microsoft-state-unconsented = inget samtycke än
microsoft-state-consent = samtycket har upphört
microsoft-state-throttled = Microsoft ber om tålamod
microsoft-state-failing = inget svar
microsoft-state-refused = nekat
microsoft-state-not-offered = finns inte i det här molnet
microsoft-state-no-admin = ingen delegerad administration
microsoft-state-gone = inte längre vår kund hos Microsoft
microsoft-explain-never = Inget har lästs än. Det sker om en stund.
microsoft-explain-current = Microsoft svarar, och det som läses här är aktuellt.
microsoft-explain-unconsented = En handläggare med en andra faktor behöver logga in hos Microsoft och samtycka en gång.
microsoft-explain-consent = Microsoft godtar inte längre samtycket. Inget har gått förlorat: logga in och samtyck igen, så läses allt som förut.
microsoft-explain-throttled = Microsoft vill inte bli anropat på ett tag. Det fortsätter av sig självt.
microsoft-explain-failing = Microsoft svarar inte, eller inte så att det går att läsa. Nya försök görs automatiskt, allt glesare; det som lästs tidigare finns kvar.
microsoft-explain-refused = Microsoft förstod och nekar: oftast saknar handläggaren som samtyckte en roll där.
microsoft-explain-not-offered = Det här molnet har inget av det. Det som saknas går via operatörens egen portal.
microsoft-explain-no-admin = Kunden har tagit tillbaka den delegerade administrationen.
microsoft-explain-gone = Relationen till kunden har upphört hos Microsoft.

## What is read

microsoft-reads-customers = Kunder
microsoft-reads-customer = Kund
microsoft-reads-health = Tjänststatus
microsoft-reads-requests = Tjänstbegäranden
microsoft-reads-partners = Andra partner
microsoft-reads-profile = Supportkontakt
microsoft-reads-log = Aktivitetslogg
microsoft-reads-events = Händelser

## Clouds, delegated admin, service requests

microsoft-cloud-commercial = kommersiellt moln
microsoft-cloud-us-government = US Government
microsoft-cloud-china = 21Vianet (Kina)
microsoft-cloud-germany = Tyskland (stängt)
microsoft-admin-yes = Delegerad administration
microsoft-admin-no = Ingen delegerad administration
microsoft-admin-unknown = Delegerad administration okänd
microsoft-request-none = läge okänt
microsoft-request-open = öppen
microsoft-request-closed = stängd
microsoft-request-attention-needed = Microsoft väntar på oss

## Microsoft's words for how an issue stands

microsoft-issue-unknown-future-value = okänt
microsoft-issue-service-operational = fungerar
microsoft-issue-investigating = utreds
microsoft-issue-restoring-service = återställs
microsoft-issue-verifying-service = åter, övervakas
microsoft-issue-service-restored = återställd
microsoft-issue-post-incident-review-published = återställd, granskning publicerad
microsoft-issue-service-degradation = försämrad
microsoft-issue-service-interruption = avbruten
microsoft-issue-extended-recovery = åter, vissa märker senare
microsoft-issue-false-positive = falskt larm
microsoft-issue-investigation-suspended = utredning pausad
microsoft-issue-resolved = löst
microsoft-issue-mitigated-external = mildrad av andra
microsoft-issue-mitigated = mildrad
microsoft-issue-resolved-external = löst av andra
microsoft-issue-confirmed = bekräftad
microsoft-issue-reported = rapporterad

## What was done, and what went wrong

deed-microsoft-connect = Anslutningen till Microsoft ändrad
deed-microsoft-consent = Samtycke gavs hos Microsoft
deed-microsoft-disconnect = Anslutningen till Microsoft borttagen
deed-tenant-link = En klientorganisation kopplades till en kund
problem-consent-invalid = Den här vägen tillbaka från Microsoft gäller inte längre eller hör till en annan session. Inget har ändrats. Börja om med samtycket.
problem-consent-refused = Microsoft gav inget samtycke. Skälet står nedan; anslutningen är som förut.
problem-not-connected = Den här desken är inte ansluten till Microsoft än. Spara anslutningen först.
problem-not-a-guid = Det här är inget ID från Microsoft. Det har 32 bokstäver och siffror, till exempel 250d7b4d-328c-4c3d-8201-df3f85cc8b8c.

## Letters to those who look after the connection

mail-microsoft-consent-subject = { $desk }: Microsoft ber om nytt samtycke
mail-microsoft-consent-body = Microsoft godtar inte längre deskens samtycke, så inget läses där förrän en handläggare loggar in och samtycker igen. Det som lästs tidigare finns kvar, och inget går förlorat.
mail-microsoft-failing-subject = { $desk }: Microsoft har inte svarat på ett tag
mail-microsoft-failing-body = Inget har kunnat läsas hos Microsoft sedan { $since }. Nya försök görs automatiskt.
mail-microsoft-never-body = Inget har kunnat läsas hos Microsoft hittills. Nya försök görs automatiskt.
mail-microsoft-lost-subject = { $customer } har avslutat vår delegerade administration
mail-microsoft-lost-body = Hos Microsoft har { $customer } tagit tillbaka den delegerade administrationen. Tills den ges igen kan vi inte skapa tjänstbegäranden där och ser inte statusen för deras tjänster.
mail-microsoft-open = Öppna anslutningen
mail-microsoft-reason = Microsoft säger
