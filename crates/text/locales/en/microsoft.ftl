# The desk's connection to Microsoft, and what is read by it.

settings-microsoft = Microsoft
microsoft-going = You are being sent to Microsoft’s sign-in.
microsoft-go = Go on
microsoft-standing = How it stands
microsoft-says = Microsoft says:
microsoft-current = All was well
microsoft-until = Tried again
microsoft-consented = Consent given
microsoft-consent = Sign in and consent
microsoft-check = Check now
microsoft-events = Have events sent here
microsoft-events-on = Events are sent here
microsoft-what = What is read
microsoft-how = State
microsoft-read = Last read
microsoft-health = Service health
microsoft-unlinked = Customers at Microsoft that nobody knows here
microsoft-unlinked-text = { $n ->
    [one] { $n } tenant is not linked to a customer yet.
   *[other] { $n } tenants are not linked to a customer yet.
}
microsoft-link-named = Whose is { $name }?
microsoft-new-customer = A new customer
microsoft-link = Link
microsoft-profile = The support contact that customers see at Microsoft
microsoft-profile-differs = No mailbox of this desk has that address: who writes there does not reach you here.
microsoft-partners = Other partners
microsoft-connection = Connection
microsoft-connection-text = An application of the partner’s tenant, and an agent’s consent. Register this redirect address with the application:
microsoft-cloud = Cloud
microsoft-tenant = Partner’s tenant id
microsoft-application = Application id
microsoft-secret = Application secret
microsoft-token = Refresh token, if you have one
microsoft-adds-customers = Add customers of Microsoft’s list that nobody knows here
microsoft-disconnect = Disconnect
microsoft-tenants = { $n ->
    [one] { $n } tenant
   *[other] { $n } tenants
}
microsoft-seen = Confirmed by Microsoft
microsoft-no-issues = Nothing is broken, as far as Microsoft says.
microsoft-requests = Service requests at Microsoft
microsoft-no-requests = None is open.

## How something stands

microsoft-state-never = not read yet
microsoft-state-current = up to date
microsoft-state-unconsented = no consent yet
microsoft-state-consent = consent expired
microsoft-state-throttled = Microsoft asks for patience
microsoft-state-failing = no answer
microsoft-state-refused = refused
microsoft-state-not-offered = not available in this cloud
microsoft-state-no-admin = no delegated admin
microsoft-state-gone = no longer our customer at Microsoft
microsoft-explain-never = Nothing has been read yet. It will be in a moment.
microsoft-explain-current = Microsoft answers, and what is read here is up to date.
microsoft-explain-unconsented = An agent with a second factor has to sign in at Microsoft and consent once.
microsoft-explain-consent = Microsoft does not take the consent any more. Nothing is lost: sign in and consent again, and all is read as before.
microsoft-explain-throttled = Microsoft wants no call for a while. It goes on by itself.
microsoft-explain-failing = Microsoft does not answer, or not in a way that can be read. It is tried again by itself, ever more seldom; what was read before stays.
microsoft-explain-refused = Microsoft understood, and will not: most often the agent who consented lacks a role there.
microsoft-explain-not-offered = This cloud has nothing of it. What is missing goes through the operator’s own portal.
microsoft-explain-no-admin = The customer has taken delegated admin back.
microsoft-explain-gone = The relationship with the customer has ended at Microsoft.

## What is read

microsoft-reads-customers = Customers
microsoft-reads-customer = Customer
microsoft-reads-health = Service health
microsoft-reads-requests = Service requests
microsoft-reads-partners = Other partners
microsoft-reads-profile = Support contact
microsoft-reads-log = Activity log
microsoft-reads-events = Events

## Clouds, delegated admin, service requests

microsoft-cloud-commercial = commercial cloud
microsoft-cloud-us-government = US Government
microsoft-cloud-china = 21Vianet (China)
microsoft-cloud-germany = Germany (closed)
microsoft-admin-yes = Delegated admin
microsoft-admin-no = No delegated admin
microsoft-admin-unknown = Delegated admin unknown
microsoft-request-none = state unknown
microsoft-request-open = open
microsoft-request-closed = closed
microsoft-request-attention-needed = Microsoft waits for us

## Microsoft's words for how an issue stands

microsoft-issue-unknown-future-value = unknown
microsoft-issue-service-operational = works
microsoft-issue-investigating = being looked into
microsoft-issue-restoring-service = being brought back
microsoft-issue-verifying-service = back, being watched
microsoft-issue-service-restored = back
microsoft-issue-post-incident-review-published = back, review published
microsoft-issue-service-degradation = impaired
microsoft-issue-service-interruption = down
microsoft-issue-extended-recovery = back, some notice later
microsoft-issue-false-positive = false alarm
microsoft-issue-investigation-suspended = investigation suspended
microsoft-issue-resolved = resolved
microsoft-issue-mitigated-external = mitigated by others
microsoft-issue-mitigated = mitigated
microsoft-issue-resolved-external = resolved by others
microsoft-issue-confirmed = confirmed
microsoft-issue-reported = reported

## What was done, and what went wrong

deed-microsoft-connect = Connection to Microsoft changed
deed-microsoft-consent = Consent given at Microsoft
deed-microsoft-disconnect = Connection to Microsoft removed
deed-tenant-link = A tenant was linked to a customer
problem-consent-invalid = This way back from Microsoft is no longer valid, or belongs to another session. Nothing was changed. Begin the consent again.
problem-consent-refused = Microsoft did not give consent. Its reason stands below; the connection is as it was.
problem-not-connected = This desk is not connected to Microsoft yet. Save the connection first.
problem-not-a-guid = This is no id of Microsoft’s. It has 32 letters and digits, such as 250d7b4d-328c-4c3d-8201-df3f85cc8b8c.

## Letters to those who look after the connection

mail-microsoft-consent-subject = { $desk }: Microsoft asks for a new consent
mail-microsoft-consent-body = Microsoft does not take the desk’s consent any more, so nothing is read there until an agent signs in and consents again. What was read before stays, and nothing is lost.
mail-microsoft-failing-subject = { $desk }: Microsoft has not answered for a while
mail-microsoft-failing-body = Nothing could be read at Microsoft since { $since }. It is tried again by itself.
mail-microsoft-never-body = Nothing could be read at Microsoft so far. It is tried again by itself.
mail-microsoft-lost-subject = { $customer } has ended our delegated admin
mail-microsoft-lost-body = At Microsoft, { $customer } has taken delegated admin back. Until it is granted again we cannot file service requests there and do not see the health of its services.
mail-microsoft-open = Open the connection
mail-microsoft-reason = Microsoft says
