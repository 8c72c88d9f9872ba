// With a table beside the note: its columns to put into the words, and whose card one sees.

import { insert } from "./fields.js";
import { address, note } from "./note.js";
import { find, make } from "./page.js";
import { askData } from "./server.js";
import { changed } from "./saving.js";
import { t } from "./texts.js";

const MOST_CHIPS = 16;

export async function begin() {
  const state = await askData("GET", address("/people/state")).catch(() => null);
  if (!state?.table) return;
  find("people-go").hidden = false;
  find("to-hint").textContent = t("post.to_from_table");
  note.row = 1;
  stepper(state.table.count);
  chips(state.table.insertable ?? []);
  changed();
}

function stepper(count) {
  const input = make("input", { id: "row", type: "number", min: "1", max: String(count), value: "1" });
  const go = (row) => {
    note.row = Math.min(count, Math.max(1, row || 1));
    input.value = note.row;
    changed();
  };
  input.addEventListener("change", () => go(Number.parseInt(input.value, 10)));
  const step = (sign, by, key) => make("button", {
    type: "button", class: "tool", "aria-label": t(key), onclick: () => go(note.row + by),
  }, sign);
  const [before, after] = t("people.row_of", { row: "\u0000", count }).split("\u0000");
  const box = find("rows");
  box.replaceChildren(
    make("div", { class: "stepper" },
      step("‹", -1, "people.previous"),
      make("label", { for: "row", class: "plain" }, before), input,
      make("span", {}, after),
      step("›", 1, "people.next")),
    make("a", { href: address("/people") }, t("people.see_all")),
  );
  box.hidden = false;
}

function chips(insertable) {
  if (!insertable.length) return;
  // A column that is a field of ours, too, is put in by the name of that.
  const columns = insertable.map((one) => one.column);
  const once = insertable.filter((one, at) => columns.indexOf(one.column) === at);
  const all = once.slice(0, MOST_CHIPS).map((one) => make("button", {
    type: "button", class: "chip", "data-insert": one.name,
    title: t("people.insert_title", { name: one.column, example: one.example }),
    onmousedown: (event) => event.preventDefault(),
    onclick: () => insert(`{{ ${one.name} }}`),
  }, one.column));
  const row = make("div", { class: "chips", role: "group", "aria-label": t("people.insert") },
    make("span", { class: "aside" }, t("people.insert")), ...all);
  find("paragraphs").after(row);
}
