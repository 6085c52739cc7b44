"""Rewrites what only working has: roots with indices, lengths of segments, limits with an arrow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from zlib import crc32

from tutor.grading.feedback import FeedbackCode
from tutor.grading.numeric.derivatives import NotDifferentiable, differentiate
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    Add,
    BigOperator,
    Div,
    Mul,
    Neg,
    Sym,
    Term,
    Unreadable,
    free_names,
    is_term,
    substitute,
)
from tutor.grading.steps.definitions import with_primes
from tutor.grading.working.partial_notation import with_partial_derivatives

_TYPED_INDEX = re.compile(r"(?<!\d )(?<![A-Za-z\d_\\])([a-zA-Zα-ωΑ-Ω])([1-9]\d{0,2})(?=\s*=)")
_FIRST_ROOT = re.compile(r"(?<![A-Za-z\\_])([a-z])1(?!\d)")
_FACTORIAL = re.compile(  # 3!=6 and (7-1)!=720, not x!=6
    r"(?<![A-Za-z_\d.])(\d{1,3}|\(\s?\d{1,3}\s?[-+−]\s?\d{1,3}\s?\))!(?==(?!=))"
)
_EXCLAIMED = re.compile(r"(?<=\d)\s*(?:!!+|！+)\s*$")
_BOTH_INDICES = re.compile(
    r"(?<![A-Za-z\\])([a-zA-Z])_?"
    r"(?:\{\s*+[12]\s*+[/,;|]\s*+[23]\s*+\}|₁\s*+(?:[/,]\s*+)?₂|₂\s*+(?:[/,]\s*+)?₃"
    r"|[12]\s*+[/,]\s*+[23]|(?:(?<=[xyzt])|(?<=[xyzt]_))12)(?=\s*+=)"
)
_DIVIDED = re.compile(r"([\d)}°])\s*:\s*(?=[\d(\\])")  # 38:2, as in many countries
_DIVIDED_BY_TERM = re.compile(  # 6x²y : 3xy
    r"(?<=[\da-z)²³])\s?:\s?(\d{1,4}(?:[a-z][²³]?){1,6})(?![\w(^²³])"
)
_SEGMENT = re.compile(r"(?<![A-Za-z\\{_])([A-Z])([A-Z])(?![A-Za-z(])")  # PT
_NORMAL_SLOPE = re.compile(r"(?<![A-Za-z])([mk])_n(?![A-Za-z])")  # no member of a sequence
_NUMBERED = re.compile(r"(?<![A-Za-z\\{_])([A-Z])([A-Z])(\d)(?![\w.,^(])")  # CM1 and CM2
_CHOICES = re.compile(r"(?<![\w.^_}])(\d{1,3})\s?(?:n?([CP])r?)\s?(\d{1,3})(?![\w.])")  # 5C2, 5P2
_WORDED_CHOICE = re.compile(  # (4 choose 2), and (2 parmi 4), which has them the other way round
    r"\(\s?(\w{1,3})\s(?:(choose|über|ueber|sobre)|parmi)\s(\w{1,3})\s?\)"
)
_TYPED_LOG = re.compile(r"(?<![A-Za-z\\])log(\d{1,2})\s?(?=\s[\d(]|[a-z]\b|\[)")  # log2 12
_SEGMENT_POWER = re.compile(_SEGMENT.pattern + r"(?=\s*[\^²³])")  # P_T^2 counts permutations
_CALLED_BY_WORDS = re.compile(  # P(no six)
    r"(?<![A-Za-z\\])([A-Z])\s{0,3}\((?=[^()=]{0,80}[^\W\d_]{2})([^()=]{0,100})\)"
)
_OUTCOME = re.compile("[A-Z]{2,8}")
OUTCOME_NUMBERS = range(200_000, 300_000)  # which stand for outcomes, HHT in P(HHT)
_EVENT_NUMBERS = range(1000, 101_000)
_CONJUGATE = re.compile(r"^\s*([a-z])\s*(?:\*|\^\*|\^\{\*\})(?=\s*=)")  # z* = 3 + 4i
_RESULT = re.compile(r"(?<![A-Za-z\\])P\(\s*([+\-−])\s*\)")  # P(+), of a test
_COUNTED = re.compile(r"(?<![A-Za-z\\])P\(\s?[A-Z]\s?=\s?(\d{1,3})\s?\)")  # P(X = 2)
_LIMIT = re.compile(
    r"(?<![A-Za-z])\\?lim\s*+(?:_\s*+)?(?:\{\s*+)?\(?([a-zA-Z])\s*+(?:→|->|\\to|⟶)\s*+"
    r"([-+]?(?:∞|\\infty|oo|\w{1,12}(?:\.\d{1,12})?))\)?\s*+\}?"
)
_BARE_LIMIT = re.compile(r"(?<![A-Za-z\\])lim(?=\s*(?:[(\[]|√?[\da-z][\da-z²³]{0,4}\s*=))")
_UNIT_OF_AREA = re.compile(r"(?<=\d)\s(?:FE|VE|LE)\s{0,3}$")  # 4.5 FE
_TIMES_SLOPE = re.compile(  # y'(x + 2y), no value of a function
    r"(?<![A-Za-z])y'\s?(?=\((?:[^()]{0,40}(?<![A-Za-z]))?y(?![A-Za-z'])[^()]{0,40}\))"
)
_OVER = re.compile(r"∫\s?d([a-z])\s?/\s?(\([^()]{1,40}\)|[a-z](?![\w^²³(]))")  # ∫dt/t
_DIFFERENTIALS = re.compile(
    r"(?P<left>[^=d]{0,40})d(?P<first>[a-z])(?P<left_end>\s?/[^=d]{1,20})?\s{0,3}="
    r"(?P<right>[^=d]{0,80})(?<![a-z][a-z])d(?P<second>[a-z])(?P<right_end>\s?/[^=d]{1,20})?"
)
_BOTH_INTEGRALS = re.compile(
    r"\s*(?:∫|\\int)(?![_^])([^=∫]{1,60})=\s*(?:∫|\\int)(?![_^])([^=∫]{1,60})"
)
_COMPOSED = re.compile(  # (f ∘ g)(3)
    r"\(?(?<![A-Za-z])([a-zA-Z])\s?(?:∘|\\circ(?![A-Za-z]))\s?([a-zA-Z])\)?\s?\(([^()]{1,30})\)"
)
_DOT = re.compile(r"(?<=[A-Za-z\d])\.(?=[A-Za-z](?![A-Za-z]))")  # u.v
_TRIPLE = re.compile(r"\(([^()|]{1,20})\|([^()|]{1,20})\|([^()|]{1,20})\)")  # (2|7|0)
_CUT_OFF = re.compile(r"([<>≤≥]=?\s?[-−]?\d{1,6}\.\d{1,9})\s?(?:\.{2,3}|…)$")  # x ≤ 9.90…
_CLOCK = re.compile(r"(?<![\d.A-Za-z])(\d{1,2})\s?h\s?(\d{2})(?!\s?[\d.,]|\s?min|[A-Za-z])")  # 2h30
_BARE_ARGUMENT = re.compile(r"(sin|cos|tan|ln|lg)\s?([xt])(?![\da-z^²³])")  # sin x
_LETTER_E = re.compile(r"(?<![A-Za-z\\_{])e(?![A-Za-z_(])")
_GIVEN_E = re.compile(_LETTER_E.pattern + r"(?:\s?²|\s?\^\s?2)?\s*=")
_LINEAR_E = re.compile(  # 3e + 2k = 41
    r"(?<![\w.^{}()*+−-])\s?(?:\d{0,4}\s?[*·]?\s?e\s?[-+−]\s?\d{0,4}\s?[*·]?\s?[a-df-z]"
    r"|\d{0,4}\s?[*·]?\s?[a-df-z]\s?[-+−]\s?\d{0,4}\s?[*·]?\s?e)\s?=\s?\d"
)
_NUMBER_E = re.compile(
    r"(?<![A-Za-z\\])(?:e\s?\^(?!\s?2\s?[=+-])|e[ˣ⁻]|\\?ln|\\?exp|euler)", re.IGNORECASE
)
_IN_ROWS = r"(?:[^\[\]()]|\([^\[\]();；]{1,12}\)){1,80}"
_ROWS = re.compile(rf"[\[(]({_IN_ROWS}[;；]{_IN_ROWS})[\])]")
_ROW = r"[\[(][^\[\]()]{1,60}[\])]"
_SCALED_ROWS = re.compile(
    rf"(?P<factor>[\w)]\s?[*·×⋅]\s?|\d\s?|(?<=[\])])\s?[-−+]\s?)?(?P<rows>[\[(]\s?{_ROW}(?:\s?,\s?{_ROW}){{1,3}}\s?[\])])"
    r"(?P<divisor>\s?[*·×⋅/:]\s?[\w(]|(?=\s?[-−+]\s?[\[(]))?"
)
_ROW_OF_NUMBERS = r"[-−]?\d{1,6}(?:\.\d{1,4})?(?:\s[-−]?\d{1,6}(?:\.\d{1,4})?){1,4}"
_SLASHED_ROWS = re.compile(  # (8 1 / 6 3)
    rf"[\[(]\s?({_ROW_OF_NUMBERS}(?:(?:\s/\s|\s?\|\s?){_ROW_OF_NUMBERS}){{1,4}})\s?[\])]"
)
_ENTRY_GAP = re.compile(r"\s*,\s*|(?<![*·+/^−-])\s+(?![*·+/^])")  # not in 1 * 4 or a - b
_MEMBER = re.compile(r"(?<![A-Za-z])([a-z])_\{?n(?![A-Za-z])")
_GLUED_ANGLE = re.compile(r"(?<![A-Za-z])(sin|cos|tan)\s?([A-Cα-γ])(?![A-Za-z(_])")  # sinA
_ANGLE = re.compile(  # sin π/6
    r"(?<![A-Za-z])(sin|cos|tan|cot)\s?([-−]?\d{0,3}\s?(?:π|\\?pi)\s?/\s?\d{1,3})"
    r"(?![\w^²³.]|\s?[·*]\s?[a-z]|\s[a-z](?![a-z]))"
)
_TURNS = re.compile(  # x = π/4 [2π]: all angles that differ by whole turns
    r"(?<=[\dπi)}²³α-ω])\s{0,2}\[\s?(\d{0,3}\s?(?:π|\\?pi)(?:\s?/\s?\d{1,3})?)\s?\]"
    r"(?=\s{0,2}(?:$|[,;]|or\b|and\b))"
)
_MODULUS = re.compile(r"(≡[^\[\]]{1,60})\[\s?(\d{1,9})\s?\]\s{0,2}$")
_WHOLE_TURNS = re.compile(  # θ = π/4 [2π]: an angle may be given by any of these
    r"((?:arg\s?\(?\s?[a-zA-Z]\w?\s?\)?|\\?theta|\\?varphi|[θφϕαβ])\s?)(?:=|≡)([^=≡\[\]]{1,40}?)"
    r"\s{0,2}\[\s?2\s?(?:π|\\?pi)\s?\]\s{0,2}"
)
_END = r"(?:[{(]([^{}()]{1,30})[})]|(-?[\w.π∞]{1,12}))"
_BOUNDS = re.compile(rf"_\s*{_END}\s*\^\s*{_END}")
_DIGITS = str.maketrans("₋₀₁₂₃₄₅₆₇₈₉⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789-0123456789")
_SMALL_BOUNDS = re.compile(r"([\]|])\s?(₋?[₀-₉]{1,3})(⁻?[⁰¹²³⁴-⁹]{1,3})")
_BAR_BOUNDS = re.compile(rf"(^|=)([^=|]{{1,80}})\|\s?({_BOUNDS.pattern})")
_UNBOUNDED = re.compile(r"=\s?\[(?=[^\[\]=]{0,80}[a-z])[^\[\]=,;|]{1,80}\](?=\s*(?:=|\Z))")
_INTEGRAL_BOUNDS = re.compile(
    rf"∫\s?(?P<bounds>{_BOUNDS.pattern})[^=∫]{{1,80}}?(?<![a-z])d(?P<variable>[a-z])(?![a-z])"
)
_NO_DIFFERENTIAL = re.compile(  # ∫_0^2 (x + 1), whose dx is left out
    rf"∫\s?(?:{_BOUNDS.pattern}|[₀-₉]{{1,3}}[⁰¹²³⁴-⁹]{{1,3}})(?P<body>[^=∫≈<>]{{1,80}})"
)
_DIFFERENTIAL = re.compile(r"(?<![A-Za-z\\])d\s?[a-z](?![A-Za-z])")
_VARIABLE = re.compile(r"(?<![A-Za-z\\])[a-df-z](?![A-Za-z(])")
_OPEN_INTEGRAL = re.compile(  # ∫ eˣ dx, without bounds
    r"∫(?!\s?(?:[_^]|[₀-₉]))[^∫=≈<>\[\]]{1,60}?(?<![a-z])d(?P<variable>[a-z])(?![A-Za-z])"
)
_CLOSING = {"[": "]", "(": ")", "{": "}"}
MAX_BRACKETS = 4  # of antiderivatives between bounds in one statement
# The numbers of the symbols B_9000, B_9001, … that stand for a bracket: no student counts so far.
_FIRST_BOUNDED, _FIRST_DERIVED = 9000, 9100


@dataclass(frozen=True, slots=True)
class Rewritten:
    """between: the terms for which symbols of their names stand in the text."""

    text: str
    between: dict[str, Term]

    def restored(self, term: Term) -> Term:
        for name, value in self.between.items():
            term = substitute(term, Sym(name), value)
        return term


def rewrite(text: str, limit: str = "") -> Rewritten:
    r"""limit: what \lim stands for where its variable is left out, such as "\lim_{x\to 0}"."""
    text = _TIMES_SLOPE.sub("y'·", _CUT_OFF.sub(r"\1", with_turns(text)))
    text = _FACTORIAL.sub(r"\1! ", _with_rows(with_minutes(text)))
    text, partial = with_partial_derivatives(text)
    text = _with_indices(_as_derivative(with_primes(_EXCLAIMED.sub("", text)).strip()))
    text = _COMPOSED.sub(r"\1(\2(\3))", text)
    text = _TRIPLE.sub(r"(\1, \2, \3)", _DOT.sub("·", text))
    text = _CONJUGATE.sub(r"\\bar{\1}", text)
    text = _COUNTED.sub(lambda match: f"P_{2000 + int(match[1])}", text)
    text = _RESULT.sub(lambda match: f"P_{1000 + ord(match[1])}", text)
    text = _LIMIT.sub(r"\\lim_{\1\\to \2} ", text)
    if limit:
        text = _BARE_LIMIT.sub(lambda _: limit, text)
    text = _UNIT_OF_AREA.sub("", _OVER.sub(r"∫ 1/\2 d\1", text))
    text = _NO_DIFFERENTIAL.sub(_with_differential, text)
    text = _WORDED_CHOICE.sub(_as_binomial, _TYPED_LOG.sub(r"log_{\1} ", text))
    text = _CHOICES.sub(_as_count, text)
    text = _NORMAL_SLOPE.sub(r"\1_N", text)
    text = _ANGLE.sub(r"\1(\2)", _GLUED_ANGLE.sub(r"\1(\2)", text))
    text, between = _between_bounds(_with_bar_as_brackets(text))
    text, derivatives = _derived(text)
    between |= derivatives | partial
    text = _DIVIDED_BY_TERM.sub(r"÷(\1)", text)
    text = _DIVIDED.sub(r"\1÷", _BOTH_INDICES.sub(r"\1", text))
    text = _CALLED_BY_WORDS.sub(_as_symbol, text)
    text = _NUMBERED.sub(r"\1_{\2\3}", text)
    text = _SEGMENT.sub(r"\1_\2", _SEGMENT_POWER.sub(r"(\1_\2)", text))
    return Rewritten(_TYPED_INDEX.sub(r"\1_\2", text), between)


def with_turns(text: str) -> str:
    """x = π/4 + π·k for x = π/4 [π], θ = π/3 for θ = π/3 [2π], and mod 5 for [5] behind ≡."""
    if "[" not in text:
        return text
    text = _MODULUS.sub(r"\1(mod \2)", text)
    whole = _WHOLE_TURNS.fullmatch(text.strip())
    return f"{whole[1]}={whole[2]}" if whole else _TURNS.sub(r" + \1·k", text)


def _with_rows(text: str) -> str:
    """[2 5; -3 6] as ((2, 5), (-3, 6))."""

    def rows_of(match: re.Match[str]) -> str:
        rows = [row.strip() for row in re.split(r"[;；]", match[1])]
        entries = [_ENTRY_GAP.split(row) for row in rows]
        if len(rows) < 2 or len({len(row) for row in entries}) != 1 or len(entries[0]) < 2:
            return match[0]
        return "(" + ", ".join(f"({', '.join(row)})" for row in entries) + ")"

    text = _SLASHED_ROWS.sub(lambda rows: f"({re.sub(r' ?[|/] ?', '; ', rows[1])})", text)
    return _SCALED_ROWS.sub(_as_matrix, _ROWS.sub(rows_of, text))


def _as_matrix(match: re.Match[str]) -> str:
    """1/2 · [[4, -3], [-2, 2]] with a matrix of LaTeX; a list that stands alone stays one."""
    if not match["factor"] and match["divisor"] is None:
        return match[0]
    rows = re.findall(r"[\[(]([^\[\]()]+)[\])]", match["rows"])
    entries = r" \\ ".join(" & ".join(row.split(",")) for row in rows)
    matrix = rf"\begin{{pmatrix}}{entries}\end{{pmatrix}}"
    return f"{match['factor'] or ''}{matrix}{match['divisor'] or ''}"


def with_minutes(text: str) -> str:
    """2h30 as 2 h 30 min."""
    return _CLOCK.sub(r"\1 h \2 min", text)


def _with_indices(text: str) -> str:
    """x1x2 and x1 + x2, the two roots, with their numbers as indices."""
    for letter in set(_FIRST_ROOT.findall(text)):
        if re.search(rf"{letter}2(?!\d)", text):
            text = re.sub(rf"{letter}([12])(?!\d)", rf" {letter}_\1 ", text)
    return text


def is_letter_e(statement: str, lines: Sequence[str]) -> bool:
    """Whether lines seek e, as e² = d² + 15² and 3e + 2k = 41, and nothing tells of the number."""
    texts = (statement, *lines)
    is_sought = any(_GIVEN_E.search(line) or _LINEAR_E.search(line) for line in lines)
    return is_sought and not any(map(_NUMBER_E.search, texts))


_PLACE = r"\s?([nkm](?:\s?[+-]\s?\d)?|\d{1,3})\s?"  # of a member of a sequence


def sequence_letters(statement: str) -> frozenset[str]:
    """u and v for a statement about u_n and v_n."""
    return frozenset(_MEMBER.findall(statement))


def with_members(text: str, letters: frozenset[str]) -> str:
    """un as u_n, and u(n+1) as u_(n+1).

    Raises Unreadable for un+1, which may be u_(n+1) or u_n + 1.
    """
    for letter in letters:
        text = re.sub(rf"(?<![A-Za-z_]){letter}\s?\({_PLACE}\)", rf"{letter}_{{\1}}", text)
        if re.search(rf"(?<![A-Za-z_]){letter}n\s?[+-]\s?\d", text):
            raise Unreadable(FeedbackCode.EMPTY)
        text = re.sub(rf"(?<![A-Za-z_]){letter}n(?![A-Za-z_])", f"{letter}_n", text)
    return text


def with_letter_e(text: str) -> str:
    return _LETTER_E.sub("e_0", text)


def limit_of(statement: str) -> str:
    """The limit that a statement asks for, as LaTeX; empty for none."""
    match = _LIMIT.search(statement)
    return rf"\lim_{{{match[1]}\to {match[2]}}}" if match else ""


def _as_derivative(text: str) -> str:
    """du = 2x dx as u' = 2x, x dx = du/2 as x = 1/2 · u', and ∫ 1/y dy = ∫ 4 dx as 1/y · y' = 4."""
    bare = _BOTH_INTEGRALS.fullmatch(text)
    match = _DIFFERENTIALS.fullmatch(f"{bare[1]}={bare[2]}" if bare else text)
    if match is None or match["first"] == match["second"]:
        return text
    factors = [
        _factor(match[side], match[f"{side}_end"] or "", primed)
        for side, primed in (
            ("left", "" if match["first"] == "x" else match["first"]),
            ("right", match["second"] if match["first"] == "x" else ""),
        )
    ]
    return " = ".join(factors)


