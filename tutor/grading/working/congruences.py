"""Congruences such as 3·5 = 15 ≡ 1 (mod 7), and divisions with remainder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import (
    Add,
    Comparison,
    Mul,
    Neg,
    Num,
    Pow,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    StepVerdict,
    Witness,
    proved,
    refuted,
    unchecked,
)
from tutor.grading.working.facts import STATEMENT, Facts
from tutor.grading.working.reading.statement import DIVISIBLE

MAX_MODULUS = 400  # of unknowns, whose residues are tried one by one
MAX_EXPONENT = 10**6
_MODULUS = re.compile(
    r"(?:\(\s{0,2}\\?mod\.?\s{0,2}(\d{1,9})\s{0,2}\)"
    r"|\\?[pb]?mod\.?\s{0,2}\{?\s{0,2}(\d{1,9})\s{0,2}\}?|（\s{0,2}mod\s{0,2}(\d{1,9})\s{0,2}）"
    r"|\[\s?(\d{1,9})\s?\])\s{0,2}$"
)
_CONGRUENT = re.compile(r"\\equiv(?![A-Za-z])|≡")
_SIGNS = re.compile(r"(\\equiv(?![A-Za-z])|≡|=)")
_STATED = re.compile(
    r"(?<![\w^{}+\-*])([\w^{}+\-*]{1,40})\s?(?:\\equiv|≡)\s{0,3}(-?\d{1,9})\s{0,3}"
    r"(?:\(\s{0,2}\\?mod\.?\s{0,2}(\d{1,9})\s{0,2}\)"
    r"|\\?[pb]?mod\s{0,2}\{?\s{0,2}(\d{1,9})\s{0,2}\}?|\\?\[\s?(\d{1,9})\s?\\?\])"
)
_SPACES = re.compile(r"\\(?:[ ,;:!]|q?quad(?![a-z]))")
_DIVISION = re.compile(
    r"(\d{1,12})\s{0,2}=\s{0,2}(\d{1,12})\s{0,2}[*·×⋅]\s{0,2}(\d{1,12})\s{0,2}\+\s{0,2}(\d{1,12})"
)
_QUOTIENT = re.compile(
    r"(\d{1,12})\s{0,2}[÷:/]\s{0,2}(\d{1,9})\s{0,2}=\s{0,2}(\d{1,12}) remainder (\d{1,9})"
)
_MULTIPLE = re.compile(
    r"([a-z])\s{0,2}=\s{0,2}(?:(\d{1,6})\s{0,2}\+\s{0,2}(?=\d))?(\d{1,6})[ *·]{0,3}([a-z])\s{0,2}"
    r"(?:\+\s{0,2}(\d{1,6}))?"
)
_REMAINDER_OF = re.compile(  # 83 = 4·21 - 1, remainder 1
    r"(?<![\d.^])(\d{1,9})\s?=\s?(\d{1,6})\s?[·*×⋅]\s?(\d{1,6})\s?([+−-])\s?(\d{1,6})(?![\d.])\s?"
    r"(?:[,;:.→]|=>|->|so|also|donc|luego|所以)?\s?(?:the |der |le |el )?"
    r"(?:remainder|rest|reste|resto|余数?)\s?(?:is|ist|est|es|=|:|是|为)?\s?(\d{1,6})(?![\d.])",
    re.IGNORECASE,
)
_ALTERNATIVES = re.compile(
    r"([a-z])\s?(?:\\equiv|≡)\s?(\d{1,4}(?:\s?(?:,|or)\s?\d{1,4}){1,8})\s?"
    r"(?:\(\s?\\?mod\.?\s?(\d{1,4})\s?\)|\\?[pb]?mod\.?\s?\{?(\d{1,4})\}?|\[\s?(\d{1,4})\s?\])"
)
_OF_INTEGERS = re.compile(
    r"\bgcd\b|\bggT\b|\bpgcd\b|\bmcd\b|\bhcf\b|euclid|euklid|common divisor|\\gcd|mod\b|modul"
    r"|teiler|diviseur|divisor|公约数|公因数|辗转|同余|remainder|\brest\b|reste|resto|余数"
    r"|last digit|letzte ziffer|dernier chiffre|última cifra|个位|weekday|wochentag|星期",
    re.IGNORECASE,
)


_DIVISOR = re.compile(
    r"(?<!\w)\\?[pb]?mod(?:ulo)?\.?\s{0,3}\{?\s{0,3}(\d{1,9})(?!\.?\d)"
    r"|(?:divided by|division by|durch|par|por|entre|除以|被)\s{0,3}(?:\\\(\s{0,3})?(\d{1,9})"
    r"(?!\.?\d)",
    re.IGNORECASE,
)
_LAST_DIGIT = re.compile(
    r"(?:last|units?|ones) digit|letzte ziffer|einerziffer|dernier chiffre|chiffre des unités"
    r"|última cifra|cifra de las unidades|个位",
    re.IGNORECASE,
)


_DIVISIBLE = re.compile(rf"{DIVISIBLE} (\d{{1,9}})")


def judge_divisibility(text: str, value: Term | None) -> ClaimResult | None:
    """The words "divisible by 6" behind 7 - 1 = 6, or an expression; None for anything else."""
    match = _DIVISIBLE.fullmatch(text)
    if match is None:
        return None
    number = rational_value(value) if value is not None else None
    divisor = int(match[1])
    is_divisible = number is not None and divisor and number % divisor == 0
    return proved(ClaimRelation.IMPLIES) if is_divisible else unchecked(ClaimRelation.IMPLIES)


@dataclass(frozen=True, slots=True)
class Congruence:
    left: Term
    right: Term
    modulus: int

    @property
    def names(self) -> frozenset[str]:
        return free_names(self.left) | free_names(self.right)

    def holds(self, name: str, value: int) -> bool | None:
        at = Num(Fraction(value))
        sides = (substitute(side, Sym(name), at) for side in (self.left, self.right))
        residues = [residue(side, self.modulus) for side in sides]
        return None if None in residues else residues[0] == residues[1]


@dataclass
class Congruences:
    """known: what the statement and the lines before say.

    modulus: the only one that the statement tells, for lines that leave it out; 0 for none.
    """

    known: list[Congruence] = field(default_factory=list)
    is_about_integers: bool = False
    modulus: int = 0

    @classmethod
    def of(cls, statement: str) -> Congruences:
        known = []
        for match in _STATED.finditer(_SPACES.sub(" ", statement)):
            modulus = int(match[3] or match[4] or match[5])
            left, right = _read(match[1].strip().lstrip("({ \\")), _read(match[2])
            if left is not None and right is not None and modulus > 1:
                known.append(Congruence(left, right, modulus))
        return cls(known, bool(_OF_INTEGERS.search(statement)), _modulus_of(statement))

    def judge(self, text: str, facts: Facts, budget: WorkBudget) -> ClaimResult | None:
        """None for anything else than congruences, quotients with remainder and wrong divisions.

        Raises WorkBudgetSpent.
        """
        if self.is_about_integers and (division := _DIVISION.fullmatch(text.strip())):
            return _judge_division(division)
        if quotient := _QUOTIENT.fullmatch(text.strip()):
            return _judge_quotient(quotient)
        if self.known and (multiple := _MULTIPLE.fullmatch(text.strip())):
            return self._judge_multiple(multiple, facts)
        modulus = _MODULUS.search(text)
        if modulus is None and self.modulus and _CONGRUENT.search(text):
            return self._judge_without_modulus(text, facts, budget)
        if listed := _ALTERNATIVES.fullmatch(text.strip()):
            return self._judge_alternatives(listed, facts, budget)
        if modulus is None or not (_CONGRUENT.search(text) or self.known):
            return None
        if not _CONGRUENT.search(text) and "=" not in text:
            return None
        number = int(next(part for part in modulus.groups() if part))
        return self._judge_chain(text[: modulus.start()], number, facts, budget)

    def _judge_chain(
        self, text: str, number: int, facts: Facts, budget: WorkBudget
    ) -> ClaimResult | None:
        pieces = _SIGNS.split(text.rstrip(" ,;"))
        sides = [_read(piece) for piece in pieces[::2]]
        if number < 2 or len(sides) < 2:
            return None
        results = [
            self._link(left, right, sign, number, facts, budget)
            for left, right, sign in zip(sides, sides[1:], pieces[1::2], strict=False)
        ]
        last, first, result = sides[-1], sides[0], _worst(results)
        if first is not None and last is not None:
            is_solved = isinstance(first, Sym) and not free_names(last)
            if not is_solved or result.verdict == StepVerdict.PROVED:
                self.known.append(Congruence(first, last, number))  # else one of several solutions
        return result

    def _judge_without_modulus(
        self, text: str, facts: Facts, budget: WorkBudget
    ) -> ClaimResult | None:
        """By the modulus of the statement, or the latest one of the lines."""
        latest = self.known[-1].modulus if self.known else self.modulus
        if latest == self.modulus:
            return self._judge_chain(text, latest, facts, budget)
        before = list(self.known)
        for modulus in (latest, self.modulus):
            result = self._judge_chain(text, modulus, facts, budget)
            if result is not None and result.verdict == StepVerdict.PROVED:
                return result
            self.known = list(before)
        return unchecked(ClaimRelation.EQUAL)

    def _judge_alternatives(
        self, match: re.Match[str], facts: Facts, budget: WorkBudget
    ) -> ClaimResult:
        """x ≡ 4 or 9 (mod 10): all remainders, and no others."""
        name, modulus = match[1], int(match[3] or match[4] or match[5])
        known = [other for other in self._about(name, facts) if modulus % other.modulus == 0]
        listed = (
            {int(number) % modulus for number in re.findall(r"\d+", match[2])} if modulus else set()
        )
        if not known or modulus > MAX_MODULUS:
            return unchecked(ClaimRelation.SOLVE)
        right = set()
        for value in range(modulus):
            budget.check()
            if all(other.holds(name, value) for other in known):
                right.add(value)
        return (proved if right == listed else unchecked)(ClaimRelation.SOLVE)

    def _judge_multiple(self, match: re.Match[str], facts: Facts) -> ClaimResult | None:
        """x = 7k + 2 and x = 2 + 7k after x ≡ 2 (mod 7)."""
        modulus, rest = int(match[3]), int(match[2] or 0) + int(match[5] or 0)
        named = Congruence(Sym(match[1]), Num(Fraction(rest)), modulus)
        if named not in self.known:
            return None
        multiple = Mul((Num(Fraction(modulus)), Sym(match[4])))
        term = Add((multiple, Num(Fraction(rest))))
        facts.add(Comparison("=", Sym(match[1]), term), STATEMENT)
        return proved(ClaimRelation.SOLVE)

    def _link(
        self,
        left: Term | None,
        right: Term | None,
        sign: str,
        modulus: int,
        facts: Facts,
        budget: WorkBudget,
    ) -> ClaimResult:
        if left is None or right is None:
            return unchecked(ClaimRelation.EQUAL)
        claim = Congruence(left, right, modulus)
        if not claim.names:
            return _judge_numbers(claim, sign)
        if len(claim.names) > 1:
            return unchecked(ClaimRelation.IMPLIES)
        [name] = claim.names
        known = list(self._about(name, facts))
        result = _judge_unknown(claim, name, known, budget)
        if result is None:
            return unchecked(ClaimRelation.IMPLIES)
        return result

    def _about(self, name: str, facts: Facts) -> Iterator[Congruence]:
        for congruence in self.known:
            if congruence.names == {name}:
                yield congruence
                continue
            left, right = (
                facts.with_definitions(side) for side in (congruence.left, congruence.right)
            )
            if is_term(left) and is_term(right) and free_names(left) | free_names(right) == {name}:
                yield Congruence(left, right, congruence.modulus)


def _modulus_of(statement: str) -> int:
    numbers = {int(match[1] or match[2]) for match in _DIVISOR.finditer(statement)}
    if _LAST_DIGIT.search(statement):
        numbers.add(10)
    return numbers.pop() if len(numbers) == 1 else 0


def says_congruent(text: str) -> bool:
    return bool(_CONGRUENT.search(text))


def residue(term: Term, modulus: int) -> int | None:
    """None where the term is no whole number."""
    match term:
        case Num(value):
            return int(value) % modulus if value.denominator == 1 else None
        case Neg(part):
            inner = residue(part, modulus)
            return None if inner is None else -inner % modulus
        case Add(parts):
            residues = [residue(part, modulus) for part in parts]
            return None if None in residues else sum(r or 0 for r in residues) % modulus
        case Mul(parts):
            product = 1
            for part in parts:
                inner = residue(part, modulus)
                if inner is None:
                    return None
                product = product * inner % modulus
            return product
        case Pow(base, Num(exponent)) if exponent.denominator == 1 and exponent >= 0:
            inner = residue(base, modulus)
            is_small = exponent <= MAX_EXPONENT
            return pow(inner, int(exponent), modulus) if inner is not None and is_small else None
    return None


def _judge_numbers(claim: Congruence, sign: str) -> ClaimResult:
    modulus = claim.modulus
    before, after = (residue(side, modulus) for side in (claim.left, claim.right))
    if before is None or after is None:
        return unchecked(ClaimRelation.EQUAL)
    if before == after:
        return proved(ClaimRelation.EQUAL)
    is_negative = (before + after) % modulus == 0
    slip = Slip.LOST_SIGN if is_negative and sign != "=" else Slip.ARITHMETIC
    witness = Witness({}, rf"{before} \pmod{{{modulus}}}", rf"{after} \pmod{{{modulus}}}")
    return refuted(ClaimRelation.EQUAL, witness, slip)


def _judge_unknown(
    claim: Congruence, name: str, known: Sequence[Congruence], budget: WorkBudget
) -> ClaimResult | None:
    """By trying all residues; None where nothing is known or too many would have to be tried."""
    if claim in known:
        return proved(ClaimRelation.IMPLIES)
    related = [other for other in known if other.modulus % claim.modulus == 0]
    related = related or [other for other in known if claim.modulus % other.modulus == 0]
    whole = lcm(claim.modulus, *(other.modulus for other in related))
    if whole > MAX_MODULUS:
        return None
    solutions: list[int] = []
    claimed: set[int] = set()
    for value in range(whole):
        budget.check()
        if claim.holds(name, value):
            claimed.add(value)
        if all(other.holds(name, value) for other in related):
            solutions.append(value)
    if len(claimed) == whole:
        return proved(ClaimRelation.EQUIVALENT)
    if not related or not solutions:
        return None
    failing = [value for value in solutions if value not in claimed]
    if not failing:
        return proved(ClaimRelation.IMPLIES)
    if len(failing) < len(solutions):
        if isinstance(claim.left, Sym) or claim.modulus != related[-1].modulus:
            return None  # it may choose among the solutions
        lost = Witness({name: str(failing[0])}, "", "")
        return refuted(ClaimRelation.IMPLIES, lost, Slip.MODULUS_KEPT)
    opposite = Congruence(claim.left, Neg(claim.right), claim.modulus)
    is_sign = all(opposite.holds(name, value) for value in solutions)
    at = {name: str(solutions[0])}
    return refuted(
        ClaimRelation.IMPLIES, Witness(at, "", ""), Slip.LOST_SIGN if is_sign else Slip.NONE
    )


def judge_remainder(text: str) -> ClaimResult | None:
    """83 = 4·21 - 1, remainder 1: refuted where it is the remainder by neither factor."""
    match = _REMAINDER_OF.search(text)
    if match is None:
        return None
    whole, first, second, rest = (int(match[n]) for n in (1, 2, 3, 5))
    named = int(match[6])
    offset = rest if match[4] == "+" else -rest
    if first * second + offset != whole or min(first, second) < 2:
        return None
    if named in {whole % first, whole % second}:
        return None
    witness = Witness({}, str(named), str(whole % min(first, second)))
    return refuted(ClaimRelation.EQUAL, witness, Slip.NONE)


def _judge_quotient(quotient: re.Match[str]) -> ClaimResult:
    """100 ÷ 7 = 14 remainder 2."""
    whole, divisor, result, rest = map(int, quotient.groups())
    total = result * divisor + rest
    if whole == total and rest < divisor:
        return proved(ClaimRelation.EQUAL)
    return refuted(ClaimRelation.EQUAL, Witness({}, str(whole), str(total)), Slip.ARITHMETIC)


def _judge_division(division: re.Match[str]) -> ClaimResult | None:
    """105 = 2·42 + 19; None where it holds, for then it is an equation like any other."""
    whole, quotient, divisor, remainder = map(int, division.groups())
    total = quotient * divisor + remainder
    if whole == total:
        return None
    return refuted(ClaimRelation.EQUAL, Witness({}, str(whole), str(total)), Slip.ARITHMETIC)


def _read(text: str) -> Term | None:
    try:
        value = read_expression(text.strip())
    except (Unreadable, RecursionError):
        return None
    return value if is_term(value) else None


def _worst(results: Sequence[ClaimResult]) -> ClaimResult:
    refutation = next((r for r in results if r.is_decided and r.witness is not None), None)
    undecided = next((r for r in results if not r.is_decided), None)
    return refutation or undecided or results[0]
