// Sheets of labels are many: some words of what is on the packet find those to choose from.

import { fillSelect } from "./page.js";
import { askData } from "./server.js";
import { t } from "./texts.js";

const PAUSE = 200; // milliseconds without a key before sheets are looked for

export function findsLabels(input, select) {
  let timer = 0;
  let asked = "";
  const look = async () => {
    asked = input.value.trim();
    const mine = asked;
    const found = await askData("GET", `labels?words=${encodeURIComponent(asked)}`).catch(() => null);
    if (!found || mine !== asked) return;
    const before = select.value;
    select.replaceChildren();
    fillSelect(select, found.length ? found : [{ name: "", title: t("print.no_labels") }]);
    select.value = (found.find((one) => one.name === before) ?? found[0])?.name ?? "";
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  return look;
}
