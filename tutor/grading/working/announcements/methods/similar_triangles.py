"""That triangles are similar, where shadows or parallels make them so."""

from __future__ import annotations

import re

from tutor.grading.working.announcements.intercepts import are_on_sides
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.task import Task

_SIMILAR = re.compile(
    r"(?:(?:so|since|because|weil|da|donc|car|comme|porque|como|por|by|using|use|mit|avec|uso|par"
    r"|the|die|les|los|son|are|sind|sont|two|beiden|deux|dos|zwei|ce|c'est|des|hay|aplico"
    r"|on a|we have|ich benutze|∵|∴|因为|所以|由|两个?|这两个)[\s,:]{0,3}){0,5}"
    r"(?:similar triangles|triangles? (?:are |is )?similar|triangles? (?:sont )?semblables"
    r"|tri[aá]ngulos? (?:son )?semejantes?|ähnliche dreiecke|dreiecke (?:sind )?ähnlich"
    r"|semejanza(?: de tri[aá]ngulos)?|similitude(?: des triangles)?|相似三角形|三角形相似)",
    re.IGNORECASE,
)
_SHADOWS = words(r"shadows?|schatten|ombres?|sombras?", "影")
_PARALLEL = re.compile(
    r"(?:∵|since|because|weil|da|car|porque|因为)?\s?\(?([A-Z])([A-Z])\)?\s?(?:∥|//|\\parallel|∕∕"
    r"|(?:is |ist |est |es )?(?:parallel|parallèle|paralel[oa])(?: to| zu| à| a)?)\s?"
    r"\(?([A-Z])([A-Z])\)?"
)
_NAMED = re.compile(
    r"(?:∴|so|also|donc|luego|所以)?\s?,?\s?(?:△|\\triangle\s?|triangles?\s|Dreiecke?\s|tri[aá]ngulos?\s)?"
    r"([A-Z])([A-Z])([A-Z])\s?(?:∽|~|∼|\\sim|(?:is |are |ist |est |es )?(?:similar to|ähnlich zu"
    r"|semblable à|semejante a)|相似于)\s?(?:△|\\triangle\s?|triangle\s"
    r"|Dreieck\s)?([A-Z])([A-Z])([A-Z])"
)
_FORMULA_SIGNS = re.compile(r"\\[()]|\$|\s")


def tells_similarity(text: str, task: Task) -> bool:
    """Triangles of two things and their shadows, or with a side parallel to that of the other."""
    story = _FORMULA_SIGNS.sub("", task.text).replace(r"\parallel", "∥").replace("//", "∥")
    if (parallel := _PARALLEL.fullmatch(text)) is not None:
        first, second = parallel[1] + parallel[2], parallel[3] + parallel[4]
        pairs = [(a, b) for a in (first, first[::-1]) for b in (second, second[::-1])]
        return any(f"{a}∥{b}" in story or f"{b}∥{a}" in story for a, b in pairs)
    if (named := _NAMED.fullmatch(text)) is not None:
        apex, inner, other_inner, other_apex, outer, other_outer = named.groups()
        told = "∥" in story and apex == other_apex
        return told and are_on_sides(apex, (inner, outer), (other_inner, other_outer), task)
    return bool(_SIMILAR.fullmatch(text) and _SHADOWS.search(task.text))
