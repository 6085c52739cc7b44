"""Students who keep giving wrong answers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tutor.grading import Verdict


def stuck(section, **query):
    return reverse("stuck", args=[section.code], query=query)


def test_a_student_with_three_wrong_answers_is_stuck_until_one_is_right(
    as_user, carol, alice, bob, section, item, answered
):
    for number in range(3):
        newest = answered(alice, f"{number}/9")
        answered(bob, f"{number}/9")
    answered(bob, "4", Verdict.CORRECT)
    page = as_user(carol).get(stuck(section))
    [stuck_student] = page.context["stuck"]
    assert (stuck_student.attempt, stuck_student.name, stuck_student.wrong) == (newest, "alice", 3)
    assert newest.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize(
    ("verdicts", "is_stuck"),
    [
        (["incorrect"] * 2, False),
        (["incorrect"] * 2 + ["unreadable"], False),
        (["incorrect", "unreadable", "incorrect", "incorrect"], True),
        (["incorrect"] * 3 + ["undecided"], False),
        (["incorrect"] * 4 + [""], True),
    ],
)
def test_three_wrong_answers_in_a_row_are_stuck(
    as_user, carol, alice, section, item, answered, verdicts, is_stuck
):
    for number, verdict in enumerate(verdicts):
        answered(alice, str(number), verdict)
    assert bool(as_user(carol).get(stuck(section)).context["stuck"]) is is_stuck


def test_whose_answer_the_teacher_graded_is_not_stuck(
    as_user, carol, alice, section, item, answered
):
    for number in range(3):
        newest = answered(alice, f"{number}/9")
    newest.change_grade(Verdict.INCORRECT, 0.5, author=carol, reason="The formula is right.")
    assert as_user(carol).get(stuck(section)).context["stuck"] == []


@pytest.mark.parametrize(
    ("within", "is_stuck"),
    [("hour", False), ("day", True), ("week", True), ("", True), ("'\x00", True)],
)
def test_old_trouble_is_over(as_user, carol, alice, section, item, answered, within, is_stuck):
    for number in range(3):
        answered(alice, str(number), ago=timedelta(hours=5))
    page = as_user(carol).get(stuck(section, within=within))
    assert bool(page.context["stuck"]) is is_stuck


def test_the_tabs_count_answers_that_wait_and_students_who_are_stuck(
    as_user, carol, alice, bob, section, item, answered
):
    for number in range(3):
        answered(alice, str(number))
    answered(bob, "x=", Verdict.UNDECIDED)
    for name in ("section", "people"):
        page = as_user(carol).get(reverse(name, args=[section.code])).content.decode()
        assert (
            'title="1 student is stuck (in the last 24 hours)">Stuck <span class="unread-count"'
            in page
        )
        assert 'title="1 answer needs grading">To grade <span class="unread-count"' in page
    assert "1 student is stuck · at least" in as_user(carol).get(stuck(section)).content.decode()