def _factor(before: str, behind: str, primed: str) -> str:
    """What stands beside a differential, times the derivative of its variable."""
    factor = before.strip(" \\,;·*")
    if not factor and not behind:
        return f"{primed}'" if primed else "1"
    factor = f"({factor or '1'})" if behind or primed else factor
    return f"{factor}{behind}" + (f" · {primed}'" if primed else "")


def _as_count(match: re.Match[str]) -> str:
    """5C2 as C_5^2, and 5P2 as A_5^2."""
    return f"{'C' if match[2] == 'C' else 'A'}_{{{match[1]}}}^{{{match[3]}}}"


def _as_binomial(match: re.Match[str]) -> str:
    """Of (5 parmi 2), too, which is written the other way round and cannot mean 0."""
    n, k = (match[1], match[3]) if match[2] else (match[3], match[1])
    if n.isdigit() and k.isdigit() and int(n) < int(k):
        n, k = k, n
    return rf"\binom{{{n}}}{{{k}}}"


def _as_symbol(match: re.Match[str]) -> str:
    """P(no six) as one symbol, the same for the same words."""
    words = "".join(match[2].casefold().split())
    if words in KNOWN_FUNCTIONS or not words.isalnum():
        return match[0]  # P(2 rouges), not P(X = 2)
    numbers = OUTCOME_NUMBERS if _OUTCOME.fullmatch(match[2].strip()) else _EVENT_NUMBERS
    return f"{match[1]}_{numbers[crc32(words.encode()) % len(numbers)]}"


