// Says in the corner what went wrong with a part of the page, from the <template>s in #trouble.
const box = document.querySelector("#trouble");

export function say(name) {
  const template = box?.querySelector(`template[data-trouble="${name}"]`);
  if (!template) return;
  hush();
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.dataset.said = name;
  box.append(notice);
}

function hush(name = "") {
  box?.querySelectorAll(name ? `[data-said="${name}"]` : "[data-said]").forEach((notice) => notice.remove());
}

// A session that ended answers with the sign-in page: it must not land inside a form somebody is filling in.
function isSignIn(xhr) {
  const path = box?.dataset.signIn;
  return Boolean(path && xhr?.responseURL && new URL(xhr.responseURL).pathname === path);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isSignIn(event.detail.xhr)) return;
  event.detail.shouldSwap = false;
  say("signed-out");
});
document.addEventListener("htmx:afterRequest", (event) => {
  // An answer that was under way already says nothing about a line that is down by now.
  if (event.detail.successful && !isSignIn(event.detail.xhr)) hush(navigator.onLine ? "" : "unreachable");
});
document.addEventListener("htmx:responseError", () => say("failed"));
document.addEventListener("htmx:swapError", () => say("failed"));
document.addEventListener("htmx:sendError", () => say(navigator.onLine ? "unreachable" : "offline"));
document.addEventListener("htmx:timeout", () => say("unreachable"));
addEventListener("offline", () => say("offline"));
addEventListener("online", () => hush("offline"));
