"""Makes answer keys from a teacher's or a benchmark's text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from tutor.grading.answer_key import NUMBERS, AnswerKey, Form, InvalidKey, Kind
from tutor.grading.comparison.predicates import bare_set, is_family
from tutor.grading.kinds.table import ANSWER_KINDS
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer, read_plain_answer
from tutor.grading.parsing.boxes import find_boxes
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.notations import NAME_OF_DOMAIN
from tutor.grading.parsing.shapes import as_matrix, definition, solutions
from tutor.grading.parsing.tree import (
    Add,
    Bracketed,
    Comparison,
    Div,
    Listing,
    Logic,
    NamedSet,
    Quantity,
    Ratio,
    SetBuilder,
    SetOperation,
    Sym,
    TimeOfDay,
    Unreadable,
    Value,
    Words,
    children,
    free_names,
    has_part,
    is_term,
    walk,
)
from tutor.grading.parsing.units import read_label, read_unit
from tutor.grading.parsing.words import (
    choice_letters,
    gives_up,
    names_choices,
    plain_words,
    without_about,
)
from tutor.grading.processes.work_budget import WorkBudgetSpent
from tutor.grading.prose.final_answer import answer_candidates
from tutor.grading.solving.set_notation import describes_set, may_be_interval

_IN_BRACES = re.compile(r"\s*\{([^{};,\\]{1,100})\}\s*")  # {1} is a set, and no group of LaTeX
_APPROXIMATELY = re.compile(r"≃|\\approx(?![a-z])")
_UNIT_BEHIND = re.compile(r"(?<=\d)\s?[^\W\d_][^\d=≈]{0,12}[²³]?\s?\Z")
_GROUPS = re.compile(r"\d\.\d{3}\.\d{3}")
# 20 m/s and 5 m, but not 5m or 5 t: letters beside a number are factors more often than units.
_MEASURED = re.compile(
    r"\s?-?\d++(?:[.,]\d++)?\s(?:[mglLJNWV]|[cdkm][mglLW]|[A-Za-zµ]{1,3}\s?/\s?[a-z]{1,3})"
    r"(?:\^?\{?[23²³]\}?)?\s?"
)
_WITH_SETS = (Kind.SET, Kind.INTERVAL, Kind.INEQUALITY, Kind.LIST, Kind.EQUATION)
_FRENCH_MODULUS = re.compile(
    r"(?:\\equiv(?![A-Za-z])[^=\[\]]{1,40}\\?\[ ?\d{1,6} ?\\?\]"
    r"|[\w)}] ?\\?\[ ?\d{0,3} ?\\?pi ?\\?\]) ?\Z"
)
_TURN = r"(?:\d{0,2} ?\\?(?:pi|π)|\d{2,3} ?(?:°|\^ ?\\?circ))"
_CONNECTIVE = (
    r"(?:∧|∨|→|⇒|↔|⇔|->|=>|<->|<=>|\b(?:and|or|implies|iff)\b"
    r"|\\(?:land|lor|wedge|vee|to|implies|iff|(?:long)?(?:left)?rightarrow|(?:Left)?Rightarrow)(?![a-z]))"
)
_SHAPES = (
    (
        Kind.DIVISION,
        re.compile(
            r"\A\d{1,9} ?(?:remainder|rem\.?|rest|reste|resto|residuo|r|R|余) ?\d{1,9}\Z",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.FAMILY,
        re.compile(
            r"(?:\b[a-z] ?(?:is |any |an |ist |est |es |un |beliebig ){0,3}(?:integers?\b"
            r"|whole number|ganzzahlig|ganze zahl|entier|entero)|\bintegers? [a-z]\b"
            r"|[a-z] ?(?:∈|in) ?(?:Z\b|ℤ|\\mathbb ?\{?Z)|整数)\W{0,3}\Z",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.FAMILY,  # x = π/4 + kπ
        re.compile(
            rf"\A(?:[a-zθφα] ?= ?)?[^=,;]{{0,30}}[-+−] ?(?:\d{{0,2}} ?[*·]? ?[kn] ?[*·]? ?{_TURN}"
            rf"|{_TURN} ?[*·]? ?[kn])(?: ?/ ?\d)?\Z"
        ),
    ),
    (
        Kind.FAMILY,  # x = 3 mod 7
        re.compile(
            r"\A[a-z] ?(?:=|≡|\\equiv) ?[-−]?\d{1,6} ?"
            r"(?:\(? ?mod ?\d{1,6} ?\)?|\\pmod ?\{? ?\d{1,6} ?\}?)\Z"
        ),
    ),
    (
        Kind.LOGIC,  # p ∨ ¬q
        re.compile(
            rf"\A(?=.{{0,80}}{_CONNECTIVE})(?:[\s()¬~]|\\(?:neg|lnot)(?![a-z])|\bnot\b|{_CONNECTIVE}"
            r"|[p-t](?![A-Za-z])){3,60}\Z"
        ),
    ),
    (Kind.TEXT, re.compile(r"\A\s?(?:\\angle|\\triangle|∠|△)\s?[A-Z]{3}\Z")),
    (Kind.BASED_NUMBER, re.compile(r"\A\d[\dA-F]{0,39}_\{?(?:[2-9]|1[0-6])\}?\Z")),
    (
        Kind.LINE_OR_PLANE,
        re.compile(
            r"=\s?\([^()]{1,60}\)\s?\+\s?[a-zλμ]\s?[*·]?\s?\([^()]{1,60}\)"
            r"|\Ax\s?=[^=,;]{0,20}[a-wλμ]\s?[,;]\s?y\s?=[^=,;]{0,20}[a-wλμ]\s?(?:[,;]\s?z\s?=[^=]{1,20})?\Z"
        ),
    ),
    (
        Kind.ANTIDERIVATIVE,
        re.compile(
            r"\A(?:F\s?\(\s?[a-z]\s?\)|\\?int\b[^=]{1,60}|∫[^=]{1,60})\s?=.{1,100}\+\s?[Cck]\Z"
        ),
    ),
)
_RANDS = re.compile(r"\A(?:R|ZAR)\s?(\d{1,3}(?:[ ,]\d{3}){1,3}|\d{1,9})(\.\d{1,2})?\Z")
_OF_LENGTH_UNITS = re.compile(r"(?<=[\d)}])\s?(?:LE|FE|VE)\Z")
_MEASURES = (Kind.NUMBER, Kind.QUANTITY)
_CALCULATION = re.compile(r"[+*^×·√]|\w ?[-−] ?\w|sqrt|\\(?:cdot|times)(?![a-z])")
MAX_DENOMINATOR = 100  # of a result that is shown in place of its calculation
MAX_WORDS = 500  # characters of a key in words


def key_text(key: AnswerKey) -> str:
    """The key's value, written as an answer would be.

    With a decimal comma, answers read 1.234 as 1234, but a key may have a decimal point: LaTeX and
    [[a:decimal]] write one.
    """
    value = key.value
    if key.kind == Kind.SET and (element := _IN_BRACES.fullmatch(value)):
        value = rf"\{{{element[1]}\}}"
    if not key.decimal_comma or "," in value or _GROUPS.search(value):
        return value
    return re.sub(r"(?<=\d)\.(?=\d)", ",", value)


def key_value(key: AnswerKey) -> Value:
    """The key's value, read as its kind demands. Raises Unreadable.

    Of the kinds with rules of their own it is a plain reading, which finds the value in a text.
    """
    if key.kind in (Kind.TEXT, Kind.CHOICE):
        return Words(normalize_text(key.value))
    if key.kind in ANSWER_KINDS:
        with suppress(Unreadable):
            return read_answer(key_text(key), key.decimal_comma)
        return Words(normalize_text(key.value))
    value = read_answer(key_text(key), key.decimal_comma, key.kind == Kind.QUANTITY)
    if key.decimal_comma and "," in key.value and _is_too_short(value, key.kind):
        with suppress(Unreadable):
            value = read_answer(key.value)
    if not key.unit:
        return value
    if isinstance(value, Comparison) and (named := definition(value)) and is_term(named[1]):
        return Comparison("=", named[0], Quantity(named[1], key.unit))
    return Quantity(value, key.unit) if is_term(value) else value


def _is_too_short(value: Value, kind: Kind) -> bool:
    """Whether the comma of (2,3) was read as a decimal comma: a point has two coordinates.

    So it was in ℝ∖{-3,3} and {2,5}: where a set has one element, its key needs no comma.
    """
    if kind in _WITH_SETS and any(map(_is_one_element, walk(value))):
        return not any(isinstance(part, Bracketed) and len(part.parts) > 1 for part in walk(value))
    if kind not in (Kind.TUPLE, Kind.INTERVAL):
        return False
    return len(value.parts) == 1 if isinstance(value, Bracketed) else is_term(value)


def _is_one_element(value: Value) -> bool:
    return _has_braces(value) and len(children(value)) == 1


def worked_out(key: AnswerKey) -> str:
    """The key's value, or what it comes to where it is a calculation with a simple result."""
    if key.kind not in NUMBERS or key.form != Form.ANY or not _CALCULATION.search(key.value):
        return key.value
    with suppress(Unreadable):
        value = read_answer(key_text(key), key.decimal_comma)
        result = rational_value(value) if is_term(value) else None
        if result is not None and result.denominator <= MAX_DENOMINATOR:
            is_decimal = "." in key.value and 10**4 % result.denominator == 0
            return f"{float(result):g}" if is_decimal else str(result)
    return key.value


