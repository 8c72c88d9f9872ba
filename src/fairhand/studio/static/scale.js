// The true size of things on this screen, set by laying a bank card on it.

import { asked, find } from "./page.js";
import { keepSetting, setting } from "./keeping.js";

const CARD_WIDTH = 85.6; // mm: ISO/IEC 7810, ID-1
const CARD_HEIGHT = 53.98;
const USUAL = 96 / 25.4; // CSS pixels to a millimetre, which few screens keep to

export const pixelsToMillimetre = () => setting("scale", USUAL);
export const isScaleSet = () => setting("scale", 0) > 0;

export async function setScale() {
  const dialog = find("scale");
  const slider = find("scale-width");
  const card = find("bank-card");

  const show = () => {
    card.style.width = `${slider.value}px`;
    card.style.height = `${(slider.value * CARD_HEIGHT) / CARD_WIDTH}px`;
    slider.setAttribute("aria-valuetext", `${slider.value} px`);
  };
  const drag = (event) => {
    if (!(event.buttons & 1)) return;
    slider.value = Math.round(event.clientX - card.getBoundingClientRect().left);
    show();
  };

  slider.max = Math.max(360, Math.min(900, innerWidth - 60));
  slider.value = Math.round(pixelsToMillimetre() * CARD_WIDTH);
  slider.oninput = show;
  card.onpointerdown = (event) => {
    card.setPointerCapture(event.pointerId);
    drag(event);
  };
  card.onpointermove = drag;
  show();
  if ((await asked(dialog)) !== "yes") return false;
  keepSetting("scale", slider.value / CARD_WIDTH);
  return true;
}

