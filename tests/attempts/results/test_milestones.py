"""What the page says once a set is done, or a skill is secure."""

from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tutor.attempts.models import Attempt
from tutor.attempts.results.milestones import FRESH


def test_the_last_right_answer_says_that_the_set_is_done(client, alice, section, hand_in):
    assignment = make_assignment(section, [make_problem(f"sum-{n}") for n in range(3)])
    first, second, third = assignment.problem_set.items.all()
    client.force_login(alice)
    hand_in(alice, "4", item=first)
    hand_in(alice, "4", item=third)
    page = client.get(third.get_absolute_url()).content.decode()
    assert "is done" not in page
    assert f'href="{second.get_absolute_url()}">Next problem' in page
    hand_in(alice, "4", item=second)
    page = client.get(second.get_absolute_url()).content.decode()
    assert "“Warming up” is done: all 3 problems are right." in page
    assert "Next problem</a>" not in page
    Attempt.objects.update(submitted_at=timezone.now() - FRESH)
    assert "is done" not in client.get(second.get_absolute_url()).content.decode()


def test_a_skill_is_reached_once(client, alice, section, hand_in):
    problems = [make_problem(f"sum-{n}") for n in range(5)]
    for problem in problems:
        problem.tag(["arithmetic.addition"])
    assignment = make_assignment(section, [*problems, make_problem("other")])
    client.force_login(alice)
    reached = []
    for item in assignment.problem_set.items.all()[:5]:
        hand_in(alice, "4", item=item)
        page = client.get(item.get_absolute_url()).content.decode()
        reached.append("You are secure in “Addition” now." in page)
    assert reached == [False, False, False, True, False]
