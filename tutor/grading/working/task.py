"""What a problem's statement gives: equations, an expression to work on, numbers, definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.currencies import with_currencies_joined
from tutor.grading.parsing.tree import (
    BigOperator,
    Comparison,
    Div,
    Logic,
    Num,
    Sym,
    Term,
    Unreadable,
    Value,
    free_names,
    is_term,
    walk,
)
from tutor.grading.prose import cues
from tutor.grading.prose.formulas import find_formulas, split_statements
from tutor.grading.prose.plain_statements import with_formulas_marked
from tutor.grading.steps.definitions import Definitions, Function, with_primes
from tutor.grading.steps.statements import is_solved
from tutor.grading.working.quantities.stated import StatedQuantity, stated_quantities
from tutor.grading.working.quantities.unit_marks import (
    NO_LETTERS,
    UnitLetters,
    unit_letters,
)
from tutor.grading.working.reading.function_families import (
    parameter_indices,
    parameters_in,
    without_indices,
)

MAX_LENGTH = 8_000  # characters of a statement; the rest is ignored
MAX_NUMERAL = 300  # characters of a number
_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){1,4}(?![\d,]|\.\d)")  # 24,000
_CASES = re.compile(r"\\begin\s{0,3}\{cases\}(.{0,600}?)\\end\s{0,3}\{cases\}", re.DOTALL)
_LINE_NAME = re.compile(  # g: y = 2x
    r"^[a-zA-Z](?:_\d)?\s?(?:\\colon|:)\s?(?=y\s?=|-?\d{0,3}x\s?[-+])"
)
_ROW_LABEL = re.compile(r"&.*$", re.DOTALL)


_TRANSFORMS = re.compile(
    r"\b(?:simplif|expand|factor|calculat|comput|evaluat|multiply|add\b|subtract|reduce|rewrite"
    r"|write|work out|what is|vereinfach|berechne|faktorisier|multiplizier|klammer|zerleg|schreib"
    r"|simplifi|calcul|développ|factoris|factoriz|desarroll|reduc|resta|suma"
    r"|rationalis|rationaliz|racionaliz|rational|combine|kürze|fasse|multiplizier|réduire|écri"
    r"|descompon|efectúa)"
    r"|化简|计算|展开|分解因式|因式分解|求值|有理化|合并|约分|通分",
    re.IGNORECASE,
)
_REWRITES = re.compile(
    r"\b(?:simplif|expand|factor|reduce|vereinfach|faktorisier|multiplizier|kürze|développ|réduire"
    r"|desarroll|reduc)|化简|展开|因式分解|约分",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\\[()]|\$")
_VALUE = r"(?<![A-Za-z\\])([A-Za-z])\s?=\s?(-?\d{1,9}(?:[./]\d{1,9})?)"
_WHEN = r"(?:when|if|for|at|wenn|falls|für|bei|quand|lorsque|si|pour|cuando|para|当)"
_CASE_PAIR = re.compile(
    rf"{_VALUE},?\s{_WHEN}\s{{1,3}}{_VALUE}"
    rf"|(?<!\w){_WHEN}\s{{0,3}}{_VALUE}\s?(?:时[,，]?|,?\s?(?:then|is|we have|ist|gilt|on a|es)\s)"
    rf"\s?{_VALUE}",
    re.IGNORECASE,
)
_DIFFERENTIATES = re.compile(
    r"\bdifferentiat|\bderivative|\bableit|\bleite\b|\bdériv|\bderiva|导数|求导", re.IGNORECASE
)
# Where 24 : 3 + 5 is a division and no ratio.
_DIVIDES = re.compile(
    r"\A(?!.{0,2000}(?:ratio|verhältnis|rapport|razón|proporc|maßstab|échelle|scale|比|\bteil|share))"
    r"(?=.{0,200}(?:\b(?:be|er|aus)?rechne|\bcalcul|\bcompute|\bevaluate|\bwork out|计算))",
    re.IGNORECASE | re.DOTALL,
)
_CURVES = re.compile(
    r"\b(?:tangent|normal|perpendicular|parallel|line|lines|inverse|circle|gerade|tangente|normale"
    r"|senkrecht|orthogonal|umkehr|droite|perpendiculaire|réciproque|cercle|rectas?\b|inversa|paralela)"
    r"|切线|法线|垂直|平行|直线|反函数|圆",
    re.IGNORECASE,
)

_PROVES = re.compile(
    r"\b(?:prove|proof|proving|show that|induction|beweis|zeige?\b(?! an)|zu zeigen"
    r"|widerleg|démontr|montre(?:r|z)?\b(?! (?:indique|est|retarde|avance|coûte|affiche))|prouv"
    r"|récurrence|demuestr|demostr|prueba que|inducción)|证明|求证|归纳",
    re.IGNORECASE,
)
_COMPLEX = re.compile(
    r"\bcomplex (?:numbers?|solutions?|roots?|zeros?|plane)|\bkomplexe[nr]? "
    r"|\bcomplexes\b|\bcomplej[ao]s?\b"
    r"|\\mathbb\s?\{?\s?C|ℂ|复数",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\\lim(?![a-z])|\blim(?![a-z])|(?<!speed )\blimite?s?\b|\blímites?\b|\bgrenzwert|极限",
    re.IGNORECASE,
)
_GROWS = re.compile(r"(?:\\to|\\rightarrow|→|->)\s{0,3}\+?\s{0,3}(?:\\infty|∞|oo\b)")


_SENTENCE = re.compile(r"[.?!¿。？！]")
# Words that say what a number is: neither "of" in 10 % of 200 nor 克 in 90克.
WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}|[\u4e00-\u9fff]{2,}")


def question_in(statement: str) -> str:
    """The last sentence of the problem."""
    questions = [part for part in _SENTENCE.split(statement) if WORD.search(part)]
    return questions[-1] if questions else ""


@dataclass(frozen=True)
class Task:
    """equations: what the statement gives, one for each equation, inequality or system row.

    expressions: terms that stand alone, such as the one to simplify; the longest first.
    numbers: all that the statement mentions. letters: those that may be units.
    """

    text: str = ""
    equations: tuple[Value, ...] = ()
    expressions: tuple[Term, ...] = ()
    numbers: frozenset[Fraction] = frozenset()
    definitions: Definitions = field(default_factory=Definitions)
    letters: UnitLetters = NO_LETTERS

    @property
    def factors(self) -> frozenset[Fraction]:
        """By which its numbers change something, read as percentages: 0.05 and 1.05 for 5."""
        shares = [number / 100 for number in self.numbers]
        return frozenset(f for share in shares for f in (share, 1 + share, 1 - share))

    @property
    def question(self) -> str:
        """Its last sentence, in small letters."""
        return question_in(self.text).casefold()

    @property
    def is_story(self) -> bool:
        """Whether words tell what is known, with numbers and fractions but without a formula."""
        has_formula = bool(self.equations) or not all(map(_is_plain_number, self.expressions))
        return bool(self.text) and not has_formula

    @property
    def transforms(self) -> bool:
        """Whether it asks for another form of an expression."""
        return bool(self.expressions) and bool(_TRANSFORMS.search(self.text))

    @property
    def rewrites(self) -> bool:
        """Whether it asks for another form, and for no value: at most it gives some for later."""
        has_values = bool(self.equations) and all(map(is_solved, self.equations))
        is_rewritten = bool(_REWRITES.search(self.text)) if has_values else not self.equations
        return self.transforms and is_rewritten

    @property
    def is_complex(self) -> bool:
        """Whether it asks for complex numbers, in which each polynomial has zeros."""
        return bool(_COMPLEX.search(self.text))

    @property
    def has_inequality(self) -> bool:
        relations = [part for value in self.equations for part in walk(value)]
        return any(isinstance(part, Comparison) and part.op not in ("=", "≈") for part in relations)

    @property
    def proves(self) -> bool:
        return bool(_PROVES.search(self.text))

    @property
    def asks_for_limit(self) -> bool:
        return bool(_LIMIT.search(self.text))

    @property
    def tends_to_infinity(self) -> bool:
        """Whether it asks for a limit where a variable grows without end."""
        return bool(_GROWS.search(self.text))

    @property
    def asks_for_curve(self) -> bool:
        """Whether it asks for a line or curve beside those that it gives."""
        return bool(_CURVES.search(self.text))

    @property
    def names(self) -> frozenset[str]:
        parts = [part for value in (*self.equations, *self.expressions) for part in walk(value)]
        return frozenset(part.name for part in parts if isinstance(part, Sym | BigOperator))

    @property
    def integrals(self) -> tuple[BigOperator, ...]:
        parts = [part for value in (*self.expressions, *self.equations) for part in walk(value)]
        return tuple(p for p in parts if isinstance(p, BigOperator) and p.kind == "int")


def read_task(statement: str) -> Task:
    """Never raises."""
    text = with_currencies_joined(with_formulas_marked(statement[:MAX_LENGTH]))
    parameters = parameters_in(statement)
    text = without_indices(text, parameter_indices(text))
    definitions = Definitions(sought=cues.functions_sought(text), parameters=parameters)
    definitions.learn_calls(text, frozenset())
    equations: list[Value] = []
    expressions: list[Term] = []
    for formula in _formulas(text):
        if ":" in formula and "=" not in formula and _DIVIDES.search(text):
            formula = formula.replace(":", r"\div ")
        try:
            value = read_expression(with_primes(formula), definitions.called)
        except (Unreadable, RecursionError):
            continue
        for part in value.parts if isinstance(value, Logic) and value.op == "and" else (value,):
            if is_term(part):
                expressions.append(part)
            elif isinstance(part, Comparison | Logic):
                _take_equation(part, definitions, equations)
    positions = {function.variable for function in definitions.functions.values()}
    equations = [value for value in equations if not _names_position(value, positions)]
    in_one_case = {name for case in values_in_cases(text) for name in case}
    equations = [value for value in equations if not _names_position(value, in_one_case)]
    expressions = [term for term in expressions if not isinstance(term, Sym | Num)]
    expressions.sort(key=lambda term: sum(1 for _ in walk(term)), reverse=True)
    grouped = [number.replace(",", "") for number in _GROUPED.findall(text)]
    numerals = (n for n in (*_NUMBER.findall(text), *grouped) if len(n) <= MAX_NUMERAL)
    numbers = frozenset(map(Fraction, numerals))
    letters = unit_letters(text)
    _name_functions(definitions, equations, expressions, text)
    return Task(text, tuple(equations), tuple(expressions), numbers, definitions, letters)


def _name_functions(
    definitions: Definitions, equations: list[Value], expressions: list[Term], text: str
) -> None:
    """f for the only function where the statement calls it y, or gives its term alone."""
    functions = definitions.functions
    if "f" in functions or "f" in definitions.sought | definitions.called:
        return
    if functions.keys() == {"y"}:
        functions["f"] = functions["y"]
    elif not functions and not equations and len(expressions) == 1 and _DIFFERENTIATES.search(text):
        names = free_names(expressions[0])
        if len(names) == 1:
            functions["f"] = functions["y"] = Function(next(iter(names)), expressions[0])


def stated_in(task: Task) -> tuple[StatedQuantity, ...]:
    """The quantities that its statement gives."""
    return stated_quantities(task.text, task.letters)


def _names_position(value: Value, variables: set[str]) -> bool:
    """x = 3 beside f(x) = x²: it tells where, and nothing of x elsewhere."""
    match value:
        case Comparison("=", Sym(name), position):
            return name in variables and not free_names(position)
    return False


def values_in_cases(text: str) -> list[dict[str, Fraction]]:
    """y and x with their numbers of "y = 12 when x = 5", which hold there and nowhere else."""
    cases = []
    for match in _CASE_PAIR.finditer(_BRACKETS.sub("", text)):
        first, a, second, b = (part for part in match.groups() if part)
        if first != second and not {a[-2:], b[-2:]} & {"/0"}:
            cases.append({first: Fraction(a), second: Fraction(b)})
    return cases


def _is_plain_number(value: Value) -> bool:
    """18 or 7/10."""
    return isinstance(value, Num) or (
        isinstance(value, Div) and isinstance(value.top, Num) and isinstance(value.bottom, Num)
    )


def _take_equation(value: Value, definitions: Definitions, equations: list[Value]) -> None:
    definitions.define(value)
    if isinstance(value, Comparison) and value.op == "=":
        left, right = value.left, value.right
        if isinstance(left, Sym) and is_term(right) and free_names(right):
            definitions.add_variable(left.name, right)
    equations.append(value)


def _formulas(text: str) -> Iterator[str]:
    for formula, _ in find_formulas(text):
        if cases := _CASES.search(formula.text):
            for row in re.split(r"\\\\", cases[1]):
                yield _ROW_LABEL.sub("", row).strip()
            continue
        for statement in split_statements(formula):
            yield _LINE_NAME.sub("", statement.text.strip().rstrip(".,;"))
