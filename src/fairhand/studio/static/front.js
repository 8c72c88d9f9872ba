// Front: a drawing or a picture of one's own, where it is, and words on it.

import { pictured, repicture } from "./choices.js";
import { fill } from "./fields.js";
import { keepSetting, setting } from "./keeping.js";
import { address, note, on, set } from "./note.js";
import { announce, fillSelect, find, takesFiles, tell } from "./page.js";
import { needHands } from "./look.js";
import { askData } from "./server.js";
import { changed, settled } from "./saving.js";
import { faceOf, show, viewNow } from "./stage.js";
import { t } from "./texts.js";

const WIDTH = 220; // pixels of a picture of a front
const SLIDERS = { "art-zoom": "zoom", "art-across": "across", "art-down": "down" };

let fronts = [];
let isShown = false;
let listed = "";

export function isOpen(is) {
  isShown = is;
  if (!is) return;
  list();
  needHands();
}

const art = () => {
  const value = note.fields.art;
  return typeof value === "string" ? { file: value } : { ...(value ?? {}) };
};
const isDrawn = () => fronts.some((one) => one.name === art().file);
const isOwn = () => Boolean(art().file) && !isDrawn();

/** Changes what is said of the art; what is as usual is left out. */
function place(changes) {
  const usual = { page: 1, fit: "auto", across: 0.5, down: 0.5, zoom: 1, words: true };
  const placed = { ...art(), ...changes };
  for (const [name, value] of Object.entries(usual)) {
    if (placed[name] === value) delete placed[name];
  }
  set({ art: placed.file ? placed : "" });
  shown();
}

/** Takes a picture at once, before it is known what else there is. */
export const takesPictures = () => takesFiles(find("art-drop"), find("art-file"), own);

export function begin(choices) {
  fronts = choices.fronts;
  fillSelect(find("front_ink"), choices.inks, [{ name: "auto", title: t("look.auto_ink") }]);
  fill();
  for (const radio of find("placing").querySelectorAll('[name="fit"]')) {
    radio.addEventListener("change", () => place({ fit: radio.value }));
  }
  for (const [id, name] of Object.entries(SLIDERS)) {
    find(id).addEventListener("input", (event) => place({ [name]: Number(event.target.value) }));
  }
  find("art-page").addEventListener("input", (event) => {
    place({ page: Math.max(1, Number.parseInt(event.target.value, 10) || 1) });
  });
  find("own-words").addEventListener("change", (event) => place({ words: event.target.checked }));
  on("look", () => isShown && list());
  on("filled", shown);
  dragging();
  shown();
  if (isShown) list();
}

function shown() {
  const now = art();
  find("placing").hidden = !isOwn();
  find("own-words-field").hidden = !isDrawn();
  find("own-words").checked = now.words !== false;
  find("art-name").textContent = isOwn() ? now.file : "";
  for (const radio of find("placing").querySelectorAll('[name="fit"]')) {
    radio.checked = radio.value === (now.fit ?? "auto");
  }
  for (const [id, name] of Object.entries(SLIDERS)) {
    if (document.activeElement !== find(id)) find(id).value = now[name] ?? (name === "zoom" ? 1 : 0.5);
  }
  find("art-page-field").hidden = !/\.pdf$/i.test(now.file ?? "");
  find("art-page").value = now.page ?? 1;
  faceOf("front")?.classList.toggle("movable", isOwn());
}

const picture = (name) =>
  address(`/front/${encodeURIComponent(name)}.png?width=${WIDTH}&v=${note.version}`);

// A picture of one's own is seen as it is on the card.
function ownPicture() {
  const panel = note.look?.panels.find((one) => one.name === "front");
  return panel?.picture ? `${panel.picture}?dpi=60` : "";
}

async function list() {
  if (!fronts.length || !(await settled())) return;
  const { front, front_hand, front_ink, card, to, from, signature, language } = note.fields;
  const made = JSON.stringify([front, front_hand, front_ink, card, to, from, signature, language]);
  const chosen = art().file ?? "";
  if (!listed) {
    const onchange = (event) => place({ file: event.target.value, page: 1 });
    const nothing = { name: "", title: t("front.none"), about: "" };
    const owned = isOwn() ? [{ name: chosen, title: t("front.own"), about: "" }] : [];
    find("fronts").replaceChildren(...[nothing, ...owned, ...fronts].map((one) => {
      const source = fronts.includes(one) ? picture(one.name) : one.name && ownPicture();
      const choice = pictured("front", { ...one, about: "" }, { chosen, source, width: WIDTH, onchange });
      if (fronts.includes(one)) choice.querySelector("img")?.addEventListener("error", () => choice.remove());
      return choice;
    }));
  } else if (listed !== made) {
    for (const image of find("fronts").querySelectorAll("img")) {
      const { value } = image.closest("label").querySelector("input");
      if (fronts.some((one) => one.name === value)) repicture(image, picture(value));
    }
  }
  const mine = isOwn() && find("fronts").querySelector(`input[value="${CSS.escape(chosen)}"] ~ * img`);
  if (mine && ownPicture()) repicture(mine, ownPicture());
  listed = made;
}

async function own(file) {
  tell(find("front-wrong"));
  announce(t("front.taking", { name: file.name }));
  try {
    const asked = address(`/art?name=${encodeURIComponent(file.name)}`);
    const taken = await askData("PUT", asked, file);
    keepSetting(`size ${taken.file}`, await sizeOf(file));
    set({ art: { file: taken.file } });
    changed(); // also where another picture has come under the same name
    listed = "";
    await list();
    shown();
    show("front");
  } catch (error) {
    tell(find("front-wrong"), error.message, error.hint);
  }
}

// How wide and how high a picture is; null where the browser does not know, as of a PDF.
async function sizeOf(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** By how many times the front's width and height the picture is larger than the front. */
function slack({ file, zoom = 1 }, box) {
  const [width, height] = setting(`size ${file}`, null) ?? [1.5 * box.width, 1.5 * box.height];
  const scale = zoom * Math.max(box.width / width, box.height / height);
  return [(scale * width) / box.width - 1, (scale * height) / box.height - 1];
}

// The picture follows the finger: what is kept moves the other way.
function dragging() {
  const scene = find("scene");
  let from = null;
  scene.addEventListener("pointerdown", (event) => {
    const face = event.target.closest('[data-panel="front"]');
    if (!face || !isOwn() || !isShown || viewNow() !== "front" || event.button) return;
    const { across = 0.5, down = 0.5 } = art();
    const box = face.getBoundingClientRect();
    from = { x: event.clientX, y: event.clientY, across, down, box, slack: slack(art(), box) };
    scene.setPointerCapture(event.pointerId);
  });
  scene.addEventListener("pointermove", (event) => {
    if (!from) return;
    const share = (moved, size, room) => (room > 0.01 ? moved / size / room : 0);
    const x = share(event.clientX - from.x, from.box.width, from.slack[0]);
    const y = share(event.clientY - from.y, from.box.height, from.slack[1]);
    if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > 4) scene.dataset.dragged = "";
    const held = (value) => Math.round(100 * Math.min(1, Math.max(0, value))) / 100;
    place({ across: held(from.across - x), down: held(from.down - y) });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    scene.addEventListener(end, () => {
      from = null;
      setTimeout(() => delete scene.dataset.dragged, 0);
    });
  }
}