def _with_differential(match: re.Match[str]) -> str:
    """∫_0^2 (x + 1) dx for ∫_0^2 (x + 1), whose integrand is in brackets or has no + or -."""
    body = match["body"].strip()
    letters = set(_VARIABLE.findall(body))
    is_one = body[0] + body[-1] == "()" or not re.search(r"[-+−]", body)
    if len(letters) != 1 or not is_one or _DIFFERENTIAL.search(match[0]):
        return match[0]
    return f"{match[0].rstrip()} d{letters.pop()} "


def _with_bar_as_brackets(text: str) -> str:
    """[-1/x]_{1}^{2} for -1/x |₁²"""
    text = _SMALL_BOUNDS.sub(
        lambda m: f"{m[1]}_{{{m[2].translate(_DIGITS)}}}^{{{m[3].translate(_DIGITS)}}}", text
    )
    return _BAR_BOUNDS.sub(r"\1[\2]\3", text)


def _between_bounds(text: str) -> tuple[str, dict[str, Term]]:
    """[F]_a^b as a symbol that stands for F(b) - F(a)."""
    text, bounded = mark_bounds(text)
    return text, {name: inner.difference for name, inner in bounded.items()}


@dataclass(frozen=True, slots=True)
class Bounded:
    """[F]_a^b"""

    body: Term
    low: Term
    high: Term

    @property
    def difference(self) -> Term:
        """F(b) - F(a)"""
        [name] = free_names(self.body)
        ends = [substitute(self.body, Sym(name), end) for end in (self.high, self.low)]
        return Add((ends[0], Neg(ends[1])))


