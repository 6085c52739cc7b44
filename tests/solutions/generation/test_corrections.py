"""A refuted step is taken back while a class watches, and the model goes on."""

from collections.abc import AsyncGenerator, Sequence
from threading import Event

import pytest

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import assert_log_equals_row
from tutor.engine.completion import Delta, Outcome, Prompt, PromptTooLong, Sampling
from tutor.grading import Verdict
from tutor.grading.check_process.client import check_step
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.generation.readiness_samples import take_sample
from tutor.solutions.log.writer import FLUSH_S
from tutor.solutions.models import ReadinessSample, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.requests.samples import request_samples
from tutor.tools.second_pass import Correction, correct, prompt_after

pytestmark = pytest.mark.django_db(transaction=True)
REASONING = ["Let me", " add."]
WRONG = ["We add", ".\n\n", "\\(2 +", " 2 = 5", "\\)\n\n", "So \\(\\boxed{5}\\)."]
KEPT = "We add.\n\n\\(2 + 2 = 4\\)\n\n"
RIGHT = ["So it", " is\n\n", "\\(\\boxed{4}", "\\)."]


class ErringEngine(ScriptedEngine):
    """Says `first`, and `further` where it is to go on from a beginning.

    fail_further_at: it dies before that token of `further`, once.
    """

    def __init__(
        self,
        further: Sequence[str] = RIGHT,
        *,
        first: Sequence[str] = WRONG,
        fail_further_at: int | None = None,
        is_too_long: bool = False,
        continues: bool = True,
        pause_s: float = 0.002,
    ) -> None:
        super().__init__(first, reasoning=REASONING, continues=continues, pause_s=pause_s)
        self.first = self.tokens
        self.further = [Delta(answer=t, token_ids=(100 + i,)) for i, t in enumerate(further)]
        self.fail_further_at = fail_further_at
        self.is_too_long = is_too_long
        self.gone_on_from: list[tuple[int, ...]] = []
        self.samplings: list[Sampling] = []

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        self.samplings.append(sampling)
        is_further = "</think>" in prompt.forced
        self.tokens = self.further if is_further else self.first
        if is_further:
            self.gone_on_from.append(tuple(so_far))
            if self.is_too_long:
                raise PromptTooLong(2, 1)
            self.fail_at, self.fail_further_at = self.fail_further_at, None
        deltas = super().stream(prompt, sampling, request_id=request_id, so_far=so_far)
        async for delta in deltas:
            yield delta


@pytest.fixture
def solution(problem, settings):
    settings.CORRECTIONS = 2
    return request_solution(problem.current, user=None)


def test_where_corrections_are_off_the_refuted_text_stays(problem, start_worker, settings):
    settings.CORRECTIONS = 0
    solution = request_solution(problem.current, user=None)
    engine = ErringEngine()
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert (solution.answer, solution.corrections) == ("".join(WRONG), [])
    assert len(engine.prompts) == 1


def test_the_model_goes_on_from_the_right_value(solution, start_worker):
    engine = ErringEngine()
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert solution.answer == KEPT + "".join(RIGHT)
    assert (solution.verdict, solution.final_answer) == (Verdict.CORRECT, "4")
    assert solution.reasoning == "".join(REASONING)
    [correction] = solution.corrections
    assert (correction["step"], correction["refuted"], correction["value"]) == (1, "2 + 2 = 5", "4")
    assert solution.answer[correction["start"] :].startswith("4\\)")
    assert [check["verdict"] for check in solution.checks][:2] == ["unchecked", "proved"]
    first, second = engine.prompts
    assert second == prompt_after(first, "".join(REASONING), KEPT)
    assert solution.completion_tokens == len(REASONING) + len(WRONG) + len(RIGHT)
    assert solution.whole().corrections == solution.corrections
    assert_log_equals_row(solution)


