"""A teacher gives a set to a section, changes it, copies last year's."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import add_students, make_assignment, make_problem, make_section
from tutor.assignments.copying import shifted, usual_shift
from tutor.assignments.models import Assignment, ProblemSet, Sitting
from tutor.courses.models import Enrollment, Section, StudentGroup


@pytest.fixture
def problem_set(carol, section):
    made = ProblemSet.objects.create(title="Sums", owner=carol)
    made.append([make_problem("in-the-set")])
    return made


@pytest.fixture
def data(problem_set):
    """What the form sends for an assignment that is well."""
    return {
        "problem_set": problem_set.pk,
        "opens_at": "2030-03-01T08:00",
        "due_at": "2030-03-08T20:00",
        "closes_at": "",
        "late_credit": "50",
        "attempts_allowed": "3",
        "time_limit_min": "",
        "check_policy": "",
        "check_after_attempts": "1",
        "help_policy": "after_due",
        "verdict_policy": "at_once",
        "help_after_attempts": "2",
        "hint_policy": "always",
        "hint_after_attempts": "1",
        "reply_policy": "never",
        "reply_after_attempts": "1",
        "step_policy": "attempts",
        "step_after_attempts": "3",
        "for_all": "on",
    }


@pytest.fixture
def last_year(carol):
    """A section of Carol's in another time zone, with two assignments."""
    old = make_section(teacher=carol, students=[], name="9a")
    Section.objects.filter(pk=old.pk).update(time_zone="Europe/Berlin", archived_at=timezone.now())
    old.refresh_from_db()
    for month in (3, 4):
        opens_at = datetime(2025, month, 20, 8, tzinfo=ZoneInfo("Europe/Berlin"))
        due_at = opens_at + timedelta(days=3)
        make_assignment(old, [], opens_at=opens_at, due_at=due_at, attempts_allowed=7)
    return old


def test_it_opens_at_once_at_the_press_of_a_button(client, carol, section, data):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    assert 'name="opens" value="now"' in client.get(address).content.decode()
    client.post(address, data | {"opens": "now"})
    made = Assignment.objects.get()
    assert made.opens_at <= timezone.now()
    page = client.get(section.get_absolute_url()).content.decode()
    assert "“Sums” is assigned to 10a. It is open now and due Mar 8, 2030" in page
    assert f'<a href="{made.get_absolute_url()}">Open the assignment</a></li>' in page
    edit = client.get(reverse("assignment-edit", args=[made.code])).content.decode()
    assert 'name="opens" value="now"' not in edit


