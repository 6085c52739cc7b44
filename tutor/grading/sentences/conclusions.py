"""Whether all that stands before the last statement of a text leads to it.

Words in front of an answer are spelled in many ways, and no list knows them all. So the shape of
what stands in front decides: prose, finished calculations, equations that the answer fulfils, and
numbers that are spoken of ("divide by 12"). Another answer beside the last one, a calculation that
is false and any doubt leave the text unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tutor.grading.comparison.shown_working import holds, worked_out
from tutor.grading.parsing.answers import decimal_points
from tutor.grading.parsing.units import read_unit
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
from tutor.grading.sentences.clauses import ARROWS, CONCLUDES, TypedStatement, statements_of
from tutor.grading.sentences.doubts import is_doubtful, takes_back
from tutor.grading.sentences.ingredients import leads_to, numbers_of
from tutor.grading.sentences.plain_sentences import plain_sentence
from tutor.grading.sentences.words import LEADS, changes_answer, is_part_of

MAX_CHARACTERS = 400  # before an arrow, and with the answer behind it
# Also these say that what follows is the answer.
CLAIMS = re.compile(
    r"(?:\A|(?<=\W))(?:it'?s|that'?s|this|it|think|guess|say|said|answer|ans|c'?est|dice|digo"
    r"|(?<!there )are)"
    r"\s*\Z",
    re.IGNORECASE,
)
_SAYS_ANSWER = re.compile(
    r"\b(?:answer|result|solution|got|get|antwort|ergebnis|lösung|habe?|bekomm\w*|raus|réponse"
    r"|résultat|trouve|respuesta|resultado|obtengo)\b",
    re.IGNORECASE,
)
_SAYS_OWN = re.compile(  # "I think 4" and "the answer is 4" lead to no other number
    r"\b(?:answers?|ans|results?|solutions?|think|guess|say|said|antwort|ergebnis|lösung|glaube"
    r"|denke|réponse|résultat|solution|crois|pense|respuesta|resultado|solución|creo|digo|dice)\b"
    r"|答案|结果|觉得|认为",
    re.IGNORECASE,
)
_TOLD = re.compile(  # what follows is what the numbers before come to
    r"\b(?:so|thus|hence|therefore|also|daher|somit|folglich|donc|ainsi|luego|entonces|damit"
    r"|deshalb|deswegen|das heißt|par conséquent|d'où|as[ií] que|por (?:lo )?tanto|o sea|es decir"
    r"|makes?|gives?|macht|ergibt|fait|donne|da|hace|means)\b"
    rf"|算出来|结果|于是|所以|因此|[得故]|{ARROWS}",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?<=[\d)}\w]),? (?:or|oder|ou|o)(?: \w+)? (?:[a-z] ?= ?)?-?\d|\b(?:no|oh),? wait\b"
    r"|,\s?(?:no|nein|non)\s-?\d[\d.]{0,15}\W*\Z|\b(?:wrong|falsch|faux|incorrecto)\W*\Z",
    re.IGNORECASE,
)
_NEXT_TO_RESULT = re.compile(r"[-+*/×÷] ?\d[\d.]{0,9}, ?(-?\d[\d.]{0,9})\W{0,3}\Z")  # 3 * 4, 99
_CALLED_WRONG = re.compile(
    r"(?<=[\w)}%€$])[ ,(](?:(?:is|ist|est|es) )?(?:wrong|falsch|false|incorrect|faux|falso|错误?)"
    r"\W?\Z",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]{0,80}\d[^()]{0,40}\)\W{0,3}\Z")  # (x = -2 is rejected)
_REJECTING = re.compile("~~|[❌❎✗✘✖🚫⛔🛑👎🙅🗑💩]")
_BEHIND_NUMBERS = re.compile(r"\A(?:.*\d|\D*\Z)", re.DOTALL)
_IMPLIES = re.compile(
    r"(?:<|(?<!=))=++>|⇒|⟹|⇔|\\(?:Leftr|R)ightarrow(?![a-z])|\\(?:implies|iff)(?![a-z])"
)
_BOUND = re.compile(
    rf"\s?{NAME}\s?{ORDER}=?[^=<>]{{1,80}}"
    rf"|[^=<>A-Za-z]{{1,40}}{ORDER}=?\s?{NAME}\s?{ORDER}=?[^=<>]{{1,40}}"
)
_IS_ORDER = re.compile(ORDER)
_ROOT = re.compile(
    r"(?<!cube )(?<!cubic )(?<!third )\b(?:(?:the )?(?:square )?root(?: of)?"
    r"|(?:Quadrat)?wurzel(?: aus| von)?|racine(?: de)?|ra[ií]z(?: de)?) (?=\d)",
    re.IGNORECASE,
)
_TO_THE_POWER = re.compile(
    r"(?<=\d) (?:to the power(?: of)?|hoch|puissance|elevado a(?: la)?) (?=\d)", re.IGNORECASE
)
_SPOKEN_SIGN = re.compile(r"[-+×÷]\s{2}")  # a word such as "minus" became the sign
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}[\s\"']*\Z")
_WORD = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2,}|[\u4e00-\u9fff]")
_ONLY_IS = re.compile(
    r"\s?(?:is|are|makes?|gives?|ist|sind|macht|ergibt|est|fait|font|es|son|da|hace|[是得为])\s?",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\d{1,9}")
_WORD_BEHIND = re.compile(r"\s?([^\W\d_]{2,})")
_JOINTS = re.compile(r"\b(?:and|und|et|y|or|oder|ou)\b")
_ROW = re.compile(  # 1, 3, 4, 7, and 4 and 8
    r"-?\d[\d./]{0,15}(?:(?:, ?-?\d[\d./]{0,15}){1,30}(?: (?:and|und|et|y) -?\d[\d./]{0,15})?"
    r"|(?:, ?-?\d[\d./]{0,15})? (?:and|und|et|y) -?\d[\d./]{0,15})"
)
_CHOSEN = re.compile(  # the first number in both lists, the one in the middle
    r"\b(?:first|common|both|smallest|lowest|least|largest|biggest|greatest|highest|middle|median"
    r"|erste[rs]?|kleinste[rs]?|größte[rs]?|gemeinsame[rs]?|mittlere[rs]?|mitte|zentralwert"
    r"|premiere?|première|commune?|petite?|grande?|milieu|médiane|primero?a?|común|menor|mayor"
    r"|central|medio|mediana)\b|公共|公倍|公约|公因|最小|最大|中间|中位",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:are|were|sind|waren|sont|son)\s?\Z", re.IGNORECASE)
_TENDS = re.compile(rf"[A-Za-z]\s?(?:{ARROWS})")  # x -> 2
_ARROW = re.compile(rf"\s?(?:{ARROWS})")
_OPERAND = re.compile(r"(?<![\w.])\d{1,15}(?:\.\d{1,12})?(?![\w.])")
_CHECKS = re.compile(
    r"\b(?:check|prob|test|vérif|verif|comprob|contrôl|kontroll|prüf|proof|prov)|验|检|代入",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s?(?:out of|of|von|aus|de|sur|in) (\d{1,9})(?![\w./])")
_SHARE_IS = re.compile(
    r",?\s?(?:which is|(?:that )?is|so|=|also|donc|es decir|o sea|das sind|soit|:)?\s?"
    r"(?:the|a|el|un|le|la)?\s?"
)
_UNIT_WORD = re.compile(r"\A\s?[^\W\d_]{1,12}(?=\s?[,;])")
_LEADS_ON = re.compile(rf"{ARROWS}|:")
_NEXT = frozenset(
    [
        *("and", "und", "et", "then", "dann", "puis", "luego", "so", "also", "donc", "entonces"),
        *("thus", "hence", "aber", "but", "it", "is", "the", "my"),
    ]
)

Beside = tuple[str, ...] | None  # what must be right as well; None for what speaks against


def stated_beside(before: str, final: str, decimal_comma: bool) -> Beside:
    """What is stated before a final statement and must be right as well.

    None where it speaks against it: a false calculation, or an equation that it does not fulfil.
    """
    if decimal_comma:
        before, final = decimal_points(before), decimal_points(final)
    last = final_of(_without_words(final))
    beside = _beside(_ROOT.sub(r"\\sqrt ", before), last)
    if beside is None and _ROOT.search(before):  # the root of 9 + 16 = 25
        beside = _beside(_ROOT.sub("", before), last)
    if beside is None:
        return None
    others = (_typed(text) for text in beside if not _is_said(_typed(text), last))
    return tuple(text.replace(".", ",") if decimal_comma else text for text in others)


def _typed(text: str) -> str:
    """With the signs of a keyboard."""
    return text.replace("÷", "/").replace("×", "*")


def _is_said(text: str, final: Final) -> bool:
    """Whether the final statement says it with its unit: 40/2 is 20, the area is 20 cm²."""
    number = number_in(text)
    values = [value for _, value in final.values]
    is_work = CALCULATED.search(text[1:])
    return bool(is_work) and number is not None and len(values) == 1 and is_near(number, values[0])


def _without_words(final: str) -> str:
    """10 for "it's 10 cm long"."""
    statements = statements_of(final)
    return statements[0].text if len(statements) == 1 else final


def _beside(before: str, final: Final) -> Beside:
    text = with_spoken_signs(_TO_THE_POWER.sub("^", before))
    statements = statements_of(text)
    beside: list[str] = []
    for i, statement in enumerate(statements):
        rest = text[statement.end :]
        judged = _judged(statement, final, rest)
        is_other = _is_other_than(statements[i - 1], statement) if i else False
        others = [] if is_other else _others(statements, i)
        if judged != () and _is_ingredient(statement, final, rest, others):
            continue
        if judged is None:
            return None
        beside += judged
    return tuple(beside)


def _is_other_than(before: TypedStatement, statement: TypedStatement) -> bool:
    """Whether it is said to be what another calculation comes to: 2 x 2 is 5."""
    is_work = CALCULATED.search(before.text.removeprefix("-"))
    if not is_work or not _ONLY_IS.fullmatch(statement.before):
        return False
    return not is_true((before.text, statement.text))


def _others(statements: Sequence[TypedStatement], i: int) -> list[float]:
    """The numbers of the other statements, those in front of this one first."""
    others = (*statements[:i], *statements[i + 1 :])
    return [number for other in others for number in numbers_of(other.text.strip("= "))]


def _is_ingredient(
    statement: TypedStatement, final: Final, rest: str, others: Sequence[float]
) -> bool:
    """Whether a number in prose is one that the final number comes from: 35 and 5 numbers, so 7."""
    is_result = statement.text.startswith("=")
    text = statement.text.strip("= ").replace("÷", "/").replace("×", "*")
    number = number_in(text) if shape_of(text) == AnswerShape.NUMBER else None
    values = [value for _, value in final.values]
    if number is None or len(values) != 1 or values[0] is None:
        return False
    if not _TOLD.search(rest) or _CHECKS.search(rest):
        return False
    is_prose = _WORD.search(statement.before) or _WORD.match(rest.strip())
    is_work = CALCULATED.search(text[1:]) is not None
    if not (is_prose or is_work) or _SAYS_OWN.search(statement.before):
        return False
    if is_near(number, values[0]):
        return is_work or not read_unit(_word_behind(statement))
    if is_result:
        return False
    sides = EQUALS.split(final.text)[:-1]
    operands = [operand for side in sides for operand in numbers_of(side)]
    return leads_to(number, (*others, *operands), values[0])


def stated_before_arrow(text: str, decimal_comma: bool, *, may_choose: bool) -> Beside:
    """As `stated_beside`, for an answer behind its last arrow; nothing where there is none."""
    arrows = list(_IMPLIES.finditer(text))
    if not arrows:
        return ()
    before, final = text[: arrows[-1].end()], text[arrows[-1].end() :]
    if len(text) > MAX_CHARACTERS or is_doubtful(before, may_choose=may_choose):
        return None
    return stated_beside(before, final, decimal_comma)


def is_called_wrong(text: str) -> bool:
    """Whether it ends with a word that takes all back: 36 falsch."""
    return bool(_CALLED_WRONG.search(text))


def is_withdrawn(text: str) -> bool:
    """Whether signs or the words behind its last number take it back: ~~9~~, 9 stimmt nicht."""
    return bool(_REJECTING.search(text)) or takes_back(
        _BEHIND_NUMBERS.sub("", _REMARK.sub("", text))
    )


def is_worked_out(text: str, decimal_comma: bool) -> bool:
    """Whether it is a calculation with its result: 60 - 12 = 48, and F(3) - F(1) = 12 - 2 = 10."""
    plain = decimal_points(text) if decimal_comma else text
    *sides, last = (side.strip() for side in EQUALS.split(plain))
    is_work = any(CALCULATED.search(side.removeprefix("-")) for side in sides)
    return is_work and worked_out(sides, last)


def is_taken_back(reason: str, answer: str, decimal_comma: bool) -> bool:
    """Whether another answer stands behind the first statement of a reason: 4 as 3^4 = 81, no 5."""
    if _OTHERWISE.search(reason) or _fails(reason, decimal_comma):
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


def _fails(reason: str, decimal_comma: bool) -> bool:
    """Whether it is a check with a false calculation."""
    if not _CHECKS.match(reason.lstrip(" ,;.([–-")):
        return False
    plain = decimal_points(reason) if decimal_comma else reason
    sides = [EQUALS.split(statement.text) for statement in statements_of(plain)]
    calculations = [each for each in sides if len(each) > 1 and None not in map(number_in, each)]
    return not all(map(is_true, calculations))


def _is_result(statement: TypedStatement, before: TypedStatement) -> bool:
    """Whether it is what the calculation before it comes to: (-7)·(-7) is also 49."""
    number = number_in(before.text) if CALCULATED.search(before.text[1:]) else None
    return number is not None and is_near(number, number_in(statement.text))


def _is_another(statement: TypedStatement, final: Final) -> bool:
    if shape_of(statement.text) == AnswerShape.NUMBER:
        number = number_in(statement.text)
        own = [value for _, value in final.values]
        is_other = number is not None and not any(is_near(number, value) for value in own)
        return is_other and not _is_mentioned(statement)
    named = DEFINITION.fullmatch(statement.text)
    number = number_in(named[2]) if named else None
    if named is None or number is None:
        return False
    if holds(final.text, stem(named[1]), number) is False:
        return True
    alike = [value for name, value in final.values if stem(name) == stem(named[1])]
    return any(not is_near(number, value) for value in alike)


def _judged(statement: TypedStatement, final: Final, rest: str) -> Beside:
    """rest: what follows, up to the final statement."""
    text = statement.text
    if text.startswith("=") or text.endswith("="):
        text = text.strip("= ")
        number = number_in(text)
        if number is not None and _is_operand(number, final, rest):
            return ()
        return (text,) if shape_of(text) == final.shape else None
    if shape_of(text) == AnswerShape.RELATION:
        return _judged_relation(text, final, rest)
    if final.shape == AnswerShape.NUMBER and _is_split(statement, rest):
        return None
    if _SPOKEN_SIGN.match(text) or _TENDS.match(text) or _is_mentioned(statement):
        return ()
    if _ROW.fullmatch(text) and final.shape == AnswerShape.NUMBER:
        return _judged_row(statement, final, rest)
    return _judged_value(statement, final, rest)


def _is_split(statement: TypedStatement, rest: str) -> bool:
    """Whether only a point parts it from the answer, as in "I had 7. 5"."""
    return shape_of(statement.text) == AnswerShape.NUMBER and rest.strip() in (".", ",")


def _is_mentioned(statement: TypedStatement) -> bool:
    """Whether it is spoken of, as in "divide by 12", and not given as an answer."""
    return bool(_LAST_WORD.search(statement.before)) and not _is_claimed(statement)


def _is_claimed(statement: TypedStatement) -> bool:
    """Whether the words before it say that it is the answer. "sorted: " says so of no row."""
    lead = statement.before
    is_row = _ROW.fullmatch(statement.text)
    if is_row and (lead.rstrip().endswith(":") or _PLURAL.search(lead)):
        return False
    return bool(CLAIMS.search(lead) or LEADS.search(lead))


def _judged_row(statement: TypedStatement, final: Final, rest: str) -> Beside:
    """Sorted numbers, of which one is the median."""
    if _SAYS_OWN.search(statement.before):
        return None
    values = [value for _, value in final.values]
    if _CHOSEN.search(rest) and len(values) == 1 and values[0] is not None:
        return ()
    is_pair = statement.text.count(",") == 1 and not re.search("[a-z]", statement.text)
    is_work = ("=" in final.text and not is_pair) or re.search(r"[^\W\d_]{2}|:", statement.before)
    return () if is_work and _WORD.search(rest) and not _is_claimed(statement) else None


def _judged_value(statement: TypedStatement, final: Final, rest: str) -> Beside:
    """A value that may be meant as an answer: no word in front makes more of it."""
    text, shape = statement.text, shape_of(statement.text)
    word = _word_behind(statement)
    if word and shape == AnswerShape.NUMBER and (is_part_of([word]) or changes_answer(word)):
        return ()  # 14 remainder 2, and 3 of 8
    if share := _SHARE.match(rest) if _WHOLE.fullmatch(text) else None:
        return _judged_share(int(text), share, final, rest)
    if text.endswith("%") and "%" not in final.text:
        return ()
    number = number_in(text)
    is_prose = _WORD.search(statement.before) or CONCLUDES.search(rest)
    is_used = number is not None and is_prose and _is_operand(number, final, rest)
    if is_used and not _says_answer(statement):
        return ()
    if _is_counted(statement, final, rest):
        return ()
    if shape != final.shape:
        return () if _is_way(word) or _is_on_the_way(statement, shape, final, rest) else None
    is_part = shape == AnswerShape.EXPRESSION and text in final.text  # 4x ausklammern
    return () if is_part and (_is_way(word) or _mentions_number(rest)) else (text,)


def _is_counted(statement: TypedStatement, final: Final, rest: str) -> bool:
    """Whether "20 cookies" is spoken of before a calculation; said so, it may be an answer."""
    *sides, last = EQUALS.split(final.text)
    is_work = any(CALCULATED.search(side.strip()[1:]) for side in sides)
    is_noun = _is_way(_word_behind(statement)) and not _says_answer(statement)
    return bool(is_noun and is_work and worked_out(sides, last) and CONCLUDES.search(rest))


def _is_way(word: str) -> bool:
    """Whether the word behind a value goes on with it, as in "4x ausklammern"."""
    return bool(word) and word.lower() not in _NEXT


def _judged_share(part: int, share: re.Match[str], final: Final, rest: str) -> Beside:
    """6 out of 36, which is 1/6: another share is none that leads to it."""
    is_last = bool(_SHARE_IS.fullmatch(rest[share.end() :]))
    values = [value for _, value in final.values]
    if not is_last or final.shape != AnswerShape.NUMBER or not values or not int(share[1]):
        return ()
    is_share = values[0] is not None and 0 < values[0] < 1
    return () if not is_share or is_near(part / int(share[1]), values[0]) else None


def _mentions_number(rest: str) -> bool:
    """Whether the words behind a term speak of what comes to it: 3n, then add 2."""
    statements = statements_of(rest)
    return bool(statements) and all(map(_is_mentioned, statements))


def _says_answer(statement: TypedStatement) -> bool:
    return bool(_SAYS_ANSWER.search(statement.before) or CLAIMS.search(statement.before))


def _word_behind(statement: TypedStatement) -> str:
    behind = statement.behind
    word = _WORD_BEHIND.match(behind.removeprefix(".") if len(statement.text) == 1 else behind)
    return word[1] if word else ""  # 2. Formel


def _has_terms(final: Final) -> bool:
    """Whether it is a term or an equation with letters on both sides, and no number."""
    sides = EQUALS.split(final.text)
    return final.shape in (AnswerShape.RELATION, AnswerShape.EXPRESSION) and all(
        letters_of(side) for side in sides
    )


def _is_on_the_way(statement: TypedStatement, shape: AnswerShape, final: Final, rest: str) -> bool:
    """Whether a term or numbers in prose lead to a final statement of another shape."""
    if shape != AnswerShape.NUMBER:
        return bool(_ARROW.match(statement.behind) or _WORD.search(rest))
    is_prose = _WORD.search(statement.before) and not _SAYS_ANSWER.search(statement.before)
    if is_prose and not CLAIMS.search(statement.before) and _has_terms(final):
        return True  # the slope is 6, y = 6x - 9
    return bool(is_prose and CONCLUDES.search(rest) and _WORD.search(rest))


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
    if CONCLUDES.search(rest) and _is_operand(number, final, rest):
        return ()
    if any(value is not None for value in same):
        return () if all(is_near(number, value) for value in same) else None
    return () if _leads_on(rest) else None


def _is_operand(number: float, final: Final, rest: str) -> bool:
    """Whether a final calculation works with this number: 12 in 60 - 12 = 48; a check does not."""
    if _CHECKS.search(rest):
        return False
    *sides, _ = EQUALS.split(final.text)
    calculations = [side for side in sides if CALCULATED.search(side.strip()[1:])]
    operands = (float(operand) for side in calculations for operand in _OPERAND.findall(side))
    return any(is_near(number, operand) for operand in operands)


def _leads_on(rest: str) -> bool:
    """Whether words or an arrow stand between two values of different names; cm is a unit."""
    rest = _UNIT_WORD.sub("", rest)
    return bool(_WORD.search(_JOINTS.sub("", rest)) or _LEADS_ON.search(rest))


def _is_unfulfilled(equation: str, final: Final) -> bool:
    """Whether a value of the final statement does not solve it. Other letters decide nothing."""
    letters = letters_of(equation)
    only = letters.pop() if len(letters) == 1 else ""
    return any(
        value is not None and holds(equation, letter, value) is False
        for name, value in final.values
        for letter in {name or only, stem(name) or only} - {""}
    )
