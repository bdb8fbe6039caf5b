// Proves some work for a form before it is sent, so that programs cannot send thousands. Nothing
// is told of the guest, and nobody else is asked. Without it the form is sent all the same.

const encoder = new TextEncoder();
const STEP = 256;

const zeroBits = (digest) => {
  const [first, second] = new Uint32Array(digest.slice(0, 8)).map(
    (_, index) => new DataView(digest).getUint32(index * 4),
  );
  return first ? Math.clz32(first) : 32 + Math.clz32(second);
};

const proofOf = async ({ challenge, bits }) => {
  for (let from = 0; ; from += STEP) {
    const digests = await Promise.all(
      Array.from({ length: STEP }, (_, index) =>
        crypto.subtle.digest("SHA-256", encoder.encode(`${challenge}:${from + index}`)),
      ),
    );
    const found = digests.findIndex((digest) => zeroBits(digest) >= bits);
    if (found >= 0) return from + found;
  }
};

const put = (form, name, value) => {
  const field = form.elements[name] ?? form.appendChild(document.createElement("input"));
  Object.assign(field, { type: "hidden", name, value });
};

const prove = async (form) => {
  const answer = await fetch(form.dataset.challenge, { cache: "no-store" });
  const task = await answer.json();
  if (!task.challenge) return;
  put(form, "proof", await proofOf(task));
  put(form, "challenge", task.challenge);
};

for (const form of document.querySelectorAll("form[data-challenge]")) {
  const said = form.querySelector("[role=status]");
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    said.textContent = said.dataset.working;
    await prove(form).catch(() => {}); // no network, no secure context: it is sent as it is
    form.submit();
  });
  addEventListener("pageshow", () => {
    button.ariaDisabled = null;
    said.textContent = "";
  });
}
