// The desk: brings the parts together, and says how the note is kept.

import * as cardNews from "./card.js";
import * as fields from "./fields.js";
import * as front from "./front.js";
import { forget, kept } from "./keeping.js";
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
    if (["lost", "elsewhere", "refused", "failed", "changed", "gone"].includes(state)) trouble.hidden = true;
  }
  if (now === "lost" || now === "elsewhere") {
    say("lost", t("saving.unsaved"));
    if (state !== now) warn(t(`saving.${now}`, { file }), button(t("saving.copy"), copy));
  }
  if (now === "failed") {
    say("lost", t("saving.unsaved"));
    if (state !== now) warn(t("saving.failed", { message: error.said }), button(t("saving.copy"), copy));
  }
  if (now === "changed" || now === "gone") {
    say("lost", t("saving.unsaved"));
    const mine = button(t(`saving.${now}_mine`), saving.over);
    const file = button(t("saving.found_file"), saving.leaveMine);
    warn(t(`saving.${now}`, { file: note.name }), mine, ...(now === "changed" ? [file] : []),
      button(t("saving.copy"), copy));
  }
  if (now === "taken") {
    fields.fill();
    announce(t("saving.taken"));
    return;
  }
  if (now === "refused") {
    say("refused", t("saving.unsaved"));
    warn(t("saving.refused", { message: error.said }));
  }
  if (now !== "saving" || state === "saved" || !state) state = now;
});

/** Takes up words that an earlier page could not save, or asks which ones are meant. */
function takeUp() {
  const mine = kept();
  saving.beganFrom(note.fields);
  const file = saving.plain(note.fields);
  if (!mine || saving.plain(mine.fields) === file) {
    forget();
    return;
  }
  if (mine.version === note.version || mine.sents?.includes(file)) {
    take(mine.fields);
    announce(t("saving.taken_up"));
    return;
  }
  const close = () => {
    trouble.hidden = true;
    find("main").focus();
  };
  warn(
    t("saving.found"),
    button(t("saving.found_mine", { when: clock(new Date(mine.at)) }), () => {
      take(mine.fields);
      fields.fill();
      tell(find("fault"));
      saving.changed();
      close();
    }),
    button(t("saving.found_file"), () => {
      forget();
      close();
    }),
  );
}

async function begin() {
  Object.assign(note, data());
  takeUp();
  const { card = "auto", language = "en" } = note.fields;
  const asked = new URLSearchParams({ language, card });
  // A language or a card that there is not is chosen anew from those that there are.
  const choosing = askData("GET", `choices?${asked}`).catch(() => askData("GET", "choices"));
  fields.begin();
  cardNews.begin();
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
  front.takesPictures();
  look.takesFonts();
  saving.begin();
  saving.changed();
  const choices = await choosing.catch(() => null);
  if (!choices) return;
  look.begin(choices);
  front.begin(choices);
  print.choices(choices);
}

begin();
