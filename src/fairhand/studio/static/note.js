// The note on the page: its fields, and who wants to know of changes and of the card made of them.

const listeners = { change: [], filled: [], look: [], state: [] };

export const note = { name: "", title: "", fields: {}, version: "", row: 0, look: null, answer: null };

export const address = (rest = "") => `note/${encodeURIComponent(note.name)}${rest}`;

export function on(event, listener) {
  listeners[event].push(listener);
}

export function tellAll(event, ...given) {
  for (const listener of listeners[event]) listener(...given);
}

/** A field as the page shows it: lines for what is a list in the file. */
export function words(name) {
  const value = note.fields[name];
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join(name === "paragraphs" ? "\n\n" : "\n");
  if (typeof value === "object") return party(value);
  return String(value);
}

/** Sets fields; what is empty or as it is without saying is left out. */
export function set(changes) {
  let changed = false;
  for (const [name, value] of Object.entries(changes)) {
    const isNothing = value === undefined || value === null || value === "";
    if (isNothing ? !(name in note.fields) : same(note.fields[name], value)) continue;
    if (isNothing) delete note.fields[name];
    else note.fields[name] = value;
    changed = true;
  }
  if (changed) tellAll("change", Object.keys(changes));
}

/** Takes all fields at once, from a file or from words that were kept. */
export function take(fields) {
  note.fields = structuredClone(fields);
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// An address that is in parts in the file: its lines, as far as they can be seen without its country.
function party(value) {
  const town = [value.city, value.region, value.postcode].filter(Boolean).join(" ");
  const lines = [value.name, value.organisation, value.care_of].concat(value.address ?? []);
  return [...lines, value.district, town, value.country].filter(Boolean).join("\n");
}
