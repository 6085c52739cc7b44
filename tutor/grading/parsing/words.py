"""Reads answers in words and choices: Tuesday, no solution, (B), 故选 C."""

from __future__ import annotations

import re

from tutor.grading.parsing.normalize import PlainText

_MACROS = re.compile(
    r"\\(?:text\w*|mathrm|mathbf|mbox|operatorname|boxed|fbox|left|right|quad|rm|bf)\b"
    r"|\\[,;:! ()\[\]]"
)
_ARTICLES = re.compile(r"^(?:an?|the|on|am|im|there (?:is|are))\s+")
# "It is a square" in English, German, French, Spanish and Italian
_IT_IS = re.compile(
    r"^(?:i think )?(?:(?:it|this|that|the (?:shape|figure|answer)) is|(?:it|that)'s|they are"
    r"|es ist|das ist|c'est|es|è)\s+"
    r"(?=(?:(?:an?|the|eine?|der|die|das|une?|le|la|un|una|el)\s+)?[^\W\d])"
    r"|^(?:eine?|der|die|das|une?|le|la|una|el|uno)\s+(?=\w{3})|^l'(?=\w{3})"
)
_ABOUT = re.compile(
    r"\s?(?:≈|~|≃|约|(?:about|approx(?:imately|\.)?|roughly|circa|ca\.?|etwa|ungefähr|rund|environ"
    r"|env\.|aproximadamente|aprox\.?)\s)\s?",
    re.IGNORECASE,
)
_NOTHING = [
    f"no {real}{noun}{exist}"
    for real in ("", "real ")
    for noun in ("solution", "solutions", "root", "roots")
    for exist in ("", " exist", " exists")
]
_NOTHING_ELSEWHERE = (
    *(
        "keine lösung",
        "keine lösungen",
        "nicht lösbar",
        "unlösbar",
        "leere menge",
        "die leere menge",
    ),
    *("pas de solution", "aucune solution", "pas de solutions", "ensemble vide", "l'ensemble vide"),
    *("sin solución", "no hay solución", "no tiene solución", "ninguna", "conjunto vacío"),
    *("el conjunto vacío", "no real number", "no real numbers", "keine reelle lösung"),
    *("keine reellen lösungen", "gibt keine lösung", "es gibt keine lösung", "hat keine lösung"),
    *("pas de solution réelle", "aucune solution réelle", "il n'y a pas de solution"),
    *("sin solucion", "no hay solucion", "sin soluciones", "no tiene solucion", "no solucion"),
    *("nessuna soluzione", "non ha soluzioni", "insieme vuoto", "nessuna soluzione reale"),
    *("sem solução", "não há solução", "não tem solução", "conjunto vazio", "nenhuma solução"),
    *("geen oplossing", "geen oplossingen", "lege verzameling", "de lege verzameling"),
    *("brak rozwiązań", "brak rozwiązania", "zbiór pusty", "nie ma rozwiązań"),
    *("ingen løsning", "ingen løsninger", "ingen lösning", "inga lösningar", "saknar lösning"),
    *("lösning saknas", "tom mängd", "den tomme mengde", "tomme mængde"),
    *("ei ratkaisua", "ei ratkaisuja", "tyhjä joukko", "nemá řešení", "žádné řešení"),
    *("nincs megoldás", "üres halmaz", "çözüm yok", "çözümü yok", "boş küme", "nema rješenja"),
    *("нет решений", "решений нет", "нет решения", "пустое множество", "немає розв'язків"),
)
_INFINITELY_MANY = (
    *("infinitely many", "infinite", "infinite solutions", "infinitely many solutions"),
    *("unendlich viele", "unendlich viele lösungen", "une infinité de solutions"),
    *("une infinité", "infinité de solutions", "infinitas soluciones", "infinitas"),
    *("无数解", "无穷多解", "无数个解", "无穷多个解", "有无数解"),
)
_SAME = {
    **dict.fromkeys((*_NOTHING, "无解", "无实数解", "没有解"), "no solution"),
    **dict.fromkeys(("none", "empty set", "empty", "the empty set"), "no solution"),
    **dict.fromkeys((*_NOTHING_ELSEWHERE, r"\emptyset", r"\varnothing"), "no solution"),
    **dict.fromkeys(_INFINITELY_MANY, "infinitely many solutions"),
    **dict.fromkeys(("wahr", "richtig", "vrai", "vraie", "verdadero", "verdadera"), "true"),
    **dict.fromkeys(("vero", "vera", "verdadeiro", "waar", "sant", "sann", "prawda"), "true"),
    **dict.fromkeys(("verdadeira", "правда", "верно", "истина", "tosi", "igaz"), "true"),
    **dict.fromkeys(("falsk", "usant", "onwaar", "fałsz", "falska", "ложь", "неверно"), "false"),
    **dict.fromkeys(("falsch", "faux", "fausse", "falso", "falsa"), "false"),
    **dict.fromkeys(("ja", "oui", "sí", "si"), "yes"),
    **dict.fromkeys(("nein", "non"), "no"),
    **dict.fromkeys(("not defined", "nicht definiert", "undefiniert", "indéfini"), "undefined"),
    **dict.fromkeys(("non défini", "no definido", "indefinido"), "undefined"),
    **dict.fromkeys(("does not exist", "doesn't exist", "doesnt exist"), "dne"),
    "不存在": "dne",
    "无意义": "undefined",
    "正确": "true",
    "错误": "false",
    "奇数": "odd",
    "偶数": "even",
    "是": "yes",
    "否": "no",
}
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_OF_LIMIT = re.compile(r"\A(?:limit|it) (?=(?:dne|does not exist|doesn't exist)\Z)")
_WEEK = re.compile("星期|礼拜")
# Some of these would otherwise be a product of variables, or an answer such as "no solution".
_GIVES_UP = re.compile(
    r"(?:i )?(?:pass|skip|give up|idk|dunno|can't|cannot|(?:have )?no (?:idea|clue)"
    r"|(?:do not|don't|dont) (?:know|understand)|(?:am )?not sure)|i'm not sure"
    r"|我?(?:不会做?|不知道|不懂|不清楚|没有?思路|放弃|跳过)了?"
)
_MAY_GIVE_UP = re.compile(
    "pass|skip|give|idk|dunno|can|no|know|understand|不|没|放弃|跳过", re.IGNORECASE
)
MAX_CHOICE = 300  # characters of an answer that starts with its letter
MAX_GIVING_UP = 40  # characters
_ARTICLE = re.compile(r"\A(?:the|la|le|el|die|das|der) (?=\(?[a-h][).]?\Z)", re.IGNORECASE)
_LETTERS = re.compile(r"\(?\s*([A-Z](?:\s*+(?:(?:[,;、和&]|and)\s*+)?[A-Z])*+)\s*\)?")
_CHOICE = re.compile(
    r"\(?\s*([A-H](?:\s*+(?:(?:[,;和&]|and)\s*+)?[A-H])*+)\s*+\)?\s*+\.?"
    r"|(?:\(\s*([A-Ha-h])\s*\)|([A-Ha-h])\s*[.:、)])\s*(?:(?!(?:or|oder|ou|o)\b)[\w$\\].*)?|([A-Ha-h])",
    re.DOTALL,
)


