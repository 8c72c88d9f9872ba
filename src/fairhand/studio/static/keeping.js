// Words that are not saved yet, kept in the browser by the file's name and the version they began from.

import { note } from "./note.js";

const key = () => `fairhand note ${note.name}`;

/** Keeps the words of now, and those that may have reached the file already (`sent`). */
export function keep(sent = []) {
  const kept = { version: note.version, fields: note.fields, sent, at: Date.now() };
  try {
    localStorage.setItem(key(), JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still has the words on the page.
  }
}

export function forget() {
  try {
    localStorage.removeItem(key());
  } catch {
    // Nothing was kept.
  }
}

export function kept() {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? "null");
  } catch {
    return null;
  }
}

/** Tells whether fields say the same: a file has its own order of them, and tidy spaces. */
export function saysTheSame(one, other) {
  return plain(one) === plain(other);
}

function plain(value) {
  const sorted = (_, part) => {
    if (typeof part === "string") return part.normalize().replace(/[\s\p{Cf}]+/gu, " ").trim();
    const isParts = part && typeof part === "object" && !Array.isArray(part);
    return isParts ? Object.fromEntries(Object.entries(part).sort()) : part;
  };
  return JSON.stringify(value, sorted);
}

/** Settings of the eye, such as the paper's colour: they belong to this browser, not to a note. */
export function setting(name, usual) {
  try {
    return JSON.parse(localStorage.getItem(`fairhand ${name}`) ?? "null") ?? usual;
  } catch {
    return usual;
  }
}

export function keepSetting(name, value) {
  try {
    localStorage.setItem(`fairhand ${name}`, JSON.stringify(value));
  } catch {
    // Then it is as usual the next time.
  }
}
