// Saves the note as it is written: one request at a time, the newest words win.

import { forget, keep, saysTheSame } from "./keeping.js";
import { address, note, on, tellAll } from "./note.js";
import { askData } from "./server.js";

const PAUSE = 15; // milliseconds without a key before words are sent
const LATEST = 400; // milliseconds after the first change that is not sent yet
const MOST_UNANSWERED = 4;
const TRIES = [400, 800, 1500, 3000, 5000]; // milliseconds between tries while nobody answers

let number = 0;
let sentRevision = 0;
let revision = 0;
let firstChange = 0;
let timer = 0;
let isFlying = false;
let missed = 0;
let unanswered = []; // fields that were sent: the file may have them, though nobody has said so

export const isSaved = () => revision === sentRevision && !isFlying && !missed;

export function begin() {
  on("change", changed);
  addEventListener("pagehide", leave);
  addEventListener("online", () => missed && schedule(0));
}

/** Says that the file may have these fields, from an earlier page. */
export function maySay(fields) {
  unanswered = [...unanswered, structuredClone(fields)].slice(-MOST_UNANSWERED);
}

export function changed() {
  revision += 1;
  keep(unanswered);
  if (!firstChange) firstChange = performance.now();
  if (!missed) tellAll("state", "saving");
  schedule();
}

/** Sends all fields at once and waits for the answer, so that what comes next is of these words. */
export async function settled() {
  if (isSaved()) return true;
  schedule(0);
  return new Promise((answer) => {
    const look = setInterval(() => {
      if (isSaved() || missed) {
        clearInterval(look);
        answer(isSaved());
      }
    }, 30);
  });
}

function schedule(wait) {
  if (isFlying) return;
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

async function send() {
  isFlying = true;
  const sending = revision;
  firstChange = 0;
  number += 1;
  const sent = { fields: note.fields, number, row: note.row, version: note.version };
  maySay(note.fields);
  keep(unanswered);
  try {
    const answer = await askData("PUT", address(), sent);
    const wasMissed = missed > 0;
    missed = 0;
    unanswered = [];
    sentRevision = sending;
    note.version = answer.version;
    note.answer = answer;
    if (answer.look) note.look = answer.look;
    if (revision === sending) {
      forget();
      tellAll("state", wasMissed ? "back" : "saved");
    } else {
      keep(unanswered);
    }
    tellAll("look", answer);
  } catch (error) {
    if (error.status === 409) await isAnother(error, sending);
    else failed(error, sending);
  } finally {
    isFlying = false;
  }
  if (missed) retry();
  else if (revision !== sentRevision) schedule();
}

// The file is another than these words began from: they are asked about, unless they were ours.
async function isAnother(error, sending) {
  const found = await askData("GET", address("/fields")).catch(() => null);
  if (!found) {
    failed(error, sending);
  } else if (unanswered.some((one) => saysTheSame(one, found.fields))) {
    note.version = found.version;
  } else {
    missed = 0;
    sentRevision = sending;
    keep();
    tellAll("state", "conflict", found);
  }
}

/** Looks whether the file has other words by now, as after a while in another window. */
export async function lookAgain() {
  if (!isSaved()) return null;
  const found = await askData("GET", address("/fields")).catch(() => null);
  return found && isSaved() && found.version !== note.version ? found : null;
}

function failed(error, sending) {
  keep(unanswered);
  if (error.isAway || error.status === 403 || error.status === 404 || error.status >= 500) {
    missed += 1;
    const isLost = error.isAway || error.status >= 500;
    tellAll("state", isLost ? "lost" : error.status === 404 ? "gone" : "elsewhere", error);
  } else {
    // It was heard, but these very fields cannot be kept: another change is another try.
    missed = 0;
    sentRevision = sending;
    tellAll("state", "refused", error);
  }
}

function leave() {
  if (revision === sentRevision) return;
  // What is still on its way makes another version, which nobody will tell this page.
  const version = isFlying ? "" : note.version;
  const body = JSON.stringify({ fields: note.fields, number: number + 1, row: note.row, version });
  const headers = { "Content-Type": "application/json" };
  fetch(address(), { method: "PUT", headers, body, keepalive: true }).catch(() => {});
}
