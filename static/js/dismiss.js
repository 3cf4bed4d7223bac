// <button data-dismiss=".notice" hidden>: removes the nearest such element. Hidden without script.
const show = (root) => root.querySelectorAll?.("[data-dismiss][hidden]").forEach((button) => { button.hidden = false; });

show(document);
document.addEventListener("htmx:load", (event) => show(event.detail.elt));
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dismiss]");
  if (!button) return;
  button.closest(button.dataset.dismiss)?.remove();
  document.querySelector("#page")?.focus({ preventScroll: true });
});
