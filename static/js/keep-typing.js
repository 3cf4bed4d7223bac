// <form data-keep-typing>: what is typed while htmx draws the form anew stands in the new form, too, and the focus stays
// where it was moved meanwhile. A field that came back with another value than it was sent with is left as it came: it is
// another one that has its name now, or a button changed it.
const KEEPS = "form[data-keep-typing]";
let asked = null; // what the form was sent with, where the focus was then, and what was typed since
let fresh = null; // a new form that htmx does not listen to yet
const unheard = new Set(); // what htmx is to hear of, as soon as it does

document.addEventListener("htmx:beforeRequest", ({ detail: { target } }) => {
  if (target.matches(KEEPS)) asked = { sent: new FormData(target), focus: document.activeElement, typed: new Map() };
});

document.addEventListener("input", ({ target }) => {
  if (!target.name || !target.form?.matches(KEEPS)) return;
  asked?.typed.set(target.name, target.value);
  if (target.form === fresh) unheard.add(target);
});

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const at = document.activeElement;
  if (!asked || !target.matches(KEEPS) || at === asked.focus || !target.contains(at)) return;
  asked.moved = { id: at.id, name: at.name, start: at.selectionStart, end: at.selectionEnd };
});

document.addEventListener("htmx:afterSwap", ({ target: form }) => {
  if (!form.matches(KEEPS)) return;
  fresh = form;
  if (!asked) return;
  const { sent, typed, moved } = asked;
  asked = null;
  for (const [name, value] of typed) {
    const field = form.elements.namedItem(name);
    if (field?.value !== sent.get(name)) continue;
    field.value = value;
    unheard.add(field instanceof RadioNodeList ? field[0] : field);
  }
  if (moved) focusAgain(form, moved);
});

function focusAgain(form, { id, name, start, end }) {
  const field = id ? document.getElementById(id) : form.elements.namedItem(name);
  if (!field?.focus) return;
  form.querySelectorAll("[autofocus]").forEach((other) => other.removeAttribute("autofocus"));
  field.closest("details")?.setAttribute("open", "");
  field.focus({ preventScroll: true });
  if (start != null) field.setSelectionRange(start, end);
}

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target !== fresh) return; // what a pause brought settles by itself, perhaps before the form does
  const fields = [...unheard];
  fresh = null;
  unheard.clear();
  for (const field of fields) field.dispatchEvent(new Event("input", { bubbles: true }));
});
