// Tabs as the ARIA Authoring Practices have them: arrow keys, Home and End choose; Tab goes on.

import { find } from "./page.js";

export function tabs(list, chosen) {
  const all = [...list.querySelectorAll('[role="tab"]')];
  const panelOf = (tab) => find(tab.getAttribute("aria-controls"));

  function choose(tab, { focus = false } = {}) {
    for (const one of all) {
      const is = one === tab;
      one.setAttribute("aria-selected", String(is));
      one.tabIndex = is ? 0 : -1;
      panelOf(one).hidden = !is;
    }
    if (focus) tab.focus();
    chosen(tab.id.replace("tab-", ""));
    // Every panel is read from its top, however far down the last one was.
    const panel = panelOf(tab);
    if (panel.getBoundingClientRect().top < list.getBoundingClientRect().bottom) {
      panel.scrollIntoView({ block: "start" });
    }
  }

  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const here = all.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    choose(all[(to + all.length) % all.length], { focus: true });
  });
  return (name, given) => choose(find(`tab-${name}`), given);
}
