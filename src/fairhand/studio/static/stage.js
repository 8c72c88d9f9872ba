// The table on which the card lies: which side one sees, how large, and the newest picture of it.

import { keepSetting, setting } from "./keeping.js";
import { firstView, leaves, mark, paint, panelsOfView, resolution, shapeOf, viewsOf } from "./leaves.js";
import { note, on, words } from "./note.js";
import { announce, find, make } from "./page.js";
import { isScaleSet, pixelsToMillimetre, setScale } from "./scale.js";
import { counted, t } from "./texts.js";

const stage = find("stage");
const table = find("table");
const scene = find("scene");
const EMPTY = {
  fold: "left", notices: [], marks: [], chosen: "",
  panels: ["front", "inside-left", "inside-right", "back"].map((name) => (
    { name, width_mm: 114.3, height_mm: 158.75, blank: true, picture: "" })),
}; // paper to begin on, till the first words say which
const SMALLEST = 2; // pixels to a millimetre under which handwriting cannot be read

let look = null;
let shape = "";
let faces = {};
let views = [];
let view = "";
let wish = ""; // what was last asked for, although the card may not have it yet
let zoom = 1;
let isTrue = false;
let isWhole = false; // whether all of the card was asked for, however small it is then
let pixels = 3;

export const viewNow = () => view;
export const faceOf = (name) => faces[name]?.element;

