/** What the service worker does with a request: decisions only, so that they can be tested. */

export const Plan = { PASS: "pass", FILE: "file", PAGE: "page" };

// A name with a hash never means another content: such a file may come from the cache.
const HASHED = /\/bundled\/[\w.-]+-[\w-]{8}\.[a-z0-9.]+$/;

/** Only hashed files are kept. A page is never kept, and one of our own stands for it without a network. */
export function planFor({ url, method, mode }, origin) {
  const address = new URL(url);
  if (method !== "GET" || address.origin !== origin) return Plan.PASS;
  if (mode === "navigate") return Plan.PAGE;
  return HASHED.test(address.pathname) && !address.search ? Plan.FILE : Plan.PASS;
}

export const cacheName = (version) => `lemma-${version}`;

/** The caches of other bundles. */
export function outdated(names, version) {
  return names.filter((name) => name.startsWith("lemma-") && name !== cacheName(version));
}

/** The page in the language of the last page, else in the browser's, else in English. */
export function pageIn(languages, pages) {
  const tags = languages.map((tag) => tag.toLowerCase());
  const matches = (name) => (tag) => tag === name || tag.split("-")[0] === name.split("-")[0];
  const name = tags.flatMap((tag) => Object.keys(pages).filter((code) => matches(code)(tag)))[0];
  return pages[name ?? "en"];
}
