"""Recipes as rows: what may be stored, which is in force, and that everybody keeps to it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER, assert_log_equals_row
from tutor.engine.completion import EngineKind, ModelUnusable, Outcome, Quantization, ServerConfig
from tutor.engine.shipped import SHIPPED
from tutor.grading import Verdict
from tutor.operations.check_result import FailedCheck
from tutor.operations.checks.workers import check_model, check_recipe
from tutor.redis_client import connect
from tutor.solutions.dispatch.lifecycle import ORPHANED
from tutor.solutions.dispatch.model_choice import (
    recipe_code,
    recipe_in_force,
    recipe_of,
    recipe_of_settings,
    recipe_to_load,
    tries_wanted,
)
from tutor.solutions.dispatch.presence import ABSENT_AFTER_S, Presence, announce
from tutor.solutions.dispatch.queue_status import waiting_for
from tutor.solutions.generation.celery_worker import engine_config, name_of
from tutor.solutions.generation.readiness_samples import sweep_samples, take_sample
from tutor.solutions.generation.worker import NO_RECIPE
from tutor.solutions.log.stored_log import read_transcript
from tutor.solutions.models import Activation, ReadinessSample, Recipe, Solution, State
from tutor.solutions.models.recipe import MAX_TOKENS, activate
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.requests.samples import request_samples
from tutor.solutions.tasks import sweep_solutions

pytestmark = pytest.mark.django_db(transaction=True)


def make_recipe(**columns) -> Recipe:
    defaults = {"name": "ours", "model": "scripted-model", "template": "mathematics"}
    return Recipe.objects.create(**(defaults | columns))


@pytest.fixture
def recipe(db) -> Recipe:
    """Of the model that the scripted worker has."""
    return make_recipe(temperature=0.4, max_tokens=500, samples=2)


def complaint(field: str, **columns) -> str:
    row = Recipe(**({"name": "ours", "model": "some-model", "template": "mathematics"} | columns))
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return " ".join(refused.value.message_dict[field])


def test_those_that_come_with_lemma_are_there_once_and_none_is_active():
    before = set(Recipe.objects.values_list("pk", "name", "version"))
    call_command("migrate", verbosity=0)
    assert set(Recipe.objects.values_list("pk", "name", "version")) == before
    assert len(before) == len(SHIPPED)
    for shipped in SHIPPED:
        assert Recipe.objects.get(name=shipped.name).for_engine() == shipped
    assert not Activation.objects.exists()


def test_migrating_restores_shipped_recipes_and_keeps_own_ones(recipe):
    Recipe.objects.filter(name="gpt-3.5-turbo").delete()
    call_command("migrate", verbosity=0)
    assert Recipe.objects.filter(name="gpt-3.5-turbo").count() == 1
    assert Recipe.objects.filter(pk=recipe.pk).exists()


@pytest.mark.parametrize(
    ("field", "columns", "sentence"),
    [
        ("temperature", {"temperature": 3}, "Enter a temperature from 0 to 2, not 3."),
        ("temperature", {"temperature": -0.1}, "from 0 to 2, not -0.1."),
        (
            "temperature",
            {"temperature": 0.9, "model": "/srv/DeepSeek-R1-Distill-Qwen-7B"},
            "Enter a temperature from 0.5 to 0.7, not 0.9. The model’s card asks for this",
        ),
        ("top_p", {"top_p": 0}, "Enter a top_p above 0 and at most 1, not 0."),
        (
            "max_tokens",
            {"max_tokens": 1_000_000},
            "Enter a number from 1 to 131,072, not",
        ),
        ("samples", {"samples": 0}, "Enter a number from 1 to 64, not 0."),
        ("thinking_budget", {"thinking_budget": 10}, "Only a model that begins with <think>"),
        (
            "thinking_budget",
            {"thinking_budget": 4_096, "max_tokens": 4_096, "thinks": True},
            "less than the maximum tokens",
        ),
        ("quantization", {"engine": "openai", "quantization": "awq"}, "Leave this empty: a server"),
        ("name", {"name": "gpt-3.5-turbo"}, "A recipe of this name comes with Lemma."),
        ("name", {"name": "chat-mathematics"}, "Lemma itself uses this name."),
        (
            "model",
            {"name": "n" * 60, "model": f"/srv/{'m' * 61}"},
            "without the model’s folders they have at most 120 characters together",
        ),
        ("name", {"name": "Our model"}, "Use small letters, digits, dots and hyphens"),
        ("quantization", {"quantization": "int4"}, "is not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(field, columns, sentence):
    assert sentence in complaint(field, **columns)


def test_every_shipped_recipe_would_pass_under_a_name_of_ones_own():
    for row in Recipe.objects.all():
        row.pk, row.name, row._state.adding = None, "ours", True
        row.full_clean()


def test_the_code_of_every_recipe_that_may_be_fits_into_its_column(settings):
    row = Recipe(
        name="n" * 60,
        version=10**9,
        model="m" * 60,
        quantization="fp8",
        thinks=True,
        temperature=1.23456e-05,
        top_p=1.23456e-05,
        max_tokens=MAX_TOKENS,
        thinking_budget=MAX_TOKENS - 1,
    )
    row.full_clean()
    settings.OPENAI_TOOLS, settings.CORRECTIONS = True, 9
    code = recipe_code(replace(row.for_engine(), engine=EngineKind.OPENAI))
    for model in (Solution, ReadinessSample):
        assert len(code) <= model._meta.get_field("recipe").max_length


def test_the_database_holds_no_impossible_one():
    for columns in ({"temperature": 2.5}, {"top_p": 1.5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_recipe(**columns)
    make_recipe()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_recipe()


def test_without_an_active_one_the_models_name_decides(settings):
    assert recipe_in_force() == recipe_of_settings()
    assert recipe_code() == "scripted-model chat-mathematics-1 t0.2 p0.9 n1024"
    settings.MODEL = ""
    assert recipe_in_force().model == settings.DEFAULT_MODEL
    assert recipe_code().startswith("DeepSeek-R1-Distill-Qwen-1.5B r1-mathematics-1 ")


def test_the_last_one_that_was_activated_is_in_force_and_who_did_it_is_kept(admin, recipe):
    other = make_recipe(name="other", samples=7)
    activate(other, admin)
    activate(recipe, admin)
    assert recipe_in_force() == recipe.for_engine()
    assert tries_wanted() == 2
    activate(None, admin)
    assert recipe_in_force() == recipe_of_settings()
    assert [(row.recipe, row.author) for row in Activation.objects.order_by("pk")] == [
        (other, admin),
        (recipe, admin),
        (None, admin),
    ]


def test_a_recipe_that_was_active_cannot_be_deleted(admin, recipe):
    activate(recipe, admin)
    activate(None, admin)
    with pytest.raises(ProtectedError):
        recipe.delete()


def test_what_lemma_cannot_check_is_not_shown_to_students(admin):
    for template in ("code", "decision", "conversation"):
        with pytest.raises(ValueError, match="Lemma can check mathematics only"):
            activate(make_recipe(name=template, template=template), admin)
    assert recipe_in_force() == recipe_of_settings()


def test_another_recipe_asks_anew_and_the_former_one_finds_its_solutions_again(
    admin, recipe, problem, start_worker
):
    worker = start_worker(engine := ScriptedEngine(ANSWER, pause_s=0))
    before = request_solution(problem.current, user=None)
    worker.solve()
    assert request_solution(problem.current, user=None) == before
    activate(recipe, admin)
    after = request_solution(problem.current, user=None)
    assert (after.recipe, after.state) == (recipe.for_engine().whole_code, State.QUEUED)
    assert request_solution(problem.current, user=None) == after  # single flight
    worker.solve()
    after.refresh_from_db()
    assert after.verdict == Verdict.CORRECT
    assert "Please reason step by step" in engine.prompts[-1].user
    activate(None, admin)
    assert request_solution(problem.current, user=None) == before
    assert len(engine.prompts) == 2


def test_a_solution_is_asked_for_as_it_was_wished_for(admin, recipe, problem, start_worker):
    worker = start_worker(engine := ScriptedEngine(ANSWER, pause_s=0))
    activate(recipe, admin)
    request_solution(problem.current, user=None)
    activate(make_recipe(name="bare", template="statement", thinks=True), admin)
    worker.solve()
    assert "Please reason step by step" in engine.prompts[0].user
    assert engine.prompts[0].forced == ""


def test_a_worker_leaves_what_is_asked_of_another_model(admin, problem, start_worker):
    worker = start_worker(ScriptedEngine(ANSWER, pause_s=0))
    activate(make_recipe(model="org/other-model"), admin)
    solution = request_solution(problem.current, user=None)
    worker.solve()
    solution.refresh_from_db()
    assert solution.state == State.QUEUED
    assert waiting_for(solution) == "worker"
    with connect() as client:
        announce(client, Presence("w2", True, "/srv/other-model", "vllm"))
    assert waiting_for(solution) == "turn"
    engine = ScriptedEngine(ANSWER, pause_s=0)
    engine.model = "/srv/other-model"
    start_worker(engine).solve()
    solution.refresh_from_db()
    assert (solution.state, solution.model) == (State.ENDED, "other-model")


def test_fp8_weights_are_another_model(admin, recipe, problem, start_worker):
    activate(make_recipe(name="small", quantization="fp8"), admin)
    solution = request_solution(problem.current, user=None)
    assert solution.recipe.startswith("scripted-model@fp8 small-1 ")
    start_worker(ScriptedEngine(ANSWER, pause_s=0)).solve()
    solution.refresh_from_db()
    assert solution.state == State.QUEUED


def test_what_no_recipe_explains_any_more_is_refused_with_a_sentence(problem, start_worker):
    worker = start_worker(engine := ScriptedEngine(ANSWER))
    solution = Solution.objects.create(version=problem.current, recipe="scripted-model gone-1 t1")
    worker.solve()
    solution.refresh_from_db()
    assert (solution.outcome, solution.feedback) == (Outcome.ENGINE_FAILED, NO_RECIPE)
    assert engine.prompts == []


def test_what_was_read_before_its_recipe_went_is_kept(problem, start_worker, in_thread, wait_until):
    solution = request_solution(problem.current, user=None)
    worker = start_worker(ScriptedEngine(ANSWER, hold_at=4))
    running = in_thread(worker.solve)
    wait_until(lambda: read_transcript(solution.pk).tokens > 0)
    worker.drain()
    running.result(timeout=10)
    read = read_transcript(solution.pk).answer
    Solution.objects.update(recipe="scripted-model gone-1 t1")
    start_worker(engine := ScriptedEngine(ANSWER)).solve()
    solution.refresh_from_db()
    assert (solution.outcome, solution.feedback) == (Outcome.ENGINE_FAILED, NO_RECIPE)
    assert solution.answer == read != ""
    assert None not in solution.checks
    assert engine.prompts == []
    assert_log_equals_row(solution)


def let_time_pass() -> None:
    """As if the models that were missed had been missed for three minutes."""
    with connect() as client:
        for missed in client.scan_iter("generation:missed:*"):
            client.expire(missed, client.ttl(missed) - ABSENT_AFTER_S)


def sweep() -> None:
    sweep_solutions()
    sweep_samples()


def test_what_waits_for_a_model_that_is_gone_is_ended_once_another_recipe_is_in_force(
    admin, recipe, problem
):
    activate(make_recipe(name="other", model="other-model"), admin)
    solution = request_solution(problem.current, user=None)
    request_samples([problem.current], 2)

    def is_there() -> bool:
        solution.refresh_from_db()
        return solution.state == State.QUEUED and ReadinessSample.objects.count() == 2

    sweep()
    assert is_there()  # a worker may come
    activate(recipe, admin)
    sweep()
    let_time_pass()
    with connect() as client:
        announce(client, Presence(str(uuid4()), True, "other-model"))
    sweep()
    assert is_there()  # it will be worked out
    with connect() as client:
        client.flushall()
    sweep()
    assert is_there()  # its worker may only be starting again
    let_time_pass()
    sweep()
    solution.refresh_from_db()
    assert (solution.state, solution.feedback) == (State.ENDED, ORPHANED)
    assert not ReadinessSample.objects.exists()


def test_another_recipe_of_the_same_model_ends_nothing(admin, recipe, problem, settings):
    solution = request_solution(problem.current, user=None)
    request_samples([problem.current], 1)
    activate(recipe, admin)
    settings.CORRECTIONS = 1
    sweep()
    let_time_pass()
    sweep()
    solution.refresh_from_db()
    assert (solution.state, ReadinessSample.objects.count()) == (State.QUEUED, 1)


def test_samples_are_drawn_by_the_recipe_that_they_were_wanted_of(
    admin, recipe, problem, start_worker
):
    activate(recipe, admin)
    request_samples([problem.current], 1)
    activate(None, admin)
    start_worker(engine := ScriptedEngine(ANSWER, pause_s=0))
    take_sample()
    assert ReadinessSample.objects.get().verdict == Verdict.CORRECT
    assert "Please reason step by step" in engine.prompts[0].user


def test_recipes_are_found_by_what_solutions_carry(recipe):
    assert recipe_of(recipe.for_engine().whole_code) == recipe.for_engine()
    assert recipe_of(f"{recipe.for_engine().whole_code} tools corrections 2") == recipe.for_engine()
    assert recipe_of(recipe_of_settings().whole_code) == recipe_of_settings()
    assert recipe_of("scripted-model ours-2 t0.4 p0.95 n500") is None


def test_a_worker_loads_the_active_recipes_model_unless_the_environment_says_another(
    admin, settings
):
    recipe = make_recipe(model="org/some-model", quantization="awq")
    activate(recipe, admin)
    settings.MODEL = ""
    assert engine_config(recipe_to_load()).model == "org/some-model"
    assert engine_config(recipe_to_load()).quantization is Quantization.AWQ
    settings.MODEL = "/srv/models/some-model"  # where it lies on this machine
    assert engine_config(recipe_to_load()).model == "/srv/models/some-model"
    assert engine_config(recipe_to_load()).quantization is Quantization.AWQ
    settings.MODEL = "/srv/models/another"
    assert (recipe_to_load().model, recipe_to_load().quantization) == ("/srv/models/another", None)
    settings.MODEL, settings.MODEL_QUANTIZATION = "", "fp8"
    assert name_of(recipe_to_load()) == "org/some-model@fp8"


def test_a_recipe_for_a_server_needs_its_address_and_holds_no_key(admin, settings):
    activate(Recipe.objects.get(name="gpt-3.5-turbo"), admin)
    settings.MODEL = ""
    with pytest.raises(ModelUnusable, match="set TUTOR_OPENAI_URL to its address"):
        engine_config(recipe_to_load())
    with pytest.raises(FailedCheck, match="none is named"):
        check_model()
    settings.OPENAI_URL, settings.OPENAI_KEY = "http://127.0.0.1:9/v1", "canary-key"
    config = engine_config(recipe_to_load())
    assert isinstance(config, ServerConfig)
    assert (config.model, config.api_key) == ("gpt-3.5-turbo", "canary-key")
    assert not any(
        "canary" in str(value) for row in Recipe.objects.values() for value in row.values()
    )
    settings.ENGINE = "vllm"
    assert recipe_to_load().engine is EngineKind.VLLM


def test_the_doctor_names_the_recipe_and_who_put_it_in_force(admin, recipe):
    assert check_recipe() == (
        "chat-mathematics 1, scripted-model by vllm, by the model's name since none is active"
    )
    activate(recipe, admin)
    assert check_recipe().startswith("ours 1, scripted-model by vllm, put in force on 20")
    assert check_recipe().endswith(" by admin")
    with connect() as client:
        announce(client, Presence("w", True, "another-model"))
    with pytest.raises(
        FailedCheck, match="solutions are asked of scripted-model, and the workers have"
    ):
        check_model()


def test_to_know_the_recipe_takes_one_query(recipe, admin, django_assert_num_queries):
    activate(recipe, admin)
    with django_assert_num_queries(1):
        assert recipe_in_force() == recipe.for_engine()
