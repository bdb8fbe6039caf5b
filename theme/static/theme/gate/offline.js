// Uses signed codes while the network is away: a few, of coupons that allow it, on a device of the
// house. Each is kept here with its key until the server has said what became of it. The signature
// is checked by the browser; where it cannot, there is no use without the network.

const KEPT = "gate";
const PREFIX = "ALC1:";
const SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SIGNATURE = 64;
const HEAD = 39; // epoch, end, property, coupon, length of the code: see promotions/rules/tokens.py
const DAY = 86_400_000;
const EVERY = 15_000;
const MOST = 20; // uses that are told at once

const facts = JSON.parse(document.querySelector("#offline").textContent);
const words = document.querySelector("#offline-words");
const told = document.querySelector("#told");
const gate = document.querySelector("#gate");
let left = facts.left;
let isTelling = false;
const seen = new WeakSet();

const read = () => JSON.parse(localStorage.getItem(KEPT)) ?? { uses: [], used: {} };
const write = (kept) => localStorage.setItem(KEPT, JSON.stringify(kept));
const word = (name, values = {}) => words.dataset[name].replace(/{(\w+)}/g, (_all, key) => values[key]);
const hex = (bytes) => Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
const bytesOf = (base64) => Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));

const keys = new Map();
for (const [epoch, key] of Object.entries(facts.keys))
  try {
    keys.set(Number(epoch), await crypto.subtle.importKey("raw", bytesOf(key), "Ed25519", false, ["verify"]));
  } catch {
    told.textContent = words.dataset.unable;
  }

function unpacked(text) {
  const bytes = [];
  let [bits, count] = [0, 0];
  for (const symbol of text) {
    const value = SYMBOLS.indexOf(symbol);
    if (value < 0) return null;
    [bits, count] = [((bits << 5) | value) & 0xfff, count + 5];
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 0xff);
  }
  return bytes.length > HEAD + SIGNATURE ? Uint8Array.from(bytes) : null;
}

async function opened(text) {
  const bytes = unpacked(text.trim().toUpperCase().slice(PREFIX.length));
  if (!bytes) return null;
  const message = bytes.slice(0, -SIGNATURE);
  const view = new DataView(message.buffer);
  const key = keys.get(view.getUint16(0));
  if (!key || !(await crypto.subtle.verify("Ed25519", key, bytes.slice(-SIGNATURE), message))) return null;
  const end = HEAD + view.getUint8(HEAD - 1);
  const decoder = new TextDecoder();
  return {
    ends: view.getUint32(2) * 1000,
    property: hex(message.slice(6, 22)),
    code: decoder.decode(message.slice(HEAD, end)),
    gives: decoder.decode(message.slice(end)),
  };
}

function against(found) {
  const { uses, used } = read();
  if (!found) return "unsigned";
  if (found.property !== facts.property) return "elsewhere";
  if (found.ends && found.ends <= Date.now()) return "over";
  if (used[found.code] > Date.now() - DAY) return "again";
  if (uses.length >= left) return "enough";
  return null;
}

async function away({ detail }) {
  if (seen.has(detail)) return; // the same tap, tried again
  seen.add(detail);
  const { body } = detail;
  const text = body.get("code") ?? "";
  if (!keys.size || !text.toUpperCase().startsWith(PREFIX)) return;
  const found = await opened(text);
  const why = against(found);
  show(why ? "refused" : "offline", word(why ? "no" : "yes"), [found?.gives, why && word(why)]);
  if (why) return;
  const rest = word("left", { left: left - read().uses.length });
  add("p", rest);
  add("button", word("use"), "main").addEventListener("click", () => use(found, body), { once: true });
}

function show(state, title, lines) {
  const answer = document.querySelector("#answer");
  answer.className = state;
  answer.replaceChildren();
  const heading = add("h2", title);
  heading.id = "said";
  heading.tabIndex = -1;
  answer.setAttribute("aria-labelledby", "said");
  for (const line of lines.filter(Boolean)) add("p", line, "effect");
  heading.focus();
}

function add(name, text, kind = "") {
  const element = document.createElement(name);
  element.textContent = text;
  element.className = kind;
  document.querySelector("#answer").append(element);
  return element;
}

function use(found, body) {
  const why = against(found);
  if (why) return show("refused", word("no"), [word(why)]);
  const kept = read();
  // a tap whose answer was lost has a key already: it is used once, whichever way it arrives
  const key = body.get("action") === "use" ? body.get("key") : crypto.randomUUID();
  kept.uses.push({ key, token: body.get("code").trim(), suite: body.get("suite"), stay: body.get("stay"), at: new Date().toISOString() });
  kept.used[found.code] = Date.now();
  write(kept);
  dispatchEvent(new Event("gate:instead"));
  show("used", word("used"), [found.gives]);
  add("button", word("undo")).addEventListener("click", () => undo(key, found), { once: true });
  gate.elements.code.value = "";
  tell();
}

function undo(key, { code }) {
  const { uses, used } = read();
  if (!uses.some((each) => each.key === key) || isTelling) return show("refused", word("late"), []);
  delete used[code];
  write({ uses: uses.filter((each) => each.key !== key), used });
  show("undone", word("undone"), []);
  tell();
}

function tell() {
  const { length } = read().uses;
  if (length) told.textContent = word(length === 1 ? "one" : "some", { count: length });
}

async function settle() {
  const { uses } = read();
  if (!uses.length || isTelling || !navigator.onLine) return;
  isTelling = true;
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": gate.elements.csrfmiddlewaretoken.value };
    const request = { method: "POST", headers, body: JSON.stringify({ uses: uses.slice(0, MOST) }), redirect: "error" };
    const response = await fetch(facts.address, request);
    if (response.ok) settled(await response.json());
  } catch {
    // the network is away, or whoever is here may not: they stay until they are told
  } finally {
    isTelling = false;
  }
}

function settled(answer) {
  const { uses, used } = read();
  const done = answer.uses.filter((each) => each.state !== "received");
  const gone = new Set(done.map((each) => each.key));
  const day = Object.entries(used).filter(([, at]) => at > Date.now() - DAY);
  write({ uses: uses.filter((each) => !gone.has(each.key)), used: Object.fromEntries(day) });
  left = answer.left;
  const conflicts = done.filter((each) => each.state === "conflict").length;
  told.className = conflicts ? "told wrong" : "told";
  told.textContent = word(conflicts ? "conflicts" : "settled", { count: done.length, conflicts });
}

addEventListener("gate:away", away);
addEventListener("gate:shown", settle);
addEventListener("online", settle);
setInterval(settle, EVERY);
tell();
settle();
