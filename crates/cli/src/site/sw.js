// After one visit every page works without the server. `sandtable build` fills in which build this is and its files,
// by path, each with the hash of what it holds.
const BUILD = "{{build}}";
const FILES = {{files}};

// All of it is meant relative to where the site lies. Caches belong to the whole origin, so ours carry that in their name.
const SCOPE = self.registration.scope;
const OURS = `st:${SCOPE}:`;
const CACHE = OURS + BUILD;
// Where it is written which tabs still run an older build, and in which caches that lies.
const NOTE = new URL("older-tabs", SCOPE).href;
// We ask by addresses without a search, so what was kept answers whatever stands after the question mark.
const matching = { ignoreVary: true };
const isHashed = (path) => /\.[0-9a-f]{10,}\.\w+$/.test(path);
const place = (path) => new URL(path, SCOPE).href;

self.addEventListener("install", (event) => event.waitUntil(keep()));

/** Keeps every file, or fails as a whole: a half-copied site, or the log-in page of a network, is not taken for ours. */
async function keep() {
  const cache = await caches.open(CACHE);
  const before = await own();
  await Promise.all(Object.entries(FILES).map(async ([path, integrity]) => {
    const url = place(path);
    if (await cache.match(url, matching)) return;
    // A hashed name is the same file in every build.
    let response = isHashed(path) ? await find(url, before) : undefined;
    response ??= await fetch(url, { integrity, cache: isHashed(path) ? "default" : "no-cache" });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    // A page that came by a redirect may not answer a navigation.
    if (response.redirected) response = new Response(await response.blob(), { headers: response.headers });
    await cache.put(url, response);
  }));
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  // At this moment these are the tabs of the build before. At the first visit there is none.
  const tabs = (await clients.matchAll()).map(({ id }) => id);
  const old = (await own()).filter((name) => name !== CACHE);
  const cache = await caches.open(CACHE);
  await cache.put(NOTE, Response.json({ tabs, old }));
  await sweep();
  await clients.claim();
}

/** Lets older builds go once no tab runs them. */
async function sweep() {
  const { tabs, old } = await note();
  // A build that is on its way may have taken one of these caches up again: the next activation sees to it.
  if (old.length === 0 || registration.installing || registration.waiting) return;
  const open = await clients.matchAll({ includeUncontrolled: true });
  if (open.some(({ id }) => tabs.includes(id))) return;
  await Promise.all(old.map((name) => caches.delete(name)));
  await (await caches.open(CACHE)).delete(NOTE);
}

async function note() {
  const found = await (await caches.open(CACHE)).match(NOTE);
  return found ? found.json() : { tabs: [], old: [] };
}

const own = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/** The first of these caches that holds it. Never a cache of somebody else. */
async function find(url, names) {
  for (const name of names) {
    const found = await (await caches.open(name)).match(url, matching);
    if (found) return found;
  }
  return undefined;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(SCOPE)) return;
  const path = url.pathname.slice(new URL(SCOPE).pathname.length).replace(/(^|\/)index\.html$/, "$1");
  const isPage = request.mode === "navigate";
  // As a host does: what a page names is relative to its folder.
  if (isPage && `${path}/` in FILES) return event.respondWith(Response.redirect(place(`${path}/`) + url.search));
  // What is not ours, though it lies below us, goes its own way.
  if (!(path in FILES) && (isPage || !isHashed(path))) return;
  event.respondWith(answer(request, place(path), isPage ? "" : event.clientId));
  if (isPage) event.waitUntil(sweep());
});

/** A tab of an older build gets what it began with, a new one what is new. */
async function answer(request, url, tab) {
  const { tabs, old } = await note();
  const older = [...old].reverse();
  const names = tabs.includes(tab) ? [...older, CACHE] : [CACHE, ...older];
  return (await find(url, names)) ?? fetch(request);
}

self.addEventListener("message", ({ data }) => {
  if (data === "SKIP_WAITING") self.skipWaiting();
});
