// Saves the note as it is written: one request at a time, the newest words win.

import { forget, keep } from "./keeping.js";
import { address, note, on, take, tellAll } from "./note.js";
import { askData } from "./server.js";

const PAUSE = 15; // milliseconds without a key before words are sent
const LATEST = 400; // milliseconds after the first change that is not sent yet
const TRIES = [400, 800, 1500, 3000, 5000]; // milliseconds between tries while nobody answers

let number = 0;
let sentRevision = 0;
let revision = 0;
let firstChange = 0;
let timer = 0;
let isFlying = false;
let missed = 0;
let isAsking = false; // the file was changed elsewhere, and the person is to say what holds
let isOver = false; // the person said: these words
let known = ""; // the fields as they were when the page and the file last were alike
const sents = []; // fields that were sent and may have been saved, though no answer came
const MOST_SENTS = 10;

/** Fields as one string: a file has its own order of them, and tidy spaces. */
export const plain = (value) => JSON.stringify(value, (_, one) => {
  if (typeof one === "string") return one.normalize().replace(/[\s\p{Cf}]+/gu, " ").trim();
  return one && typeof one === "object" && !Array.isArray(one)
    ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one;
});

const isSaved = () => revision === sentRevision && !isFlying && !missed;

export function begin() {
  addEventListener("focus", () => isSaved() && schedule(0));
  on("change", changed);
  addEventListener("pagehide", leave);
  addEventListener("online", () => missed && schedule(0));
}

export function changed() {
  revision += 1;
  keep(sents);
  if (!firstChange) firstChange = performance.now();
  if (!missed && !isAsking) tellAll("state", "saving");
  schedule();
}

/** What the file held when the page came, where words that were kept have taken its place. */
export function beganFrom(fields) {
  known = plain(fields);
}

/** Saves these words over what became of the file, of which the studio keeps a copy. */
export function over() {
  isAsking = false;
  isOver = true;
  changed();
}

/** Leaves these words for those in the file. */
export function leaveMine() {
  sentRevision = revision;
  forget();
  location.reload();
}

/** Sends all fields at once and waits for the answer, so that what comes next is of these words. */
export async function settled() {
  if (isSaved()) return true;
  schedule(0);
  return new Promise((answer) => {
    const look = setInterval(() => {
      if (isSaved() || missed || isAsking) {
        clearInterval(look);
        answer(isSaved());
      }
    }, 30);
  });
}

function schedule(wait) {
  if (isFlying || isAsking) return;
  clearTimeout(timer);
  if (wait === undefined) {
    if (missed) return retry();
    wait = Math.max(0, Math.min(PAUSE, firstChange + LATEST - performance.now()));
  }
  timer = setTimeout(send, wait);
}

function retry() {
  clearTimeout(timer);
  timer = setTimeout(send, TRIES[Math.min(missed, TRIES.length) - 1]);
}

function onItsWay(fields) {
  const words = plain(fields);
  if (!sents.includes(words) && sents.length < MOST_SENTS) sents.push(words);
  return words;
}

async function send() {
  isFlying = true;
  const sending = revision;
  firstChange = 0;
  number += 1;
  const sent = { fields: note.fields, number, row: note.row, version: note.version, over: isOver };
  const words = onItsWay(note.fields);
  try {
    const answer = await askData("PUT", address(), sent);
    const wasMissed = missed > 0;
    missed = 0;
    sentRevision = sending;
    note.version = answer.version;
    isOver = false;
    known = words;
    sents.length = 0;
    note.answer = answer;
    if (answer.look) note.look = answer.look;
    if (revision === sending) {
      forget();
      tellAll("state", wasMissed ? "back" : "saved");
    } else {
      keep(sents);
    }
    tellAll("look", answer);
  } catch (error) {
    failed(error, sending);
  } finally {
    isFlying = false;
  }
  if (isAsking) return;
  if (missed) retry();
  else if (revision !== sentRevision) schedule();
}

function failed(error, sending) {
  if (error.status === 409 && meets(error.told)) return;
  keep(sents);
  if (error.status === 409 || error.status === 404) {
    isAsking = true;
    tellAll("state", error.status === 409 ? "changed" : "gone", error);
  } else if (error.isAway || error.status === 403 || error.status >= 500) {
    missed += 1;
    tellAll("state", error.isAway ? "lost" : error.status === 403 ? "elsewhere" : "failed", error);
  } else {
    // It was heard, but these very fields cannot be kept: another change is another try.
    missed = 0;
    sentRevision = sending;
    tellAll("state", "refused", error);
  }
}

/** Tells whether nobody has to be asked: the file has words of this page, or this page none. */
function meets(file) {
  const isOurs = sents.includes(plain(file.fields));
  if (!isOurs && plain(note.fields) !== known) return false;
  if (!isOurs) {
    take(file.fields);
    tellAll("state", "taken");
  }
  missed = 0;
  note.version = file.version;
  known = plain(file.fields);
  revision += 1;
  return true;
}

function leave() {
  if (revision === sentRevision || isAsking) return;
  onItsWay(note.fields);
  const { fields, row, version } = note;
  const body = JSON.stringify({ fields, number: number + 1, row, version });
  const headers = { "Content-Type": "application/json" };
  fetch(address(), { method: "PUT", headers, body, keepalive: true }).catch(() => {});
}
