"""Whose solution is worked out next."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.asking import request_for
from tests.conftest import make_user
from tests.factories import make_assignment, make_problem, make_section
from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Outcome
from tutor.solutions.dispatch.fair_queue import UNFINISHED
from tutor.solutions.dispatch.queue_status import ahead_of
from tutor.solutions.dispatch.quotas import QuotaReached
from tutor.solutions.generation.readiness_samples import take_sample
from tutor.solutions.models import Solution, State
from tutor.solutions.requests.find_or_queue import begin_solution
from tutor.solutions.requests.samples import request_samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def items(section):
    problems = [make_problem(f"p{n}") for n in range(8)]
    return list(make_assignment(section, problems).problem_set.items.all())


def serve(user, item, tokens):
    """Work out what the student asks for there."""
    solution = request_for(user, item)
    Solution.objects.filter(pk=solution.pk).update(
        state=State.ENDED, outcome=Outcome.FINISHED, completion_tokens=tokens
    )
    return solution


def next_one():
    [claimed] = Solution.objects.claim_next(uuid4(), "scripted-model") or [None]
    return claimed


def test_who_had_the_fewest_tokens_today_comes_first(alice, bob, items):
    serve(alice, items[0], 3_000)
    serve(bob, items[1], 2_000)
    of_alice, of_bob = request_for(alice, items[2]), request_for(bob, items[3])
    assert (ahead_of(of_alice), ahead_of(of_bob)) == (1, 0)
    assert [next_one(), next_one(), next_one()] == [of_bob, of_alice, None]


def test_what_was_served_yesterday_counts_no_more(alice, bob, items, section):
    section.time_zone = "Asia/Shanghai"
    section.save()
    served = serve(alice, items[0], 9_000)
    serve(bob, items[1], 2_000)
    midnight = timezone.now().astimezone(section.zone).replace(hour=0, minute=0, second=0)
    Solution.objects.filter(pk=served.pk).update(created_at=midnight - timedelta(seconds=2))
    of_bob, of_alice = request_for(bob, items[2]), request_for(alice, items[3])
    assert [next_one(), next_one()] == [of_alice, of_bob]


def test_what_is_not_finished_counts_before_anybody_knows_what_it_takes(alice, bob, items):
    first, second = request_for(alice, items[0]), request_for(alice, items[1])
    serve(bob, items[2], UNFINISHED - 1)
    of_bob = request_for(bob, items[3])
    assert [next_one() for _ in range(3)] == [first, of_bob, second]


def test_a_few_of_a_teachers_wishes_come_before_the_students(alice, bob, carol, items, settings):
    settings.TEACHER_SLOTS = 2
    serve(bob, items[0], 100)
    of_alice, of_bob = request_for(alice, items[1]), request_for(bob, items[2])
    shown = [request_for(carol, item) for item in items[3:6]]
    order = [next_one() for _ in range(5)]
    assert order == [shown[0], shown[1], of_alice, shown[2], of_bob]


def test_what_is_prepared_comes_last_unless_somebody_asks_for_it(alice, bob, carol, items):
    versions = [item.problem.current for item in items]
    prepared = [begin_solution(version, 1) for version in versions[:3]]
    serve(alice, items[3], 9_000)
    of_alice = request_for(alice, items[4])
    assert ahead_of(prepared[0]) == 1
    assert request_for(bob, items[1]) == prepared[1]
    assert request_for(carol, items[2]) == prepared[2]
    order = [next_one() for _ in range(4)]
    assert order == [prepared[2], prepared[1], of_alice, prepared[0]]
    assert {solution.enrollment for solution in prepared} == {None}  # and nobody pays for it


def test_who_had_more_does_not_hold_back_what_another_waits_for(alice, bob, items):
    serve(alice, items[0], 9_000)
    shared = request_for(alice, items[1])
    serve(bob, items[2], 8_000)
    of_bob = request_for(bob, items[3])
    assert ahead_of(shared) == 1
    dora = make_user("dora")
    shared.enrollment.section.enrollments.create(user=dora, role="student")
    assert request_for(dora, items[1]) == shared
    assert [next_one(), next_one()] == [shared, of_bob]


def test_the_place_that_pages_show_is_the_one_in_which_they_are_worked_out(carol):
    draw = random.Random(5)
    students = [make_user(f"s{n}") for n in range(8)]
    section = make_section(teacher=carol, students=students)
    problems = [make_problem(f"p{n}") for n in range(24)]
    items = list(make_assignment(section, problems).problem_set.items.all())
    for student, item in zip(students, items[:8], strict=True):
        serve(student, item, draw.randrange(3) * 1_000)
    for item in items[8:]:
        user = draw.choice([*students, carol, None])
        try:
            request_for(user, item) if user else begin_solution(item.problem.current, 1)
        except QuotaReached:
            continue
    waiting = list(Solution.objects.filter(state=State.QUEUED))
    places = {ahead_of(solution): solution for solution in waiting}
    assert sorted(places) == list(range(len(waiting)))
    assert [next_one() for _ in waiting] == [places[index] for index in range(len(waiting))]


def test_many_workers_at_once_take_one_each(alice, carol, items, in_thread):
    for item in items:
        request_for(carol, item)
    for claim in [in_thread(next_one) for _ in range(len(items) + 4)]:
        claim.result(timeout=60)
    held = list(Solution.objects.filter(state=State.STREAMING, fence=1).values_list("worker"))
    assert len(set(held)) == len(held) == len(items)


def test_samples_wait_while_somebody_does(alice, items, start_worker):
    engine = ScriptedEngine(["\\(\\boxed{4}\\)"])
    worker = start_worker(engine)
    request_samples([items[0].problem.current], 1)
    request_for(alice, items[1])
    take_sample()
    assert engine.prompts == []
    worker.solve()
    take_sample()
    assert len(engine.prompts) == 2


def waits_of_the_others(section, worker, users, wishes):
    """How many solutions were worked out between each one's wish and its turn.

    One is worked out at a time. Four of `users` ask at once, and then one at each turn, so some
    always wait; whoever has `wishes` asks for the next of them whenever there is room for it.
    """
    flooder = make_user(f"flooder{wishes}")
    section.enrollments.create(user=flooder, role="student")
    problems = [make_problem(f"w{wishes}-{n}") for n in range(wishes + len(users))]
    items = list(make_assignment(section, problems).problem_set.items.all())
    greedy, modest = items[:wishes], items[wishes:]
    asked_at = {}
    waits = {}
    turn = 0
    while len(waits) < len(users):
        assert turn < 200
        while greedy:
            try:
                request_for(flooder, greedy[0])
            except QuotaReached:
                break
            del greedy[0]
        while modest and len(asked_at) < turn + 4:
            user = users[len(asked_at)]
            asked_at[request_for(user, modest.pop(0)).pk] = turn
        worker.solve()
        turn += 1
        for pk in Solution.objects.filter(pk__in=asked_at, state=State.ENDED).values_list("pk"):
            waits.setdefault(*pk, turn - asked_at[pk[0]])
    return list(waits.values())


def test_one_who_floods_makes_the_others_wait_little_longer(carol, start_worker):
    """Fifty wishes of one student against one each of 29."""
    worker = start_worker(ScriptedEngine(["\\(\\boxed{4}\\)"], pause_s=0), None)
    totals = []
    for wishes in (0, 50):
        users = [make_user(f"s{wishes}-{n}") for n in range(29)]
        section = make_section(teacher=carol, students=users)
        totals.append(sum(waits_of_the_others(section, worker, users, wishes)))
    without, with_flooder = totals
    assert without <= with_flooder <= 1.5 * without