/** Shows a side, where the card has it; `quietly` says that nobody asked for it. */
export function show(asked, { quietly = false } = {}) {
  wish = asked;
  const wanted = asked === "inside" ? written() : asked;
  if (!views.includes(wanted) || wanted === view) return;
  view = wanted;
  scene.dataset.view = view;
  for (const button of find("views").children) {
    button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  for (const [name, face] of Object.entries(faces)) {
    face.element.toggleAttribute("inert", !panelsOfView(view).includes(name));
  }
  measure();
  paintAll();
  if (!quietly) announce(t("stage.shows", { view: t(`stage.${view}`) }));
}

// Where the words are: a flat card has no inside, and under a picture they are on its back.
function written() {
  if (views.includes("inside")) return "inside";
  return note.fields.art || words("front") ? "back" : "front";
}

export function setPaper(name) {
  scene.dataset.paper = name;
  keepSetting("paper", name);
}

export function begin() {
  scene.dataset.paper = setting("paper", "white");
  on("look", taken);
  find("zoom-in").addEventListener("click", () => zoomBy(1.25));
  find("zoom-out").addEventListener("click", () => zoomBy(0.8));
  find("zoom-fit").addEventListener("click", () => zoomBy(0));
  find("zoom-true").addEventListener("click", trueSize);
  find("set-scale").addEventListener("click", async () => {
    if (await setScale()) trueSize(true);
  });
  table.addEventListener("keydown", keys);
  document.addEventListener("input", follow);
  scene.addEventListener("click", clicked);
  find("fold-away").addEventListener("click", foldAway);
  new ResizeObserver(() => {
    measure();
    paintAll();
  }).observe(table);
}

async function taken(answer) {
  held(answer);
  if (!answer.look && look) return;
  look = answer.look ?? EMPTY;
  if (shapeOf(look) !== shape) rebuild();
  find("chosen").textContent = look.chosen;
  find("stage-notices").hidden = !look.notices.length;
  find("notices-said").textContent = counted("stage.notices", look.notices.length);
  find("notices").replaceChildren(...look.notices.map((words) => make("li", {}, words)));
  mark(faces, look.marks ?? []);
  await paintAll();
  stage.dataset.shown = answer.number;
}

function rebuild() {
  shape = shapeOf(look);
  views = viewsOf(look);
  const built = leaves(look);
  faces = built.faces;
  scene.dataset.fold = look.fold;
  scene.replaceChildren(...built.pieces);
  find("views").replaceChildren(
    ...views.map((name) =>
      make("button", {
        type: "button", class: "tool", "data-view": name, "aria-pressed": "false",
        onclick: () => show(name), onkeydown: turnByKey,
      }, t(`stage.${name}`))),
  );
  const asked = wish === "inside" ? written() : wish;
  const wanted = [asked, view].find((one) => views.includes(one)) ?? firstView(look);
  view = "";
  show(wanted, { quietly: true });
}

// The last good picture stays while something is wrong, and says so.
function held(answer) {
  const isEmpty = !["salutation", "paragraphs", "valediction", "postscript"].some((one) => words(one));
  const said = find("stage-note");
  const isHeld = !answer.look || Boolean(answer.fault);
  scene.classList.toggle("held", isHeld && Boolean(look) && look !== EMPTY);
  let message = "";
  if (isHeld && (isEmpty || !look || look === EMPTY)) message = isEmpty ? t("stage.waiting") : answer.fault?.message;
  else if (isHeld) message = t("stage.held", { message: answer.fault?.message ?? "" });
  said.textContent = message;
  said.hidden = !message;
}

function measure() {
  if (!look) return;
  const panel = look.panels[0];
  const wide = look.fold === "left" ? 2 : 1;
  const high = look.fold === "top" ? 2 : 1;
  const styles = getComputedStyle(table);
  const across = table.clientWidth - parseFloat(styles.paddingLeft) - parseFloat(styles.paddingRight);
  const along = table.clientHeight - parseFloat(styles.paddingTop) - parseFloat(styles.paddingBottom);
  if (across <= 0 || along <= 0) return;
  const isClosed = view !== "inside";
  let width = panel.width_mm * (isClosed ? 1 : wide);
  let height = panel.height_mm * (isClosed ? 1 : high);
  let fit = Math.min(across / (panel.width_mm * wide), along / (panel.height_mm * high));
  if (fit < SMALLEST && !isWhole) {
    const single = Math.min(across / panel.width_mm, SMALLEST + 0.4);
    fit = isClosed ? Math.min(single, along / panel.height_mm) : Math.max(fit, single);
  }
  const envelope = look.panels.find((one) => one.name === "envelope");
  if (envelope && view.startsWith("envelope")) {
    ({ width_mm: width, height_mm: height } = envelope);
    fit = Math.min(fit, across / width, along / height);
    fit = Math.max(fit, Math.min(across / width, along / height, SMALLEST));
  }
  pixels = isTrue ? pixelsToMillimetre() : fit * zoom;
  scene.style.setProperty("--w", `${panel.width_mm * pixels}px`);
  scene.style.setProperty("--h", `${panel.height_mm * pixels}px`);
  if (envelope) {
    scene.style.setProperty("--ew", `${envelope.width_mm * pixels}px`);
    scene.style.setProperty("--eh", `${envelope.height_mm * pixels}px`);
  }
  scene.style.width = `${Math.max(width * pixels, across)}px`;
  scene.style.height = `${Math.max(height * pixels, along)}px`;
  find("zoom-true").setAttribute("aria-pressed", String(isTrue));
  centre(width * pixels, height * pixels, across, along);
}

const isBlank = (name) => look.panels.find((one) => one.name === name)?.blank ?? true;
const isOnSecondOnly = (first, second) => view === "inside" && isBlank(first) && !isBlank(second);
const isOnLowerOnly = () => isOnSecondOnly("inside-top", "inside-bottom");

// Where the open card is larger than the table, the half with the words is seen first.
function centre(width, height, across, along) {
  if (zoom !== 1) return;
  if (height > along + 1 && isOnLowerOnly()) table.scrollTop = height / 2;
  if (width <= across + 1) return;
  const atRight = isOnSecondOnly("inside-left", "inside-right");
  table.scrollLeft = atRight ? width : view === "inside" ? 0 : (width - across) / 2;
}

// On a small table the part of the card that is being written comes into view.
function follow(event) {
  if (event.target.id !== "paragraphs" || view !== "inside" || zoom !== 1) return;
  const room = table.scrollHeight - table.clientHeight;
  if (room < 4) return;
  const above = isOnLowerOnly() ? 0.5 : 0;
  const share = above + (1 - above) * event.target.selectionStart / Math.max(1, event.target.value.length);
  table.scrollTop = Math.min(room, Math.max(0, above * table.scrollHeight,
    share * table.scrollHeight - table.clientHeight / 2));
}

async function paintAll() {
  if (!look) return;
  const dpi = resolution(pixels);
  const seen = panelsOfView(view);
  const of = (panel) => faces[panel.name] && paint(faces[panel.name], panel, dpi);
  await Promise.all(look.panels.filter((panel) => seen.includes(panel.name)).map(of));
  clearTimeout(paintAll.rest);
  // The sides that are not seen wait until nobody types.
  paintAll.rest = setTimeout(() => look.panels.forEach(of), 600);
}

function zoomBy(factor) {
  isTrue = factor ? isTrue : false;
  isWhole = isWhole || !factor;
  if (isTrue) {
    zoom = 1;
    isTrue = false;
  }
  zoom = factor ? Math.min(4, Math.max(0.5, zoom * factor)) : 1;
  measure();
  paintAll();
}

async function trueSize(already) {
  if (already !== true && isTrue) return zoomBy(0);
  if (already !== true && !isScaleSet() && !(await setScale())) return undefined;
  isTrue = true;
  measure();
  return paintAll();
}

function turn(by) {
  const next = views[(views.indexOf(view) + by + views.length) % views.length];
  if (next) show(next);
}

function turnByKey(event) {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  turn(by);
  find("views").querySelector('[aria-pressed="true"]').focus();
}

function keys(event) {
  if (event.target !== table || event.ctrlKey || event.metaKey || event.altKey) return;
  const isLarger = table.scrollWidth > table.clientWidth + 2 || table.scrollHeight > table.clientHeight + 2;
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && !isLarger) turn(by);
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") zoomBy(0);
  else return;
  event.preventDefault();
}

function clicked(event) {
  const panel = event.target.closest("[data-panel]")?.dataset.panel;
  if (!panel || scene.dataset.dragged) return;
  const next = {
    front: views.includes("inside") ? "inside" : "back", back: "front",
    "inside-left": "front", "inside-top": "front", "inside-right": "back", "inside-bottom": "back",
    envelope: "envelope-back", "envelope-back": "envelope",
  }[panel];
  show(next);
}

function foldAway() {
  const button = find("fold-away");
  const isOpen = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!isOpen));
  const act = isOpen ? "stage.show" : "stage.hide";
  button.textContent = t(act);
  button.setAttribute("aria-label", t(`${act}_card`));
  stage.classList.toggle("folded", isOpen);
}
