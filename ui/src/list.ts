// The list that a ticket was opened from: its neighbours, the way back, and the line to be at again. It is kept for
// this tab as it was when it was left, so that a ticket which has just been resolved still has a place in it.
import { $, $$, onAdded } from "./page";

type List = { address: string; tickets: string[]; at: string };

const KEY = "partnerdesk:list";
const kept = (): List | null => JSON.parse(sessionStorage.getItem(KEY) ?? "null") as List | null;
const keep = (list: List): void => sessionStorage.setItem(KEY, JSON.stringify(list));
const here = (): string => location.pathname + location.search;
const lines = (): HTMLElement[] => $$("#main .row-link[href^='/tickets/']");

addEventListener("pagehide", () => {
  const tickets = lines().map((link) => link.getAttribute("href") ?? "");
  if (tickets.length > 0) keep({ address: here(), tickets, at: "" });
});

onAdded(() => {
  const list = kept();
  if (!list || !$("main [data-ticket]")) return;
  const at = list.tickets.indexOf(location.pathname);
  if (at >= 0) keep({ ...list, at: location.pathname });
  $("main [data-ticket] [data-back]")?.setAttribute("href", list.address);
  for (const [selector, place] of [["[data-previous]", at - 1], ["[data-next]", at + 1]] as const) {
    const link = $<HTMLAnchorElement>(selector);
    const href = at < 0 ? undefined : list.tickets[place];
    if (!link || !href) continue;
    link.href = href;
    link.hidden = false;
  }
});

/** Back in the list: at the line that was read, or at the next one that is still there. */
onAdded((root) => {
  const list = kept();
  if (root !== document || !list?.at || list.address !== here()) return;
  const behind = list.tickets.slice(list.tickets.indexOf(list.at));
  const links = lines();
  const link = behind.map((href) => links.find((one) => one.getAttribute("href") === href)).find(Boolean);
  link?.closest(".row")?.classList.add("here");
  link?.scrollIntoView({ block: "nearest" });
  if (document.activeElement === document.body) link?.focus({ preventScroll: true });
});
