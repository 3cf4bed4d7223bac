// <form data-most-bytes="…">: while it holds more than the console reads, nothing of it goes out, and what stands in
// <… data-too-large hidden> says so.
const LONG = 100_000; // fewer letters in one field never are too many: most are not worth a count

function isTooLarge(form) {
  return new URLSearchParams(new FormData(form)).toString().length > Number(form.dataset.mostBytes);
}

function look(form) {
  const note = form.querySelector("[data-too-large]");
  if (note) note.hidden = !isTooLarge(form);
}

document.addEventListener("input", ({ target }) => {
  const note = target.form?.querySelector("[data-too-large]");
  if (target.form?.matches("[data-most-bytes]") && (target.value.length > LONG || !note?.hidden)) look(target.form);
});

function hold(event, form) {
  if (!form?.matches("[data-most-bytes]") || !isTooLarge(form)) return;
  event.preventDefault();
  look(form);
}

document.addEventListener("htmx:beforeRequest", (event) => hold(event, event.detail.elt.closest("form")));
// In the capture phase: no other script begins with a form that stays.
document.addEventListener("submit", (event) => hold(event, event.target), { capture: true });
