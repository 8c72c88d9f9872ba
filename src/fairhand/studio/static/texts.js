// The words of the page, from the block of data in it: a text by its key, and a plural by its count.

const words = JSON.parse(document.getElementById("texts").textContent);
const language = document.documentElement.lang || "en";
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

export function t(key, values = {}) {
  const said = words[key] ?? key;
  return said.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function has(key) {
  return key in words;
}

export function counted(key, count, values = {}) {
  const rule = `${key}.${plurals.select(count)}`;
  const given = { count: numbers.format(count), ...values };
  return t(rule in words ? rule : `${key}.other`, given);
}

export function clock(date) {
  return date.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
}

export function ago(date) {
  const minutes = Math.round((date - Date.now()) / 60000);
  const said = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (minutes > -1) return t("when.now");
  if (minutes > -60) return said.format(minutes, "minute");
  if (minutes > -24 * 60) return said.format(Math.round(minutes / 60), "hour");
  if (minutes > -7 * 24 * 60) return said.format(Math.round(minutes / 1440), "day");
  return date.toLocaleDateString(language, { day: "numeric", month: "long", year: "numeric" });
}

export function listed(names) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

export function sized(bytes) {
  const [amount, unit] = bytes < 1e6 ? [bytes / 1000, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const style = { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language, style).format(amount);
}