def test_it_is_assigned_by_the_sections_clock(client, carol, section, data):
    section.time_zone = "Asia/Shanghai"
    section.save()
    client.force_login(carol)
    form = client.get(reverse("assign", args=[section.code])).content.decode()
    assert '<details class="more-rules">' in form  # closed
    answer = client.post(reverse("assign", args=[section.code]), data)
    assert answer.url == section.get_absolute_url()
    made = Assignment.objects.get()
    assert made.opens_at.isoformat() == "2030-03-01T00:00:00+00:00"
    assert (made.attempts_allowed, made.help_policy, made.for_all) == (3, "after_due", True)
    page = client.get(section.get_absolute_url()).content.decode()
    assert "Sums" in page
    assert "“Sums” is assigned to 10a. It opens Mar 1, 2030, 8 am" in page
    assert "and is due Mar 8, 2030" in page
    edit = client.get(reverse("assignment-edit", args=[made.code])).content.decode()
    assert 'value="2030-03-01T08:00"' in edit


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"due_at": "2030-02-01T08:00"}, "due_at"),
        ({"due_at": "2030-03-01T08:00"}, "due_at"),
        ({"closes_at": "2030-03-02T08:00"}, "closes_at"),
        ({"opens_at": ""}, "opens_at"),
        ({"opens_at": "soon"}, "opens_at"),
        ({"due_at": "0001-01-01T00:00"}, "due_at"),
        ({"due_at": "9999-12-31T23:59"}, "due_at"),
        ({"opens_at": "1999-12-31T23:59"}, "opens_at"),
        ({"late_credit": "101"}, "late_credit"),
        ({"attempts_allowed": "0"}, "attempts_allowed"),
        ({"attempts_allowed": "9" * 30}, "attempts_allowed"),
        ({"time_limit_min": "0"}, "time_limit_min"),
        ({"help_policy": "free"}, "help_policy"),
        ({"help_policy": "always"}, "step_policy"),
        ({"help_policy": "attempts"}, "step_policy"),
        ({"help_policy": "always", "step_policy": "after_due"}, "step_policy"),
        ({"problem_set": ""}, "problem_set"),
        ({"problem_set": "9" * 30}, "problem_set"),
        ({"for_all": ""}, "for_all"),
        ({"for_all": "", "students": ["x"]}, "students"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, carol, section, data, changes, field):
    client.force_login(carol)
    page = client.post(reverse("assign", args=[section.code]), data | changes)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"help_policy": "attempts", "help_after_attempts": "3"},
        {"help_policy": "always", "step_policy": "always"},
        {"help_policy": "always", "step_policy": "never"},
        {"help_policy": "never", "step_policy": "after_due"},
    ],
)
def test_help_that_rises_is_taken(client, carol, section, data, changes):
    client.force_login(carol)
    client.post(reverse("assign", args=[section.code]), data | changes)
    assert Assignment.objects.exists()


def test_an_hour_that_the_clock_leaves_out_is_refused(client, carol, section, data):
    Section.objects.update(time_zone="Europe/Berlin")
    client.force_login(carol)
    data["due_at"] = "2030-03-31T02:30"
    page = client.post(reverse("assign", args=[section.code]), data)
    assert page.context["form"].errors["due_at"]


def test_a_set_without_problems_is_not_assigned(client, carol, section, data, problem_set):
    problem_set.items.all().delete()
    client.force_login(carol)
    answer = client.post(reverse("assign", args=[section.code]), data)
    assert "This set has no problems yet." in answer.content.decode()
    assert not Assignment.objects.exists()
    page = client.get(problem_set.get_absolute_url()).content.decode()
    assert "You can assign the set once it has a problem." in page
    assert reverse("assign", args=[section.code]) not in page


def test_it_is_given_to_a_group_and_to_single_students(client, alice, bob, carol, section, data):
    group = StudentGroup.objects.create(section=section, name="A")
    group.members.add(section.enrollments.get(user=alice))
    client.force_login(carol)
    data |= {"for_all": "", "groups": [group.pk], "opens_at": "2020-03-01T08:00"}
    client.post(reverse("assign", args=[section.code]), data)
    made = Assignment.objects.get()
    assert Assignment.objects.visible_to(alice).exists()
    assert not Assignment.objects.visible_to(bob).exists()
    data |= {"groups": [], "students": [section.enrollments.get(user=bob).pk]}
    client.post(reverse("assignment-edit", args=[made.code]), data)
    assert not Assignment.objects.visible_to(alice).exists()
    assert Assignment.objects.visible_to(bob).exists()


def test_a_student_or_set_of_elsewhere_cannot_be_named(client, carol, dan, section, data):
    his = ProblemSet.objects.create(title="His", owner=dan)
    stranger = Enrollment.objects.get(user=dan)
    client.force_login(carol)
    changes = {"problem_set": his.pk, "for_all": "", "students": [stranger.pk]}
    page = client.post(reverse("assign", args=[section.code]), data | changes)
    assert set(page.context["form"].errors) >= {"problem_set", "students"}


def test_a_set_is_assigned_once(client, carol, section, data, problem_set):
    client.force_login(carol)
    for _ in range(2):
        page = client.post(reverse("assign", args=[section.code]), data)
    assert page.context["form"].errors["problem_set"]
    assert Assignment.objects.count() == 1


