// A story counts as read once it was in front of somebody for ten seconds. Its page is the same for
// everybody and kept by caches, so only the page can tell. No cookie, nothing of the reader.
const { read } = document.querySelector("[data-read]").dataset;
let left = 10;
const clock = setInterval(() => {
  if (document.hidden || --left) return;
  clearInterval(clock);
  navigator.sendBeacon?.(read);
}, 1000);
