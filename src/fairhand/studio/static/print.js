// Print: finished files, and a printer of one's own.

import { goToFirst } from "./fields.js";
import { findsLabels } from "./labels.js";
import { address, note, on } from "./note.js";
import { announce, fillSelect, find, make, tell } from "./page.js";
import { settled } from "./saving.js";
import { askData, download } from "./server.js";
import { counted, listed, t } from "./texts.js";

let isAsked = false;
let printers = [];

/** What must be done first, or "" where all is done. */
function hindrance(what) {
  const answer = note.answer;
  if (!answer) return t("print.first");
  if (answer.blanks.length) {
    const named = listed([...new Set(answer.blanks.map((one) => one.key || one.text))]);
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
  find("printer").addEventListener("change", kinds);
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
  if (!printers.length) {
    find("printers-said").textContent = t("print.no_printers");
    return;
  }
  find("printers-said").hidden = true;
  find("printer-fields").hidden = false;
  fillSelect(find("printer"), printers.map((one) => ({ name: one.name, title: one.title || one.name })));
  kinds();
}

const plain = (one) => (typeof one === "string" ? { name: one, title: one } : one);

function kinds() {
  const one = printers.find((printer) => printer.name === find("printer").value);
  if (!one) return;
  const usual = { name: "auto", title: t("print.usual") };
  const others = (all) => all.map(plain).filter((each) => each.name !== "auto");
  fillSelect(find("print-type"), others(one.types), [usual]);
  fillSelect(find("print-tray"), others(one.trays), [usual]);
  find("print-said").replaceChildren(...one.troubles.map((said) => make("p", {}, said)));
}

async function toPrinter() {
  const said = find("print-said");
  said.replaceChildren(make("p", {}, t("print.sending")));
  try {
    const asked = {
      printer: find("printer").value, piece: find("print-piece").value,
      copies: Number(find("print-copies").value) || 1, side: Number(find("print-side").value),
      type: find("print-type").value, tray: find("print-tray").value,
    };
    const answer = await askData("POST", address("/print"), asked);
    said.replaceChildren(...answer.said.map((words) => make("p", {}, words)));
  } catch (error) {
    said.replaceChildren();
    throw error;
  }
}
