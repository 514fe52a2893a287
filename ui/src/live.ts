// Live updates, presence, connection, toasts.
import { $, $$, byItself, newest, online, onAdded, refresh, signedOut } from "./page";

type Changed = { topic: string; blocks: string[] };

let source: EventSource | null = null;
function listen(): void {
  const { live, since } = document.body.dataset;
  source?.close();
  source = null;
  if (!live) return;
  // What has changed since the page was rendered is told at once, and when the browser comes again by itself it says what
  // it was told last.
  source = new EventSource(`/live?${new URLSearchParams({ topics: live, since: since ?? "" })}`);
  source.addEventListener("open", () => online(true));
  source.addEventListener("changed", (event) => {
    const { data, lastEventId } = event as MessageEvent<string>;
    if (lastEventId) document.body.dataset["since"] = lastEventId;
    const changed = JSON.parse(data) as Changed;
    const blocks = changed.topic === "queue" ? [...changed.blocks, "nav-views", ...watching("queue")] : changed.blocks;
    refresh(blocks.filter((id) => id !== "composer" || !dirty()));
  });
  source.addEventListener("signed-out", () => {
    source?.close();
    signedOut();
  });
  source.addEventListener("error", () => {
    if (!navigator.onLine) online(false);
    if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 10_000);
  });
}
const watching = (topic: string): string[] => $$(`[data-watch="${topic}"]`).map((element) => element.id);
const dirty = (): boolean =>
  $$<HTMLTextAreaElement>("[data-composer] textarea").some((area) => area.value !== area.defaultValue) ||
  $$<HTMLInputElement>("[data-composer] input[type=file]").some((field) => field.files?.length);

addEventListener("offline", () => online(false));
addEventListener("online", listen);
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && listen());
onAdded((root) => root === document && listen());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && source?.readyState === EventSource.CLOSED) listen();
});

// Others see that we are here, and that we are writing.
let told = "";
let toldAt = 0;
function tell(doing: string): void {
  const number = $("[data-ticket]")?.dataset["ticket"];
  if (!number || !document.body.dataset["live"] || (doing === told && Date.now() - toldAt < 20_000)) return;
  told = doing;
  toldAt = Date.now();
  // Quietly: a lost session is told when the draft is kept, not in the middle of a word.
  const body = new URLSearchParams({ doing });
  fetch(`/tickets/${number}/presence`, { method: "POST", headers: byItself, body }).catch(() => undefined);
}
const doing = (): string => (dirty() ? "replying" : "viewing");
if (document.body.dataset["live"]) {
  setTimeout(() => document.visibilityState === "visible" && tell("viewing"), 1500);
  setInterval(() => document.visibilityState === "visible" && tell(doing()), 25_000);
  document.addEventListener("input", (event) => (event.target as Element).closest("[data-composer]") && tell(doing()));
}

// A toast goes by itself; one with an undo stays until its time is up, and stops while it is pointed at.
onAdded((root) => {
  for (const toast of $$("[data-toast]", root)) {
    let left = Number(toast.dataset["seconds"] ?? "6");
    const count = $("[data-count]", toast);
    const tick = (): void => {
      if (!toast.isConnected) return;
      if (count) count.textContent = String(left);
      if (left <= 0) {
        toast.remove();
        if (count) refresh(["timeline", "head"]);
        return;
      }
      if (count || !toast.matches(":hover, :focus-within")) left -= 1;
      setTimeout(tick, 1000);
    };
    if (!toast.classList.contains("tone-error")) tick();
  }
});
onAdded((root) => {
  if (root !== document) return;
  document.documentElement.classList.add("script");
  const line = $("#unread");
  if (location.hash) return;
  if (line) line.scrollIntoView({ block: "center" });
  else newest();
});
