import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, agent } from "./desk.js";

test("several tickets are chosen by key, changed together, and taken back by key", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/due", page.url()).href);
  const bar = page.locator(".bulk");
  assert.equal(await bar.isVisible(), false);
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  assert.equal(await page.locator(".row-choose:checked").count(), 2);
  await bar.waitFor();
  await bar.locator("[name=tag]").fill("Outage");
  await bar.locator("button").click();
  const chips = page.locator(".row .tag", { hasText: "outage" });
  await chips.nth(1).waitFor();
  assert.equal(await chips.count(), 2);
  assert.equal(await bar.isVisible(), false);

  // The way back stays on the next page.
  await page.goto(new URL("/queue/all", page.url()).href);
  const undo = page.locator("[data-toast] [data-undo]");
  await undo.waitFor();
  await page.locator("#main").focus();
  await page.keyboard.press("z");
  await undo.waitFor({ state: "detached" });
  await page.goto(new URL("/queue/due", page.url()).href);
  assert.equal(await chips.count(), 0);
});

test("a ticket is put aside by key and stands among those that wait", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/due", page.url()).href);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tickets/*");
  const number = await page.locator(".ticket[data-ticket]").getAttribute("data-ticket");
  await page.keyboard.press("s");
  await page.locator(".menu button").nth(1).click();
  await page.locator(".ticket-facts .due-paused").waitFor();
  await page.goto(new URL("/queue/waiting", page.url()).href);
  await page.locator(`.row[data-row="${number}"] .due-paused`).waitFor();
});
