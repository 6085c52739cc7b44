import assert from "node:assert/strict";
import { test } from "node:test";

import { zoneProposal } from "../../static/js/zone_proposal.js";

test("a new class takes the zone of its country until somebody chooses one", () => {
  assert.deepEqual(zoneProposal(["Europe/Berlin"], "UTC", false), { zone: "Europe/Berlin", change: true });
});

test("a chosen zone stays, and that of the country is only told", () => {
  assert.deepEqual(zoneProposal(["Asia/Tokyo"], "UTC", true), { zone: "Asia/Tokyo", change: false });
});

test("nothing is told where the zone is one of the country, or the country has none", () => {
  assert.equal(zoneProposal(["America/New_York", "America/Chicago"], "America/Chicago", true), null);
  assert.equal(zoneProposal([], "UTC", false), null);
});
