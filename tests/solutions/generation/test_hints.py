"""A hint about a wrong answer: the model knows no stored answer, and the student gets no leak."""

import base64
import json
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_problem
from tests.scripted_engine import ScriptedEngine
from tutor.assignments.models import Assignment, HelpLevel
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.engine.completion import Delta, EngineFailed, Outcome, Prompt, Sampling
from tutor.grading.mistakes import Explanation, MistakeName
from tutor.problems.models import Problem, ReferenceSolution, StoredKey
from tutor.redis_client import connect
from tutor.solutions.generation.hints import sweep_answer_hints, write_answer_hint
from tutor.solutions.models import AnswerHint, State

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}
GOOD, IDEA = "Look at the sign of the second term.", "The product rule."


class Saying(ScriptedEngine):
    """Gives these answers, one to each prompt."""

    def __init__(self, *answers: str, outcome: Outcome = Outcome.FINISHED) -> None:
        super().__init__([], outcome=outcome)
        self.answers = list(answers)

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        yield Delta(answer=self.answers.pop(0), token_ids=(1,))
        yield Delta(outcome=self.outcome)


class Failing(Saying):
    async def stream(self, prompt, sampling, *, request_id, so_far=()):
        self.prompts.append(prompt)
        raise EngineFailed("it died")
        yield


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        "a-secret", statement="Solve it.", final_answer="31415", solution="\\boxed{31415}"
    )


@pytest.fixture
def ask(client, item):
    """Asks about the newest attempt as the page does, for whoever is signed in."""

    def ask(number=1):
        address = reverse("help", args=[item.code])
        sent = {"level": "reply", "number": number}
        return client.post(address, sent, headers=HTMX).content.decode()

    return ask


@pytest.fixture
def hint_request(client, alice, item, ask, hand_in):
    """Alice's wrong answer, about which she has asked."""
    client.force_login(alice)
    attempt = hand_in(alice, "17", working=("2x = 34", "x = 17"))
    assert "No language model is running" in ask()
    return attempt


def given():
    return [(given.level, given.number, given.text) for given in GivenHelp.objects.all()]


def shown(client, item):
    return client.get(item.get_absolute_url()).content.decode()


def test_a_hint_that_passes_is_given_and_shown(client, item, hint_request, start_worker):
    engine = Saying(GOOD)
    start_worker(engine)
    write_answer_hint(AnswerHint.objects.get().pk)
    reply = AnswerHint.objects.get()
    assert (reply.state, reply.source) == (State.ENDED, "mistake")
    assert given() == [("reply", 1, GOOD)]
    page = shown(client, item)
    assert GOOD in page
    assert "load delay" not in page[page.index('id="help"') :]
    assert not WithheldHelp.objects.exists()


def test_the_prompt_has_the_answer_and_the_working_of_the_student(hint_request, start_worker):
    engine = Saying(GOOD)
    start_worker(engine)
    write_answer_hint(AnswerHint.objects.get().pk)
    [prompt] = engine.prompts
    for text in ("Solve it.", "Their answer:\n\n> 17", "> 2x = 34\n> x = 17"):
        assert text in prompt.user


def test_two_stored_answers_make_the_same_prompt_and_the_same_message(
    client,
    alice,
    item,
    ask,
    hand_in,
    start_worker,
    caplog,
):
    caplog.set_level("DEBUG")
    client.force_login(alice)
    seen = []
    for answer in ("31415", "27182"):
        StoredKey.objects.update(value=answer)
        ReferenceSolution.objects.update(text=f"\\boxed{{{answer}}}")
        for model in (AnswerHint, GivenHelp, WithheldHelp, Attempt):
            model.objects.all().delete()
        hand_in(alice, "17", working=("x = 17",))
        with connect() as redis:
            redis.delete("generation.scripted-model")
            ask()
            [message] = redis.lrange("generation.scripted-model", 0, -1)
            everything = [redis.dump(key) for key in redis.scan_iter()]
        assert answer not in str(everything)
        body = json.loads(base64.b64decode(json.loads(message)["body"]))
        assert answer not in str(body)
        pk = AnswerHint.objects.get().pk
        assert body[:2] == [[pk], {}]  # the key of the row and nothing else
        engine = Saying(f"It is {answer}.", f"So {answer}.")
        start_worker(engine)
        write_answer_hint(pk)
        seen.append([(prompt.user, prompt.forced) for prompt in engine.prompts])
    assert len(seen[0]) == 2
    assert seen[0] == seen[1]
    assert not any("31415" in record.getMessage() for record in caplog.records)


def test_a_leak_is_withheld_and_asked_for_one_level_lower(client, item, hint_request, start_worker):
    engine = Saying("You should get 31415.", IDEA)
    start_worker(engine)
    write_answer_hint(AnswerHint.objects.get().pk)
    assert given() == [("reply", 1, IDEA)]
    assert AnswerHint.objects.get().source == "idea"
    assert "17" not in engine.prompts[1].user
    withheld = WithheldHelp.objects.get()
    assert (withheld.reason, withheld.leak) == ("leak", "31415")
    assert "31415" not in shown(client, item)


def test_where_the_mistake_is_named_no_page_says_that_there_is_no_hint(
    client, item, hint_request, start_worker
):
    start_worker(Saying("It is 31415.", "31415 it is."))
    write_answer_hint(AnswerHint.objects.get().pk)
    Attempt.objects.update(mistake=Explanation(MistakeName.SIGN_ERROR).to_dict())
    page = shown(client, item)
    assert "There is no hint about this answer." not in page
    assert "What may be wrong is said with your answer" in page
    assert "Show the problem’s next hint" in page
    Assignment.objects.update(check_policy="never")  # then it stands nowhere
    assert "There is no hint about this answer." in shown(client, item)


