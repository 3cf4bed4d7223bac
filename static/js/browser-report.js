// Tells the console how the call ended, and keeps trying while the console cannot be reached, which it says by
// `isWaiting`: a delivery that nobody reports ends as interrupted. Returns the place to go on at, "" where an earlier
// try got through; or in a word why nothing was written down: what the page holds then is all that is known.
const WAITS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];
const PATIENCE_MS = 10_000;
const LARGEST_KEPT_ALIVE = 60_000; // more than this a browser does not send for a page that was closed

export async function tell(order, call, isWaiting) {
  const body = JSON.stringify({ ticket: order.ticket, user_agent: navigator.userAgent, origin: location.origin, ...call });
  for (const wait of WAITS_MS) {
    if (wait || !navigator.onLine) isWaiting();
    await pause(wait);
    const answer = await post(order.report, body);
    if (answer && answer.status < 500) return read(answer);
  }
  return { word: "unheard" };
}

async function post(address, body) {
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return await fetch(address, { method: "POST", headers, body, signal, keepalive: body.length < LARGEST_KEPT_ALIVE });
  } catch {
    return null;
  }
}

async function read(answer) {
  try {
    const { delivery = "", error = "" } = await answer.json();
    if (delivery || error === "closed") return { place: delivery };
    return { word: error === "late" ? "late" : "refused" };
  } catch {
    return { word: "refused" }; // the session ended: this is the page that asks to sign in
  }
}

// Offline, the first moment of being online again is worth more than any waiting time.
function pause(milliseconds) {
  return new Promise((resolve) => {
    if (navigator.onLine) setTimeout(resolve, milliseconds);
    else addEventListener("online", resolve, { once: true });
  });
}
