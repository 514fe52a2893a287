// A Hungarian customer's outage goes from a mail to Microsoft and back, without leaving the page of the ticket.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, SUPPORT, agent, desk, header, letters, listen, next, plain } from "./desk.js";
import { send } from "./smtp.js";

const ESZTER = "nagy.eszter@tisza.example";
/** More would say that the page asks for what it could know. */
const CLICKS = 8;

/** Does as a person at Microsoft does, by the simulator's own door. */
async function microsoft(method, path, body) {
  const answer = await fetch(`${desk.microsoft}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

test("an outage goes from a mail to Microsoft and back, and the customer is told", async (t) => {
  const page = await agent(t, HELPDESK, { mayAsk: (url) => url.startsWith(desk.microsoft) });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const reader = await agent(t, HELPDESK);
  const known = await letters(reader, ESZTER);
  await listen(page, "/queue/unassigned");
  await send(ESZTER, SUPPORT, [
    "Subject: =?utf-8?Q?Le=C3=A1llt_az_Exchange?=",
    "Message-ID: <outage@tisza.example>",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Senki sem kap levelet 8:10 óta. Nagy Eszter, +36 62 555 018",
  ]);
  const receipt = await next(reader, ESZTER, known);
  assert.equal(header(receipt, "In-Reply-To"), "<outage@tisza.example>");

  let clicks = 0;
  const click = async (locator) => {
    await locator.click();
    clicks += 1;
  };
  await click(page.locator(".row", { hasText: "Leállt az Exchange" }).locator("a"));
  await page.waitForURL("**/tickets/*");
  const ticket = page.url();
  const panel = page.locator("#escalation");
  await click(panel.locator("details.panel > summary"));
  const form = panel.locator("form.hand-over");
  assert.match(await form.locator("[name=evidence-tenant_id]").inputValue(), /^[0-9a-f-]{36}$/, "the tenant is known");
  // Whoever else could help is left aside; it costs a click only where Microsoft is not proposed.
  const way = form.locator("[name=way]");
  const up = await way.locator("option", { hasText: /^Microsoft/ }).first().getAttribute("value");
  if ((await way.inputValue()) !== up) clicks += 1;
  await way.selectOption(up);
  const said = {
    summary: "Exchange Online: nobody receives mail",
    "evidence-first_seen": "8:10 Europe/Budapest",
    "evidence-users_affected": "all 40",
    "evidence-steps_tried": "Outlook on the web, message trace",
  };
  for (const [name, text] of Object.entries(said)) await form.locator(`[name=${name}]`).fill(text);
  await click(form.locator("button[value=offer]"));

  // Filed in the portal by one click and what was copied; its number comes back to the ticket.
  const filing = panel.locator(".filing");
  await filing.waitFor();
  const opened = page.context().waitForEvent("page");
  await click(filing.locator("a[data-copy]"));
  const portal = await opened;
  assert.ok(portal.url().startsWith(desk.microsoft), portal.url());
  await portal.close();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.includes("nobody receives mail") && copied.includes("Senki sem kap levelet"), copied);
  assert.ok(!copied.includes("Eszter") && !copied.includes("555 018") && !copied.includes("tisza.example"), copied);
  const customer = (await microsoft("GET", "/simulator/state")).customers.find((one) => one.company.startsWith("Tisza"));
  await microsoft("POST", "/simulator/servicerequests", {
    customer: customer.id, title: "Exchange", description: copied, severity: "critical", product: "Exchange Online",
  });
  const { serviceRequests } = await microsoft("GET", "/simulator/state");
  const number = serviceRequests.filter((one) => one.customer === customer.id).at(-1).id;
  await filing.locator("[name=number]").fill(number);
  await click(filing.locator("button[value=filed]"));
  await panel.locator(".leg-in_progress").first().waitFor();

  // Microsoft's engineer answers: that is here without a click, and the customer's answer is begun.
  await microsoft("POST", `/simulator/servicerequests/${number}`, { note: "A transport rule was broken. It is mended.", status: "closed" });
  await panel.locator("button[value=inform]").waitFor({ timeout: 60_000 });
  assert.ok(await page.locator(".message.from-partner", { hasText: "transport rule" }).count() > 0);
  await click(panel.locator("button[value=inform]"));
  const answer = page.locator("#pane-reply textarea");
  await page.waitForFunction(() => document.querySelector("#pane-reply textarea")?.value.includes("transport rule"));
  const text = await answer.inputValue();
  await answer.fill(text.replace(/Microsoft Support: .*/s, "Egy szabály hibás volt; kijavítottuk."));
  const before = await letters(reader, ESZTER);
  await click(page.locator("#pane-reply [data-send-resolve]"));
  const letter = await next(reader, ESZTER, before);
  assert.ok(plain(letter).includes("Egy szabály hibás volt"), letter);
  await page.locator("#path .stop-done", { hasText: /informed/i }).waitFor();
  assert.equal(page.url().split("#")[0], ticket, "the page of the ticket was left");
  t.diagnostic(`clicks from the list to "customer informed": ${clicks}`);
  assert.ok(clicks <= CLICKS, `${clicks} clicks`);
});
