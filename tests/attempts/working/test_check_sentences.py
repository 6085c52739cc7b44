"""Every code of a check has its sentence."""

import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tutor.attempts.mistake_sentences.sentences import SENTENCES as MISTAKE_SENTENCES
from tutor.attempts.working.check_sentences import (
    RELATIONS,
    SLIPS,
    WITNESSES,
    failure_sentence,
    relation_sentence,
    sentences,
    slip_sentence,
    witness_sentence,
)
from tutor.attempts.working.line_failure import LineFailure
from tutor.grading.steps.claim_results import ClaimRelation, Slip, WitnessReason
from tutor.grading.working.checker import check_working


def test_every_code_has_a_sentence():
    assert set(RELATIONS) == set(ClaimRelation)
    assert set(WITNESSES) == set(WitnessReason)
    assert set(SLIPS) == set(Slip) - {Slip.NONE}


def test_a_slip_of_a_later_version_gets_a_general_sentence():
    assert "usual mistake" in slip_sentence("a-new-slip")
    assert "usual mistake" not in slip_sentence(Slip.MOVED_SIGN)
    assert slip_sentence(Slip.NONE) == ""


@pytest.mark.parametrize("above", ["x + 1 = 0 or x - 10 = 0", r"x = -1 \lor x = 10", "x=1 ∨ x=2"])
def test_where_cases_stand_above_no_root_was_taken(above):
    assert "each case" in slip_sentence(Slip.LOST_ROOT, above)
    assert "root" not in slip_sentence(Slip.LOST_ROOT, above)
    assert "root" in slip_sentence(Slip.LOST_ROOT, "x^2 = 9")
    assert slip_sentence(Slip.MOVED_SIGN, above) == slip_sentence(Slip.MOVED_SIGN)


def failure_of(lines, statement):
    """Of the last line, the only one that does not follow."""
    checks = check_working(lines, statement)
    above = lines[-2] if len(lines) > 1 else ""
    claim = checks[-1].refuted
    return LineFailure(claim, claim.witness, is_first_line=not above, above=above)


@pytest.mark.parametrize(
    ("lines", "statement", "reason"),
    [
        (["25x^2+81"], r"Expand \((5x+9)^2\).", WitnessReason.PROBLEM_AT),
        (["= 25x^2+81"], r"Expand \((5x+9)^2\).", WitnessReason.PROBLEM_AT),
        (["7*2"], r"Calculate \(3+4\cdot 2\).", WitnessReason.PROBLEM),
        (["(5x+9)(5x+9)", "25x^2+81"], r"Expand \((5x+9)^2\).", WitnessReason.LINES_AT),
        (["(5x+9)^2 = 25x^2+81"], r"Expand \((5x+9)^2\).", WitnessReason.SIDES_AT),
    ],
)
def test_only_an_equation_has_sides(lines, statement, reason):
    failure = failure_of(lines, statement)
    assert failure.reason == reason
    assert ("side" in str(WITNESSES[failure.reason])) is (reason == WitnessReason.SIDES_AT)


@pytest.mark.parametrize("slip", [Slip.DIVIDED_WRONGLY, Slip.ONE_SIDE, Slip.INTEGRAL_RULE])
def test_what_is_said_of_a_term_names_no_sides(slip):
    failure = failure_of(["25x^2+81"], r"Expand \((5x+9)^2\).")
    of_term = replace(failure, claim=replace(failure.claim, slip=slip))
    assert "side" not in failure_sentence(of_term)


def test_what_is_said_of_an_equation_names_both_sides():
    failure = failure_of(["x = 12"], r"Solve \(2x = 6\).")
    of_equation = replace(failure, claim=replace(failure.claim, slip=Slip.DIVIDED_WRONGLY))
    assert "Both sides" in failure_sentence(of_equation)


def test_nothing_that_is_said_of_a_mistake_praises():
    texts = [*map(str, SLIPS.values()), *map(str, MISTAKE_SENTENCES.values())]
    praise = re.compile(r"\b(good|well done|great|bravo)\b", re.IGNORECASE)
    assert [text for text in texts if praise.search(text)] == []


def test_a_relation_of_a_later_version_gets_none():
    assert relation_sentence(ClaimRelation.SOLVE)
    assert relation_sentence("a-new-relation") == ""


def test_formulas_stand_in_elements_of_their_own_and_are_escaped():
    sentence = witness_sentence(WitnessReason.SIDES_AT, "x = 2", "4 < 5", "5")
    assert sentence == (
        'For <span data-value="at" data-answer>x = 2</span>, the left side is '
        '<span data-value="left" data-answer>4 &lt; 5</span> and the right side is '
        '<span data-value="right" data-answer>5</span>.'
    )
    assert witness_sentence("", "", "", "") == ""


@pytest.mark.parametrize("reason", WitnessReason)
def test_translations_keep_the_formulas(reason):
    def names(language):
        with override(language):
            return set(re.findall(r"{\w+}", str(WITNESSES[reason])))

    assert names("zh-hans") == names("en")
    is_of_numbers = reason in (WitnessReason.SIDES, WitnessReason.LINES, WitnessReason.PROBLEM)
    assert ("{at}" in names("en")) is not is_of_numbers


def test_the_table_is_in_the_language_of_the_reader():
    with override("zh-hans"):
        chinese = sentences()
    for kind, texts in sentences().items():
        assert all(chinese[kind][code] != text for code, text in texts.items())


@pytest.mark.parametrize("is_beside_rows", [True, False])
def test_a_next_line_is_asked_for_only_where_one_can_be_written(is_beside_rows):
    context = {"working": {"proved_count": 0}, "is_beside_rows": is_beside_rows}
    summary = render_to_string("attempts/_summary.html", context)
    assert ("write the next line" in summary) == is_beside_rows
    assert "nothing to compare" in summary
