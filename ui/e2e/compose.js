import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, agent, desk } from "./desk.js";

const answer = "#pane-reply textarea";

/** Where a ticket stands that may be answered, with a contact who reads the answer. */
async function answerable(page) {
  await page.goto(`${desk.address}/queue/all`);
  const row = page.locator(".row", { hasText: "Shared calendar missing on iPhone" });
  return desk.address + (await row.locator("a").first().getAttribute("href"));
}

test("an answer that crosses with another is held, and nothing of it is lost", async (t) => {
  const lina = await agent(t, "lina@nordwind.example", { refused: [409] });
  const tom = await agent(t, HELPDESK);
  const ticket = await answerable(lina);
  await lina.goto(ticket);
  await tom.goto(ticket);
  await lina.locator(answer).fill("Lina has an idea.");
  await lina.locator("#pane-reply [type=file]").setInputFiles({ name: "idea.txt", mimeType: "text/plain", buffer: Buffer.from("!") });
  await tom.locator(answer).fill("Tom was faster.");
  await tom.locator("#pane-reply [data-send]").click();
  await tom.locator(".message.from-agent", { hasText: "Tom was faster." }).waitFor();

  await lina.locator("#pane-reply [data-send]").click();
  await lina.locator("#compose-warnings .banner").waitFor();
  assert.equal(await lina.locator(answer).inputValue(), "Lina has an idea.");
  assert.equal(await lina.locator("#pane-reply [type=file]").evaluate((field) => field.files[0]?.name), "idea.txt");
  await lina.locator("#pane-reply [data-send]").click();
  await lina.locator(".message.from-agent", { hasText: "Lina has an idea." }).locator(".file").waitFor();
});

test("who follows can be left out of one answer", async (t) => {
  const page = await agent(t, HELPDESK);
  await page.goto(await answerable(page));
  const send = async (text) => {
    await page.locator(answer).fill(text);
    await page.locator("#pane-reply [data-send]").click();
    const sent = page.locator(".message.from-agent", { hasText: text });
    await sent.waitFor();
    return sent.locator(".message-to").textContent();
  };
  await page.locator(".add-recipient").fill("boss@pemberton.example");
  assert.match(await send("With a copy."), /boss@pemberton/);
  await page.reload();
  const words = await page.locator("#send-words").textContent();
  await page.locator("[name=recipient][value='boss@pemberton.example']").uncheck();
  assert.notEqual(await page.locator("#send-words").textContent(), words);
  assert.doesNotMatch(await send("Without a copy."), /boss@pemberton/);
});