def with_bounds_of(text: str, integral: Term | None) -> str:
    """∫_0^2 2x dx = [x²] with bounds behind the bracket; those of `integral` for = [x²] alone."""
    if (bracket := _UNBOUNDED.search(text)) is None:
        return text
    inside = _INTEGRAL_BOUNDS.search(text)
    if inside is not None:
        bounds, variable = inside["bounds"], inside["variable"]
    elif isinstance(integral, BigOperator) and integral.low and integral.high and text[0] == "=":
        bounds = f"_{{{latex(integral.low)}}}^{{{latex(integral.high)}}}"
        variable = integral.name
    else:
        return text
    if variable not in bracket[0]:
        return text  # u, which has other bounds
    return f"{text[: bracket.end()]}{bounds}{text[bracket.end() :]}"


def with_bounds_beside(text: str, integrals: Sequence[BigOperator]) -> str:
    """I = [x eˣ]_0^1 - ∫_0^1 eˣ dx for I = [x eˣ]_0^1 - ∫ eˣ dx, by parts of one from 0 to 1."""
    open_integral = _OPEN_INTEGRAL.search(text)
    bracket = next(_bracketed(text), None)
    if open_integral is None or bracket is None:
        return text
    inner = _bounded(text[bracket[0] + 1 : bracket[1]], bracket[2])
    name, at = open_integral["variable"], open_integral.start() + 1
    is_by_parts = inner is not None and any(
        integral.name == name and (integral.low, integral.high) == (inner.low, inner.high)
        for integral in integrals
        if free_names(inner.body) == {name}
    )
    return f"{text[:at]}{bracket[2][0]}{text[at:]}" if is_by_parts else text


