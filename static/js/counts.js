// <section id data-counts="/log/overview/?…">: counts and timeline follow the rows that come to a watched log ("log:rows"),
// every ten seconds at most. What is unfolded, and where the focus is, stays; under a pointer that is down nothing moves.
const EVERY_MS = 10_000;
let isDue = false, askedAt = -EVERY_MS;

const box = () => document.querySelector("[data-counts]");
const isHeld = (counts) => document.hidden || counts.matches(":active") || counts.querySelector("[data-dragged]");

function sameIn(counts, part) {
  if (part.id) return document.getElementById(part.id);
  const alike = [...counts.querySelectorAll(part.localName)];
  return alike.find((other) => other.getAttribute("href") === part.getAttribute("href"));
}

function draw(counts, told) {
  const open = [...counts.querySelectorAll("details")].map((fold) => fold.open);
  const focused = counts.contains(document.activeElement) && document.activeElement;
  htmx.swap(counts, told, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  const fresh = box();
  fresh?.querySelectorAll("details").forEach((fold, place) => { fold.open = open[place] ?? fold.open; });
  if (focused && fresh) sameIn(fresh, focused)?.focus({ preventScroll: true });
}

async function refresh() {
  const counts = box();
  if (!isDue || !counts || isHeld(counts) || performance.now() - askedAt < EVERY_MS) return;
  isDue = false;
  askedAt = performance.now();
  const headers = { "HX-Request": "true", "X-Unattended": "yes" };
  // In trouble the counts stay as they are: live.js says that the console is away, or that one was signed out.
  const told = await fetch(counts.dataset.counts, { headers }).then((answer) => answer.text()).catch(() => "");
  // Meanwhile another search may have taken its place, or a hand may be on it.
  if (told.includes("data-counts") && counts.isConnected && !isHeld(counts)) draw(counts, told);
  else isDue = true;
}

document.addEventListener("log:rows", ({ detail }) => {
  isDue ||= detail.rows.length > 0;
  refresh();
});
