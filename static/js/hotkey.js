// <input data-hotkey="/">, <a data-hotkey="u">, <button data-hotkey="?">: one key moves the focus to the field, follows
// the link, presses the button. Single keys rest while somebody types, and where a person has turned them off.
const KEPT = "console.single-keys";
const isTyping = (element) => element?.matches?.("input, textarea, select, [contenteditable]");

export function areOn() {
  try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; }
}

export function turn(on) {
  try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* A browser that keeps nothing keeps them on. */ }
}

export function isForPage(event) {
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (event.defaultPrevented || isHeld || isTyping(document.activeElement)) return false;
  return areOn() && !document.querySelector("dialog:modal");
}

document.addEventListener("keydown", (event) => {
  if (!isForPage(event)) return;
  const target = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]:not([aria-disabled])`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("a[href], button")) return target.click();
  target.focus();
  target.select?.();
});
