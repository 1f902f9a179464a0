// Fills in the basket count. Pages are the same for everyone, so the count comes from one small
// uncached address; without this script the basket link simply shows no number.
const count = document.querySelector("[data-basket-count]");
if (count) {
  fetch(count.dataset.basketCount, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { basket_count: 0 }))
    .then(({ basket_count: pieces }) => {
      count.textContent = pieces;
      count.hidden = !pieces;
    })
    .catch(() => {});
}
// Pages seen before stay readable when the connection is lost. A browser may refuse to keep anything.
navigator.serviceWorker?.register("/worker.js").catch(() => {});
