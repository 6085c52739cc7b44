"""Which words around an answer change it, lead to it, or give a reason for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.parsing.names import CONSTANTS, FUNCTIONS, GREEK, ROOTS
from tutor.grading.parsing.natural.english import NUMBER_WORDS
from tutor.grading.parsing.natural.languages import translation_of
from tutor.grading.parsing.natural.spoken import is_meaningful

_NEGATIONS = """
    not no never none cannot without except neither nor instead wrong false incorrect unless but
    although however unlike excluding nicht kein keine keinen keiner keines nie niemals ohne außer
    weder noch sondern aber falsch statt anstatt pas non jamais sans sauf aucun aucune ni mais faux
    fausse incorrecte sino nunca jamás sin tampoco ningún ninguna ninguno excepto salvo pero
    incorrecto falso falsa
"""
_CHOICES = "if wenn falls or either maybe perhaps possibly oder entweder ou soit quizás"
_SIZES = """
    least most between less more than fewer greater bigger larger smaller lower higher above below
    under beyond exceeds exceed maximum up at-most twice double doubled triple tripled half halves
    third thirds quarter quarters dozen hundred thousand million billion times multiplied divided
    minus plus percent percentage per each every about-half mindestens höchstens zwischen weniger
    mehr größer kleiner über unter doppelt doppelte dreifache hälfte halb halbe drittel viertel mal
    je pro jeder jede jeweils prozent hundert tausend million entre moins plus supérieur supérieure
    inférieur inférieure double triple moitié demi tiers quart chaque chacun fois pour-cent mille
    entre menos más mayor menor doble triple mitad medio media tercio cuarto cada veces mil ciento
"""
_OPERATIONS = """
    add adding added subtract subtracting subtracted multiply multiplying multiplied divide dividing
    divided negative opposite reciprocal inverse addiere subtrahiere multipliziere dividiere teile
    opposé opposée inverse ajoute ajouter soustraire multiplier diviser opuesto inverso sumar restar
    multiplicar dividir binary octal hexadecimal hex base tens ones impossible unmöglich imposible
"""
_HARMLESS = """
    left right rest to and per back power after before over bas haut sobre bajo sur nach vor hoch
    maximum each every je pro jeder jede jeweils chaque chacun cada
    plus más maximal media medio
"""
DENYING = frozenset([*_NEGATIONS.split(), *_CHOICES.split()])
_CHANGING = DENYING | frozenset([*_SIZES.split(), *_OPERATIONS.split()])
# What stands behind these is part of a calculation, unless a measure stands before them.
_PARTS_OF = frozenset(
    [
        "of",
        "by",
        "than",
        "from",
        "von",
        "durch",
        "als",
        "aus",
        "de",
        "del",
        "des",
        "par",
        "por",
        "que",
    ]
)
_SO_THAT = {("así", "que"), ("asi", "que"), ("tal", "que")}
_MEASURE_WORDS = """
    is are bout total sum length width height depth area volume probability chance value price cost
    distance speed angle slope gradient amount answer rate average mean mass weight age result
    coordinates equation ist sind länge breite höhe fläche wert preis winkel wahrscheinlichkeit
    steigung ergebnis gleichung est sont longueur largeur hauteur aire volume probabilité valeur
    prix coût distance vitesse angle pente moyenne masse âge résultat équation es son longitud
    altura área volumen probabilidad valor precio costo distancia velocidad ángulo pendiente media
    edad resultado ecuación
"""
_MEASURES = frozenset(_MEASURE_WORDS.split())
_HARMLESS_ONES = frozenset(_HARMLESS.split())
_HARMLESS_BEHIND = frozenset(
    ["and", "per", "each", "every", "je", "pro", "jeder", "chaque", "cada"]
)
_HARMLESS_TRANSLATIONS = ("", "and", "is", "one", "equals", "percent")
_CHINESE_DENIALS = re.compile("[不没非无未误错或]")
_CHINESE_CHANGES = re.compile(
    "[不没非无未误错或倍半反负多少除减加又约]|[大小][于余]|超过|以[上下内外]|[二三四五六七八九十百千万亿]"
)
# Words that belong to a formula
FORMULA_WORDS = frozenset(
    word.lower() for word in {*FUNCTIONS, *ROOTS, *GREEK, *CONSTANTS, "lim", "dne", "e"}
) - {"min", "max", "sh", "ch", "th", "re", "im", "arch", "perm", "comb", "choose", "sign", "abs"}
_NUMBER_WORDS = """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce
    quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien
