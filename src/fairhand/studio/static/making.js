// How far the cards of a table are, and the files when they are made.

import { address } from "./note.js";
import { announce, find, make } from "./page.js";
import { counted, sized, t } from "./texts.js";

let shown = "";
let before = "";

export function making(state) {
  if (!state) return;
  options(state.check);
  const work = state.making;
  const isWorking = work?.state === "working";
  find("making").hidden = !isWorking;
  find("make").hidden = isWorking;
  if (isWorking) progress(work);
  const signature = JSON.stringify(work);
  if (signature === shown) return;
  shown = signature;
  find("made").replaceChildren(...(work && !isWorking ? made(work) : []));
  if (work && work.state !== before && before === "working") {
    announce(find("made").querySelector("p")?.textContent ?? "");
    find("made").scrollIntoView({ block: "nearest" });
  }
  before = work?.state ?? "";
}

// What must be done before cards can be made, said beside the button.
function options(check) {
  const bad = check?.bad_rows ?? 0;
  find("skip-field").hidden = bad === 0;
  find("skip-said").textContent = counted("people.skip_bad", bad);
  find("duplicates-field").hidden = !(check?.warnings ?? []).length;
  let why = "";
  if (!check || check.state === "working") why = t("people.why_checking");
  else if (bad && !find("skip-bad").checked) why = t("people.why_bad");
  find("make-why").textContent = why;
  find("make-now").toggleAttribute("aria-disabled", Boolean(why));
  if (why) find("make-now").setAttribute("aria-disabled", "true");
}

function progress(work) {
  const bar = find("making-bar");
  bar.max = Math.max(1, work.count);
  if (work.count) bar.value = work.cards;
  else bar.removeAttribute("value");
  const said = [work.count
    ? counted("people.making", work.count, { done: work.cards }) : t("people.beginning")];
  const seconds = work.seconds_left;
  if (seconds > 90) said.push(counted("people.left_minutes", Math.round(seconds / 60)));
  else if (seconds > 0) said.push(counted("people.left_seconds", seconds));
  find("making-said").textContent = said.join(", ");
  const tenth = Math.floor((10 * work.cards) / Math.max(1, work.count));
  if (String(tenth) !== find("making").dataset.heard) announce(said[0], 500);
  find("making").dataset.heard = tenth;
}

function made(work) {
  const { error } = work;
  const said = {
    done: work.cards ? counted("people.done", work.cards) : t("people.done_before"), stopped: t("people.stopped"),
    failed: error?.message ?? t("people.failed"),
  }[work.state];
  const parts = [make("p", { class: work.state === "failed" ? "bad-said" : "good-said" }, said)];
  if (error?.hint) parts.push(make("p", { class: "aside" }, error.hint));
  for (const words of work.notices ?? []) parts.push(make("p", { class: "notice" }, words));
  if (work.files?.length) {
    parts.push(make("h3", {}, t("people.files")),
      make("ul", { class: "files" }, ...work.files.map(file)));
  }
  return parts;
}

function file(one) {
  const where = address(`/people/file/${encodeURIComponent(one.name)}`);
  return make("li", {}, make("a", { class: "file", href: where, download: one.name },
    make("span", {}, one.title || one.name),
    make("span", { class: "file-about" }, `${one.name} · ${sized(one.size)}`)));
}
