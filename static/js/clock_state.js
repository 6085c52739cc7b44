/** What a clock of a sitting shows, apart from the page. */

const WARNINGS = [
  ["over", 0],
  ["one", 60],
  ["five", 300],
];

/** Of the time before it, so much has passed when a warning comes: none begins a sitting. */
const SOME = 1.2;

/**
 * The warning that is true with so much time left; empty before the first.
 * wholeS: how long the sitting is from its beginning to its end.
 */
export function warningAt(leftS, wholeS = Infinity) {
  const due = WARNINGS.filter(([, from]) => wholeS >= SOME * from);
  return due.find(([, from]) => leftS <= from)?.[0] ?? "";
}

/** 1:02:03, or 4:05; a second that has begun is counted. */
export function faceOf(leftS) {
  const left = Math.max(0, Math.ceil(leftS));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/**
 * Whether the time between two looks, by a clock that may stop while the computer sleeps and by one
 * that may be set, is so long or so different that the server has to be asked again.
 */
export function hasSlept(tickedMs, wallMs) {
  return Math.abs(wallMs - tickedMs) > 2_000 || wallMs > 10_000;
}

/** Seconds before the end at which what is typed is sent once more. */
const SAVES_AT = [15, 2];

/** Whether one of these instants lies between two looks at the clock. */
export function savesBetween(beforeS, nowS) {
  return SAVES_AT.some((at) => nowS <= at && at < beforeS);
}
