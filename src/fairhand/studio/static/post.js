// Post: a table that is dropped leads to the page of many people.

import { address } from "./note.js";
import { announce, find, takesFiles } from "./page.js";
import { askData } from "./server.js";
import { settled } from "./saving.js";
import { t } from "./texts.js";

export function begin(choose) {
  find("go-labels").addEventListener("click", () => {
    choose("print");
    find("label-part").open = true;
    find("label-sheet").focus();
  });
  takesFiles(find("people-drop"), find("people-file"), async (file) => {
    find("people-wrong").textContent = "";
    announce(t("people.taking", { name: file.name }));
    try {
      await settled();
      await askData("PUT", address(`/people?name=${encodeURIComponent(file.name)}`), file);
      location.href = address("/people");
    } catch (error) {
      find("people-wrong").textContent = error.said;
    }
  });
}
