// <input list="…" data-complete="outcome status …">: offers the list's entries for the word that is being typed, behind
// what stands before it: those that begin so, then those whose value holds it. Behind the names in the attribute commas
// part several values. Without this the list completes a search of one word.
const WORD = /(?:[^\s"]|"[^"]*"?)*$/;
const MOST = 12;
const kept = new WeakMap();

const entriesOf = (list) => {
  if (!kept.has(list)) kept.set(list, [...list.options].map((option) => option.value));
  return kept.get(list);
};

// A browser shows what holds the whole of what was typed, in its value or in its label.
const option = (value, typed) => {
  const made = Object.assign(document.createElement("option"), { value });
  if (!value.toLowerCase().includes(typed.toLowerCase())) made.label = typed;
  return made;
};

// "outcome:refused,ti" as its field, what stands before the last comma, and what is being typed.
function partsOf(word, lists) {
  const [, field = "", rest] = /^(\w+:)?(.*)$/s.exec(word.toLowerCase());
  const end = lists.includes(field.slice(0, -1)) ? rest.lastIndexOf(",") + 1 : 0;
  return [field, rest.slice(0, end), rest.slice(end)];
}

function fitting(entries, field, begun) {
  const found = entries.filter((entry) => entry.toLowerCase().startsWith(field + begun));
  const sought = begun.replace(/^"/, "");
  const within = field && sought ? entries.filter((entry) => entry.toLowerCase().slice(field.length).includes(sought)) : [];
  return [...new Set([...found, ...within.filter((entry) => entry.startsWith(field))])].slice(0, MOST);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-complete]") || !target.list) return;
  const word = WORD.exec(target.value)[0];
  const sign = word.startsWith("-") ? "-" : "";
  const [field, listed, begun] = partsOf(word.slice(sign.length), target.dataset.complete.split(" "));
  const before = target.value.slice(0, target.value.length - word.length) + sign;
  const entries = field || begun ? fitting(entriesOf(target.list), field, begun) : [];
  const whole = (entry) => before + field + listed + entry.slice(field.length);
  target.list.replaceChildren(...entries.map((entry) => option(whole(entry), target.value)));
});
