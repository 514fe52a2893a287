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
