"""What pages call the grader's kinds, forms, verdicts and rules, and the fields of a problem."""

import re
from collections.abc import Collection

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tutor.grading import (
    Feedback,
    FeedbackCode,
    Form,
    InvalidKey,
    Kind,
    Rule,
    Verdict,
    infer_key,
)

KIND_NAMES = {
    Kind.NUMBER: pgettext_lazy("kind of answer", "number"),
    Kind.EXPRESSION: _("expression"),
    Kind.EQUATION: _("equation"),
    Kind.INEQUALITY: _("inequality"),
    Kind.LIST: _("several values"),
    Kind.SET: _("set"),
    Kind.INTERVAL: _("interval"),
    Kind.TUPLE: _("point or vector"),
    Kind.MATRIX: _("matrix"),
    Kind.RATIO: _("ratio"),
    Kind.QUANTITY: _("quantity"),
    Kind.CHOICE: pgettext_lazy("kind of answer", "choice"),
    Kind.TEXT: _("word"),
    Kind.ANTIDERIVATIVE: _("antiderivative"),
    Kind.GENERAL_SOLUTION: _("general solution"),
    Kind.FAMILY: _("infinitely many solutions"),
    Kind.LINE_OR_PLANE: _("line or plane"),
    Kind.DIRECTION: _("vector up to a factor"),
    Kind.PIECEWISE: _("piecewise function"),
    Kind.LOGIC: _("logical expression"),
    Kind.TRUTH: _("true or false"),
    Kind.BASED_NUMBER: _("number in another base"),
    Kind.DIVISION: _("quotient with remainder"),
    Kind.PERMUTATION: _("permutation"),
}
KIND_SENTENCES = {
    Kind.NUMBER: _("a number"),
    Kind.EXPRESSION: _("an expression, such as (x+1)^2"),
    Kind.EQUATION: _("an equation, such as y = 2x + 1"),
    Kind.INEQUALITY: _("an inequality, such as x > 1"),
    Kind.LIST: _("several values, such as 2, 3"),
    Kind.SET: _("a set, such as {1, 2}"),
    Kind.INTERVAL: _("an interval or a union of intervals"),
    Kind.TUPLE: _("a point or a vector, such as (2, -3)"),
    Kind.MATRIX: _("a matrix, such as [[1,2],[3,4]]"),
    Kind.RATIO: _("a ratio, such as 2:3"),
    Kind.QUANTITY: _("a quantity with a unit"),
    Kind.CHOICE: _("one or more of the choices, such as B"),
    Kind.TEXT: _("a word"),
    Kind.ANTIDERIVATIVE: _("an antiderivative, such as x^2 + C"),
    Kind.GENERAL_SOLUTION: _("a general solution, such as y = C*e^(2x)"),
    Kind.FAMILY: _("infinitely many solutions, such as x = pi/4 + k*pi"),
    Kind.LINE_OR_PLANE: _("a line or a plane, such as (1,2,3) + t(1,0,-1)"),
    Kind.DIRECTION: _("a vector up to a factor, such as (1, -2, 3)"),
    Kind.PIECEWISE: _("a function in pieces, such as -x if x < 0; x if x >= 0"),
    Kind.LOGIC: _("a logical expression, such as p and not q"),
    Kind.TRUTH: _("true or false, such as true or T, F, T"),
    Kind.BASED_NUMBER: _("a number in another base, such as 2F_16"),
    Kind.DIVISION: _("a quotient with remainder, such as 7 R 2"),
    Kind.PERMUTATION: _("a permutation, such as (1 3 2)(4 5)"),
}
# What students read below the field; it says how to type, and nothing about the answer.
ENTRY_HELP = {
    Kind.TEXT: _("Answer in a word or two."),
    Kind.TUPLE: _("Type the entries in brackets: (2%(comma)s -3)."),
    Kind.MATRIX: _(
        "Type the rows in square brackets: [[1%(comma)s 2]%(comma)s [3%(comma)s 4]]. A formula "
        "such as 2A works too."
    ),
    Kind.INTERVAL: _(
        "Type an interval: (-oo%(comma)s 2]. A square bracket means that the end is included; oo "
        "is infinity, and ∪ joins intervals."
    ),
    Kind.SET: _("Type a set in braces: {1%(comma)s 2}."),
    Kind.RATIO: _("Type a ratio with a colon: 1 : 2."),
    Kind.QUANTITY: _("Type the number and its unit, such as 3/4 m or 5 cm^2."),
    Kind.ANTIDERIVATIVE: _("Type as on a calculator: x^3/3, 1/2 sin(2x), e^(-x), ln|x|, sqrt(x)."),
    Kind.GENERAL_SOLUTION: _(
        "Type as on a calculator: y = e^(-x) sin(2x) + x^2. Constants may have any names, such as "
        "C or C1 and C2."
    ),
    Kind.FAMILY: _(
        "Type as on a calculator: x = pi/6 or x = 5pi/6; with a letter for all whole numbers "
        "x = 1 + 3k or x = 1 mod 3."
    ),
    Kind.LINE_OR_PLANE: _(
        "Type a point and directions, (1,2,3) + t(1,0,-1), or an equation, x + 2y - z = 4."
    ),
    Kind.DIRECTION: _("Type the entries in brackets: (1%(comma)s -2%(comma)s 3)."),
    Kind.PIECEWISE: _("Type each piece with its condition: x^2 if x < 0; x + 1 if x >= 0."),
    Kind.LOGIC: _("Type a and b, a or b, not a, a -> b, a <-> b, or the signs ∧ ∨ ¬ → ↔."),
    Kind.TRUTH: _("Answer with true or false; several with commas between them: T, F."),
    Kind.BASED_NUMBER: _("Type the digits; the base may follow: 1011_2, 3C_16."),
    Kind.DIVISION: _("Type the quotient, R and the remainder: 12 R 5."),
    Kind.PERMUTATION: _("Type cycles such as (1 2)(3 4), or the two rows as [[1,2,3],[3,1,2]]."),
}
FREE_TEXT_HELP = _("Write in your own words. Your teacher reads it.")
# What is asked beside one number, where an answer of the kind has more to it.
MORE_THAN_A_NUMBER = {
    Kind.TUPLE: _(
        "This is one number. Should it not have several entries, such as (2%(comma)s -3)?"
    ),
    Kind.MATRIX: _("This is one number. Should it not be a matrix?"),
    Kind.INTERVAL: _("This is one number. Should it not be an interval with two ends?"),
    Kind.QUANTITY: _("Is a unit missing?"),
}
FORM_NAMES = {
    Form.ANY: _("any form"),
    Form.LOWEST_TERMS: _("a fraction in lowest terms"),
    Form.DECIMAL_PLACES: _("rounded to decimal places"),
    Form.SIGNIFICANT_FIGURES: _("rounded to significant figures"),
    Form.FACTORED: _("fully factored"),
    Form.PRIME_POWERS: _("powers of primes"),
    Form.EXPANDED: _("expanded"),
    Form.SIMPLIFIED_SURD: _("a simplified root"),
    Form.WORKED_OUT: _("worked out"),
    Form.DECIMAL: _("a decimal"),
    Form.FRACTION: _("a fraction a/b"),
    Form.MIXED_NUMBER: _("a mixed number"),
    Form.LOWEST_MIXED_NUMBER: _("a mixed number in lowest terms"),
    Form.SCIENTIFIC: _("scientific notation, a × 10^n"),
    Form.PARTIAL_FRACTIONS: _("partial fractions"),
    Form.SINGLE_FRACTION: _("one single fraction"),
    Form.COMPLETED_SQUARE: _("a completed square, a(x + p)^2 + q"),
    Form.POLAR: _("a complex number in polar form"),
    Form.CARTESIAN: _("a complex number as a + bi"),
    Form.SUBJECT: _("solved for the letter on its left"),
    Form.FREE_TEXT: _("free text, which a teacher reads"),
}
VERDICT_NAMES = {
    Verdict.CORRECT: _("correct"),
    Verdict.INCORRECT: _("not right"),
    Verdict.UNREADABLE: pgettext_lazy("answer", "not understood"),
    Verdict.UNDECIDED: _("not decided"),
}
# For `choices` of model fields.
KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]
FORMS = [(form.value, name) for form, name in FORM_NAMES.items()]
VERDICTS = [(verdict.value, name) for verdict, name in VERDICT_NAMES.items()]
RULE_SENTENCES = {
    Rule.STRUCTURE: _("Both answers, written in one standard form, were compared part by part."),
    Rule.EXACT: _("Both answers were worked out exactly and compared."),
    Rule.NUMBERS: _(
        "Both answers were worked out with high precision for several values and compared."
    ),
    Rule.SYMBOLS: _("Both answers were simplified and compared."),
    Rule.UNITS: _("Both answers were brought to the same unit and compared."),
    Rule.SETS: _("Both answers were compared as sets of numbers."),
    Rule.LISTS: _("Both answers were compared entry by entry."),
    Rule.SHAPE: _("The numbers of rows and of columns were compared."),
    Rule.BRACKETS: _("The brackets were compared: they say which kind of thing an answer is."),
    Rule.LENGTHS: _("Both answers were compared by their number of entries."),
    Rule.SYSTEMS: _("Both answers consist of conditions; the solutions of these were compared."),
    Rule.FAMILIES: _("Both answers describe infinitely many solutions, which were not compared."),
    Rule.PROGRESSIONS: _("Both answers were compared by the numbers that they stand for."),
    Rule.SUBSTITUTION: _("The answer was put into the equation, and its constants were counted."),
    Rule.DERIVATIVES: _("The derivatives of both answers were compared."),
    Rule.FLATS: _("The points and the directions of both answers were compared."),
    Rule.DIRECTIONS: _("The directions of both vectors were compared."),
    Rule.PIECES: _("Both functions were compared piece by piece, and at the borders."),
    Rule.TRUTH_TABLES: _("The truth tables of both answers were compared."),
    Rule.DIVISIONS: _("The quotients and the remainders were compared."),
    Rule.PERMUTATIONS: _("It was compared where both answers send each element."),
    Rule.NAMES: _("The names in the two answers were compared."),
    Rule.WORDS: _("Both answers were compared as words."),
    Rule.SHARES: _("What each chosen answer is worth was added."),
    Rule.CONDITION: _("It was decided by the condition that the author of the problem wrote."),
    Rule.FREE_TEXT: _("A teacher reads this answer."),
    Rule.CHOICE: _("The letters of the chosen answers were compared."),
    Rule.FORM: _("The value was compared, and then the form that the problem asks for."),
    Rule.EXPECTED: _("It is one of the answers that the author of the problem has foreseen."),
    Rule.PARSE: _("The final answer could not be read as mathematics."),
    Rule.NO_ANSWER: _("No final answer was found in the text."),
    Rule.EMPTY: _("The final answer was empty."),
    Rule.DEADLINE: _("Comparing the two answers would have taken too long."),
    Rule.NO_KEY: _("This problem has no right answer to compare with. Tell your teacher."),
    Rule.INVALID_KEY: _("The right answer of this problem cannot be read. Tell your teacher."),
    Rule.EQUATIONS: _("Both equations were compared by their solutions."),
    Rule.DOMAINS: _(
        "Both equations agree wherever both are defined, but they are not defined for the same "
        "numbers."
    ),
    Rule.INEQUALITIES: _("Both answers were compared as inequalities, by their solutions."),
    Rule.TOLERANCE: _("The value was compared within the tolerance that the problem allows."),
    Rule.ROUNDING: _("The value was compared after rounding as the problem asks."),
    Rule.BASE: _("Both numbers and their bases were compared."),
    Rule.PARTS: _("Each part was judged, and their shares of the points were added."),
    Rule.CARRIED: _("It was compared with the value that follows from the earlier answers."),
    Rule.LEFT_EMPTY: _("This part was not answered."),
    Rule.UNJUDGED: _("Another part could not be read, so this one was not judged."),
}
FIELD_NAMES = {
    "title": _("title"),
    "language": _("language"),
    "level": _("level"),
    "skills": _("skills"),
    "statement": _("statement"),
    "choices": _("choices"),
    "parts": _("parts"),
    "parameters": _("parameters"),
    "kind": _("kind"),
    "key": _("right answer"),
    "unit": _("unit"),
    "condition": _("condition that decides"),
    "tests": _("tests"),
    "expected": _("expected answers"),
    "hints": _("hints"),
    "drawing": _("drawn answer"),
    "solution": _("reference solution"),
    "source": _("source"),
    "licence": _("licence"),
    "category": _("category"),
}

