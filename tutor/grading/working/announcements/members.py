"""Members of a sequence that a line counts: "20th term = 5 + 19*3 = 62", "第20项是62"."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import accumulate

from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.tree import Num
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, proved
from tutor.grading.working.knowledge.sequences import sequence_of
from tutor.grading.working.knowledge.statement_numbers import read_rational
from tutor.grading.working.task import Task

MAX_POSITION = 2_000
MIN_LISTED = 3
_NUMBER = re.compile(r"-?\d{1,9}(?:[./]\d{1,4})?")
_LISTED = re.compile(
    r"(?:(?P<sums>(?:partial |running )?sums|(?:teil)?summen|sommes(?: partielles)?"
    r"|sumas(?: parciales)?|部分和|前n项和|和)"
    r"|(?:the )?(?:terms|members|sequence)|(?:die )?(?:glieder|folge)|(?:les )?termes|(?:la )?suite"
    r"|(?:los )?términos|各项|数列|依次)\s?(?:are|sind|sont|son|为|是)?\s?[:：]?\s?"
    r"(?P<list>[-\d./\s,，、;]{5,150})",
    re.IGNORECASE,
)
_BARE = re.compile(  # 4, 7, 10, 13...
    r"(?:[^\W\d_]{3,12}\s?[:：]\s?)?"
    r"(?P<list>-?\d[\d.]{0,8}(?:(?:\s?[,，;、]\s?|\s{1,3})-?\d[\d.]{0,8}?){2,12})\s?[,，;、]?\s?"
    r"(?:\.{2,}|…|\betc\.?|\busw\.?|等)?"
)
_CALLED = re.compile(
    r"\s?(?:so |then |also |donc |entonces |alors )?(?:the |das |der |le |el |la )?"
    r"(?:(?P<before>\d{1,4})\s?(?:st|nd|rd|th|\.|er|e|ème|º|\.º)?\s?(?:term|member|glied|terme|término)"
    r"|(?:term|glied|terme|término)\s(?:number |nr\. ?|n° ?|número )?(?P<behind>\d{1,4})"
    r"|第\s?(?P<chinese>\d{1,4})\s?项)\s?(?:=|:|：|is|ist|est|es|是|为)\s?(?P<value>[^=].{0,80})",
    re.IGNORECASE,
)


def judge_listed_members(text: str, task: Task) -> ClaimResult | None:
    """Proved for the first members, or their sums, in a row; None for anything else."""
    plain = text.replace("−", "-").strip()
    match = _LISTED.fullmatch(plain.strip(" .。…")) or _BARE.fullmatch(plain)
    sequence = sequence_of(task) if match is not None else None
    if match is None or sequence is None or not sequence.begins_with:
        return None
    numbers = list(map(Fraction, _NUMBER.findall(match["list"])))
    members = [
        rational_value(sequence.member(Num(Fraction(n)))) for n in range(1, len(numbers) + 1)
    ]
    if None in members or len(numbers) < MIN_LISTED:
        return None
    exact = [member for member in members if member is not None]
    right = list(accumulate(exact)) if match.groupdict().get("sums") else exact
    return proved(ClaimRelation.EVALUATE) if numbers == right else None


def judge_member(text: str, task: Task) -> ClaimResult | None:
    """Proved where each side of the line is the member; None for anything else."""
    match = _CALLED.fullmatch(text.rstrip(" .。"))
    sequence = sequence_of(task) if match is not None else None
    if match is None or sequence is None or not sequence.begins_with:
        return None
    position = int(match["before"] or match["behind"] or match["chinese"])
    if not 0 < position <= MAX_POSITION:
        return None
    member = rational_value(sequence.member(Num(Fraction(position))))
    values = {read_rational(side) for side in match["value"].split("=")}
    return proved(ClaimRelation.EVALUATE) if member is not None and values == {member} else None
