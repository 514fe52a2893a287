import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, agent } from "./desk.js";

test("an agent answers with the keyboard alone", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL("**/queue/all");
  const rows = page.locator(".row[data-row]");
  for (const [key, here] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]]) {
    await page.keyboard.press(key);
    await rows.nth(here).and(page.locator(".here")).waitFor();
    assert.equal(await page.locator(".here").count(), 1);
  }
  const number = await rows.nth(1).getAttribute("data-row");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/tickets/${number}`);

  await page.keyboard.press("r");
  await page.keyboard.type("We look at it now.");
  await page.keyboard.press("Control+Enter");
  const undo = page.locator("[data-toast] [data-undo]");
  await undo.waitFor();
  const answer = page.locator(".message.from-agent", { hasText: "We look at it now." });
  await answer.waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("sent mail");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/sent");
  await page.locator(".mail").first().locator(`a[href='/tickets/${number}']`).waitFor();
});

test("an answer is taken back by one key, and is in the box again", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/unassigned", page.url()).href);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tickets/*");
  await page.keyboard.press("r");
  await page.keyboard.type("Sent too soon.");
  await page.keyboard.press("Control+Enter");
  const answer = page.locator(".message.from-agent", { hasText: "Sent too soon." });
  await answer.waitFor();
  const undo = page.locator("[data-toast] [data-undo] button");
  await undo.waitFor();
  await page.keyboard.press("z");
  await answer.locator(".delivery-cancelled").waitFor();
  await undo.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.querySelector("#pane-reply textarea")?.value === "Sent too soon.");
});

test("after an answer the keys are the ticket's: a note is not typed into the next answer", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/unassigned", page.url()).href);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tickets/*");
  await page.keyboard.press("r");
  await page.keyboard.type("You hear from us.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message.from-agent", { hasText: "You hear from us." }).waitFor();
  await page.keyboard.press("n");
  await page.keyboard.type("Never for the customer.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message.from-note", { hasText: "Never for the customer." }).waitFor();
  assert.equal(await page.locator("#pane-reply textarea").inputValue(), "");
});

test("from ticket to ticket along the list that was left, and back to the line", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/all", page.url()).href);
  const numbers = await page.locator(".row[data-row]").evaluateAll((all) => all.map((row) => row.dataset.row));
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  for (const [key, at] of [["j", 1], ["j", 2], ["k", 3], ["k", 2]]) {
    await page.waitForURL(`**/tickets/${numbers[at]}`);
    await page.locator("[data-next]:visible").waitFor();
    await page.keyboard.press(key);
  }
  await page.waitForURL(`**/tickets/${numbers[1]}`);
  await page.locator("[data-next]:visible").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForURL("**/queue/all");
  await page.locator(`.row.here[data-row="${numbers[1]}"]`).waitFor();
});

test("files are added up, put away again, and go with the answer", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(new URL("/queue/all", page.url()).href);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tickets/*");
  await page.keyboard.press("r");
  await page.keyboard.type("Both are attached.");
  const choice = page.locator("#pane-reply input[type=file]");
  for (const name of ["one.txt", "two.txt"])
    await choice.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(name) });
  await page.locator("#pane-reply textarea").evaluate((box) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(["three"], "three.txt", { type: "text/plain" }));
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  const chips = page.locator("#pane-reply [data-files] button");
  assert.deepEqual(await chips.allTextContents(), ["one.txt", "two.txt", "three.txt"]);
  await chips.first().click();
  await page.locator("#pane-reply textarea").press("Control+Enter");
  const answer = page.locator(".message.from-agent", { hasText: "Both are attached." });
  await answer.waitFor();
  assert.deepEqual(await answer.locator(".file span").allTextContents(), ["two.txt", "three.txt"]);
});
