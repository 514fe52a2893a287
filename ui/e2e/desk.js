// What all flows share: one demo desk, one browser, and eyes on every page.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const CHROMIUM = process.env.PARTNERDESK_CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
/** The demo's sign-ins, by what they are. */
export const ADMIN = "katrin@nordwind.example";
export const HELPDESK = "tom@nordwind.example";
export const SUPPORT = "support@nordwind.example";

/** Where the demo is: `address` of its pages, `mail` the port that takes mail, `microsoft` where that is simulated. */
export const desk = { address: "", mail: 0, microsoft: "" };
let demo, folder, browser;

before(async () => {
  const program = process.env.PARTNERDESK_PROGRAM;
  assert.ok(program, "PARTNERDESK_PROGRAM is not set: the path of the built program");
  folder = await mkdtemp(join(tmpdir(), "partnerdesk-e2e-"));
  demo = spawn(program, ["demo", "--data", join(folder, "data"), "--port", "0", "--mail-port", "0", "--microsoft-port", "0"]);
  const said = await heard(demo);
  desk.address = /Partnerdesk is at {2}(http:\/\/[\d.:]+)\//.exec(said)[1];
  desk.mail = Number(/Mail comes in on port (\d+)/.exec(said)[1]);
  desk.microsoft = /Microsoft is simulated at {2}(http:\/\/[\d.:]+)\//.exec(said)[1];
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
});

after(async () => {
  await browser?.close();
  if (demo?.exitCode === null && demo.kill("SIGTERM")) await once(demo, "exit");
  if (folder) await rm(folder, { recursive: true });
});

/** What the demo says until it is ready. */
function heard(child) {
  return new Promise((resolve, reject) => {
    let said = "", wrong = "";
    child.stdout.on("data", (data) => {
      said += data;
      if (said.includes("Ctrl-C")) resolve(said);
    });
    child.stderr.on("data", (data) => (wrong += data));
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the demo ended with ${code}\n${said}\n${wrong}`)));
  });
}

/**
 * A page in a browser of its own: no cookies, no history. The test fails if the page complains (errors, warnings,
 * broken policies, refusals but of the `refused` statuses) or asks for anything from elsewhere but what `mayAsk` lets pass.
 * What is elsewhere is never reached.
 */
export async function visit(t, { mayAsk = () => false, refused = [], ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  const faults = [];
  context.on("console", (line) => {
    // The browser notes every refusal, also one that a flow is about.
    if (refused.some((status) => line.text().includes(`status of ${status} `))) return;
    if (["error", "warning"].includes(line.type())) faults.push(`${line.page()?.url()}: ${line.text()}`);
  });
  context.on("weberror", (fault) => faults.push(`${fault.page()?.url()}: ${fault.error().message}`));
  context.on("request", (request) => {
    if (!ours(request.url()) && !mayAsk(request.url())) faults.push(`asked for ${request.url()}`);
  });
  await context.route((url) => !ours(url), (route) => route.fulfill({ contentType: "text/html", body: "elsewhere" }));
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  return context.newPage();
}

const ours = (url) => new URL(url).origin === desk.address;

/** An agent's page, signed in with the keyboard alone. */
export async function agent(t, email, options) {
  const page = await visit(t, options);
  await page.goto(`${desk.address}/sign-in`);
  // The field has the focus by itself; on a busy machine a moment after the page has loaded.
  await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "email");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type("partnerdesk-demo");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/queue/mine");
  return page;
}

/** Opens a page of the desk that shows by itself what is new, and waits until it listens. */
export async function listen(page, path) {
  const stream = page.waitForResponse((response) => new URL(response.url()).pathname === "/live");
  await page.goto(desk.address + path);
  await stream;
}

/** A contact's page in the portal, let in by the link that was mailed; `reader` may read sent mail. */
export async function contact(t, reader, email, options) {
  const page = await visit(t, options);
  await page.goto(`${desk.address}/help/sign-in?desk=nordwind`);
  await page.locator("[name=email]").fill(email);
  const known = await letters(reader, email);
  await page.locator("main form button").click();
  await page.locator("main .big-icon").waitFor();
  const letter = await next(reader, email, known);
  const link = /http:\/\/\S+\/help\/enter\/[\w-]+/.exec(plain(letter))[0];
  await page.goto(link);
  await page.locator("main form button").click();
  await page.waitForURL("**/help/tickets");
  return page;
}

/** The addresses of the newest mails to somebody, on the page of sent mail. */
export async function letters(reader, to) {
  await reader.goto(`${desk.address}/sent`);
  const mails = reader.locator(".mail").filter({ has: reader.getByText(to, { exact: true }) });
  return mails.locator("a[href$='/original']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
}

/** The next mail to somebody after the `known` ones, as its bytes say it. */
export async function next(reader, to, known) {
  for (let look = 0; look < 100; look += 1) {
    const href = (await letters(reader, to)).find((one) => !known.includes(one));
    if (href) return (await reader.request.get(desk.address + href)).text();
  }
  throw new Error(`no new mail to ${to}`);
}

/** A header of a mail, unfolded. */
export const header = (mail, name) =>
  new RegExp(`^${name}: (.*(?:\\r?\\n[ \\t].*)*)`, "im").exec(mail.split(/\r?\n\r?\n/, 1)[0])?.[1].replace(/\r?\n\s+/g, " ");

/** A quoted-printable mail as its text. */
export function plain(mail) {
  const bytes = mail.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
