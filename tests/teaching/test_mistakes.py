"""The mistakes of a class, by what probably went wrong, on the page of how an assignment went."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_section
from tutor.attempts.check_sentences import SLIPS
from tutor.attempts.mistake_sentences import SENTENCES
from tutor.attempts.models import Attempt
from tutor.attempts.working import check_working
from tutor.grading import Verdict
from tutor.grading.mistakes import MistakeName
from tutor.grading.steps.claim_results import Slip
from tutor.teaching.mistakes import mistakes_in

SIGN, ORDER = MistakeName.SIGN_ERROR, MistakeName.SWAPPED_COORDINATES


@pytest.fixture
def mistaken(answered):
    """An answer with its mistake."""

    def mistaken(user, response, name, verdict=Verdict.INCORRECT):
        attempt = answered(user, response, verdict)
        fields = {"name": name} if name else {}
        Attempt.objects.filter(pk=attempt.pk).update(mistake=fields)
        return attempt

    return mistaken


def rows_of(assignment):
    return [(group.sentence, group.names) for group in mistakes_in(assignment)]


def test_mistake_of_most_students_comes_first(assignment, alice, bob, mistaken):
    mistaken(alice, "5", ORDER)
    mistaken(alice, "-4", SIGN)
    mistaken(bob, "-4.0", SIGN)
    sign, order = mistakes_in(assignment)
    assert sign.sentence == SENTENCES[SIGN]
    assert len(sign.students) == 2
    assert {example.text for example in sign.examples} == {"-4", "-4.0"}
    assert order.sentence == SENTENCES[ORDER]


def test_student_counts_once_in_a_group(assignment, alice, mistaken):
    mistaken(alice, "-4", SIGN)
    mistaken(alice, "-8", SIGN)
    [group] = mistakes_in(assignment)
    assert len(group.students) == 1
    assert len(group.examples) == 2


def test_answer_that_became_right_is_no_mistake(assignment, alice, mistaken):
    mistaken(alice, "4", SIGN, Verdict.CORRECT)
    mistaken(alice, "9", None)
    assert mistakes_in(assignment) == []


def test_first_wrong_line_of_working_counts(assignment, alice, answered):
    attempt = answered(alice, "9")
    lines = ["2(x + 3) = 10", "2x + 3 = 10", "2x = 9"]
    checks = check_working(lines, attempt.version, 2.0)
    Attempt.objects.filter(pk=attempt.pk).update(
        working=lines, checks=[check.to_dict() for check in checks]
    )
    [group] = mistakes_in(assignment)
    assert group.sentence == SLIPS[Slip.HALF_DISTRIBUTED]
    assert [example.text for example in group.examples] == [lines[1]]


def test_other_classes_and_teachers_are_left_out(assignment, alice, dan, carol, mistaken):
    mistaken(alice, "-4", SIGN)
    other = make_section(teacher=dan, students=[alice], name="10b")
    assignment.pk, assignment.section = None, other
    assert mistakes_in(assignment) == []


def test_page_shows_mistakes_in_a_number_of_queries_that_stays(
    as_user, carol, assignment, alice, bob, mistaken
):
    address = reverse("statistics", args=[assignment.code])
    mistaken(alice, "-4", SIGN)
    client = as_user(carol)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = client.get(address).content.decode()
    assert str(SENTENCES[SIGN]) in page
    for response in ("1", "2", "3"):
        mistaken(bob, response, ORDER)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
