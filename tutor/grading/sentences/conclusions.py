"""Whether what a sentence says before its answer, or behind it, speaks against the answer.

Calculations must come out, and equations be fulfilled by the answer. Another number may be spoken
of ("divide by 12"), or be said of another thing before a word such as "so"; otherwise it may be
meant as an answer itself, and must be right as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.grading.comparison.shown_working import holds, value_of, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.sentences.answer_shapes import (
    DEFINITION,
    EQUALS,
    NAME,
    ORDER,
    AnswerShape,
    Final,
    final_of,
    is_near,
    letters_of,
    number_in,
    shape_of,
    stem,
)
from tutor.grading.sentences.calculations import CALCULATED, is_true, with_spoken_signs
from tutor.grading.sentences.clauses import ARROWS, SO, TypedStatement, statements_of
from tutor.grading.sentences.clauses_of_words import SentenceToken, clauses_of, tokens_of
from tutor.grading.sentences.doubts import is_doubtful
from tutor.grading.sentences.ingredients import leads_to, numbers_of
from tutor.grading.sentences.lexicon import WordRole
from tutor.grading.sentences.plain_sentences import plain_sentence

MAX_CHARACTERS = 400  # before an arrow, and with the answer behind it
_SAYS_OWN = re.compile(  # "I think 4" and "the answer is 4" lead to no other number
    r"\b(?:answers?|ans|results?|solutions?|think|guess|say|said|antwort|ergebnis|lösung|glaube"
    r"|denke|réponse|résultat|crois|pense|respuesta|resultado|solución|creo|digo|dice)\b"
    r"|答案|结果|觉得|认为",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(  # what follows comes of the numbers before
    rf"{SO}|{ARROWS}|\b(?:makes?|gives?|giving|macht|ergibt|fait|donne|soit|da|hace|means|that'?s"
    r"|c'est|(?:wh?ich|was|ce qui|lo que) \w{1,7}|(?:final )?answer|antwort|réponse|respuesta)\b"
    r"|[得故]|答案",
    re.IGNORECASE,
)
_WORKED = re.compile(r"(?:[-+*/×÷^]|\\(?:times|cdot|div)) {0,2}\d[^=]{0,40}=")
_OTHERWISE = re.compile(
    r"(?<=[\d)}\w]),? (?:or|oder|ou|o)(?: \w+)? (?:[a-z] ?= ?)?-?\d|\b(?:no|oh),? wait\b"
    r"|,\s?(?:no|nein|non)\s-?\d[\d.]{0,15}\W*\Z|\b(?:wrong|falsch|faux|incorrecto)\W*\Z",
    re.IGNORECASE,
)
_NEXT_TO_RESULT = re.compile(r"[-+*/×÷] ?\d[\d.]{0,9}, ?(-?\d[\d.]{0,9})\W{0,3}\Z")  # 3 * 4, 99
_IMPLIES = re.compile(
    r"(?:<|(?<!=))=++>|⇒|⟹|⇔|\\(?:Leftr|R)ightarrow(?![a-z])|\\(?:implies|iff)(?![a-z])"
)
_BOUND = re.compile(
    rf"\s?{NAME}\s?{ORDER}=?[^=<>]{{1,80}}"
    rf"|[^=<>A-Za-z]{{1,40}}{ORDER}=?\s?{NAME}\s?{ORDER}=?[^=<>]{{1,40}}"
)
_IS_ORDER = re.compile(ORDER)
_WORD = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2,}|[\u4e00-\u9fff]")
_ONLY_IS = re.compile(
    r"\s?(?:is|are|makes?|gives?|ist|sind|macht|ergibt|est|fait|font|es|son|da|hace|[是得为])\s?",
    re.IGNORECASE,
)
_ROW = re.compile(r"-?\d[\d./]{0,15}(?:(?:,| and| und| et| y) ?-?\d[\d./]{0,15}){1,30}")  # 1, 3, 4
_CHECKS = re.compile(
    r"\b(?:check|prob|test|vérif|verif|comprob|contrôl|kontroll|prüf|proof|prov)|验|检|代入",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s?(?:out of|of|von|aus|de|sur|in) (\d{1,9})(?![\w./])")
_LED = re.compile(r"[^\W\d_]|:")
_SPOKEN_SIGN = re.compile(r"[-+×÷]\s{2}")  # a word such as "minus" became the sign
_TENDS = re.compile(rf"[A-Za-z]\s?(?:{ARROWS})")  # x -> 2
_JOINTS = re.compile(r"\b(?:and|und|et|y|or|oder|ou)\b")
_BREAK = re.compile(rf"[,;:.!?，。；：\n=]|{ARROWS}")
_UNIT_BEHIND = re.compile(r"\A\s?[^\W\d_]{1,12}(?=\s?[,;])")
# Right before a number, these say that it is what is sought; others only speak of it.
_CLAIMING = (WordRole.LINK, WordRole.THINKS, WordRole.HARMLESS, WordRole.ROUGHLY)
_THINGS = (WordRole.UNKNOWN, WordRole.UNIT, WordRole.VALUE)
_NAMING = (*_THINGS, WordRole.MEASURE, WordRole.DOING, WordRole.CALCULATION, WordRole.CHANGE)
_PART_OF_MORE = (WordRole.CALCULATION, WordRole.CHANGE, WordRole.OF, WordRole.WHERE)

Beside = tuple[str, ...] | None  # what must be right as well; None for what speaks against


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A statement before the final one. rest: what follows it, up to the final statement."""

    statement: TypedStatement
    final: Final
    rest: str
    others: Sequence[float] = ()
    follows: bool = False  # another one

    @property
    def text(self) -> str:
        return self.statement.text.strip("= ")

    @property
    def lead(self) -> Sequence[SentenceToken]:
        """The words before it in its own clause."""
        before = _BREAK.split(self.statement.before)[-1]
        clauses = clauses_of(before)
        return clauses[-1].tokens if clauses else ()

    @property
    def behind(self) -> str:
        """The role of the word right behind it; "" where a sign follows, or nothing."""
        behind = self.statement.behind
        behind = behind.removeprefix(".") if len(self.text) == 1 else behind  # 2. Formel
        token = next(iter(tokens_of(behind)), None)
        is_cut = token is None or _BREAK.search(behind[: token.start + 2])
        return "" if is_cut or token is None else token.role

    @property
    def leads_on(self) -> bool:
        """Whether the words up to the final statement say that it comes of what stands before."""
        return bool(_LEADS_ON.search(self.rest) or _WORKED.search(self.rest))

    @property
    def is_told(self) -> bool:
        """Whether words that name something stand around it, up to the final statement."""
        words = tokens_of(self.statement.before), tokens_of(self.rest)
        return any(token.role in _NAMING for tokens in words for token in tokens)

    @property
    def is_own(self) -> bool:
        """Whether it is said to be an answer: I think 4."""
        return bool(_SAYS_OWN.search(self.statement.before))

    @property
    def is_mentioned(self) -> bool:
        """Whether it is spoken of, as in "divide by 12", and not given as an answer."""
        if self.behind and self.behind in _PART_OF_MORE:
            return True
        return bool(self.lead) and self.lead[-1].role not in _CLAIMING

    @property
    def is_of_thing(self) -> bool:
        """Whether it is said of something else: the jacket costs 46, there are 4 outcomes."""
        if self.follows and _ONLY_IS.fullmatch(self.statement.before):
            return True
        roles = {token.role for token in self.lead}
        return not roles.isdisjoint(_THINGS) or self.behind == WordRole.UNKNOWN

    @property
    def is_named(self) -> bool:
        """Whether words in its own clause name something: the slope is 2."""
        return any(role in _NAMING for role in (*(token.role for token in self.lead), self.behind))


