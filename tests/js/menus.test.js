import assert from "node:assert/strict";
import { test } from "node:test";

import { positionOf } from "../../static/js/menus.js";

const WINDOW = { width: 360, height: 700 };
const MENU = { width: 200, height: 180 };

test("a menu stands below its opener", () => {
  assert.deepEqual(positionOf({ top: 100, bottom: 120, left: 40 }, MENU, WINDOW), { top: 124, left: 40 });
});

test("it stands above it where there is no room below", () => {
  assert.equal(positionOf({ top: 600, bottom: 620, left: 40 }, MENU, WINDOW).top, 600 - 4 - 180);
});

test("it stays in the window at each side", () => {
  assert.equal(positionOf({ top: 100, bottom: 120, left: 300 }, MENU, WINDOW).left, 360 - 8 - 200);
  assert.equal(positionOf({ top: 100, bottom: 120, left: 2 }, MENU, WINDOW).left, 8);
  assert.equal(positionOf({ top: 60, bottom: 80, left: 40 }, { ...MENU, height: 650 }, WINDOW).top, 8);
});
