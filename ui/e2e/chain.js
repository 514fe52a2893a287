import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, HELPDESK, agent, contact, desk, letters, listen, next, plain } from "./desk.js";

/** The form that posts to an address, shown. */
async function unfold(page, action) {
  const form = page.locator(`form[action$='${action}']`).first();
  await page.locator("details", { has: form }).last().locator("summary").first().click();
  await form.waitFor();
  return form;
}

/** A form is sent, and its page comes again with a word that it was saved. */
async function save(page, form) {
  await form.locator("button.primary, button").last().click();
  await page.locator("#toasts .toast").waitFor();
}

test("a supplier is entered with what it offers, a contract and its wallet, whatever is mistyped", async (t) => {
  const page = await agent(t, ADMIN, { locale: "en-GB", refused: [409, 422] });
  await page.goto(`${desk.address}/suppliers`);
  await page.locator("[popovertarget=new-supplier]").click();
  let form = page.locator("#new-supplier");
  await form.locator("[name=kind]").selectOption("outsourcer");
  await form.locator("[name=name]").fill("Frühdienst GmbH");
  await form.locator("[name=way]").selectOption("mail");
  await form.locator("[name=address]").fill("nobody");
  await form.locator("button.primary").click();
  // The address is none: everything else is still there, and the field that is wrong says so and has the focus.
  form = page.locator("#new-supplier");
  assert.equal(await form.locator("[name=name]").inputValue(), "Frühdienst GmbH");
  assert.equal(await form.locator("[name=kind]").inputValue(), "outsourcer");
  await form.locator("[name=address][aria-invalid=true]:focus").waitFor();
  await form.locator("[name=address] ~ .wrong").waitFor();
  await form.locator("[name=address]").fill("frueh@dienst.example");
  await form.locator("button.primary").click();
  await page.waitForURL("**/suppliers/sup_*");

  const add = await unfold(page, "/offerings");
  await add.locator("[name=name]").fill("Früh am Morgen");
  await add.locator("[name=services][value=azure]").check();
  await add.locator("[name=languages][value=de]").check();
  for (const day of ["mon", "tue", "wed", "thu", "fri"]) await add.locator(`[name=${day}]`).fill("6-8");
  await add.locator("[name=a_first_response]").fill("soon");
  await add.locator("button.primary").click();
  await add.locator("[name=a_first_response][aria-invalid=true]").waitFor();
  assert.equal(await add.locator("[name=mon]").inputValue(), "06:00-08:00");
  await add.locator("[name=a_first_response]").fill("30 min");
  await save(page, add);
  await page.locator("article", { hasText: "Früh am Morgen" }).waitFor();

  const contract = await unfold(page, "/contracts");
  await contract.locator("[name=name]").fill("Stundenpaket");
  await contract.locator("[name=units]").fill("3");
  await contract.locator("button.primary").click();
  await page.waitForURL("**/contracts/etl_*");
  const consume = page.locator("form", { has: page.locator("[name=act][value=consume]") });
  await consume.locator("[name=case]").fill("FD-1");
  await consume.locator("[name=reason]").fill("by telephone");
  await consume.locator("button").click();
  await page.locator(".ledger-table tr", { hasText: "FD-1" }).waitFor();
  assert.match(await page.locator(".card-head .chip, .card-head").first().textContent(), /2/);
});

