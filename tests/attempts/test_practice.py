"""Another problem like this: a further variant, judged as the first, that earns nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.attempts.test_variants import products, right_answer, values_of
from tests.factories import make_assignment, make_problem
from tutor.assignments.models import Assignment, Item
from tutor.attempts import submitting
from tutor.attempts.access import access_for, version_for
from tutor.attempts.models import Attempt, Draft, GivenHelp, Practice
from tutor.attempts.practising.further_variants import MAX_PRACTICE
from tutor.attempts.results.assignment_progress import progress_of
from tutor.attempts.results.practice_counts import Practised
from tutor.attempts.variants import VARIANTS
from tutor.attempts.views import working as working_pages
from tutor.courses.models import Enrollment
from tutor.grading import Verdict

HTMX = {"HX-Request": "true"}
BUTTON = "Another problem like this"


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """A busy machine may need seconds to start what checks lines."""
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 30.0)
    monkeypatch.setattr(submitting, "CHECK_AT_ONCE_WORK_S", 30.0)
    monkeypatch.setattr(working_pages, "MAX_CHECK_WORK_S", 30.0)


@pytest.fixture
def problem(db):
    problem = make_problem("a-product")
    problem.revise(products())
    problem.refresh_from_db()
    return problem


def right_for(user, item):
    return right_answer(version_for(user, item))


@pytest.fixture
def solve(hand_in, item):
    """Hands in the right answer to the item itself."""

    def solve(user):
        return hand_in(user, right_for(user, item), version=version_for(user, item).code)

    return solve


@pytest.fixture
def another(client, item):
    """Presses the button, and returns where it led to."""

    def another(user) -> Practice | None:
        client.force_login(user)
        response = client.post(reverse("practice-next", args=[item.code]))
        practice = Practice.objects.filter(enrollment__user=user).last()
        return practice if practice and response.url == practice.get_absolute_url() else None

    return another


@pytest.fixture
def practise(client):
    """Hands in on the page of practice."""

    def practise(practice, response, **fields) -> Attempt:
        sent = {
            "action": uuid4(),
            "number": practice.attempts.count() + 1,
            "version": practice.version.code,
            "response": response,
        }
        address = reverse("practice-attempt-submit", args=[practice.code])
        page = client.post(address, sent | fields, headers=HTMX)
        assert page.status_code == 200
        return practice.attempts.last()

    return practise


def test_who_is_done_is_offered_another_one(client, alice, item, solve, another):
    client.force_login(alice)
    assert BUTTON not in client.get(item.get_absolute_url()).content.decode()
    assert another(alice) is None
    solve(alice)
    assert BUTTON in client.get(item.get_absolute_url()).content.decode()
    practice = another(alice)
    assert practice.version.seed > VARIANTS
    values = values_of(practice.version)
    assert values != values_of(version_for(alice, item))
    page = client.get(practice.get_absolute_url()).content.decode()
    assert f"What is {values['a']} times {values['b']}?" in page
    assert "Practice: does not change" in page


def test_without_parameters_there_is_no_button(client, alice, section, hand_in):
    plain = make_assignment(section, [make_problem("plain")]).problem_set.items.get()
    hand_in(alice, "4", item=plain)
    client.force_login(alice)
    assert BUTTON not in client.get(plain.get_absolute_url()).content.decode()
    client.post(reverse("practice-next", args=[plain.code]))
    assert not Practice.objects.exists()


def test_it_is_judged_alike_and_earns_nothing(alice, item, assignment, solve, another, practise):
    attempt = solve(alice)
    Attempt.objects.filter(pk=attempt.pk).update(submitted_at=timezone.now() - timedelta(hours=1))
    before = progress_of(alice, [assignment])[assignment.pk].points
    practice = another(alice)
    wrong = practise(practice, "1", working="2+2\n= 5")
    assert wrong.verdict == Verdict.INCORRECT
    assert [check["verdict"] for check in wrong.checks][-1] == "refuted"
    values = values_of(practice.version)
    slip = practise(practice, f"{values['a']}+{values['b']}")
    assert slip.grade.rule == "expected"
    assert practise(practice, "3/").verdict == Verdict.UNREADABLE
    right = practise(practice, right_answer(practice.version))
    assert (right.verdict, right.number, right.practice) == (Verdict.CORRECT, 4, practice)
    assert list(Attempt.objects.all()) == [attempt]
    progress = progress_of(alice, [assignment])[assignment.pk]
    assert progress.points == before
    [(_, item_progress)] = progress.items
    assert (item_progress.tries, item_progress.practised) == (1, Practised(1, 1, 0))


def test_attempts_are_not_limited_and_end_with_the_right_one(alice, solve, another, practise):
    Assignment.objects.update(attempts_allowed=1)
    solve(alice)
    practice = another(alice)
    for number in range(3):
        practise(practice, f"{number}")
    practise(practice, right_answer(practice.version))
    practise(practice, "1")
    assert practice.attempts.count() == 4


def test_used_up_attempts_and_a_closed_assignment_lead_there_too(
    client, alice, bob, hand_in, item, another, practise
):
    Assignment.objects.update(attempts_allowed=1)
    hand_in(alice, "1", version=version_for(alice, item).code)
    assert another(alice)
    assert another(bob) is None
    now = timezone.now()
    Assignment.objects.update(opens_at=now - timedelta(days=9), due_at=now - timedelta(days=1))
    practice = another(bob)
    assert practise(practice, right_answer(practice.version)).is_right


def test_a_running_time_limit_comes_first(client, alice, item, assignment, solve, another):
    Assignment.objects.update(time_limit_min=60)
    client.force_login(alice)
    client.post(reverse("assignment-begin", args=[assignment.code]))
    solve(alice)
    assert another(alice) is None
    assert BUTTON not in client.get(item.get_absolute_url()).content.decode()


def test_a_double_click_draws_one(alice, solve, another):
    solve(alice)
    assert another(alice) == another(alice)
    assert Practice.objects.count() == 1


def test_each_further_one_is_new_and_shared_by_the_class(
    alice, bob, item, solve, another, practise
):
    drawn = {}
    for user in (alice, bob):
        solve(user)
        for _ in range(3):
            practice = another(user)
            practise(practice, right_answer(practice.version))
            drawn.setdefault(user, []).append(practice.version)
    assert drawn[alice] == drawn[bob]
    assert len(set(drawn[alice])) == 3


def test_values_that_were_seen_do_not_come_again(client, alice, section, hand_in, another):
    few = make_problem("few")
    few.revise(products(parameters="a = one of 2, 3\nb = 101"))
    item = make_assignment(section, [few]).problem_set.items.get()
    version = version_for(alice, item)
    hand_in(alice, "1", item=item, version=version.code)
    Assignment.objects.update(attempts_allowed=1)
    client.force_login(alice)
    address = reverse("practice-next", args=[item.code])
    client.post(address)
    [practice] = Practice.objects.all()
    assert practice.version.statement != version.statement
    Attempt.with_practice.create(
        enrollment=practice.enrollment, item=item, practice=practice, version=practice.version,
        number=1, action=uuid4(), response="1", language="en",
    )  # fmt: skip
    page = client.post(address, follow=True).content.decode()
    assert "There are no further variants of this problem." in page
    assert Practice.objects.count() == 1


def test_there_is_an_end_to_it(client, alice, item, solve, another):
    solve(alice)
    access = access_for(alice, item)
    version = version_for(alice, item)
    for number in range(1, MAX_PRACTICE + 1):
        practice = Practice.objects.create(
            enrollment=access.enrollment, item=item, version=version, number=number
        )
        Attempt.with_practice.create(
            enrollment=access.enrollment, item=item, practice=practice, version=version,
            number=1, action=uuid4(), response="1", language="en",
        )  # fmt: skip
    assert another(alice) is None
    assert Practice.objects.count() == MAX_PRACTICE


def test_a_draft_of_practice_is_its_own(client, alice, item, solve, another):
    solve(alice)
    practice = another(alice)
    for name, response in (("draft", "1/3"), ("practice-draft", "1/2")):
        code = practice.code if name.startswith("practice") else item.code
        page = client.post(reverse(name, args=[code]), {"response": response}).content.decode()
        assert rf"\frac{{1}}{{{response[-1]}}}" in page
    assert set(Draft.objects.values_list("practice", "response")) == {
        (None, "1/3"),
        (practice.pk, "1/2"),
    }
    assert 'value="1/2"' in client.get(practice.get_absolute_url()).content.decode()


def test_lines_are_checked_without_scripts_and_lead_back(client, alice, solve, another):
    solve(alice)
    practice = another(alice)
    address = reverse("practice-working-check", args=[practice.code])
    page = client.post(address, {"working": "2+2\n= 5"}).content.decode()
    assert "Line 2 doesn’t follow." in page
    assert f"{practice.get_absolute_url()}#answer" in page


def test_help_is_recorded_and_the_next_variant_is_without(
    client, alice, item, assignment, hand_in, another, practise
):
    client.force_login(alice)
    client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1})
    version = version_for(alice, item)
    first = hand_in(alice, right_answer(version), version=version.code)
    assert first.helped_by == "hint"
    unhelped = another(alice)
    assert practise(unhelped, right_answer(unhelped.version)).helped_by == ""
    helped = another(alice)
    page = client.post(
        reverse("practice-help", args=[helped.code]), {"level": "hint", "number": 1}, headers=HTMX
    ).content.decode()
    values = values_of(helped.version)
    assert f"Begin with {values['a']} times 100." in page
    assert practise(helped, right_answer(helped.version)).helped_by == "hint"
    assert GivenHelp.objects.count() == 2
    [(_, item_progress)] = progress_of(alice, [assignment])[assignment.pk].items
    assert item_progress.is_helped
    assert item_progress.practised == Practised(attempted=2, unhelped=1, helped=1)
    overview = client.get(assignment.get_absolute_url()).content.decode()
    assert "2 more like it practised: 1 right without help, 1 with help" in overview


def test_practice_keeps_its_version_after_an_edit(client, alice, item, solve, another, practise):
    solve(alice)
    practice = another(alice)
    attempt = practise(practice, "1")
    item.problem.revise(products(statement="Multiply [[a]] by [[b]]."))
    values = values_of(practice.version)
    for address in (practice.get_absolute_url(), attempt.get_absolute_url()):
        page = client.get(address).content.decode()
        assert f"What is {values['a']} times {values['b']}?" in page
        assert "Practice 1" in page
    assert practise(practice, right_answer(practice.version)).is_right


def test_others_get_404(client, alice, bob, carol, dan, solve, another, practise):
    solve(alice)
    practice = another(alice)
    attempt = practise(practice, "1")
    for user in (bob, carol, dan):
        client.force_login(user)
        assert client.get(practice.get_absolute_url()).status_code == 404
        for name in ("draft", "attempt-submit", "working-check", "working-draft", "help"):
            address = reverse(f"practice-{name}", args=[practice.code])
            assert client.post(address, {"response": "2"}).status_code == 404
    assert list(practice.attempts.all()) == [attempt]
    client.force_login(bob)
    assert client.get(attempt.get_absolute_url()).status_code == 404


def test_who_left_finds_it_no_more(client, alice, solve, another):
    solve(alice)
    practice = another(alice)
    Enrollment.objects.filter(user=alice).update(role=Enrollment.Role.FORMER)
    assert client.get(practice.get_absolute_url()).status_code == 404


def test_a_teacher_opens_the_attempt_and_has_nothing_to_decide(
    client, alice, carol, section, item, solve, another, practise
):
    solve(alice)
    practice = another(alice)
    attempt = practise(practice, "1")
    assert "Ask your teacher" not in client.get(attempt.get_absolute_url()).content.decode()
    client.force_login(carol)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "Practice 1" in page
    assert "Your decision" not in page
    decided = client.post(
        reverse("attempt-decision", args=[attempt.code]), {"decision": "right", "reason": "So."}
    )
    assert decided.status_code == 404
    viewed = client.get(reverse("student-item", args=[section.code, "alice", item.code]))
    assert "<h2>Practice 1</h2>" in viewed.content.decode()
    transcript = client.get(reverse("help-transcript", args=[section.code, "alice", item.code]))
    assert [event.practice for event in transcript.context["events"]] == [1, 0]  # the newest first


def test_the_overview_takes_as_many_queries_for_any_practice(
    client, alice, assignment, solve, another, practise
):
    solve(alice)
    counts = []
    for _ in range(2):
        practice = another(alice)
        practise(practice, right_answer(practice.version))
        with CaptureQueriesContext(connection) as queries:
            client.get(assignment.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_item_that_was_solved_without_help_has_no_empty_help(client, alice, item, solve):
    client.force_login(alice)
    assert (
        'id="help" class="help-panel" aria' in client.get(item.get_absolute_url()).content.decode()
    )
    solve(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Hints of the problem" not in page
    assert Item.objects.get().problem.current.hints
    [section] = [line for line in page.split("<section ") if line.startswith('id="help"')]
    assert " hidden>" in section.split("\n  <h2")[0]
