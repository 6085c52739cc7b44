"""How many there are of all kinds that the statement counts: "10 sweets altogether"."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.quantities.counting_words import with_digits
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

_TOTAL = (
    r"altogether|in total|in all|total|together|insgesamt|zusammen|en tout|au total|en total|todas?"
    r"|todos"
)
_LINE = re.compile(
    rf"(?:(?:so|there are|we have|i have|es sind|es gibt|das sind|il y a|hay|son|the"
    rf"|{_TOTAL})\s?,?:?\s)*"
    rf"(?P<count>\d{{1,4}})\s(?P<noun>[^\W\d_]{{3,20}})"
    rf"(?:\s(?:are there|in the bag|dans le sac|en la bolsa|im Beutel|{_TOTAL}))*"
    r"|(?:袋中|盒中|箱中|里面)?(?:一?共|总共)有?(?P<zh>\d{1,4})(?:个|只|人|颗|枚)?(?P<noun_zh>[\u4e00-\u9fff]{0,3})",
    re.IGNORECASE,
)
_COUNTS_ALL = words(_TOTAL + "|there are|es sind|es gibt|das sind|il y a|hay|son", "共")
_COUNT = re.compile(r"(?<![A-Za-z\d.,/])(\d{1,3})(?=\s[^\W\d_]{3}|[个只名人颗枚][\u4e00-\u9fff])")
_LIST_GAP = re.compile(r"[^.;?!。？]{1,40}")


def judge_total(text: str, task: Task) -> ClaimResult | None:
    """Proved for the sum of two to five counts that follow each other in one sentence."""
    line = _LINE.fullmatch(text.strip(" .!,"))
    if line is None or not _COUNTS_ALL.search(text):
        return None
    story = with_digits(plain_text(task.text))
    noun = (line["noun"] or line["noun_zh"] or "").casefold()
    if noun[:4].rstrip("s") not in story.casefold():
        return None
    counts = list(_COUNT.finditer(story))
    told = int(line["count"] or line["zh"])
    for start in range(len(counts)):
        total = Fraction(int(counts[start][1]))
        for before, count in zip(counts[start:], counts[start + 1 : start + 5], strict=False):
            if not _LIST_GAP.fullmatch(story, before.end(), count.start()):
                break
            total += int(count[1])
            if total == told:
                return proved(ClaimRelation.EVALUATE)
    return None
