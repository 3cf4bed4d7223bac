// <form data-once>: a second press while the first is on its way does nothing. The server refuses the second
// one by the form's token anyway; this only spares the person the wait. Forms sent by htmx never get here:
// htmx has prevented the event by then. Where the browser believes that it is offline, the console is asked first whether
// it is there: the browser's own error page would take the form along, and one that runs on this machine still answers.
import { say } from "./trouble.js";

function mark(form, submitter) {
  form.dataset.busy = "";
  submitter?.setAttribute("aria-disabled", "true");
}

function release() {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    delete form.dataset.busy;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    document.querySelectorAll(`[form="${form.id}"][aria-disabled]`).forEach((button) => button.removeAttribute("aria-disabled"));
  }
}

const reached = new Set(); // forms that may go out offline: the console was there a moment ago

async function reach(form, submitter) {
  try {
    await fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
  } catch {
    say("offline");
    return;
  }
  reached.add(form);
  form.requestSubmit(submitter);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if ("busy" in form.dataset) event.preventDefault();
  else if (navigator.onLine || reached.delete(form)) mark(form, event.submitter);
  else {
    event.preventDefault();
    reach(form, event.submitter);
  }
});
// The back button shows the page as it was left, busy marks and all.
addEventListener("pageshow", (event) => { if (event.persisted) release(); });
