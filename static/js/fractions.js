/** Exact fractions [top, bottom] of small whole numbers; the bottom is positive. */

const divisor = (a, b) => (b ? divisor(b, a % b) : Math.abs(a));

export function fraction(top, bottom = 1) {
  const common = divisor(top, bottom) * Math.sign(bottom);
  return [top / common || 0, bottom / common]; // no -0
}

export const plus = ([a, b], [c, d]) => fraction(a * d + c * b, b * d);
export const minus = ([a, b], [c, d]) => fraction(a * d - c * b, b * d);
export const times = ([a, b], [c, d]) => fraction(a * c, b * d);
export const over = ([a, b], [c, d]) => fraction(a * d, b * c);
export const isZero = ([top]) => top === 0;
export const toNumber = ([top, bottom]) => top / bottom;

/** 3, -1/2 or 0.25 (0,25 with a decimal comma) as a fraction; null for anything else. */
export function readFraction(text) {
  const match = /^([-+]?)(\d{1,6})(?:[.,](\d{1,6})|\/(\d{1,6}))?$/.exec(text);
  if (!match || Number(match[4]) === 0) return null;
  const [, sign, whole, decimals = "", bottom = "1"] = match;
  const scale = 10 ** decimals.length;
  const top = Number(whole) * scale + Number(decimals);
  return fraction(sign === "-" ? -top : top, scale * Number(bottom));
}

/** As it is typed: a decimal where `isDecimal` and it ends, otherwise as a fraction. */
export function written([top, bottom], isDecimal, comma = ",") {
  const text = String(top / bottom);
  const ends = isDecimal && text.length < 12 && !text.includes("e");
  if (bottom === 1 || ends) return comma === ";" ? text.replace(".", ",") : text;
  return `${top}/${bottom}`;
}
