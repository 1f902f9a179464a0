{# The worker that shows pages seen before when the connection is lost. facts: JSON of {offline: {language: address}, never: sections} #}
// Every request goes to the shop first. What it answers well is kept on the phone, and shown again
// only when nothing answers: the page says so then. Checkout, orders and account are never kept.
const facts = JSON.parse("{{ facts|escapejs }}");
const PAGES = "pages-1", FILES = "files-1";
const MOST = { [PAGES]: 40, [FILES]: 120 };

const parts = (address) => new URL(address, location).pathname.split("/");
const isPage = (address) => parts(address)[1] in facts.offline;
const isKept = (address) => !facts.never.includes(parts(address)[2]);
// Recordings are long, and players ask for them piece by piece.
const isFile = (address) => ["static", "media"].includes(parts(address)[1]) && parts(address)[2] !== "documents";
const isProduct = (address) => parts(address)[2] === "shop" && parts(address)[3];
const offlinePage = (address) => facts.offline[parts(address)[1]] ?? Object.values(facts.offline)[0];

async function keep(shelf, request, response) {
  if (!response.ok || response.type !== "basic") return;
  const cache = await caches.open(shelf);
  await cache.delete(request);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[shelf])).map((key) => cache.delete(key)));
}

async function keepAddress(shelf, address) {
  try {
    await keep(shelf, new Request(address), await fetch(address));
  } catch {
    // Without a connection there is nothing to keep; the next visit tries again.
  }
}

// The page's own words stay as the shop wrote them; only the notice is shown.
const told = (html, response) =>
  new Response(html.replace("data-away hidden", "data-away"), { headers: response.headers });

async function seenProducts(cache) {
  const found = (await cache.keys()).filter((key) => isProduct(key.url)).slice(-12).reverse();
  const rows = await Promise.all(found.map(async (key) => {
    const html = await (await cache.match(key)).text();
    const title = html.match(/<title>([^<]*?) ·/);
    return title && `<li><a href="${new URL(key.url).pathname}">${title[1].trim()}</a></li>`;
  }));
  return rows.filter(Boolean).join("");
}

async function withoutConnection(request) {
  const cache = await caches.open(PAGES);
  const seen = request.method === "GET" && (await cache.match(request));
  if (seen) return told(await seen.text(), seen);
  const page = await cache.match(offlinePage(request.url));
  if (!page) return Response.error();
  const rows = await seenProducts(cache);
  const html = (await page.text()).replace("data-seen hidden", rows ? "data-seen" : "hidden");
  return new Response(html.replace("<!-- seen -->", rows), { status: 503, headers: page.headers });
}

async function answer(event, shelf) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (shelf) event.waitUntil(keep(shelf, request, response.clone()));
    return response;
  } catch (problem) {
    if (request.mode === "navigate") return withoutConnection(request);
    return (await caches.match(request)) ?? Promise.reject(problem);
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(Promise.all(Object.values(facts.offline).map((page) => keepAddress(PAGES, page))));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (!(name in MOST)) await caches.delete(name);
    await clients.claim();
    // The page that is open came before there was a worker.
    for (const { url } of await clients.matchAll()) if (isPage(url) && isKept(url)) await keepAddress(PAGES, url);
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== location.origin) return;
  const isVisit = request.mode === "navigate" && isPage(request.url);
  if (isVisit && parts(request.url)[3] === "logout") event.waitUntil(forget());
  if (request.method === "GET" && isFile(request.url)) event.respondWith(answer(event, FILES));
  else if (isVisit) event.respondWith(answer(event, request.method === "GET" && isKept(request.url) && PAGES));
});

// Who signs out leaves no basket behind on a phone that others use.
async function forget() {
  const cache = await caches.open(PAGES);
  for (const key of await cache.keys()) if (parts(key.url)[2] === "basket") await cache.delete(key);
}
