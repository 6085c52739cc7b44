"""The first page of a person who teaches: a sheet for each of their classes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.conftest import make_user
from tests.factories import add_students, make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment, Override
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, SectionEvent
from tutor.grading import Verdict
from tutor.grading.mistakes import MistakeName
from tutor.teaching.class_sheets import due_in_words
from tutor.teaching.models import Exemption
from tutor.teaching.stuck_students import STUCK_AFTER

HOME = reverse("home")


def sheet_of(client):
    [sheet] = client.get(HOME).context["sheets"]
    return sheet


def test_the_links_of_the_site_say_which_page_it_is(client, carol, section):
    client.force_login(carol)
    for name in ("home", "sections", "problems", "sets"):
        page = client.get(reverse(name)).content.decode()
        assert page.count('aria-current="page"') == 1
        assert f'<a href="{reverse(name)}" aria-current="page">' in page


def open_work(client):
    """Title, finished and all of each open assignment."""
    rows = sheet_of(client).assignments
    return [(row.assignment.pk, row.finished, row.students) for row in rows]


@pytest.fixture
def due_tomorrow(section, problem):
    due_at = timezone.now() + timedelta(days=1)
    return make_assignment(section, [problem], due_at=due_at)


@pytest.fixture
def assistant(section, dan):
    Enrollment.objects.create(section=section, user=dan, role=Enrollment.Role.ASSISTANT)
    return dan


def test_answers_that_wait_are_counted_with_a_link(
    as_user, carol, alice, bob, section, item, answered
):
    answered(alice, "4?", Verdict.UNDECIDED)
    answered(bob, "4!", Verdict.UNDECIDED)
    page = as_user(carol).get(HOME).content.decode()
    assert "2 answers need grading" in page
    assert reverse("waiting", args=[section.code]) in page


def test_who_is_stuck_is_named_once_and_the_sixth_is_counted(
    as_user, carol, section, assignment, problem, answered
):
    other = make_assignment(section, [problem]).problem_set.items.get()
    add_students(section, 6)
    for item in (assignment.problem_set.items.get(), other):
        for enrollment in section.enrollments.filter(user__username__startswith="s"):
            for number in range(3):
                answered(enrollment.user, str(number), item=item)
    client = as_user(carol)
    assert len(sheet_of(client).stuck.names) == 6
    page = client.get(HOME).content.decode()
    assert "6 students are stuck" in page
    assert page.count("<bdi>s") == 5
    assert "and 1 more student" in page
    assert reverse("stuck", args=[section.code]) in page


def test_who_has_not_begun_what_is_due_soon_is_named(
    as_user, carol, alice, bob, section, due_tomorrow, answered
):
    answered(bob, "5", item=due_tomorrow.problem_set.items.get())
    assert sheet_of(as_user(carol)).idle.names == ["alice"]
    assert (
        "1 student has not begun what is due within three days"
        in as_user(carol).get(HOME).content.decode()
    )


def test_later_work_is_not_urgent(as_user, carol, assignment):
    assert sheet_of(as_user(carol)).idle.names == []


def test_an_extension_decides_for_its_student(as_user, carol, alice, section, due_tomorrow):
    enrollment = section.enrollments.get(user=alice)
    later = timezone.now() + timedelta(days=9)
    Override.objects.create(assignment=due_tomorrow, enrollment=enrollment, due_at=later)
    assert sheet_of(as_user(carol)).idle.names == ["bob"]


def test_who_is_exempt_is_left_out(as_user, carol, alice, section, due_tomorrow):
    enrollment = section.enrollments.get(user=alice)
    Exemption.objects.create(enrollment=enrollment, assignment=due_tomorrow, reason="ill")
    client = as_user(carol)
    assert sheet_of(client).idle.names == ["bob"]
    assert open_work(client) == [(due_tomorrow.pk, 0, 1)]


def test_who_has_answered_every_problem_has_finished(as_user, carol, alice, bob, section, answered):
    problems = [make_problem(f"sum-{n}") for n in range(2)]
    assignment = make_assignment(section, problems)
    first, second = assignment.problem_set.items.all()
    for item in (first, first, second):
        answered(alice, "5", item=item)
    answered(bob, "4", Verdict.CORRECT, item=first)
    answered(bob, "?", Verdict.UNREADABLE, item=second)
    client = as_user(carol)
    assert open_work(client) == [(assignment.pk, 1, 2)]
    page = client.get(HOME).content.decode()
    assert "2 of 2 begun · 1 finished" in page
    assert '<rect class="finished" width="1" ' in page


def test_the_first_page_counts_the_students_whom_the_page_of_the_class_counts(
    as_user, carol, alice, bob, section, problem
):
    """Who joined after it was due is not missing; who has later dates is still to work on it."""
    now, day = timezone.now(), timedelta(days=1)
    dates = {"opens_at": now - 3 * day, "due_at": now - day, "closes_at": now + day}
    late = make_assignment(section, [problem], **dates)
    postponed = make_assignment(section, [problem], opens_at=now - day, due_at=now + 9 * day)
    enrollment = section.enrollments.get(user=alice)
    Override.objects.create(assignment=postponed, enrollment=enrollment, opens_at=now + day)
    section.note(SectionEvent.Act.JOINED, bob, bob)
    client = as_user(carol)
    here = [
        (row.assignment.pk, row.begun, row.finished, row.students)
        for row in sheet_of(client).assignments
    ]
    rows = client.get(section.get_absolute_url()).context["rows"]
    assert here == [(row.assignment.pk, row.begun, row.finished, row.students) for row in rows]
    assert here == [(late.pk, 0, 0, 1), (postponed.pk, 0, 0, 2)]


def test_work_for_some_students_is_counted_for_them_alone(as_user, carol, alice, section, problem):
    assignment = make_assignment(section, [problem], for_all=False)
    assignment.students.add(section.enrollments.get(user=alice))
    assert open_work(as_user(carol)) == [(assignment.pk, 0, 1)]


def test_only_open_assignments_are_listed(as_user, carol, section, problem):
    now = timezone.now()
    day = timedelta(days=1)
    make_assignment(section, [problem], opens_at=now + day)
    make_assignment(section, [problem], opens_at=now - 3 * day, due_at=now - day)
    late = make_assignment(
        section, [problem], opens_at=now - 3 * day, due_at=now - day, closes_at=now + day
    )
    [row] = sheet_of(as_user(carol)).assignments
    assert row.assignment == late
    assert row.due.startswith("late answers until")


def test_the_three_mistakes_of_most_students_lead_to_their_pages(
    as_user, carol, alice, bob, section, item, assignment, answered
):
    names = list(MistakeName)[:4]
    for user, made in ((alice, names), (bob, names[1:])):
        for number, name in enumerate(made):
            attempt = answered(user, f"{number}/7")
            Attempt.objects.filter(pk=attempt.pk).update(mistake={"name": name})
    client = as_user(carol)
    mistakes = sheet_of(client).mistakes
    assert [mistake.students for mistake in mistakes] == [2, 2, 2]
    page = client.get(HOME).content.decode()
    for mistake in mistakes:
        assert reverse("mistake", args=[assignment.code, mistake.group.kind]) in page


def test_wrong_answers_of_several_students_are_named_with_how_many_gave_them(
    as_user, carol, alice, bob, item, assignment, answered
):
    """Whether or not Lemma knows the mistake; also on "How it went"."""
    given = [(alice, "15/7"), (alice, "15/7"), (bob, "15/7"), (bob, "9")]
    newest = [answered(user, response) for user, response in given][1:3]
    answered(alice, "9", ago=timedelta(days=8))
    client = as_user(carol)
    assert [(row.text, row.students) for row in sheet_of(client).frequent] == [("15/7", 2)]
    answers = reverse("answers", args=[assignment.code, item.code])
    statistics = client.get(reverse("statistics", args=[assignment.code]))
    rows = [(row.text, row.students) for row in statistics.context["frequent"]]
    assert rows == [("15/7", 2), ("9", 2)]
    for page in (client.get(HOME), statistics):
        shown = page.content.decode()
        assert f'<a href="{answers}"><span class="visually-hidden">15/7</span>' in shown
        assert r'aria-hidden="true" data-markdown>\(15/7\)</span></a>' in shown
    for attempt in newest:
        assert f'<a href="{attempt.get_absolute_url()}"><bdi>' in statistics.content.decode()


def test_frequent_wrong_answers_are_those_of_the_page_of_wrong_answers(
    as_user, carol, alice, bob, section, assignment, item, answered
):
    """Grouped by meaning, and after a teacher's decision."""
    cleo = make_user("cleo")
    Enrollment.objects.create(section=section, user=cleo)
    for user, response in (
        (alice, "15/7"),
        (bob, "30/14"),
        (cleo, "60/28"),
        (alice, "1"),
        (bob, "1"),
    ):
        attempt = answered(user, response)
    client = as_user(carol)

    def frequent():
        page = client.get(reverse("statistics", args=[assignment.code]))
        return [row.students for row in page.context["frequent"]]

    def grouped():
        page = client.get(reverse("answers", args=[assignment.code, item.code]))
        return [group.students for group in page.context["answers"].groups if group.students > 1]

    assert frequent() == grouped() == [3, 2]
    attempt.change_grade(Verdict.CORRECT, 1, author=carol, reason="That was right.")
    assert frequent() == grouped() == [3]


