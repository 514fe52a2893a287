// Forms that post without leaving the page, filters, drafts, files, and words that survive.
import { openTab } from "./keys";
import { $, $$, SignedOut, failed, newest, onAdded, parse, refresh, request, show, swap } from "./page";

const words = (text: string | undefined): string[] => (text ?? "").split(" ").filter(Boolean);

/** Not `form.action`: a button named "action" hides it. */
const action = (form: HTMLFormElement): string => form.getAttribute("action") ?? location.pathname;

function body(form: HTMLFormElement, submitter: HTMLElement | null): FormData | URLSearchParams {
  const data = new FormData(form, submitter);
  if (form.enctype === "multipart/form-data") return data;
  const plain = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === "string") plain.append(name, value);
  return plain;
}

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const submitter = event.submitter;
  if (form.method === "dialog") return;
  if (form.dataset["busy"]) return event.preventDefault();
  const undo = "undo" in form.dataset;
  const parts = undo ? $$("main [id]").map((e) => e.id) : words(form.dataset["swap"]);
  if (form.method === "get") {
    if (!form.dataset["refresh"]) return;
    event.preventDefault();
    return filter(form);
  }
  if (parts.length === 0) {
    form.dataset["busy"] = "1";
    forget(form);
    return;
  }
  event.preventDefault();
  void post(form, submitter, parts);
});
addEventListener("pageshow", () => $$("form[data-busy]").forEach((form) => delete form.dataset["busy"]));

async function post(form: HTMLFormElement, submitter: HTMLElement | null, parts: string[]): Promise<void> {
  form.dataset["busy"] = "1";
  submitter?.setAttribute("aria-busy", "true");
  try {
    const target = submitter?.getAttribute("formaction") ?? action(form);
    // What is being written is kept before what was sent comes back to it.
    if (form.matches("[data-undo]")) await Promise.all($$<HTMLFormElement>("form[data-kind]").filter(begun).map(keep));
    const response = await request(target, parts, { method: "POST", body: body(form, submitter) });
    const answer = parse(await response.text());
    if (response.status >= 400 && !parts.some((id) => answer.getElementById(id))) {
      failed($("main p", answer)?.textContent ?? String(response.status));
      return;
    }
    if (new URL(response.url).pathname !== location.pathname && response.redirected) show(answer, response.url);
    else {
      const files = response.status >= 400 ? chosen(form) : [];
      swap(answer, parts);
      for (const [selector, list] of files) {
        const field = $<HTMLInputElement>(selector);
        if (field) hold(field, list);
      }
    }
    if (/^\/tickets\/\d+\/undo$/.test(target)) openTab("reply", true);
    else if (form.dataset["kind"] && response.redirected) written();
  } catch (error) {
    if (!(error instanceof SignedOut)) failed("");
  } finally {
    delete form.dataset["busy"];
    submitter?.removeAttribute("aria-busy");
  }
}

/** After an answer or a note the keys are the ticket's again: a note must not be typed into the next answer. */
function written(): void {
  $("#main")?.focus({ preventScroll: true });
  newest();
}

const begun = (form: HTMLFormElement): boolean => Boolean($<HTMLTextAreaElement>("textarea", form)?.value);
/** The files of a form that was not taken, by where they belong: a fresh copy of the form has none. */
const chosen = (form: HTMLFormElement): [string, File[]][] =>
  $$<HTMLInputElement>("input[type=file]", form).flatMap((field) =>
    field.files?.length ? [[`form[action="${action(form)}"] input[name="${field.name}"]`, [...field.files]]] : [],
  );

// Filters and look-ups: the answer to what is typed, the address keeps it.
let latest = 0;
function filter(form: HTMLFormElement): void {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) query.append(name, value);
  if (form.method === "post") query.delete("text");
  const url = `${form.method === "get" ? action(form) : location.pathname}?${query}`;
  const parts = words(form.dataset["refresh"]);
  const mine = ++latest;
  request(url, parts)
    .then(async (response) => {
      const text = await response.text();
      if (mine !== latest || !response.ok) return;
      swap(parse(text), parts);
      if (form.method === "get") history.replaceState(null, "", url);
    })
    .catch(() => undefined);
}
const later = new WeakMap<HTMLElement, number>();
function soon(element: HTMLElement, milliseconds: number, run: () => void): void {
  clearTimeout(later.get(element));
  later.set(element, window.setTimeout(run, milliseconds));
}

document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  const form = field.form;
  if (!form || (event as InputEvent).isComposing) return;
  if (form.dataset["refresh"] && (form.method === "get" || !["text", "subject", "files"].includes(field.name)))
    soon(form, field.type === "search" ? 180 : 40, () => filter(form));
  if (form.dataset["remember"]) soon(field, 400, () => remember(form));
  if (form.dataset["kind"]) soon(form, 1500, () => void keep(form));
});
document.addEventListener("compositionend", (event) =>
  event.target?.dispatchEvent(new InputEvent("input", { bubbles: true })),
);
let typed = 0;
addEventListener("keydown", () => (typed = Date.now()), true);
document.addEventListener("change", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.type === "file") return attach(field, [...(field.files ?? [])]);
  if (field.name === "recipient") countRecipients(field.form);
  const form = field.form;
  // By keyboard a choice passes others on its way: nobody is told of those.
  if (form && "auto" in form.dataset) soon(form, Date.now() - typed < 100 ? 1000 : 0, () => form.requestSubmit());
  if (form?.dataset["kind"]) soon(form, 300, () => void keep(form));
});

