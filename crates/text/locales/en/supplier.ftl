# Suppliers, what the desk is entitled to there, the advisor.

## What the audit log says

deed-supplier-add = Supplier added
deed-supplier-change = Supplier changed
deed-supplier-offering-add = Supplier’s offering added
deed-supplier-offering-change = Supplier’s offering changed
deed-entitlement-add = Contract with a supplier entered
deed-entitlement-change = Contract with a supplier changed
deed-contract-read = Numbers of a contract read
deed-wallet-grant = Units added to a wallet
deed-wallet-consume = Unit used elsewhere
deed-wallet-refund = Unit given back
deed-standing-change = Own standing at Microsoft changed

## What can go wrong

problem-none-left = There is no unit left in this wallet.
problem-case-spent = This case has given its unit back. A new attempt is a new case.
problem-case-elsewhere = This case belongs to another wallet.
problem-not-held = This case holds no unit.
problem-not-consumed = This case has used no unit.
problem-not-counted = The units of this contract are not counted, so none can be added.
problem-not-a-count = Write a whole number from 1 to 1,000,000.
problem-contract-expired = This contract has expired. Choose another way, or enter the new contract.
problem-contract-not-begun = This contract has not begun yet.
problem-not-a-price = This is no price. Write 12.50, and the currency as EUR.
problem-not-a-link = Write an address that begins with https://.
problem-not-after = The end must lie after the beginning.

## Answers to customers whose matter goes elsewhere

answer-hello = Hello,
answer-hello-name = Hello { $name },
answer-end = If there is anything else that we can do for you, just reply to this message.
answer-product-portal = The product that you write about was not bought through us, so we have no access to it and cannot open a request for it in your name. Please open one where { $service } is supported: sign in at { $portal } with an administrator’s account and choose the help there. Microsoft then answers you directly.
answer-product-portal-other = The product that you write about was not bought through us, so we have no access to it and cannot open a request for it in your name. Please ask whoever sold it to you, or use the support in the product’s own portal.
answer-publisher = The product that you write about was bought in the commercial marketplace and is supported by its publisher; Microsoft does not support it. You find the publisher’s support address on the product’s page in the marketplace. If you wish, we can get in touch with the publisher for you.
answer-publisher-name = The product that you write about was bought in the commercial marketplace and is supported by its publisher, { $publisher }; Microsoft does not support it. If you wish, we can get in touch with { $publisher } for you.
answer-msrc = Thank you for telling us about a possible security vulnerability. Microsoft takes such reports only at its Security Response Center: { $portal }. Please report it there and do not pass the details on to others until it is fixed. We treat your message confidentially.

## Around the pages

nav-suppliers = Suppliers
suppliers-new = New supplier
supplier-kind = Kind of supplier
supplier-kind-microsoft = Microsoft
supplier-kind-provider = Indirect provider
supplier-kind-outsourcer = Outsourcer
supplier-kind-publisher = Publisher
supplier-way = How a ticket gets there
supplier-way-desk = Its Partnerdesk
supplier-way-mail = By e-mail
supplier-way-portal = An agent files it at the portal
supplier-way-azure-support = Azure Support API
supplier-address = Address
supplier-address-hint = An e-mail address, or the https:// address of a portal
supplier-personal-data = May be told who the customer’s people are
supplier-active = Tickets may be handed over to it
supplier-inactive = Put away
supplier-profile = Profile
supplier-details = Details
supplier-offerings = Offerings
supplier-offering-new = New offering
supplier-offering-change = Change
supplier-offering-change-named = Change { $name }
supplier-ended = Not offered now
supplier-published = As its desk publishes it
supplier-plan-read = Read what its desk publishes
problem-published-there = This is published by the supplier’s own desk and is changed there. Nothing was changed here.
problem-desk-silent = The supplier’s desk does not answer. What was read before is kept; it is asked again by itself.
problem-statement-newer = The supplier’s desk publishes in a form that this version does not read. What was read before is kept.
supplier-edited = Changed by this desk
supplier-source = Source
supplier-services = Services
supplier-kinds = Kinds of requests
supplier-languages = Languages
supplier-contact = Contact method
supplier-hours = Service hours
supplier-hours-hint = Leave all days empty if the hours are not known.
supplier-hours-unknown = Not known
supplier-hours-always = Around the clock
supplier-hours-week = { $time } a week, { $zone }
supplier-promises-none = No times known
supplier-price = Price
supplier-price-included = Included
supplier-price-incident = Per request
supplier-price-hour = Per hour
supplier-price-month = Per month
supplier-price-unknown = amount not entered

