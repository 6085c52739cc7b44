/** Proposes the time zone of the country that is chosen, unless one of its zones is there already. */

const country = document.querySelector("select[name=convention]");
const zone = document.querySelector("select[name=time_zone]");
const note = document.querySelector("[data-part=proposed-zone]");

country.addEventListener("change", () => {
  const zones = country.selectedOptions[0].dataset.zones?.split(" ") ?? [];
  if (!zones.length || zones.includes(zone.value)) return;
  zone.value = zones[0];
  note.querySelector("[data-part=zone]").textContent = zones[0];
  note.hidden = false;
});
