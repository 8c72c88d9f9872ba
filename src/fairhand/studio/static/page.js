// What every page does: making elements, telling a screen reader, dialogs, files that are dropped.

export const find = (id) => document.getElementById(id);

/** make("p", {class: "hint", onclick}, "words", element): an element with what is in it. */
export function make(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

export const data = () => JSON.parse(find("data").textContent);

let waiting = 0;

/** Says words to a screen reader; the last ones win where several come at once. */
export function announce(words, after = 120) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    find("status").textContent = words;
  }, after);
}

/** Shows a sentence in an element that is hidden while it has none. */
export function tell(element, ...sentences) {
  const said = sentences.filter(Boolean);
  if (element.dataset.said === said.join("\n")) return;
  element.dataset.said = said.join("\n");
  element.replaceChildren(...said.map((words) => make("p", {}, words)));
  element.hidden = said.length === 0;
}

/** Opens a dialog; answers "yes", or "" when it was closed in another way. */
export function asked(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true });
  });
}

/** Takes a file that is dropped on an element, or chosen with the input in it. */
export function takesFiles(drop, input, take) {
  let depth = 0;
  const over = (is) => drop.classList.toggle("over", is);
  drop.addEventListener("dragenter", (event) => {
    event.preventDefault();
    depth += 1;
    over(true);
  });
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("dragleave", () => {
    depth -= 1;
    over(depth > 0);
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
  });
  input.addEventListener("change", () => {
    if (input.files.length) take(input.files[0]);
    input.value = "";
  });
}

/** The choices of a select, in their groups. */
export function fillSelect(select, choices = [], given = []) {
  const first = given.filter((one) => !choices.some((other) => other.name === one.name));
  const chosen = select.value;
  const parts = first.map((one) => make("option", { value: one.name }, one.title));
  const groups = new Map();
  for (const one of choices) {
    const option = make("option", { value: one.name }, one.title);
    if (!one.group) parts.push(option);
    else {
      if (!groups.has(one.group)) {
        groups.set(one.group, make("optgroup", { label: one.group }));
        parts.push(groups.get(one.group));
      }
      groups.get(one.group).append(option);
    }
  }
  select.replaceChildren(...parts);
  if (chosen) choose(select, chosen);
}

/** Chooses a value, also one that is not among the choices. */
export function choose(select, value) {
  select.value = value;
  if (select.value !== value) {
    select.append(make("option", { value }, value));
    select.value = value;
  }
}

// An address such as "#main" is of the start page, for the base of all pages is there.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  find(link.getAttribute("href").slice(1))?.focus();
});

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-close]")?.closest("dialog")?.close("");
});

// A file that misses its place must not take the page away.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => event.preventDefault());
}
