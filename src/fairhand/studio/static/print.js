// Print: finished files, and a printer of one's own.

import { goToFirst } from "./fields.js";
import { findsLabels } from "./labels.js";
import { keepSetting, setting } from "./keeping.js";
import { address, note, on } from "./note.js";
import { announce, fillSelect, find, make, tell } from "./page.js";
import { settled } from "./saving.js";
import { askData, download } from "./server.js";
import { counted, listed, t } from "./texts.js";

let isAsked = false;
let printers = [];
let isSending = false;

/** What must be done first, or "" where all is done. */
function hindrance(what) {
  const answer = note.answer;
  if (!answer) return t("print.first");
  if (answer.blanks.length) {
    const named = listed([...new Set(answer.blanks.map((one) => one.asked))]);
    return counted("print.blanks", answer.blanks.length, { named });
  }
  if (answer.fault) return [answer.fault.message, answer.fault.hint].filter(Boolean).join(" ");
  const hasEnvelope = answer.look?.panels.some((one) => one.name === "envelope");
  if (/^(envelope|labels)/.test(what) && !hasEnvelope) return t("print.no_address");
  return "";
}

const buttons = () => [...find("print").querySelectorAll(".file, form [type=submit]")];
const whatOf = (button) =>
  button.dataset.what ??
  { "sheets-form": "sheets.pdf", "labels-form": "labels.pdf" }[button.form?.id] ??
  (find("print-piece").value === "envelope" ? "envelope" : "card");

function shown() {
  const first = hindrance("card");
  const box = find("not-yet");
  box.hidden = !first;
  if (first && box.dataset.said !== first) {
    const go = make("button", { type: "button", class: "link", onclick: goToFirst },
      t(note.answer?.blanks.length ? "print.go_to_blanks" : "print.go_to_words"));
    box.replaceChildren(make("p", { id: "first-said" }, `${t("print.first")} ${first}`), go);
  }
  box.dataset.said = first;
  for (const button of buttons()) {
    const why = hindrance(whatOf(button));
    if (why) {
      button.setAttribute("aria-disabled", "true");
      button.title = why;
      if (first) button.setAttribute("aria-describedby", "first-said");
    } else {
      button.removeAttribute("aria-disabled");
      button.removeAttribute("aria-describedby");
      button.removeAttribute("title");
    }
  }
}

/** Runs what a button is for, unless something must be done first: then it says so. */
async function act(button, work) {
  const wrong = find("print-wrong");
  tell(wrong);
  const why = hindrance(whatOf(button));
  if (why) {
    tell(wrong, why);
    return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    await settled();
    await work();
  } catch (error) {
    tell(wrong, error.message, error.hint);
    wrong.scrollIntoView({ block: "nearest" });
  } finally {
    button.removeAttribute("aria-busy");
  }
}

async function fetched(what, wishes = {}) {
  announce(t("print.making", { name: what }));
  const asked = new URLSearchParams(wishes).toString();
  const name = await download(address(`/download/${what}${asked && "?"}${asked}`), what);
  announce(t("print.downloaded", { name }));
}

export function begin() {
  const looksForLabels = findsLabels(find("label-find"), find("label-sheet"));
  find("label-part").addEventListener("toggle", () => find("label-sheet").length || looksForLabels());
  on("look", shown);
  find("print").addEventListener("click", (event) => {
    const link = event.target.closest("a.file");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(link, () => fetched(link.dataset.what));
  });
  find("sheets-form").addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter, () => fetched("sheets.pdf", { paper: find("sheet-paper").value }));
  });
  find("labels-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wishes = { sheet: find("label-sheet").value, start: find("label-start").value,
      copies: find("label-copies").value };
    if (find("label-sender").checked) wishes.sender = "true";
    act(event.submitter, () => fetched("labels.pdf", wishes));
  });
  find("printer-form").addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter, toPrinter);
  });
  find("printer").addEventListener("change", chosen);
  find("printer-address").addEventListener("change", named);
  find("print-piece").addEventListener("change", shown);
}

export function choices(all) {
  fillSelect(find("sheet-paper"), all.papers);
}

export async function open() {
  shown();
  if (isAsked) return;
  isAsked = true;
  try {
    printers = await askData("GET", "printers");
  } catch (error) {
    find("printers-said").textContent = error.said;
    isAsked = false;
    return;
  }
  const hasAny = printers.length > 0;
  find("printers-said").textContent = hasAny ? "" : t("print.no_printers");
  find("printers-said").hidden = hasAny;
  find("printer-fields").hidden = false;
  find("printer-field").hidden = !hasAny;
  const titled = printers.map((one) => ({ name: one.name, title: one.title || one.name }));
  fillSelect(find("printer"), [...titled, { name: "", title: t("print.by_address") }]);
  find("printer-address").value = setting("printer", "");
  chosen();
}

const isByAddress = () => find("printer").value === "";
const printerNow = () => (isByAddress() ? find("printer-address").value.trim() : find("printer").value);

function chosen() {
  find("address-field").hidden = !isByAddress();
  if (isByAddress() && printerNow()) named();
  else kinds();
}

function wrongAddress(error) {
  tell(find("address-wrong"), error?.message, error?.hint);
  if (error) find("printer-address").setAttribute("aria-invalid", "true");
  else find("printer-address").removeAttribute("aria-invalid");
}

/** Asks the printer at an address what it takes. */
async function named() {
  const asked = printerNow();
  wrongAddress(null);
  kinds();
  if (!asked) return;
  say([t("print.asking")]);
  try {
    const found = await askData("GET", `printers?address=${encodeURIComponent(asked)}`);
    printers = [...printers.filter((one) => one.name !== asked), ...found];
    keepSetting("printer", asked);
    if (printerNow() === asked) kinds();
  } catch (error) {
    if (printerNow() !== asked) return;
    say([]);
    wrongAddress(error);
  }
}

const plain = (one) => (typeof one === "string" ? { name: one, title: one } : one);

function kinds() {
  const nothing = { types: [], trays: [], troubles: [], title: "" };
  const one = printers.find((printer) => printer.name === printerNow()) ?? nothing;
  const usual = { name: "auto", title: t("print.usual") };
  const others = (all) => all.map(plain).filter((each) => each.name !== "auto");
  fillSelect(find("print-type"), others(one.types), [usual]);
  fillSelect(find("print-tray"), others(one.trays), [usual]);
  const said = isByAddress() && one.title ? [one.title, ...one.troubles] : one.troubles;
  say(said);
}

// What a printer says of itself does not come between while something is sent to it.
function say(sentences) {
  if (isSending) return;
  find("print-said").replaceChildren(...sentences.map((words) => make("p", {}, words)));
}

async function toPrinter() {
  if (isByAddress() && !printerNow()) {
    wrongAddress({ message: t("print.no_address_yet") });
    find("printer-address").focus();
    return;
  }
  say([t("print.sending")]);
  isSending = true;
  let said = [];
  try {
    const asked = {
      printer: printerNow(), piece: find("print-piece").value,
      copies: Number(find("print-copies").value) || 1, side: Number(find("print-side").value),
      type: find("print-type").value, tray: find("print-tray").value,
    };
    ({ said } = await askData("POST", address("/print"), asked));
  } finally {
    isSending = false;
    say(said);
  }
}
