// Why a call brought no answer. A browser tells a page only "failed"; four small requests, which carry neither key
// nor event, narrow it down:
//   network          anything of Scalev's address, unread: the network gets there
//   address          the endpoint, unread: nothing on this machine keeps requests from it
//   origin           the endpoint, read: pages of this origin may read its answers
//   storefront_key   the same with the headers of a send: they may be sent, too
// One that took too long says nothing: null. No probe shows whether it was the question before the event that got no
// permission, or the event's own answer: to a page the two fail alike.
const PATIENCE_MS = 5_000;
const PLAIN = { method: "GET", credentials: "omit", redirect: "manual", cache: "no-store", referrerPolicy: "no-referrer" };
// Without permission to read, a browser lets no page hold a redirect back.
const UNREAD = { mode: "no-cors", redirect: "follow" };

async function gets(address, options) {
  try {
    await fetch(address, { ...PLAIN, signal: AbortSignal.timeout(PATIENCE_MS), ...options });
    return true;
  } catch (error) {
    return error.name === "TimeoutError" ? null : false;
  }
}

export async function whyNot({ url, headers }) {
  // The line went down while the call was out: what became of it, nobody here can know.
  if (!navigator.onLine) return { failure: "blocked", probes: { online: false } };
  const empty = Object.fromEntries(Object.keys(headers).map((name) => [name, name === "Content-Type" ? headers[name] : "probe"]));
  const [network, address, origin, storefront_key] = await Promise.all([
    gets(`${new URL(url).origin}/robots.txt`, UNREAD),
    gets(url, UNREAD),
    gets(url),
    gets(url, { headers: empty }),
  ]);
  const probes = { network, address, origin, storefront_key };
  return { failure: verdict(probes), probes };
}

function verdict({ network, address, origin, storefront_key }) {
  if (!address) return network ? "blocked" : "network";
  if (origin === false) return "cors_origin";
  // Everything is allowed, and still the call failed: it broke on the way, perhaps after it had left.
  return origin && storefront_key === false ? "cors_header" : "blocked";
}
