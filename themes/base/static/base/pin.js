// Asks what a PIN code may expect and shows the answer in its place; the PIN that was asked last
// is asked by itself. Without this script the same form leads to a page with the answer.
const form = document.querySelector("[data-pin]");
if (form) {
  const box = form.elements.pin;
  const place = form.querySelector("[role=status]");
  const ask = () =>
    fetch(`${form.action.split("#")[0]}?pin=${encodeURIComponent(box.value)}`, {
      headers: { "X-Part": "answer" },
    })
      .then((answer) => answer.text())
      .then((html) => {
        place.innerHTML = html;
        box.setAttribute("aria-invalid", !!place.querySelector(".error"));
      });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask().catch(() => form.submit());
  });
  const kept = document.cookie.match(`${form.dataset.pin}=(\\d{6})`);
  if (kept && !box.value) {
    box.value = kept[1];
    ask().catch(() => {});
  }
}
