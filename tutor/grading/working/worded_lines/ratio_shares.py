"""The share that a part has of the whole in a ratio: "3/5 of the class" in a ratio of 3 : 5."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd

from tutor.grading.steps.claim_results import (
    ClaimRelation,
    ClaimResult,
    Slip,
    Witness,
    proved,
    refuted,
)
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_RATIO = re.compile(r"(?<![\d:.])(\d{1,3})\s?[:：∶]\s?(\d{1,3})(?!\d|\.\d|\s?[:：∶])")
_SHARE = re.compile(r"(?<![\d/.])(\d{1,3})\s?/\s?(\d{1,3})(?![\d/.])")
_WHOLE = words(
    r"of (?:the |all (?:the )?)?(?:class|total|whole|group|all|pupils|students|children|people"
    r"|members|animals|money|mixture|amount)"
    r"|(?:der|des|von der|vom|aller) (?:klasse|ganzen|gesamt\w{0,12}|gruppe|schüler|kinder|summe"
    r"|mischung|betrags?)"
    r"|(?:de la|du|des|de l'|de tous? les?) ?(?:classe|total|tout|groupe|élèves|ensemble|somme"
    r"|mélange)"
    r"|(?:de la|del|de todos? los?) (?:clase|total|todo|grupo|alumnos|mezcla)",
    "全班|总数|全部|总量|总人数|全校|总和",
)
_TO_WHOLE = words(  # of boys to all pupils
    r"to (?:the )?(?:number of )?(?:all|total|whole|entire|class)|zu[rm]? (?:gesamt\w{0,12}|ganzen)"
    r"|zu allen|zur klasse|(?:au|à l['’]|avec le|sur le) ?(?:total|ensemble)|à la classe"
    r"|(?:al|con el) total|a la clase|con todos",
    "[与和占](?:全|总)",
)
_SHARED = re.compile(  # Amy and Ben share 84 pounds
    r"(?:\bshares?|\bdivides?|\bsplits?|\bteilen|\bteilt|\bverteil\w+|\bpartag\w+|\brepart\w+|分|分配)"
    r"\s?(?:sich\s|out\s)?[$€£¥₹₣₽¤]?\s?(\d{1,6}(?:\.\d{1,2})?)(?![\d.]|\s?[:：])"
    r"|(?<![\d.:])(?<!: )(\d{1,6}(?:\.\d{1,2})?)(?:\s?[€£$]|\s[^\W\d_]{1,12})?"
    r"\s(?:is|are|was|were|will be|have been|wird|werden|est|sont|se)\s"
    r"(?:(?:[^\W\d_]{2,20}|\d{1,3}\s?:\s?\d{1,3})\s){0,8}?"
    r"(?:shared?|divided|split|(?:auf|ver)?ge?teilt|partagée?s?|réparti?e?s?|repart\w{1,4})"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_TOTAL = re.compile(  # a class of 30
    r"\b(?:class|group|school|team|club|bag|box|classe|groupe|Klasse|Gruppe|clase|grupo|total)\s"
    r"(?:(?:of|has|contains|holds|de|a|compte|mit|von|hat|con|tiene|hay)\s){1,2}(\d{1,6})(?![\d.])"
    r"|(?:全班|共有?|总共)\s?(\d{1,6})(?![\d.])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^\s?[^\W\d_]{2,20}\s?[=:]\s?(?=\d)")
_RESULT = re.compile(r"(?<=\d)\s?=\s?\d{1,6}(?:\.\d{1,3})?(?:\s[^\W\d_]{1,20})?\s?\.?$")
_FACTOR = r"\(?\s?(\d{1,3})\s?/\s?(\d{1,3})\s?\)?(?![\d/.])"
_PRODUCT = re.compile(  # 240 × 3/5, and 3/5 × 240
    rf"(?<![\d.])(\d{{1,6}}(?:\.\d{{1,2}})?)\s?[×·*x]\s?{_FACTOR}"
    rf"|(?<![\d./]){_FACTOR}\s?[×·*x]\s?[R$€£¥₹₣₽¤]?(\d{{1,6}}(?:\.\d{{1,2}})?)(?![\d.])"
)
_QUOTIENT = re.compile(  # Tom: 84 ÷ 3
    r"\s?(?!part|teil|unit)[^\W\d_]{2,20}\s?[=:：]\s?[$€£¥₹₣₽¤]?\s?(\d{1,6}(?:\.\d{1,2})?)\s?[€]?"
    r"\s?[÷:/]\s?(\d{1,3})(?![\d.]|\s?[·×*/:÷+])",
    re.IGNORECASE,
)
_PLAIN_RESULT = re.compile(
    r"\s?=\s?[$€£¥₹₣₽¤]?(\d{1,6}(?:\.\d{1,2})?)(?:\s?[^\W\d_]{1,12})?\s?\.?\Z"
)
_OTHER_SIGNS = re.compile(r"[=+*×·<>]|\d\s?[-−]\s?\d")


def judge_ratio_share(text: str, task: Task) -> ClaimResult | None:
    """None for a line that tells no share of the whole, or of another ratio."""
    if (multiplied := _multiplied_share(text, task)) is not None:
        return multiplied
    if (divided := _divided_by_part(text, task)) is not None:
        return divided
    text = _RESULT.sub("", _NAMED.sub("", text))
    ratio, share = _RATIO.search(plain_text(task.text)), _SHARE.search(text)
    without_total = _without_total(text, task)
    is_one = len(_SHARE.findall(text)) == 1 and len(re.findall(r"\d+", without_total)) == 2
    if ratio is None or share is None or not is_one or _OTHER_SIGNS.search(text):
        return None
    if (
        (not _WHOLE.search(text) and without_total == text)
        or _TO_WHOLE.search(task.text)
        or len(_RATIO.findall(task.text)) > 1
    ):
        return None
    first, second = int(ratio[1]), int(ratio[2])
    if not first or not second or not int(share[2]):
        return None
    told, whole = Fraction(int(share[1]), int(share[2])), first + second
    if told in (Fraction(first, whole), Fraction(second, whole)):
        return proved(ClaimRelation.EVALUATE)
    if told not in (Fraction(first, second), Fraction(second, first)):
        return None
    part = first if told == Fraction(first, second) else second
    witness = Witness({}, str(told), str(Fraction(part, whole)))
    return refuted(ClaimRelation.EVALUATE, witness, Slip.PART_FOR_WHOLE)


def _multiplied_share(text: str, task: Task) -> ClaimResult | None:
    """Refuted for 3/5 of it = 240 × 3/5, where 240 is shared in a ratio of 3 : 5.

    Proved for Ann: 3/8 × 240 = 90.
    """
    told = plain_text(task.text)
    ratios, shared = _RATIO.findall(told), _SHARED.search(told)
    product = _PRODUCT.search(text)
    if len(ratios) != 1 or shared is None or product is None or _TO_WHOLE.search(told):
        return None
    total, top, bottom = (next(filter(None, product.group(*n))) for n in ((1, 6), (2, 4), (3, 5)))
    first, second = ratios[0]
    whole = int(first) + int(second)
    if total not in shared.groups() or not whole or not int(bottom):
        return None
    if (top, int(bottom)) in ((first, whole), (second, whole)):
        result = _PLAIN_RESULT.match(text, product.end())
        is_right = result and Fraction(result[1]) == Fraction(total) * int(top) / whole
        return proved(ClaimRelation.EVALUATE) if is_right else None
    if (top, bottom) not in ((first, second), (second, first)):
        return None
    witness = Witness({}, f"{top}/{bottom}", f"{top}/{whole}")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.PART_FOR_WHOLE)


def _divided_by_part(text: str, task: Task) -> ClaimResult | None:
    """Refuted for Tom: 84 ÷ 3 = 28, where 84 is shared in a ratio of 3 : 4, else None."""
    told = plain_text(task.text)
    ratios, shared, quotient = _RATIO.findall(told), _SHARED.search(told), _QUOTIENT.match(text)
    if len(ratios) != 1 or shared is None or quotient is None or _TO_WHOLE.search(told):
        return None
    parts, divisor = [int(part) for part in ratios[0]], int(quotient[2])
    whole = sum(parts)
    if quotient[1] not in shared.groups() or divisor not in parts or 0 in parts:
        return None
    right = {Fraction(n, whole) for n in (1, gcd(*parts), *parts)}
    if Fraction(1, divisor) in right:
        return None
    witness = Witness({}, f"1/{divisor}", f"{divisor}/{whole}")
    return refuted(ClaimRelation.EVALUATE, witness, Slip.WRONG_FORMULA)


def _without_total(text: str, task: Task) -> str:
    """2/5 for 2/5 of 84, where 84 is what is shared out."""
    told = plain_text(task.text)
    shared = _SHARED.search(told) or _TOTAL.search(told)
    if shared is None:
        return text
    total = re.escape(next(filter(None, shared.groups())))
    return re.sub(rf"(?:of|von|de|的)\s?[R$€£¥₹₣₽¤]?\s?{total}(?![\d.])", "", text)
