/** The day of what a field for a date holds, as 2026-12-01T08:00, with its weekday; empty without one. */
export function dayInWords(value, language) {
  const instant = new Date(`${value.slice(0, 10)}T00:00:00Z`); // the field knows no zone
  if (Number.isNaN(instant.getTime())) return "";
  const parts = { weekday: "long", year: "numeric", month: "short", day: "numeric" };
  return instant.toLocaleDateString(language, { ...parts, timeZone: "UTC" });
}