_AROUND_CHOICES = re.compile(
    r"\A(?:it is|it's|i (?:choose|chose|pick|think|guess)(?: it is)?|es ist|c'est|je choisis)\b"
    r"|(?<=[A-Ha-h]) is (?:the|my) answer\Z"
    r"|(?<=[A-Ha-h]) (?:is|ist|est|es) (?:correct|right|true|richtig|correcta?|juste|vraie?)\Z"
    r"|[\[\]\"']",
    re.IGNORECASE,
)
_BETWEEN_CHOICES = re.compile(r"\)\s?[,;]\s?\(|\s(?:und|et|y)\s|\s?\+\s?")
_SMALL_RUN = re.compile(r"[a-h]{2,8}")
_SMALL_CHOICES = re.compile(r"[a-h](?:\s?(?:[,;&]|and)\s?[a-h]){1,7}")
_ANSWERS = re.compile(
    r"no|no solution|undefined|dne|true|false|yes|infinitely many solutions|0 solutions?"
)
_CLOCK = re.compile(
    r"(?:(?:um|at|à|a las|it ends at|es endet um) )?(\d{1,2})(?:[:.h]| h | Uhr )(\d{2})"
    r"(?: ?(?:([ap])\.?m\.?|uhr|h|o'clock|hrs?))?\.?",
    re.IGNORECASE,
)
_OPPOSITES = (
    *(("yes", "no"), ("true", "false"), ("ja", "nein"), ("wahr", "falsch"), ("richtig", "falsch")),
    *(("oui", "non"), ("vrai", "faux"), ("sí", "no"), ("si", "no"), ("verdadero", "falso")),
    *(("是", "否"), ("是", "不是"), ("对", "不对"), ("对", "错"), ("正确", "错误")),
)
_DECIDED = re.compile(  # a yes or no with a reason behind it
    rf"\A\s?({'|'.join(sorted({word for pair in _OPPOSITES for word in pair}, key=len)[::-1])})"
    r"(?:\s?(?:[,;.:，。；]|[-–—](?=\s))\s{0,2}(?=\S)|\s(?:-\s)?(?=(?:because|since|as|it|they|bc|cuz|coz|cause|weil|denn|da|car|parce"
    r"|puisque|porque|ya)\b)|(?=因为))",
    re.IGNORECASE,
)
_ALL_REALS = {
    *("all real numbers", "all reals", "any real number", "all x", "any x", "all real x"),
    *("全体实数", "实数集", "任意实数"),
}
_MAY_MEAN_ALL_REALS = re.compile("all|any|实数", re.IGNORECASE)

# L = {}, with or without its name
_EMPTY_SET = re.compile(
    r"\A ?(?:[LSM] ?= ?)?(?:\\?\{ ?\\?\}|\\(?:emptyset|varnothing)(?![a-z])) ?\Z"
)


