/**
 * Shows how numbers and dates are written in the country that is chosen, proposes its time zone, and
 * says below the field what that does.
 */

import { zoneProposal } from "./zone_proposal.js";

const country = document.querySelector("select[name=convention]");
const zone = document.querySelector("select[name=time_zone]");
const notes = document.querySelector("[data-zone-notes]");
const sample = document.createElement("output");
let isChosen = "isChosen" in notes.dataset;

zone.closest(".field").append(notes);
sample.className = "help";
sample.htmlFor = country.id;
country.after(sample);
const showSample = () => (sample.textContent = country.selectedOptions[0].dataset.sample);
showSample();

function show(part) {
  for (const note of notes.querySelectorAll("[data-part]")) note.hidden = note.dataset.part !== part;
}

const nameOf = (value) => [...zone.options].find((option) => option.value === value)?.textContent ?? value;

zone.addEventListener("change", () => {
  isChosen = true;
  show("");
});

country.addEventListener("change", () => {
  showSample();
  const zones = country.selectedOptions[0].dataset.zones?.split(" ") ?? [];
  const proposal = zoneProposal(zones, zone.value, isChosen);
  if (!proposal) return show("");
  if (proposal.change) zone.value = proposal.zone;
  for (const name of notes.querySelectorAll("[data-zone]")) name.textContent = nameOf(proposal.zone);
  show(proposal.change ? "proposed-zone" : "other-zone");
});
