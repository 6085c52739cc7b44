"""Translates the mathematical words of German, French and Spanish answers into English ones."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

_DE = [
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn"),
    "neunzehn",
]
_DE_TENS = [
    *("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
]
_FR = [
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit"),
    "dix-neuf",
]
_FR_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]
_ES = [
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    *("once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"),
    *("diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro"),
    *("veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"),
]
_ES_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_HALVES = {
    **{f"{_DE[whole]}einhalb": f"{2 * whole + 1}/2" for whole in range(2, 13)},
    **dict.fromkeys(("eineinhalb", "anderthalb"), "3/2"),
    "un quart": "1/4",
    "trois quarts": "3/4",
}
_PARTS = {
    "half": "halb|halbe|halbes|hälfte|die hälfte|eine hälfte|demi|un demi|moitié|la moitié|mitad"
    "|la mitad|medio|media|un medio",
    "third": "drittel|tiers|tercio|tercios|terzo|terzi|terço|terços",
    "fourth": "viertel|cuarto|cuartos|quarti|quarto|quartos",  # quarts are a unit as well
    "fifth": "fünftel|cinquième|cinquièmes|quinto|quintos|quinti",
    "sixth": "sechstel|sixième|sixièmes|sexto|sextos|sesto|sesti",
    "seventh": "siebtel|septième|septièmes|séptimo|séptimos|settimo|settimi|sétimo|sétimos",
    "ninth": "neuntel|neuvième|neuvièmes|noveno|novenos|nono|nonos|noni",
    "twelfth": "zwölftel|douzième|douzièmes",
    "twentieth": "zwanzigstel|vingtième|vingtièmes",
    "hundredth": "hundertstel|centième|centièmes|centésimo|centésimos",
    "eighth": "achtel|huitième|huitièmes|octavo|octavos|ottavo|ottavi|oitavo|oitavos",
    "tenth": "zehntel|dixième|dixièmes|décimo|décimos|decimo|decimi",
}
_PHRASES = {
    "and": "und|et|sowie|oraz|og|och",
    "or": "oder|ou|oppure|lub|albo|eller|nebo|vagy|veya|или|або",
    "minus": "moins|menos",
    "plus": "más|più",
    "times": "mal|fois|multipliziert mit|multiplié par|multiplicado por",
    "divided by": "geteilt durch|divisé par|dividido por|dividido entre",
    "squared": "quadrat|im quadrat|zum quadrat|au carré|carré|carrés|carrée|al cuadrado|cuadrado"
    "|cuadrados",
    "cubed": "hoch drei|au cube|al cubo|cúbico|cúbicos",
    "to the power of": "hoch|puissance|elevado a|elevado a la",
    "the square root of": "wurzel|wurzel aus|quadratwurzel aus|die wurzel aus|racine de|racine"
    "|la racine de|racine carrée de|la racine carrée de|raíz de|raíz cuadrada de|raiz de"
    "|la raíz de|la raíz cuadrada de|raiz cuadrada de|raíz|raiz|raíz cuadrada|raiz cuadrada"
    "|radice di|radice|radice quadrata di|raiz quadrada de|raiz quadrada|pierwiastek z"
    "|pierwiastek|wortel|roten ur|kvadratroten af",
    "the cube root of": "kubikwurzel aus|dritte wurzel aus|racine cubique de|raíz cúbica de"
    "|la racine cubique de|la raíz cúbica de",
    "plus or minus": "plusminus|plus minus|plus ou moins|más o menos|más menos",
    "to": "zu|à",
    "infinity": "unendlich|infini|infinito",
    "equals": "ist gleich|gleich|égal à|est égal à|es igual a|igual a",
    "is less than": "kleiner als|ist kleiner als|inférieur à|est inférieur à|menor que"
    "|es menor que",
    "is greater than": "größer als|ist größer als|supérieur à|est supérieur à|mayor que"
    "|es mayor que",
    "is at most": "höchstens|kleiner gleich|ist höchstens|kleiner oder gleich|inférieur ou égal à"
    "|est inférieur ou égal à|menor o igual que|es menor o igual que|como máximo",
    "is at least": "mindestens|größer gleich|ist mindestens|größer oder gleich"
    "|supérieur ou égal à|est supérieur ou égal à|mayor o igual que|es mayor o igual que"
    "|como mínimo",
    "is": "vale|vaut|beträgt|ergibt|macht",
    "except": "außer|sauf|excepto|salvo",
    "is not": "ungleich|ist nicht|différent de|n'est pas|distinto de|no es",
    "percent": "prozent|pour cent|pourcent|por ciento|procent|prosent|prosenttia|per cento|percento"
    "|por cento|procento|procenta|procentů|procentów|százalék|процент|процента|процентов",
    "thousand": "tausend|mille|mil",
    "million": "millionen|millions|millón|millones",
    "recurring": "periodisch|periode|périodique|période|periódico|periódica",
    "one": "ein|eine|einer|un|une|una",
    "thousandth": "tausendstel|millième|millièmes|milésimo|milésimos",
    "all real numbers except": "todos los reales menos|todos los números reales menos"
    "|tous les réels moins|tous les réels différents de|alle reellen zahlen ohne"
    "|alle reellen zahlen bis auf",
    "all real numbers": "alle reellen zahlen|tous les réels|tous les nombres réels"
    "|todos los reales|todos los números reales",
}
_WORD = re.compile(r"(?<![\\\w])[^\W\d_]{2,30}")
# "2 y 8", "x = 2 o x = 3" and "x < 2 ó x > 3", where y and o are no variables: they stand
# between two answers.
_SPANISH_AND = re.compile(
    r"(?<=[\d)}]) ([yoóevuYOÓEVU]) "
    r"(?=[-+]?\d|medi[oa]"
    r"|[A-Za-z](?:_?\{?\d\}?)?\s?(?:[=<>≠]|!=|\\[lgn]e(?![a-z])|(?:vale|es) ))"
)
_SET_AND = re.compile(r"(?<=\\text\{) ?([yoeuYOEV]) ?(?=\})|(?<=\\mathrm\{) ?([yoeuYOEVU]) ?(?=\})")
_BETWEEN_POINTS = re.compile(r"(?<=\)) ([yoeYOE]) (?=[A-Z]?\([^()]{0,30}[,;|])")
# Between two equations these are words as well, in Polish, Russian, Turkish and Dutch.
_BETWEEN_EQUATIONS = re.compile(
    r"(?<=[\d)}]) (i|en|of|и|ve) (?=[A-Za-z](?:_?\{?\d\}?)?\s?(?:=|<|>|\\[lgn]e))"
)
_ITALIAN_AND = re.compile(r"(?<=\d) e (?=[A-Za-z] ?(?:[<>]|\\[lg]e))")
_JOINS = {"y": "and", "e": "and", "o": "or", "ó": "or", "u": "or", "v": "or"}


def _german() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_DE)}
    for tens, word in enumerate(_DE_TENS, 2):
        numbers[word] = 10 * tens
        for unit in range(1, 10):
            numbers[f"{_DE[unit].removesuffix('s') if unit == 1 else _DE[unit]}und{word}"] = (
                10 * tens + unit
            )
    numbers |= {"dreissig": 30, "hundert": 100, "einhundert": 100, "zweihundert": 200}
    return numbers


def _french() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_FR) if word != "un"}
    for tens, word in enumerate(_FR_TENS, 2):
        numbers[word] = 10 * tens
        numbers[f"{word} et un"] = numbers[f"{word}-et-un"] = 10 * tens + 1
        numbers |= {f"{word}-{_FR[unit]}": 10 * tens + unit for unit in range(2, 10)}
    numbers |= {f"soixante-{_FR[unit]}": 60 + unit for unit in range(10, 20)}
    numbers |= {f"quatre-vingt-{_FR[unit]}": 80 + unit for unit in range(1, 20)}
    return numbers | {"soixante et onze": 71, "quatre-vingts": 80}


def _spanish() -> dict[str, int]:
    numbers = {word: value for value, word in enumerate(_ES)}
    for tens, word in enumerate(_ES_TENS, 3):
        numbers[word] = 10 * tens
        numbers |= {f"{word} y {_ES[unit]}": 10 * tens + unit for unit in range(1, 10)}
    return numbers | {"cien": 100}


def _dictionary() -> dict[str, str]:
    numbers = chain(_german().items(), _french().items(), _spanish().items())
    english = {word: str(value) for word, value in numbers}
    english |= _HALVES
    for table in (_PARTS, _PHRASES):
        for translation, words in table.items():
            english.update(dict.fromkeys(words.split("|"), translation))
    return english


_ENGLISH = _dictionary()


def _by_first_word() -> dict[str, list[str]]:
    """For each word that begins a phrase, these phrases, the longest first."""
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(_ENGLISH, key=len, reverse=True):
        phrases.setdefault(re.split(r"[\s'-]", phrase)[0], []).append(phrase)
    return phrases


_PHRASES_OF = _by_first_word()
_WORDS = frozenset(word for phrase in _ENGLISH for word in re.split(r"[\s'-]", phrase))


@lru_cache(maxsize=512)
def _pattern_of(word: str) -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, _PHRASES_OF[word]))
    return re.compile(rf"(?<![\\\w'-])(?:[lLdD]')?({phrases})(?![\w'-])", re.IGNORECASE)


def translation_of(word: str) -> str:
    """The English word or the digits; "" for a word that is not in the dictionary."""
    return _ENGLISH.get(word, "")


def is_translated(word: str) -> bool:
    """Whether it belongs to a phrase of the dictionary, as Kubikwurzel does."""
    return word in _WORDS


def fold_languages(text: str) -> str:
    """Zwei Drittel → 2 third, x = 2 ou x = 3 → x = 2 or x = 3, raíz de 3 → the square root of 3."""
    if " " in text:
        text = _SPANISH_AND.sub(lambda letter: f" {_JOINS[letter[1].lower()]} ", text)
        text = _BETWEEN_POINTS.sub(lambda letter: f" {_JOINS[letter[1].lower()]} ", text)
        text = _SET_AND.sub(lambda letter: f" {_JOINS[(letter[1] or letter[2]).lower()]} ", text)
        text = _ITALIAN_AND.sub(" and ", text)
        text = _BETWEEN_EQUATIONS.sub(lambda word: " or " if word[1] == "of" else " and ", text)
    for word in dict.fromkeys(map(str.lower, _WORD.findall(text))):
        if word in _PHRASES_OF:
            text = _pattern_of(word).sub(lambda phrase: _ENGLISH[phrase[1].lower()], text)
    return text.replace(" y half", " and half")
