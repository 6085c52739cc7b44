"""The final answer in what a model, or a student who explains a lot, wrote."""

from __future__ import annotations

import re

from tutor.grading.boxes import Box, find_boxes

MAX_COMPLETION = 20_000  # characters after the thoughts; a longer text is cut at its beginning
MAX_SENTENCES = 4_000  # characters in which an answer without a box is looked for
_BLANKS = re.compile(r"(\s)\1{2,}")
_SPECIAL = re.compile(r"<\|[^|<>]{1,30}\|>.*\Z", re.DOTALL)
_HASHES = re.compile(r"####\s*(.+)")
_ANNOUNCED = re.compile(
    r"(?:(?<!our )answers?\s*(?:is|are|:|：|\*\*:?)|(?:option|choice)\s+is"
    r"|(?:solutions?|roots)\s*(?:is|are|:)|答案\s*(?:是|为|：|:|】)|答\s*(?:：|:)|故选|应选"
    r"|选择?\s*(?=[A-H]\b)|结果(?:是|为))"
    r"\s*[:：]*\s*\**\s*(?!correct\b|right\b|wrong\b|incorrect\b|not\b)",
    re.IGNORECASE,
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
    r"\$\$(.{1,500}?)\$\$|(?<!\\)\$((?:[^$\\]|\\.){1,500}?)\$|\\\((.{1,500}?)\\\)|\\\[(.{1,500}?)\\\]",
    re.DOTALL,
)
_CONNECTOR = re.compile(r"\band\b|\bor\b|[,;、，；和或与及+]")
_CONTRADICTED = re.compile(
    r"\b(?:is|was|are|not|wrong|so|but|answer|then|wait|no)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![A-Za-z\d_.^\\{\[])[-−]?(?:[$€£¥]\s?)?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*/\s*\d+)?(?:e[+-]?\d+)?"
    r"\s*(?:%|°|percent\b|\^\{?\d+\}?|[A-Za-z\u4e00-\u9fff]+[²³]?)?"
)
_EQUATION = re.compile(r"(?:^|[^\w$\\{])([A-Za-z]\s*=\s*[^\s,.;，。$]+)\s*$")
_PROSE = re.compile(r"[A-Za-z]{2}|[\u4e00-\u9fff$]|\\[(\[]|\n|\*\*|`")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_LEADING = re.compile(
    r"^(?:the|is|are|was|因此|所以|故|即|为|是|value|of|so|thus|therefore|hence|[,:，：])\s*",
    re.IGNORECASE,
)


def without_thoughts(text: str) -> str:
    """What follows the last </think>, without an unfinished thought after it."""
    answer = text.rpartition("</think>")[2].partition("<think>")[0]
    return _SPECIAL.sub("", _BLANKS.sub(r"\1\1", answer)).strip()


def candidates(text: str, *, percent: bool = False) -> list[str]:
    """What may be the final answer, the likeliest first; the first that reads as one counts.

    percent: the word after a box belongs to the answer.
    """
    text = without_thoughts(text)[-MAX_COMPLETION:]
    boxes = find_boxes(text)
    group = _last_group(boxes, text)
    said = _last_announcement(text)
    if group and (said is None or said <= group[-1].end):
        return [_joined(group) + (_percent(text[group[-1].end :]) if percent else "")]
    if said is not None and (found := _announced(text[said:])):
        return found
    if group:
        return [_joined(group)]
    if hashes := _HASHES.findall(text):
        return [hashes[-1].strip()]
    return _unannounced(text)


def _last_group(boxes: list[Box], text: str) -> list[Box]:
    """The last box, with those that a mere "and" or comma joins to it."""
    group = boxes[-1:]
    for box in reversed(boxes[:-1]):
        between = text[box.end : group[0].start]
        if not _joins(between):
            break
        group.insert(0, box)
    # Models like to say the same box twice, in a sentence and then alone.
    return group


