// What room is left for words, and what would help when there is none.

import { fill } from "./fields.js";
import { address, note, on, set } from "./note.js";
import { announce, find, make } from "./page.js";
import { askData } from "./server.js";
import { t } from "./texts.js";

const QUIET = 1500; // milliseconds without a key before a screen reader hears the meter
const EACH = 2; // ways of a kind that are seen at first
const PATIENCE = 500; // before other cards and hands are tried

let said = "";
let speaking = 0;
let trying = 0;
let triedFor = "";

export function begin() {
  on("look", shown);
  on("change", () => clearTimeout(trying));
}

function shown(answer) {
  const meter = answer.meter;
  const element = find("meter");
  element.hidden = !meter;
  const isOver = Boolean(meter && meter.spare < 0);
  element.classList.toggle("over", isOver);
  if (!meter) {
    ways([]);
    return;
  }
  const room = meter.count + Math.max(0, meter.spare);
  find("meter-fill").style.width = `${room ? Math.min(100, (100 * meter.count) / room) : 0}%`;
  find("meter-said").textContent = meter.said;
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    if (meter.said !== said) announce(meter.said);
    said = meter.said;
  }, QUIET);
  if (isOver) help(answer.version);
  else ways([]);
}

function help(version) {
  clearTimeout(trying);
  if (version === triedFor) return;
  trying = setTimeout(async () => {
    try {
      const found = await askData("POST", address("/remedies"), { fields: note.fields });
      if (version !== note.version) return;
      triedFor = version;
      ways(found);
    } catch {
      ways([]);
    }
  }, PATIENCE);
}

function ways(found) {
  const button = (one) => make("button", {
    type: "button", class: "button",
    onclick: () => {
      set(one.fields);
      fill();
      find("paragraphs").focus();
    },
  }, one.title);
  if (!found.length) {
    triedFor = "";
    if (!find("remedies").childElementCount) return;
  }
  if (!found.length) {
    find("remedies").replaceChildren();
    return;
  }
  const count = {};
  const rest = [];
  const first = found.filter((one) => {
    const kind = Object.keys(one.fields).join();
    count[kind] = (count[kind] ?? 0) + 1;
    if (count[kind] > EACH) rest.push(one);
    return count[kind] <= EACH;
  });
  const more = rest.length > 0 && make("button", {
    type: "button", class: "link",
    onclick: (event) => {
      const others = rest.map(button);
      event.currentTarget.replaceWith(...others);
      others[0].focus();
    },
  }, t("write.more_ways"));
  const before = make("span", { class: "aside" }, t("write.room"));
  find("remedies").replaceChildren(before, ...first.map(button), ...(more ? [more] : []));
}
