// The desk: brings the parts together, and says how the note is kept.

import * as fields from "./fields.js";
import * as front from "./front.js";
import { forget, kept, saysTheSame } from "./keeping.js";
import * as look from "./look.js";
import * as meter from "./meter.js";
import { note, on, take } from "./note.js";
import { announce, data, find, make, tell } from "./page.js";
import * as post from "./post.js";
import * as print from "./print.js";
import * as rows from "./rows.js";
import * as saving from "./saving.js";
import { askData } from "./server.js";
import * as stage from "./stage.js";
import { tabs } from "./tabs.js";
import { clock, t } from "./texts.js";

const VIEWS = { write: "inside", look: "inside", front: "front", post: "envelope" };

const saved = find("saved");
const trouble = find("trouble");

function say(state, words) {
  saved.dataset.state = state;
  if (saved.textContent !== words) saved.textContent = words;
}

function warn(words, ...buttons) {
  const row = buttons.length ? make("div", { class: "row" }, ...buttons) : null;
  trouble.replaceChildren(make("p", {}, words), ...(row ? [row] : []));
  trouble.hidden = false;
}

const button = (words, onclick, kind = "button") =>
  make("button", { type: "button", class: kind, onclick }, words);

async function copy() {
  const text = ["salutation", "paragraphs", "valediction", "signature", "postscript"]
    .map((name) => find(name).value).filter(Boolean).join("\n\n");
  await navigator.clipboard.writeText(text);
  announce(t("saving.copied"));
}

let state = "";

on("state", (now, error) => {
  const file = note.name;
  if (now === "saving") say("saving", t("saving.saving"));
  if (now === "saved" || now === "back") {
    say("saved", t("saving.saved", { file }));
    if (now === "back") announce(t("saving.back"));
    if (["lost", "elsewhere", "gone", "refused", "conflict"].includes(state)) trouble.hidden = true;
  }
  if (["lost", "elsewhere", "gone"].includes(now)) {
    say("lost", t("saving.unsaved"));
    if (state !== now) warn(t(`saving.${now}`, { file }), button(t("saving.copy"), copy));
  }
  if (now === "conflict") {
    say("refused", t("saving.unsaved"));
    // `error` is what the file has instead.
    whichWords(new Date(), () => saveMine(note.fields, error.version), () => fromFile(error));
  }
  if (now === "refused") {
    say("refused", t("saving.unsaved"));
    warn(t("saving.refused", { message: error.said }));
  }
  if (now !== "saving" || state === "saved" || !state) state = now;
});

/** Asks which words are meant: those on the page, or those in the file. */
function whichWords(when, mine, files) {
  const chosen = (work) => () => {
    trouble.hidden = true;
    work();
    find("main").focus();
  };
  warn(
    t("saving.found"),
    button(t("saving.found_mine", { when: clock(when) }), chosen(mine)),
    button(t("saving.found_file"), chosen(files)),
  );
}

function saveMine(words, version) {
  note.version = version;
  take(words);
  fields.fill();
  tell(find("fault"));
  saving.changed();
}

function fromFile(found) {
  saveMine(found.fields, found.version);
}

/** Takes up words that an earlier page could not save, or asks which ones are meant. */
function takeUp() {
  const mine = kept();
  if (!mine || saysTheSame(mine.fields, note.fields)) {
    forget();
    return;
  }
  const sent = mine.sent ?? [];
  if (mine.version === note.version || sent.some((one) => saysTheSame(one, note.fields))) {
    take(mine.fields);
    saving.maySay(mine.fields);
    announce(t("saving.taken_up"));
    return;
  }
  whichWords(new Date(mine.at), () => saveMine(mine.fields, note.version), forget);
}

/** Shows what the file has by now: another page or an editor may have written in it. */
async function lookAgain() {
  if (document.visibilityState !== "visible") return;
  const found = await saving.lookAgain();
  if (found) fromFile(found);
}

async function begin() {
  Object.assign(note, data());
  takeUp();
  const { card = "auto", language = "en" } = note.fields;
  const asked = new URLSearchParams({ language, card });
  // A language or a card that there is not is chosen anew from those that there are.
  const choosing = askData("GET", `choices?${asked}`).catch(() => askData("GET", "choices"));
  fields.begin();
  meter.begin();
  rows.begin();
  stage.begin();
  const choose = tabs(document.querySelector(".tabs"), (name) => {
    if (VIEWS[name]) stage.show(VIEWS[name], { quietly: true });
    look.isOpen(name === "look");
    front.isOpen(name === "front");
    if (name === "print") print.open();
  });
  fields.opensTabs(choose);
  post.begin(choose);
  print.begin(choose);
  saving.begin();
  addEventListener("focus", lookAgain);
  document.addEventListener("visibilitychange", lookAgain);
  saving.changed();
  const choices = await choosing.catch(() => null);
  if (!choices) return;
  look.begin(choices);
  front.begin(choices);
  print.choices(choices);
}

begin();
