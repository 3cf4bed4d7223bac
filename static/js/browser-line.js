// <… data-sending="…">: says beside the button how far a send from this browser is; # stands for how the call ended.
// <… data-open="…"> besides: leads to the delivery where the page stays.
export function say(form, word, ended = {}) {
  for (const line of form.querySelectorAll("[data-sending]")) {
    line.textContent = word ? (line.dataset[word] ?? "").replace("#", ended.status ?? line.dataset.unanswered) : "";
  }
}

export function leadTo(form, place) {
  for (const line of form.querySelectorAll("[data-open]")) {
    line.append(" ", Object.assign(document.createElement("a"), { href: place, textContent: line.dataset.open }));
    line.scrollIntoView({ block: "nearest" });
  }
}
