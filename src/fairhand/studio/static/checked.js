// What the looking through of a table has found: bad rows first, then what to look at, then the hardest cards.

import { announce, find, make } from "./page.js";
import { counted, t } from "./texts.js";

const MOST = 200;

let shown = "";
let heard = "";

export function checked(check, people) {
  const signature = JSON.stringify(check);
  if (signature === shown) return;
  shown = signature;
  const box = find("check");
  if (!check || check.state === "working") {
    box.replaceChildren(make("p", { class: "aside" }, counted("people.checking", check?.rows ?? 0)));
    return;
  }
  if (check.error) {
    const { error } = check;
    box.replaceChildren(make("div", { class: "notice wrong", role: "alert" },
      make("p", {}, error.message), error.hint ? make("p", {}, error.hint) : null));
    return;
  }
  const parts = [];
  if (check.bad.length) {
    const said = counted("people.bad", check.bad_rows);
    const more = check.bad_rows - new Set(check.bad.slice(0, MOST).map((one) => one.row)).size;
    say(said);
    parts.push(make("p", { class: "bad-said" }, said), make("p", { class: "aside" }, t("people.bad_about")),
      rows(check.bad), more > 0 && make("p", { class: "aside" }, counted("people.bad_more", more)));
  } else {
    const said = counted("people.all_good", check.rows);
    say(said);
    parts.push(make("p", { class: "good-said" }, said));
  }
  if (check.warnings?.length) {
    parts.push(make("details", { class: "more" },
      make("summary", {}, counted("people.warnings", check.warnings.length)), rows(check.warnings)));
  }
  if (check.worst?.length) {
    parts.push(make("h3", {}, t("people.worst")), make("p", { class: "aside" }, t("people.worst_about")),
      make("ul", { class: "worst" }, ...check.worst.map((one) => worst(one, people))));
  }
  box.replaceChildren(...parts.filter(Boolean));
}

function say(words) {
  if (words !== heard) announce(words);
  heard = words;
}

function rows(all) {
  const heads = ["row", "who", "what", "do"].map((key) =>
    make("th", { scope: "col" }, t(`people.${key}`)));
  const cell = (key, words, kind = "td") =>
    make(kind, { "data-head": t(`people.${key}`), scope: kind === "th" ? "row" : null }, words || "–");
  const lines = all.slice(0, MOST).map((one) => make("tr", {},
    cell("row", String(one.row), "th"), cell("who", one.name), cell("what", one.message),
    cell("do", one.hint)));
  return make("table", { class: "bad" }, make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...lines));
}

function worst(one, people) {
  const said = t("people.worst_of", one);
  return make("li", {}, make("figure", {},
    make("img", { src: people(`/worst/${one.number}.png`), alt: said, loading: "lazy" }),
    make("figcaption", {}, make("strong", {}, one.name), make("span", {}, `${t("people.row")} ${one.row}`),
      make("em", {}, one.why))));
}
