"""Every code of a check has its sentence."""

import re

import pytest
from django.utils.translation import override

from tutor.attempts.working.check_sentences import (
    RELATIONS,
    SLIPS,
    WITNESSES,
    relation_sentence,
    sentences,
    slip_sentence,
    witness_sentence,
)
from tutor.grading.steps.claim_results import ClaimRelation, Slip, WitnessReason


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
    assert ("{at}" in names("en")) == (reason not in (WitnessReason.SIDES, WitnessReason.LINES))


def test_the_table_is_in_the_language_of_the_reader():
    with override("zh-hans"):
        chinese = sentences()
    for kind, texts in sentences().items():
        assert all(chinese[kind][code] != text for code, text in texts.items())
