"""A second pass over a solution: takes back the first refuted step, and lets the model go on.

If the refuted claim is a calculation, the right value replaces the wrong one. It is computed from
the claim; nothing here knows a stored answer.

A claim stays if it may mean something else: in another arithmetic, as in 3 + 4 = 2 modulo 5, or
stated in order to be refuted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from tutor.engine.completion import Prompt, Sampling
from tutor.engine.markers import defuse
from tutor.engine.reasoning import CLOSING, OPENING
from tutor.grading.check_process.client import check_step
from tutor.grading.numeric.rationals import rational_value
from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.tree import Unreadable, is_term
from tutor.grading.prose.step_cutter import cut_steps
from tutor.grading.steps.checks import ClaimCheck, StepVerdict
from tutor.tools.calculator import decimals, fraction

# Stored with what it corrected: raise it whenever another text may come of the same one.
VERSION = "4"
MAX_CHECK_S = 10.0  # for one step

_CLOSED_BY = {r"\(": r"\)", r"\[": r"\]", "$$": "$$", "$": "$"}
_DELIMITER = re.compile(r"\\[()\[\]]|\$\$|(?<!\\)\$")
# A dollar sign before a claim may be money: it opens a formula where one closes it, too.
_DOLLAR_CLOSES = re.compile(r"\s*(?:=[^$\n]{0,80})?\$(?!\s?\d)")
_NUMBER = re.compile(r"(\s*+(?:(?:\\?\$|[€£¥])\s*+)?)[-−]?\d[\d,.]*(\s*[A-Za-z][A-Za-z ]*|)")
_END = re.compile(r"[ \t]*[.,;:。，；：]?[ \t]*\n*")

_ANOTHER_ARITHMETIC = re.compile(
    r"(?:\\[bp]?|\b)mod(?:ulo|ulus|ular)?(?![a-z])"
    r"|\b(?:binary|hex|hexadecimal|octal|bases?|clocks?|o['’]clock|remainders?)\b"
    r"|模|进制|余数|同余|时钟|点钟",
    re.IGNORECASE | re.ASCII,  # a word ends beside Chinese, too
)
_NOT_ASSERTED = re.compile(
    r"\b(?:false|not|cannot|never|wrong|incorrect|contradict(?:s|ion|ory)?|impossible|would)\b"
    r"|\b(?:try|trying|claim(?:s|ed)?|suppos(?:e|ing)|assum(?:e|ing|ption))\b"
    r"|n['’]t\b|[?？]|错|不|矛盾|假设|试",
    re.IGNORECASE | re.ASCII,
)
_SENTENCE_END = re.compile(r"[.?](?=[$)\]*\\\"']*(?:\s|$))|[。？！]")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a solution.

    step: its number, from 0. refuted: the claim as the model wrote it. value: what Lemma wrote in
    its place, at the character `start` of the answer; empty where it only took the step back.
    taken_back: what the model had written from there on.
    """

    step: int
    refuted: str
    value: str
    start: int
    taken_back: str

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def read_correction(fields: Mapping[str, Any]) -> Correction | None:
    """Read what `to_dict` wrote, from JSON; None if it is something else."""
    try:
        correction = Correction(**fields)
    except TypeError:
        return None
    numbers, texts = (
        (correction.step, correction.start),
        (correction.refuted, correction.value, correction.taken_back),
    )
    is_sound = all(type(number) is int for number in numbers) and all(type(t) is str for t in texts)
    return correction if is_sound else None


def correct(statement: str, text: str) -> tuple[str, Correction] | None:
    """The beginning from which the model should go on; None if no step is refuted.

    Takes seconds, in the step checker's processes.
    """
    if _ANOTHER_ARITHMETIC.search(statement):
        return None
    steps = cut_steps(text)
    for number, step in enumerate(steps):
        if _ANOTHER_ARITHMETIC.search(step):
            return None  # the later steps may go on in it
        check = check_step(statement, steps[: number + 1], MAX_CHECK_S)
        if check.rests_on is not None:
            continue
        for claim in check.claims:
            if claim.verdict == StepVerdict.REFUTED and _is_asserted(steps, number, claim):
                return _corrected(statement, steps, number, claim)
    return None


def prompt_after(prompt: Prompt, reasoning: str, begun: str) -> Prompt:
    """The prompt whose completion goes on from the reasoning and the beginning of an answer."""
    begun = defuse(begun)
    if reasoning or OPENING in prompt.forced:
        begun = f"{prompt.forced or OPENING}{defuse(reasoning)}{CLOSING}\n\n{begun}"
    else:
        begun = prompt.forced + begun
    return replace(prompt, forced=begun)


