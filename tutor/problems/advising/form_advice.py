"""Advises an author whose text asks for a form that the stored answer does not require."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tutor.grading import AnswerKey, Form, Kind
from tutor.problems.content import Content
from tutor.problems.labels import FORM_NAMES

_NUMBERS = (Kind.NUMBER, Kind.QUANTITY, Kind.RATIO)
_TERMS = (Kind.EXPRESSION, Kind.NUMBER)
# The words that ask for a form in the five languages of problems, and the kinds that can have it.
_ASKING: tuple[tuple[Form, tuple[Kind, ...], str], ...] = (
    (
        Form.LOWEST_TERMS,
        _NUMBERS,
        r"lowest terms|simplest (?:form|ratio)|fully reduced|vollständig gekürzt|kürze so weit"
        r"|soweit wie möglich gekürzt|irréductible|irreducible|最简(?:分数|整数比|比)",
    ),
    (
        Form.MIXED_NUMBER,
        _NUMBERS,
        r"as a mixed number|als gemischte|nombre mixte|(?:como|en) (?:un )?número mixto|带分数",
    ),
    (
        Form.SCIENTIFIC,
        _NUMBERS,
        r"scientific notation|\bstandard form\b|wissenschaftliche\w? (?:Schreibweise|Notation)"
        r"|(?:notation|écriture) scientifique|notación científica|科学[计记]数法",
    ),
    (
        Form.DECIMAL_PLACES,
        (Kind.NUMBER, Kind.QUANTITY),
        r"\b(?:\d|one|two|three|four) decimals?\b|\bdecimal places?\b|Nachkommastelle|Dezimalstelle"
        r"|\b(?:\d|une|deux|trois) décimales?\b|\bcifras? decimal|\bdecimales\b|保留.{1,4}位小数",
    ),
    (
        Form.SIGNIFICANT_FIGURES,
        (Kind.NUMBER, Kind.QUANTITY),
        r"significant figures|signifikante\w? Stellen|chiffres significatifs|cifras significativas"
        r"|有效数字",
    ),
    (
        Form.DECIMAL,
        _NUMBERS,
        r"\b(?:as|to) a decimal\b(?! place)|als Dezimal(?:zahl|bruch)|(?:écriture|forme) décimale"
        r"|(?:como|en forma|a) (?:número )?decimal\b|[化写]成小数|用小数表示",
    ),
    (
        Form.FACTORED,
        _TERMS,
        r"\bfactori[sz]e\b|\bfactor (?:completely|fully|the|\\\(|\$)|product of (?:its )?prime"
        r"|prime factori[sz]ation|faktorisiere|Primfaktor|factorise[rz]?\b|facteurs premiers"
        r"|factori[zc]a\b|factorice|factores primos|因式分解|分解(?:质|素)?因[式数]",
    ),
    (
        Form.EXPANDED,
        (Kind.EXPRESSION,),
        r"\bexpand\b|multiply out|multipliziere\b.{0,40}\baus\b|développe[rz]?\b|desarroll[ae]\b"
        r"|展开",
    ),
    (
        Form.COMPLETED_SQUARE,
        (Kind.EXPRESSION,),
        r"complet\w{1,3} the square|quadratische\w? Ergänzung|Scheitelpunkt(?:s)?form"
        r"|forme canonique|completa\w{0,3} (?:el )?cuadrado|配方",
    ),
    (
        Form.PARTIAL_FRACTIONS,
        (Kind.EXPRESSION,),
        r"partial fraction|Partialbr[uü]ch|éléments simples|fracciones (?:simples|parciales)"
        r"|部分分式",
    ),
)
_PATTERNS = [(form, kinds, re.compile(words, re.IGNORECASE)) for form, kinds, words in _ASKING]


def form_advice(content: Content) -> list[str]:
    """A sentence for each stored answer of which the text asks more than grading does."""
    advice = (_advised(text, key) for text, key in _asked(content))
    return list(dict.fromkeys(filter(None, advice)))


def _asked(content: Content) -> Iterator[tuple[str, AnswerKey]]:
    """Each text that asks for an answer, with its key."""
    if not content.parts:
        yield content.statement, content.key
    for part in content.parts:
        yield part.prompt, part.key


def _advised(text: str, key: AnswerKey) -> str:
    if key.form != Form.ANY or key.condition or key.tolerance:
        return ""
    forms = (form for form, kinds, words in _PATTERNS if key.kind in kinds and words.search(text))
    form = next(forms, None)
    if form is None:
        return ""
    return _(
        "The text asks for a form (%(form)s), but any form counts as right. If only this form "
        "should count, choose it under “form”."
    ) % {"form": FORM_NAMES[form]}