def test_two_leaks_leave_the_problems_own_hint_to_who_wants_it(
    client, alice, item, hint_request, hand_in, start_worker
):
    start_worker(Saying("It is 31415.", "31415 it is."))
    write_answer_hint(AnswerHint.objects.get().pk)
    assert given() == []
    page = shown(client, item)
    assert "There is no hint about this answer." in page
    assert "Show the problem’s next hint" in page
    assert "Count on from 2." not in page
    assert hand_in(alice, "18").helped_by == ""
    client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1}, headers=HTMX)
    assert given() == [("hint", 1, "Count on from 2.")]
    assert hand_in(alice, "19").helped_by == HelpLevel.HINT
    page = shown(client, item)
    assert "31415" not in page
    assert WithheldHelp.objects.count() == 2


def test_a_model_that_writes_no_hints_is_not_asked(hint_request, start_worker, settings):
    settings.MODEL = "/srv/lemma-demo-3m"
    engine = Saying(GOOD)
    start_worker(engine)
    write_answer_hint(AnswerHint.objects.get().pk)
    assert engine.prompts == []
    assert given() == []
    assert AnswerHint.objects.get().recipe == "lemma-demo-3m"


def test_where_no_own_hint_is_offered_a_sentence_is_left(client, item, hint_request, start_worker):
    Assignment.objects.update(hint_policy="never")
    start_worker(Saying("It is 31415.", "31415 it is."))
    write_answer_hint(AnswerHint.objects.get().pk)
    assert given() == []
    page = shown(client, item)
    assert "compare each line of your working" in page
    assert "Count on from 2." not in page


@pytest.mark.parametrize(
    ("text", "outcome", "reason"),
    [
        ("So the result is \\(\\boxed{17}\\).", Outcome.FINISHED, "no_hint"),
        ("Look again. " * 80, Outcome.FINISHED, "no_hint"),
        ("", Outcome.FINISHED, "no_hint"),
        (GOOD, Outcome.BUDGET_EXHAUSTED, "no_hint"),
        (GOOD, Outcome.LOOPING, "no_hint"),
        (GOOD, Outcome.ABORTED, "no_hint"),
        ("The student forgot the sign of the second term.", Outcome.FINISHED, "no_hint"),
        ("Look at the second term. The answer is 17.", Outcome.FINISHED, "no_hint"),
        ("Remember that \\(3 \\cdot 4 = 11\\).", Outcome.FINISHED, "refuted"),
    ],
)
def test_what_is_no_sound_hint_is_withheld(hint_request, start_worker, text, outcome, reason):
    start_worker(Saying(text, text, outcome=outcome))
    write_answer_hint(AnswerHint.objects.get().pk)
    assert AnswerHint.objects.get().source == "none"
    assert {withheld.reason for withheld in WithheldHelp.objects.all()} == {reason}


def test_a_message_that_comes_twice_writes_once(hint_request, start_worker):
    engine = Saying(GOOD)
    start_worker(engine)
    for _ in range(2):
        write_answer_hint(AnswerHint.objects.get().pk)
    assert len(engine.prompts) == 1


def test_asking_twice_asks_once(client, ask, hint_request, queued_tasks):
    ask()
    assert AnswerHint.objects.count() == 1
    assert queued_tasks() == 1


@pytest.mark.parametrize("response", ["31415", "3/"])
def test_only_about_a_wrong_answer_can_be_asked(
    client,
    alice,
    item,
    ask,
    hand_in,
    response,
):
    client.force_login(alice)
    ask()
    hand_in(alice, response)
    ask()
    assert not AnswerHint.objects.exists()


@pytest.mark.parametrize("policy", ["never", "after_due"])
def test_where_it_is_not_offered_nobody_asks(client, alice, ask, hand_in, policy):
    Assignment.objects.update(reply_policy=policy)
    client.force_login(alice)
    hand_in(alice, "17")
    ask()
    assert not AnswerHint.objects.exists()


def test_an_engine_that_fails_gives_it_back_and_in_the_end_up(hint_request, start_worker):
    start_worker(Failing())
    pk = AnswerHint.objects.get().pk
    for tries in (1, 2):
        write_answer_hint(pk)
        reply = AnswerHint.objects.get()
        assert (reply.state, reply.tries) == (State.QUEUED, tries)
    write_answer_hint(pk)
    assert (AnswerHint.objects.get().source, given()) == ("none", [])


def test_a_lost_worker_holds_it_for_some_minutes(hint_request, queued_tasks):
    long_ago = timezone.now() - timedelta(minutes=6)
    AnswerHint.objects.update(
        state=State.STREAMING, tries=1, claimed_at=long_ago, queued_at=long_ago
    )
    with connect() as redis:
        redis.delete("generation.scripted-model")
    sweep_answer_hints()
    assert AnswerHint.objects.get().state == State.QUEUED
    assert queued_tasks() == 1
    AnswerHint.objects.update(state=State.STREAMING, tries=2, claimed_at=long_ago)
    sweep_answer_hints()
    assert (AnswerHint.objects.get().state, AnswerHint.objects.get().source) == (
        State.ENDED,
        "none",
    )


def test_what_a_worker_writes_too_late_is_not_given(hint_request, start_worker):
    """Another one has claimed it meanwhile."""
    pk = AnswerHint.objects.get().pk

    class Overtaken(Saying):
        async def stream(self, prompt, sampling, *, request_id, so_far=()):
            from channels.db import database_sync_to_async

            await database_sync_to_async(AnswerHint.objects.update)(tries=7)
            async for delta in super().stream(prompt, sampling, request_id=request_id):
                yield delta

    start_worker(Overtaken(GOOD))
    write_answer_hint(pk)
    assert given() == []
    assert AnswerHint.objects.get().state == State.STREAMING