# Spelled out, since languages name them differently: 高一 is year 10.
YEAR_NAMES = {
    5: _("Year 5"),
    6: _("Year 6"),
    7: _("Year 7"),
    8: _("Year 8"),
    9: _("Year 9"),
    10: _("Year 10"),
    11: _("Year 11"),
    12: _("Year 12"),
    13: _("University"),
}


def typing_help(kind: Kind, separator: str, *, is_free_text: bool = False) -> str:
    """How to type an answer of this kind; empty where numbers and formulas are typed.

    separator: what stands between two entries.
    """
    if is_free_text:
        return str(FREE_TEXT_HELP)
    return str(ENTRY_HELP.get(kind, "")) % {"comma": separator}


def verdict_name(verdict: str) -> str:
    return str(VERDICT_NAMES[Verdict(verdict)])


def feedback_sentence(feedback: Feedback | None) -> str:
    """The feedback in the reader's language; empty for none."""
    if feedback is None:
        return ""
    if feedback.code == FeedbackCode.TEXT:
        return str(feedback)
    sentence = gettext(feedback.template) % feedback.params
    if not feedback.with_examples:
        return sentence
    both = {"sentence": sentence, "examples": gettext(feedback.examples)}
    return gettext("%(sentence)s %(examples)s") % both


def rule_sentence(rule: str) -> str:
    """What decided a verdict; empty for a rule without a sentence."""
    return str(RULE_SENTENCES[Rule(rule)]) if rule in RULE_SENTENCES else ""


