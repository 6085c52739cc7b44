/** Reads a polynomial in x of degree 2 at most, as it is typed: 2(x - 1)^2 - 3, 3x/2 + 1. */

import { fraction, isZero, over, plus, readFraction, times } from "./fractions.js";

const TOKEN = { ",": /[-+*/^()x]|\d+(?:\.\d+)?/g, ";": /[-+*/^()x]|\d+(?:,\d+)?/g };
const ZERO = fraction(0);
const MAX_TOKENS = 60;

class Unread extends Error {}

/** Its coefficients [a, b, c] of a + bx + cx²; null where it is none. comma: as in answers. */
export function readPolynomial(text, comma) {
  const tokens = text.match(TOKEN[comma]) ?? [];
  if (tokens.join("") !== text || tokens.length > MAX_TOKENS) return null;
  try {
    const result = sum(tokens);
    return tokens.length ? null : result;
  } catch (error) {
    if (error instanceof Unread) return null;
    throw error;
  }
}

function sum(tokens) {
  let total = [ZERO, ZERO, ZERO];
  do {
    let sign = 1;
    while (tokens[0] === "+" || tokens[0] === "-") if (tokens.shift() === "-") sign = -sign;
    const term = product(tokens);
    total = total.map((value, n) => plus(value, times(fraction(sign), term[n])));
  } while (tokens[0] === "+" || tokens[0] === "-");
  return total;
}

function product(tokens) {
  let result = power(tokens);
  while (tokens.length && !"+-)^".includes(tokens[0])) {
    const sign = "*/".includes(tokens[0]) ? tokens.shift() : "*";
    const factor = power(tokens);
    result = sign === "*" ? multiplied(result, factor) : divided(result, factor);
  }
  return result;
}

function power(tokens) {
  const base = atom(tokens);
  if (tokens[0] !== "^") return base;
  tokens.shift();
  const exponent = tokens.shift();
  if (exponent === "1") return base;
  if (exponent !== "2") throw new Unread();
  return multiplied(base, base);
}

function atom(tokens) {
  const token = tokens.shift();
  if (token === "x") return [ZERO, fraction(1), ZERO];
  if (token === "(") {
    const inner = sum(tokens);
    if (tokens.shift() !== ")") throw new Unread();
    return inner;
  }
  const number = readFraction(token ?? "");
  if (!number) throw new Unread();
  return [number, ZERO, ZERO];
}

function multiplied(left, right) {
  const result = [ZERO, ZERO, ZERO, ZERO, ZERO];
  left.forEach((a, m) => {
    right.forEach((b, n) => {
      result[m + n] = plus(result[m + n], times(a, b));
    });
  });
  if (!isZero(result[3]) || !isZero(result[4])) throw new Unread();
  return result.slice(0, 3);
}

function divided(left, [constant, ...more]) {
  if (isZero(constant) || !more.every(isZero)) throw new Unread();
  return left.map((value) => over(value, constant));
}