def mark_bounds(text: str) -> tuple[str, dict[str, Bounded]]:
    """The text with a symbol for each [F]_a^b, and what the symbols stand for."""
    bounded: dict[str, Bounded] = {}
    for start, end, bounds in tuple(_bracketed(text))[:MAX_BRACKETS]:
        inner = _bounded(text[start + 1 : end], bounds)
        if inner is not None:
            name = f"B_{_FIRST_BOUNDED + len(bounded)}"
            text = text.replace(text[start : bounds.end()], f"({name})", 1)
            bounded[name] = inner
    return text, bounded


def _derived(text: str) -> tuple[str, dict[str, Term]]:
    """(sin x)' as a symbol that stands for cos x."""
    derivatives: dict[str, Term] = {}
    for start, end in tuple(_primed(text))[:MAX_BRACKETS]:
        with suppress(Unreadable, RecursionError, NotDifferentiable):
            body = read_expression(text[start + 1 : end])
            names = free_names(body)
            if is_term(body) and len(names) == 1:
                name, [letter] = f"B_{_FIRST_DERIVED + len(derivatives)}", names
                derived, around = _derivative_of(body, letter), text[:start] + text[end + 1 :]
                if f"{letter}'" in around:  # (ln u)' = u'/u, for any function u
                    derived = Mul((derived, Sym(f"{letter}'")))
                derivatives[name] = derived
                text = f"{text[:start]}({name}){text[end + 2 :]}"
    return (_BARE_ARGUMENT.sub(r"\1(\2)", text) if derivatives else text), derivatives