def read_key(data: Mapping[str, object]) -> AnswerKey:
    """Raises InvalidKey when a field is unknown, of the wrong type, or not readable."""
    key = AnswerKey.from_fields(data)
    check_key(key)
    return key


def check_key(key: AnswerKey) -> None:
    """Raises InvalidKey when the value cannot be an answer of its kind."""
    if not key.value.strip():
        raise InvalidKey("The answer is empty.")
    if key.kind in ANSWER_KINDS:
        _check_by_kind(key)
        return
    if key.unit and not (read_unit(key.unit) or read_label(key.unit)):
        raise InvalidKey(f"We do not know the unit {key.unit!r}.")
    try:
        value = key_value(key)
        is_choice = bool(choice_letters(normalize_text(key.value)))
    except Unreadable as error:
        raise InvalidKey(f"The answer cannot be read: {error}") from error
    if key.form == Form.SUBJECT and definition(value) is None:
        raise InvalidKey(
            "A key that makes a letter the subject is an equation such as a = (v-u)/t."
        )
    if key.kind == Kind.CHOICE and not is_choice:
        raise InvalidKey("A choice is a letter such as B, or several such as A, C.")
    if not _fits(value, key.kind):
        raise InvalidKey(f"The answer {key.value!r} is no {key.kind}.")


