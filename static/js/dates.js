// <time data-relative datetime="…">: keeps "4 min ago" true while the page stays open, in the server's words:
// <body data-ago="# s ago|# min ago|# h ago">.
const [seconds, minutes, hours] = document.body.dataset.ago.split("|");

function ago(age) {
  if (age < 60) return seconds.replace("#", Math.max(1, age));
  if (age < 3600) return minutes.replace("#", Math.floor(age / 60));
  return hours.replace("#", Math.floor(age / 3600));
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const age = Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000);
    // Beyond a day the server's own date stands; a clock that runs behind must not say "-5 s ago".
    if (age >= 0 && age < 86_400) time.textContent = ago(age);
  }
}

setInterval(() => { if (!document.hidden) refresh(); }, 15_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
