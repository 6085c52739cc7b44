/**
 * Shows how numbers and dates are written in the country that is chosen, and proposes its time zone,
 * unless one of its zones is there already.
 */

const country = document.querySelector("select[name=convention]");
const zone = document.querySelector("select[name=time_zone]");
const note = document.querySelector("[data-part=proposed-zone]");
const sample = document.createElement("output");

sample.className = "help";
sample.htmlFor = country.id;
country.after(sample);
const showSample = () => (sample.textContent = country.selectedOptions[0].dataset.sample);
showSample();

country.addEventListener("change", () => {
  showSample();
  const zones = country.selectedOptions[0].dataset.zones?.split(" ") ?? [];
  if (!zones.length || zones.includes(zone.value)) return;
  zone.value = zones[0];
  note.querySelector("[data-part=zone]").textContent = zone.selectedOptions[0].textContent;
  note.hidden = false;
});
