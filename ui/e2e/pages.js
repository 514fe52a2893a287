import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { ADMIN, HELPDESK, agent, contact, desk, visit } from "./desk.js";

const PHONE = { viewport: { width: 360, height: 740 } };

/** A page's kind: its path without what stands for one record. */
const kind = (path) => path.replace(/\/(\d+|[a-z]{3}_[0-9a-f]{32}|[0-9a-f-]{32,})(?=\/|$)/g, "/*");

/** Goes to a page of every kind that links lead to, and returns the kinds; each fits the window and is in the language. */
async function crawl(page, start, language) {
  const queue = [start], seen = new Set([kind(start)]);
  for (const path of queue) {
    const answer = await page.goto(desk.address + path);
    assert.ok(answer.ok(), `${path}: ${answer.status()}`);
    assert.equal(await page.locator("html").getAttribute("lang"), language, path);
    const [content, window, beyond] = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
      return [document.documentElement.scrollWidth, width, wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))];
    });
    assert.ok(content <= window, `${path} is ${content} px wide in ${window}: ${beyond.join("\n")}`);
    const links = await page.locator("a[href^='/']:not([download])").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    for (const link of links) {
      const { pathname } = new URL(link, desk.address);
      if (/\/original$|\/files\/|\.csv$|\/(pdf|xml|export)$/.test(pathname) || seen.has(kind(pathname))) continue;
      seen.add(kind(pathname));
      queue.push(link);
    }
  }
  return [...seen].sort();
}

/** Changes an agent's language on the page of the account. */
async function speak(page, language) {
  await page.goto(`${desk.address}/me`);
  await page.locator("[name=language]").selectOption(language);
  await page.locator("form[action='/me'] button.primary").click();
  await page.locator(`html[lang='${language}']`).waitFor();
}

const DESK_PAGES = [
  "/admin/services", "/admin/settings/microsoft", "/admin/settings/partners", "/articles", "/articles/*",
  "/articles/*/versions/*", "/catalogue", "/catalogue/customers/*", "/catalogue/plans/*", "/catalogue/plans/*/draft",
  "/catalogue/statements/*", "/handovers", "/incidents", "/incidents/*", "/reports/baseline", "/suppliers", "/suppliers/*",
  "/suppliers/*/contracts/*", "/suppliers/rules",
  "/admin/people", "/admin/settings/audit", "/admin/settings/calendars", "/admin/settings/desk",
  "/admin/settings/mailboxes", "/admin/settings/promises", "/admin/settings/tokens", "/customers", "/customers/*",
  "/inbox", "/me", "/queue/all", "/queue/due", "/queue/mine", "/queue/unassigned", "/queue/waiting", "/search", "/sent",
  "/subscriptions", "/subscriptions/*", "/tickets/*", "/tickets/new",
  "/charges", "/claims", "/claims/*", "/payables", "/payables/*/claims", "/payables/*", "/payables/*/lines", "/prepaid", "/prepaid/*", "/receivables", "/receivables/ageing",
  "/receivables/bank", "/receivables/customers/*", "/receivables/invoices/*", "/receivables/seller",
  "/collections", "/collections/customers/*", "/collections/policy", "/price-rules", "/signals", "/suspensions", "/suspensions/rules",
];

// German has the longest words and Chinese none that break: the languages between are looked at with more time.
for (const language of process.env.PARTNERDESK_LONG ? ["de", "sv", "hu", "en", "zh-CN"] : ["de", "zh-CN"]) {
  test(`every page of the desk fits a small phone and complains of nothing, in ${language}`, async (t) => {
    const page = await agent(t, ADMIN, { ...PHONE, locale: language });
    await speak(page, language);
    const found = await crawl(page, "/", language);
    for (const known of DESK_PAGES) assert.ok(found.includes(known), `${known} is not reached: ${found}`);
    await page.goto(`${desk.address}/search?q=Teams`);
    await page.locator(".hit").first().waitFor();
  });
}

for (const [language, email] of [["de", "s.albers@bergmann.example"], ["zh-CN", "li.na@chenguang.example"]]) {
  test(`every page of the portal fits a small phone and complains of nothing, in ${language}`, async (t) => {
    const page = await contact(t, await agent(t, HELPDESK), email, { ...PHONE, locale: language });
    const found = await crawl(page, "/help/tickets", language);
    for (const known of ["/help/articles", "/help/new", "/help/statement", "/help/tickets", "/help/tickets/*"]) assert.ok(found.includes(known), `${found}`);
  });
}

test("a desktop shows every list without scrolling sideways", async (t) => {
  const page = await agent(t, ADMIN, { locale: "de" });
  await speak(page, "de");
  await crawl(page, "/queue/all", "de");
  await page.goto(`${desk.address}/search?q=Outlook`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page, a line each. */
async function wrongs(page, path) {
  await page.goto(desk.address + path);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
  assert.ok(passes.length > 10, `${path}: axe looked at nothing`);
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map((node) => `${path}: ${impact} ${id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? node.failureSummary})`),
  );
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing wrong, ${colorScheme}`, async (t) => {
    const page = await agent(t, ADMIN, { colorScheme, reducedMotion: "reduce" });
    const first = async (path, selector) => {
      await page.goto(desk.address + path);
      return page.locator(selector).first().getAttribute("href");
    };
    const found = [];
    for (const path of [
      "/queue/all",
      await first("/queue/due", ".row a"),
      await first("/queue/waiting", ".row a"),
      await first("/customers", ".row a"),
      "/search?q=Teams", "/tickets/new", "/sent", "/inbox", "/me", "/admin/people", "/suppliers", "/catalogue", "/handovers",
      await first("/catalogue", "h3 a"),
      await first("/suppliers", ".contracts a"),
      await first("/articles", ".row a"),
      ...["desk", "calendars", "promises", "mailboxes", "tokens", "audit"].map((part) => `/admin/settings/${part}`),
    ])
      found.push(...(await wrongs(page, path)));
    const customer = await contact(t, page, "ahlers@hafenkontor.example", { colorScheme, reducedMotion: "reduce" });
    const request = await customer.locator(".portal-list a").first().getAttribute("href");
    for (const path of ["/help/tickets", request, "/help/new", "/help/statement"]) found.push(...(await wrongs(customer, path)));
    const stranger = await visit(t, { colorScheme });
    for (const path of ["/sign-in", "/sign-in/forgotten", "/help/sign-in?desk=nordwind"]) found.push(...(await wrongs(stranger, path)));
    assert.deepEqual(found, []);
  });
}
