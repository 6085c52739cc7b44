/** Tells a form in which time zone the browser is; on the profile, offers it instead of another. */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

for (const field of document.querySelectorAll("[data-browser-zone]")) field.value = zone;

const offer = document.querySelector("[data-part=browser-zone]");
const choice = document.querySelector("select[name=time_zone]");
const zonesOf = (option) => [option.value, ...(option.dataset.alike ?? "").split(" ")];
const listed = [...(choice?.options ?? [])].find((option) => zonesOf(option).includes(zone));
if (offer && listed && !listed.selected) {
  offer.querySelector("[data-part=zone]").textContent = listed.textContent;
  offer.querySelector("button").addEventListener("click", () => {
    choice.value = listed.value;
    offer.hidden = true;
    choice.focus();
  });
  offer.hidden = false;
}
