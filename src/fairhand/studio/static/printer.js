// The printer's page: what was measured is kept.

import { announce, fillSelect, find, make, tell } from "./page.js";
import { askData, download } from "./server.js";
import { t } from "./texts.js";

const form = find("calibration");

function kept(all) {
  find("kept-part").hidden = all.length === 0;
  find("kept").replaceChildren(...all.map((words) => make("li", {}, words)));
}

function wrong(error) {
  tell(find("calibration-wrong"), error.message, error.hint);
  const input = form.elements[error.field];
  for (const one of form.elements) one.removeAttribute("aria-invalid");
  input?.setAttribute?.("aria-invalid", "true");
  (input ?? find("right")).focus();
}

// A number without a unit is in millimetres, as the page says.
const length = (text) => (/^[+-]?[\d.,]+$/.test(text.trim()) ? `${text.trim()}mm` : text.trim());

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  tell(find("calibration-wrong"));
  const asked = {};
  for (const input of form.elements) {
    if (!input.name || !input.value.trim()) continue;
    const isWhich = ["printer", "tray", "medium"].includes(input.name);
    asked[input.name] = isWhich ? input.value.trim() : length(input.value);
  }
  try {
    const answer = await askData("POST", "calibration", asked);
    find("calibration-said").replaceChildren(...answer.said.map((words) => make("p", {}, words)));
    kept(answer.kept ?? (await askData("GET", "calibration")).kept);
  } catch (error) {
    wrong(error);
  }
});

find("forget").addEventListener("click", async () => {
  const which = {};
  for (const name of ["printer", "tray", "medium"]) which[name] = form.elements[name].value.trim();
  try {
    kept((await askData("DELETE", "calibration", which)).kept ?? []);
    find("calibration-said").replaceChildren(make("p", {}, t("printer.forgotten")));
    find("right").focus();
  } catch (error) {
    wrong(error);
  }
});

for (const link of document.querySelectorAll('a[href^="calibration.pdf"]')) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    tell(find("calibration-wrong"));
    try {
      const name = await download(link.getAttribute("href"), "calibration.pdf");
      announce(t("print.downloaded", { name }));
    } catch (error) {
      wrong(error);
    }
  });
}

askData("GET", "calibration").then((answer) => kept(answer.kept), () => {});
askData("GET", "printers").then((found) => {
  const named = found.map((one) => ({ name: one.name, title: one.title || one.name }));
  fillSelect(find("printer"), named, [{ name: "", title: t("printer.usual") }]);
}, () => {});
