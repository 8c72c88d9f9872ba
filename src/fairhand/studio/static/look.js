// Look: hands in one's own words, ink, paper, card, layout, and how freely it is written.

import { pictured, repicture, swatch } from "./choices.js";
import { fill } from "./fields.js";
import { setting } from "./keeping.js";
import { address, note, on, set, words } from "./note.js";
import { choose, fillSelect, find, takesFiles } from "./page.js";
import { ask, askData } from "./server.js";
import { setPaper } from "./stage.js";
import { changed, settled } from "./saving.js";
import { t } from "./texts.js";

const USUAL_HAND = "mynerve";
const USUAL_INK = "blue-black";
const WIDTH = 440; // pixels of a picture of a hand

let isShown = false;
let written = "";
let refreshing = 0;
let layouts = [];
let hands = null;

export function isOpen(is) {
  isShown = is;
  if (is) refresh(0);
}

/** Takes a font at once, before it is known what else there is. */
export const takesFonts = () => takesFiles(find("hand-drop"), find("hand-file"), ownHand);

export function begin(choices) {
  layouts = choices.layouts;
  const sized = choices.cards.map((one) => (
    one.about ? { ...one, title: `${one.title} · ${one.about}` } : one));
  fillSelect(find("card"), sized, [{ name: "auto", title: t("look.auto_card") }]);
  fillSelect(find("layout"), layouts, [{ name: "auto", title: t("look.auto_layout") }]);
  fillSelect(find("pen"), choices.pens, [{ name: "auto", title: t("look.auto_pen") }]);
  fillSelect(find("language"), choices.languages);
  fillSelect(find("front_hand"), [], [{ name: "auto", title: t("look.auto_hand") }]);
  fill();
  inks(choices.inks);
  about();
  find("card").addEventListener("input", moreLayouts);
  find("layout").addEventListener("input", about);
  for (const radio of find("paper-colours").querySelectorAll("input")) {
    radio.checked = radio.value === setting("paper", "white");
    radio.addEventListener("change", () => setPaper(radio.value));
  }
  neatness();
  find("large").checked = Boolean(note.fields.large);
  find("large").addEventListener("change", (event) => set({ large: event.target.checked || "" }));
  find("again").addEventListener("click", again);
  on("look", () => isShown && refresh(900));
  on("filled", filled);
  if (isShown) refresh(0);
}

function inks(all) {
  const chosen = words("ink") || USUAL_INK;
  const onchange = (event) => set({ ink: event.target.value === USUAL_INK ? "" : event.target.value });
  const known = all.some((one) => one.name === chosen);
  const own = known ? [] : [{ name: chosen, title: t("look.other_ink", { name: chosen }), colour: chosen }];
  find("inks").replaceChildren(...[...all, ...own].map((one) => swatch("ink", one, { chosen, onchange })));
}

function about() {
  find("layout-about").textContent =
    layouts.find((one) => one.name === find("layout").value)?.about ?? "";
}

// Which layouts there are depends on the card.
async function moreLayouts() {
  const asked = `choices?language=${words("language") || "en"}&card=${encodeURIComponent(find("card").value)}`;
  const found = await askData("GET", asked).catch(() => null);
  if (!found) return;
  layouts = found.layouts;
  fillSelect(find("layout"), layouts, [{ name: "auto", title: t("look.auto_layout") }]);
  choose(find("layout"), words("layout") || "auto");
  about();
}

function neatness() {
  const slider = find("neatness");
  const said = () =>
    slider.setAttribute("aria-valuetext", t("look.neatness_value", { percent: Math.round(100 * slider.value) }));
  slider.value = note.fields.neatness ?? 1;
  said();
  slider.addEventListener("input", () => {
    const value = Number(slider.value);
    set({ neatness: value === 1 ? "" : value });
    said();
  });
}

// What was chosen elsewhere, as by a way out of too many words, is chosen here too.
function filled() {
  for (const [name, usual] of [["hand", USUAL_HAND], ["ink", USUAL_INK]]) {
    for (const radio of document.querySelectorAll(`input[name="${name}"]`)) {
      radio.checked = radio.value === (words(name) || usual);
    }
  }
  find("neatness").value = note.fields.neatness ?? 1;
  find("large").checked = Boolean(note.fields.large);
}

function again() {
  const seed = Number.parseInt(note.fields.seed ?? "1", 10);
  set({ seed: String((Number.isNaN(seed) ? 1 : seed) + 1) });
}

const picture = (name) =>
  address(`/hand/${encodeURIComponent(name)}.png?width=${WIDTH}&v=${note.version}`);

const wordsNow = () =>
  JSON.stringify(["salutation", "paragraphs", "language", "ink", "pen", "neatness", "seed", "large"]
    .map((name) => note.fields[name] ?? null));

/** New pictures where the words are others, once nobody types. */
function refresh(after) {
  clearTimeout(refreshing);
  refreshing = setTimeout(async () => {
    if (!(await settled())) return;
    if (!hands) await listHands();
    else if (wordsNow() !== written) {
      for (const image of find("hands").querySelectorAll("img")) {
        repicture(image, picture(image.closest("label").querySelector("input").value));
      }
    }
    written = wordsNow();
  }, after);
}

/** Lists the hands for the words on the front too, unless they are listed. */
export function needHands() {
  if (!hands) refresh(0);
}

async function listHands() {
  hands = await askData("GET", address("/hands")).catch(() => null);
  if (!hands) return;
  const chosen = words("hand") || USUAL_HAND;
  const onchange = (event) => set({ hand: event.target.value === USUAL_HAND ? "" : event.target.value });
  find("hands").replaceChildren(...hands.map((one) => (
    pictured("hand", one, { chosen, source: picture(one.name), width: WIDTH, onchange }))));
  if (!hands.some((one) => one.name === chosen)) ownChoice(chosen);
  const other = [{ name: "auto", title: t("look.auto_hand") }];
  fillSelect(find("front_hand"), hands, other);
  fill();
}

function ownChoice(file) {
  find("hands").querySelector("[data-own]")?.remove();
  const one = { name: file, title: t("look.own_hand_named", { name: file }), about: "" };
  const onchange = () => set({ hand: file });
  const choice = pictured("hand", one, { chosen: words("hand"), source: "", width: WIDTH, onchange });
  choice.dataset.own = "";
  find("hands").prepend(choice);
}

async function ownHand(file) {
  find("hand-wrong").textContent = "";
  try {
    const asked = address(`/hand?name=${encodeURIComponent(file.name)}`);
    const taken = await (await ask("PUT", asked, file)).json();
    set({ hand: taken.file });
    changed(); // also where another font has come under the same name
    ownChoice(taken.file);
  } catch (error) {
    find("hand-wrong").textContent = error.said;
  }
}
