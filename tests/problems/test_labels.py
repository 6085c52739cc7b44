"""The names of the grader's kinds and forms, and the examples in them."""

import pytest
from django.utils.translation import override

from tutor.grading import ANSWER_KINDS, Form, Kind, Rule, Verdict, grade_response, read_key
from tutor.problems.labels import ENTRY_HELP, FORM_NAMES, KIND_NAMES, KIND_SENTENCES, RULE_SENTENCES

FURTHER_FIELDS = {Kind.GENERAL_SOLUTION: {"equation": "y' = 2y"}}


def test_every_kind_form_and_rule_has_its_words():
    assert set(KIND_NAMES) == set(KIND_SENTENCES) == set(Kind)
    assert set(FORM_NAMES) == set(Form)
    assert set(RULE_SENTENCES) >= set(Rule) - {Rule.PERSON}
    assert set(ENTRY_HELP) >= set(ANSWER_KINDS)


@pytest.mark.parametrize("kind", ANSWER_KINDS)
def test_the_example_of_each_kind_can_be_pasted_as_a_key(kind):
    with override("en"):
        examples = str(KIND_SENTENCES[kind]).split("such as ")[1].split(" or ")
    for example in examples:
        data = {"value": example, "kind": kind, **FURTHER_FIELDS.get(kind, {})}
        assert grade_response(example, read_key(data)).verdict == Verdict.CORRECT