def _check_by_kind(key: AnswerKey) -> None:
    answer_kind = ANSWER_KINDS[key.kind]
    if key.form != Form.ANY or key.unit or key.tolerance:
        raise InvalidKey(f"A form, a unit or a tolerance means nothing for the kind {key.kind}.")
    try:
        answer_kind.check(answer_kind.read(normalize_text(key_text(key)), key), key)
    except (Unreadable, RecursionError) as error:
        raise InvalidKey(f"The answer cannot be read: {error}") from error
    except WorkBudgetSpent:
        raise InvalidKey("The answer takes too long to check.") from None


def _fits(value: Value, kind: Kind) -> bool:
    if kind in (Kind.TEXT, Kind.CHOICE):
        return True
    if isinstance(value, Words):
        return False
    if kind == Kind.NUMBER:
        return not free_names(value) and (is_term(value) or isinstance(value, Quantity | TimeOfDay))
    if kind == Kind.EQUATION:
        return isinstance(value, Comparison | Logic)
    if kind == Kind.MATRIX:
        return as_matrix(value) is not None or isinstance(value, Bracketed)
    if kind == Kind.SET:
        is_set = describes_set(value) or isinstance(value, Listing) or _has_braces(value)
        return is_set or _has_braces(bare_set(value)) or _states_values(value)
    if kind in (Kind.INTERVAL, Kind.INEQUALITY):
        return describes_set(value) or may_be_interval(value) or _has_braces(value)
    if kind == Kind.TUPLE:
        return not (_has_braces(value) or describes_set(value))
    return kind != Kind.RATIO or isinstance(value, Ratio | TimeOfDay | Div | Comparison)


