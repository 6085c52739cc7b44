/** On the page that stands for one that could not be loaded: looks for the network, and tries again. */

const LOOK_EVERY_MS = 5_000;

async function look() {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer && answer.status < 500) location.reload();
}

if (!location.pathname.startsWith("/offline/")) {
  addEventListener("online", look);
  setInterval(look, LOOK_EVERY_MS);
}