## Contracts

supplier-contracts = Contracts
supplier-no-contracts = No contract entered.
contract-new = Enter a contract
contract-name = Contract
contract-name-hint = As the offering is called
contract-offering = Offering
contract-units = Units
contract-units-hint = How many incidents or hours come with it. Empty: they are not counted.
contract-unlimited = Not counted
contract-left =
    { $n ->
        [0] None left
       *[other] { $n } left
    }
contract-period = Period
contract-first-day = First day
contract-last-day = Last day
contract-expired = Expired on { $date }
contract-not-begun = Begins on { $date }
contract-ends = Until { $date }
contract-open-ended = No end
contract-forecast = Forecast
contract-forecast-runs-out = Runs out around { $date }
contract-forecast-lasts = Lasts for the whole period
contract-forecast-unknown = Too little used to say
contract-forecast-rule = Forecast: as in the last 90 days. It needs at least 14 days and three units used.
contract-access-id = Access ID
contract-contract-id = Contract ID
contract-number-kept = Kept; type to replace it
contract-forget-access = Remove the Access ID
contract-forget-contract = Remove the Contract ID
contract-numbers = Numbers of the contract
contract-numbers-show = Show them
contract-numbers-none = None entered.
contract-numbers-noted = Kept encrypted. Every reading is noted in the audit log.

## Wallets

wallet = Wallet
wallet-empty = Nothing has been used yet
wallet-empty-text = Every unit that comes, is held, used or given back will stand here.
wallet-when = When
wallet-what = What
wallet-case = Case
wallet-case-hint = The number that the supplier gave the request
wallet-by = Who
wallet-change = Change
wallet-balance = Left
wallet-reason = Reason
wallet-units = Units
wallet-grant = Add units
wallet-consume = Note a use elsewhere
wallet-refund = Give back
wallet-refund-named = Give back the unit of { $name }
wallet-system = Partnerdesk
supplier-act-grant = Added
supplier-act-reserve = Held
supplier-act-consume = Used
supplier-act-release = Released
supplier-act-refund = Given back
supplier-act-expire = Lost

## Own standing at Microsoft

standing-title = Our standing at Microsoft
standing-hint = What the advisor knows of us. What is left open stays unknown and is never guessed.
standing-competency = Competency or designation
supplier-competency-gold = Gold
supplier-competency-silver = Silver
supplier-competency-action-pack = Action Pack
supplier-competency-solutions-partner = Solutions Partner
supplier-competency-none = None
standing-cloud = One for the cloud
standing-plans = Plans that we hold
standing-plans-none = No plan
standing-plans-asfp = ASfP
standing-plans-psfp = PSfP
standing-plans-both = ASfP and PSfP
standing-azure = Our provider gave us access to customers’ Azure
standing-unverified = Use rules too that are not verified
standing-unverified-hint = They rest on what others report of Microsoft’s pages, not on Microsoft’s own text.
standing-unknown = Not known
standing-no = No

## Microsoft’s rules