def plain_words(text: PlainText, ignore_case: bool = True) -> str:
    """The words without articles, punctuation and extra spaces."""
    words = _MACROS.sub(" ", _EMPTY_SET.sub(r"\\emptyset ", text))
    words = re.sub(r"[${}*`\"]", " ", words)
    words = re.sub(r"(?<![\d])[.,;:!?]+|[.,;:!?]+(?!\d)", " ", words)
    words = " ".join(words.split())
    words = re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", words)
    if not ignore_case:
        return words
    words = _IT_IS.sub("", _IT_IS.sub("", words.lower()))
    words = _HYPHEN.sub(" ", _ARTICLES.sub("", words))
    words = _OF_LIMIT.sub("", _WEEK.sub("周", words))
    return _SAME.get(words, words)


def clock_time(text: str) -> int | None:
    """Minutes since midnight, of 21:00, 9:00 pm, um 12.15 Uhr and 8h30."""
    time = _CLOCK.fullmatch(text.strip())
    if time is None:
        return None
    hours, minutes, half = int(time[1]), int(time[2]), (time[3] or "").lower()
    if hours > 24 or minutes > 59 or (half and not 0 < hours < 13):
        return None
    return (hours % 12 + 12 * (half == "p") if half else hours) * 60 + minutes


def without_reason(text: PlainText) -> PlainText:
    """No for "No, because 91 = 7 · 13"; the whole text where the other word follows as well."""
    decided = _DECIDED.match(text)
    if decided is None:
        return text
    word = decided[1].lower()
    opposites = next((pair for pair in _OPPOSITES if word in pair), ())
    rest = re.findall(r"[^\W\d_]+", text[decided.end() :].lower())
    return text if set(rest) & set(opposites) - {word} else PlainText(decided[1])


def synonyms(text: PlainText) -> list[str]:
    """The plain words of an answer, and all others that count as the same."""
    words = plain_words(text)
    equivalents = [synonym for synonym, meaning in _SAME.items() if meaning == words]
    return [words, *(_WEEK.sub("周", synonym) for synonym in equivalents)]


def gives_up(text: PlainText) -> bool:
    """Whether the student says that they have no answer."""
    if len(text) > MAX_GIVING_UP or not _MAY_GIVE_UP.search(text):
        return False
    return bool(_GIVES_UP.fullmatch(plain_words(text)))


def answers_in_words(text: PlainText) -> bool:
    """Whether the words answer a question about numbers, and are understood completely."""
    return bool(_ANSWERS.fullmatch(plain_words(text)))


def means_all_reals(text: PlainText) -> bool:
    return bool(_MAY_MEAN_ALL_REALS.search(text)) and plain_words(text) in _ALL_REALS


def choice_letters(text: PlainText) -> frozenset[str]:
    """The letters chosen in B, (B), B. 12, A and C; none where the text names no choice."""
    if len(text) > MAX_CHOICE:
        return frozenset()
    plain = re.sub(r"[${}`]|\*\*", " ", _MACROS.sub(" ", text)).strip()
    plain = re.sub(
        r"^(?:答案|答|故选|我?选|选择|(?:the )?answer|option|choice|die antwort|antwort|réponse|"
        r"la réponse|respuesta|la respuesta|lösung|opción|risposta|resposta|svar|antwoord|odpowiedź"
        r"|ответ|∴|=)\s*(?:(?:is|ist|est|es)\b)?[:：是为]?\s*",
        "",
        plain,
        flags=re.I,
    )
    plain = _ARTICLE.sub("", plain)
    plain = _BETWEEN_CHOICES.sub(",", _AROUND_CHOICES.sub(" ", plain)).strip().removesuffix(".")
    plain = plain.strip(" !")
    if _SMALL_CHOICES.fullmatch(plain):
        plain = plain.replace("and", ",").upper()
    elif _SMALL_RUN.fullmatch(plain) and list(plain) == sorted(set(plain)):
        plain = plain.upper()  # bd
    choice = _CHOICE.fullmatch(plain.strip())
    if not choice:
        return frozenset()
    several, *single = choice.groups()
    if several:
        return frozenset(re.sub(r"[^A-H]", "", several))
    return frozenset(letter.upper() for letter in single if letter)


def names_choices(text: str) -> bool:
    """Whether a key such as B, (B), AC or A, C, F means choices and not an expression."""
    if len(text) > MAX_CHOICE:
        return False
    plain = re.sub(r"[${}*`]", " ", _MACROS.sub(" ", text)).strip()
    choices = _LETTERS.fullmatch(plain)
    if not choices:
        return False
    letters = re.sub(r"[^A-Z]", "", choices[1])
    return letters <= "H" * 20 and list(letters) == sorted(set(letters)) and max(letters) <= "H"


def without_about(text: str) -> str:
    """17 m for "about 17 m" and ≈ 17 m."""
    about = _ABOUT.match(text)
    return text[about.end() :] if about else text
