import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, agent, contact } from "./desk.js";

test("a contact signs in by mail, asks, sees what is promised, answers and closes", async (t) => {
  const page = await contact(t, await agent(t, HELPDESK), "h.lowe@pemberton.example");
  await page.locator("a[href='/help/new']").first().click();
  await page.locator(".tile", { hasText: "Microsoft 365" }).click();
  await page.locator("[name=subject]").fill("New starter on Monday");
  await page.locator("[name=text]").fill("Please make an account for Ms Finch.");
  await page.locator("[name=kind][value=subscription]").check();
  const due = page.locator("#promise li b").first();
  await page.locator("[name=severity][value=C]").check();
  await due.waitFor();
  const calm = await due.textContent();
  await page.locator("[name=severity][value=A]").check();
  await page.waitForFunction((calm) => document.querySelector("#promise li b")?.textContent !== calm, calm);
  await page.locator("main form button.primary").click();

  await page.waitForURL("**/help/tickets/*");
  await page.locator(".message", { hasText: "Please make an account for Ms Finch." }).waitFor();
  assert.match(await page.locator(".portal-ticket-head .due").textContent(), /\d\d:\d\d/);

  await page.locator("#answer textarea").fill("She starts at eight.");
  await page.locator("#answer button.primary").click();
  await page.locator(".message", { hasText: "She starts at eight." }).waitFor();
  await page.locator("[name=action][value=close]").click();
  await page.locator(".portal-ticket-head .state-closed").waitFor();
  await page.locator("main [data-back]").click();
  await page.locator(".portal-list li", { hasText: "New starter on Monday" }).locator(".state-closed").waitFor();
});
