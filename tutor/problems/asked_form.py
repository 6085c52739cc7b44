"""The form that a text asks for, where the stored answer does not say one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from tutor.grading import AnswerKey, Form, Kind, Verdict, grade_response
from tutor.grading.multipart import LETTERS
from tutor.problems.content import Content

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
        r"|factori[zc]a\b|factorice|factores primos|因式分解|分解(?:质|素)?因[式数]"
        r"|klammere\b.{0,40}\baus\b|factor común|提(?:取)?公因式",
    ),
    (
        Form.EXPANDED,
        (Kind.EXPRESSION,),
        r"\bexpand\b|multiply out|multipliziere\b.{0,40}\baus\b|développe[rz]?\b|desarroll[ae]\b"
        r"|展开",
    ),
    (
        Form.SIMPLIFIED_SURD,
        _TERMS,
        r"simplest (?:(?:radical |surd )?form)|simplif\w{1,4} (?:the )?(?:surd|radical|square root)"
        r"|teilweise\w? (?:die )?Wurzel|最简(?:二次)?根式",
    ),
    (
        Form.FRACTION,
        _NUMBERS,
        r"\bas an? (?:common |proper |improper )?fraction\b|als Bruch\b|sous (?:la )?forme d[e'’] ?"
        r"(?:une )?fraction|(?:como|en forma de) (?:una )?fracción|[化写]成分数|用分数表示",
    ),
    (
        Form.SINGLE_FRACTION,
        _TERMS,
        r"single fraction|als einen Bruch|une seule fraction|una sola fracción",
    ),
    (
        Form.CARTESIAN,
        _TERMS,
        r"\bform \S{0,4}a ?\+ ?b ?i\b|algebraische\w? (?:Form|Normalform)|forme algébrique"
        r"|forma binómica|代数形式",
    ),
    (
        Form.POLAR,
        _TERMS,
        r"\bpolar form\b|Polarform|forme (?:trigonométrique|exponentielle)|forma polar|三角形式",
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
_DECIMALS = re.compile(r"-?[0-9]{1,40}[.,]([0-9]{1,40})\Z")
WHOLE = ""  # instead of a letter: the answer of a problem without parts


def with_asked_forms(content: Content, of: Collection[str] = (WHOLE, *LETTERS)) -> Content:
    """Answers of any form get the one that the text asks for, unless they lack it themselves.

    of: the letters of the parts that may get one.
    """
    sample = content.variant(1)
    if not content.parts:
        key = _with_asked_form(content.statement, content.key, sample.key)
        return replace(content, key=key) if WHOLE in of else content
    rows = zip(LETTERS, content.parts, sample.parts, strict=False)
    parts = [
        replace(part, key=_with_asked_form(part.prompt, part.key, drawn.key))
        if letter in of
        else part
        for letter, part, drawn in rows
    ]
    return replace(content, parts=tuple(parts), key=parts[-1].key)


def _with_asked_form(text: str, key: AnswerKey, sample: AnswerKey) -> AnswerKey:
    """sample: the key of a variant, which has numbers where the other may have letters."""
    for form in _asked_forms(text, key):
        places = _places(key.value) if form == Form.DECIMAL_PLACES else None
        if form == Form.SIGNIFICANT_FIGURES or (form == Form.DECIMAL_PLACES and places is None):
            continue
        strict = replace(sample, form=form, places=places)
        if grade_response(sample.value, strict).verdict == Verdict.CORRECT:
            return replace(key, form=form, places=places)
    return key


def _places(value: str) -> int | None:
    match = _DECIMALS.match(value.strip())
    return len(match[1]) if match else None


def asked_form(text: str, key: AnswerKey) -> Form:
    """Form.ANY where the key has a form or a tolerance, and where the text asks for none."""
    return next(_asked_forms(text, key), Form.ANY)


def _asked_forms(text: str, key: AnswerKey) -> Iterator[Form]:
    if key.form != Form.ANY or key.condition or key.tolerance:
        return
    for form, kinds, words in _PATTERNS:
        if key.kind in kinds and words.search(text):
            yield form
