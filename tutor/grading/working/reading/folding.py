"""Writes a line of working in plain signs, without LaTeX's layout, at the same indices."""

from __future__ import annotations

import re

from tutor.grading.parsing.currencies import with_currency_signs

MAX_CHARACTERS = 1_000  # the rest of a longer line is not read
WIDE_GAP = "\t"  # of \quad
ROW_END = "；"  # of \\

_SAME_LENGTH = str.maketrans(
    {
        **{chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)},
        **dict.fromkeys("\t\r\n\u00a0\u2009\u202f\u3000", " "),
        **dict.fromkeys("−–—﹣‐‑", "-"),
        **dict.fromkeys("∣│¦‖ǀ", "|"),
        **dict.fromkeys("’′‘`ʹ", "'"),
        "〔": "[", "〕": "]", "【": "[", "】": "]", "∶": ":", "﹙": "(", "﹚": ")",
        "，": "，", "；": "；",  # always separators, while 1,000 has a comma
    }
)  # fmt: skip
_MACROS = {
    **dict.fromkeys((r"\Rightarrow", r"\implies", r"\Longrightarrow", r"\leadsto"), "⇒"),
    **dict.fromkeys((r"\Leftrightarrow", r"\iff", r"\Longleftrightarrow"), "⇔"),
    **dict.fromkeys((r"\rightarrow", r"\longrightarrow", r"\to"), "→"),
    **dict.fromkeys((r"\lor", r"\vee"), "∨"),
    **dict.fromkeys((r"\land", r"\wedge"), "∧"),
    **dict.fromkeys((r"\quad", r"\qquad"), WIDE_GAP),
    **dict.fromkeys(("\\\\", r"\newline"), ROW_END),
    **dict.fromkeys((r"\,", r"\;", r"\!", r"\:", r"\ ", r"\>", "&"), " "),
    **dict.fromkeys((r"\(", r"\)", r"\[", r"\]"), " "),
    **dict.fromkeys((r"\hline", r"\displaystyle", r"\nonumber", r"\notag"), " "),
    r"\therefore": "∴", r"\because": "∵", r"\checkmark": "✓", r"\infty": "∞",
}  # fmt: skip
_MACRO = re.compile(r"\\[A-Za-z]+|\\[^A-Za-z]|&")
_TEXT = re.compile(r"\\(?:text(?:rm|bf|it|sf|tt)?|mbox|intertext|mathrm|tag)\s?\{([^{}]{0,200})\}")
_LAYOUT = re.compile(
    r"\\(?:begin|end)\{(?:align|aligned|gather|gathered|equation|split|eqnarray|alignat|multline)"
    r"\*?\}"
)
_ORNAMENTS = re.compile(r"(?<=\s)[:;]-?[)(](?=\s|$)|[∎☺\U0001f600-\U0001f64f]")  # :) and the like
_DIGITS = (
    r"(?:s\.? ?f\.?|d\.? ?p\.?|sig\.? ?figs?\.?|decimals?(?: places?)?|NK|(?:Dezimal)?Stellen)"
)
_ROUNDED = re.compile(  # 7.55 (3sf), 2.6 to 1 dp
    rf"(?<=[\d)\w°%€]) ?[(\[](?:(?:correct )?to |auf )?\d ?{_DIGITS}[)\]]"
    rf"|(?<=[\d°%]) (?:correct )?(?:to|auf) \d ?{_DIGITS}(?![\w=])"
    rf"|(?:(?<=\.\d)|(?<=\.\d[°%])),? \d ?{_DIGITS}\s*\Z",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?<=\s)<--?(?=\s[^\W\d_]{2})")  # x = 2 <- check