def year_name(grade: int) -> str:
    """grade: of the skill map, where 13 is the first year at a university."""
    return str(YEAR_NAMES[grade])


def field_name(name: str) -> str:
    return str(FIELD_NAMES.get(name, name))


_NAME_IN_ANSWER = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")


def with_advice(reason: object, value: str, kind: object, parameters: Collection[str] = ()) -> str:
    """The reason why the answer cannot be used, and what to write. parameters: their names."""
    advice = _on_parameters(value, parameters) or _on_kind(value, kind)
    return f"{reason} {advice}".strip()


def _on_parameters(value: str, parameters: Collection[str]) -> str:
    if "[[" in value or not set(_NAME_IN_ANSWER.findall(value)) & set(parameters):
        return ""
    return gettext("For the values of parameters, write [[%(formula)s]].") % {
        "formula": value.strip()
    }


def _on_kind(value: str, kind: object) -> str:
    """For 2.5 m and x = 6, where a number is meant."""
    if kind != Kind.NUMBER or "[[" in value:
        return ""
    try:
        meant = infer_key(value).kind
    except InvalidKey:
        return ""
    if meant == Kind.QUANTITY:
        names = {"kind": KIND_SENTENCES[Kind.QUANTITY]}
        return gettext("Choose “%(kind)s” as its kind, or leave the unit out.") % names
    number = value.rpartition("=")[2].strip()
    return gettext("Write only %(number)s.") % {"number": number} if meant == Kind.EQUATION else ""
