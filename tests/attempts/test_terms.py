"""What holds for one student: from the assignment, what they are always granted, what was said."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import add_students, make_assignment, make_problem
from tutor.assignments.models import Assignment, Item, Override, Sitting, overridden_terms
from tutor.attempts.access import access_for
from tutor.attempts.creating import attempts_left
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models import Attempt
from tutor.attempts.results.assignment_progress import progress_of
from tutor.courses.models import Enrollment, StudentGroup

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def enrollment(section, alice):
    return section.enrollments.get(user=alice)


@pytest.fixture
def taken(assignment, alice):
    """The assignment as Alice has it now."""
    return lambda: Assignment.objects.taken_by(alice).get(pk=assignment.pk).for_student()


def grant(enrollment, **fields):
    Enrollment.objects.filter(pk=enrollment.pk).update(**fields)


def test_without_anything_said_the_assignment_holds(assignment, taken):
    mine = taken()
    names = ("opens_at", "due_at", "closes_at", "attempts_allowed", "time_limit_min", "ends_at")
    for name in names:
        assert getattr(mine, name) == getattr(assignment, name), name


def test_what_is_always_granted_applies_to_all_of_it(enrollment, assignment, taken):
    Assignment.objects.update(closes_at=assignment.due_at + DAY, time_limit_min=45)
    grant(enrollment, extra_days=3, extra_attempts=2, extra_time=50)
    mine = taken()
    assert mine.due_at == assignment.due_at + 3 * DAY
    assert mine.closes_at == assignment.due_at + 4 * DAY
    assert mine.attempts_allowed == 7
    assert mine.time_limit_min == 68  # never rounded against the student
    assert mine.credit_at(assignment.due_at + 2 * DAY) == 1
    assert mine.credit_at(assignment.due_at + 3 * DAY + HOUR) == Decimal("0.5")


def test_any_number_of_attempts_stays_any_number(enrollment, taken):
    Assignment.objects.update(attempts_allowed=None)
    grant(enrollment, extra_attempts=2)
    assert taken().attempts_allowed is None


def test_what_was_said_for_one_assignment_wins(enrollment, assignment, taken):
    grant(enrollment, extra_days=3, extra_attempts=2, extra_time=100)
    due = assignment.due_at + HOUR
    fields = {"due_at": due, "attempts_allowed": 1, "time_limit_min": 30}
    Override.objects.create(assignment=assignment, enrollment=enrollment, **fields)
    mine = taken()
    assert (mine.due_at, mine.ends_at) == (due, due)
    assert (mine.attempts_allowed, mine.time_limit_min) == (1, 30)


def test_a_classmate_has_none_of_it(enrollment, assignment, bob):
    grant(enrollment, extra_days=3)
    Override.objects.create(assignment=assignment, enrollment=enrollment, attempts_allowed=9)
    his = Assignment.objects.taken_by(bob).get().for_student()
    assert (his.due_at, his.attempts_allowed) == (assignment.due_at, 5)


@pytest.mark.parametrize("days", [0, 2])
@pytest.mark.parametrize(
    ("opens", "due", "closes", "base_closes"),
    list(product([None, -5, 5], [None, -3, 30], [None, 40], [None, 10])),
)
def test_the_database_and_the_row_say_the_same(
    alice, enrollment, assignment, item, days, opens, due, closes, base_closes
):
    """Whether it is open, and whether solutions are shown, at instants around every date."""
    now = timezone.now()

    def at(offset):
        return None if offset is None else now + offset * HOUR

    policy = Assignment.HelpPolicy.AFTER_DUE
    Assignment.objects.update(
        opens_at=at(-4), due_at=at(-2), closes_at=at(base_closes), help_policy=policy
    )
    grant(enrollment, extra_days=days)
    dates = {"opens_at": at(opens), "due_at": at(due), "closes_at": at(closes)}
    Override.objects.create(assignment=assignment, enrollment=enrollment, **dates)

    opened = dates["opens_at"] or at(-4)
    is_due = dates["due_at"] or at(-2) + days * DAY
    closing = dates["closes_at"] or (at(base_closes) + days * DAY if base_closes else is_due)
    ends = max(is_due, closing)
    is_open = opened <= now
    assert Assignment.objects.visible_to(alice).exists() == is_open
    assert Item.objects.visible_to(alice).exists() == is_open
    assert (access_for(alice, item) is not None) == is_open
    assert items_with_solutions_for(alice).exists() == (is_open and ends <= now)
    if is_open:
        mine = access_for(alice, item).assignment
        assert (mine.due_at, mine.ends_at) == (is_due, ends)
        assert mine.takes_answers_at(now) == (now <= ends)


def test_a_later_date_takes_and_pays_a_later_answer(enrollment, alice, item, assignment, hand_in):
    Assignment.objects.update(due_at=timezone.now() - HOUR)
    grant(enrollment, extra_days=1)
    attempt = hand_in(alice, "4")
    assert isinstance(attempt, Attempt)
    [item_progress] = [at for _, at in progress_of(alice, [assignment])[assignment.pk].items]
    assert (item_progress.points, item_progress.is_late) == (item.points, False)


def test_more_attempts_are_taken_and_shown(client, enrollment, alice, item, hand_in):
    Assignment.objects.update(attempts_allowed=1)
    grant(enrollment, extra_attempts=1)
    assert isinstance(hand_in(alice, "5"), Attempt)
    client.force_login(alice)
    assert "1 attempt left" in client.get(item.get_absolute_url()).content.decode()
    assert isinstance(hand_in(alice, "6"), Attempt)
    assert hand_in(alice, "4") == "none_left"


def test_dates_are_shown_as_the_student_has_them(client, enrollment, alice, assignment, taken):
    grant(enrollment, extra_days=2)
    client.force_login(alice)
    for address in (reverse("home"), assignment.get_absolute_url()):
        assert taken().due_at.isoformat() in client.get(address).content.decode()


def test_what_is_for_some_is_there_for_them_alone(section, alice, bob, enrollment, assignment):
    Assignment.objects.update(for_all=False)
    assert not Assignment.objects.visible_to(alice).exists()
    assignment.students.add(enrollment)
    assert Assignment.objects.visible_to(alice).exists()
    assert not Assignment.objects.visible_to(bob).exists()
    group = StudentGroup.objects.create(section=section, name="B")
    group.members.add(section.enrollments.get(user=bob))
    assignment.groups.add(group)
    assert Assignment.objects.visible_to(bob).get() == assignment
    assert Assignment.objects.taken_by(alice).count() == 1


def test_a_time_limit_hides_the_problems_until_one_begins(
    client, alice, bob, item, assignment, hand_in
):
    Assignment.objects.update(time_limit_min=30)
    client.force_login(alice)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "A sum" not in page
    assert client.get(item.get_absolute_url()).status_code == 404
    assert hand_in(alice, "4") == "closed"

    response = client.post(reverse("assignment-begin", args=[assignment.code]))
    assert response.url == item.get_absolute_url()
    begun = Sitting.objects.get().begun_at
    client.post(reverse("assignment-begin", args=[assignment.code]))
    assert Sitting.objects.get().begun_at == begun
    assert "A sum" in client.get(assignment.get_absolute_url()).content.decode()
    assert isinstance(hand_in(alice, "5"), Attempt)
    assert not Item.objects.visible_to(bob).exists()


def test_after_the_time_nothing_is_taken_however_the_page_looks(
    client, alice, item, assignment, hand_in, enrollment
):
    Assignment.objects.update(time_limit_min=30)
    begun_at = timezone.now() - timedelta(minutes=31)
    Sitting.objects.create(assignment=assignment, enrollment=enrollment, begun_at=begun_at)
    assert hand_in(alice, "4") == "closed"
    client.force_login(alice)
    assert "Your time is over" in client.get(item.get_absolute_url()).content.decode()
    grant(enrollment, extra_time=10)
    assert isinstance(hand_in(alice, "4"), Attempt)


def test_the_end_comes_before_the_time_is_over(taken, assignment, enrollment):
    Assignment.objects.update(time_limit_min=10_000, due_at=timezone.now() + HOUR)
    Sitting.objects.create(assignment=assignment, enrollment=enrollment)
    mine = taken()
    assert mine.stops_at == mine.due_at


def test_solutions_wait_for_everybody_not_for_ones_own_time(alice, assignment, enrollment):
    Assignment.objects.update(time_limit_min=1, help_policy=Assignment.HelpPolicy.AFTER_DUE)
    begun_at = timezone.now() - HOUR
    Sitting.objects.create(assignment=assignment, enrollment=enrollment, begun_at=begun_at)
    assert not items_with_solutions_for(alice).exists()


@pytest.mark.parametrize("who", ["carol", "dan", "bob"])
def test_nobody_begins_for_somebody_else(client, request, assignment, who):
    Assignment.objects.update(time_limit_min=30, for_all=False)
    client.force_login(request.getfixturevalue(who))
    assert client.post(reverse("assignment-begin", args=[assignment.code])).status_code == 404
    assert not Sitting.objects.exists()


def test_only_those_who_differ_are_listed(section, alice, bob, enrollment, assignment):
    assert overridden_terms(section) == {}
    grant(enrollment, extra_days=1)
    his = section.enrollments.get(user=bob)
    Override.objects.create(assignment=assignment, enrollment=his, attempts_allowed=9)
    terms = overridden_terms(section)
    assert set(terms) == {(enrollment.pk, assignment.pk), (his.pk, assignment.pk)}
    assert terms[enrollment.pk, assignment.pk].due_at == assignment.due_at + DAY
    assert attempts_left(terms[his.pk, assignment.pk], []) == 9


def test_a_teacher_grants_and_it_is_noted(client, carol, section, enrollment):
    client.force_login(carol)
    sent = {"extra_time": "50", "extra_attempts": "1", "extra_days": "2"}
    answer = client.post(reverse("accommodate", args=[section.code, "alice"]), sent)
    assert answer.url == enrollment.get_absolute_url()
    enrollment.refresh_from_db()
    assert (enrollment.extra_time, enrollment.extra_attempts, enrollment.extra_days) == (50, 1, 2)
    assert section.events.get().detail == "50 % · 1 · 2 d"
    page = client.get(reverse("people", args=[section.code])).content.decode()
    assert "50% extra time" in page


def test_the_history_says_in_words_what_was_granted(client, carol, section, enrollment):
    client.force_login(carol)
    sent = {"extra_time": "0", "extra_attempts": "0", "extra_days": "2"}
    client.post(reverse("accommodate", args=[section.code, "alice"]), sent)
    event = section.events.get()
    assert event.shown_detail == "2 extra days"
    with translation.override("zh-hans"):
        assert event.shown_detail == "延后 2 天"


@pytest.mark.parametrize("value", ["-1", "401", "", "x", "9" * 30, "1.5"])
def test_what_cannot_be_granted_is_said_at_its_field(client, carol, section, enrollment, value):
    client.force_login(carol)
    sent = {"extra_time": value, "extra_attempts": "0", "extra_days": "0"}
    page = client.post(reverse("accommodate", args=[section.code, "alice"]), sent)
    assert page.context["grant_form"].errors["extra_time"]
    enrollment.refresh_from_db()
    assert enrollment.extra_time == 0


def test_terms_are_entered_in_the_sections_time_zone(
    client, carol, section, enrollment, assignment
):
    section.time_zone = "Asia/Shanghai"
    section.save()
    client.force_login(carol)
    url = reverse("student-terms", args=[assignment.code, "alice"])
    year = timezone.now().year + 2
    client.post(url, {"due_at": f"{year}-03-01T20:00", "reason": "ill"})
    override = Override.objects.get()
    assert override.due_at.isoformat() == f"{year}-03-01T12:00:00+00:00"
    assert f'value="{year}-03-01T20:00"' in client.get(url).content.decode()
    client.post(url, {"reason": "well again"})
    assert not Override.objects.exists()
    assert section.events.filter(about=enrollment.user).count() == 2


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"opens_at": "2999-01-01T00:00"}, "opens_at"),
        ({"due_at": "2001-01-01T00:00"}, "due_at"),
        ({"closes_at": "2001-01-01T00:00"}, "closes_at"),
        ({"due_at": "2999-01-02T00:00", "closes_at": "2999-01-01T00:00"}, "closes_at"),
        ({"due_at": "tomorrow"}, "due_at"),
        ({"due_at": "9999-99-99T00:00"}, "due_at"),
        ({"attempts_allowed": "0"}, "attempts_allowed"),
        ({"time_limit_min": "9" * 20}, "time_limit_min"),
        ({"reason": "a\0"}, "reason"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_the_field(client, carol, assignment, sent, field):
    client.force_login(carol)
    page = client.post(reverse("student-terms", args=[assignment.code, "alice"]), sent)
    assert page.context["form"].errors[field]
    assert not Override.objects.exists()


def test_terms_are_read_by_who_looks_after_the_section(
    client, carol, admin, alice, dan, assignment
):
    assignment = Assignment.objects.get()
    pages = [reverse("assignment-terms", args=[assignment.code])]
    pages.append(reverse("student-terms", args=[assignment.code, "alice"]))
    for user, status in ((carol, 200), (admin, 200), (alice, 404), (dan, 404)):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [status, status]


def test_queries_do_not_grow_with_the_students(client, carol, section, assignment):
    client.force_login(carol)
    counts = []
    for size in (5, 300):
        add_students(section, size)
        for enrollment in section.enrollments.students()[:4]:
            Override.objects.get_or_create(
                assignment=assignment, enrollment=enrollment, attempts_allowed=9
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assignment-terms", args=[assignment.code]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_everything_of_a_student_takes_as_many_queries_for_many_assignments(client, alice, section):
    client.force_login(alice)
    counts = []
    for _ in range(2):
        for n in range(4):
            make_assignment(section, [make_problem(f"p{Item.objects.count()}-{n}")])
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
