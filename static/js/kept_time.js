/** When a form was kept, as the server writes dates: Apr 12, 2031, 8:00 pm. */
export function dateAndTime(instant, { language, hasHalfDays }) {
  const hours = hasHalfDays ? { hour: "numeric", hourCycle: "h12" } : { hour: "2-digit", hourCycle: "h23" };
  const parts = { year: "numeric", month: "short", day: "numeric", minute: "2-digit", ...hours };
  return instant.toLocaleString(language, parts).replace(/[AP]M$/, (half) => half.toLowerCase());
}
