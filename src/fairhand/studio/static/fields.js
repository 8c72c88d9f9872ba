// The fields of the page and those of the note; faults and blanks are shown where they are.

import { note, on, set, tellAll, words } from "./note.js";
import { announce, choose, find, make, tell } from "./page.js";
import { t } from "./texts.js";

const TAB_OF = {
  salutation: "write", paragraphs: "write", valediction: "write", signature: "write",
  postscript: "write", place: "write", date: "write", language: "write",
  hand: "look", ink: "look", card: "look", layout: "look", pen: "look", neatness: "look",
  front: "front", front_hand: "front", front_ink: "front", front_place: "front", imprint: "front",
  art: "front", to: "post", from: "post", return_address: "post", address_hand: "post",
};
const QUIET = 1500; // milliseconds without a key before a screen reader hears what is wrong
const WRONG = { look: "fault", write: "fault", front: "front-wrong", post: "post-wrong" };

let chooseTab = () => {};
let keptSignature = "";
let heard = "";
let speaking = 0;

export function opensTabs(choose) {
  chooseTab = choose;
}

/** Shows the fields of the note. */
export function fill() {
  for (const element of document.querySelectorAll("[data-field]")) {
    const value = words(element.dataset.field) || element.dataset.default || "";
    if (element.tagName === "SELECT") choose(element, value);
    else if (element.value !== value) element.value = value;
  }
  signs(words("signature") !== "");
  find("more-words").open ||= ["date", "place"].some((name) => words(name));
  speaks();
  tellAll("filled");
}

// A browser spells by the language of a field, and a screen reader reads by it.
function speaks() {
  for (const element of document.querySelectorAll("textarea[data-field], input[data-field]")) {
    element.lang = words("language") || "en";
    element.dir = "auto";
  }
}

export function begin() {
  fill();
  document.addEventListener("input", (event) => {
    const { field, default: usual } = event.target.dataset ?? {};
    if (!field) return;
    const value = event.target.value;
    set({ [field]: value === usual ? "" : value });
    if (field === "language") speaks();
  });
  for (const form of document.querySelectorAll(".panel form")) {
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  find("sign-hand").addEventListener("change", () => {
    keptSignature = find("signature").value;
    signs(false);
    set({ signature: "" });
  });
  find("sign-name").addEventListener("change", () => {
    signs(true);
    const name = words("from").split("\n")[0];
    find("signature").value = keptSignature || name;
    set({ signature: find("signature").value });
    find("signature").focus();
  });
  on("look", shown);
}

function signs(withName) {
  find("sign-hand").checked = !withName;
  find("sign-name").checked = withName;
  find("signature-field").hidden = !withName;
}

function shown(answer) {
  faults(answer.fault);
  blanks(answer.blanks);
}

const fieldOf = (name) => (name || "").split(/[ .[]/)[0];

function faults(fault) {
  const isEmpty = !["salutation", "paragraphs", "valediction", "postscript"].some((one) => words(one));
  const isBlank = note.answer?.blanks.length > 0;
  const isRoom = note.answer?.meter?.spare < 0;
  const tab = TAB_OF[fieldOf(fault?.field)] ?? "write";
  const where = WRONG[tab] ?? "fault";
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    const said = fault && !isEmpty ? [fault.message, fault.hint].filter(Boolean).join(" ") : "";
    if (said && said !== heard && !isRoom) announce(said);
    heard = said;
  }, QUIET);
  for (const id of new Set(Object.values(WRONG))) {
    const isHere = fault && id === where && !isEmpty && !isBlank && !isRoom;
    tell(find(id), isHere && fault.message, isHere && fault.hint);
  }
  for (const element of document.querySelectorAll("[data-field]")) {
    const isWrong = fault && !isEmpty && element.dataset.field === fieldOf(fault.field);
    if (isWrong) {
      element.setAttribute("aria-invalid", "true");
      describe(element, where, true);
    } else if (element.hasAttribute("aria-invalid")) {
      element.removeAttribute("aria-invalid");
      for (const id of Object.values(WRONG)) describe(element, id, false);
    }
  }
}

function describe(element, id, is) {
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (is) ids.add(id);
  else ids.delete(id);
  if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
  else element.removeAttribute("aria-describedby");
}

let shownBlanks = "";

function blanks(found) {
  const signature = JSON.stringify(found);
  if (signature === shownBlanks) return;
  shownBlanks = signature;
  find("blanks").hidden = found.length === 0;
  const once = [...new Map(found.map((one) => [`${one.field} ${one.text}`, one])).values()];
  find("blank-list").replaceChildren(...once.map((one) => make("li", {}, make("button", {
    type: "button", class: "button", onclick: () => goTo(one),
    "aria-label": t("write.go_to_blank", { text: one.asked, field: titleOf(one.field) }),
  }, one.asked))));
}

export function titleOf(field) {
  const element = elementOf(field);
  return element ? (document.querySelector(`label[for="${element.id}"]`)?.textContent ?? "") : field;
}

const elementOf = (field) => document.querySelector(`[data-field="${fieldOf(field)}"]`);

/** Goes to the field of a blank and marks the blank, so that the next key replaces it. */
function goTo(blank) {
  const element = elementOf(blank.field);
  if (!element) return;
  chooseTab(TAB_OF[fieldOf(blank.field)] ?? "write");
  element.closest("details")?.setAttribute("open", "");
  element.focus();
  const at = element.value.replace(/\s/g, " ").indexOf(blank.text);
  if (at >= 0) element.setSelectionRange(at, at + blank.text.length);
}

export function goToFirst() {
  const [blank] = note.answer?.blanks ?? [];
  if (blank) goTo(blank);
  else {
    chooseTab("write");
    find("paragraphs").focus();
  }
}

/** Puts words in at the caret of the field that was worked in last; Tab only passes through. */
let lastField = null;
for (const kind of ["pointerdown", "keydown", "input"]) {
  document.addEventListener(kind, (event) => {
    if (["Tab", "Shift"].includes(event.key)) return;
    if (event.target.matches?.("textarea[data-field], input[data-field]")) lastField = event.target;
  });
}

export function insert(text) {
  const element = lastField ?? find("paragraphs");
  element.focus();
  const isInWord = /[^\s([“"]$/.test(element.value.slice(0, element.selectionStart));
  element.setRangeText((isInWord ? " " : "") + text, element.selectionStart, element.selectionEnd, "end");
  element.dispatchEvent(new Event("input", { bubbles: true }));
}
