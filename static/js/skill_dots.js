/** Which dot of a picture the arrow keys go to. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ASIDE = 3; // what is aside counts as that many times as far

/** The index of the nearest dot that way; null for another key, and where there is none. */
export function nearest(dots, from, key) {
  if (!(key in WAYS) || !(from in dots)) return null;
  const [right, down] = WAYS[key];
  let best = null;
  let least = Infinity;
  dots.forEach(({ x, y }, index) => {
    const [across, below] = [x - dots[from].x, y - dots[from].y];
    const ahead = across * right + below * down;
    const far = ahead + ASIDE * Math.abs(across * down + below * right);
    if (ahead > 0 && far < least) [best, least] = [index, far];
  });
  return best;
}
