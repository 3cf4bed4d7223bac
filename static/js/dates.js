// <time data-relative datetime="…">: keeps "4 minutes ago" true while the page stays open.
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });

function ago(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return words.format(-seconds, "second");
  if (seconds < 3600) return words.format(-Math.floor(seconds / 60), "minute");
  return words.format(-Math.floor(seconds / 3600), "hour");
}

function refresh() {
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const age = Date.now() - Date.parse(time.dateTime);
    // Beyond a day the server's own date stands; a clock that runs behind must not say "in 5 seconds".
    if (age >= 0 && age < 86_400_000) time.textContent = ago(age);
  }
}

setInterval(() => { if (!document.hidden) refresh(); }, 15_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
