// A product's picture opens large above the page. Without this script, or with a key held, its link
// leads to the picture alone.
const zoom = document.querySelector("dialog.zoom");
document.querySelector(".gallery__stage")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || !zoom.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const picture = zoom.querySelector("img") ?? zoom.appendChild(new Image());
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  zoom.showModal();
});