def test_the_text_after_a_correction_has_the_tokens_that_the_text_before_it_leaves(
    solution, start_worker
):
    again = ["Thus \\(4 + 1 = 6\\).\n\n", "So \\(\\boxed{6}\\)."]
    engine = ErringEngine(again, fail_further_at=1, pause_s=1.5 * FLUSH_S)
    worker = start_worker(engine)
    worker.solve()
    worker.solve()
    first, second, resumed, third = engine.samplings
    assert resumed == second
    assert 0 < first.max_tokens - second.max_tokens < len(REASONING) + len(WRONG)
    assert 0 < second.max_tokens - third.max_tokens <= len(again)
    assert len({first.seed, second.seed, third.seed}) == (1 if first.seed is None else 3)


def test_the_text_of_a_sample_after_a_correction_has_the_tokens_that_are_left(
    problem, start_worker, settings
):
    settings.CORRECTIONS = 2
    engine = ErringEngine()
    request_samples([problem.current], 1)
    start_worker(engine)
    take_sample()
    first, second = engine.samplings
    assert 0 < first.max_tokens - second.max_tokens < len(REASONING) + len(WRONG)


@pytest.mark.parametrize("position", range(len(RIGHT)))
def test_after_an_engine_died_the_corrected_text_goes_on(solution, start_worker, position):
    engine = ErringEngine(fail_further_at=position, pause_s=1.5 * FLUSH_S)
    worker = start_worker(engine)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.crashes) == (State.QUEUED, 1)
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.verdict) == (State.ENDED, Verdict.CORRECT)
    assert solution.answer == KEPT + "".join(RIGHT)
    assert len(solution.corrections) == 1
    assert engine.gone_on_from == [(), tuple(100 + n for n in range(position))]
    assert engine.generated == len(REASONING) + len(WRONG) + len(RIGHT), "nothing was drawn twice"
    assert_log_equals_row(solution)


def test_it_is_corrected_so_often_at_most(solution, start_worker):
    engine = ErringEngine(["Thus \\(4 + 1 = 6\\).\n\n", "So \\(\\boxed{6}\\)."])
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert len(solution.corrections) == 2
    assert len(engine.prompts) == 3
    assert "refuted" in [check["verdict"] for check in solution.checks]
    assert_log_equals_row(solution)


def test_a_step_that_gets_new_text_is_checked_anew(problem, start_worker, settings):
    settings.CORRECTIONS = 1
    solution = request_solution(problem.current, user=None)
    first_line, joined = "1. Add: $2+3=5$.\n", "Also $5\\cdot2=11$, clearly."
    first = [first_line, "2. From $x^2=9$ we get $x+1=5$.\n", "3. So \\(\\boxed{5}\\)."]
    start_worker(ErringEngine([joined], first=first)).solve()
    solution.refresh_from_db()
    assert solution.corrections[0]["value"] == ""
    assert solution.steps == [first_line + joined]
    assert [check["verdict"] for check in solution.checks] == ["refuted"]
    assert_log_equals_row(solution)


@pytest.mark.parametrize("fail_further_at", [None, 0, 1])
def test_a_right_value_that_may_yet_begin_an_item_is_gone_on_from(
    solution, start_worker, fail_further_at
):
    begun, further = "Then\n\n7 * 8 =\n56", [".\n\n", "We can go on with this."]
    engine = ErringEngine(
        further,
        first=["Then\n\n", "7 * 8 =\n54", " and so on."],
        fail_further_at=fail_further_at,
        pause_s=1.5 * FLUSH_S,
    )
    worker = start_worker(engine)
    worker.solve()
    if fail_further_at is not None:
        worker.solve()
    solution.refresh_from_db()
    assert solution.answer == begun + "".join(further)
    first, *later = engine.prompts
    assert set(later) == {prompt_after(first, "".join(REASONING), begun)}
    assert_log_equals_row(solution)


