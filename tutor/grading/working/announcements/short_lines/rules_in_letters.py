"""Rules that every textbook has, in letters or in words: (uv)' = u'v + uv', t = e/v."""

from __future__ import annotations

import re

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, unchecked
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

MAX_LENGTH = 90
_DERIVATIVES = words(
    r"deriv\w{1,6}|differentiate|ableitung\w{0,2}|leite|dériv\w{1,6}|tangente?s?|varia\w{2,5}",
    "导数|求导|切线|单调",
)
_MOTION = words(
    r"speed|velocity|k?m/h|k?m/s|travels?|drives?|fährt|geschwindigkeit|vitesse|roule|velocidad"
    r"|viaja",
    "速度|千米|km/h",
)
_SOLIDS = words(
    r"cylinders?|prisms?|zylinders?|prismas?|quaders?|cylindre|prisme|cilindro", "圆柱|棱柱|柱"
)
_POINTS = words(
    r"points?|punkt\w{0,2}|repère|vecteurs?|vectors?|vectores?|vektor\w{0,3}", "点|向量"
)
_LABEL = re.compile(r"[^:：=]{0,40}[:：]")
_SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "−": "-", "’": "'", "′": "'", "÷": "/",
                        "；": ";", "（": "(", "）": ")", "ₐ": "A"})  # fmt: skip
_WAY = r"(?:distance|dist\.?|way|strecke|weg|distancia|espacio|longueur|路程|距离)"
_TIME = r"(?:time|zeit|temps|tiempo|durée|时间)"
_SPEED = r"(?:speed|velocity|geschwindigkeit|tempo|vitesse|velocidad|速度)"
_TIMES = r"(?:\*|x|mal|times|fois|por|乘)"
_OVER = r"(?:/|:|dividedby|over|durch|divisépar|sur|entre|除以)"
_BASES = (
    r"(?:2\*?(?:base(?:area)?s?|grundfläche|g|airedelabase|áreadelabase|b|底面?积?|s底)"
    r"|(?:2|two|zwei|deux|dos)(?:bases|grundflächen))"
)
_MANTLE = r"(?:m|mantel(?:fläche)?|lateral(?:area)?|curvedsurface(?:area)?"
_MANTLE += r"|airelatérale|árealateral|侧面?积?|s侧)"
_RULES = (  # of lines without blanks and labels, in small letters
    (_DERIVATIVES, re.compile(
        r"\(?(?:u\*?v|f\*?g)\)?'=(?:u'\*?v\+(?:u\*?v'|v'\*?u)|v\*?u'\+(?:u\*?v'|v'\*?u)"
        r"|u\*?v'\+(?:u'\*?v|v\*?u')|f'\*?g\+f\*?g'|f\*?g'\+f'\*?g|f'\*?g\+g'\*?f)")),
    (_DERIVATIVES, re.compile(
        r"\(?(?:u/v|f/g)\)?'=\(?(?:u'\*?v-(?:u\*?v'|v'\*?u)|v\*?u'-u\*?v'|f'\*?g-f\*?g')\)?"
        r"/(?:\(?[vg]\)?(?:²|\^2))")),
    (_DERIVATIVES, re.compile(
        r"\(?(?:x\^n|xⁿ)\)?'=n\*?x\^\(?n-1\)?|f\(g\(x\)\)'=f'\(g\(x\)\)\*?g'\(x\)"
        r"|\(?f\(g\(x\)\)\)?'=(?:f'\(g\(x\)\)\*?g'\(x\)|g'\(x\)\*?f'\(g\(x\)\))")),
    (_MOTION, re.compile(
        rf"t=[esdx]/v|v=[esdx]/t|[esdx]=(?:v\*?t|t\*?v)|{_TIME}={_WAY}{_OVER}{_SPEED}"
        rf"|{_SPEED}={_WAY}{_OVER}{_TIME}|{_WAY}=(?:{_SPEED}{_TIMES}{_TIME}|{_TIME}{_TIMES}{_SPEED})")),
    (_SOLIDS, re.compile(
        rf"(?:o|s|a|sa|surface(?:area)?|oberfläche|airetotale|áreatotal|表面积|s表)="
        rf"(?:{_BASES}\+{_MANTLE}|{_MANTLE}\+{_BASES})")),
    (_POINTS, re.compile(
        r"(?:vect(?:eur|or)?|vektor|→|\\vec)?\{?ab\}?=?\(x_?b-x_?a[;,|]y_?b-y_?a(?:[;,|]z_?b-z_?a)?\)")),
)  # fmt: skip


def judge_rule_in_letters(text: str, task: Task) -> ClaimResult | None:
    """Given for a rule on the topic of the statement; None for anything else."""
    if len(text) > MAX_LENGTH:
        return None
    plain = _LABEL.sub("", text.translate(_SIGNS), count=1) if ":" in text or "：" in text else text
    forms = {_joined(text), _joined(plain)}
    known = (rule for topic, rule in _RULES if topic.search(task.text))
    is_rule = any(rule.fullmatch(form) for rule in known for form in forms)
    return unchecked(ClaimRelation.DEFINE) if is_rule else None


def _joined(text: str) -> str:
    return re.sub(r"\s|\.$", "", text.strip(" .!").translate(_SIGNS)).casefold()
