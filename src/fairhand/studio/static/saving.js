// Saves the note as it is written: one request at a time, the newest words win.

import { forget, keep } from "./keeping.js";
import { address, note, on, tellAll } from "./note.js";
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

export const isSaved = () => revision === sentRevision && !isFlying && !missed;

export function begin() {
  on("change", changed);
  addEventListener("pagehide", leave);
  addEventListener("online", () => missed && schedule(0));
}

export function changed() {
  revision += 1;
  keep();
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
  const sent = { fields: note.fields, number, row: note.row };
  try {
    const answer = await askData("PUT", address(), sent);
    const wasMissed = missed > 0;
    missed = 0;
    sentRevision = sending;
    note.version = answer.version;
    note.answer = answer;
    if (answer.look) note.look = answer.look;
    if (revision === sending) {
      forget();
      tellAll("state", wasMissed ? "back" : "saved");
    } else {
      keep();
    }
    tellAll("look", answer);
  } catch (error) {
    failed(error, sending);
  } finally {
    isFlying = false;
  }
  if (missed) retry();
  else if (revision !== sentRevision) schedule();
}

function failed(error, sending) {
  keep();
  if (error.isAway || error.status === 403 || error.status === 404 || error.status >= 500) {
    missed += 1;
    tellAll("state", error.isAway || error.status >= 500 ? "lost" : "elsewhere", error);
  } else {
    // It was heard, but these very fields cannot be kept: another change is another try.
    missed = 0;
    sentRevision = sending;
    tellAll("state", "refused", error);
  }
}

function leave() {
  if (revision === sentRevision) return;
  const body = JSON.stringify({ fields: note.fields, number: number + 1, row: note.row });
  const headers = { "Content-Type": "application/json" };
  fetch(address(), { method: "PUT", headers, body, keepalive: true }).catch(() => {});
}
