// <button data-opens="#shortcuts" hidden>: opens the <dialog>. Inside it, <input type="checkbox" data-single-keys> turns
// the keys that are pressed alone on and off, for this browser.
import { areOn, turn } from "./hotkey.js";

function start(root) {
  root.querySelectorAll?.("[data-opens][hidden]").forEach((button) => { button.hidden = false; });
  root.querySelectorAll?.("[data-single-keys]").forEach((tick) => { tick.checked = areOn(); });
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-opens]");
  if (button) document.querySelector(button.dataset.opens)?.showModal();
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-single-keys]")) turn(event.target.checked);
});
