// <aside id="…" data-keep-scroll>: a part that scrolls by itself stays where it was when htmx draws it anew.
const places = new Map();

document.addEventListener("htmx:beforeSwap", () => {
  for (const part of document.querySelectorAll("[data-keep-scroll]")) places.set(part.id, part.scrollTop);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const part of document.querySelectorAll("[data-keep-scroll]")) {
    if (!places.has(part.id)) continue;
    part.scrollTop = places.get(part.id);
    if (part.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
  }
  places.clear();
});