def _derivative_of(body: Term, variable: str) -> Term:
    """d/dx before the body. Raises NotDifferentiable."""
    differentiate(body, variable)
    return Mul((Div(Sym("d"), Mul((Sym("d"), Sym(variable)))), body))


def _primed(text: str) -> Iterator[tuple[int, int]]:
    """Each ( and its ) before a prime, the last ones first."""
    for end in range(len(text) - 2, 0, -1):
        if text[end : end + 2] != ")'":
            continue
        depth = 0
        for start in range(end, -1, -1):
            depth += (text[start] == ")") - (text[start] == "(")
            if depth == 0:
                if start == 0 or not (text[start - 1].isalpha() or text[start - 1] in "\\'}"):
                    yield start, end
                break


def _bracketed(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Each [ and its ] before two bounds."""
    text = text.replace(r"\left", "     ").replace(r"\right", "      ")
    for start, sign in enumerate(text):
        if sign != "[":
            continue
        depth = 0
        for end in range(start, len(text)):
            depth += (text[end] in _CLOSING) - (text[end] in _CLOSING.values())
            if depth == 0:
                bounds = _BOUNDS.match(text, end + 1)
                if bounds:
                    yield start, end, bounds
                break


def _bounded(inner: str, bounds: re.Match[str]) -> Bounded | None:
    try:
        low, high = (read_expression(bounds[n] or bounds[n + 1]) for n in (1, 3))
        body = read_expression(inner.replace(r"\left", "").replace(r"\right", ""))
    except (Unreadable, RecursionError):
        return None
    if len(free_names(body)) != 1 or not (is_term(body) and is_term(low) and is_term(high)):
        return None
    return Bounded(body, low, high)