def test_who_comes_with_a_set_that_is_there_is_led_to_it(client, carol, section, data, problem_set):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    query = {"set": str(problem_set.code)}
    assert "is already assigned to this class" not in client.get(address, query).content.decode()
    client.post(address, data)
    assignment = Assignment.objects.get()
    page = client.get(address, query).content.decode()
    assert "“Sums” is already assigned to this class" in page
    assert reverse("assignment-edit", args=[assignment.code]) in page
    again = client.post(address, data).content.decode()
    assert "This class already has the set, or the set is not yours." in again
    assert Assignment.objects.count() == 1


def test_it_begins_with_the_set_from_whose_page_one_comes(client, carol, section, problem_set):
    client.force_login(carol)
    assert f"?set={problem_set.code}" in client.get(problem_set.get_absolute_url()).content.decode()
    page = client.get(reverse("assign", args=[section.code]), {"set": problem_set.code})
    assert page.context["form"]["problem_set"].value() == problem_set.pk
    for odd in ("x", "a\0"):
        assert client.get(reverse("assign", args=[section.code]), {"set": odd}).status_code == 200


def test_it_is_taken_back_only_before_anybody_worked(
    client, alice, carol, assignment, item, problem
):
    enrollment = assignment.section.enrollments.get(user=alice)
    enrollment.attempts.create(item=item, version=problem.current, number=1, action=item.code)
    client.force_login(carol)
    edit, delete = (
        reverse(f"assignment-{act}", args=[assignment.code]) for act in ("edit", "delete")
    )
    assert "so it cannot be removed from the class" in client.get(edit).content.decode()
    assert "so it cannot be deleted" in client.post(delete, follow=True).content.decode()
    enrollment.attempts.all().delete()
    assert "Remove this assignment?" in client.get(edit).content.decode()
    client.post(delete)
    assert not Assignment.objects.exists()


def test_students_of_a_removed_assignment_read_that_it_was_taken_back(
    client, alice, carol, dan, section, assignment, item
):
    pages = assignment.get_absolute_url(), item.get_absolute_url()
    client.force_login(carol)
    client.post(reverse("assignment-delete", args=[assignment.code]))
    for user, is_told in ((alice, True), (dan, False), (carol, False)):
        client.force_login(user)
        for page in pages:
            response = client.get(page)
            assert response.status_code == 404
            assert ("Your teacher has taken" in response.content.decode()) is is_told
    opens_at = timezone.now() + timedelta(days=1)
    again = {"problem_set": item.problem_set, "section": section, "opens_at": opens_at}
    Assignment.objects.create(**again, due_at=opens_at + timedelta(days=1))
    client.force_login(alice)
    assert "Your teacher has taken" not in client.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["alice", "bob", "dan"])
def test_only_teachers_of_the_section_assign_and_copy(
    client, request, section, assignment, data, who
):
    client.force_login(request.getfixturevalue(who))
    pages = [
        reverse(name, args=[section.code]) for name in ("assign", "assignments-copy", "groups")
    ]
    pages += [
        reverse(name, args=[assignment.code]) for name in ("assignment-edit", "assignment-delete")
    ]
    for page in pages:
        assert client.post(page, data).status_code == 404, page
    assert Assignment.objects.count() == 1