def sampling_after(
    sampling: Sampling, text_before: str, taken_back: Sequence[str], tokens: int
) -> Sampling:
    """For the text after a correction, with the tokens that the text before it leaves.

    text_before: the reasoning, and the beginning of the answer. taken_back: by each correction so
    far. tokens: of all that together; each is taken to be as long as the others. Another seed, lest
    the same be sampled again. It has thought already.
    """
    share = len(text_before) / max(len(text_before) + sum(map(len, taken_back)), 1)
    left = max(1, sampling.max_tokens - round(tokens * share))
    seed = None if sampling.seed is None else (sampling.seed + len(taken_back)) % 2**31
    return replace(sampling, max_tokens=left, thinking_budget=None, seed=seed)


def _corrected(
    statement: str, steps: Sequence[str], number: int, claim: ClaimCheck
) -> tuple[str, Correction]:
    before, step = "".join(steps[:number]), steps[number]
    after = "".join(steps[number + 1 :])
    for beginning, value, end in _with_values(step, claim):
        check = check_step(statement, [*steps[:number], beginning + value + end], MAX_CHECK_S)
        if _is_proved(check.claims, claim.start):
            start = len(before + beginning)
            taken_back = step[len(beginning) :] + after
            correction = Correction(number, claim.claim, value, start, taken_back)
            return before + beginning + value + end, correction
    correction = Correction(number, claim.claim, "", len(before), step + after)
    return before, correction


def _is_asserted(steps: Sequence[str], number: int, claim: ClaimCheck) -> bool:
    """Whether its sentence, which may go on in the next step, asserts the claim."""
    before, after = steps[number][: claim.start], "".join(steps[number:])[claim.end :]
    begins = max((match.end() for match in _SENTENCE_END.finditer(before)), default=0)
    end = _SENTENCE_END.search(after)
    sentence = before[begins:] + claim.claim + (after[: end.end()] if end else after)
    return _NOT_ASSERTED.search(sentence) is None


def _is_proved(claims: Sequence[ClaimCheck], start: int) -> bool:
    """Whether the claim at `start` is proved, and none from there on is refuted."""
    verdicts = {check.verdict for check in claims if check.start >= start}
    here = {check.verdict for check in claims if check.start == start}
    return StepVerdict.PROVED in here and StepVerdict.REFUTED not in verdicts


def _with_values(step: str, claim: ClaimCheck) -> Iterator[tuple[str, str, str]]:
    """What may stand instead of the step: what is kept of it, the value, and what ends it."""
    left, equals, right = claim.claim.partition("=")
    value = _right_value(claim, right)
    if not equals or "=" in right or value is None:
        return
    before, after = step[: claim.start], step[claim.end :]
    if before.count("{") != before.count("}"):
        return
    blank = right[: len(right) - len(right.lstrip())]
    beginning, closing = before + left + equals, _closing(before, after)
    if closing:
        end = closing + _end(after.partition(closing)[2])
        written = _written(value, is_decimal="." in claim.claim) or fraction(value)
        if written != left.strip():
            yield beginning + blank, written, end
        return
    written = _written(value, is_decimal=True) or str(value)
    # Where a chain went on, the model would go on with the sum that has just been worked out.
    end = "." if after.lstrip().startswith("=") else _end(after)
    if match := _NUMBER.fullmatch(right):
        yield beginning + match[1], written, match[2] + end
    yield beginning + blank, written, end


def _right_value(claim: ClaimCheck, right: str) -> Fraction | None:
    """Of the claim's right side, where that is a number and the left side has a rational value."""
    witness = claim.witness
    if witness is None or witness.failing != "claim":
        return None
    if witness.values and _value(right) is None:
        return None
    return _value(witness.left)


def _value(text: str) -> Fraction | None:
    try:
        term = read_expression(text)
    except (Unreadable, RecursionError):
        return None
    return rational_value(term) if is_term(term) else None


def _written(value: Fraction, *, is_decimal: bool) -> str | None:
    """The value without a fraction; None if it needs one."""
    if value.denominator == 1:
        return str(value.numerator)
    return decimals(value) if is_decimal else None


def _closing(before: str, after: str) -> str:
    """The delimiter that closes the formula around a claim; empty outside of a formula."""
    closing = ""
    for match in _DELIMITER.finditer(before):
        if not closing:
            closing = _CLOSED_BY.get(match[0], "")
        elif match[0] == closing:
            closing = ""
    if closing == "$" and not _DOLLAR_CLOSES.match(after):
        return ""
    return closing


def _end(text: str) -> str:
    """The punctuation and line ends that come next, without a blank that the model would write."""
    match = _END.match(text)
    return match[0].rstrip(" \t") if match else ""
