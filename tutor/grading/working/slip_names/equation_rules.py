"""Mistakes in what is done to both sides of an equation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations

from tutor.grading.numeric.polynomials import rational_function
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import (
    Add,
    Call,
    Comparison,
    Div,
    Logic,
    Mul,
    Neg,
    Num,
    Pow,
    Root,
    Sym,
    Term,
    Value,
    free_names,
    is_term,
    rebuild,
    substitute,
    walk,
)
from tutor.grading.processes.work_budget import charge
from tutor.grading.solving.linear_systems import Row, linear_row
from tutor.grading.steps.claim_results import Slip
from tutor.grading.steps.equation_slips import has_moved, summands
from tutor.grading.working.judges.following import has_inequality
from tutor.grading.working.slip_names.scene import (
    MAX_PREMISES,
    Samples,
    Scene,
    are_proportional,
    difference,
    ratio_of,
    values_of,
)

MAX_SUMMANDS = 6
MAX_FACTOR = 9
_LOGS = frozenset(["ln", "log", "lg"])
_TWO = Num(Fraction(2))
_TURNING = frozenset(["<", ">", "<=", ">="])


def one_side(scene: Scene) -> Slip:
    """x² - 6x = 11 to x² - 6x + 9 = 11, and x/3 + 2 = 1 to x + 2 = 3."""
    claim = scene.comparison
    if claim is None:
        return Slip.NONE
    is_one_sided = any(
        _changes_one_side(premise, claim, scene) or _multiplies_some(premise, claim)
        for premise in scene.comparisons
        if free_names(premise)
        and (premise.op == "!=") == (claim.op == "!=")
        and not _are_of_same_value(premise, claim)
    )
    return Slip.ONE_SIDE if is_one_sided else Slip.NONE


def _are_of_same_value(premise: Comparison, claim: Comparison) -> bool:
    """s = 8·4 + 0.5·3·16 to s = 32 + 48, and a² = 25 + 64 - 40 to a² = 9: a calculation goes on."""
    is_named = isinstance(claim.left, Sym | Pow) and claim.left == premise.left
    return is_named and not free_names(premise.right) and not free_names(claim.right)


def _changes_one_side(premise: Comparison, claim: Comparison, scene: Scene) -> bool:
    sides = ((premise.left, claim.left), (premise.right, claim.right))
    for (before, after), (other, same) in (sides, sides[::-1]):
        if not free_names(before) or not scene.are_same(other, same):  # type: ignore[arg-type]
            continue
        samples = values_of(before, after)  # type: ignore[arg-type]
        if samples is None or samples[0] == samples[1]:
            continue
        added = {b - a for a, b in zip(*samples, strict=True)}
        if len(added) == 1 or ratio_of(samples[1], samples[0]) not in (None, 0, -1):
            return True
    return False


def _multiplies_some(premise: Comparison, claim: Comparison) -> bool:
    """Whether some summands of the premise are multiplied, and others not."""
    terms = _moved(premise)
    if not 1 < len(terms) <= MAX_SUMMANDS:
        return False
    samples = values_of(*terms, difference(claim))
    if samples is None or not any(samples[-1]):
        return False
    *columns, claimed = samples
    factors = [values for values in _factors(premise, len(claimed)) if values is not None]
    choices = [
        frozenset(chosen)
        for count in range(1, len(columns))
        for chosen in combinations(range(len(columns)), count)
    ]
    charge(4 * len(factors) * len(choices))
    return any(
        all(_total(columns, factor, chosen, i) in (v, -v) for i, v in enumerate(claimed))
        for factor in factors
        for chosen in choices
    )


def _total(columns: list[Samples], factor: Samples, chosen: frozenset[int], point: int) -> Fraction:
    return sum(
        (c[point] * factor[point] if n in chosen else c[point] for n, c in enumerate(columns)),
        Fraction(0),
    )


def _moved(premise: Comparison) -> list[Term]:
    left, right = premise.left, premise.right
    terms = summands(left) + [Neg(term) for term in summands(right)]  # type: ignore[arg-type]
    return [term for term in terms if rational_value(term) != 0]


def _factors(premise: Comparison, count: int) -> Iterator[Samples | None]:
    """By which people multiply or divide: its denominators, small numbers, its coefficients."""
    names = free_names(premise)
    bottoms = [part.bottom for part in walk(premise) if isinstance(part, Div)]
    for bottom in dict.fromkeys(bottoms):
        if free_names(bottom) == names:
            samples = values_of(bottom)
            yield samples[0] if samples else None
    known = [value for bottom in bottoms if (value := rational_value(bottom)) is not None]
    product = Fraction(1)
    for value in known:
        product *= value
    divisors = [
        1 / abs(part.value) for part in walk(premise) if isinstance(part, Num) and part.value
    ]
    numbers = dict.fromkeys([*known, product, *map(Fraction, range(2, 13)), *divisors])
    for number in numbers:
        if number not in (0, 1):
            yield (number,) * count


def mixed_signs(scene: Scene) -> Slip:
    """2x + 3y = 13 and 2x - y = 1 to 2y = 12: added in one place, subtracted in another."""
    claim = scene.comparison
    equations = [e for e in scene.comparisons if e.op == "=" and len(free_names(e)) > 1]
    if claim is None or claim.op != "=" or len(equations) < 2:
        return Slip.NONE
    names = sorted(frozenset[str]().union(*map(free_names, equations)))
    if not free_names(claim) <= set(names):
        return Slip.NONE
    claimed = linear_row(difference(claim), names)
    rows = [row for e in equations if (row := linear_row(difference(e), names)) is not None]
    if claimed is None:
        return Slip.NONE
    pairs = [pair for pair in permutations(rows, 2) if pair[0] != pair[1]]
    slips = [_combined_wrongly(a, b, claimed) for a, b in pairs]
    if Slip.ELIMINATION in slips:
        return Slip.ELIMINATION
    is_one_off = scene.slip == Slip.ELIMINATION and Slip.ARITHMETIC in slips
    return Slip.ARITHMETIC if is_one_off else Slip.NONE


def _combined_wrongly(first: Row, second: Row, claimed: Row) -> Slip:
    factors = range(1, MAX_FACTOR + 1)
    slips = set()
    for a, b in ((a, b) for a in factors for b in factors):
        charge(2 * len(claimed))
        columns = [(a * x, b * y) for x, y in zip(first, second, strict=True)]
        for sign in (1, -1):
            slips.add(_slip_in_columns(columns, [sign * value for value in claimed]))
    return next((s for s in (Slip.ELIMINATION, Slip.ARITHMETIC) if s in slips), Slip.NONE)


def _slip_in_columns(columns: Sequence[tuple[Fraction, Fraction]], values: Row) -> Slip:
    pairs = list(zip(columns, values, strict=True))
    if not all(abs(v) in (abs(x + y), abs(x - y)) for (x, y), v in pairs[:-1]):
        return Slip.NONE
    if not any(v == 0 and (x or y) for (x, y), v in pairs):
        return Slip.NONE
    added = [x + y == v for (x, y), v in pairs]
    subtracted = [x - y == v for (x, y), v in pairs]
    either = [a or b for a, b in zip(added, subtracted, strict=True)]
    if all(either) and not all(added) and not all(subtracted):
        return Slip.ELIMINATION
    is_one_off = 1 in (added.count(False), subtracted.count(False))
    return Slip.ARITHMETIC if is_one_off else Slip.NONE


def inverse_operation(scene: Scene) -> Slip:
    """cos 40° = 9/c to c = 9 cos 40°, and v = u + at to t = v/a - u or t = (v + u)/a."""
    claim = scene.comparison
    if claim is None or claim.op != "=":
        return Slip.NONE
    for premise in scene.comparisons:
        if premise.op != "=" or not free_names(claim) <= free_names(premise):
            continue
        for slip, left, right in _undone_wrongly(premise):
            pairs = ((claim.left, claim.right), (claim.right, claim.left))
            if any(scene.are_same(left, a) and scene.are_same(right, b) for a, b in pairs):  # type: ignore[arg-type]
                return slip
    return Slip.NONE


def _undone_wrongly(premise: Comparison) -> Iterator[tuple[Slip, Term, Term]]:
    left, right = premise.left, premise.right
    for side, other in ((left, right), (right, left)):
        assert is_term(side)  # noqa: S101 - comparisons of terms only
        assert is_term(other)  # noqa: S101
        match side:
            case Div(top, bottom):
                yield Slip.DIVIDED_WRONGLY, bottom, Mul((top, other))
                yield Slip.INVERSE_RATIO, bottom, Div(other, top)
                yield Slip.DIVIDED_WRONGLY, top, Div(other, bottom)
                yield Slip.DIVIDED_WRONGLY, top, Div(bottom, other)
                yield Slip.DIVIDED_WRONGLY, top, Add((other, Neg(bottom)))
            case Mul(parts):
                for index, part in enumerate(parts):
                    others = parts[:index] + parts[index + 1 :]
                    rest = others[0] if len(others) == 1 else Mul(others)
                    yield Slip.DIVIDED_WRONGLY, rest, Mul((other, part))
                    is_log = isinstance(part, Call) and isinstance(other, Call)
                    subtracted = Slip.LOG_OF_SUM if is_log else Slip.DIVIDED_WRONGLY
                    yield subtracted, rest, Add((other, Neg(part)))
                    if isinstance(other, Call) and other.name in _LOGS:
                        inside = Call(other.name, (Div(other.args[0], part), *other.args[1:]))
                        yield Slip.LOG_OF_SUM, rest, inside
                    yield Slip.INVERSE_RATIO, rest, Div(part, other)
            case Add(parts):
                for index, part in enumerate(parts):
                    others = parts[:index] + parts[index + 1 :]
                    rest = others[0] if len(others) == 1 else Add(others)
                    yield Slip.MOVED_SIGN, rest, Add((other, part))
            case Pow(base, exponent) if free_names(exponent) and not _is_same_power(base, other):
                yield Slip.LOG_OF_SUM, exponent, Call("ln", (Div(other, base),))
                yield Slip.LOG_OF_SUM, exponent, Call("log", (Div(other, base),))
            case Pow(base, exponent):
                yield Slip.ROOT_AS_DIVISION, base, Div(other, exponent)
                yield Slip.ROOT_FORGOTTEN, base, other
            case Call("log", (inner, base)):
                yield Slip.POWER_AS_PRODUCT, inner, Mul((base, other))


def _is_same_power(base: Term, other: Term) -> bool:
    """2^x = 2, where ln(2/2) is 0 by chance."""
    return rational_value(Div(other, base)) == 1


def squared_in_part(scene: Scene) -> Slip:
    """T/(2π) = √(L/g) to T²/(2π) = L/g, and √(2x - 1) + 3 = 8 to 2x - 1 + 9 = 64"""
    claim = scene.comparison
    if claim is None or claim.op != "=":
        return Slip.NONE
    for premise in scene.comparisons:
        sides = ((premise.left, premise.right), (claim.left, claim.right))
        for (before, other), (after, squared) in (sides, tuple(side[::-1] for side in sides)):
            if not free_names(premise) or not scene.are_same(Pow(other, _TWO), squared):  # type: ignore[arg-type]
                continue
            for slip, wrong in _squared_wrongly(before):  # type: ignore[arg-type]
                if scene.are_same(wrong, after):  # type: ignore[arg-type]
                    return slip
    return Slip.NONE


def _squared_wrongly(term: Term) -> Iterator[tuple[Slip, Term]]:
    match term:
        case Div(top, bottom):
            yield Slip.POWER_OF_PRODUCT, Div(Pow(top, _TWO), bottom)
            yield Slip.POWER_OF_PRODUCT, Div(top, Pow(bottom, _TWO))
        case Mul(parts):
            for index, part in enumerate(parts):
                yield (
                    Slip.POWER_OF_PRODUCT,
                    Mul((*parts[:index], Pow(part, _TWO), *parts[index + 1 :])),
                )
        case Add(parts):
            squares = (Neg(_square(p.part)) if isinstance(p, Neg) else _square(p) for p in parts)
            yield Slip.SPLIT_SQUARE, Add(tuple(squares))


def _square(term: Term) -> Term:
    is_root = isinstance(term, Root) and rational_value(term.index) == 2
    return term.inner if is_root and isinstance(term, Root) else Pow(term, _TWO)


def sign_of_one_term(scene: Scene) -> Slip:
    """12 + 2y = 7 to 2y = 7 + 12, and x² - 6x + 4 = 0 to x² - 6x = 4; also once x is put in"""
    claim = scene.comparison
    if claim is None or claim.op != "=" or not free_names(claim):
        return Slip.NONE
    for premise in (*scene.comparisons, *_with_known_value(claim, scene)):
        terms = _moved(premise)
        samples = values_of(*terms, difference(claim)) if len(terms) <= MAX_SUMMANDS else None
        if samples is None or not terms:
            continue
        *columns, claimed = samples
        minus = (Fraction(-1),) * len(claimed)
        for index, term in enumerate(terms):
            totals = [_total(columns, minus, frozenset([index]), i) for i in range(len(claimed))]
            if any(claimed) and ratio_of(tuple(totals), claimed) not in (None, 0):
                was_on_left = index < len(summands(premise.left))  # type: ignore[arg-type]
                is_moved = has_moved(term, was_on_left, claim)
                return Slip.MOVED_SIGN if is_moved else Slip.LOST_SIGN
    return Slip.NONE


def _with_known_value(claim: Comparison, scene: Scene) -> Iterator[Comparison]:
    """4 + 2y = 12 for x + 2y = 12 and x = 4"""
    for known in scene.comparisons:
        match known:
            case Comparison("=", Sym(name), value) if is_term(value) and not free_names(value):
                for premise in scene.all_comparisons:
                    if free_names(premise) == free_names(claim) | {name}:
                        yield substitute(premise, Sym(name), value)


def not_turned(scene: Scene) -> Slip:
    """-5x > 20 to x > -4, and -7 ≤ -x < 5 to 7 ≤ x < -5"""
    claims = _inequalities(scene.comparison, scene.claim.value)
    for premise in scene.premises[:MAX_PREMISES]:
        premises = _inequalities(premise)
        if not claims or len(premises) != len(claims):
            continue
        pairs = zip(premises, claims, strict=True)
        if all(_is_unturned(before, after) for before, after in pairs):
            return Slip.INEQUALITY_NOT_TURNED
    return Slip.NONE


def _inequalities(*values: Value | None) -> list[Comparison]:
    """The first that is an inequality, or both halves of -7 ≤ -x < 5."""
    for value in values:
        parts = value.parts if isinstance(value, Logic) and value.op == "and" else (value,)
        inequalities = [
            part
            for part in parts
            if isinstance(part, Comparison)
            and part.op in _TURNING
            and is_term(part.left)
            and is_term(part.right)
        ]
        if inequalities and len(inequalities) == len(parts):
            return inequalities
    return []


def _is_unturned(premise: Comparison, claim: Comparison) -> bool:
    if free_names(premise) != free_names(claim):
        return False
    samples = values_of(difference(premise), difference(claim))
    ratio = None if samples is None else ratio_of(*samples)
    return bool(ratio) and (ratio > 0) != (premise.op[0] == claim.op[0])  # type: ignore[operator]


def multiplied_by_unknown(scene: Scene) -> Slip:
    """1/x < 2 to 1 < 2x, which turns for a negative x"""
    claim = scene.comparison
    if claim is None or claim.op not in _TURNING:
        return Slip.NONE
    return (
        Slip.INEQUALITY_NOT_TURNED
        if not _has_unknown_below(claim)
        and any(p.op in _TURNING and _has_unknown_below(p) for p in scene.comparisons)
        else Slip.NONE
    )


def _has_unknown_below(value: Comparison) -> bool:
    return any(isinstance(part, Div) and free_names(part.bottom) for part in walk(value))


def root_of_inequality(scene: Scene) -> Slip:
    """x² > 49 to x > 7, and (x - 2)(x + 5) > 0 to x - 2 > 0 and x + 5 > 0"""
    claim = scene.claim.value or scene.comparison
    if claim is None or not has_inequality(claim) or len(free_names(claim)) != 1:
        return Slip.NONE
    [name] = free_names(claim)
    is_root = any(p.op in _TURNING and _degree(p, name) == 2 for p in scene.comparisons)
    return Slip.QUADRATIC_INEQUALITY if is_root else Slip.NONE


def _degree(premise: Comparison, name: str) -> int:
    function = (
        rational_function(difference(premise), name) if free_names(premise) == {name} else None
    )
    return 0 if function is None or function.bottom.degree() else int(function.top.degree())


def bars_dropped(scene: Scene) -> Slip:
    """|x + 3| < 5 to x + 3 < 5, and 2x + 1 > -5 of |2x + 1| > 5."""
    claim = scene.claim.value or scene.comparison
    if claim is None:
        return Slip.NONE
    for premise in _until_bars_went(scene, free_names(claim)):
        bare = _without_bars(premise)
        if bare != premise and any(
            isinstance(part, Comparison)
            and is_term(part.left)
            and is_term(part.right)
            and _is_case(part, bare, scene)
            for part in walk(claim)
        ):
            return Slip.ABSOLUTE_VALUE
    return Slip.NONE


def _until_bars_went(scene: Scene, names: frozenset[str]) -> Iterator[Comparison]:
    """All comparisons, unless the latest one with these letters has no bars: -5 < x + 2 < 5."""
    latest = [premise for premise in scene.premises if free_names(premise) == names][:1]
    parts = (part for premise in latest for part in walk(premise))
    if any(isinstance(part, Call) and part.name == "abs" for part in parts):
        yield from scene.comparisons


def _is_case(part: Comparison, bare: Comparison, scene: Scene) -> bool:
    pairs = ((part.left, bare.left), (part.right, bare.right))
    is_bare = all(is_term(a) and is_term(b) and scene.are_same(a, b) for a, b in pairs)
    return is_bare or are_proportional(difference(part), difference(bare))


def _without_bars(value: Comparison) -> Comparison:
    def bare(part: object) -> object:
        if isinstance(part, Call) and part.name == "abs":
            return part.args[0]
        return rebuild(part, bare)

    changed: Comparison = rebuild(value, bare)
    return changed


def divided_by_unknown(scene: Scene) -> Slip:
    """x(x - 3) = 2(x - 3) to x = 2: a factor that may be zero is gone."""
    claim = scene.comparison
    if claim is None or claim.op != "=":
        return Slip.NONE
    side = difference(claim)
    names = free_names(claim)
    for premise in scene.comparisons:
        if len(names) != 1 or free_names(premise) != names or premise.op != "=":
            continue
        name = Sym(next(iter(names)))
        if are_proportional(difference(premise), Mul((name, side))):
            return Slip.LOST_ROOT
    return Slip.NONE