def stated_beside(before: str, final: str, decimal_comma: bool) -> Beside:
    """What is stated before a final statement and must be right as well.

    None where it speaks against it: a false calculation, or an equation that it does not fulfil.
    """
    if decimal_comma:
        before, final = decimal_points(before), decimal_points(final)
    last = final_of(_without_words(final))
    text = with_spoken_signs(before)
    statements = statements_of(text)
    beside: list[str] = []
    for i, statement in enumerate(statements):
        if i and _is_other_than(statements[i - 1], statement):
            return None
        earlier = _Earlier(
            statement, last, text[statement.end :], _others(statements, i), follows=i > 0
        )
        judged = _judged(earlier)
        if judged is None:
            return None
        beside += (_typed(each) for each in judged if not _comes_to(_typed(each), last))
    return tuple(each.replace(".", ",") if decimal_comma else each for each in beside)


def _typed(text: str) -> str:
    """With the signs of a keyboard."""
    return text.replace("÷", "/").replace("×", "*")


def _comes_to(text: str, final: Final) -> bool:
    """Whether it is a calculation of the final statement, perhaps rounded: 40/2 is 20 cm²."""
    if len(final.values) != 1 or not _is_calculation(text):
        return False
    number = number_in(text)
    is_same = number is not None and is_near(number, final.values[0][1])
    return is_same or worked_out([text], EQUALS.split(final.text)[-1].strip())


