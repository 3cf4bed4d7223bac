// <nav data-tabs> of links to panels of the same card: one panel is shown at a time. Without script all of them
// stand below each other and the links jump.
const panelOf = (link) => document.getElementById(link.hash.slice(1));

function choose(nav, chosen) {
  for (const link of nav.querySelectorAll("a")) {
    const isChosen = link === chosen;
    panelOf(link).hidden = !isChosen;
    if (isChosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function start(root) {
  for (const nav of root.querySelectorAll("[data-tabs]")) {
    const links = [...nav.querySelectorAll("a")];
    choose(nav, links.find((link) => link.hash === location.hash) ?? links[0]);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-tabs] a");
  if (!link) return;
  event.preventDefault();
  choose(link.closest("[data-tabs]"), link);
});
