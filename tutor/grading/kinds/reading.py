"""Reads what several kinds of answers have in common: declared letters, words between answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tutor.grading.answer_key import AnswerKey
from tutor.grading.feedback import FeedbackCode
from tutor.grading.parsing.answers import read_plain_answer
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Call, Unreadable, Value, Words, rebuild

MAX_DECLARATION = 80  # characters at the end of an answer
_LETTER = r"(?:[A-Za-z](?:_\{?\w\}?)?|\\(?!pi)[a-z]{2,7})"
_LETTERS = rf"{_LETTER}(?: ?[,;] ?{_LETTER}){{0,3}}"
_INTEGERS = (
    r"(?:\\math(?:bb|bf) ?\{?Z\}?|\\Z|I?Z|ZZ|Zahlen|integers|\\\{[^a-zA-Z]*\\[lc]?dots ?\\\})"
)
_IN = r"(?:\\in|in|€|∊|belongs to|appartient à|属于)"
_IS_INTEGER = (
    r"(?:(?:is|are|ist|sind|est|sont|es|son|是|为) ?)?(?:an?y? |eine? |un ?|任意|任何|一切)?"
    r"(?:integers?|whole(?: numbers?)?|ganz(?:zahlig|e Zahl(?:en)?)?|entiers?(?: relatifs?)?"
    r"|(?:números? )?enteros?|整数)"
)
_DOTS = r"(?:\.\.++|…|\\[lc]?dots|etc)"
_RANGE = rf"= ?(?:0(?: ?, ?\\pm ?[0-9]++)++ ?,? ?{_DOTS}?|{_DOTS} ?,[-0-9 ,]++{_DOTS}?)"
_ALL_INTEGERS = re.compile(
    rf"({_LETTERS}) ?(?:{_IN} ?{_INTEGERS}|{_IS_INTEGER}|{_RANGE})|{_IS_INTEGER} ({_LETTERS})"
    rf"|(?:for |für |pour |para |对)?(?:all|any|every|alle|tout|todo|任意) ?"
    rf"(?:integers?|ganzen?|entier|entero|整数) ?({_LETTERS})"
)
_NATURALS = re.compile(rf"({_LETTERS}) ?{_IN} ?(?:\\mathbb ?\{{?N\}}?(?:_0|_\{{0\}}|\^[*+])?|N)")
_REALS = re.compile(
    rf"({_LETTERS}) ?(?:{_IN} ?(?:\\mathbb ?\{{?[RC]\}}?|\\[RC]|I?[RC]|RR)"
    r"|(?:is|are|ist|sind|est|sont|es|son|是|为)? ?(?:an?y? |eine? |une? ?|beliebige? |任意)?"
    r"(?:arbitrary |real |reelle? |freie? )?"
    r"(?:const|constants?|Konstanten?|constantes?|reals?|常数|实数)"
    r"(?: arbitraires?| arbitrarias?| reales?| réelles?)?)"
)
_BEGINNINGS = re.compile(r"[,;(\[:|\s]|\\text ?\{|其中|\\q?quad")
_LINKS = (
    *("where", "with", "for", "and", "mit", "wobei", "für", "und", "avec", "où", "pour", "et"),
    *("con", "donde", "para", "其中", r"\text{", r"\quad", r"\qquad", r"\left", "\\"),
)
_TEXT = re.compile(r"\\(?:text|mathrm|mbox|textrm) ?\{([^{}]{0,60})\}")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])|(?<=[0-9])\{,\}(?=[0-9])")
_AROUND = " \t()[]{}$.,;:~"
_OR = re.compile(
    r"(?<![A-Za-z\\])(?:oder|ou|sowie|oppure|lub|albo|eller|of|или|vagy|nebo)(?![^\W\d_])"
    r"|(?<= )o(?= )"
)
_AND = re.compile(r"(?<![A-Za-z\\])(?:und|et|og|och|oraz|en)(?![^\W\d_])|(?<= )[yeiи](?= [a-z] ?=)")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an answer says about its letters, as in "k ∈ ℤ". domain: Z, N or R; empty if unsaid."""

    letters: tuple[str, ...] = ()
    domain: str = ""


def split_declaration(text: PlainText) -> tuple[PlainText, Declaration]:
    """The answer without what it says about its letters at its end, and that."""
    text = PlainText(_TEXT.sub(r" \1 ", text).strip().strip("$").rstrip(" ."))
    earliest = len(text) - MAX_DECLARATION
    for beginning in _BEGINNINGS.finditer(text, max(0, earliest)):
        rest = _without_styles(text[beginning.start() :]).lstrip(_AROUND + "|")
        for pattern, domain in ((_ALL_INTEGERS, "Z"), (_NATURALS, "N"), (_REALS, "R")):
            endings = (rest, rest.rstrip(_AROUND), rest.rstrip(" $.,;)]"))
            match = next(filter(None, map(pattern.fullmatch, endings)), None)
            letters = _names(next(filter(None, match.groups()), "")) if match else ()
            before = _without_link(text[: beginning.start()])
            if len(set(letters)) == len(letters) > 0 and before.count("{") == before.count("}"):
                return before, Declaration(letters, domain)
    return text, Declaration()


def _without_styles(text: str) -> str:
    plain = re.sub(r"\\(?:text|mathrm|left|right|quad|qquad)(?![a-z])|\\[,;!: ]", " ", text)
    return " ".join(plain.split())


def _without_link(text: str) -> PlainText:
    """Without the comma or the word that announces a declaration."""
    before = ""
    while before != text:
        before = text
        text = text.rstrip(" ,;:(")
        link = next(filter(text.endswith, _LINKS), "")
        if link and (not link.isalpha() or not text.removesuffix(link)[-1:].isalpha()):
            text = text.removesuffix(link)
    return PlainText(text)


def _names(letters: str) -> tuple[str, ...]:
    names = re.split(r"[ ,;]+", letters)
    return tuple(name.lstrip("\\").replace("{", "").replace("}", "") for name in names if name)


def fold_connectives(text: str) -> str:
    """The words "or" and "and" of other languages as English ones."""
    return _AND.sub("and", _OR.sub("or", text))


def read_tree(text: str, key: AnswerKey) -> Value:
    """A formula or several; never words. Raises Unreadable."""
    value = read_plain_answer(PlainText(text), key.decimal_comma)
    if isinstance(value, Words):
        raise Unreadable(FeedbackCode.UNREAD)
    return value


def with_points(text: PlainText, key: AnswerKey) -> tuple[PlainText, AnswerKey]:
    """The text with decimal points, and its key; so that commas left in it separate."""
    if not key.decimal_comma:
        return text, key
    return PlainText(_DECIMAL_COMMA.sub(".", text)), replace(key, decimal_comma=False)


def in_terms_of(code: FeedbackCode, error: Exception) -> Unreadable:
    """The error, or `code` in place of one that says no more than that nothing was read."""
    says_why = isinstance(error, Unreadable) and error.feedback.code != FeedbackCode.UNREAD
    return error if says_why else Unreadable(code)  # type: ignore[return-value]


def natural_logarithms(value: Value) -> Value:
    """With every plain log read as ln, as calculus writes it."""
    if isinstance(value, Call) and value.name == "log" and len(value.args) == 1:
        value = Call("ln", value.args)
    changed: Value = rebuild(value, natural_logarithms)
    return changed
