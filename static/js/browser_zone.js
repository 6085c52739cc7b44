/** Tells a form in which time zone the browser is; on the profile, offers it instead of another. */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

for (const field of document.querySelectorAll("[data-browser-zone]")) field.value = zone;

const offer = document.querySelector("[data-part=browser-zone]");
const choice = document.querySelector("select[name=time_zone]");
const isListed = [...(choice?.options ?? [])].some((option) => option.value === zone);
if (offer && isListed && choice.value !== zone) {
  offer.querySelector("[data-part=zone]").textContent = zone;
  offer.querySelector("button").addEventListener("click", () => {
    choice.value = zone;
    offer.hidden = true;
    choice.focus();
  });
  offer.hidden = false;
}
