// Leaves for a neutral page, in place of this one in the history: by the button, or Esc twice.
// Going back afterwards would show an earlier page of the site: it leaves again at once, by a mark
// that only leaving sets, and that ends with the tab or when the guest comes anew.

const WITHIN = 800; // milliseconds
const MARK = "left";
const link = document.querySelector(".exit");
let last = -Infinity;

const leave = () => {
  document.documentElement.hidden = true;
  location.replace(link.href);
  sessionStorage.setItem(MARK, ""); // last: it throws where storage is forbidden
};

const leaveAgain = () => {
  if (sessionStorage.getItem(MARK) !== null) leave();
};

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < WITHIN) leave();
    last = event.timeStamp;
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) leaveAgain();
  });

  const [{ type }] = performance.getEntriesByType("navigation");
  if (type === "back_forward") leaveAgain();
  if (type === "navigate") sessionStorage.removeItem(MARK);
}
