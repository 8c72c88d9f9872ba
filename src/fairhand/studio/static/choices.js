// Choices that one sees: radio buttons as pictures, and as dabs of colour.

import { make } from "./page.js";

/** A choice as a picture with its name under it; `source` gives the picture's address. */
export function pictured(group, one, { chosen, source, width, onchange }) {
  const picture = source
    ? make("img", { src: source, alt: "", loading: "lazy", width, decoding: "async" })
    : make("span", { class: "no-picture" });
  const input = make("input", {
    type: "radio", name: group, value: one.name, checked: one.name === chosen, onchange,
  });
  return make(
    "label", { class: `choice ${group}-choice`, title: one.about || null },
    input,
    make("span", { class: "choice-picture" }, picture),
    make("span", { class: "choice-name" }, one.title),
    one.about ? make("span", { class: "choice-about" }, one.about) : null,
  );
}

/** A choice as a dab of its colour. */
export function swatch(group, one, { chosen, onchange }) {
  const dab = make("span", { class: "dab" });
  dab.style.backgroundColor = one.colour;
  const input = make("input", {
    type: "radio", name: group, value: one.name, checked: one.name === chosen, onchange,
  });
  return make("label", { class: "swatch" }, input, dab, make("span", {}, one.title));
}

/** Shows another picture once it is there. */
export async function repicture(image, source) {
  if (image.getAttribute("src") === source) return;
  const next = new Image();
  next.src = source;
  try {
    await next.decode();
    image.src = source;
  } catch {
    // The old picture stays: these words cannot be written so.
  }
}
