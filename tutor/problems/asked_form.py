"""The form that a text asks for, or the order, where the stored answer does not say one."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from tutor.grading import AnswerKey, Form, Kind, Verdict, grade_response
from tutor.grading.multipart import LETTERS
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Listing, Unreadable, is_term
from tutor.problems.content import Content

_NUMBERS = (Kind.NUMBER, Kind.QUANTITY, Kind.RATIO)
_TERMS = (Kind.EXPRESSION, Kind.NUMBER)
# The words that ask for a form in the five languages of problems, and the kinds that can have it.
_ASKING: tuple[tuple[Form, tuple[Kind, ...], str], ...] = (
    (
        Form.LOWEST_TERMS,
        (Kind.RATIO,),
        r"\bsimplif(?:y|ie[rz]?|ica|ique)\b|\breduce\b|\bréduire\b|\bvereinfache\b|化简",
    ),
    (
        Form.MIXED_NUMBER,
        _NUMBERS,
        r"as a mixed number|als gemischte|nombre mixte|(?:como|en) (?:un )?número mixto|带分数",
    ),
    (
        Form.LOWEST_TERMS,
        _NUMBERS,
        r"lowest terms|simplest (?:form|ratio)|fully reduced|simplify (?:fully|completely)"
        r"|\b(?:simplif\w{1,4}|reduce|réduire|vereinfache)\b[^.?!]{0,30}"
        r"\b(?:ratio|fraction|rapport|fracción|razón|Bruch|Verhältnis)\b"
        r"|einfachste[rn]? Form|forme la plus simple|(?:forma|expresión) más (?:simple|sencilla)"
        r"|\bkürze\b|gekürzt|irréductible|in ganzen Zahlen|irreducible"
        r"|(?:simplest|smallest)(?: possible)? whole numbers|(?:möglichst kleine|kleinstmögliche)"
        r"\w{1,2} (?:ganze|natürliche)\w? Zahlen|plus petits (?:nombres )?entiers"
        r"|enteros más pequeños|menores (?:números )?enteros"
        r"|最小的?整数比?|最简(?:分数|整数比|比|形式)|化简比|约分",
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
        Form.PRIME_POWERS,
        _TERMS,
        r"\bindex (?:form|notation)|powers of (?:its |the )?prime|Potenzen von Primzahlen"
        r"|(?:Primfaktor|prime factor)[^.?!]{0,60}(?:Potenzschreibweise|\bin powers"
        r"|\b(?:with|using) (?:exponents|powers))"
        r"|puissances de (?:ses )?(?:nombres|facteurs) premiers"
        r"|potencias de (?:sus )?(?:números|factores) primos|幂的(?:乘积|积|形式)",
    ),
    (
        Form.FACTORED,
        _TERMS,
        r"\bfactori[sz]e\b|\bfactor (?:completely|fully|the\b|\\\(|\$|-?\d|\(|[a-z]\b)"
        r"|product of (?:powers of )?(?:its )?prime|prime factori[sz]ation|faktorisiere|Primfaktor"
        r"|factorise[rz]?\b|facteurs premiers|factori[zc]a\b|factorice|factores primos"
        r"|因式分解|分解彻底|彻底分解|分解(?:质|素)?因[式数]|klammere\b.{0,40}\baus\b|factor común"
        r"|提(?:取)?公因式",
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
        r"simplest (?:(?:radical |surd )?form)"
        r"|\b(?:form|forme|forma) \W{0,3}[ak] ?(?:√|\\?sqrt) ?\W{0,2}[bnmr]\b"
        r"|\ba ?(?:√|\\sqrt) ?\{?b\}? ?\W{0,4}的形式"
        r"|simplif\w{1,4} (?:the )?(?:surd|radical|square root)"
        r"|(?:simplif(?:y|ie[rz]?|ica)|vereinfache|化简)\b.{0,4}\\sqrt"
        r"|teilweise\w? (?:die )?Wurzel|最简(?:二次)?根式|rationali[sz]\w{1,4}\b|\bNenner rational"
        r"|sans (?:racine|radical) au dénominateur|dénominateur rationnel|\bracionali[zc]\w{1,3}\b"
        r"|分母有理化",
    ),
    (
        Form.FRACTION,
        _NUMBERS,
        r"\bas an? (?:common |proper |improper )?fraction\b|\b(?:give|write) (?:an? |the )?"
        r"(?:exact |common )?fraction\b|\bgib einen Bruch|\bdonne[rz]? une fraction|als Bruch\b"
        r"|sous (?:la )?forme d[e'’] ?(?:une )?fraction|(?:como|en forma de) (?:una )?fracción"
        r"|\bda una fracción|[化写]成分数|用分数表示",
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
        (Kind.EXPRESSION, Kind.EQUATION),
        r"complet\w{1,3} the square|quadratische\w? Ergänzung|Scheitel(?:punkts?)?form"
        r"|(?:vertex|turning point) form|forme canonique|completa\w{0,3} (?:el )?cuadrado"
        r"|forma (?:canónica|de vértice)|配方|顶点式",
    ),
    (
        Form.SUBJECT,
        (Kind.EQUATION,),
        r"\bthe subject\b|slope[-– ]intercept|\bsolve for\b|\bdespeja|\bisole[rz]?\b"
        r"|équation réduite|\bexprime[rz]? .{1,12} en fonction de\b"
        r"|\bnach .{1,12} (?:auf|um)\b|ecuación explícita|斜截式",
    ),
    (
        Form.PARTIAL_FRACTIONS,
        (Kind.EXPRESSION,),
        r"partial fraction|Partialbr[uü]ch|éléments simples|fracciones (?:simples|parciales)"
        r"|部分分式",
    ),
)
_WRITTEN_NUMBERS = (
    *(Form.FRACTION, Form.DECIMAL, Form.MIXED_NUMBER),
    *(Form.LOWEST_MIXED_NUMBER, Form.LOWEST_TERMS),
)
_EITHER = re.compile(
    r"\b(?:fraction|decimal|Bruch|Dezimalzahl|fracción|décimale?)\b[^.?!]{0,30}\b(?:or|oder|ou|o)\b"
    r"[^.?!]{0,30}\b(?:fraction|mixed|decimal|Bruch|Dezimalzahl|gemischte|fracción|décimale?)\b"
    r"|(?:分数|小数).{0,6}或.{0,6}(?:分数|小数)",
    re.IGNORECASE,
)
_PATTERNS = [(form, kinds, re.compile(words, re.IGNORECASE)) for form, kinds, words in _ASKING]
_DECIMALS = re.compile(r"-?[0-9]{1,40}[.,]([0-9]{1,40})\Z")
_SORTS = re.compile(
    r"\b(?:(?:in|by) (?:ascending|descending|increasing|decreasing|order of (?:size|magnitude))"
    r"|from (?:the )?(?:smallest|least|lowest|coldest|shortest|lightest|largest|greatest|biggest"
    r"|highest|warmest|longest|heaviest) to|(?:smallest|least|lowest|largest|greatest) first"
    r"|der größe nach|(?:auf|ab)steigend\w{0,2}|von (?:der )?(?:klein|groß|niedrig|höchst)\w{0,5}"
    r"|ordre (?:dé)?croissant|d(?:u|e la) plus (?:petite?|grande?) (?:au|à la) plus"
    r"|orden (?:de )?(?:creciente|decreciente|ascendente|descendente)|de menor a mayor"
    r"|de mayor a menor)"
    r"|从小到大|从大到小|由小到大|由大到小|从低到高|从高到低|升序|降序",
    re.IGNORECASE,
)
# Terms of a sequence, and what is to be given in an order that only the teacher knows.
_IN_SEQUENCE = re.compile(
    r"\bin order\b(?! (?:to|that|of)\b)|\b(?:next|first) (?:\d{1,2}|two|three|four|five|six)"
    r" (?:terms|numbers)\b|\bin (?:this|that) order\b|der Reihe nach|\bin dieser Reihenfolge"
    r"|\b(?:nächsten|ersten) \w{1,8} (?:Folgeng|G)lieder|\bdans l['’]ordre\b(?! (?:dé)?crois)"
    r"|\bdans cet ordre\b|\ben es(?:t|)e orden\b|\b(?:premiers|prochains) termes"
    r"|\btermes suivants|\ben orden\b(?! (?:de )?(?:de)?cre| [ad])"
    r"|\b(?:primeros|siguientes|próximos) (?:\w{1,8} )?términos|\btérminos siguientes"
    r"|依次|按(?:此|该|这个?)?顺序|[前后]\w项",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\A\W{0,9}(?:list|order|name|state)\b"
    r"|\b(?:give|write|sort|arrange|put|find|solve|determine|what|which"
    r"|ordne|sortiere|gib|nenne|schreibe|liste|bestimme|löse|rang(?:e|er|ez)|class(?:e|er|ez)"
    r"|donne[rz]?|écri(?:s|re|vez)|liste[rz]?|cite[rz]?|résou(?:s|dre|dz)|orden[ae]|escrib[ae]"
    r"|da|enumera|indica|halla|resuelve)\b|[写列按将把排求给解填]",
    re.IGNORECASE,
)
_ANY_ORDER = re.compile(
    r"\bany order\b|Reihenfolge ist (?:egal|beliebig)|beliebiger Reihenfolge"
    r"|n['’]importe quel ordre|cualquier orden|顺序不限|不(?:分|计|论)(?:先后)?顺序",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|[。！？]")
WHOLE = ""  # instead of a letter: the answer of a problem without parts


def with_asked_forms(content: Content, of: Collection[str] = (WHOLE, *LETTERS)) -> Content:
    """Answers of any form get the one that the text asks for, unless they lack it themselves.

    A list gets its order where the text asks for one.

    of: the letters of the parts that may get one.
    """
    sample = content.variant(1)
    if not content.parts:
        key = _as_asked(sample.statement, content.key, sample.key)
        return replace(content, key=key) if WHOLE in of else content
    rows = zip(LETTERS, content.parts, sample.parts, strict=False)
    parts = [
        replace(part, key=_as_asked(drawn.prompt, part.key, drawn.key)) if letter in of else part
        for letter, part, drawn in rows
    ]
    return replace(content, parts=tuple(parts), key=parts[-1].key)


def _as_asked(text: str, key: AnswerKey, sample: AnswerKey) -> AnswerKey:
    """text and sample: those of a variant, which have numbers where the key may have letters."""
    ordered = key.ordered or in_asked_order(sample, text).ordered
    return replace(_with_asked_form(text, key, sample), ordered=ordered)


def _with_asked_form(text: str, key: AnswerKey, sample: AnswerKey) -> AnswerKey:
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
    forms = [form for form, kinds, words in _PATTERNS if key.kind in kinds and words.search(text)]
    if Form.MIXED_NUMBER in forms and Form.LOWEST_TERMS in forms:
        forms.insert(0, Form.LOWEST_MIXED_NUMBER)
    yield from (form for form in forms if not _is_one_of_two(form, text))


def _is_one_of_two(form: Form, text: str) -> bool:
    """Of "as a fraction or a decimal"."""
    return form in _WRITTEN_NUMBERS and _EITHER.search(text) is not None


def in_asked_order(key: AnswerKey, statement: str) -> AnswerKey:
    """The key, with its order if the statement asks for one: factors and solutions have none."""
    if key.kind != Kind.LIST or key.ordered or _ANY_ORDER.search(statement):
        return key
    asks = _IN_SEQUENCE.search(statement) or (_asks_to_sort(statement) and _is_sorted(key))
    return replace(key, ordered=True) if asks else key


def _asks_to_sort(statement: str) -> bool:
    """Not in "The data in ascending order are 3, 5 and 8."."""
    sentences = _SENTENCE_END.split(statement)
    return any(
        match.start() < 3 or _ASKS.search(sentence)
        for sentence in sentences
        if (match := _SORTS.search(sentence))
    )


def _is_sorted(key: AnswerKey) -> bool:
    values = _values(key)
    rising = all(a < b for a, b in pairwise(values))
    falling = all(a > b for a, b in pairwise(values))
    return len(values) > 1 and (rising or falling)


def _values(key: AnswerKey) -> list[Fraction]:
    """Empty where the key is no list of fractions."""
    try:
        listing = read_answer(key.value, key.decimal_comma)
    except (Unreadable, RecursionError):
        return []
    parts = listing.parts if isinstance(listing, Listing) else ()
    values = [rational_value(part) if is_term(part) else None for part in parts]
    return [] if None in values else [value for value in values if value is not None]
