// Fetching and swapping parts of a page. A part is an element with an id; the server may answer with that block
// alone or with the whole page: we take what has the id.

type Policy = { createHTML(html: string): string };
declare global {
  interface Window { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
}

// The only place where text becomes HTML. DOMParser runs no script, and the server escaped every outside word.
const policy: Policy = window.trustedTypes?.createPolicy("partnerdesk", { createHTML: (html) => html }) ?? {
  createHTML: (html) => html,
};

export const $ = <E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E | null =>
  root.querySelector<E>(selector);
export const $$ = <E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E[] => [
  ...root.querySelectorAll<E>(selector),
];

/** What a page asks for without anybody having done something: a session grows idle all the same. */
export const byItself = { "X-By-Itself": "1" };

/** Answered with "sign in first": what was typed stays. */
export class SignedOut extends Error {}

export async function request(url: string, parts: string[], init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (parts.length > 0) headers.set("X-Fragment", parts.join(" "));
  headers.set("Accept", "text/html");
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers, credentials: "same-origin" });
  } catch (error) {
    online(false);
    throw error;
  }
  online(true);
  const path = new URL(response.url).pathname;
  if (response.status === 401 || (response.redirected && /\/sign-in$/.test(path))) {
    signedOut();
    throw new SignedOut();
  }
  return response;
}

export const parse = (html: string): Document =>
  new DOMParser().parseFromString(policy.createHTML(html), "text/html");

export function online(yes: boolean): void {
  const bar = $("#offline");
  if (bar) bar.hidden = yes;
}

export function signedOut(): void {
  const dialog = $<HTMLDialogElement>("#signed-out");
  const link = dialog && $<HTMLAnchorElement>("[data-sign-in]", dialog);
  if (link && location.pathname.startsWith("/help")) link.href = "/help/sign-in";
  if (dialog && !dialog.open) dialog.showModal();
}

export function failed(detail: string): void {
  const dialog = $<HTMLDialogElement>("#failed");
  if (!dialog || dialog.open) return;
  const place = $("[data-detail]", dialog);
  if (place) place.textContent = detail;
  dialog.showModal();
}

const added: ((root: ParentNode) => void)[] = [];
/** Runs for the page and for every part that is swapped in. */
export function onAdded(run: (root: ParentNode) => void): void {
  added.push(run);
  run(document);
}

/** Puts the parts of an answer in place of ours, keeping focus and the place of the line that is read. */
export function swap(answer: Document, parts: string[]): void {
  const active = document.activeElement;
  const focus = active instanceof HTMLElement && active !== document.body ? address(active) : null;
  const anchor = $(".row.here, .row:hover");
  const before = anchor?.getBoundingClientRect().top ?? 0;
  for (const id of new Set([...parts, "toasts"])) {
    const fresh = answer.getElementById(id);
    const stale = document.getElementById(id);
    if (!fresh || !stale || (id === "toasts" && fresh.childElementCount === 0)) continue;
    if (fresh.isEqualNode(stale)) continue;
    const open = $$<HTMLDetailsElement>("details[open]", stale).map(address);
    const node = document.importNode(fresh, true);
    stale.replaceWith(node);
    for (const at of open) if (at) $(at, node)?.setAttribute("open", "");
    for (const run of added) run(node);
  }
  const row = anchor?.dataset["row"];
  const same = row ? $(`[data-row="${CSS.escape(row)}"]`) : null;
  if (same) {
    same.classList.toggle("here", anchor?.classList.contains("here"));
    scrollBy(0, same.getBoundingClientRect().top - before);
  }
  if (focus && document.activeElement === document.body) $(focus)?.focus({ preventScroll: true });
}

/** A selector that finds the same element in a fresh copy. */
function address(element: Element): string | null {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const near = element.closest("[id]");
  if (!near) return null;
  const place = $$(element.tagName, near).indexOf(element as HTMLElement);
  const name = element.getAttribute("name");
  if (name) return `#${CSS.escape(near.id)} ${element.tagName}[name="${CSS.escape(name)}"]`;
  const siblings = [...(element.parentElement?.children ?? [])].indexOf(element);
  const parent = element.parentElement;
  if (place < 0 || !parent) return null;
  if (parent === near) return `#${CSS.escape(near.id)} > :nth-child(${siblings + 1})`;
  const above = address(parent);
  return above ? `${above} > :nth-child(${siblings + 1})` : null;
}

/** To the newest message of a conversation: its beginning, if it is long. */
export function newest(): void {
  $$(".timeline > .message").at(-1)?.scrollIntoView({ block: "start" });
}

let waiting = new Set<string>();
let held = false;
document.addEventListener("change", (event) => {
  if (!held || !(event.target as Element).matches(".row-choose") || $(".row-choose:checked")) return;
  held = false;
  refresh(["rows"]);
});
let timer = 0;
/** Fetches parts of this page again; several wishes within a moment become one request. */
export function refresh(parts: string[]): void {
  // Lines among which somebody chooses stay until that is done.
  const choosing = $(".row-choose:checked") !== null;
  for (const part of parts) {
    if (part === "rows" && choosing) held = true;
    else if (document.getElementById(part)) waiting.add(part);
  }
  if (timer || waiting.size === 0) return;
  timer = window.setTimeout(() => {
    const now = [...waiting];
    waiting = new Set();
    timer = 0;
    request(location.href, now, { headers: byItself })
      .then(async (response) => {
        if (response.ok) swap(parse(await response.text()), now);
      })
      .catch(() => undefined);
  }, 120);
}

/** Goes to another page whose HTML we already have. */
export function show(answer: Document, url: string): void {
  history.pushState(null, "", url);
  document.title = answer.title;
  document.body.replaceWith(document.importNode(answer.body, true));
  for (const run of added) run(document);
  $("#main")?.focus();
  scrollTo(0, 0);
}
addEventListener("popstate", () => location.reload());