@pytest.mark.parametrize("fail_further_at", [None, 1])
def test_where_there_is_no_room_to_go_on_the_former_text_stays(
    solution, start_worker, fail_further_at
):
    engine = ErringEngine(
        is_too_long=fail_further_at is None,
        fail_further_at=fail_further_at,
        pause_s=1.5 * FLUSH_S,
    )
    worker = start_worker(engine)
    worker.solve()
    if fail_further_at is not None:
        engine.is_too_long = True
        worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.FINISHED)
    assert (solution.answer, solution.corrections) == ("".join(WRONG), [])
    assert "refuted" in [check["verdict"] for check in solution.checks]
    assert solution.completion_tokens == engine.generated
    assert_log_equals_row(solution)


def test_what_is_cancelled_while_it_is_corrected_keeps_its_text(
    solution, start_worker, in_thread, wait_until, monkeypatch
):
    is_asked, may_answer = Event(), Event()

    def correct_late(statement: str, text: str) -> tuple[str, Correction] | None:
        is_asked.set()
        may_answer.wait(10)
        return correct(statement, text)

    monkeypatch.setattr("tutor.solutions.generation.generator.correct", correct_late)
    worker = start_worker(ErringEngine())
    running = in_thread(worker.solve)
    assert is_asked.wait(10)
    [job] = worker.jobs.values()
    cancel_solution(solution)
    wait_until(lambda: job.stop is not None)
    may_answer.set()
    running.result()
    solution.refresh_from_db()
    assert (solution.state, solution.outcome) == (State.ENDED, Outcome.FINISHED)
    assert (solution.answer, solution.corrections) == ("".join(WRONG), [])
    assert_log_equals_row(solution)


@pytest.mark.parametrize(("continues", "check"), [(False, check_step), (True, None)])
def test_what_cannot_go_on_or_is_not_checked_stays(solution, start_worker, continues, check):
    engine = ErringEngine(continues=continues)
    start_worker(engine, check).solve()
    solution.refresh_from_db()
    assert (solution.answer, solution.corrections) == ("".join(WRONG), [])


def test_the_stored_answer_reaches_no_prompt(make_secret_problem, start_worker, settings):
    settings.CORRECTIONS = 2
    problem = make_secret_problem("31415")
    request_solution(problem.current, user=None)
    engine = ErringEngine()
    start_worker(engine).solve()
    assert len(engine.prompts) == 2
    assert not any("31415" in prompt.user + prompt.forced for prompt in engine.prompts)


@pytest.mark.parametrize("may_correct", [2, 0])
def test_the_page_says_whether_it_was_corrected(
    item, start_worker, client, carol, settings, may_correct
):
    settings.CORRECTIONS = may_correct
    request_solution(item.problem.current, user=None)
    start_worker(ErringEngine()).solve()
    client.force_login(carol)
    page = client.get(item.get_absolute_url()).content.decode()
    notice = '<p class="origin" data-part="corrected"{}><strong>Corrected by Lemma\'s calculator.'
    assert notice.format("" if may_correct else " hidden") in page


@pytest.mark.parametrize(
    ("options", "verdict", "passes", "tokens"),
    [
        ({}, Verdict.CORRECT, 1, len(REASONING) + len(WRONG) + len(RIGHT)),
        ({"is_too_long": True}, Verdict.INCORRECT, 1, len(REASONING) + len(WRONG)),
        ({"continues": False}, Verdict.INCORRECT, 0, len(REASONING) + len(WRONG)),
    ],
)
def test_samples_are_corrected_as_solutions_are(
    problem, start_worker, settings, options, verdict, passes, tokens
):
    settings.CORRECTIONS = 2
    engine = ErringEngine(**options)
    request_samples([problem.current], 1)
    start_worker(engine)
    take_sample()
    sample = ReadinessSample.objects.get()
    assert (sample.verdict, sample.tokens, len(engine.gone_on_from)) == (verdict, tokens, passes)
    assert sample.recipe == recipe_code()


def test_corrected_solutions_are_of_a_recipe_of_their_own(settings):
    before = recipe_code()
    settings.CORRECTIONS = 2
    assert recipe_code() == f"{before} corrections 2"