def _states_values(value: Value) -> bool:
    """Whether it gives the elements of a set as x = 3 or x = -5, or as x_1 = 0, x_2 = 4."""
    stated = solutions(value) if isinstance(value, Comparison | Listing | Logic) else None
    if stated is None or any(map(free_names, stated.values)):
        return False
    names = {name.name.partition("_")[0] for name in stated.names if isinstance(name, Sym)}
    return len(names) == 1


def _has_braces(value: Value) -> bool:
    return isinstance(value, Bracketed) and value.opening in ("{", "{set")


def infer_key(gold: str) -> AnswerKey:
    """The key that a text most likely means; answers may leave out its unit and its name.

    The answer may be inside a longer text, such as a reference solution.
    Raises InvalidKey when the text has no answer.
    """
    return _rounded(gold) or _by_shape(gold) or _inferred(gold)


def _by_shape(gold: str) -> AnswerKey | None:
    """Of 17 remainder 2, of x = π/4 + nπ, n integer, of R120, and of others by their shape."""
    text = gold.strip()
    if (rands := _RANDS.fullmatch(text)) is not None:
        amount = re.sub("[ ,]", "", rands[1]) + (rands[2] or "")
        return AnswerKey(f"{amount} rand", Kind.QUANTITY, unit_optional=True, guessed=True)
    if (bare := _OF_LENGTH_UNITS.sub("", text)) != text and infer_key(bare).kind in _MEASURES:
        return AnswerKey(text, Kind.QUANTITY, unit_optional=True, guessed=True)
    kind = next((kind for kind, shape in _SHAPES if shape.search(text)), None)
    if kind is None:
        return None
    if kind == Kind.TEXT:
        return AnswerKey(text, kind, guessed=True)
    return _of_kind(kind, AnswerKey(text, kind, unit_optional=True, guessed=True))


def _inferred(gold: str) -> AnswerKey:
    """Raises InvalidKey when the text has no answer."""
    for text in _answers_in(gold):
        if not text.strip():
            continue
        if names_choices(text):
            return AnswerKey(text.strip(), Kind.CHOICE, unit_optional=True, guessed=True)
        try:
            plain = normalize_text(text)
            value, has_comma = _read_alone(plain)
        except Unreadable:
            continue
        if (domain := _domain(plain)) is not None:
            return domain
        if _FRENCH_MODULUS.search(plain) and (family := _family(text)):
            return family
        kind = Kind.TEXT if gives_up(plain) else _kind(value)
        key = AnswerKey(
            text.strip(), kind, unit_optional=True, guessed=True, decimal_comma=has_comma
        )
        if is_family(value):
            return _of_kind(Kind.FAMILY, key) or key
        return (_of_kind(Kind.ANTIDERIVATIVE, key) or key) if _adds_constant(value) else key
    if len(gold) < MAX_WORDS and _has_words(gold):
        return AnswerKey(gold.strip(), Kind.TEXT, unit_optional=True, guessed=True)
    raise InvalidKey("No answer can be read in this text.")


def _rounded(gold: str) -> AnswerKey | None:
    """Of "about 17 m" and 10√3 m ≈ 17.3 m: of a rounded amount, also behind its exact form."""
    exact, sign, rounded = _APPROXIMATELY.sub("≈", gold).strip().partition("≈")
    bare = rounded if sign else without_about(gold)
    unit = _UNIT_BEHIND.search(bare)
    exact = exact.strip().removesuffix(unit[0].strip()) if unit else exact.strip()
    if bare == gold or (exact and not _is_amount(exact)) or not _is_amount(bare):
        return None
    return replace(_inferred(bare), value=gold.strip())


