/**
 * What the server says of checked lines, shown at the rows of working.js. Loaded with the first
 * check, and so it imports nothing that the page has.
 */

const MAX_TRIES = 5; // of the same lines by themselves

const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Show the marks of an answer, or why there are none. */
export function mark(rows, answer) {
  const list = answer.querySelector(".lines");
  const refused = part(answer, "check-refused");
  if (!list && !refused) return; // shown already
  clearTimeout(rows.later);
  rows.forgetMarks(0);
  rows.checked = [];
  rows.keepTroubleOfLines(); // the answer says what is wrong
  if (!list) refuse(rows, refused);
  else {
    rows.tries = 0;
    showMarks(rows, list);
  }
}

function refuse(rows, refused) {
  const { asked } = rows;
  rows.asked = "";
  if (rows.list.hidden) return;
  if (asked !== rows.lastRefused) rows.tries = 0;
  rows.lastRefused = asked;
  const isLater = Boolean(refused.dataset.again) && rows.tries < MAX_TRIES;
  if (refused.dataset.again) {
    part(refused, "later").hidden = !isLater;
    part(refused, "given-up").hidden = isLater;
  }
  rows.checker.hidden = isLater;
  if (!isLater) return;
  rows.tries += 1;
  rows.later = setTimeout(() => askAgain(rows), 1000 * refused.dataset.again);
}

/** Not while a line is being typed, which will be checked when it is finished. */
function askAgain(rows) {
  const isTyping = rows.edited >= 0 && rows.list.contains(document.activeElement);
  if (rows.root.isConnected && !isTyping) rows.check();
}

function showMarks(rows, list) {
  if (!rows.list.hidden) rows.checker.hidden = true;
  rows.checked = [...list.children].map((item) => item.dataset.text);
  if (rows.list.hidden) return; // no rows: the list itself is shown
  rows.forEachMatch(list, (item, line) => {
    part(item, "check").replaceChildren(...part(line, "check").childNodes);
    item.classList.toggle("failing", line.classList.contains("failing"));
  });
  list.remove();
  rows.forgetChecks();
}
