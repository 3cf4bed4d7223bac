// <ol data-bars="/log/?q=…"> of <li data-after="…" data-before="…">: a drag over several bars opens their time. A click
// is the bar's own link, and so is what the keyboard does. Escape lets go.
let drag = null;

function placeOf(list, x) {
  const { left, width } = list.getBoundingClientRect();
  const count = list.children.length;
  // Beyond the ends, too: a hand is quicker than an eye.
  return Math.min(count - 1, Math.max(0, Math.floor(((x - left) / width) * count)));
}

const ends = () => [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];

function mark() {
  const [first, last] = ends();
  [...drag.list.children].forEach((bar, place) => bar.toggleAttribute("data-dragged", place >= first && place <= last));
}

function letGo() {
  for (const bar of drag?.list.children ?? []) bar.removeAttribute("data-dragged");
  drag = null;
}

// By a link beside the bars, so that it is followed as theirs are.
function open(list, first, last) {
  const url = new URL(list.dataset.bars, location.href);
  const time = `after:${list.children[first].dataset.after} before:${list.children[last].dataset.before}`;
  url.searchParams.set("q", `${time} ${url.searchParams.get("q") ?? ""}`.trim());
  const link = Object.assign(document.createElement("a"), { href: url.pathname + url.search, hidden: true });
  list.after(link);
  window.htmx?.process(link);
  link.click();
}

document.addEventListener("pointerdown", (event) => {
  const list = event.target.closest?.("[data-bars]");
  if (!list || event.button !== 0) return;
  const from = placeOf(list, event.clientX);
  drag = { list, from, to: from, isMoved: false };
});

document.addEventListener("pointermove", ({ clientX }) => {
  if (!drag) return;
  drag.to = placeOf(drag.list, clientX);
  drag.isMoved ||= drag.to !== drag.from;
  if (drag.isMoved) mark();
});

let isDrawn = false;
document.addEventListener("pointerup", () => {
  isDrawn = Boolean(drag?.isMoved);
  const [{ list }, found] = drag ? [drag, ends()] : [{}, []];
  letGo();
  if (isDrawn) open(list, ...found);
});

// The click that ends a drag is no bar's; the one that opens its time is.
document.addEventListener("click", (event) => {
  if (isDrawn && event.target.closest("[data-bars]")) event.preventDefault();
  if (event.isTrusted) isDrawn = false;
}, true);

document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") letGo(); });
// A browser would drag a link away.
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-bars]")) event.preventDefault(); });
