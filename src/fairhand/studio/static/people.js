// A table of many people: its columns, its bad rows, its hardest cards, and then all the cards.

import { checked } from "./checked.js";
import { findsLabels } from "./labels.js";
import { making } from "./making.js";
import { address, note } from "./note.js";
import { announce, data, fillSelect, find, make, takesFiles, tell } from "./page.js";
import { askData } from "./server.js";
import { counted, listed, t, has } from "./texts.js";

const OFTEN = 400; // milliseconds between looks at what is at work
const USUAL = ["name", "first_name", "address", "city", "region", "postcode", "country"];
const PAUSE = 400; // milliseconds in which a column is chosen
const SELDOM = 2500; // where nobody answers

let timer = 0;
let shownTable = "";
let state = null;

const people = (rest = "") => address(`/people${rest}`);

function wrong(error) {
  tell(find("people-wrong"), error?.message, error?.hint);
  if (error) find("people-wrong").scrollIntoView({ block: "nearest" });
}

let acts = 0;
let lastAct = Promise.resolve();

/** Asks the studio, one thing after the other, and shows the state that it answers with at last. */
export function act(method, rest, body) {
  const mine = (acts += 1);
  lastAct = lastAct.then(async () => {
    try {
      const now = await askData(method, people(rest), body);
      if (mine !== acts) return;
      shown(now);
      wrong(null);
    } catch (error) {
      wrong(error);
    }
  });
  return lastAct;
}

async function look() {
  const before = acts;
  try {
    const now = await askData("GET", people("/state"));
    if (before === acts) shown(now);
    if (find("people-wrong").dataset.away) wrong(null);
    delete find("people-wrong").dataset.away;
  } catch (error) {
    wrong(error);
    find("people-wrong").dataset.away = "yes";
    timer = setTimeout(look, SELDOM);
  }
}

function shown(now) {
  state = now;
  const { table, check } = now;
  find("table-there").hidden = !table;
  for (const part of ["columns", "check", "make"]) find(`part-${part}`).hidden = !table;
  find("people-drop-said").textContent = t(table ? "people.drop_other" : "people.drop");
  if (table && Object.keys(changed).length === 0) {
    if (JSON.stringify(table) !== shownTable) tableShown(table);
    shownTable = JSON.stringify(table);
  }
  if (table) {
    checked(check, people);
    making(now);
  }
  if (!table) shownTable = "";
  clearTimeout(timer);
  const isBusy = check?.state === "working" || now.making?.state === "working";
  if (isBusy) timer = setTimeout(look, OFTEN);
}

function tableShown(table) {
  find("table-there").replaceChildren(
    make("p", { class: "table-name" }, make("strong", {}, table.name), " · ",
      counted("people.count", table.count)),
    make("button", { type: "button", class: "link quiet", onclick: () => act("DELETE", "") },
      t("people.without")),
  );
  columns(table);
  const told = [...(table.told ?? [])];
  const headed = new Map((table.insertable ?? []).map((one) => [one.name, one.column]));
  const written = [...new Set((table.wanted ?? []).map((name) => headed.get(name)).filter(Boolean))];
  if (written.length) told.push(t("people.in_words", { names: listed(written) }));
  if (table.unused?.length) told.push(t("people.unused", { names: listed(table.unused) }));
  find("told").replaceChildren(...told.map((words) => make("li", {}, words)));
}

const titleOf = (field) =>
  has(`people.field.${field}`)
    ? t(`people.field.${field}`)
    : (field.charAt(0).toUpperCase() + field.slice(1)).replaceAll("_", " ");

function columns(table) {
  const isInParts = table.columns.first_name && table.columns.last_name;
  const usual = USUAL.filter((field) => field !== "name" || !isInParts);
  const named = [...Object.keys(table.columns), ...(table.missing ?? [])];
  const fields = [...new Set([...usual, ...named])];
  const examples = new Map((table.insertable ?? []).map((one) => [one.column, one.example]));
  const focused = document.activeElement?.id;
  find("columns").replaceChildren(...fields.map((field) => {
    const now = table.columns[field] ?? [];
    const id = `column-${field}`;
    const select = make("select", { id, "aria-describedby": `${id}-hint` });
    const joined = now.length > 1
      ? [{ name: now.join("\n"), title: now.join(" + ") }] : [];
    const every = table.headers.map((name) => ({ name, title: name }));
    fillSelect(select, every, [{ name: "", title: t("people.no_column") }, ...joined]);
    select.value = now.join("\n");
    select.addEventListener("change", () => matched(field, select.value.split("\n")[0]));
    const example = now.map((name) => examples.get(name)).filter(Boolean).join(" ");
    const hints = [
      example && t("people.example", { example }),
      (table.missing ?? []).includes(field) && t("people.needed"),
    ].filter(Boolean).join("; ");
    return make("div", { class: "match" },
      make("label", { for: id }, titleOf(field)), select,
      make("p", { class: "hint", id: `${id}-hint` }, hints));
  }));
  if (focused) find(focused)?.focus();
}

let changed = {};
let pause = 0;

// Arrow keys pass by what is not wanted: only what is stayed at is sent, and looked through.
function matched(field, column) {
  changed[field] = column;
  clearTimeout(pause);
  pause = setTimeout(() => {
    const columns = changed;
    changed = {};
    act("POST", "/columns", { columns });
  }, PAUSE);
}

async function begin() {
  Object.assign(note, data());
  takesFiles(find("people-drop"), find("people-file"), (file) => {
    announce(t("people.taking", { name: file.name }));
    act("PUT", `?name=${encodeURIComponent(file.name)}`, file);
  });
  const looksForLabels = findsLabels(find("make-find"), find("make-sheet"));
  const labelled = () => {
    const isLabels = find("make").elements.envelopes.value === "labels";
    find("label-options").hidden = !isLabels;
    if (isLabels && !find("make-sheet").length) looksForLabels();
  };
  find("make").addEventListener("change", () => {
    labelled();
    making(state);
  });
  find("make").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (find("make-now").getAttribute("aria-disabled") === "true") {
      announce(find("make-why").textContent);
      return;
    }
    const form = event.target.elements;
    const isLabels = form.envelopes.value === "labels";
    await act("POST", "/make", {
      skip_bad: find("skip-bad").checked,
      keep_duplicates: find("keep-duplicates").checked,
      envelopes: form.envelopes.value,
      labels: isLabels ? find("make-sheet").value : "",
      start: isLabels ? Number(find("make-start").value) || 1 : 1,
      press: find("make-press").checked,
      on: find("make-on").value,
    });
  });
  find("stop").addEventListener("click", () => act("POST", "/stop"));
  askData("GET", "choices").then((choices) => {
    fillSelect(find("make-on"), choices.papers, [{ name: "", title: t("people.on_cards") }]);
  }, () => {});
  await look();
  // Who loads the page again meanwhile wants to know how far it is.
  if (state?.making?.state === "working") find("making").scrollIntoView({ block: "center" });
}

begin();
