import assert from "node:assert/strict";
import { test } from "node:test";
import { ADMIN, agent, desk, letters, next, plain, visit } from "./desk.js";

const REKA = "reka@nordwind.example";

test("who has forgotten a password sets a new one by mail, and signs in with it", async (t) => {
  const reader = await agent(t, ADMIN);
  const known = await letters(reader, REKA);
  const page = await visit(t);
  await page.goto(`${desk.address}/sign-in`);
  await page.locator("a[href='/sign-in/forgotten']").click();
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "email");
  await page.keyboard.type(REKA);
  await page.keyboard.press("Enter");
  await page.locator("main .big-icon").waitFor();

  const letter = plain(await next(reader, REKA, known));
  await page.goto(/http:\/\/\S+\/invitation\/[\w-]+/.exec(letter)[0]);
  await page.locator("[name=password]").fill("a new and long one");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/queue/mine");
  await page.locator("form[action='/sign-out'] button").click();
  await page.waitForURL("**/sign-in");
  await page.locator("[name=email]").fill(REKA);
  await page.locator("[name=password]").fill("a new and long one");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/queue/mine");
  assert.ok(await page.locator(".nav-user", { hasText: REKA }).isVisible());
});