def test_last_years_assignments_come_on_the_same_hour_of_the_clock(
    client, carol, section, last_year
):
    section.time_zone = "Asia/Shanghai"
    section.save()
    client.force_login(carol)
    page = reverse("assignments-copy", args=[section.code]) + f"?from={last_year.code}"
    assert client.get(page).status_code == 200
    sent = {"assignments": [row.code for row in last_year.assignments.all()], "days": "364"}
    looked = client.post(page, sent | {"do": "look"})
    assert len(looked.context["copies"]) == 2
    assert not section.assignments.exists()
    assert client.post(page, sent | {"do": "copy"}).url == section.get_absolute_url()
    first, second = section.assignments.order_by("opens_at")
    shanghai = ZoneInfo("Asia/Shanghai")
    assert first.opens_at == datetime(2026, 3, 19, 8, tzinfo=shanghai)
    assert second.opens_at == datetime(2026, 4, 19, 8, tzinfo=shanghai)
    assert second.attempts_allowed == 7
    client.post(page, sent | {"do": "copy"})
    assert section.assignments.count() == 2
    assert last_year.assignments.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days": ""}, "days"),
        ({"days": "9" * 30}, "days"),
        ({"days": "x"}, "days"),
        ({"assignments": []}, "assignments"),
        ({"assignments": ["x"]}, "assignments"),
        ({"assignments": ["00000000-0000-4000-8000-000000000000"]}, "assignments"),
    ],
)
def test_a_copy_that_cannot_be_is_refused_at_its_field(
    client, carol, section, last_year, changes, field
):
    client.force_login(carol)
    page = reverse("assignments-copy", args=[section.code]) + f"?from={last_year.code}"
    sent = {"assignments": [row.code for row in last_year.assignments.all()], "days": "364"}
    answer = client.post(page, sent | changes | {"do": "copy"})
    assert answer.context["form"].errors[field]
    assert not section.assignments.exists()


def test_nothing_is_copied_from_what_is_not_theirs(client, carol, dan, section):
    his = Section.objects.get(enrollments__user=dan)
    make_assignment(his, [])
    client.force_login(carol)
    page = client.get(reverse("assignments-copy", args=[section.code]), {"from": his.code})
    assert "form" not in page.context


def test_a_shift_keeps_the_hour_over_a_change_of_the_clock(last_year):
    before = datetime(2025, 3, 28, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    after = shifted(before, 7, last_year, last_year)
    assert after == datetime(2025, 4, 4, 20, tzinfo=ZoneInfo("Europe/Berlin"))


def test_the_usual_shift_is_whole_weeks_into_the_week_to_come(last_year):
    now = timezone.now()
    rows = list(last_year.assignments.all())
    days = usual_shift(rows, now)
    first = min(row.opens_at for row in rows) + timedelta(days=days)
    assert days % 7 == 0
    assert timedelta(0) <= first - now < timedelta(days=7)
    assert usual_shift([], now) == 0


def test_groups_are_made_renamed_and_deleted(client, alice, carol, section):
    client.force_login(carol)
    groups = reverse("groups", args=[section.code])
    enrollment = section.enrollments.get(user=alice)
    client.post(groups, {"name": "A", "members": [enrollment.pk]})
    group = section.groups.get()
    assert list(group.members.all()) == [enrollment]
    assert client.post(groups, {"name": "A"}).context["form"].errors["name"]
    address = reverse("group", args=[section.code, group.code])
    client.post(address, {"name": "B", "members": []})
    group.refresh_from_db()
    assert (group.name, group.members.count()) == ("B", 0)
    client.post(address, {"do": "delete"})
    assert not section.groups.exists()


def test_a_group_with_an_assignment_stays(client, carol, section, assignment):
    group = StudentGroup.objects.create(section=section, name="A")
    assignment.groups.add(group)
    client.force_login(carol)
    client.post(reverse("group", args=[section.code, group.code]), {"do": "delete"})
    assert section.groups.exists()


def test_queries_do_not_grow_with_the_students(client, carol, section, assignment):
    client.force_login(carol)
    pages = [section.get_absolute_url(), reverse("assignment-edit", args=[assignment.code])]
    pages += [reverse(name, args=[section.code]) for name in ("assign", "groups")]
    counts = []
    for size in (5, 300):
        add_students(section, size)
        make_assignment(section, [])
        group = StudentGroup.objects.create(section=section, name=f"G{size}")
        group.members.set(section.enrollments.students())
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("changes", "help_in_test"),
    [
        ({}, None),  # no test
        (
            {"time_limit_min": "45", "attempts_allowed": "5"},
            "hints of the problem; one step of a solution, or the next line",
        ),
        ({"time_limit_min": "45"}, "hints of the problem."),
        ({"attempts_allowed": "1"}, "hints of the problem"),
        ({"attempts_allowed": "1", "hint_policy": "never"}, None),
        ({"time_limit_min": "45", "hint_policy": "after_due", "step_policy": "never"}, None),
    ],
)
def test_a_teacher_is_told_which_help_a_test_gives(
    client, carol, section, data, changes, help_in_test
):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    assert (
        "With a time limit or a single attempt it is a test."
        in client.get(address).content.decode()
    )
    page = client.post(address, data | changes, follow=True).content.decode()
    assert ("This is a test, and students get help in it" in page) is bool(help_in_test)
    assert f"get help in it: {help_in_test or ''}" in page or help_in_test is None


