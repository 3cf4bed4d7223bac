// <link rel="icon" data-attention="…">: failures that came while the tab was hidden stand as a number before its title
// and as a red mark on its icon, until somebody looks.
const icon = document.querySelector("link[rel=icon][data-attention]");
const usual = icon?.getAttribute("href");
const FINE = new Set(["accepted", "pending", "queued"]);
const unseen = new Set();

function show() {
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = unseen.size ? `(${unseen.size}) ${title}` : title;
  icon?.setAttribute("href", unseen.size ? icon.dataset.attention : usual);
}

document.addEventListener("log:rows", (event) => {
  if (!document.hidden) return;
  for (const row of event.detail.rows) if (!FINE.has(row.dataset.row)) unseen.add(row.id);
  show();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden || !unseen.size) return;
  unseen.clear();
  show();
});
