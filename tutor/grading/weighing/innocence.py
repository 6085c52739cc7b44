"""What a wrong final answer says nothing against, and what it is: the line that states it.

10 % of 200 = 20 is true whatever the working makes of it. Only a line that says what the number is
can be wrong, or one that something else speaks against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import Add, Mul, Num, Sym, free_names
from tutor.grading.steps.claim_results import ClaimRelation, StepVerdict
from tutor.grading.weighing.agreements import is_in_proportion
from tutor.grading.weighing.calculations import Calculation
from tutor.grading.weighing.confirmations import COMPLEMENT, is_true_algebra
from tutor.grading.weighing.evidence import Evidence
from tutor.grading.weighing.key_numbers import key_numbers, value_of
from tutor.grading.weighing.lacking_numbers import numerals
from tutor.grading.weighing.numbers import EXACT, are_close, may_be_same
from tutor.grading.weighing.origins import is_undecided, shares_term
from tutor.grading.weighing.weighed_lines import WeighedClaim, WeighedLine, last_side
from tutor.grading.working.announcements.general_formulas import judge_general_formula
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.physics import KINDS
from tutor.grading.working.knowledge.quantity_names import is_letter_of
from tutor.grading.working.task import WORD, question_in, stated_in

STEM = 4  # letters of a word that its forms have in common
_CHANCE_OF_SIDE = re.compile(r"\s?P\s?\(\s?[^\W\d_]{1,12}\s?\)\s?=(?!.*[\^²³])")
_COIN = words(r"coins?|münzen?|pièces?|monedas?", "硬币")
_TOTAL = words(
    r"total\w{0,2}|together|altogether|in all|sum|zusammen|insgesamt|gesamt\w{0,12}|summe"
    r"|ensemble|en tout|somme|juntos|en conjunto|suma",
    "一共|总共|共|合计|总",
)
_HALF = 0.5
_SPEED = words(
    r"speed|geschwindigkeit|vitesse|velocidad|rapidez|downstream|upstream|stromab|stromauf"
    r"|[mk]+/h|m/s",
    "速|顺水|逆水|顺流|逆流",
)
_ORDERS = re.compile(
    r"(?<![\d.])(\d{1,2})\s?(?:个?元素|个整体|个人|elements?|objects?|things?|items?|units?|blocks?"
    r"|dinge|objekte|elemente|éléments?|objets?|cosas|elementos|objetos|bloques)",
    re.IGNORECASE,
)
_FACTORIAL = re.compile(r"(?<![\d.])(\d{1,2})\s?!")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def is_evaluated(claim: WeighedClaim, verdict: StepVerdict = StepVerdict.PROVED) -> bool:
    """Whether this is the verdict on an antiderivative, F(x) = x² - 5x, or on a known quantity."""
    check = claim.check
    return check is not None and (check.verdict, check.relation) == (
        verdict,
        ClaimRelation.EVALUATE,
    )


def is_true_by_itself(claim: WeighedClaim, line: WeighedLine, evidence: Evidence) -> bool:
    """Whether the claim is true whatever the problem asks for."""
    check = claim.check
    is_proved = check is not None and check.verdict == StepVerdict.PROVED
    return (
        is_proved
        or is_true_algebra(claim, evidence.budget)
        or adds_results(claim, line.number, evidence)
        or _is_substitution(claim, evidence)
        or _equates_functions(claim, evidence)
        or is_of_one_throw(claim, evidence)
        or is_way_of_trip(claim, line, evidence)
        or counts_orders(line.text)
        or judge_general_formula(line.text, evidence.task, evidence.budget) is not None
        or COMPLEMENT.fullmatch(claim.statement.text) is not None
    )


def adds_results(claim: WeighedClaim, line: int, evidence: Evidence) -> bool:
    """28 points after 0·4 = 0, 1·7 = 7, 2·6 = 12, 3·3 = 9; in total 36 €, also of lines above."""
    value = value_of(last_side(claim))
    if value is None:
        return False
    total, count = 0.0, 0
    for above in range(line - 1, -1, -1):
        results = [c.result for c in evidence.calculations if c.line == above]
        total, count = total + sum(results), count + len(results)
        is_told = above == line - 1 or _TOTAL.search(evidence.lines[line].text)
        if not results or not is_told:
            return False
        if count > 1 and may_be_same(total, value):
            return True
    return False


def _is_substitution(claim: WeighedClaim, evidence: Evidence) -> bool:
    """z = x², where the problem has an x and no z."""
    equation, names = claim.equation, evidence.task.names
    if equation is None or not isinstance(equation.left, Sym) or equation.left.name in names:
        return False
    if isinstance(equation.right, Add | Mul):
        return False  # V = 1/3 πr² · 13, a set-up
    replaced = free_names(equation.right)
    return len(replaced) == 1 and replaced <= names


def is_of_one_throw(claim: WeighedClaim, evidence: Evidence) -> bool:
    """P(heads) = 1/2, of a coin, whatever its throws are asked for."""
    chance = _CHANCE_OF_SIDE.match(claim.statement.text)
    value = value_of(last_side(claim)) if chance else None
    return value == _HALF and bool(_COIN.search(evidence.statement))


def is_way_of_trip(claim: WeighedClaim, line: WeighedLine, evidence: Evidence) -> bool:
    """48 km = 24·2, where a line before has the speed 24 and the problem a trip of 2 hours."""
    stated = stated_in(evidence.task)
    times = [float(q.number) for q in stated if KINDS.get(q.unit.dimension) == "time"]
    speeds = [float(q.number) for q in stated if KINDS.get(q.unit.dimension) == "speed"]
    calculation = evidence.calculation_of(line.number, line.claims.index(claim))
    if len(times) != 1 or len(speeds) < 2 or calculation is None:
        return False
    match calculation.formula:
        case Mul((Num(first), Num(second))):
            [time] = times
            factors = {float(first), float(second)}
        case _:
            return False
    told = [
        c.result for c in evidence.calculations if c.line < line.number and _is_speed(c, evidence)
    ]
    return time in factors and not factors.isdisjoint(told)


def _is_speed(calculation: Calculation, evidence: Evidence) -> bool:
    return bool(_SPEED.search(evidence.lines[calculation.line].text))


def counts_orders(text: str) -> bool:
    """4 elements have 4! = 24 orders, whatever the problem asks for."""
    match = _ORDERS.search(text)
    return match is not None and match[1] in _FACTORIAL.findall(text)


def _equates_functions(claim: WeighedClaim, evidence: Evidence) -> bool:
    """x² = x + 2, where graphs of f(x) = x² and g(x) = x + 2 meet."""
    bodies = {function.body for function in evidence.task.definitions.functions.values()}
    equation = claim.equation
    return equation is not None and {equation.left, equation.right} <= bodies


def restates(claim: WeighedClaim, earlier: WeighedClaim) -> bool:
    """cos α ≈ 0.926 after cos α = 5/(√5 + √10)"""
    if not claim.terms[1:] or claim.terms[:1] != earlier.terms[:1]:
        return False
    own, other = value_of(last_side(claim)), value_of(last_side(earlier))
    return own is not None and other is not None and may_be_same(own, other)


def goes_on_from(claim: WeighedClaim, earlier: WeighedClaim, evidence: Evidence) -> bool:
    """Whether a claim works with what an earlier one gives: y = 5x + c after "the slope is 5"."""
    if shares_term(earlier, claim, evidence):
        return True
    given = set(numerals(last_side(earlier)))
    new = given.difference(numerals(evidence.statement))
    used = numerals(claim.statement.text)
    return any(value in used for value in (*new, *(value**2 for value in given)))


def states_answer(claim: WeighedClaim, line: WeighedLine, evidence: Evidence) -> bool:
    """Whether a claim of the final answer's value says that it is what was asked for.

    So there are 336 committees, where committees are asked for, but not 8·7·6 = 336.
    """
    if is_evaluated(claim) or claim.is_limited or evidence.is_true_at_answer(claim):
        return False
    if is_undecided(claim):
        return not is_in_proportion(line, evidence)
    first, last = claim.terms[:1], claim.terms[-1:]
    if claim.check is None or not last or free_names(last[0]):
        return False
    is_named = claim.name in evidence.task.names or is_letter_of(
        claim.name, question_in(evidence.statement)
    )
    is_number = not free_names(first[0]) or bool(claim.name)
    is_all = all(other is line or not other.claims for other in evidence.lines)
    return is_named or (is_number and (is_all or _has_asked_word(line, evidence)))


def _has_asked_word(line: WeighedLine, evidence: Evidence) -> bool:
    return not _stems(line.text).isdisjoint(_stems(question_in(evidence.statement)))


def _stems(text: str) -> set[str]:
    words = WORD.findall(text.lower())
    stems = {word[:STEM] for word in words if word.isascii() or not _HAN.match(word)}
    pairs = {a + b for word in words if _HAN.match(word) for a, b in pairwise(word)}
    return (stems | pairs) - KNOWN_FUNCTIONS


def lines_with_answer(evidence: Evidence) -> Iterator[WeighedLine]:
    """The line of the final answer, after those right before it that come to the same number."""
    number = evidence.answer.line
    if number is None:
        return
    answer = value_of(evidence.answer.text)
    right = key_numbers(evidence.key).values
    is_rounded = answer is not None and any(may_be_same(answer, value) for value in right)
    first = number
    while first and (
        _lists_same(first - 1, evidence)
        if answer is None
        else _comes_to(answer, first - 1, evidence, is_rounded=is_rounded)
    ):
        first -= 1
    yield from evidence.lines[first : number + 1]


def _lists_same(line: int, evidence: Evidence) -> bool:
    """x = 1 or x = 2, before S = {1; 2}"""
    answers = sorted(numerals(evidence.answer.text))
    claims = evidence.lines[line].claims
    listed = sorted(value for claim in claims for value in numerals(claim.statement.text))
    return len(answers) > 1 and listed == answers


def _comes_to(value: float, line: int, evidence: Evidence, *, is_rounded: bool) -> bool:
    """is_rounded: whether the value is wrong only as a rounded one, so that no other will do."""
    results = (c.result for c in evidence.calculations if c.line == line)
    return any(
        are_close(result, value, EXACT) if is_rounded else may_be_same(result, value)
        for result in results
    )


def is_answer_open(evidence: Evidence) -> bool:
    """Whether the final answer follows from nothing before it, as far as anybody knows."""
    number = evidence.answer.line
    if number is None:
        return False
    line = evidence.lines[number]
    return any(
        is_undecided(claim)
        and not is_true_by_itself(claim, line, evidence)
        and not _has_come_out(claim, number, index, evidence)
        for index, claim in enumerate(line.claims)
    )


def _changes_told_number(value: float, line: int, evidence: Evidence) -> bool:
    """4200 people after 5 % of 4000 = 200"""
    results = [c.result for c in evidence.calculations if c.line == line - 1]
    told = list(map(float, evidence.task.numbers))
    return any(value in (a + b, a - b) for a in told for b in results)


def _has_come_out(claim: WeighedClaim, line: int, index: int, evidence: Evidence) -> bool:
    calculation = evidence.calculation_of(line, index)
    if calculation is not None and _changes_told_number(calculation.result, line, evidence):
        return True
    before = (other for earlier in evidence.lines[:line] for other in earlier.claims)
    return (calculation is not None and calculation.restates) or any(
        restates(claim, other) for other in before
    )
