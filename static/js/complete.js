// <input list="…" data-complete>: offers the list's entries for the word that is being typed, behind what stands
// before it. Without this the list completes a search of one word.
const WORD = /(?:[^\s"]|"[^"]*"?)*$/;
const MOST = 12;
const kept = new WeakMap();

const entriesOf = (list) => {
  if (!kept.has(list)) kept.set(list, [...list.options].map((option) => option.value));
  return kept.get(list);
};

const option = (value) => Object.assign(document.createElement("option"), { value });

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-complete]") || !target.list) return;
  const entries = entriesOf(target.list);
  const word = WORD.exec(target.value)[0];
  const sign = word.startsWith("-") ? "-" : "";
  const begun = word.slice(sign.length).toLowerCase();
  const before = target.value.slice(0, target.value.length - word.length) + sign;
  const fitting = begun ? entries.filter((entry) => entry.toLowerCase().startsWith(begun)).slice(0, MOST) : [];
  target.list.replaceChildren(...fitting.map((entry) => option(before + entry)));
});
