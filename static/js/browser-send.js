// <button data-browser-send="/…/browser/">: where its form says channel=browser, or do=both, the page itself makes
// the call to Scalev: the console writes the delivery down and hands over the call, the page makes it and reports.
// <… data-browser-only hidden disabled>: what only works this way, shown as soon as this script is there.
import { call } from "./browser-call.js";
import { leadTo, say } from "./browser-line.js";
import { tell } from "./browser-report.js";

const marked = (form) => form.querySelectorAll("[data-browser-send]");
let sending = null; // the form whose send is under way: one at a time

function show(root) {
  for (const part of root.querySelectorAll("[data-browser-only]")) {
    part.hidden = false;
    part.disabled = false;
  }
}

function isOurs(button, form) {
  if (!button?.dataset.browserSend) return false;
  const data = new FormData(form, button);
  return data.get("do") === "both" || data.get("channel") === "browser";
}

function hold(form) {
  sending = form;
  for (const button of marked(form)) button.setAttribute("aria-disabled", "true");
  say(form, "sending");
}

function release(form) {
  sending = null;
  delete form.dataset.handed;
  for (const button of marked(form)) button.removeAttribute("aria-disabled");
  say(form, "");
}

async function ask(form, button) {
  hold(form);
  const target = `#${form.id}`;
  try {
    await htmx.ajax("POST", button.dataset.browserSend, { source: button, target, swap: "outerHTML", headers: { Accept: "application/json" } });
  } catch { /* trouble.js says it */ }
  // The form came back with remarks, or nothing came: whoever presses again means it.
  if (sending === form && !("handed" in form.dataset)) release(form);
}

async function go(order, form) {
  if (order.already) return location.assign(order.delivery);
  const ended = await call(order);
  const { place, word } = await tell(order, ended, () => say(form, "waiting", ended));
  return word ? stay(order, form, word, ended) : location.assign(place || order.delivery);
}

// What came of the call stands nowhere but here. The form may be pressed again: its token sends nothing more.
function stay(order, form, word, ended) {
  release(form);
  say(form, word, ended);
  leadTo(form, order.delivery);
}

// In the capture phase: guard.js and the browser leave alone what was taken care of here.
document.addEventListener("submit", (event) => {
  const form = event.target, isBusy = sending === form || "busy" in form.dataset;
  if (!isBusy && !isOurs(event.submitter, form)) return;
  event.preventDefault();
  if (isBusy || sending) return;
  ask(form, event.submitter);
}, { capture: true });

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!sending || !xhr.getResponseHeader("Content-Type")?.startsWith("application/json")) return;
  event.detail.shouldSwap = false;
  if (xhr.status !== 200) return;
  sending.dataset.handed = "";
  go(JSON.parse(xhr.responseText), sending);
});
document.addEventListener("htmx:load", (event) => show(event.detail.elt));
addEventListener("pageshow", (event) => { if (event.persisted && sending) release(sending); });
show(document);