def _joins(between: str) -> bool:
    if len(between) > 80 or "\n\n" in between or _CONTRADICTED.search(between):
        return False
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\[a-z]+", "", between))
    plain = re.sub(r"[\s$.]|\\[()\[\]]", "", between)
    if re.search(r"[.!?。]\s*(?:\w|$)", between) and plain:
        return False
    return not plain or bool(_CONNECTOR.search(between) and len(words) <= 6)


def _joined(group: list[Box]) -> str:
    contents = list(dict.fromkeys(box.content for box in group))
    return ", ".join(contents)


def _percent(after: str) -> str:
    """A box of 20, followed by "percent"."""
    return r"\%" if re.match(r"[\s$)\\]*(?:percent\b|per cent\b|%)", after) else ""


def _last_announcement(text: str) -> int | None:
    found = [announcement.end() for announcement in _ANNOUNCED.finditer(text)]
    return found[-1] if found else None


def _announced(rest: str) -> list[str]:
    """What follows "the answer is": a formula, or the sentence."""
    rest = _REMARK.sub("", rest[:MAX_SENTENCES])
    boxes = find_boxes(rest)
    if boxes and boxes[0].start < 60:
        return [_joined(_last_group(boxes[:1], rest))]
    sentence = _SENTENCE.split(rest, maxsplit=1)[0].strip() or rest.strip()
    sentence = re.split(
        r",?\s+(?:not|instead of|rather than|but not)\s|，?不是|，?而不是", sentence
    )[0]
    if not sentence:
        return []
    choice = re.match(r"\(?[A-H]\)?(?=[\s.,，。)]|$)", sentence)
    found = [choice[0]] if choice else []
    whole = _LEADING.sub("", sentence)
    if _mostly_formula(sentence) or not _formulas(sentence):
        found.append(whole)
    return [*found, *_last_said(sentence), whole]


def _mostly_formula(sentence: str) -> bool:
    """$5$ cm, 3 and $x$: the words around the formula belong to it."""
    return not re.search(r"[A-Za-z]{2,}\s", re.sub(r"\b(?:and|or)\b", "", _MATH.sub("", sentence)))


def _formulas(text: str) -> list[str]:
    return [next(part for part in found if part) for found in _MATH.findall(text)]


def _last_said(sentence: str) -> list[str]:
    """The last formula or number of a sentence, whichever comes later."""
    formulas = list(_MATH.finditer(sentence))
    end = formulas[-1].end() if formulas else 0
    numbers = [number[0].strip() for number in _NUMBER.finditer(sentence, end)]
    if numbers and not (formulas and re.match(r"\s*[.,;]?\s*$", sentence[end:])):
        return [numbers[-1], _bare(numbers[-1])]
    return [*_listed(sentence, _formulas(sentence)), *_formulas(sentence)[-1:]]


def _unannounced(text: str) -> list[str]:
    """No box and no "answer is": the whole, its last formula, its last number."""
    text = _REMARK.sub("", text[-MAX_SENTENCES:]).strip()
    found = [text.lstrip("= ")] if len(text) < 300 else []
    if found and not _PROSE.search(_COMMAND.sub("", text)):
        return found  # one formula: its last number is not the answer
    sentences = [part for part in _SENTENCE.split(text) if part and part.strip()]
    for sentence in sentences[::-1][:3]:
        if equation := _EQUATION.search(sentence):
            return [*found, equation[1]]
        if said := _last_said(sentence):
            return [*found, *said]
    return found


def _bare(number: str) -> str:
    """Without the word after it."""
    return re.sub(r"(?<=\d)\s*[A-Za-z\u4e00-\u9fff].*$", "", number)


def _listed(sentence: str, formulas: list[str]) -> list[str]:
    """$x=2$ and $x=4$: formulas that only "and" stands between."""
    parts = _MATH.split(sentence)
    between = [part for part in parts[5:-1:5] if part]
    if len(formulas) > 1 and between and all(_joins(part) for part in between):
        return [", ".join(formulas)]
    return []