rules-title = Microsoft’s rules
rules-intro = What decides which support channel a matter may take: each rule with the days between which it holds, and where it is written.
rules-coming = Will change
rules-coming-none = No change is known.
rules-now = Hold today
rules-past = Held once
rules-begins = Begins on { $date }
rules-ends = Ends on { $date }
rules-since = since { $date }
rules-until = until { $date }
rules-unverified = Not verified
rules-off = Off
rules-touches = Touches:
rules-every = Every matter
rule-name = It is called “{ $name }”.
vehicle-rule-security-report = A vulnerability is reported to the Microsoft Security Response Center.
vehicle-rule-marketplace = A product of the commercial marketplace is supported by its publisher.
vehicle-rule-not-sold-by-us = What was bought elsewhere goes to its own product’s portal.
vehicle-rule-partner-center = A problem of Partner Center itself goes to its Help + support.
vehicle-rule-not-break-fix = Set-up, configuration and how-to are the partner’s own part.
vehicle-rule-reseller-billing = A reseller’s invoices, credits and orders are its provider’s.
vehicle-rule-reseller-azure-access = A reseller opens Azure requests only where its provider has given it access.
vehicle-rule-reseller-azure = Azure requests are opened by the provider, even if the reseller has a support contract.
vehicle-rule-china = In China all requests go through the 21Vianet portal.
vehicle-rule-commercial-covers = Billing and subscriptions, included for every partner.
vehicle-rule-csp-plan-microsoft365 = Break-fix of Microsoft 365, included: a service request in the customer’s admin center.
vehicle-rule-csp-plan-azure = Break-fix of Azure, included for direct bill partners and indirect providers: a request in the Azure portal with the plan “Cloud Solution Provider”.
vehicle-rule-csp-plan-delegated-admin = The customer has not granted { $delegated_admin }, through which a service request is made.
vehicle-rule-dynamics-365 = Dynamics 365 needs { $asfp } or higher.
vehicle-rule-signature-cloud-covers = Break-fix of Azure, a benefit of the { $program }.
vehicle-rule-signature-cloud-microsoft365 = It cannot be used in the Microsoft 365 admin center.
vehicle-rule-signature-cloud-competency = It comes with a gold or silver competency, or a Solutions Partner designation.
vehicle-rule-signature-cloud-none-left = No incident is left.
vehicle-rule-product-support-covers = Software on own machines, the current version and, in its mainstream support, the one before; a benefit of the { $program }.
vehicle-rule-product-support-competency = It comes with a gold or silver competency, a Solutions Partner designation, or the Action Pack.
vehicle-rule-product-support-none-left = No incident is left.
vehicle-rule-designations-not-yet = There are no Solutions Partner designations yet.
vehicle-rule-asfp-covers = Technical problems of cloud products, by a plan that is held.
vehicle-rule-asfp-not-held = The plan is not held.
vehicle-rule-asfp-retired = It is retired.
vehicle-rule-psfp-covers = Technical problems of all products, by a plan that is held.
vehicle-rule-psfp-not-held = The plan is not held.
vehicle-rule-signature-cloud-50 = 50 incidents with a Solutions Partner designation.
vehicle-rule-signature-cloud-cloud-competency = Any number of incidents with a cloud competency.
vehicle-rule-signature-cloud-gold = 10 incidents with another gold competency.
vehicle-rule-signature-cloud-silver = 5 incidents with another silver competency.
vehicle-rule-signature-cloud-designation = Any number of incidents with a Solutions Partner designation.
vehicle-rule-product-support-gold = 20 incidents with a gold competency.
vehicle-rule-product-support-silver = 15 incidents with a silver competency.
vehicle-rule-product-support-action-pack = 10 incidents with the Action Pack.
vehicle-rule-product-support-designation = 20 incidents with a Solutions Partner designation.
vehicle-rule-severity-a = Severity A is answered within two hours in English.
vehicle-rule-severity-b = Severity B is answered within four hours in English.
vehicle-rule-severity-c = Severity C is answered within eight hours in English.

## Why a way is open or barred

why-covers = Its terms cover this service and kind of request.
why-only-for = Only for: { $what }
why-takes-one = Takes one of the units that are left: { $n }.
why-uncounted = Its units are not counted.
why-expired = The contract ended on { $date }.
why-not-begun = The contract begins on { $date }.
why-none-left = No unit is left.
why-no-contract = It is paid for by the month, and no contract is entered.
why-not-offered = No active supplier of ours offers it.
why-other-language = It is not offered in the customer’s language.

## Where a matter goes instead

supplier-instead-msrc = Microsoft Security Response Center
supplier-instead-publisher = The product’s publisher
supplier-instead-product-portal = The product’s own portal
supplier-instead-partner-center-help = Help + support in Partner Center
supplier-instead-resolve-here = This desk answers it itself
supplier-instead-provider = Our indirect provider

## What would have to be known or obtained

supplier-lack-at = When it is asked
supplier-lack-cloud = In which cloud the customer lives
supplier-lack-partner = What kind of partner this desk is
supplier-lack-kind = What kind of request it is
supplier-lack-topic = Whether it is about an invoice, a credit or an order
supplier-lack-break-fix = Whether something is broken
supplier-lack-service = Which service it is about
supplier-lack-product-version = Which version of the product
supplier-lack-severity = How severe it is
supplier-lack-language = The language
supplier-lack-competency = Our competency or designation
supplier-lack-cloud-competency = Whether our competency is one for the cloud
supplier-lack-plans = Which plans we hold
supplier-lack-plans-asfp = ASfP would have to be bought
supplier-lack-plans-psfp = PSfP would have to be bought
supplier-lack-incidents-product-support = How many product support incidents are left
supplier-lack-incidents-signature-cloud = How many cloud support incidents are left
supplier-lack-delegated-admin = Delegated administration by the customer
supplier-lack-provider-azure-access = Whether our provider gave us access to Azure