def _without_words(final: str) -> str:
    """10 for "it's 10 cm long"."""
    statements = statements_of(final)
    return statements[0].text if len(statements) == 1 else final


def _is_other_than(before: TypedStatement, statement: TypedStatement) -> bool:
    """Whether it is said to be what another calculation comes to: 2 x 2 is 5."""
    if not _is_calculation(before.text.replace("%", "")) or not _ONLY_IS.fullmatch(
        statement.before
    ):
        return False
    sides = before.text, statement.text
    return None not in map(value_of, sides) and not is_true(sides)


def _others(statements: Sequence[TypedStatement], i: int) -> list[float]:
    """The numbers of the other statements, those in front of this one first."""
    others = (*statements[:i], *statements[i + 1 :])
    return [number for other in others for number in numbers_of(_typed(other.text.strip("= ")))]


def _judged(earlier: _Earlier) -> Beside:
    text, shape, final = earlier.text, shape_of(earlier.text), earlier.final
    if shape == AnswerShape.RELATION:
        return _judged_relation(text, final, earlier.rest)
    is_count = earlier.behind == WordRole.MEASURE or earlier.statement.behind.lstrip().startswith(
        ":"
    )
    if is_count and is_near(len(final.values), number_in(text)):
        return ()  # there are two solutions: 3 and 7
    if _SPOKEN_SIGN.match(earlier.statement.text) or _TENDS.match(text):
        return ()
    if shape == AnswerShape.NUMBER == final.shape:
        return _judged_number(earlier)
    if shape == final.shape:
        is_part = shape == AnswerShape.EXPRESSION and text in final.text  # 4x ausklammern
        is_way = earlier.is_told and (is_part or earlier.is_mentioned)
        return () if is_way or (earlier.leads_on and earlier.is_of_thing) else (text,)
    if shape == AnswerShape.NUMBER and not earlier.is_mentioned:
        is_named = earlier.is_named or earlier.is_of_thing
        return () if is_named and not earlier.is_own else None
    return () if earlier.is_told or earlier.leads_on else None


def _judged_number(earlier: _Earlier) -> Beside:
    text, number = earlier.text, number_in(earlier.text)
    values = [value for _, value in earlier.final.values]
    is_result = earlier.statement.text.startswith("=")
    if _ROW.fullmatch(text):
        return _judged_row(earlier)
    if number is None or len(values) != 1 or values[0] is None:
        return () if earlier.is_mentioned else (text,)
    if share := _SHARE.match(earlier.rest):
        return _judged_share(number, share, values[0], earlier.rest)
    if earlier.is_mentioned and not (earlier.is_own or is_result):
        return ()
    if is_near(number, values[0]):
        return (text,) if earlier.behind == WordRole.UNIT else ()
    if is_result or earlier.is_own or _CHECKS.search(earlier.rest):
        return (text,)
    return () if _is_used(number, earlier, values[0]) else (text,)


def _judged_row(earlier: _Earlier) -> Beside:
    """Numbers of which the final one is one, if words say so."""
    is_led = earlier.statement.before.strip() and earlier.leads_on
    is_told = earlier.is_told and not _SAYS_OWN.search(earlier.rest)
    return () if (is_led or is_told) and not earlier.is_own else (earlier.text,)


def _is_used(number: float, earlier: _Earlier, last: float) -> bool:
    """Whether the last number is said to come of this one."""
    operands = [each for side in EQUALS.split(earlier.final.text)[:-1] for each in numbers_of(side)]
    if any(is_near(number, operand) for operand in operands):
        return True
    if not earlier.leads_on:
        return False
    if earlier.is_of_thing or (_is_calculation(earlier.text) and earlier.behind == WordRole.LINK):
        return True  # 5² is 25
    others = [each for each in (*earlier.others, *operands) if not is_near(each, last)]
    return bool(_LED.search(earlier.statement.before)) and leads_to(number, others, last)


def _is_calculation(text: str) -> bool:
    return bool(CALCULATED.search(text.removeprefix("-")))


