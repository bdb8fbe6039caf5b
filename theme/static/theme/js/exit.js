// Leaves for a neutral page, in place of this one in the history: by the button, or Esc twice.

const WITHIN = 800; // milliseconds
const link = document.querySelector(".exit");
let last = -Infinity;

const leave = () => location.replace(link.href);

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

addEventListener("keydown", (event) => {
  if (!link || event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - last < WITHIN) leave();
  last = event.timeStamp;
});
