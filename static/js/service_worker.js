/**
 * Between the pages and the network: keeps the bundle's files as they are used, and shows a page of
 * our own where a page cannot be loaded. tutor/offline.py writes `LEMMA` before this.
 */

import { Plan, cacheName, outdated, pageIn, planFor } from "./worker_plan.js";

const { version, pages, files } = self.LEMMA;
const LANGUAGE = "/offline/language"; // of the last page; an address that only the cache has

const openCache = () => caches.open(cacheName(version));

async function install() {
  const cache = await openCache();
  const anonymous = Object.values(pages).map((page) => new Request(page, { credentials: "omit" }));
  await cache.addAll([...anonymous, ...files]);
}

async function activate() {
  const names = outdated(await caches.keys(), version);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
}

async function file(request) {
  const cache = await openCache();
  const stored = await cache.match(request.url);
  if (stored) return stored;
  const answer = await fetch(request);
  if (answer.status === 200) await cache.put(request.url, answer.clone());
  return answer;
}

async function page(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(noteLanguage(answer.headers.get("Content-Language")));
    return answer;
  } catch {
    const cache = await openCache();
    const language = await (await cache.match(LANGUAGE))?.text();
    const languages = [language ?? "", ...navigator.languages];
    return (await cache.match(pageIn(languages, pages))) ?? Response.error();
  }
}

async function noteLanguage(language) {
  if (!language) return;
  const cache = await openCache();
  const noted = await (await cache.match(LANGUAGE))?.text();
  if (noted !== language) await cache.put(LANGUAGE, new Response(language));
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const plan = planFor(event.request, location.origin);
  if (plan === Plan.FILE) event.respondWith(file(event.request));
  if (plan === Plan.PAGE) event.respondWith(page(event));
});
