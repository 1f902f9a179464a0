// Fills in the basket count. Pages are the same for everyone, so the count comes from one small
// uncached address; without this script the basket link simply shows no number. Who has opened no
// page of their own has nothing to count: such pages leave a cookie with the language.
const count = document.querySelector("[data-basket-count]");
if (count && document.cookie.includes("django_language=")) {
  fetch(count.dataset.basketCount, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : { basket_count: 0 }))
    .then(({ basket_count: pieces }) => {
      count.textContent = pieces;
      count.hidden = !pieces;
    })
    .catch(() => {});
}
// Suggestions are fetched when somebody is about to type. Where they cannot be, the box searches as ever.
const q = document.querySelector("[data-suggest]");
q?.addEventListener("focus", () => import(q.dataset.suggest).catch(() => {}), { once: true });
// Pages seen before stay readable when the connection is lost. A browser may refuse to keep anything.
navigator.serviceWorker?.register("/worker.js").catch(() => {});