/** The button says to how many an answer goes. */
function countRecipients(form: HTMLFormElement | null): void {
  const words = form && $("[data-sends]", form);
  if (!form || !words) return;
  const others = $$("[name=recipient][type=checkbox]:checked:not(:disabled)", form).length;
  const all = (words.dataset["sends"] ?? "").split("\n");
  words.textContent = all[Math.min(others, all.length - 1)] ?? "";
}

// Drafts are kept on the server, for each person and kind; in this tab's memory until the server has them.
async function keep(form: HTMLFormElement): Promise<void> {
  const place = $<HTMLElement>("#kept");
  const composer = form.closest<HTMLElement>("[data-draft]");
  const url = composer?.dataset["draft"];
  if (!url || form.dataset["busy"] || !form.isConnected) return;
  remember(form);
  const draft = new URLSearchParams({ kind: form.dataset["kind"] ?? "" });
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && name !== "version" && value) draft.append(name, value);
  if (!draft.has("text")) draft.append("text", "");
  if (place) place.textContent = place.dataset["saving"] ?? "";
  try {
    const response = await request(url, [], { method: "POST", body: draft });
    if (!response.ok) throw new Error(String(response.status));
    if (place) place.textContent = place.dataset["kept"] ?? "";
    forget(form);
    if (form.dataset["kind"] === "reply") refresh(["send-words", "compose-warnings"]);
  } catch {
    if (place) place.textContent = place.dataset["failed"] ?? "";
    if (form.isConnected) soon(form, 8000, () => void keep(form));
  }
}

const memory = (form: HTMLFormElement): string =>
  `partnerdesk:${location.pathname}:${form.dataset["remember"] ?? form.dataset["kind"] ?? ""}`;
function remember(form: HTMLFormElement): void {
  const kept: Record<string, string> = {};
  for (const name of ["subject", "text"]) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) kept[name] = field.value;
  }
  sessionStorage.setItem(memory(form), JSON.stringify(kept));
}
function forget(form: HTMLFormElement): void {
  if (form.dataset["remember"] || form.dataset["kind"]) sessionStorage.removeItem(memory(form));
}
onAdded((root) => {
  for (const form of $$<HTMLFormElement>("form[data-remember], form[data-kind]", root)) {
    const text = sessionStorage.getItem(memory(form));
    if (!text) continue;
    const kept = JSON.parse(text) as Record<string, string>;
    for (const [name, value] of Object.entries(kept)) {
      const field = form.elements.namedItem(name);
      const writable = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
      if (writable && field.value === "" && value) field.value = value;
    }
  }
});

// Files: those of a second choice come to those of the first, and each can be put away again.
const attached = new WeakMap<HTMLInputElement, File[]>();
function attach(field: HTMLInputElement, files: File[]): void {
  hold(field, [...(attached.get(field) ?? []), ...files]);
}
function hold(field: HTMLInputElement, files: File[]): void {
  attached.set(field, files);
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  field.files = transfer.files;
  const place = field.form && $("[data-files]", field.form);
  place?.replaceChildren(...files.map((file) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.textContent = file.name;
    chip.setAttribute("aria-label", (place.dataset["files"] ?? "").replace("%", () => file.name));
    chip.addEventListener("click", () => {
      hold(field, files.filter((one) => one !== file));
      field.focus();
    });
    return chip;
  }));
}
const fileField = (target: EventTarget | null): HTMLInputElement | null => {
  const form = (target as Element | null)?.closest?.("form");
  return form ? $<HTMLInputElement>("input[type=file]", form) : null;
};
document.addEventListener("paste", (event) => {
  const field = fileField(event.target);
  const files = [...(event.clipboardData?.files ?? [])];
  if (!field || files.length === 0) return;
  event.preventDefault();
  attach(field, files);
});
document.addEventListener("dragover", (event) => {
  if (fileField(event.target) && event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const field = fileField(event.target);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!field || files.length === 0) return;
  event.preventDefault();
  attach(field, files);
});

// A text that goes into a form elsewhere.
document.addEventListener("click", (event) => {
  const button = (event.target as Element | null)?.closest<HTMLElement>("[data-copy]");
  if (!button) return;
  navigator.clipboard.writeText(button.dataset["copy"] ?? "").then(
    () => button.classList.add("copied"),
    () => button.classList.remove("copied"),
  );
});

// What is fetched only when it is wanted, and texts that go into the answer.
document.addEventListener("toggle", (event) => {
  const place = event.target as HTMLDetailsElement;
  const { load, into } = place.dataset ?? {};
  if (!load || !into || !place.open) return;
  delete place.dataset["load"];
  request(load, [into]).then(async (response) => {
    if (response.ok) swap(parse(await response.text()), [into]);
  }).catch(() => undefined);
}, true);
document.addEventListener("click", (event) => {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-insert]");
  const field = $<HTMLTextAreaElement>(".pane-reply textarea");
  if (!button || !field) return;
  event.preventDefault();
  openTab("reply", true);
  const text = button.dataset["insert"] ?? "";
  // What was written stays, before it and behind it.
  const at = field.selectionEnd;
  const [before, after] = [field.value.slice(0, at), field.value.slice(at)];
  const gap = (near: boolean): string => (near ? "\n\n" : "");
  const apart = gap(before !== "" && !before.endsWith("\n")) + text + gap(after !== "" && !after.startsWith("\n"));
  field.setRangeText(apart, at, at, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
});
