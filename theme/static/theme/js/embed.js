// Puts a provider's player where its poster is, once a guest asks for it. Without this: a link.

function play(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const link = event.currentTarget;
  const frame = document.createElement("iframe");
  frame.title = link.dataset.title;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  // The page says nothing of itself elsewhere; players refuse to start without the site's name.
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = link.dataset.embed;
  link.replaceWith(frame);
  frame.focus();
}

for (const link of document.querySelectorAll("a[data-embed]")) {
  link.addEventListener("click", play);
}