def _is_amount(text: str) -> bool:
    with suppress(InvalidKey):
        return "≈" not in text and _inferred(text).kind in NUMBERS
    return False


def _read_alone(plain: PlainText) -> tuple[Value, bool]:
    """What nobody has said the kind of, and whether only a decimal comma lets it be read."""
    try:
        value, has_comma = read_plain_answer(plain), False
    except Unreadable:
        value, has_comma = read_plain_answer(plain, decimal_comma=True), True
    if _MEASURED.fullmatch(plain) and not isinstance(value, Quantity):
        has_comma = isinstance(value, Listing)  # 2,5 kg
        value = read_plain_answer(plain, has_comma, units=True)
    return value, has_comma


def _family(text: str) -> AnswerKey | None:
    """Of x = π/4 [π] and x ≡ 3 [5]."""
    key = AnswerKey(text.strip(), Kind.FAMILY, unit_optional=True, guessed=True)
    return _of_kind(Kind.FAMILY, key)


def _domain(plain: PlainText) -> AnswerKey | None:
    """The interval of D = ]0; 3], which a response may give without the name."""
    bare = NAME_OF_DOMAIN.sub("", plain)
    with suppress(Unreadable):
        if bare != plain and _kind(read_plain_answer(PlainText(bare))) == Kind.INTERVAL:
            return AnswerKey(bare.strip(), Kind.INTERVAL, unit_optional=True, guessed=True)
    return None


def _of_kind(kind: Kind, key: AnswerKey) -> AnswerKey | None:
    """None where the answer is none of this kind, as x = k², k ∈ ℤ is no family."""
    other = replace(key, kind=kind)
    with suppress(InvalidKey):
        _check_by_kind(other)
        return other
    return None


def _adds_constant(value: Value) -> bool:
    """Whether it is an antiderivative: ln|x| + C"""
    if not isinstance(value, Add) or len(free_names(value)) != 2:
        return False
    return any(isinstance(part, Sym) and part.name in ("C", "c", "K") for part in value.parts)


def _has_words(text: str) -> bool:
    try:
        return bool(plain_words(normalize_text(text)))
    except Unreadable:
        return False


def _answers_in(gold: str) -> list[str]:
    """Candidates for the answer, if the text is a whole solution; otherwise the text itself."""
    if find_boxes(gold) or len(gold) > 400 or gold.count("$") > 2 or "answer is" in gold:
        return answer_candidates(gold, percent=True)
    return [gold]


_KINDS: list[tuple[type | tuple[type, ...], Kind]] = [
    (Words, Kind.TEXT),
    ((Quantity, TimeOfDay), Kind.QUANTITY),
    (Ratio, Kind.RATIO),
    (Listing, Kind.LIST),
    ((SetOperation, NamedSet, SetBuilder), Kind.INTERVAL),
]


def _kind(value: Value) -> Kind:
    for types, kind in _KINDS:
        if isinstance(value, types):
            return kind
    if isinstance(value, Comparison | Logic):
        return _kind_of_statement(value)
    if as_matrix(value) is not None:
        return Kind.MATRIX
    if isinstance(value, Bracketed):
        return _kind_of_bracketed(value)
    return Kind.EXPRESSION if free_names(value) else Kind.NUMBER


def _kind_of_statement(value: Comparison | Logic) -> Kind:
    if describes_set(value):
        return Kind.INEQUALITY
    if isinstance(value, Logic) and is_term(value.parts[0]) and value.op == "and":
        return Kind.TEXT  # max 17 at x = -2, min -15 at x = 2
    several = has_part(value, Logic)
    return Kind.LIST if several and definition(value) is None else Kind.EQUATION


def _kind_of_bracketed(value: Bracketed) -> Kind:
    if _has_braces(value):
        return Kind.SET
    brackets = re.sub(r"⟨|⟩", "", value.opening + value.closing)
    return Kind.TUPLE if brackets in ("()", "") else Kind.INTERVAL