"""
_NUMBERS = frozenset(_NUMBER_WORDS.split())
# Behind these stands what somebody claims.
LEADS = re.compile(
    r"(?:^|(?<=[^\w]))(?:is|are|was|be|equals?|equal to|gets?|got|gives?|makes?|obtain|find|have"
    r"|has"
    r"|needs?|requires?|so|thus|hence|therefore|then|answer|result|solution|value|becomes?|leaves"
    r"|remains?|comes to|égal à|gleich|igual a|o sea|as[ií] que|so ?dass|es decir|that is"
    r"|das heißt|c'est-à-dire"
    r"|ist|sind|wäre|beträgt|ergibt|macht|erhalte|bekomme|erhält|hat|haben|habe|bleiben|bleibt"
    r"|brauch\w{1,2}|also|daher|somit|folglich|antwort|ergebnis|lösung|lautet|liegt bei"
    r"|est|sont|vaut|valent|donne"
    r"|fait|faut|obtient|obtiens|trouve|reste|donc|ainsi|alors|réponse|résultat|a|ont|es|son|vale"
    r"|valen|da|queda|quedan|obtengo|tiene|tienen|hay|necesit\w{1,4}|luego|entonces|respuesta"
    r"|resultado|está en|sein|être|valoir|ser|valer|costs?|kostet|coûte|cuesta)"
    r"\s?:?\s?\Z|[:=→]\s?\Z|(?:\\to|=>|\\Rightarrow|->)\s?\Z|[是为得有剩]:?\s?\Z|等于\s?\Z",
    re.IGNORECASE,
)
_BECAUSE = (  # however it is spelled: becuse, beacuse, becasue, bcuz, coz
    r"be?(?:ac|c)[aou]{0,3}[sz][eu]{0,2}|be?casu?e?|coz|cus|wei+l+|wiel|porqu?e?"
    r"|parc?[es] ?qu?e?|puisqu?e?|(?:bc|pq|xq|pcq)(?=\s\S)|coss?(?=\s[^\W\d_]{2})"
)
REASONS = re.compile(
    rf"\A\s?[,;.(\[–-]{{0,2}}\s?(?:because|since|as|because of|cause|cuz|denn|da|{_BECAUSE}"
    r"|nämlich|wegen|car"
    r"|parce|puisque|comme|vu|porque|ya|pues|puesto|dado|check|probe|test|vérification"
    r"|comprobación)\b"
    r"|\A\s?[,;.]?\s?\((?:when|where|wenn|quand|lorsque|cuando|当)(?![A-Za-z])"
    r"|\A\s?[,;]\s?(?:by|using|with|durch|mit|mithilfe|nach|par|avec|por|con)\b|\A\s?[,，;；(]?\s?(?:因为|由于|检验|验算)",
    re.IGNORECASE,
)


def changes_answer(word: str, *, is_behind: bool = False) -> bool:
    """Whether the word may make another answer of the one that follows, or stands before it."""
    plain = word.lower().replace("’", "'")
    if "\u4e00" <= plain[0] <= "\u9fff":
        return bool(_CHINESE_CHANGES.search(plain))
    if plain in (_HARMLESS_BEHIND if is_behind else _HARMLESS_ONES):
        return False
    if denies(plain) or plain in _CHANGING or plain in NUMBER_WORDS or is_meaningful(plain):
        return True
    return translation_of(plain) not in _HARMLESS_TRANSLATIONS


def changes_statement(word: str) -> bool:
    """As `changes_answer`, before an equation or a point, which no counted thing changes."""
    plain = word.lower().replace("’", "'")
    if "\u4e00" <= plain[0] <= "\u9fff":
        return changes_answer(word)
    return plain not in _HARMLESS_ONES and (denies(plain) or plain in _CHANGING)


def is_part_of(words: Sequence[str]) -> bool:
    """Whether these words before a value make it a part of a calculation: the square of 5."""
    last, before = words[-1].lower(), words[-2].lower() if len(words) > 1 else ""
    if (before, last) in _SO_THAT:
        return False
    return last in _PARTS_OF and before not in _MEASURES


def denies(word: str) -> bool:
    """Whether the word takes back what stands beside it, or leaves a choice."""
    plain = word.lower().replace("’", "'")
    if "\u4e00" <= plain[0] <= "\u9fff":
        return bool(_CHINESE_DENIALS.search(plain))
    return plain in DENYING or plain.endswith("n't") or plain.startswith("n'")


def is_number_word(word: str) -> bool:
    return word.lower() in _NUMBERS
