// Says it when a note has gone to another card by itself, and lets one stay with the one before.

import { fill } from "./fields.js";
import { on, set, words } from "./note.js";
import { announce, find, make } from "./page.js";
import { t } from "./texts.js";

let last = null;

export function begin() {
  on("look", (answer) => {
    if (!answer.look) return;
    const { card, card_title: title } = answer.look;
    const before = last;
    last = { card, title };
    const said = find("card-changed");
    if (words("card")) said.hidden = true;
    else if (before && before.card !== card) show(said, before, title);
  });
}

function show(said, before, title) {
  const sentence = t("stage.card_changed", { card: title });
  const keep = () => {
    set({ card: before.card });
    fill();
    said.hidden = true;
    find("main").focus();
  };
  said.replaceChildren(sentence, " ",
    make("button", { type: "button", class: "link", onclick: keep },
      t("stage.keep_card", { card: before.title })));
  said.hidden = false;
  announce(sentence);
}
