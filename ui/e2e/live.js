import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, SUPPORT, agent, header, letters, listen, next } from "./desk.js";
import { send } from "./smtp.js";

const PATEL = "d.patel@pemberton.example";

test("a mail becomes a ticket in the open queue, and its answer goes back into the same thread", async (t) => {
  const queue = await agent(t, HELPDESK);
  await listen(queue, "/queue/unassigned");
  await queue.evaluate(() => (window.loadedOnce = true));
  const sent = await agent(t, HELPDESK);
  const known = await letters(sent, PATEL);

  const id = "<first@pemberton.example>";
  await send(PATEL, SUPPORT, [
    "Subject: The scanner forgets its password",
    `Message-ID: ${id}`,
    "",
    "Every morning since Tuesday.",
    ". A line that begins with a dot.",
  ]);
  const row = queue.locator(".row", { hasText: "The scanner forgets its password" });
  await row.waitFor();
  assert.equal(await queue.evaluate(() => window.loadedOnce), true, "the page was loaded again");
  const receipt = await next(sent, PATEL, known);
  assert.equal(header(receipt, "In-Reply-To"), id);

  await row.locator("a").click();
  await queue.locator(".message", { hasText: "\n. A line that begins with a dot." }).waitFor();
  await queue.locator("#pane-reply textarea").fill("Please restart it once more.");
  const before = await letters(sent, PATEL);
  await queue.locator("#pane-reply [data-send]").click();
  const answer = await next(sent, PATEL, before);
  assert.equal(header(answer, "In-Reply-To"), id);
  assert.ok(header(answer, "References").includes(id));
  assert.match(header(answer, "Subject"), /The scanner forgets its password/);
});