@pytest.mark.parametrize(
    ("attempts", "remark"),
    [
        ("5", "Students have 5 attempts at each problem of this test. After each, they read"),
        ("", "Students have any number of attempts at each problem of this test."),
        ("1", None),
    ],
)
def test_a_timed_test_keeps_the_attempts_that_were_typed_and_says_so(
    client, carol, section, data, attempts, remark
):
    """Without scripts, nothing is proposed; the server changes no number unasked."""
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    form = client.get(address).content.decode()
    assert "With a time limit, they also read only then what is right." in form
    sent = data | {"time_limit_min": "20", "attempts_allowed": attempts}
    page = client.post(address, sent, follow=True).content.decode()
    made = Assignment.objects.get()
    assert made.attempts_allowed == (int(attempts) if attempts else None)
    assert remark is None or remark in page
    assert ("Change the attempts" in page) is (remark is not None)
    edit = reverse("assignment-edit", args=[made.code])
    page = client.post(edit, sent | {"late_credit": "40"}, follow=True).content.decode()
    assert "Change the attempts" not in page  # it was said before


def test_attempts_without_limit_need_no_remark_where_the_verdict_comes_after_the_end(
    client, carol, section, problem_set
):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    sent = sent_by(client.get(address)) | {"problem_set": problem_set.pk, "attempts_allowed": ""}
    page = client.post(address, sent | {"time_limit_min": "20"}, follow=True).content.decode()
    assert Assignment.objects.get().withholds_verdicts
    assert "Change the attempts" not in page


def test_errors_are_listed_as_in_every_long_form_with_links_to_the_fields(
    client, carol, section, data
):
    client.force_login(carol)
    sent = data | {"due_at": "2030-02-01T08:00", "for_all": ""}
    page = client.post(reverse("assign", args=[section.code]), sent).content.decode()
    summary = re.search(r'<div class="errors summary" role="alert"(.*?)</div>', page, re.DOTALL)[1]
    assert 'tabindex="-1" data-focus' in summary
    assert '<a href="#id_due_at">Due at</a>: It would be due before it opens.' in summary
    assert '<a href="#id_for_all">For the whole class</a>: Choose the whole class' in summary
    for field in ("due_at", "for_all"):
        assert f'id="id_{field}"' in page


def test_homework_says_nothing_about_its_attempts(client, carol, section, data):
    client.force_login(carol)
    page = client.post(reverse("assign", args=[section.code]), data, follow=True).content.decode()
    assert "Change the attempts" not in page


