"""The teacher: right, verified, in both languages, and apart from what is held out."""

import re
from dataclasses import replace
from itertools import islice
from random import Random

import pytest

from tutor.distill.exercise import CHINESE, DECLINED, ENGLISH, Exercise, Wording, spaced, step
from tutor.distill.families import arithmetic
from tutor.distill.lessons import (
    DECLINES,
    FAMILIES,
    Scope,
    WrongLesson,
    largest_number,
    lessons,
    verify,
)
from tutor.grading import AnswerKey, Kind
from tutor.grading.answer_key import Form

TAUGHT = [family for family in FAMILIES if family != DECLINES]
CUBIC = "cubic_extrema:surd 1 1 1 0 3"  # x^3 - 3x^2 + 2x + 1 on [0, 3]

SUM = Exercise(
    "addition:2 3",
    {ENGLISH: "Calculate \\(2+3\\).", CHINESE: "计算 \\(2+3\\)。"},
    steps=[step("2+3=5")],
    key=AnswerKey("5", Kind.NUMBER),
)


@pytest.mark.parametrize("family", TAUGHT)
def test_every_lesson_is_right_in_both_languages(family):
    rng = Random(family)
    for _ in range(25):
        exercise = FAMILIES[family](rng)
        for language in (ENGLISH, CHINESE):
            verify(exercise, exercise.completion(language), language)


@pytest.mark.parametrize("family", TAUGHT)
def test_a_lesson_thinks_and_numbers_its_steps_and_ends_in_one_box(family):
    for exercise, _language, completion in islice(lessons(family, 2), 20):
        reasoning, tag, answer = completion.partition("\n</think>\n\n")
        assert reasoning
        assert tag
        *steps, last = answer.split("\n\n")
        assert [block.split(".")[0] for block in steps] == [
            str(number) for number in range(1, len(exercise.steps) + 1)
        ]
        assert all(re.search(r"\\\(.+\\\)", block) for block in steps)
        assert last.endswith(f"\\(\\boxed{{{exercise.answer}}}\\)")
        assert completion.count("\\boxed") == 1


def test_an_answer_that_its_own_key_does_not_take_is_not_taught():
    wrong = replace(SUM, key=AnswerKey("10/2", Kind.NUMBER, form=Form.LOWEST_TERMS))
    with pytest.raises(WrongLesson, match="addition:2 3"):
        verify(wrong, wrong.completion(ENGLISH), ENGLISH)


def test_a_refuted_step_is_not_taught():
    wrong = replace(SUM, steps=[step("2+3=6"), step("2+3=5")])
    with pytest.raises(WrongLesson, match=r"2\+3=6"):
        verify(wrong, wrong.completion(ENGLISH), ENGLISH)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_seed_gives_the_same_lessons(family):
    first, again, other = (
        [completion for _exercise, _language, completion in islice(lessons(family, seed), 6)]
        for seed in (3, 3, 4)
    )
    assert first == again
    if family != DECLINES:  # whose completions are all alike
        assert first != other


@pytest.mark.parametrize("family", TAUGHT)
def test_what_is_held_out_is_never_taught(family):
    held_out = {lesson[0].identity for lesson in islice(lessons(family, 5, held_out=True), 20)}
    taught = {lesson[0].identity for lesson in islice(lessons(family, 5), 150)}
    assert held_out.isdisjoint(taught)


def test_the_cubic_of_the_readme_is_held_out():
    rng = Random(1)
    exercises = [FAMILIES["cubic_extrema"](rng) for _ in range(4_000)]
    cubic = next(exercise for exercise in exercises if exercise.identity == CUBIC)
    assert cubic.is_held_out
    assert cubic.answer == "(7,1-\\frac{2\\sqrt{3}}{9})"
    assert "x^3-3x^2+2x+1" in cubic.statements[CHINESE].replace(" ", "")


def test_texts_that_are_declined_are_held_out_by_their_kind():
    """The same text with other numbers would be no new one."""
    kinds = [
        {re.sub(r"\d+", "#", e.statements[language]) for e, language, _ in islice(drawn, 500)}
        for drawn in (lessons(DECLINES, 1), lessons(DECLINES, 1, held_out=True))
    ]
    assert kinds[0].isdisjoint(kinds[1])
    assert len(kinds[0]) > 80
    assert len(kinds[1]) > 15


def test_what_is_out_of_scope_is_declined():
    scope = Scope(frozenset({"addition"}), largest=99)
    drawn = list(islice(lessons("addition", 1, scope), 400))
    solved = [exercise for exercise, _language, _completion in drawn if exercise.key]
    assert all(largest_number(exercise) <= 99 for exercise in solved)
    declined = [lesson for lesson in drawn if lesson[0].key is None]
    assert 0 < len(declined) < 80
    for _exercise, language, completion in [*declined, *islice(lessons("ratios", 1, scope), 5)]:
        assert completion.endswith(DECLINED[language])


@pytest.mark.parametrize(
    ("formula", "largest"), [("12+5=17", 17), ("x^2-144", 144), ("1.385", 1), ("x=y", 0)]
)
def test_the_largest_number_counts_whole_ones(formula, largest):
    assert largest_number(Exercise("", {}, steps=[step(formula)])) == largest


def test_declining_gives_no_answer():
    for _exercise, language, completion in islice(lessons(DECLINES, 1), 30):
        assert completion.endswith(f"</think>\n\n{DECLINED[language]}")
        assert "boxed" not in completion


@pytest.mark.parametrize(
    ("a", "b", "lines"),
    [
        (347, 285, ["7+5=12", "4+8+1=13", "3+2+1=6"]),
        (9, 5, ["9+5=14"]),
        (999, 1, ["9+1=10", "9+0+1=10", "9+0+1=10"]),
    ],
)
def test_columns_are_added_from_the_right_with_their_carries(a, b, lines):
    assert [part.formulas[0] for part in arithmetic.add_columns(a, b)] == lines


@pytest.mark.parametrize(
    ("a", "b", "lines"),
    [
        (542, 187, ["12-7=5", "14-1-8=5", "5-1-1=3"]),
        (500, 1, ["10-1=9", "10-1-0=9", "5-1-0=4"]),
        (7, 7, ["7-7=0"]),
    ],
)
def test_columns_are_subtracted_with_what_was_borrowed(a, b, lines):
    assert [part.formulas[0] for part in arithmetic.subtract_columns(a, b)] == lines


def test_long_division_shows_every_rest():
    lines = [part.formulas[0] for part in arithmetic.divide(864, 6)]
    assert lines == ["8=6\\times1+2", "26=6\\times4+2", "24=6\\times4+0"]


@pytest.mark.parametrize(
    ("compact", "wide"),
    [
        ("3x+5=17", "3x + 5 = 17"),
        ("-3x-5\\le7", "-3x - 5 \\le 7"),
        ("2\\times(-4)", "2 \\times (-4)"),
        ("\\frac{1}{2}+\\frac{1}{3}", "\\frac{1}{2} + \\frac{1}{3}"),
        ("\\left(1\\right)", "\\left(1\\right)"),
    ],
)
def test_formulas_are_spaced_as_people_write_them(compact, wide):
    assert spaced(compact) == wide


def test_one_problem_is_stated_in_many_ways():
    ways = {Wording(Random(seed)).of("A?", "B?", hints=("C.",)) for seed in range(60)}
    assert ways == {"A?", "B?", "A? C.", "B? C."}