_DEVIATION = re.compile(r"(?<![A-Za-z\\])(?:sd|SD|std)(?=\s?[=≈])")  # sd = √2
_INDEX_OF_POINT = re.compile(  # S1(3|9), beside S2(-1|1)
    r"(?<![A-Za-z\\])([SNTHWE])(?:_?\{?[1-9]\}?|[₁-₉])(?=\(\s?[-−]?\d[^()|]{0,20}\|)"
)
_CHANCE = re.compile(  # p(red) = 4/10
    r"(?<![A-Za-z\\])p(?=\s?\(\s?(?:\d\s)?[^\W\d_]{3,20}[^()=]{0,40}\)\s?[=≈])"
)
_NUMERAL = r"([-+]?[\w./π∞√]{1,12})"
_FROM_TO = re.compile(  # from 0 to 2, behind an integral or an antiderivative in brackets
    r"(?<=[∫\])])\s{0,3}\b(?:"
    rf"(?:from|between)\s{_NUMERAL}\s(?:to|and)\s{_NUMERAL}(?:\sof\b)?"
    rf"|(?:von|zwischen)\s{_NUMERAL}\s(?:bis|und)\s{_NUMERAL}(?:\svon\b)?"
    rf"|(?:de|entre)\s{_NUMERAL}\s(?:à|et|a|y)\s{_NUMERAL}(?:\sde\b)?)"
    rf"|(?<=[∫\])])\s?从?\s?{_NUMERAL}\s?到\s?{_NUMERAL}(?![\w.])\s?"
    rf"|(?<=[\])|])\s?\(\s?(?:from\s|von\s|de\s|从\s?)?{_NUMERAL}"
    rf"\s?(?:to|bis|à|a|到|\.\.)\s?{_NUMERAL}\s?\)"
    rf"|(?<=\])\s?in den Grenzen (?:von )?{_NUMERAL} (?:bis|und) {_NUMERAL}"
    rf"|(?<=\])\s?(?:entre les bornes|entre los límites|between the limits) {_NUMERAL}"
    rf" (?:et|y|and) {_NUMERAL}"
    rf"|(?<=[∫\]])\s{{0,2}}{_NUMERAL} (?:to|bis|à|hasta) {_NUMERAL}(?![\w.])"
)
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEHIND = re.compile(  # ∫(x + 2) dx from 0 to 2
    rf"∫(?!\s?[_^])([^∫=]{{1,60}}?\bd[a-z]|[^∫=]{{1,60}}?[)\s\d²³]d[a-z])\s?(?:"
    rf"(?:from|between)\s{_NUMERAL}\s(?:to|and)\s{_NUMERAL}"
    rf"|von\s{_NUMERAL}\sbis\s{_NUMERAL}|(?:de|entre)\s{_NUMERAL}\s(?:à|et|a|y)\s{_NUMERAL}"
    rf"|从\s?{_NUMERAL}\s?到\s?{_NUMERAL})(?![\w./])"
)
_INT = re.compile(
    r"(?<![A-Za-z\\])int(?![A-Za-z])(?=[^=]{1,80}(?<![A-Za-z])d[a-z](?![A-Za-z])"
    rf"|\s(?:from|von|de)\s{_NUMERAL}\s(?:to|bis|à|a)\s{_NUMERAL}\s(?:of|von|de)\s)"
)
_OF_DATA = re.compile(  # the median of 12 9 5 15 4 is 9
    r"\b(median|mean|average|range|mode|mediana|media|moda|médiane|moyenne|mittelwert|spannweite)"
    r"(\s(?:of|von|de|der|des)\s\d[\d.]{0,8}(?:[ ,;]{1,2}\d[\d.]{0,8}){2,30})"
    r"(?=\s?(?:=|:|is\b|ist\b|est\b|es\b))",
    re.IGNORECASE,
)
_HAS_COORDINATES = re.compile(  # the vertex is at (3, 2)
    r"\b(?:(?:is|lies) at|has (?:the )?coordinates|liegt bei|hat die Koordinaten"
    r"|a pour coordonnées|est en|tiene coordenadas|está en)(?=\s?\()",
    re.IGNORECASE,
)
_AT_LEAST_ONE = re.compile(  # the chance of it: at least one = 1 - (5/6)^3
    r"\b(?:at least on(?:e|ce)|mindestens ein(?:e[rns]?|mal)?|au moins une?(?: fois)?"
    r"|al menos un[oa]?(?: vez)?)(?: [a-zé]{1,12})?(?=\s?=)",
    re.IGNORECASE,
)
_ENDLESS = re.compile(  # the end of an interval, and oo/oo
    r"(?<=[\[\](,;+-])( ?)(?:infinity|infty|inf|oo|unendlich|infini|infinito)(?= ?[,;)\[\]])"
    r"|(?<![\w.])(?:oo(?!\w)|inf(?:ty|inity)?(?= ?/))|(?<=/)(?: ?)inf(?:ty|inity)?(?!\w)"
)
_ORDINAL = re.compile(  # 2e : 5 × 30 = 150, of the second share
    r"(?:\A|(?<=[;,；，]))\s{0,3}\d{1,2}(?:er|[èe]re|[èe]me|i[eè]me|nde?|e|st|rd|th|[ºª])\s?:(?=\s?[^=:]{1,40}=)"
)
_CHOSEN = re.compile(  # 2 parmi 8 = 28
    r"(?<![\w.,])(?:(?P<k>\d{1,2}) parmi (?P<n>\d{1,2})"
    r"|(?P<of>\d{1,2}) (?:choose|über|sobre) (?P<some>\d{1,2}))(?=\s?[=·×*/:+]|\s?$)"
)
_DOT_PRODUCT = re.compile(r"(?<![\w.])([a-zA-Z]\s?)\.(?=\s?[a-zA-Z]\s?[=:])")  # a.b = 8 - 3
_SHORT_BECAUSE = re.compile(  # x = 4 bc 2·4 = 8, positivo pq es 2º cuadrante
    r"(?<=[\d)] )b/?c(?= [\w(-][^=]{0,60}=)|(?<=\s)(?:[px]q|porq|pcq|cuz|coz|bcz)(?=\s[^\W\d_]{2})"
)
_NUMBER_OF_STEP = re.compile(  # 2 of "nach 2. Senkung 68·0.9" and of "第2次降价"
    r"(?:\A|\b(?:nach|vor|bei|beim|im|in|am|zum|zur|der|die|das|den|dem|des)\s)\s?"
    r"(?P<german>\d{1,2}\.)(?=\s?[A-ZÄÖÜ][a-zäöüß]{2})"
    r"|第(?P<chinese>\d)(?=[次步天年个])"
)
_IN_UNIT = re.compile(  # Erhöhung in € = 150, Preis [€]: 480, mass (in kg) = 3
    r"(?<=[^\W\d_]{3}) (?:in (?:€|\$|£|Euro|cm|mm|km|kg|min|Stunden|hours|metres|meters)"
    r"|\[(?:€|\$|£|k?m|cm|k?g|h|min|s|l)\]|\(in (?:€|\$|£|Euro|k?m|cm|k?g|h|min|s|l)\))(?=\s?[=:≈])"
)
# The sides by their usual names in formulas: sin A = opp/hyp.
_LEADER = re.compile(  # 3 kg ------ 7.50 €
    r"(?:(?<=[€$£%])|(?<=[^\W\d_]{2}))\s{0,2}(?:-{3,12}>?|(?<=\s)--(?=\s)|[._]{4,20}|(?<=\s)(?:\.{2,3}|…)(?=\s))(?=\s{0,2}[€$£]?\d)"
)
_OF_ONE = re.compile(  # the unit in cost of 1 kg of mixture = …, price per kg = …
    r"(?<=[^\W\d_]{3})\s(?:per|of|for|pro|von|für|par|por|de|d'|le|el)\s?"
    r"(?:(?:1|one|an?|einem|ein|une?)\s)?"
    r"(?:kg|kilo(?:gramm?e?|gramo)?s?|lit(?:re|er|ro)s?|km|m²|hours?|stunde|heure|hora)"
    r"(?=(?:\s[^\W\d_]{1,15}){0,4}\s?=\s?[(\d])",
    re.IGNORECASE,
)
_BOTH = re.compile(r"(?<=[a-z]₁)[,;](?=₂)")  # x₁,₂
_COSTS = re.compile(r"(?<=[\d ]%)( ?)≙(?=[^%°≙]{1,60}(?:€|Euro|EUR))")  # 1% ≙ 544 : 85 = 6.40 €
_ONLY = re.compile(  # x = 6 ist die einzige Lösung
    r"\b(?:einzige|seule|única)(?= (?:lösung|solution|solución)\b)"
    r"|(?:唯一的?|[只仅]有一个)(?=\s?(?:实数)?[解根])",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(r"(?<=[\d)A-Za-z])(?<![A-Za-z]{3}) (?:squared|cubed)(?![A-Za-z])")
_OPERATIONS = {
    "*": ("times", "multipl", "mal"),
    ":": ("divid", "geteilt"),
    "+": ("add", "plus"),
    "-": ("minus", "subtract", "take"),
}
_OPERATION = re.compile(  # what is done to both sides, behind a gap
    r"(?<=\S)(?P<gap>\s{2,9})(?P<word>times|multipl(?:y|ied)(?: both sides)? by|mal"
    r"|divided?(?: both sides)? by|geteilt durch|add|plus|minus|subtract|take away)\s"
    r"(?P<term>[\w./√π]{1,12})(?: (?:on|to|from) both sides)?\s?$",
    re.IGNORECASE,
)
_TAKE_FROM = re.compile(  # take 4 from both sides
    r"\btake(?=(?: away)? [\w./]{1,12} (?:away )?(?:from|off) (?:both|each|the) )", re.IGNORECASE
)
_NO_FUNCTION = r"(?!(?:sin|cos|tan|sqrt|log|lim|int|exp|min|max|abs)\b)"
_IN_NAMES = re.compile(  # the words of V = base × height = 36·10
    rf"(?<![^\W_])([A-Za-z]\s?)=\s?{_NO_FUNCTION}[^\W\d_]{{3,20}}\s?"
    rf"(?:[-+×*·⋅/÷:]\s?(?:{_NO_FUNCTION}[^\W\d_]{{3,20}}|\d{{1,3}})\s?){{1,3}}(?==\s?[-(]{{0,2}}\d)"
)
_KINETIC = re.compile(r"(?<![A-Za-z_\\])E(?:k|kin|c)(?![A-Za-z_\d(])")  # Ek = 1/2 m v^2
_SIDE = re.compile(r"(?<![A-Za-z_])(?:opp|adj|hyp)(?![A-Za-z])")
_SIDES = {"opp": "o_p", "adj": "a_d", "hyp": "h_y"}
_BLOCK = re.compile(r"(?:\\left\s?\\?[\[({|.]\s?)?\\begin\{([a-zA-Z]{1,12}\*?)\}")
_RIGHT = re.compile(r"\s?\\right\s?\\?[\])}|.]")
_DOLLARS = re.compile(r"\$\$?([^$]{1,400})\$\$?")
_DOT_OF_NAME = re.compile(r"(?<=[^\W\d_]{2})\.(?=\s?[=:≈])")  # moy. = 60/5
_MONEY = re.compile(r"\s?\d[\d.,]*\s?[-+*/=×·]?\s?\Z")


def fold_line(line: str) -> str:
    """Full-width signs as ASCII and words of LaTeX as signs; what only sets them as blanks."""
    line = line[:MAX_CHARACTERS].replace("：=", "；=")  # goes on, and defines nothing
    text = with_currency_signs(line.translate(_SAME_LENGTH))
    if "\\" in text or "&" in text:
        text = _TEXT.sub(_without_command, _LAYOUT.sub(_blanked, text))
        pieces: list[str] = []
        position = 0
        for start, end in find_blocks(text):
            pieces += [_MACRO.sub(_folded, text[position:start]), text[start:end]]
            position = end
        text = "".join([*pieces, _MACRO.sub(_folded, text[position:])])
    text = _DOT_OF_NAME.sub(" ", text)
    text = _ROUNDED.sub(_blanked, _ORNAMENTS.sub(_blanked, text))
    text = _HAS_COORDINATES.sub(lambda match: "is".ljust(len(match[0])), text)
    text = _POINTS_BACK.sub(lambda match: ";".ljust(len(match[0])), text)
    text = _DEVIATION.sub(lambda match: "σ".ljust(len(match[0])), text)
    text = _INDEX_OF_POINT.sub(lambda match: match[1].rjust(len(match[0])), text)
    text = _CHANCE.sub("P", text).replace("lím", "lim")
    text = _FROM_TO.sub(_as_bounds, _INT.sub("∫  ", text))
    text = _AT_LEAST_ONE.sub(lambda match: "P".ljust(len(match[0])), text)
    text = _OF_DATA.sub(lambda match: match[1] + " " * len(match[2]), text)
    text = _BEHIND.sub(_with_bounds, text)
    text = _IN_UNIT.sub(_blanked, _NUMBER_OF_STEP.sub(_without_number, text))
    text = _SHORT_BECAUSE.sub(lambda match: "∵".ljust(len(match[0])), text)
    text = _ONLY.sub(lambda match: "only"[: len(match[0])].ljust(len(match[0])), text)
    text = _CHOSEN.sub(_as_choices, _ORDINAL.sub(_blanked, text))
    text = _DOT_PRODUCT.sub(r"\1·", _ENDLESS.sub(_as_infinity, text))
    text = _LEADER.sub(lambda match: " ->".ljust(len(match[0])), text)
    text = _OF_ONE.sub(_blanked, _BOTH.sub("/", text))
    text = _COSTS.sub(r"\1=", text)
    text = _TAKE_FROM.sub("less", text)
    text = _IN_NAMES.sub(lambda match: match[1].ljust(len(match[0])), text)
    text = _KINETIC.sub(lambda match: "K".ljust(len(match[0])), text)
    text = _SIDE.sub(lambda match: _SIDES[match[0]], text)
    text = _OPERATION.sub(_behind_bar, _IN_WORDS.sub(_as_power, text))
    if text.count("$") > 1:
        text = _DOLLARS.sub(_without_dollars, text)
    return text


def _as_bounds(match: re.Match[str]) -> str:
    """_{0}^{2} for from 0 to 2."""
    low, high = filter(None, match.groups())
    bounds = f"_{{{low}}}^{{{high}}}"
    if len(bounds) > len(match[0]):  # ∫0 to 2
        bounds = f"_{_as_bound(low)}^{_as_bound(high)}"
    if len(bounds) > len(match[0]) and (low + high).isdigit():  # ∫0到2
        bounds = low.translate(_LOWERED) + high.translate(_RAISED)
    return bounds.ljust(len(match[0])) if len(bounds) <= len(match[0]) else match[0]


def _as_bound(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _with_bounds(match: re.Match[str]) -> str:
    """∫_{0}^{2}(x + 2) dx for ∫(x + 2) dx from 0 to 2."""
    body, low, high = filter(None, match.groups())
    return f"∫_{{{low}}}^{{{high}}}{body}".ljust(len(match[0]))


def _as_power(match: re.Match[str]) -> str:
    """r^{  2  } for r squared"""
    exponent = "2" if "squared" in match[0] else "3"
    return "^{" + exponent.center(len(match[0]) - 3) + "}"


def _behind_bar(match: re.Match[str]) -> str:
    """3x = 15 |:3 for 3x = 15   divide by 3"""
    word = match["word"].split()[0].lower()
    sign = next(sign for sign, words in _OPERATIONS.items() if word.startswith(words))
    return f"{match['gap']}|{sign}{match['term']}".ljust(len(match[0]))


def _as_choices(match: re.Match[str]) -> str:
    """8C2 for 2 parmi 8, and for 8 over 2 in words."""
    return f"{match['n'] or match['of']}C{match['k'] or match['some']}".ljust(len(match[0]))


def _as_infinity(match: re.Match[str]) -> str:
    return f"{match[1] or ''}∞".ljust(len(match[0]))


def _without_number(match: re.Match[str]) -> str:
    number = match["german"] or match["chinese"]
    return match[0].replace(number, " " * len(number) if match["german"] else "几")


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_command(match: re.Match[str]) -> str:
    content = f"({match[1]})" if match[0].startswith(r"\tag") else f"{match[1]} "
    return content.rjust(len(match[0]))


def _folded(macro: re.Match[str]) -> str:
    folded = _MACROS.get(macro[0])
    return macro[0] if folded is None else folded.ljust(len(macro[0]))


def _without_dollars(match: re.Match[str]) -> str:
    """$x = 2$ is a formula, $3 + $4 are amounts of money."""
    return match[0] if _MONEY.match(match[1]) else match[0].replace("$", " ")


def find_blocks(text: str) -> list[tuple[int, int]]:
    r"""Where the matrices and systems between \begin and \end start and end."""
    blocks: list[tuple[int, int]] = []
    position = 0
    while "\\begin" in text and (opening := _BLOCK.search(text, position)):
        closing = f"\\end{{{opening[1]}}}"
        at = text.find(closing, opening.end())
        position = len(text) if at < 0 else at + len(closing)
        if text.startswith("\\left", opening.start()) and (right := _RIGHT.match(text, position)):
            position = right.end()
        blocks.append((opening.start(), position))
    return blocks
