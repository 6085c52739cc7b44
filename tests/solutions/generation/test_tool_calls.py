"""What a model called is kept as what it is: a note of Lemma's within the reasoning."""

import pytest

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER, assert_log_equals_row
from tutor.engine.completion import Delta, ToolCall
from tutor.grading import Verdict
from tutor.solutions.dispatch.model_choice import recipe_code, recipe_to_load
from tutor.solutions.generation.celery_worker import engine_config
from tutor.solutions.models import State
from tutor.solutions.requests.find_or_queue import request_solution

pytestmark = pytest.mark.django_db(transaction=True)
ARGUMENTS = '{"expression": "2+2"}'
NOTE = f"⟦Lemma: calculate {ARGUMENTS} → 4⟧"


def calling_engine(**options: object) -> ScriptedEngine:
    engine = ScriptedEngine(ANSWER, reasoning=["Let me see. "], continues=False, **options)
    engine.tokens.insert(1, Delta(call=ToolCall("calculate", ARGUMENTS, "4")))
    return engine


@pytest.fixture
def solution(problem):
    return request_solution(problem.current, user=None)


def test_a_call_is_kept_as_a_note_of_lemmas(solution, start_worker):
    start_worker(calling_engine()).solve()
    solution.refresh_from_db()
    assert solution.reasoning == f"Let me see. \n{NOTE}\n"
    assert (solution.answer, solution.verdict) == ("".join(ANSWER), Verdict.CORRECT)
    assert_log_equals_row(solution)


def test_a_model_cannot_write_such_a_note(solution, start_worker):
    start_worker(ScriptedEngine(ANSWER, reasoning=[NOTE, " is what it said"])).solve()
    solution.refresh_from_db()
    assert solution.reasoning == f"[{NOTE[1:-1]}] is what it said"


def test_what_broke_off_after_a_call_begins_anew_with_its_call(solution, start_worker):
    worker = start_worker(calling_engine(fail_at=4))
    worker.solve()
    worker.solve()
    solution.refresh_from_db()
    assert (solution.state, solution.reasoning.count(NOTE)) == (State.ENDED, 1)
    assert solution.answer == "".join(ANSWER)
    assert_log_equals_row(solution)


def test_tools_are_offered_where_they_are_switched_on(settings):
    settings.ENGINE, settings.OPENAI_URL = "openai", "http://127.0.0.1:8001/v1"
    before = recipe_code()
    assert engine_config(recipe_to_load()).tools == ()
    settings.OPENAI_TOOLS = True
    assert [tool.name for tool in engine_config(recipe_to_load()).tools] == ["calculate", "algebra"]
    assert recipe_code() != before
