"""Finds the final answer in the text of a model, or of a student who explains a lot."""

from __future__ import annotations

import re

from tutor.grading.answer_key import Kind
from tutor.grading.parsing.boxes import Box, find_boxes
from tutor.grading.parsing.natural.english import NUMBER_WORDS

MAX_COMPLETION = 20_000  # characters after the thoughts; of a longer text the end counts
MAX_SENTENCES = 4_000  # characters that are searched for an answer without a box
_BLANKS = re.compile(r"(\s)\1{2,}")
_SPECIAL = re.compile(r"<\|[^|<>]{1,30}\|>.*\Z", re.DOTALL)
_HASHES = re.compile(r"####\s*(.+)")
_ANNOUNCED = re.compile(
    r"(?:(?<!our )answers?\s*(?:is|are|:|：|\*\*:?)|(?:option|choice)\s+is"
    r"|(?:option|choice)\s+(?=\(?[A-H]\)?\s+is\s+(?:the\s+)?(?:correct|right)\b)"
    r"|(?:solutions?|roots)\s*(?:is|are|:)|答案\s*(?:是|为|：|:|】)|答\s*(?:：|:)|故选|应选"
    r"|选择?\s*(?=[A-H]\b)|结果(?:是|为))"
    r"\s*[:：]*\s*\**\s*(?!\s*\**\s*(?:correct|right|wrong|incorrect|not)\b)",
    re.IGNORECASE,
)
_ANNOUNCING = ("answer", "option", "choice", "solution", "roots", "答", "选", "结果")
_ASIDE = re.compile(
    r"(?:,|(?<!\s))\s++(?:not|instead of|rather than|but not|\(?(?:since|because))\s"
    r"|，?不是|，?而不是"
)
_NOT = re.compile(
    r"\A[\s$)\\]*+(?:,\s*+)?(?:(?:and|but)\s*+)?(?:not|instead of|rather than)[\s$(\\]*\Z"
)
_REMARK = re.compile(
    r"(?:I hope it is correct|\bNote\b|\[Note|注意|检验|\bCheck(?:ed)?\b|\bWait\b|This is\b)"
    r".*\Z",
    re.DOTALL,
)
_SENTENCE = re.compile(
    r"(?<=[^\d\s.\\])[.!?](?=\$*(?:\s|$))|(?<=\d)\.(?=\s|$)|[。！？]|\n\s*\n|\n(?=[A-Z*#-])"
)
_MATH = re.compile(
    r"\$\$(.{1,500}?)\$\$|(?<!\\)\$((?:[^$\\]|\\.){1,500}?)\$"
    r"|\\\(((?:[^\\]|\\[^()]){1,500}?)\\\)|\\\[((?:[^\\]|\\[^\[\]]){1,500}?)\\\]",
    re.DOTALL,
)
_CONNECTOR = re.compile(r"\band\b|\bor\b|[,;、，；和或与及+]")
_CONTRADICTED = re.compile(
    r"\b(?:is|was|are|not|wrong|so|hence|thus|therefore|gives|but|answer|then|wait|no)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.^\\{\[])[-−]?(?:[$€£¥]\s?)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*/\s*\d+)?(?:e[+-]?\d+)?"
    r"\s*(?:%|°|percent\b|\^\{?\d+\}?|[A-Za-z\u4e00-\u9fff]+"
    r"(?:[²³]|\^\{?-?\d\}?)?(?:/[A-Za-z]+(?:[²³]|\^\{?\d\}?)?)?)?"
)
_EQUATION = re.compile(r"(?:^|[^\w$\\{])([A-Za-z]\s*=\s*[^\s,.;，。$]+)(?<!\\[\])])\s*$")
_PROSE = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff$]|\\[(\[]|\n|\*\*|`")
_BOLD = re.compile(r"(?<![\w)\]}*])\*\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*\*(?![\w(*])")
_DISPLAYED = re.compile(
    r"(\\\[|\\\(|\$\$)((?:(?!(?<!\\)\\[\[(]).){1,500}?)(\\\]|\\\)|\$\$)", re.DOTALL
)
_STOPS = ".,;"
_FULL_STOP = re.compile(r"(?<!\\)(?<!\\right)(?<!\\left)(?:(?<!\s)\s++)?([.,;])$")
# Up to the last word before the formula that ends a sentence: "so" in "so x = 2 or x = 3".
_LAST_WORD = re.compile(
    r"\A.*(?:(?<![\\A-Za-z])(?!(?:and|or|sin|cos|tan|cot|sec|csc|ln|log|lg|exp|sqrt|arc\w+|max|min)\b)"
    r"[A-Za-z]{2,}(?![A-Za-z(])|[\u4e00-\u9fff](?<![或且和]))[\s,:，：]*",
    re.DOTALL,
)
_COMPARED = re.compile(r"[^\s=<>≤≥]\s*(?:=|<|>|≤|≥|≠|\\[gl]eq?\b)")
_DENIED = re.compile(r"\b(?:is|are|was|were) not\b|n't\b|不是|不等于|不为")
_SAYS_WHICH = re.compile(
    r"[\s$)\]]*+(?:[,;，]\s*+)?(?:(?:and|while|，?而|，?且)\s*+)?(?:the\s++)?[a-z]*\s*+"
    r"(?:max|min|larg|small|great|least|low|high|first|second|other|third|last)[a-z]*"
    r"(?:\s++(?:value|solution|root|number|one|term))?(?:\s*+(?:is|are|at|of|:|=))?[\s$(\[\\]*+",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![A-Za-z\d)_^\\}])([A-Za-z](?:_\{?\w\}?)?)\s*=\s*\Z")
_UNIT_AFTER = re.compile(
    r"(?:[\s$]|\\[)\],;: ])*"
    r"(\\(?:text|mathrm)\s*\{[^{}]{1,30}\}(?:\^\{?\d\}?)?|[A-Za-z°\u4e00-\u9fff][\w/^²³°-]*)"
)
_BRACKETED = (Kind.TUPLE, Kind.SET, Kind.INTERVAL)
_STATED = (None, *_BRACKETED, Kind.LIST, Kind.EQUATION, Kind.INEQUALITY)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_LEADING = re.compile(
    r"^(?:the|is|are|was|因此|所以|故|即|为|是|value|of|all(?=\s+[A-Za-z]\b)|so|thus|therefore|hence|[,:，：])\s*",
    re.IGNORECASE,
)


def without_thoughts(text: str) -> str:
    """The text after the last </think>, without an unfinished thought."""
    answer = text.rpartition("</think>")[2].partition("<think>")[0]
    answer = _BLANKS.sub(lambda blanks: 2 * blanks[1], answer)
    return (_SPECIAL.sub("", answer) if "<|" in answer else answer).strip()


def answer_candidates(
    text: str, *, percent: bool = False, kind: Kind | None = None, with_unit: bool = False
) -> list[str]:
    """Texts that may be the final answer, the likeliest first.

    percent: a percent sign or word after a box belongs to the answer.
    kind: of the key; an answer with several parts may be spread over several formulas.
    with_unit: the word after a formula may be its unit.
    """
    several = kind in (Kind.TUPLE, Kind.LIST, Kind.SET)
    text = _tidy(without_thoughts(text)[-MAX_COMPLETION:])
    boxes = find_boxes(text)
    group = _last_group(boxes, text, several)
    announced_at = _last_announcement(text)
    if group and (announced_at is None or announced_at <= group[-1].end):
        after = text[group[-1].end :]
        answer = _joined(group, text) + _number_word(after) + (_percent(after) if percent else "")
        return [*_with_unit(answer, after), answer] if with_unit else [answer]
    if announced_at is not None and (candidates := _announced(text[announced_at:], several)):
        return candidates
    if group:
        return [_joined(group, text)]
    if hashes := _HASHES.findall(text):
        return [hashes[-1].strip()]
    candidates = _unannounced(text, kind, several)
    return [*_last_with_unit(text, candidates), *candidates] if with_unit else candidates


def _last_with_unit(text: str, candidates: list[str]) -> list[str]:
    """The last formula with the unit that follows it, where the formula may be the answer."""
    formulas = list(_MATH.finditer(text))
    if not formulas or _formulas(text)[-1] not in candidates:
        return []
    return _with_unit(_formulas(text)[-1], text[formulas[-1].end() :])


def without_formula_signs(answer: str) -> str:
    r"""The answer without dollar signs as in $5$ cm, or brackets as in \[ 5 \]."""
    formulas = list(_MATH.finditer(answer))
    if not formulas:
        return answer
    pieces, end = [], 0
    for formula in formulas:
        pieces.append(_as_text(answer[end : formula.start()]))
        pieces.append(next(part for part in formula.groups() if part).strip())
        end = formula.end()
    return "".join([*pieces, _as_text(answer[end:].rstrip(" .,;。"))]).strip()


def _as_text(words: str) -> str:
    return rf"\text{{{words}}}" if re.search(r"\w", words) and "\\" not in words else words


def _tidy(text: str) -> str:
    """Without bold type, and with a full stop after a displayed formula instead of in it."""

    def moved(formula: re.Match[str]) -> str:
        inner = " ".join(formula[2].split())
        stop = _FULL_STOP.search(inner) if inner[-1:] in _STOPS else None
        inner = inner[: stop.start()] if stop else inner
        return formula[1] + inner + formula[3] + (stop[1] if stop else "")

    text = _BOLD.sub(r"\1", text) if "**" in text else text
    return _DISPLAYED.sub(moved, text)


def _with_unit(answer: str, after: str) -> list[str]:
    """The answer with the unit that follows it, as "cm" after a formula of 5."""
    unit = _UNIT_AFTER.match(after)
    return [f"{answer} {unit[1]}"] if unit else []


def _last_group(boxes: list[Box], text: str, several: bool = False) -> list[Box]:
    """The last box, and those before it that only "and" or a comma separates."""
    while len(boxes) > 1 and _NOT.search(text[boxes[-2].end : boxes[-1].start]):
        boxes = boxes[:-1]
    group = boxes[-1:]
    for box in reversed(boxes[:-1]):
        between = text[box.end : group[0].start]
        if not _joins(between, several):
            break
        group.insert(0, box)
    # Models like to write the same box twice, in a sentence and then alone.
    return group


def _joins(between: str, several: bool = False) -> bool:
    if several and _SAYS_WHICH.fullmatch(between):
        return True
    if len(between) > 80 or "\n\n" in between or _CONTRADICTED.search(between):
        return False
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\[a-z]+", "", between))
    plain = re.sub(r"[\s$.]|\\[()\[\]]", "", between)
    if re.search(r"[.!?。]\s*(?:\w|$)", between) and plain:
        return False
    return not plain or bool(_CONNECTOR.search(between) and len(words) <= 6)


def _joined(group: list[Box], text: str) -> str:
    if len(group) > 1:
        starts = [0, *(box.end for box in group)]
        names = [
            _NAME.search(text[start : box.start]) for start, box in zip(starts, group, strict=False)
        ]
        if all(names):
            pairs = zip(names, group, strict=True)
            return ", ".join(f"{name[1]} = {box.content}" for name, box in pairs if name)
    contents = list(dict.fromkeys(box.content for box in group))
    return ", ".join(contents)


def _percent(after: str) -> str:
    """A percent sign if "percent" follows a box of 20."""
    return r"\%" if re.match(r"[\s$)\\]*(?:percent\b|per cent\b|%)", after) else ""


def _number_word(after: str) -> str:
    """The number word that follows a box, as "million" after 20."""
    word = re.match(r"[\s$)\\]*([A-Za-z]+)", after)
    return rf"\text{{ {word[1]}}}" if word and word[1] in NUMBER_WORDS else ""


def _last_announcement(text: str) -> int | None:
    if not any(word in text.lower() for word in _ANNOUNCING):
        return None
    ends = [announcement.end() for announcement in _ANNOUNCED.finditer(text)]
    return ends[-1] if ends else None


def _announced(rest: str, several: bool) -> list[str]:
    """Candidates after "the answer is": a formula, or the sentence."""
    rest = _REMARK.sub("", rest[:MAX_SENTENCES])
    boxes = find_boxes(rest)
    if boxes and boxes[0].start < 60:
        return [_joined(boxes[:1], rest) + _number_word(rest[boxes[0].end :])]
    sentence = _SENTENCE.split(rest, maxsplit=1)[0].strip() or rest.strip()
    sentence = _ASIDE.split(sentence)[0]
    if not sentence:
        return []
    choice = re.match(r"\(?[A-H]\)?(?=[\s.,，。)]|$)", sentence)
    candidates = [choice[0]] if choice else []
    whole = _LEADING.sub("", sentence)
    if _mostly_formula(sentence) or not _formulas(sentence):
        candidates.append(whole)
    return [*candidates, *_last_value(sentence, several), whole]


def _mostly_formula(sentence: str) -> bool:
    """Whether the words around a formula belong to it: $5$ cm, 3 and $x$."""
    return not re.search(r"[A-Za-z]{2}\s", re.sub(r"\b(?:and|or)\b", "", _MATH.sub("", sentence)))


def _formulas(text: str) -> list[str]:
    return [next(part for part in groups if part) for groups in _MATH.findall(text)]


def _last_value(sentence: str, several: bool) -> list[str]:
    """The last formula or number of a sentence, whichever comes later."""
    formulas = list(_MATH.finditer(sentence))
    end = formulas[-1].end() if formulas else 0
    numbers = [number[0].strip() for number in _NUMBER.finditer(sentence, end)]
    if numbers and not (formulas and re.match(r"\s*+(?:[.,;]\s*+)?$", sentence[end:])):
        return [numbers[-1], _without_word(numbers[-1])]
    return [*_listed(sentence, _formulas(sentence), several), *_formulas(sentence)[-1:]]


def _unannounced(text: str, kind: Kind | None, several: bool) -> list[str]:
    """Candidates without a box or "answer is": the whole, its last formula, its last number."""
    text = _REMARK.sub("", text[-MAX_SENTENCES:]).strip()
    candidates = [text.lstrip("= ")] if len(text) < 300 else []
    if candidates and not _PROSE.search(_COMMAND.sub("", text)):
        return candidates  # the whole is one formula
    sentences = [part for part in _SENTENCE.split(text) if part and part.strip()]
    for part in sentences[::-1][:3]:
        sentence = _ASIDE.split(part)[0]
        if _DENIED.search(sentence):
            continue
        if formula := _last_formula(sentence, kind, several):
            return [*candidates, formula, *_last_value(sentence, several)]
        if equation := _EQUATION.search(sentence):
            return [*candidates, equation[1]]
        if mentioned := _last_value(sentence, several):
            return [*candidates, *mentioned]
    return candidates


def _last_formula(sentence: str, kind: Kind | None, several: bool) -> str:
    """A formula at the end of a sentence, without formula signs, such as x > 1."""
    if _MATH.search(sentence) or "$" in sentence:
        return ""
    formula = _LAST_WORD.sub("", sentence).strip()
    if kind in _BRACKETED and re.fullmatch(r"[(\[{][^,\n]*+,.*[)\]}]", formula):
        return formula
    if not several and "{" not in formula:
        formula = re.split(r"[,，;；]\s", formula)[-1].strip()
    if not _COMPARED.search(formula):
        return ""
    is_value = kind not in _STATED and not re.search(r"[<>≤≥≠\\]|\bor\b|或", formula)
    return formula.rpartition("=")[2].strip() if is_value else formula


def _without_word(number: str) -> str:
    """The number without the word after it."""
    return re.sub(r"(?<=\d)\s*[A-Za-z\u4e00-\u9fff].*$", "", number)


def _listed(sentence: str, formulas: list[str], several: bool) -> list[str]:
    """The formulas as one list if only "and" separates them, as in $x=2$ and $x=4$."""
    parts = _MATH.split(sentence)
    between = [part for part in parts[5:-1:5] if part]
    if len(formulas) > 1 and between and all(_joins(part, several) for part in between):
        return [", ".join(formulas)]
    return []
