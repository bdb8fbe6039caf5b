// Sends a video to the bucket by the form that the server signs, then tells the server.

const form = document.querySelector("[data-large-file]");
const [file, token, bar, error] = ["#large-file", "[name=token]", "progress", "[data-error]"].map(
  (selector) => form.querySelector(selector),
);

async function signed({ name, size }) {
  const body = new FormData();
  body.set("name", name);
  body.set("size", size);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(form.dataset.form, { method: "POST", body });
  if (!answer.ok && answer.status !== 400) throw new Error(form.dataset.failed);
  const said = await answer.json();
  if (said.error) throw new Error(said.error);
  return said;
}

// fetch() does not tell how much has been sent
function send({ method, url, fields, headers }, content) {
  let body = content;
  if (method === "POST") {
    body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("file", content);
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => (bar.value = loaded / total);
    request.onerror = () => reject(new Error(form.dataset.failed));
    request.onload = () => (request.status < 300 ? resolve() : request.onerror());
    request.send(body);
  });
}

form.addEventListener("submit", async (event) => {
  if (token.value && !file.files.length) return; // the server has it, and asked for something else
  event.preventDefault();
  const button = form.querySelector("button:not([type=button])");
  button.disabled = true;
  bar.hidden = false;
  error.textContent = "";
  try {
    const said = await signed(file.files[0]);
    await send(said, file.files[0]);
    token.value = said.token;
    form.submit();
  } catch (failure) {
    error.textContent = failure.message;
    bar.hidden = true;
    button.disabled = false;
  }
});
