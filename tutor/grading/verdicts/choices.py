"""Judges the letters that were chosen: all of them, some of them, or each for its share."""

from __future__ import annotations

from string import ascii_uppercase

from tutor.grading.answer_key import MAX_WRONG_SCORE, AnswerKey, Grade, Rule, Verdict
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.parsing.normalize import PlainText, normalize_text
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import choice_letters


def grade_choice(response: PlainText, key: AnswerKey) -> Grade:
    """Raises Unreadable where no letter was chosen."""
    right, chosen = choice_letters(normalize_text(key.value)), choice_letters(response)
    if not chosen:
        raise Unreadable(FeedbackCode.UNREAD_CHOICE)
    if chosen == right:
        return Grade(Verdict.CORRECT, 1, Rule.CHOICE)
    if key.shares:
        return Grade(Verdict.INCORRECT, _added_shares(chosen, key.shares), Rule.SHARES)
    if not chosen < right:
        return Grade(Verdict.INCORRECT, 0, Rule.CHOICE)
    feedback = Feedback(FeedbackCode.CHOICE_MISSING)
    return Grade(Verdict.INCORRECT, len(chosen) / len(right), Rule.CHOICE, feedback)


def _added_shares(chosen: frozenset[str], shares: str) -> float:
    """shares: per cent of each letter, from A on."""
    total = sum(
        float(share)
        for letter, share in zip(ascii_uppercase, shares.split(), strict=False)
        if letter in chosen
    )
    return min(max(round(total / 100, 6), 0.0), MAX_WRONG_SCORE)
