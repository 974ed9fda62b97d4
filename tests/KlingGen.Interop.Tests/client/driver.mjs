// Lets a test make calls with fal's own client: an order per line comes in, news and an answer go out, matched by its id.
// The client is used as it is. Only the fetch it is given knows where fal's hosts are played, and refuses every address beyond this machine.
import { createInterface } from "node:readline";
import { createFalClient } from "@fal-ai/client";
import { calls } from "./calls.mjs";
import { fileOf } from "./files.mjs";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

for await (const line of createInterface({ input: process.stdin })) obey(JSON.parse(line, revive));

// Not awaited above: calls run side by side.
async function obey({ id, call, args, key, hosts }) {
  let answer;
  const say = (what) => process.stdout.write(JSON.stringify({ id, ...what }) + "\n");
  try {
    const fal = createFalClient({ credentials: key, fetch: (url, init) => fetch(onThisMachine(url, hosts), init) });
    answer = { value: (await calls[call](fal, args, (news) => say({ news }))) ?? null };
  } catch (error) {
    answer = { error: described(error) };
  }
  say(answer);
}

function onThisMachine(url, hosts) {
  const { host, hostname, pathname, search } = new URL(url);
  if (hosts[host]) return hosts[host] + pathname + search;
  if (loopback.has(hostname)) return url;
  throw new Error(`The client wanted to call ${url}, which no test may reach.`);
}

function revive(_, value) {
  return value?.$file ? fileOf(value.$file) : value;
}

function described(error) {
  const { name, message, status, body, requestId, timeoutType, fieldErrors } = error;
  return { name, message, status, body, requestId, timeoutType, fieldErrors, cause: error.cause?.message };
}
