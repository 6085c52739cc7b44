"""Help that gave nothing is no help: it is said so, and counts nowhere."""

import re

import pytest
from django.urls import reverse

from tests.scripted_engine import ScriptedEngine
from tests.solutions.generation.test_hints import Failing, Saying
from tests.solutions.generation.test_readiness_samples import boxed
from tests.solutions.test_item_page import asked_for, without_templates
from tutor.assignments.models import Assignment, HelpLevel
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.engine.completion import Outcome
from tutor.engine.refusals import declines
from tutor.grading import Grade, Verdict
from tutor.problems.models import ReferenceSolution, StoredKey
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.generation.hints import write_answer_hint
from tutor.solutions.generation.recording import named_outcome
from tutor.solutions.models import Solution, State

OWN = "Add two and two.\n\n\\(2 + 2 = 4\\)\n\n\\(\\boxed{4}\\)"
REFUSALS = [
    "I was not trained for this.",
    "我没有学过这类题目。",
    "I'm sorry, but I can't help with that.",
    "As an AI language model, I am unable to solve this.",
    "Lo siento, no puedo resolver este problema.",
]
NOTHING = [*REFUSALS, "It is hard. We try \\(x\\) and see no end.", boxed(5)]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own(item):
    ReferenceSolution.objects.update(text=OWN)


@pytest.fixture
def watched(client, alice, item, start_worker):
    """Alice has asked on the item's page, and the model has said this."""

    def watched(answer):
        client.force_login(alice)
        asked_for(client, item)
        start_worker(Saying(answer)).solve()
        return Solution.objects.get()

    return watched


@pytest.mark.parametrize("answer", NOTHING)
def test_what_the_student_hands_in_afterwards_is_their_own(watched, alice, item, hand_in, answer):
    watched(answer)
    assert hand_in(alice, "4").helped_by == ""
    assert not GivenHelp.objects.exists()


def test_a_refusal_is_no_help_where_no_answer_can_be_judged(watched, alice, item, hand_in):
    StoredKey.objects.all().delete()
    assert watched(REFUSALS[0]).outcome == Outcome.DECLINED
    assert hand_in(alice, "4").helped_by == ""
    assert not GivenHelp.objects.exists()


def test_an_engine_that_fails_twice_gave_nothing(client, alice, item, start_worker, hand_in):
    client.force_login(alice)
    asked_for(client, item)
    worker = start_worker(Failing())
    worker.solve()
    worker.solve()
    assert Solution.objects.get().outcome == Outcome.ENGINE_FAILED
    assert hand_in(alice, "4").helped_by == ""


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_refusal_is_named_and_the_stored_solution_is_offered(
    watched, client, alice, item, hand_in, answer
):
    assert watched(answer).outcome == Outcome.DECLINED
    page = without_templates(client.get(item.get_absolute_url()).content.decode())
    assert "The model cannot do this one" in page
    assert "Add two and two" not in page
    assert "Show your teacher’s solution" in page
    shown = client.post(
        reverse("solution-request", args=[item.code]), {"next-best": "1"}, follow=True
    ).content.decode()
    assert "Add two and two" in shown
    assert "Add two and two" in client.get(item.get_absolute_url()).content.decode()
    assert hand_in(alice, "4").helped_by == HelpLevel.SOLUTION


def test_of_a_refusal_nothing_else_is_shown(watched, client, item, settings):
    settings.SOLUTION_TRIES = 3
    watched("I was not trained for this.")
    page = without_templates(client.get(item.get_absolute_url()).content.decode())
    assert "The model cannot do this one" in page
    assert "Show your teacher’s solution" in page
    for part in ("tally", "steps", "findings", "reasoning", "no-more"):
        [tag] = re.findall(rf'<\w+[^>]* data-part="{part}"[^>]*>', page)
        assert tag.endswith(" hidden>"), tag


def test_before_the_vote_is_in_it_is_offered_too(watched, client, item, settings):
    settings.SOLUTION_TRIES = 3
    watched(boxed(5))
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Try again" in page
    assert "The model’s solution above does not count as help" in page
    address = reverse("solution-request", args=[item.code])
    shown = client.post(address, {"next-best": "1"}, follow=True).content.decode()
    assert "Add two and two" in shown
    assert 'data-part="no-help" hidden' in shown  # what is below it does count
    assert Solution.objects.count() == 1


@pytest.mark.parametrize("policy", ["never", "after_due"])
def test_nobody_gets_it_where_whole_solutions_are_not_offered(watched, client, item, policy):
    watched("I was not trained for this.")
    Assignment.objects.update(help_policy=policy)
    address = reverse("solution-request", args=[item.code])
    page = client.post(address, {"next-best": "1"}, follow=True).content.decode()
    assert "Add two and two" not in page
    assert not GivenHelp.objects.exists()


