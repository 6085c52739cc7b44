import json
import re
from dataclasses import asdict, astuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from tutor.attempts.working import check_sentences
from tutor.grading.steps.checks import Mark
from tutor.solutions.dispatch.shown_steps import ShownStep, StepTally, shown_steps, tally
from tutor.solutions.models import Solution

CASES = json.loads((settings.BASE_DIR / "tests" / "data" / "shown_checks.json").read_text("utf-8"))
CHECKS = [case["check"] for case in CASES]
MARKS = json.loads((settings.BASE_DIR / "tests" / "data" / "shown_marks.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["note"])
def test_a_check_is_shown_as_the_script_shows_it(case):
    [step] = shown_steps(Solution(steps=["x"], checks=[case["check"]]))
    fields = asdict(step)
    assert fields.pop("text") == "x"
    lists = {name: list(fields[name]) for name in ("claims", "moves")}
    assert {**fields, **lists} == case["shown"]


@pytest.mark.parametrize("case", MARKS, ids=lambda case: case["note"])
def test_marks_depend_on_the_verdict_as_in_the_script(case):
    solution = Solution(
        steps=case["steps"],
        checks=case["checks"],
        verdict=case["verdict"],
        final_answer=case["answer"],
    )
    assert [step.mark for step in shown_steps(solution)] == case["marks"]


def test_a_right_answer_counts_as_proved():
    [case] = [case for case in MARKS if case["note"] == "a right answer"]
    solution = Solution(steps=case["steps"], checks=case["checks"], verdict="correct")
    solution.final_answer = case["answer"]
    assert tally(shown_steps(solution)) == StepTally(2, 2, 0, 0, 0, 0)


@pytest.mark.parametrize("case", MARKS, ids=lambda case: case["note"])
def test_the_counts_of_marks_add_up(case):
    solution = Solution(steps=case["steps"], checks=case["checks"], verdict=case["verdict"])
    solution.final_answer = case["answer"]
    counts = tally(shown_steps(solution))
    assert counts is not None
    steps, *marks = astuple(counts)
    assert sum(marks) == steps == len(case["steps"])


def test_a_solution_without_checks_shows_none():
    steps = shown_steps(Solution(steps=["a", "b"]))
    assert steps == [ShownStep("a"), ShownStep("b")]
    assert tally(steps) is None
    assert tally([]) is None


def test_the_tally_counts_marks_and_a_step_that_has_no_check_is_unchecked():
    steps = shown_steps(Solution(steps=["x"] * 6, checks=[*CHECKS, None]))
    assert tally(steps) == StepTally(6, proved=1, refuted=2, resting=1, neutral=0, unchecked=2)


def visible(template, **context):
    """What a reader sees of a fragment."""
    page = render_to_string(template, context)
    page = re.sub(r"<(li|span|p|ul)\b[^>]* hidden>.*?</\1>", "", page, flags=re.DOTALL)
    return re.findall(r"\S.*", re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize(
    ("counts", "texts"),
    [
        ((12, 9, 0, 0, 0, 3), ["9 of 12 steps proved", "3 not checked"]),
        ((3, 1, 2, 0, 0, 0), ["1 of 3 steps proved", "2 steps don’t follow"]),
        (
            (3, 0, 1, 2, 0, 0),
            ["0 of 3 steps proved", "1 step doesn’t follow", "2 based on a mistake"],
        ),
        (
            (4, 0, 0, 0, 3, 1),
            ["0 of 4 steps proved", "3 part of a wrong solution", "1 not checked"],
        ),
        ((1, 1, 0, 0, 0, 0), ["1 of 1 step proved"]),
    ],
)
def test_the_tally_in_words(counts, texts):
    assert visible("solutions/_tally.html", tally=StepTally(*counts)) == texts


def test_marks_of_lines_and_steps_are_plain_words():
    def words(**context):
        marks = (Mark.REFUTED, Mark.RESTING, Mark.UNCHECKED)
        return [
            text for mark in marks for text in visible("_shared/_mark.html", mark=mark, **context)
        ]

    line = ["This line doesn’t follow", "Below a wrong line", "Not checked"]
    assert words(of="line") == line
    assert words() == ["This step doesn’t follow", "Based on a step above", "Not checked"]


def test_a_page_that_follows_a_solution_knows_where_the_sentences_for_its_script_are(client):
    allowed = {"help": {"is_allowed": True}, "item": {"code": uuid4()}}
    page = render_to_string("solutions/_solution.html", allowed)
    [address] = re.findall(r'data-sentences="([^"]*)"', page)
    assert client.get(address).json() == check_sentences.sentences()
    with override("zh-hans"):
        in_chinese = check_sentences.sentences()
    assert client.get("/check-sentences/zh-hans/").json() == in_chinese
    assert client.get("/check-sentences/tlh/").status_code == 404


def test_the_parts_of_a_claim_are_those_that_the_script_fills():
    claim = render_to_string("solutions/_claim.html", {"claim": ""})
    parts = ["relation", "witness", "slip"]
    assert re.findall(r'data-part="(\w+)"', claim) == parts
    assert visible("solutions/_claim.html", claim="") == []


def test_a_claim_is_explained_on_the_page():
    [step] = shown_steps(Solution(steps=["x"], checks=[CHECKS[2]]))
    lines = visible("solutions/_claim.html", claim=step.claims[0])
    assert lines[1:] == [
        "Doesn’t follow",
        "Both sides should be equal.",
        r"For \beta = 2,\; y_{12} = \frac{1}{2},\; \mathrm{ab} = 3, the left side is \frac{9}{2} "
        "and the right side is 2.",
        "The sign should change when a term is moved to the other side.",
    ]