def sent_by(page):
    """What the browser sends of the form on this page, if nobody touches it."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, [], False)}


@pytest.mark.parametrize("terms", [{"time_limit_min": "20"}, {"attempts_allowed": "1"}])
def test_a_test_gives_help_after_its_end_unless_somebody_chose_otherwise(
    client, carol, section, problem_set, terms
):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    sent = sent_by(client.get(address)) | {"problem_set": problem_set.pk}
    client.post(address, sent | terms | {"help_chosen": "1"}, follow=True)
    assignment = Assignment.objects.get()
    assert assignment.help_in_test
    assignment.delete()
    client.post(address, sent | terms | {"hint_policy": "never"}, follow=True)
    assignment = Assignment.objects.get()
    assert (assignment.hint_policy, assignment.step_policy) == ("never", "attempts")
    assignment.delete()
    page = client.post(address, sent | terms, follow=True).content.decode()
    assignment = Assignment.objects.get()
    policies = ("hint_policy", "reply_policy", "step_policy", "help_policy")
    assert {getattr(assignment, name) for name in policies} == {"after_due"}
    assert "students get help and solutions after it is over for everybody" in page
    assert "students get help in it" not in page


def test_homework_that_becomes_a_test_gives_help_after_its_end(client, carol, section, problem_set):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    client.post(address, sent_by(client.get(address)) | {"problem_set": problem_set.pk})
    edit = reverse("assignment-edit", args=[Assignment.objects.get().code])
    assert Assignment.objects.get().hint_policy == "always"
    client.post(edit, sent_by(client.get(edit)) | {"time_limit_min": "20"})
    assert Assignment.objects.get().hint_policy == "after_due"
    client.post(edit, sent_by(client.get(edit)) | {"hint_policy": "always"})
    page = client.post(edit, sent_by(client.get(edit)) | {"time_limit_min": "30"}, follow=True)
    assert Assignment.objects.get().hint_policy == "always"  # it was a test before
    assert f'{edit}#help-rules">Change the help' in page.content.decode()


def test_a_time_limit_that_nobody_can_use_up_is_refused(client, carol, section, data):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    short = data | {"due_at": "2030-03-01T08:10", "time_limit_min": "20"}
    [error] = client.post(address, short).context["form"].errors["time_limit_min"]
    assert error.startswith("The assignment is open for only 10 minutes.")
    assert client.post(address, short | {"closes_at": "2030-03-01T08:20"}).status_code == 302
    assert Assignment.objects.get().time_limit_min == 20


def test_a_limit_that_a_student_at_work_has_used_up_is_refused(client, carol, section, assignment):
    client.force_login(carol)
    Assignment.objects.update(time_limit_min=20)
    begun_at = timezone.now() - timedelta(minutes=5)
    for enrollment in section.enrollments.students():
        Sitting.objects.create(assignment=assignment, enrollment=enrollment, begun_at=begun_at)
    edit = reverse("assignment-edit", args=[assignment.code])
    sent = sent_by(client.get(edit))
    [error] = (
        client.post(edit, sent | {"time_limit_min": "3"}).context["form"].errors["time_limit_min"]
    )
    assert error.startswith("2 students who work now have used more time than that.")
    page = client.post(edit, sent | {"time_limit_min": "8"})
    assert "time_limit_min" not in (page.context["form"].errors if page.context else {})


def test_an_assignment_that_opens_now_has_its_minutes_from_now(client, carol, section, data):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    due_at = (timezone.now() + timedelta(minutes=10)).astimezone(section.zone)
    sent = data | {"opens": "now", "time_limit_min": "20", "due_at": f"{due_at:%Y-%m-%dT%H:%M}"}
    sent |= {"opens_at": f"{due_at - timedelta(days=1):%Y-%m-%dT%H:%M}"}
    assert "time_limit_min" in client.post(address, sent).context["form"].errors


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"time_limit_min": "20"}, "test, 20 minutes"),
        ({"attempts_allowed": "1"}, "test, a single attempt"),
    ],
)
def test_a_test_is_called_one_where_it_is_assigned_and_listed(
    client, carol, section, data, terms, words
):
    client.force_login(carol)
    page = client.post(reverse("assign", args=[section.code]), data | terms, follow=True)
    text = page.content.decode()
    assert f"“Sums ({words})” is assigned to" in text
    assert f'<span class="quiet-word">{words}</span>' in text


def test_every_page_says_when_an_assignment_closes(client, carol, alice, section, assignment):
    """Where no late answers are taken, that is when it is due, and no dash. A class in which all
    close so needs no column for it.
    """
    client.force_login(carol)
    addresses = [
        section.get_absolute_url(),
        reverse("assignment-terms", args=[assignment.code]),
        reverse("student-terms", args=[assignment.code, "alice"]),
    ]
    without = [client.get(address).content.decode() for address in addresses]
    Assignment.objects.update(closes_at=assignment.due_at + timedelta(days=1))
    for address, before in zip(addresses, without, strict=True):
        has_column = address != section.get_absolute_url()
        assert ("when it is due" in before) is has_column
        page = client.get(address).content.decode()
        assert "when it is due" not in page
        assert page.count("<time ") > before.count("<time ")


def test_a_long_window_of_a_test_is_named(client, carol, section, data):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    sent = data | {"time_limit_min": "15", "attempts_allowed": "1"}
    page = client.post(address, sent, follow=True).content.decode()
    assert re.search(r"This test is open for \d+ days, and each student begins when", page)
    assert "#id_opens_at" in page
    made = Assignment.objects.get()
    lesson = {"opens_at": "2030-03-01T08:00", "due_at": "2030-03-01T08:45", "closes_at": ""}
    edit = reverse("assignment-edit", args=[made.code])
    page = client.post(edit, sent | lesson, follow=True).content.decode()
    assert "and each student begins when they like" not in page


def test_problems_of_a_test_that_are_open_elsewhere_are_named(
    client, carol, section, problem_set, data
):
    shared = problem_set.items.first().problem
    homework = make_assignment(section, [shared, make_problem("other")])
    beginning = "1 problem of this set is also in other work of the class that is open then"
    sentence = f"{beginning} ({homework.title})"
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    assert sentence in client.get(f"{address}?set={problem_set.code}").content.decode()
    dates = {"opens_at": "2026-01-01T08:00", "due_at": homework.due_at.strftime("%Y-%m-%dT%H:%M")}
    sent = data | dates | {"attempts_allowed": "1", "closes_at": ""}
    page = client.post(address, sent, follow=True).content.decode()
    assert sentence in page
    now = timezone.now()
    Assignment.objects.filter(pk=homework.pk).update(
        opens_at=now - timedelta(days=9), due_at=now - timedelta(days=1), closes_at=None
    )
    edit = reverse("assignment-edit", args=[Assignment.objects.latest("pk").code])
    assert sentence not in client.get(edit).content.decode()


def test_help_that_tells_the_verdict_is_refused_before_it(client, carol, section, data):
    client.force_login(carol)
    sent = data | {"verdict_policy": "after_end", "help_policy": "after_due"}
    late = {"reply_policy": "after_due", "step_policy": "after_due"}
    address = reverse("assign", args=[section.code])
    errors = client.post(address, sent | late | {"step_policy": "always"}).context["form"].errors
    assert set(errors) == {"step_policy"}
    client.post(address, sent | late)
    assert Assignment.objects.get().withholds_verdicts


@pytest.mark.parametrize(
    ("terms", "policy"),
    [
        ({"time_limit_min": "20"}, "after_end"),
        ({"attempts_allowed": "1"}, "at_once"),  # its window is mostly that of homework
        ({"time_limit_min": "20", "help_chosen": "1"}, "at_once"),
        ({}, "at_once"),
    ],
)
def test_with_a_time_limit_the_verdict_comes_after_the_end(
    client, carol, section, problem_set, terms, policy
):
    client.force_login(carol)
    address = reverse("assign", args=[section.code])
    sent = sent_by(client.get(address)) | {"problem_set": problem_set.pk}
    page = client.post(address, sent | terms, follow=True).content.decode()
    assert Assignment.objects.get().verdict_policy == policy
    sentence = "In this test students read what is right after it is over for everybody."
    assert (sentence in page) is (policy == "after_end")
