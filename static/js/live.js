// <div data-watch hx-get hx-trigger="every 4s, look">: watches the newest page of the log. What to ask stands on #log
// (data-live, data-since); the rows that came go on as its "log:rows" event. It rests on other pages, while paused, and
// while more has come than a page holds (data-full); in a hidden tab and in trouble it asks now and then.
const KEPT = "console.live";
const HIDDEN_EVERY = 15, TROUBLED_EVERY = 3;
const box = document.querySelector("[data-watch]");
let ticks = 0, trouble = "", asked = null;

const page = () => document.querySelector("#log[data-live]");
const isPaused = () => sessionStorage.getItem(KEPT) === "paused";
const state = () => (page() ? (isPaused() ? "paused" : trouble || "live") : "elsewhere");

function show() {
  box.hidden = false;
  if (box.dataset.state === state()) return;
  box.dataset.state = state();
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state());
}

function isDue(isAsked) {
  if (!page() || isPaused() || "full" in page().dataset) return false;
  ticks += 1;
  return isAsked || ticks % (document.hidden ? HIDDEN_EVERY : trouble ? TROUBLED_EVERY : 1) === 0;
}

function question() {
  const rows = [...asked.querySelectorAll("[data-row]")];
  const number = (row) => Number(row.id.slice(4));
  const shown = rows.filter((row) => !row.parentElement.hidden);
  // Below a full page lies the next one: what ends there is none of this page's.
  const last = asked.querySelector(".pager a[rel=next]") ? number(shown.at(-1)) : 0;
  const since = Math.max(Number(asked.dataset.since), last);
  const open = rows.filter((row) => ["pending", "queued"].includes(row.dataset.row));
  return { since, seen: rows.map(number).filter((pk) => pk > since).join("."), open: open.map(number).join(".") };
}

function troubleOf(xhr) {
  if (!xhr.status) return navigator.onLine ? "away" : "offline";
  if (new URL(xhr.responseURL).pathname === box.dataset.signIn) return "signed-out";
  return xhr.status < 300 ? "" : "away";
}

function hear(xhr) {
  trouble = troubleOf(xhr);
  if (trouble || asked !== page()) return;
  asked.dataset.since = xhr.getResponseHeader("Log-Since") ?? asked.dataset.since;
  const told = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const rows = [...told.querySelectorAll("tr[data-row]")];
  asked.dispatchEvent(new CustomEvent("log:rows", { bubbles: true, detail: { rows } }));
}

// What goes wrong here is said here: trouble.js keeps silent.
for (const name of ["beforeSwap", "responseError", "sendError", "timeout"]) {
  box.addEventListener(`htmx:${name}`, (event) => event.stopPropagation());
}
box.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event;
  asked = page();
  if (!isDue(detail.triggeringEvent?.type === "look")) return event.preventDefault();
  detail.path = asked.dataset.live;
  Object.assign(detail.parameters, question());
  detail.headers["X-Unattended"] = "yes";
});
box.addEventListener("htmx:afterRequest", (event) => {
  event.stopPropagation();
  hear(event.detail.xhr);
  show();
});
box.addEventListener("click", (event) => {
  if (!event.target.closest("[data-pause]")) return;
  sessionStorage.setItem(KEPT, isPaused() ? "live" : "paused");
  show();
  htmx.trigger(box, "look");
});
document.addEventListener("htmx:afterSettle", show);
document.addEventListener("visibilitychange", () => { if (!document.hidden) htmx.trigger(box, "look"); });
addEventListener("online", () => htmx.trigger(box, "look"));
show();
