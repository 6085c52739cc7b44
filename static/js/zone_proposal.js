/**
 * What to do with the time zone where a country is chosen that has other zones: null for nothing.
 * `change` is false where somebody has chosen a zone: another one moves all dates by the clock.
 */
export function zoneProposal(zonesOfCountry, current, isChosen) {
  if (!zonesOfCountry.length || zonesOfCountry.includes(current)) return null;
  return { zone: zonesOfCountry[0], change: !isChosen };
}
