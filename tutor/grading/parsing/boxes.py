r"""Finds \boxed{…} in a text, and takes an answer out of what is written around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tutor.grading.parsing.natural.labels import LABEL

MAX_BOXES = 40  # the last ones count
MAX_CONTENT = 4_000  # characters
_BOX = re.compile(r"\\f?box(?:ed)?\s*")
_WRAPPERS = {  # by their first character
    "$": [("$$", "$$"), ("$", "$")],
    "\\": [(r"\(", r"\)"), (r"\[", r"\]")],
    "*": [("**", "**")],
    "`": [("`", "`")],
    '"': [('"', '"')],
}
_DECORATION = re.compile(r"(?<!\s)\s*+(?:[✓✔☑✅👍🙂😀😊]\ufe0f?|(?<= )[:;]-?[)D])?+\s*+\Z")
_ENDS_DECORATION = "✓✔☑✅👍🙂😀😊\ufe0f)D"
_LABEL = re.compile(
    r"^(?:(?:(?:the|my|final|die|das|meine?|la|le|ma|el|mi) ){0,2}"
    r"(?:answer|ans|result|antwort|lösung|ergebnis|réponse|rép|résultat|respuesta|resultado"
    r"|solution|sol|solución|soluzione|risposta|risultato|resposta|solução|svar|resultat|antwoord"
    r"|odpowiedź|odp|wynik|ответ|vastaus|cevap)\.?"
    r"(?:\s(?:is|are|equals|ist|sind|lautet|est|es|=))?(?=[\s:])|答案|答|结果"
    rf"|{LABEL}"
    r"|(?:(?:so|and|i think|i guess) ){0,2}(?:(?:it|there|that)(?:'?s| is| are| equals| would be)"
    r"|this is|das (?:ist|sind|macht|ergibt)|es (?:ist|sind)|ich habe|ça fait|cela fait|c'est"
    r"|on trouve|je trouve|me da)(?= ?[-+\d(√$€£]| ?\\(?:frac|sqrt))"
    r"|解[:：]|[A-Za-z]\s?的?值\s?[是为]|[\u4e00-\u9fff]{1,8}(?<!不)[是为](?=\s?[-+\d(√$])"
    r"|(?:the )?(?:vertex|turning point|intersection|point|centre|center|scheitelpunkt|schnittpunkt"
    r"|sommet|vértice) (?:(?:is|lies|liegt) )?(?:at|bei|en) (?=[a-z] ?=|\()"
    r"|(?:所以|因此|于是|故|解)?(?:得到?|可得|解得)[:：]?(?=\s?[-+\d(（\[{\\A-Za-zａ-ｚ０-９])"
    r"|(?:son|hay|es gibt|il y a)(?=\s\d)"
    r"|(?:so|therefore|hence|thus|i get|we get|i got|also|daher|folglich|donc|ainsi|luego|entonces"
    r"|por tanto|quindi|dunque|logo|portanto)(?=,? (?:[-+\d(\[{]|\\|[A-Za-z] ?(?:=|<|>)))"
    r"|=(?![=>])|∴|⇒|⟹|\\to(?![a-z])|\\therefore|\\Rightarrow)"
    r",?\s*+[:：是为]?\s*",
    re.IGNORECASE,
)
_FORMULA_AND_WORDS = re.compile(r"\$[^$]+\$\s*[A-Za-z%][A-Za-z ]*")
# \text{18 km/h}: a value whose number stands in upright or bold letters with its unit.
_WHOLE_TEXT = re.compile(
    r"\\(?:text(?:bf|rm|it|sf)?|mathrm|mathbf|mbox)\s?\{\s?((?:[-+−]\s?)?(?:\\?[$€£¥]\s?)?\d[^{}]{0,80})\}"
)
_WHOLE_BOX = re.compile(r"\\(?:boxed|fbox)\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")


@dataclass(frozen=True, slots=True)
class Box:
    content: str
    start: int
    end: int


def find_boxes(text: str) -> list[Box]:
    r"""Every outermost \boxed{…} or \fbox{…}, also `\boxed 7`.

    A box that never closes runs to the end of its formula.
    """
    if "box" not in text:
        return []
    boxes: list[Box] = []
    starts = [opening.start() for opening in _BOX.finditer(text)][-MAX_BOXES:]
    position = starts[0] if starts else len(text)
    while opening := _BOX.search(text, position):
        start = opening.end()
        if text[start : start + 1] == "{":
            end = closing_brace(text, start)
            content = text[start + 1 : end - 1] if end else _unclosed(text[start + 1 :])
            end = end or start + 1 + len(content)
        else:
            end = start + len(re.match(r"\\?\w*", text[start:])[0])  # type: ignore[index]
            content = text[start:end]
        boxes.append(Box(content.strip(), opening.start(), end))
        position = max(end, opening.end())
    return boxes


def closing_brace(text: str, start: int) -> int | None:
    """Index after the brace that closes the one at start, or None."""
    depth = 0
    index = start
    while index < min(len(text), start + MAX_CONTENT):
        if text[index] == "\\":
            index += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        index += 1
        if depth == 0:
            return index
    return None


def _unclosed(rest: str) -> str:
    return re.split(r"\$|\\\)|\\\]|\n", rest, maxsplit=1)[0]


def without_label(text: str) -> str:
    """B for "Answer: B"."""
    return _LABEL.sub("", text.strip(), count=1)


def unwrap(text: str) -> str:
    """Without the dollar signs, boxes and full stops around it."""
    text = text.strip()
    dollars = text.count("$") - text.count(r"\$")
    if dollars > 2 and dollars % 2 == 0:
        text = re.sub(r"(?<!\\)\$", " ", text)
    if _FORMULA_AND_WORDS.fullmatch(text):
        text = text.replace("$", "")  # $28$ percent
    if "\\\\" in text and (r"\\begin" in text or _has_doubled_commands(text)):
        text = text.replace("\\\\", "\\")
    before = None
    while text != before:
        before, text = text, _without_a_layer(text)
    return text


def _has_doubled_commands(text: str) -> bool:
    r"""Whether it has \\frac for \frac, and no rows."""
    return r"\begin" not in text and bool(re.search(r"\\\\[A-Za-z]{2}", text))


def _without_a_layer(text: str) -> str:
    if text.endswith("\\\\"):
        text = text[:-2]
    else:
        text = _DECORATION.sub("", text) if text[-1:] in _ENDS_DECORATION else text
        text = text.rstrip(".,;:。?\\").strip()
    for opening, closing in _WRAPPERS.get(text[:1], ()):
        inner = text[len(opening) : len(text) - len(closing)]
        whole = len(text) > len(opening) and text.startswith(opening)
        if whole and text.endswith(closing) and opening not in inner:
            text = inner
    if text.startswith("\\") and (box := _WHOLE_BOX.fullmatch(text) or _WHOLE_TEXT.fullmatch(text)):
        text = box[1]
    first, second = text[:1], text[1:2]
    may_be_label = first.isalpha() or first in "=∴⇒⟹" or (first == "\\" and second in "tTrR")
    label = _LABEL.match(text) if may_be_label else None
    return text[label.end() :] if label else text
