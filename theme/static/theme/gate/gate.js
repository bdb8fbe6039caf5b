// Sends the forms of the reception's page without leaving it, and again for as long as the network
// is away: always the same words with the same key, so that what is used is used once, even if the
// answer was lost. Without this: plain forms.

const WAITS = [1_000, 2_000, 4_000, 8_000];
const PATIENCE = 8_000;
const SECOND = 1_000;
const INSTEAD = "instead"; // it was used without the network, with the same key

const state = document.querySelector("#state");
const gate = document.querySelector("#gate");
const code = gate.elements.code;
let sending = null; // {stop: AbortController, isUse}

const say = (name = "") => {
  state.firstElementChild.textContent = state.dataset[name] ?? "";
  state.className = name;
};

const pause = (length, signal) =>
  new Promise((resolve, reject) => {
    const done = () => (signal.aborted ? reject(signal.reason) : resolve());
    setTimeout(done, length);
    addEventListener("online", done, { once: true, signal });
    signal.addEventListener("abort", done, { once: true });
  });

async function asked({ url, body }, signal) {
  const request = { method: "POST", body, signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]) };
  const response = await fetch(url, request);
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
  if (drawn.querySelector("#gate")) return drawn;
  if (response.status >= 500) throw new Error(response.status);
  return null; // signed out, or not admitted any more
}

async function answered(request, signal) {
  for (let turn = 0; ; turn += 1) {
    try {
      return await asked(request, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      say("away");
      dispatchEvent(new CustomEvent("gate:away", { detail: request }));
      await pause(WAITS[Math.min(turn, WAITS.length - 1)], signal);
    }
  }
}

async function send(form, submitter) {
  if (sending) return;
  const body = new URLSearchParams(new FormData(form, submitter));
  const isUse = submitter?.value !== "check";
  sending = { stop: new AbortController(), isUse };
  document.body.setAttribute("aria-busy", "true");
  say("sending");
  try {
    const drawn = await answered({ url: form.getAttribute("action"), body }, sending.stop.signal);
    if (drawn) show(drawn);
    else location.reload();
  } catch (reason) {
    if (reason === INSTEAD) say();
    else say(isUse ? "unsure" : "stopped");
  } finally {
    document.body.removeAttribute("aria-busy");
    sending = null;
  }
}

function show(drawn) {
  for (const part of ["#answer", "#uses", "#wrong"]) document.querySelector(part).replaceWith(drawn.querySelector(part));
  document.querySelector("#person").hidden = drawn.querySelector("#person").hidden;
  if (gate.elements.cpf.value) document.querySelector("#again")?.remove();
  say();
  settle();
}

function settle() {
  const answer = document.querySelector("#answer");
  if (answer.matches(".used, .booked")) {
    code.value = "";
    gate.elements.cpf.value = "";
  }
  for (const undo of document.querySelectorAll("[data-seconds]"))
    undo.until = performance.now() + undo.dataset.seconds * SECOND;
  count();
  (answer.querySelector("h2") ?? code).focus();
  dispatchEvent(new Event("gate:shown"));
}

function count() {
  for (const undo of document.querySelectorAll("[data-seconds]")) {
    const left = Math.ceil((undo.until - performance.now()) / SECOND);
    if (left <= 0) undo.remove();
    else undo.querySelector(".left").textContent = ` ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter);
});
gate.addEventListener("input", () => {
  // what was looked at is not what stands there now
  if (!sending) document.querySelector("#answer.good, #answer.offline")?.replaceChildren();
});
state.querySelector("button").addEventListener("click", () => sending?.stop.abort());
addEventListener("gate:instead", () => sending?.stop.abort(INSTEAD));
addEventListener("beforeunload", (event) => sending?.isUse && event.preventDefault());
setInterval(count, SECOND);
settle();
