// Keyboard, palette, tabs of the composer.
import { $, $$, onAdded } from "./page";

const on = (): boolean => "shortcuts" in document.body.dataset;
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
    !/^(checkbox|radio|button|submit)$/.test((target as HTMLInputElement).type));

export function openTab(kind: string, focus: boolean): void {
  const composer = $("[data-composer]");
  const pane = composer && $(`#pane-${kind}`, composer);
  if (!composer || !pane) return;
  composer.dataset["open"] = kind;
  for (const tab of $$("[data-tab]", composer)) {
    const chosen = tab.dataset["tab"] === kind;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  if (focus) $("textarea", pane)?.focus();
}
document.addEventListener("click", (event) => {
  const tab = (event.target as HTMLElement).closest<HTMLElement>("[data-tab]");
  if (tab) openTab(tab.dataset["tab"] ?? "", true);
});
onAdded((root) => {
  const composer = $("[data-composer]", root);
  if (composer) openTab(composer.dataset["open"] ?? "note", false);
  if (/Mac|iPhone|iPad/.test(navigator.platform)) for (const hint of $$("[data-palette-hint]", root)) hint.textContent = "⌘K";
});

function move(step: number): void {
  const rows = $$<HTMLElement>(".row[data-row], .portal-list > li");
  if (rows.length === 0) return;
  const here = rows.findIndex((row) => row.classList.contains("here") || row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
  for (const row of rows) row.classList.toggle("here", row === next);
  const link = next && $("a", next);
  link?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

/** Chooses the line at hand among others, or no longer. */
function pick(): void {
  const row = $$<HTMLElement>(".row[data-row]").find(
    (one) => one.classList.contains("here") || one.contains(document.activeElement),
  );
  (row && $<HTMLInputElement>(".row-choose", row))?.click();
}

const follow = (selector: string): void => $<HTMLElement>(selector)?.click();
/** On along the list: a line of it, or on a ticket the neighbouring ticket. */
function step(by: 1 | -1): void {
  if ($("main [data-ticket]")) follow(by > 0 ? "[data-next]" : "[data-previous]");
  else move(by);
}
/** The next step of the diagnosis; when all are taken, the decision. */
function diagnose(): void {
  const panel = $<HTMLDetailsElement>("#diagnosis > details");
  if (!panel) return;
  panel.open = true;
  const next = $("#next-step", panel) ?? $("[name=category]", panel);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
/** To the hand-overs of a ticket: the first field, or the first thing to do. */
function escalate(): void {
  const panel = $<HTMLDetailsElement>("#escalation > details");
  if (!panel) return;
  panel.open = true;
  const next = $<HTMLElement>("select, textarea, button", panel);
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
const views: Record<string, string> = {
  m: "/queue/mine", u: "/queue/unassigned", d: "/queue/due", w: "/queue/waiting", a: "/queue/all",
  h: "/handovers", c: "/customers", s: "/sent", i: "/inbox", p: "/admin/people",
};
const single: Record<string, () => void> = {
  j: () => step(1),
  k: () => step(-1),
  o: () => $(".row.here a, .row:focus-within a")?.click(),
  r: () => openTab("reply", true),
  n: () => openTab("note", true),
  x: () => pick(),
  s: () => follow("[data-key='s']"),
  i: () => follow("[data-key='i']"),
  e: () => follow("[data-key='e']"),
  w: () => follow("[data-key='w']"),
  b: () => follow("[data-key='b']"),
  a: () => $("main [name=assignee]")?.focus(),
  d: diagnose,
  h: escalate,
  c: () => follow(".nav-new"),
  z: () => follow("[data-undo] button"),
  "/": () => $("#main input[type=search], [data-key-search]")?.focus(),
  "?": () => $<HTMLDialogElement>("#keys")?.showModal(),
};

let going = 0;
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "k" && !event.shiftKey) {
    event.preventDefault();
    return openPalette();
  }
  if (command && event.key === "Enter") {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form");
    const button = form && (event.shiftKey ? $("[data-send-resolve]", form) : $("[data-send]", form));
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  const tab = (event.target as HTMLElement).closest?.<HTMLElement>("[role=tab]");
  if (tab && /^Arrow(Left|Right)$/.test(event.key)) {
    const other = $$("[data-tab]").find((one) => one !== tab);
    if (other) openTab(other.dataset["tab"] ?? "", false);
    return other?.focus();
  }
  if (event.key === "Escape" && !$("dialog[open], :popover-open")) {
    const active = document.activeElement;
    if (typing(active) || active?.closest("[data-composer]")) return (active as HTMLElement).blur();
    if (on()) follow("main [data-back]");
    return;
  }
  if (!on() || command || event.altKey || typing(event.target) || $("dialog[open]")) return;
  if (Date.now() - going < 1500) {
    going = 0;
    const href = views[event.key];
    if (href && $(`a[href="${href}"]`)) location.assign(href);
    return;
  }
  if (event.key === "g") {
    going = Date.now();
    return;
  }
  const run = single[event.key];
  if (!run) return;
  event.preventDefault();
  run();
});

function openPalette(): void {
  const palette = $<HTMLDialogElement>("#palette");
  const input = palette && $<HTMLInputElement>("input", palette);
  if (!palette || !input || palette.open) return;
  input.value = "";
  palette.showModal();
  narrow(palette, "");
}
const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
function narrow(palette: HTMLElement, typed: string): void {
  const query = typed.trim();
  const number = /^#?(\d{1,12})$/.exec(query)?.[1];
  for (const item of $$("[role=option]", palette)) {
    const shown = $("[data-query]", item);
    if (shown) shown.textContent = "ticket" in item.dataset ? `#${number ?? ""}` : query;
    if ("search" in item.dataset) {
      item.hidden = query === "";
      item.dataset["href"] = `/search?q=${encodeURIComponent(query)}`;
    } else if ("ticket" in item.dataset) {
      item.hidden = !number;
      item.dataset["href"] = `/tickets/${number}`;
    } else item.hidden = !fold(item.querySelector("span")?.textContent ?? "").includes(fold(query));
  }
  select(palette, (number && $<HTMLElement>("[data-ticket]", palette)) || undefined);
}
function select(palette: HTMLElement, item?: HTMLElement): void {
  const items = $$("[role=option]", palette);
  const chosen = item ?? items.find((one) => !one.hidden);
  items.forEach((one, index) => {
    one.id ||= `palette-${index}`;
    one.setAttribute("aria-selected", String(one === chosen));
  });
  $("input", palette)?.setAttribute("aria-activedescendant", chosen?.id ?? "");
  chosen?.scrollIntoView({ block: "nearest" });
}
function choose(item: HTMLElement | null, apart: boolean): void {
  $<HTMLDialogElement>("#palette")?.close();
  if (item?.dataset["do"] === "keys") return $<HTMLDialogElement>("#keys")?.showModal();
  const href = item?.dataset["href"];
  if (href) apart ? window.open(href, "_blank", "noopener") : location.assign(href);
}
onAdded(() => {
  const palette = $<HTMLDialogElement>("#palette");
  const input = palette && $<HTMLInputElement>("input", palette);
  if (!palette || !input || palette.dataset["ready"]) return;
  palette.dataset["ready"] = "1";
  input.addEventListener("input", () => narrow(palette, input.value));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const shown = $$("[role=option]", palette).filter((one) => !one.hidden);
    const at = shown.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(palette, shown[(at + step + shown.length) % shown.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      choose(shown[at] ?? null, event.ctrlKey || event.metaKey);
    }
  });
  palette.addEventListener("click", (event) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
    if (item) choose(item, event.ctrlKey || event.metaKey);
    else if (event.target === palette) palette.close();
  });
});
