/** Proposes the time zone of the country that is chosen, and says below the field what it does. */

import { zoneProposal } from "./zone_proposal.js";

const country = document.querySelector("select[name=convention]");
const zone = document.querySelector("select[name=time_zone]");
const notes = document.querySelector("[data-zone-notes]");
let isChosen = "isChosen" in notes.dataset;
zone.closest(".field").append(notes);

function show(part) {
  for (const note of notes.querySelectorAll("[data-part]")) note.hidden = note.dataset.part !== part;
}

zone.addEventListener("change", () => {
  isChosen = true;
  show("");
});

country.addEventListener("change", () => {
  const zones = country.selectedOptions[0].dataset.zones?.split(" ") ?? [];
  const proposal = zoneProposal(zones, zone.value, isChosen);
  if (!proposal) return show("");
  if (proposal.change) zone.value = proposal.zone;
  for (const name of notes.querySelectorAll("[data-zone]")) name.textContent = proposal.zone;
  show(proposal.change ? "proposed-zone" : "other-zone");
});