def test_mistakes_of_last_week_are_over(as_user, carol, alice, item, answered):
    attempt = answered(alice, "-4", ago=timedelta(days=8))
    Attempt.objects.filter(pk=attempt.pk).update(mistake={"name": MistakeName.SIGN_ERROR})
    assert sheet_of(as_user(carol)).mistakes == []


@pytest.mark.parametrize(
    ("due_at", "words"),
    [
        (datetime(2026, 11, 16, 20, tzinfo=UTC), "due today, 9 pm"),
        (datetime(2026, 11, 16, 23, 30, tzinfo=UTC), "due tomorrow, Tuesday, 12:30 am"),
        (datetime(2026, 11, 20, 8, tzinfo=UTC), "due in 4 days, Friday, 9 am"),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), "due Nov 23, 2026, 9 am"),
    ],
)
def test_due_dates_are_words_of_the_calendar_of_the_class(section, assignment, due_at, words):
    section.time_zone, assignment.due_at = "Europe/Berlin", due_at
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    assert due_in_words(assignment, section, monday) == words


def test_an_empty_class_says_that_nothing_is_to_do(as_user, carol):
    section = make_section(teacher=carol, students=[])
    page = as_user(carol).get(HOME).content.decode()
    for words in ("Nobody is in this class yet.", "0 students"):
        assert words in page
    assert "Nothing needs grading." not in page
    Enrollment.objects.create(section=section, user=make_user("cleo"))
    page = as_user(carol).get(HOME).content.decode()
    assert "Nothing to do, and nothing is open." in page
    assert reverse("assign", args=[section.code]) in page
    assert "Mistakes this week" not in page


