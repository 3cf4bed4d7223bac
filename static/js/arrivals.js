// "log:rows" on #log: what came, and the endings of rows that were open. At the top of a list that nobody is reading new
// rows appear in their place; otherwise they wait behind [data-arrivals], in a <tbody hidden>, and nothing moves.
import { isRead } from "./reading.js";

const number = (row) => Number(row.id.slice(4));
const listOf = (log) => log.querySelector(".log-table tbody");
const waiting = (log) => [...log.querySelectorAll(".log-table tbody[hidden] > [data-row]")];

function end(row, ended) {
  const link = row.querySelector(".row-link"), isHere = link === document.activeElement;
  ended.querySelector(".row-link").replaceWith(link);
  row.replaceChildren(...ended.children);
  row.dataset.row = ended.dataset.row;
  if (isHere) link.focus({ preventScroll: true });
}

function take(log, rows) {
  const fresh = rows.filter((row) => !document.getElementById(row.id)), list = listOf(log);
  for (const row of rows) if (!fresh.includes(row)) end(document.getElementById(row.id), row);
  if (fresh.length && (!list || waiting(log).length + fresh.length > log.dataset.size)) log.dataset.full = fresh.length;
  else if (fresh.length) {
    if (!list.nextElementSibling) list.after(Object.assign(document.createElement("tbody"), { hidden: true }));
    list.nextElementSibling.append(...fresh);
  }
  return fresh.length;
}

function place(log) {
  const list = listOf(log), rows = waiting(log);
  if (rows.length) for (const row of list.querySelectorAll("[data-new]")) delete row.dataset.new;
  for (const row of rows) {
    row.dataset.new = "";
    list.insertBefore(row, [...list.rows].find((other) => number(other) < number(row)) ?? null);
  }
  const older = log.querySelector(".pager li:last-child a");
  while (list?.rows.length > log.dataset.size) {
    list.lastElementChild.remove();
    older.href = log.dataset.older.replace(/0$/, number(list.lastElementChild));
    older.rel = "next";
    for (const name of ["role", "aria-disabled"]) older.removeAttribute(name);
  }
}

function tell(log, came) {
  const bar = log.querySelector("[data-arrivals]"), said = log.querySelector("[data-said]");
  const [one, many, most] = bar.dataset.arrivals.split("|");
  const words = (count) => (count > log.dataset.size ? most : count === 1 ? one : many).replace("#", count);
  const count = Number(log.dataset.full ?? 0) || waiting(log).length;
  bar.hidden = !count;
  bar.querySelector("a").textContent = words(count);
  if (came) said.textContent = words(came);
}

document.addEventListener("log:rows", (event) => {
  const log = event.target, came = take(log, event.detail.rows);
  // Words in the search box, or an open menu: the whole list is not drawn anew under somebody's hands.
  const isBusy = isRead(log) || log.contains(document.activeElement) || log.querySelector(".menu[open]");
  if ("full" in log.dataset && !isBusy) htmx.ajax("GET", log.dataset.newest, { target: "#log", swap: "outerHTML" });
  else if (!isRead(log)) place(log);
  tell(log, came);
});
// In the capturing phase: a link inside #log is htmx's, which would get the whole list.
document.addEventListener("click", (event) => {
  const log = event.target.closest?.("[data-arrivals] a")?.closest("#log");
  if (!log || "full" in log.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  for (const row of log.querySelectorAll("[data-selected]:not(:has([aria-current]))")) delete row.dataset.selected;
  place(log);
  tell(log, 0);
  scrollTo(0, 0);
  document.querySelector("#page")?.focus({ preventScroll: true });
}, true);
