// Asking the studio: each answer is data, or a Refused with a sentence and what to do.

import { t } from "./texts.js";

class Refused extends Error {
  constructor(status, told) {
    super(told.message || t("wrong"));
    this.status = status;
    this.hint = told.hint || "";
    this.field = told.field || "";
    this.told = told;
  }

  get isAway() {
    return this.status === 0;
  }

  get said() {
    return [this.message, this.hint].filter(Boolean).join(" ");
  }
}

const away = () =>
  new Refused(0, { message: t("unreachable"), hint: t("unreachable_hint") });

export async function ask(method, address, body, options = {}) {
  const isFile = body instanceof Blob;
  const headers = { Accept: "application/json" };
  if (body !== undefined && !isFile) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers,
      body: body === undefined || isFile ? body : JSON.stringify(body),
      cache: "no-store",
      ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw away();
  }
  if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
  return answer;
}

export async function askData(method, address, body, options) {
  const answer = await ask(method, address, body, options);
  try {
    return await answer.json();
  } catch {
    throw away();
  }
}

/** Fetches a finished file and hands it to the browser; returns the name that it was given. */
export async function download(address, usual) {
  const answer = await ask("GET", address);
  const name = fileName(answer.headers.get("Content-Disposition")) || usual;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return name;
}

function fileName(disposition) {
  if (!disposition) return "";
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition);
  if (whole) return decodeURIComponent(whole[1]);
  return /filename="?([^";]+)/i.exec(disposition)?.[1] ?? "";
}