test("a plan is made, delivered, checked, published, acknowledged, changed, and acknowledged again", async (t) => {
  const page = await agent(t, ADMIN, { locale: "en-GB", refused: [409, 422] });
  await page.goto(`${desk.address}/catalogue`);
  // An offering.
  const offering = await unfold(page, "/catalogue/offerings");
  await offering.locator("[name=name]").fill("Hafen am Tag");
  await offering.locator("[name=languages][value=de]").check();
  await offering.locator("[name=a_first_response]").fill("2 h");
  await save(page, offering);
  // A plan of it, given to one customer.
  const plan = await unfold(page, "/catalogue/plans");
  await plan.locator("[name=name]").fill("Hafenplan");
  await plan.getByLabel("Hafen am Tag").check();
  await plan.locator("[name=is_default]").uncheck();
  await save(page, plan);
  // Who delivers it to that customer.
  const delivery = await unfold(page, "/catalogue/deliveries");
  await delivery.locator("[name=customer]").selectOption({ label: "Hafenkontor Lübeck eG" });
  await delivery.locator("[name=service]").selectOption("microsoft365");
  await delivery.locator("[name=team]").selectOption({ label: "Microsoft 365" });
  await save(page, delivery);
  await page.locator("td", { hasText: "Hafenkontor Lübeck eG" }).first().waitFor();

  await page.goto(`${desk.address}/customers?q=Hafenkontor`);
  await page.locator(".row a").first().click();
  await page.locator("a[href^='/catalogue/customers/']").first().click();
  await page.locator("form[action$='/plan'] [name=plan]").selectOption({ label: "Hafenplan" });
  await save(page, page.locator("form[action$='/plan']"));
  await page.locator("form[action$='/authorise'] label", { hasText: "Thorben Ahlers" }).locator("input").check();
  await save(page, page.locator("form[action$='/authorise']"));

  // The checks are looked at; where something is found the reason is asked for.
  const publish = async () => {
    await page.goto(`${desk.address}/catalogue`);
    await page.locator("h3 a", { hasText: "Hafenplan" }).click();
    await page.locator("a[href$='/draft']").click();
    await page.locator(".week-picture .promised").first().waitFor();
    const reason = page.locator("[name=reason]");
    if (await reason.count()) await reason.fill("Es wird eingestellt.");
    await page.locator("form[action$='/publish'] button.primary").click();
    await page.waitForURL("**/catalogue/statements/stm_*");
    const known = await letters(page, "ahlers@hafenkontor.example");
    await page.goBack();
    await page.locator("form[action$='/send'] button").click();
    await page.locator("#toasts .toast").waitFor();
    return next(page, "ahlers@hafenkontor.example", known);
  };
  const mail = await publish();
  assert.match(mail, /Content-Type: application\/pdf/);
  assert.match(plain(mail), /\/help\/statement/);

  const customer = await contact(t, page, "ahlers@hafenkontor.example", { locale: "de" });
  await customer.goto(`${desk.address}/help/statement`);
  await customer.locator("form[action$='/acknowledge'] button").click();
  await customer.locator("#toasts .toast").waitFor();
  assert.equal(await customer.locator("form[action$='/acknowledge']").count(), 0);

  // Slower now: the customer is asked again, and sees what is different.
  await page.goto(`${desk.address}/catalogue`);
  const card = page.locator(".card", { has: page.locator("h3", { hasText: /^Hafen am Tag$/ }) });
  await card.locator("summary").click();
  await card.locator("[name=a_first_response]").fill("4 h");
  await save(page, card.locator("form"));
  await publish();
  await customer.goto(`${desk.address}/help/statement`);
  const changes = customer.locator(".changes");
  await changes.waitFor();
  assert.match(await changes.textContent(), /2 h[\s\S]*4 h/);
  await customer.locator("form[action$='/acknowledge'] button").click();
  await customer.locator("#toasts .toast").waitFor();

  // What the customer asks now is covered by it, on both sides.
  await customer.goto(`${desk.address}/help/new`);
  await customer.locator(".tile", { hasText: "Microsoft 365" }).click();
  await customer.locator("[name=subject]").fill("Kran meldet sich nicht an");
  await customer.locator("[name=text]").fill("Seit heute früh.");
  await customer.locator("main form button.primary").click();
  await customer.waitForURL("**/help/tickets/*");
  assert.match(await customer.locator(".portal-ticket-head").textContent(), /Hafen am Tag/);
  const number = new URL(customer.url()).pathname.split("/").at(-1);
  await page.goto(`${desk.address}/tickets/${number}`);
  assert.match(await page.locator("#facts").textContent(), /Hafenplan, Version 2/);
});

test("an outage gathers tickets, and one message goes to everybody in the own language", async (t) => {
  const page = await agent(t, ADMIN, { locale: "en-GB" });
  await page.goto(`${desk.address}/incidents`);
  await page.locator("main a[href^='/incidents/inc_']").first().click();
  await page.waitForURL("**/incidents/inc_*");
  const inform = page.locator("form[action$='/inform']");
  const texts = inform.locator("textarea");
  for (let one = 0; one < (await texts.count()); one += 1) await texts.nth(one).fill(`Wir arbeiten daran (${one}).`);
  await inform.locator("button").last().click();
  await page.locator("#toasts .toast").waitFor();
  const told = await page.locator("main .plain-list a[href^='/tickets/']").first().getAttribute("href");
  await listen(page, told);
  await page.locator(".message.from-agent", { hasText: "Wir arbeiten daran" }).first().waitFor();
});

test("a ticket is diagnosed and decided by click, and merged and taken apart again from its history", async (t) => {
  const page = await agent(t, HELPDESK, { locale: "en-GB" });
  await page.goto(`${desk.address}/search?q=Archivierung`);
  await page.locator(".hit a").first().click();
  await page.waitForURL("**/tickets/*");
  const number = new URL(page.url()).pathname.split("/").at(-1);
  const panel = page.locator("#diagnosis");
  const done = panel.locator("button.tick[name=done]");
  const before = await done.count();
  await done.first().click();
  await page.waitForFunction((n) => document.querySelectorAll("#diagnosis button.tick[name=done]").length < n, before);
  await panel.locator(".decide [name=reason]").fill("Das Archiv ist voll.");
  await panel.locator(".decide [name=verdict][value=inside]").click();
  await panel.locator(".decision", { hasText: "Das Archiv ist voll." }).waitFor();

  // Another of the same customer goes on in it.
  await page.goto(`${desk.address}/search?q=Gastzugang`);
  await page.locator(".hit a").first().click();
  await page.waitForURL((url) => /\/tickets\/\d+$/.test(url.pathname) && !url.pathname.endsWith(`/${number}`));
  const other = new URL(page.url()).pathname;
  await page.locator("details.aside", { has: page.locator("[name=into]") }).locator("summary").click();
  await page.locator("[name=into]").fill(number);
  await page.locator("form[action$='/merge'] button").click();
  await page.waitForURL(`**/tickets/${number}`);
  // The toast is gone; the history still offers the way back.
  await page.goto(desk.address + other);
  await page.locator("#timeline .event form[action='/undo'] button").click();
  await page.locator("#timeline form[action='/undo']").waitFor({ state: "detached" });
  await page.locator(".ticket-facts .state-open, .ticket-facts .state-new, .ticket-facts .state-waiting_customer").first().waitFor();
});
