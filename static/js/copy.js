// <button data-copy="#selector" data-done="Copied" hidden>: copies that element's text. Hidden without script.
const show = (root) => root.querySelectorAll?.("[data-copy][hidden]").forEach((button) => { button.hidden = false; });

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  const label = button.querySelector("[data-label]") ?? button;
  button.dataset.word ??= label.textContent;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    label.textContent = button.dataset.done;
  } catch {
    // No permission, or plain HTTP from another machine: select the text, so that Ctrl-C does it.
    getSelection().selectAllChildren(source);
    return;
  }
  setTimeout(() => { label.textContent = button.dataset.word; }, 2000);
}

if (navigator.clipboard) show(document);
document.addEventListener("htmx:load", (event) => { if (navigator.clipboard) show(event.detail.elt); });
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (button) copy(button);
});
