// The call itself: the bytes and headers that were handed over, and nothing that belongs to the console: no cookie,
// no address of its pages, no redirect, no cache. What came of it, in the words that the console's report knows.
import { whyNot } from "./browser-probe.js";

const KEPT_BYTES = 64 * 1024;

export async function call(order) {
  const stopped = beforehand(order.url);
  if (stopped) return { failure: stopped };
  const began = performance.now();
  const since = (start) => Math.round((performance.now() - start) * 10) / 10;
  try {
    const response = await fetch(order.url, {
      method: "POST", headers: order.headers, body: bytesOf(order.body_base64), signal: AbortSignal.timeout(order.deadline_ms),
      mode: "cors", credentials: "omit", redirect: "manual", cache: "no-store", referrerPolicy: "no-referrer",
    });
    const first_byte_ms = since(began);
    const answered = performance.now();
    const answer = response.type === "opaqueredirect" ? { failure: "redirect" } : await told(response);
    return { ...answer, timings: { first_byte_ms, receive_ms: since(answered), total_ms: since(began) } };
  } catch (error) {
    const timings = { total_ms: since(began) };
    return error.name === "TimeoutError" ? { failure: "timed_out", timings } : { ...(await whyNot(order)), timings };
  }
}

function beforehand(address) {
  const { protocol, hostname } = new URL(address);
  const isHere = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (location.protocol === "https:" && protocol === "http:" && !isHere) return "mixed_content";
  return navigator.onLine ? "" : "offline";
}

async function told(response) {
  const { status, statusText: reason } = response;
  return { status, reason, headers: [...response.headers], ...(await bodyOf(response)) };
}

// The first part of the body. That its end never came does not unsay the status.
async function bodyOf(response) {
  const parts = [];
  const marks = [];
  let size = 0;
  try {
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next && !next.done; next = await reader.read()) {
      parts.push(next.value);
      size += next.value.length;
      if (size <= KEPT_BYTES) continue;
      marks.push("too_large");
      await reader.cancel();
      break;
    }
  } catch (error) {
    marks.push(error.name === "TimeoutError" ? "dripped" : "cut");
  }
  const kept = new Uint8Array(await new Blob(parts).slice(0, KEPT_BYTES).arrayBuffer());
  return { body_base64: base64Of(kept), body_size: size, body_marks: marks };
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const base64Of = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