def _judged_share(part: float, share: re.Match[str], value: float, rest: str) -> Beside:
    """6 out of 36, which is 1/6: another share is none that leads to it."""
    is_last = not any(token.role in _NAMING for token in tokens_of(rest[share.end() :]))
    if value >= 1 or not is_last or not int(share[1]):
        return ()
    return () if is_near(part / int(share[1]), value) else None


def _judged_relation(text: str, final: Final, rest: str) -> Beside:
    if _IS_ORDER.search(text):
        return (text,) if _BOUND.fullmatch(text) else ()
    sides = EQUALS.split(text)
    if None not in map(number_in, sides):
        return () if is_true(sides) else None
    if named := DEFINITION.fullmatch(text):
        return _judged_definition(named[1], named[2], final, rest)
    return None if _is_unfulfilled(text, final) else ()


def _judged_definition(name: str, side: str, final: Final, rest: str) -> Beside:
    number, same = number_in(side), final.values_of(name)
    if number is None and final.shape == AnswerShape.BRACKETS and r"\pm" in side:
        both = [number_in(side.replace(r"\pm", sign)) for sign in "+-"]
        return () if all(each and final.has_coordinate(name, each) for each in both) else None
    if number is None:
        is_alike = final.shape in (AnswerShape.EXPRESSION, AnswerShape.RELATION) or r"\pm" in side
        return (f"{name} = {side.strip()}",) if same and is_alike else ()
    if final.shape == AnswerShape.BRACKETS and not final.has_coordinate(name, number):
        return None
    if any(value is not None for value in same):
        return () if all(is_near(number, value) for value in same) else None
    rest = _JOINTS.sub("", _UNIT_BEHIND.sub("", rest))
    return () if _LEADS_ON.search(rest) or _WORD.search(rest) or ":" in rest else None


def _is_unfulfilled(equation: str, final: Final) -> bool:
    """Whether a value of the final statement does not solve it. Other letters decide nothing."""
    letters = letters_of(equation)
    only = letters.pop() if len(letters) == 1 else ""
    return any(
        value is not None and holds(equation, letter, value) is False
        for name, value in final.values
        for letter in {name or only, stem(name) or only} - {""}
    )


def stated_before_arrow(text: str, decimal_comma: bool, *, may_choose: bool) -> Beside:
    """As `stated_beside`, for an answer behind its last arrow; nothing where there is none."""
    arrows = list(_IMPLIES.finditer(text))
    if not arrows:
        return ()
    before, final = text[: arrows[-1].end()], text[arrows[-1].end() :]
    if len(text) > MAX_CHARACTERS or is_doubtful(before, may_choose=may_choose):
        return None
    return stated_beside(before, final, decimal_comma)


def is_taken_back(reason: str, answer: str, decimal_comma: bool) -> bool:
    """Whether another answer stands behind the first statement of a reason: 4 as 3^4 = 81, no 5."""
    if _OTHERWISE.search(reason):
        return True
    if decimal_comma:
        reason, answer = decimal_points(reason), decimal_points(answer)
    reason, final = with_spoken_signs(plain_sentence(reason)), final_of(answer)
    beside = _NEXT_TO_RESULT.search(reason)
    if beside and not any(is_near(float(beside[1]), value) for _, value in final.values):
        return True
    return any(
        _is_another(statement, final) and not _is_result(statement, before)
        for before, statement in pairwise(statements_of(reason))
    )


def _is_result(statement: TypedStatement, before: TypedStatement) -> bool:
    """Whether it is what the calculation before it comes to: (-7)·(-7) is also 49."""
    number = number_in(before.text) if CALCULATED.search(before.text[1:]) else None
    return number is not None and is_near(number, number_in(statement.text))


def _is_another(statement: TypedStatement, final: Final) -> bool:
    if shape_of(statement.text) == AnswerShape.NUMBER:
        number = number_in(statement.text)
        own = [value for _, value in final.values]
        is_other = number is not None and not any(is_near(number, value) for value in own)
        return is_other and not _Earlier(statement, final, "").is_mentioned
    named = DEFINITION.fullmatch(statement.text)
    number = number_in(named[2]) if named else None
    if named is None or number is None:
        return False
    if holds(final.text, stem(named[1]), number) is False:
        return True
    alike = [value for name, value in final.values if stem(name) == stem(named[1])]
    return any(not is_near(number, value) for value in alike)
