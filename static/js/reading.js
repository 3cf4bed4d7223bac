// Whether somebody reads the list: she has scrolled, chosen a row, marked some text, or just moved the pointer over it.
const STILL_MS = 3_000;
let movedAt = -STILL_MS;

document.addEventListener("pointermove", (event) => {
  if (event.target.closest?.("#log [data-row]")) movedAt = performance.now();
});

export function isRead(log) {
  if (scrollY > 8 || performance.now() - movedAt < STILL_MS) return true;
  const marked = getSelection();
  return Boolean(log.querySelector("[data-selected]")) || (!marked.isCollapsed && log.contains(marked.anchorNode));
}
