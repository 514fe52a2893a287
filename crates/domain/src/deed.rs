//! What the audit log can say that somebody did.

use crate::words;

words! {
    /// A deed: what was done, of what.
    pub enum Deed {
        /// A desk began.
        DeskCreate = "desk.create",
        /// The desk's settings changed.
        SettingsChange = "settings.change",
        /// A calendar was added.
        CalendarAdd = "calendar.add",
        /// A calendar changed.
        CalendarChange = "calendar.change",
        /// A mailbox was added.
        MailboxAdd = "mailbox.add",
        /// A mailbox changed.
        MailboxChange = "mailbox.change",
        /// A mailbox was removed.
        MailboxRemove = "mailbox.remove",
        /// An API token was made.
        TokenCreate = "token.create",
        /// An API token was withdrawn.
        TokenRevoke = "token.revoke",
        /// The operator added an agent.
        AgentAdd = "agent.add",
        /// An agent was invited.
        AgentInvite = "agent.invite",
        /// Roles or activity of an agent changed.
        AgentChange = "agent.change",
        /// An agent changed what it says of itself.
        AgentProfile = "agent.profile",
        /// The operator gave an agent a password.
        AgentPassword = "agent.password",
        /// A team was added.
        TeamAdd = "team.add",
        /// Others belong to a team.
        TeamMembers = "team.members",
        /// Somebody signed in.
        SessionBegin = "session.begin",
        /// Somebody signed out.
        SessionEnd = "session.end",
        /// A link to set a password was mailed.
        PasswordForgotten = "password.forgotten",
        /// A password was set with a mailed link.
        PasswordSet = "password.set",
        /// A password was changed.
        PasswordChange = "password.change",
        /// A link to the portal was mailed.
        PortalLink = "portal.link",
        /// A customer was added.
        CustomerAdd = "customer.add",
        /// A customer changed.
        CustomerChange = "customer.change",
        /// A contact was added.
        ContactAdd = "contact.add",
        /// A contact changed.
        ContactChange = "contact.change",
        /// A ticket began.
        TicketOpen = "ticket.open",
        /// A customer wrote.
        TicketCustomerMessage = "ticket.customer_message",
        /// A program wrote.
        TicketAutomaticMessage = "ticket.automatic_message",
        /// An answer of old came in from an archive.
        TicketImportedAnswer = "ticket.imported_answer",
        /// An agent answered.
        TicketReply = "ticket.reply",
        /// An agent took an answer back.
        TicketTakeBack = "ticket.take_back",
        /// An agent wrote a note.
        TicketNote = "ticket.note",
        /// What a ticket is, whose it is or who has it changed.
        TicketChange = "ticket.change",
        /// Agents were told of a promise or of a ticket that lies.
        TicketNotice = "ticket.notice",
        /// A ticket is shown to named people only, to others of them, or to everybody again.
        TicketCircle = "ticket.circle",
        /// The state changed.
        TicketMove = "ticket.move",
        /// A hand-over was prepared or moved on.
        HandOver = "handover.move",
        /// Something was written to a supplier or a desk that handed over.
        HandOverTell = "handover.tell",
        /// A message of another desk came in.
        HandOverReceive = "handover.receive",
        /// Another desk was invited to pair.
        PeerInvite = "peer.invite",
        /// Another desk was paired.
        PeerPair = "peer.pair",
        /// What a paired desk is to this one changed.
        PeerChange = "peer.change",
        /// A paired desk is trusted no more.
        PeerRevoke = "peer.revoke",
        /// The desk has a new key.
        KeyChange = "key.change",
        /// A diagnosis went on, or was decided.
        TicketDiagnose = "ticket.diagnose",
        /// What a service asks for was edited.
        ServiceEdit = "service.edit",
        /// An article was written or changed.
        ArticleEdit = "article.edit",
        /// A disturbance was declared.
        IncidentDeclare = "incident.declare",
        /// A disturbance changed.
        IncidentChange = "incident.change",
        /// A ticket was said to be about a disturbance, or no longer.
        IncidentMatch = "incident.match",
        /// Everybody whom a disturbance concerns was written to.
        IncidentUpdate = "incident.update",
        /// Every ticket about a disturbance was resolved.
        IncidentResolve = "incident.resolve",
        /// A ticket joined another one.
        TicketMerge = "ticket.merge",
        /// What was done with a ticket was taken back.
        TicketUndo = "ticket.undo",
        /// The time for which a ticket was put aside is over.
        TicketWake = "ticket.wake",
        /// A mail came back.
        MailBounced = "mail.bounced",
        /// An offering of the desk was added.
        OfferingAdd = "offering.add",
        /// An offering of the desk changed.
        OfferingChange = "offering.change",
        /// A plan was added.
        PlanAdd = "plan.add",
        /// A plan changed.
        PlanChange = "plan.change",
        /// A customer has another plan.
        PlanHold = "plan.hold",
        /// A row says who delivers.
        DeliveryAdd = "delivery.add",
        /// A row of delivery was removed.
        DeliveryRemove = "delivery.remove",
        /// What stands in every statement changed.
        CatalogueChange = "catalogue.change",
        /// A statement was published.
        StatementPublish = "statement.publish",
        /// A statement was mailed to customers.
        StatementSend = "statement.send",
        /// A customer acknowledged a statement.
        StatementAcknowledge = "statement.acknowledge",
        /// A contact may acknowledge for a customer, or not any more.
        StatementAuthorise = "statement.authorise",
        /// What stands of the desk on its invoices changed.
        SellerChange = "seller.change",
        /// What stands of a customer on its invoices changed, or who gets them.
        BuyerChange = "buyer.change",
        /// An invoice or credit note was begun.
        InvoiceAdd = "invoice.add",
        /// A draft of one changed.
        InvoiceChange = "invoice.change",
        /// A draft of one was thrown away.
        InvoiceRemove = "invoice.remove",
        /// An invoice or credit note was issued.
        InvoiceIssue = "invoice.issue",
        /// It was mailed to the customer.
        InvoiceSend = "invoice.send",
        /// Invoices came from the partner's own accounting.
        InvoiceImport = "invoice.import",
        /// Something was written into a customer's ledger.
        LedgerPost = "ledger.post",
        /// A bank's file was read.
        BankImport = "bank.import",
        /// Money that came in is no customer's payment.
        BankIgnore = "bank.ignore",
        /// A mail could not be delivered.
        MailLost = "mail.lost",
        /// The connection to Microsoft was made or changed.
        MicrosoftConnect = "microsoft.connect",
        /// An agent consented at Microsoft.
        MicrosoftConsent = "microsoft.consent",
        /// The connection to Microsoft was removed.
        MicrosoftDisconnect = "microsoft.disconnect",
        /// It was said whose a tenant at Microsoft is.
        TenantLink = "tenant.link",
        /// Something is to be done with a subscription.
        SubscriptionAsk = "subscription.ask",
        /// What was to be done with a subscription ended.
        SubscriptionEnd = "subscription.end",
        /// What was to be done with a subscription was taken back.
        SubscriptionWithdraw = "subscription.withdraw",
        /// A suspension for non-payment was proposed.
        SuspensionPropose = "suspension.propose",
        /// It was approved by another person.
        SuspensionApprove = "suspension.approve",
        /// It was refused.
        SuspensionRefuse = "suspension.refuse",
        /// It was taken back before it was done.
        SuspensionWithdraw = "suspension.withdraw",
        /// Somebody wants a customer to work again.
        SuspensionReverse = "suspension.reverse",
        /// Microsoft is asked to suspend something, or to give it back.
        SuspensionCall = "suspension.call",
        /// What a person does at Microsoft was asked for, or was done.
        SuspensionByHand = "suspension.by_hand",
        /// A suspension has gone on, or has ended.
        SuspensionMove = "suspension.move",
        /// What the desk has decided about suspensions changed.
        SuspensionRules = "suspension.rules",
        /// All suspensions were stopped.
        SuspensionSwitch = "suspension.switch",
        /// The brake has tripped.
        SuspensionBrake = "suspension.brake",
        /// A person lets suspensions go on.
        SuspensionRelease = "suspension.release",
        /// The desk was restored from a backup, and says nothing until a person lets it.
        DeskMute = "desk.mute",
        /// A person lets it speak again.
        DeskUnmute = "desk.unmute",
        /// An invoice of a supplier was entered.
        PayableAdd = "payable.add",
        /// What is known of an invoice of a supplier changed.
        PayableChange = "payable.change",
        /// A file of an invoice of a supplier was imported.
        PayableImport = "payable.import",
        /// A file of an invoice of a supplier was removed with its lines.
        PayableRemove = "payable.remove",
        /// A price rule was made.
        PriceRuleAdd = "price_rule.add",
        /// A price rule was removed.
        PriceRuleRemove = "price_rule.remove",
        /// A payment to a supplier was entered.
        PayablePay = "payable.pay",
        /// A claim against a supplier was opened.
        ClaimOpen = "claim.open",
        /// Something was noted of a claim against a supplier.
        ClaimNote = "claim.note",
        /// The credit limit that a supplier gives us was entered.
        SupplierLimit = "supplier_limit.set",
        /// A supplier was added.
        SupplierAdd = "supplier.add",
        /// A supplier changed.
        SupplierChange = "supplier.change",
        /// An offering of a supplier was added.
        SupplierOfferingAdd = "supplier_offering.add",
        /// An offering of a supplier changed.
        SupplierOfferingChange = "supplier_offering.change",
        /// A contract with a supplier was entered.
        EntitlementAdd = "entitlement.add",
        /// A contract with a supplier changed.
        EntitlementChange = "entitlement.change",
        /// The numbers of a contract were read.
        ContractRead = "contract.read",
        /// Units came into a wallet.
        WalletGrant = "wallet.grant",
        /// A unit was used elsewhere.
        WalletConsume = "wallet.consume",
        /// A case got its units back.
        WalletRefund = "wallet.refund",
        /// What the desk has decided about charging changed.
        ChargingRules = "charging.rules",
        /// It was decided anew what a ticket is entitled to.
        ChargeDecide = "charge.decide",
        /// Time was written down.
        TimeLog = "time.log",
        /// Time that was written down was put right.
        TimeCorrect = "time.correct",
        /// A customer was asked to confirm work that costs something.
        ApprovalAsk = "approval.ask",
        /// That was taken back.
        ApprovalWithdraw = "approval.withdraw",
        /// A customer has confirmed or declined.
        ApprovalAnswer = "approval.answer",
        /// A customer bought hours or incidents.
        PrepaidSell = "prepaid.sell",
        /// A contract of a customer changed.
        PrepaidChange = "prepaid.change",
        /// The policy of collections was published.
        CollectionPolicy = "collection.policy",
        /// Notices of what is owed were turned on, off, stopped or released.
        CollectionSwitch = "collection.switch",
        /// Something was noted of a customer that owes: a promise, an exemption, its class.
        CollectionNote = "collection.note",
        /// A customer got a notice of what it owes.
        CollectionNotice = "collection.notice",
        /// A line of an invoice was disputed.
        DisputeOpen = "dispute.open",
        /// Somebody took a dispute over, or it ended.
        DisputeEnd = "dispute.end",
        /// A ticket was said to ask about a line of an invoice.
        QuestionLink = "question.link",
        /// It does not any more.
        QuestionUnlink = "question.unlink",
        /// A contact said that the line is right.
        QuestionAccept = "question.accept",
        /// Somebody said whether a signal was right.
        SignalJudge = "signal.judge",
        /// What the desk says of its own standing changed.
        StandingChange = "standing.change",
    }
}
