"""The mistakes of a class, by what probably went wrong, on the page of how an assignment went."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment
from tutor.attempts.mistake_names import NAMES
from tutor.attempts.mistake_sentences.sentences import SENTENCES
from tutor.attempts.models import Attempt, Practice, TeacherMessage
from tutor.attempts.working.check_sentences import SLIPS
from tutor.attempts.working.checking import check_whole
from tutor.courses.models import Enrollment
from tutor.grading import Verdict
from tutor.grading.mistakes import MistakeName, kind_of_slip
from tutor.grading.steps.claim_results import Slip
from tutor.teaching.mistakes import mistakes_in

SIGN, ORDER = MistakeName.SIGN_ERROR, MistakeName.SWAPPED_COORDINATES


@pytest.fixture
def mistaken(answered):
    """An answer with its mistake."""

    def mistaken(user, response, name, verdict=Verdict.INCORRECT, **columns):
        attempt = answered(user, response, verdict, **columns)
        fields = {"name": name} if name else {}
        Attempt.with_practice.filter(pk=attempt.pk).update(mistake=fields)
        return attempt

    return mistaken


def with_line(attempt, lines):
    checks = check_whole(lines, attempt.version, 2.0, decimal_comma=False)
    Attempt.objects.filter(pk=attempt.pk).update(
        working=lines, checks=[check.to_dict() for check in checks]
    )
    return attempt


def test_mistake_of_most_students_comes_first(assignment, alice, bob, mistaken):
    mistaken(alice, "5", ORDER)
    mistaken(alice, "-4", SIGN)
    mistaken(bob, "-4.0", SIGN)
    sign, order = mistakes_in(assignment)
    assert sign.sentence == SENTENCES[SIGN]
    assert len(sign.newest) == 2
    assert {example.text for example in sign.examples} == {"-4", "-4.0"}
    assert order.sentence == SENTENCES[ORDER]


def test_student_counts_once_in_a_group(assignment, alice, mistaken):
    mistaken(alice, "-4", SIGN)
    mistaken(alice, "-8", SIGN)
    [group] = mistakes_in(assignment)
    assert len(group.newest) == 1
    assert len(group.examples) == 2


def test_answer_that_became_right_is_no_mistake(assignment, alice, mistaken):
    mistaken(alice, "4", SIGN, Verdict.CORRECT)
    mistaken(alice, "9", None)
    assert mistakes_in(assignment) == []


def test_first_wrong_line_of_working_counts(assignment, alice, answered):
    attempt = answered(alice, "9")
    lines = ["2(x + 3) = 10", "2x + 3 = 10", "2x = 9"]
    with_line(attempt, lines)
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
    attempt = mistaken(alice, "-4", SIGN)
    client = as_user(carol)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page = client.get(address).content.decode()
    assert str(NAMES[SIGN]) in page
    assert f'<a href="{attempt.get_absolute_url()}"><bdi>alice</bdi></a>' in page
    assert str(SENTENCES[SIGN]) not in page  # which speaks to the student
    assert re.search(r'<progress max="1" value="1"[^>]*></progress> <span class="number">1<', page)
    for response in ("1", "2", "3"):
        mistaken(bob, response, ORDER)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_slip_in_a_line_is_the_same_mistake_as_in_an_answer(
    assignment, alice, bob, answered, mistaken
):
    with_line(answered(alice, "9"), ["2(x + 3) = 10", "2x + 3 = 10"])
    mistaken(bob, "3.5", MistakeName.DISTRIBUTED_TO_FIRST_TERM)
    [group] = mistakes_in(assignment)
    assert group.kind == MistakeName.DISTRIBUTED_TO_FIRST_TERM
    assert group.sentence == SENTENCES[MistakeName.DISTRIBUTED_TO_FIRST_TERM]
    assert [mistake.is_line for mistake in group.newest.values()] == [True, False]


def test_mistakes_of_all_variants_and_problems_are_one_group(section, alice, bob, mistaken):
    problems = [make_problem("sum-1"), make_problem("sum-2", title="Another sum")]
    assignment = make_assignment(section, problems)
    first, second = assignment.problem_set.items.all()
    mistaken(alice, "-4", SIGN, item=first)
    mistaken(bob, "-7", SIGN, item=second)
    [group] = mistakes_in(assignment)
    assert {mistake.item for mistake in group.newest.values()} == {first, second}


def test_practice_counts(assignment, item, alice, mistaken):
    enrollment = assignment.section.enrollments.get(user=alice)
    practice = Practice.objects.create(
        enrollment=enrollment, item=item, version=item.problem.current, number=1
    )
    mistaken(alice, "-4", SIGN, practice=practice)
    assert len(mistakes_in(assignment)) == 1


def test_every_kind_of_mistake_has_a_name_for_teachers():
    assert NAMES.keys() == SENTENCES.keys() | {kind_of_slip(Slip(slip)) for slip in SLIPS}
    assert len({str(name) for name in NAMES.values()}) == len(NAMES)


def test_page_of_a_mistake_shows_the_question_and_the_right_answer(
    as_user, carol, assignment, item, alice, mistaken
):
    mistaken(alice, "-4", SIGN)
    page = as_user(carol).get(reverse("mistake", args=[assignment.code, SIGN]))
    text = page.content.decode()
    assert item.version.statement in text
    assert "data-answer>4</span>" in text
    assert reverse("correct-key", args=[item.problem.code]) in text


def test_page_of_a_mistake_asks_whether_the_key_is_right(
    as_user, carol, assignment, section, mistaken
):
    users = [make_user(f"pupil{n}") for n in range(3)]
    for user in users:
        Enrollment.objects.create(section=section, user=user)
        mistaken(user, "-4", SIGN)
    page = as_user(carol).get(reverse("mistake", args=[assignment.code, SIGN]))
    assert [question.is_doubted for question in page.context["asked"]] == [True]
    assert "Is yours correct?" in page.content.decode()


def test_nobody_is_written_to_about_a_mistake_before_the_verdict(
    as_user, carol, alice, assignment, mistaken
):
    mistaken(alice, "-4", SIGN)
    page = reverse("mistake", args=[assignment.code, SIGN])
    client = as_user(carol)
    sent = {"code": client.get(page).context["form"]["code"].value(), "text": "Mind the sign."}
    Assignment.objects.update(verdict_policy="after_end")
    refused = client.post(page, sent, follow=True).content.decode()
    assert "before they read the verdict" in refused
    extra = client.post(reverse("extra", args=[assignment.code, SIGN]), {}, follow=True)
    assert "before they read the verdict" in extra.content.decode()
    assert not TeacherMessage.objects.exists()
    Assignment.objects.update(verdict_policy="at_once")
    client.post(page, sent)
    assert TeacherMessage.objects.count() == 1
