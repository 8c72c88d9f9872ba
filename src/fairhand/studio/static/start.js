// The first page and an occasion's page: notes are begun, named anew, copied, put away.

import { announce, asked, find, make, tell } from "./page.js";
import { askData } from "./server.js";
import { ago, t } from "./texts.js";

async function begin(occasion, language, values, button) {
  button.setAttribute("aria-disabled", "true");
  try {
    const { address } = await askData("POST", "begin", { occasion, language, values });
    location.href = address;
  } catch (error) {
    tell(find("begin-wrong"), error.message, error.hint);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

find("empty")?.addEventListener("click", (event) =>
  begin("", document.documentElement.lang, {}, event.currentTarget));

const form = find("begin");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const values = {};
  for (const input of form.querySelectorAll("[data-key]")) {
    if (input.value.trim()) values[input.dataset.key] = input.value.trim();
  }
  begin(form.dataset.occasion, form.dataset.language, values, event.submitter ?? form);
});

for (const time of document.querySelectorAll("time[data-seconds]")) {
  const date = new Date(1000 * Number(time.dataset.seconds));
  time.dateTime = date.toISOString();
  time.textContent = ago(date);
}

const acts = {
  async duplicate(item) {
    const { address } = await askData("POST", `${at(item)}/duplicate`);
    location.href = address;
  },
  async rename(item) {
    const dialog = find("renaming");
    const input = find("new-name");
    input.value = item.dataset.title;
    find("rename-wrong").textContent = "";
    requestAnimationFrame(() => input.select());
    while ((await asked(dialog)) === "yes") {
      try {
        await askData("POST", `${at(item)}/rename`, { name: input.value.trim() });
        location.reload();
        return;
      } catch (error) {
        find("rename-wrong").textContent = error.said;
      }
    }
  },
  async remove(item) {
    find("removing-what").textContent = t("start.removing_what", { title: item.dataset.title });
    if ((await asked(find("removing"))) !== "yes") return;
    await askData("POST", `${at(item)}/remove`);
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    announce(t("start.removed", { title: item.dataset.title }));
    (next?.querySelector("a") ?? find("main")).focus();
    if (!next) document.querySelector(".notes")?.remove();
  },
};

const at = (item) => `note/${encodeURIComponent(item.dataset.file)}`;

find("notes")?.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  const item = button.closest("li");
  item.querySelector(".wrong-text")?.remove();
  try {
    await acts[button.dataset.act](item);
  } catch (error) {
    item.append(make("p", { class: "wrong-text", role: "alert" }, error.said));
  }
});
