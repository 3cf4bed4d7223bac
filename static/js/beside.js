// <section id="log-pane" data-pane="88213">: a delivery beside the list. Rows and neighbours open in it and leave the
// list alone; what is not in the list loads the page that holds it.
const paneOf = () => document.querySelector("#log-pane");
const rowOf = (pk) => document.querySelector(`#row-${CSS.escape(pk)}`);

function addressOf(link) {
  const url = new URL(link.href);
  const row = link.closest("[data-row]");
  if (!row || url.searchParams.has("open")) return url;
  // A row that came while one watched leads to its own page.
  const here = new URL(location.href);
  here.searchParams.set("open", row.id.replace("row-", ""));
  return here;
}

function mark() {
  const opened = paneOf()?.dataset.pane;
  for (const row of document.querySelectorAll("[data-row]")) {
    const isOpened = row.id === `row-${opened}`;
    row.toggleAttribute("data-selected", isOpened);
    const link = row.querySelector(".row-link");
    if (isOpened) link?.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
    if (isOpened) row.scrollIntoView({ block: "nearest" });
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-row] .row-link, #log-pane [rel=prev], #log-pane [rel=next]");
  if (!link || !paneOf() || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = addressOf(link);
  if (!rowOf(url.searchParams.get("open") ?? "")) return;
  event.preventDefault();
  htmx.ajax("GET", `${url.pathname}${url.search}`, { source: "#log-pane", target: "#log-pane", swap: "outerHTML" });
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "log-pane") mark();
});
