// <tr id="row-88213" data-row>: j and k move the focus among the rows, Enter is the link's own, r leads to the page that
// explains a resend. Whoever comes back from a delivery finds its row as she left it.
import { isForPage } from "./hotkey.js";

const rows = () => [...document.querySelectorAll("#log tbody:not([hidden]) > [data-row]")];
const selected = () => document.querySelector("#log [data-row][data-selected]");
const link = (row) => row.querySelector(".row-link");

function select(row) {
  const before = selected();
  if (before !== row) delete before?.dataset.selected;
  if (row) row.dataset.selected = "";
}

function move(step) {
  const all = rows(), at = all.indexOf(selected());
  // Nothing chosen yet: the first row that stands below the header.
  const from = document.querySelector(".site-header")?.getBoundingClientRect().bottom ?? 0;
  const first = all.find((row) => row.getBoundingClientRect().top >= from) ?? all[0];
  const row = at < 0 ? first : all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (row) go(row, "nearest");
}

function go(row, block) {
  link(row).focus({ preventScroll: true });
  select(row);
  row.scrollIntoView({ block });
}

function resend(row) {
  const address = new URL(link(row).href);
  // Beside an open delivery a row leads to the list with its own.
  const from = address.searchParams.get("from") ?? address.search.replace(/[?&]open=\d+/, "").replace("?", "");
  location.assign(`${location.pathname}${row.id.slice(4)}/resend/?from=${encodeURIComponent(from)}`);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && selected()) {
    if (selected().contains(document.activeElement)) document.activeElement.blur();
    select(null);
  }
  if (!isForPage(event) || !rows().length) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    move(event.key === "j" ? 1 : -1);
  } else if (event.key === "r" && selected()) resend(selected());
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("#log [data-row]");
  if (row) select(row);
});

// The row that is opened is written into the address, and how high it stood: that is where Back lands.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".row-link")?.closest("[data-row]");
  // Beside an open delivery the list stays, and the address names that one.
  if (!row || document.querySelector("#log-pane")) return;
  select(row);
  const address = new URL(location.href);
  address.searchParams.set("row", row.id.slice(4));
  address.hash = row.id;
  history.replaceState({ ...history.state, top: row.getBoundingClientRect().top }, "", address);
});

function land() {
  const row = rows().find((each) => `#${each.id}` === location.hash);
  if (!row) return;
  history.scrollRestoration = "manual";
  go(row, "center");
  if (Number.isFinite(history.state?.top)) scrollBy(0, row.getBoundingClientRect().top - history.state.top);
}

land();
// The browser goes to the fragment on its own as well, and takes the focus off the row.
addEventListener("load", () => { if (document.activeElement === document.body) land(); });