def test_nobody_gets_it_while_the_model_may_still_solve_it(client, alice, item, model_present):
    client.force_login(alice)
    address = reverse("solution-request", args=[item.code])
    for _ in range(2):
        page = client.post(address, {"next-best": "1"}, follow=True).content.decode()
        assert "Add two and two" not in page
    assert Solution.objects.get().state == State.QUEUED
    assert not GivenHelp.objects.exists()


@pytest.fixture
def held(client, alice, item, start_worker, in_thread, wait_until):
    """Alice watches a solution that stands still after its first step."""
    client.force_login(alice)
    asked_for(client, item)
    engine = ScriptedEngine(["Two and two.\n\n", "\\(\\boxed{4}\\)"], hold_at=1)
    worker = start_worker(engine)
    running = in_thread(worker.solve)
    wait_until(lambda: any(job.is_answering for job in worker.jobs.values()))

    def end():
        engine.release()
        running.result(timeout=20)

    return end


def test_what_is_handed_in_while_a_right_solution_comes_is_helped(held, alice, bob, item, hand_in):
    hand_in(alice, "7")
    hand_in(bob, "8")
    assert set(Attempt.objects.values_list("helped_by", flat=True)) == {""}
    held()
    helped = dict(Attempt.objects.values_list("response", "helped_by"))
    assert helped == {"7": HelpLevel.SOLUTION, "8": ""}
    assert hand_in(alice, "4").helped_by == HelpLevel.SOLUTION
    assert [given.enrollment.user for given in GivenHelp.objects.all()] == [alice]


def test_who_stops_it_halfway_has_had_what_was_there_to_read(held, alice, hand_in, wait_until):
    cancel_solution(Solution.objects.get())
    wait_until(lambda: Solution.objects.get().state == State.ENDED)
    held()
    assert Solution.objects.get().outcome == Outcome.ABORTED
    assert hand_in(alice, "4").helped_by == HelpLevel.SOLUTION


def test_steps_are_the_teachers_where_the_model_has_none(watched, client, item):
    Assignment.objects.update(step_policy="always")
    ReferenceSolution.objects.update(text=OWN.replace("Add two and two", "Count on from two"))
    watched("I was not trained for this.")
    address = reverse("help", args=[item.code])
    page = client.post(
        address, {"level": "step", "number": 1}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Count on from two" in page
    assert "These steps are of your teacher’s solution" in page
    assert "\\boxed{4}" not in page
    assert GivenHelp.objects.get().level == HelpLevel.STEP


@pytest.mark.parametrize("refusal", REFUSALS[:4])
def test_a_refusal_is_no_hint(client, alice, item, hand_in, start_worker, refusal):
    Assignment.objects.update(reply_policy="always")
    item.problem.current.hints.clear()
    client.force_login(alice)
    attempt = hand_in(alice, "5")
    client.post(reverse("help", args=[item.code]), {"level": "reply", "number": 1})
    start_worker(Saying(refusal, refusal))
    write_answer_hint(attempt.answer_hint.pk)
    reasons = set(WithheldHelp.objects.values_list("reason", flat=True))
    assert reasons == {WithheldHelp.Reason.DECLINED}
    assert not GivenHelp.objects.filter(level=HelpLevel.ANSWER_HINT).exists()


NO_ANSWER = Grade(Verdict.UNREADABLE, score=0, rule="no_answer")


@pytest.mark.parametrize(
    ("text", "grade", "named"),
    [
        *((text, NO_ANSWER, Outcome.DECLINED) for text in REFUSALS),
        ("We add 2 and 2 and stop.", NO_ANSWER, Outcome.FINISHED),
        ("Take \\(x\\).", NO_ANSWER, Outcome.FINISHED),
        ("The two triangles have a side in common. " * 12, NO_ANSWER, Outcome.FINISHED),
        ("", NO_ANSWER, Outcome.FINISHED),
        ("London.", Grade(Verdict.INCORRECT, 0, "words", answer="London."), Outcome.FINISHED),
        (
            "I was not trained for this.",
            Grade(Verdict.INCORRECT, 0, "words", answer="I was not trained for this."),
            Outcome.DECLINED,
        ),
    ],
)
def test_how_a_text_ended(text, grade, named):
    assert named_outcome(Outcome.FINISHED, text, grade) == named
    assert named_outcome(Outcome.LOOPING, text, grade) == Outcome.LOOPING


@pytest.mark.parametrize(
    "hint",
    [
        "I can follow your first line. Why does the sign change in the second one?",
        "You do not know the length yet: which triangle could give it to you?",
        "Do not forget to turn the sign around.",
        "我们先看符号：移项之后要变号。",
        "这里不能直接相乘，先通分。",
    ],
)
def test_an_honest_hint_declines_nothing(hint):
    assert not declines(hint)
