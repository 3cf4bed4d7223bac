// Tells the console how the call ended, and keeps trying while the console cannot be reached: a delivery that
// nobody reports ends as interrupted. Returns where to go on, "" where the console did not take the report.
const WAITS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];
const LARGEST_KEPT_ALIVE = 60_000; // more than this a browser does not send for a page that was closed

export async function tell(order, call) {
  const body = JSON.stringify({ ticket: order.ticket, user_agent: navigator.userAgent, origin: location.origin, ...call });
  for (const wait of WAITS_MS) {
    await pause(wait);
    const answer = await post(order.report, body);
    if (answer && answer.status < 500) return placeIn(answer);
  }
  return "";
}

async function post(address, body) {
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
  try {
    return await fetch(address, { method: "POST", headers, body, keepalive: body.length < LARGEST_KEPT_ALIVE });
  } catch {
    return null;
  }
}

async function placeIn(answer) {
  try {
    return (await answer.json()).delivery ?? "";
  } catch {
    return ""; // the session ended: the page of the delivery asks to sign in
  }
}

// Offline, the first moment of being online again is worth more than any waiting time.
function pause(milliseconds) {
  return new Promise((resolve) => {
    if (navigator.onLine) setTimeout(resolve, milliseconds);
    else addEventListener("online", resolve, { once: true });
  });
}