def test_classes_that_need_their_teacher_come_first(as_user, carol, alice, section, item, answered):
    for name in ("00a", "00b"):
        make_section(teacher=carol, students=[], name=name)
    answered(alice, "x", Verdict.UNDECIDED)
    sheets = sheets_of_page(as_user(carol))
    assert sheets[0].section == section
    assert [row.is_quiet for row in sheets] == [False, True, True]


def sheets_of_page(client):
    return client.get(HOME).context["sheets"]


def test_mistakes_in_what_is_still_open_come_before_more_frequent_ones(
    as_user, carol, alice, bob, section, assignment, item, answered
):
    over = make_assignment(section, [make_problem("earlier")])
    cleo = make_user("cleo")
    Enrollment.objects.create(section=section, user=cleo)
    for user in (alice, bob, cleo):
        answered(user, "9", item=over.problem_set.items.get())
    for user in (alice, bob):
        answered(user, "7")
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=3), "due_at": now - timedelta(days=1)}
    Assignment.objects.filter(pk=over.pk).update(**dates, closes_at=None)
    [sheet] = sheets_of_page(as_user(carol))
    assert [answer.text for answer in sheet.frequent] == ["7", "9"]


def test_classes_are_in_the_order_of_the_list_without_archived_ones(as_user, carol):
    for name in ("10b", "10a", "9z"):
        section = make_section(teacher=carol, students=[], name=name)
    section.archive()
    sheets = as_user(carol).get(HOME).context["sheets"]
    assert [sheet.section.name for sheet in sheets] == ["10a", "10b"]


