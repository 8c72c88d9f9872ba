// The card as leaves of paper that turn and open, built from the panels of a look.

import { make } from "./page.js";
import { t } from "./texts.js";

const RESOLUTIONS = [60, 96, 120, 144, 168, 192, 240, 288, 384, 480, 600];
const INSIDE = ["inside-left", "inside-right", "inside-top", "inside-bottom"];

/** The views in the order in which one turns them. */
export function viewsOf(look) {
  const names = look.panels.map((panel) => panel.name);
  const views = ["front", "back", "envelope", "envelope-back"].filter((one) => names.includes(one));
  if (names.some((name) => INSIDE.includes(name))) views.splice(views.indexOf("back"), 0, "inside");
  return views;
}

export const panelsOfView = (view) => (view === "inside" ? INSIDE : [view]);

export const shapeOf = (look) =>
  JSON.stringify([look.fold, look.panels.map((one) => [one.name, one.width_mm, one.height_mm])]);

/** What one sees at first: where the words are. */
export function firstView(look) {
  const inside = look.panels.filter((panel) => INSIDE.includes(panel.name));
  const written = look.panels.find((panel) => !panel.blank);
  if (!written || inside.some((panel) => !panel.blank)) return inside.length ? "inside" : "front";
  return written.name;
}

/** Builds the leaves; returns the pieces and the faces by the names of their panels. */
export function leaves(look) {
  const faces = {};
  const face = (name, side) => {
    const panel = look.panels.find((one) => one.name === name);
    if (!panel) return null;
    const element = make("div", { class: `face ${side}`, "data-panel": name });
    faces[name] = { element, name, url: "", wanted: "" };
    return element;
  };
  const leaf = (kind, ...sides) => make("div", { class: `leaf ${kind}` }, ...sides);
  const card = make("div", { class: "piece card" });
  if (look.fold === "left") {
    card.append(
      leaf("base", face("inside-right", "within"), face("back", "outside")),
      leaf("cover", face("front", "outside"), face("inside-left", "within")),
    );
  } else if (look.fold === "top") {
    card.append(
      leaf("base", face("inside-bottom", "within"), face("back", "outside")),
      leaf("cover", face("front", "outside"), face("inside-top", "within")),
    );
  } else {
    card.append(leaf("flat", face("front", "within"), face("back", "outside")));
  }
  const pieces = [card];
  if (look.panels.some((panel) => panel.name === "envelope")) {
    const envelope = make("div", { class: "piece envelope" });
    envelope.append(leaf("flat", face("envelope", "within"), face("envelope-back", "outside flap")));
    pieces.push(envelope);
  }
  return { pieces, faces };
}

/** The resolution of a picture that is sharp at so many pixels to a millimetre. */
export function resolution(pixels) {
  const needed = pixels * 25.4 * Math.min(devicePixelRatio || 1, 2);
  return RESOLUTIONS.find((one) => one >= needed * 0.98) ?? RESOLUTIONS.at(-1);
}

/** Puts a panel's picture on its face once it is there, so that the last one stays till then. */
export async function paint(face, panel, dpi) {
  const url = panel.blank || !panel.picture ? "" : `${panel.picture}?dpi=${dpi}`;
  if (face.wanted === url && (face.url === url || url)) return;
  face.wanted = url;
  const title = t(`stage.panel_${panel.name}`);
  if (!url) {
    face.url = url;
    put(face, make("span", { class: "unseen" }, t("stage.blank_panel", { panel: title })));
    return;
  }
  const picture = new Image();
  picture.alt = t("stage.printed_panel", { panel: title });
  picture.draggable = false;
  picture.src = url;
  try {
    await picture.decode();
  } catch {
    if (face.wanted === url) face.wanted = face.url;
    return;
  }
  if (face.wanted !== url) return;
  face.url = url;
  put(face, picture);
}

function put(face, content) {
  const old = face.element.querySelector(":scope > img, :scope > .unseen");
  if (old) old.replaceWith(content);
  else face.element.prepend(content);
}

/** Lays soft highlights where blanks are left. */
export function mark(faces, marks) {
  for (const face of Object.values(faces)) {
    face.element.querySelectorAll(".mark").forEach((one) => one.remove());
  }
  for (const one of marks) {
    const spot = make("span", { class: "mark", "aria-hidden": "true" });
    for (const side of ["left", "top", "width", "height"]) spot.style[side] = `${100 * one[side]}%`;
    faces[one.panel]?.element.append(spot);
  }
}
