// Reads a guest's QR code with the camera, where the browser can; what was read is looked at as if
// it had been typed. Nothing of the picture is kept or sent.

const EVERY = 150;
const gate = document.querySelector("#gate");
const button = document.querySelector("#scan");
const dialog = document.querySelector("#camera");
const video = dialog.querySelector("video");
const said = dialog.querySelector("[role=status]");

const canScan = async () =>
  "BarcodeDetector" in globalThis &&
  navigator.mediaDevices?.getUserMedia &&
  (await BarcodeDetector.getSupportedFormats()).includes("qr_code");

const pause = (length) => new Promise((resolve) => setTimeout(resolve, length));

async function look() {
  said.textContent = "";
  dialog.showModal();
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (!dialog.open || video.srcObject) return end(stream); // closed, or opened again, while leave was asked for
    video.srcObject = stream;
    await video.play();
    const text = await read(new BarcodeDetector({ formats: ["qr_code"] }));
    if (text) submit(text);
  } catch {
    if (dialog.open) said.textContent = dialog.dataset.away;
  }
}

async function read(detector) {
  while (dialog.open) {
    const [found] = await detector.detect(video);
    if (found) return found.rawValue;
    await pause(EVERY);
  }
}

function submit(text) {
  dialog.close();
  gate.elements.code.value = text;
  gate.elements.code.dispatchEvent(new Event("input", { bubbles: true }));
  gate.requestSubmit(gate.querySelector("[value=check]"));
}

function stop() {
  if (video.srcObject) end(video.srcObject);
  video.srcObject = null;
}

function end(stream) {
  for (const track of stream.getTracks()) track.stop();
}

dialog.addEventListener("close", stop);
dialog.querySelector("button").addEventListener("click", () => dialog.close());
document.addEventListener("visibilitychange", () => document.hidden && dialog.close());
addEventListener("pagehide", stop);
button.addEventListener("click", look);
button.hidden = !(await canScan());