def test_nothing_of_the_class_of_another_teacher_is_there(
    as_user, dan, alice, section, item, due_tomorrow, answered
):
    for number in range(3):
        answered(alice, f"{number}/9")
    answered(alice, "4?", Verdict.UNDECIDED)
    page = as_user(dan).get(HOME)
    [sheet] = page.context["sheets"]
    assert (sheet.section.name, sheet.waiting, sheet.stuck.names) == ("9c", 0, [])
    for words in ("10a", "alice", "Warming up"):
        assert words not in page.content.decode()


def test_an_assistant_sees_the_class_and_assigns_nothing(as_user, assistant, section, assignment):
    page = as_user(assistant).get(HOME).content.decode()
    assert reverse("gradebook-section", args=[section.code]) in page
    assert reverse("assign", args=[section.code]) not in page


def test_a_co_teacher_assigns_too(as_user, dan, section):
    Enrollment.objects.create(section=section, user=dan, role=Enrollment.Role.TEACHER)
    page = as_user(dan).get(HOME).content.decode()
    assert reverse("assign", args=[section.code]) in page


@pytest.mark.parametrize("role", [Enrollment.Role.STUDENT, Enrollment.Role.FORMER])
def test_who_teaches_no_class_sees_their_own_work(as_user, bob, section, assignment, role):
    section.enrollments.filter(user=bob).update(role=role)
    page = as_user(bob).get(HOME)
    assert "sheets" not in page.context
    assert reverse("join") in page.content.decode()


def test_whoever_may_teach_is_led_to_a_first_class(as_user, admin, section):
    new_teacher = make_user("grace")
    new_teacher.may_teach = True
    new_teacher.save()
    page = as_user(new_teacher).get(HOME).content.decode()
    assert reverse("section-new") in page
    assert reverse("operation") not in page
    page = as_user(admin).get(HOME).content.decode()
    assert reverse("section-new") in page
    assert reverse("operation") in page


def test_own_work_as_a_student_is_folded_below(as_user, dan, section, assignment):
    Enrollment.objects.create(section=section, user=dan)
    page = as_user(dan).get(HOME)
    assert "Your work as a student" in page.content.decode()
    assert page.context["due_next"].assignment == assignment


def test_a_teacher_who_studies_nowhere_has_no_work_of_their_own(as_user, carol, assignment):
    page = as_user(carol).get(HOME)
    assert "Your work as a student" not in page.content.decode()
    assert "Due next" not in page.content.decode()


def test_three_classes_of_thirty_take_few_queries(as_user, carol, problem, answered):
    sections = [make_section(teacher=carol, students=[], name=name) for name in "abc"]
    client = as_user(carol)
    counts = []
    for students in (3, 27):
        for section in sections:
            for number in range(students):
                user = User.objects.create(username=f"{section.name}{students}-{number}")
                Enrollment.objects.create(section=section, user=user)
            item = make_assignment(section, [problem]).problem_set.items.get()
            for enrollment in section.enrollments.students():
                for number in range(STUCK_AFTER):
                    answered(enrollment.user, str(number), item=item)
            Attempt.objects.update(mistake={"name": MistakeName.SIGN_ERROR})
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 26


def test_a_teacher_tries_an_assignment_instead_of_beginning_it(client, carol, alice, assignment):
    client.force_login(carol)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert reverse("try", args=[assignment.code]) in page
    assert assignment.section.get_absolute_url() in page
    assert "Begin with the first problem" not in page
    client.force_login(alice)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "Begin with the first problem" in page
    assert reverse("try", args=[assignment.code]) not in page


def test_a_page_that_is_not_there_leads_each_of_them_back(client, carol, alice, section):
    for user, words in ((carol, "To your classes"), (alice, "Home")):
        client.force_login(user)
        assert words in client.get("/nothing/").content.decode()
