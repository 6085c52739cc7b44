"""Conditions that cannot be used: each says what is wrong with it, within little work."""

from contextlib import suppress

import pytest

from tests.grading.hostile import GROWING, NESTING, RUNNING
from tutor.grading.conditions import InvalidCondition, check_condition
from tutor.grading.conditions.faults import CONDITION_SENTENCES, ConditionFault
from tutor.grading.processes.work_budget import cpu_time_s

MAX_CPU_S = 2.0  # for a work of 0.3 s
SENTENCES = {
    "": "The condition is empty",
    "answer": "“answer” is not a whole test",
    "answer >": "“answer >” is not a whole test",
    "answer and answer > 2": "“answer” is not a whole test",
    "and answer > 2": "“and” is not a whole test",
    "not": "“not” is not a whole test",
    "answer is": "“is” is not a whole test",
    "import os": "“import os” is not a whole test",
    "2*answer at x = 2 is 3": "“2*answer” is not a whole test",
    "answer is (a, b) with": "“answer is (a, b) with” is not a whole test",
    "answer is a polynomial in x with roots": "is not a whole test",
    "b > 2": "The letter b in “b > 2” has no value. A parameter is written [[b]].",
    "answer > b": "The letter b in “answer > b” has no value",
    "answer is (a, b) with c > 2": "The letter c in “c > 2” has no value",
    "3 is even": "“3” does not mention the answer",
    "answer is nice": "“nice” is not a property that an answer can have",
    "answer is between 2 and 5": "“between 2” is not a property",
    "answer > (": "The brackets in “answer > (” do not match",
    "answer > ]1": "The brackets in “answer > ]1” do not match",
    "answer > 1/0": "“1/0” has no value",
    "answer > ln(0)": "“ln(0)” has no value",
    "answer > 9^9^9^9": "“9^9^9^9” has no value, or too large a one",
    "answer > 2 3": "“2 3” cannot be read: Two numbers stand side by side",
    "answer > foo": "“foo” is not a word of conditions",
    "second answer > 2": "“second” is not a word of conditions",
    "answer at x is 5": "“x” does not say where",
    "answer holds at (1, 2)": "“(1, 2)” does not say where",
    "(answer at x = (answer at x = 2)) = 2": "does not say where",
    "answer lies on 2x": "“2x” is not an equation",
    "answer is perpendicular to 5": "“5” is not a vector",
    "answer differs from x^2": "write for example “answer differs from x^2 by a constant”",
    "answer differs from 3 by a constant": "“3” has no variable",
    "answer is a polynomial in x of degree 2.5": "“2.5” is not a degree: write a whole number",
    "answer is a polynomial in x of degree 61": "from 0 to 60",
    "answer > 1 or " * 40 + "answer > 2": "A condition has at most 500 characters",
    " or ".join(["answer>1"] * 25): "A condition has at most 20 tests",
    "(" * 40 + "answer > 1" + ")" * 40: "A condition has at most 20 tests",
}


@pytest.mark.parametrize(("condition", "sentence"), SENTENCES.items())
def test_a_condition_that_cannot_be_used_says_why(condition, sentence):
    with pytest.raises(InvalidCondition) as refusal:
        check_condition(condition)
    assert sentence in str(refusal.value)


def test_every_fault_has_its_sentence():
    assert set(CONDITION_SENTENCES) == set(ConditionFault)


@pytest.mark.parametrize("text", [*RUNNING, *GROWING, *NESTING])
@pytest.mark.parametrize("pattern", ["{}", "answer = {}", "answer at x = {} is even"])
def test_hostile_text_is_refused_or_harmless(text, pattern, tmp_path):
    marker = tmp_path / "ran"
    before_s = cpu_time_s()
    with suppress(InvalidCondition):
        check_condition(pattern.replace("{}", text.replace("{marker}", str(marker))))
    assert not marker.exists()
    assert cpu_time_s() - before_s < MAX_CPU_S
