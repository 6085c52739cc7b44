"""`ask`, and whole recipes at the command line."""

import pytest

from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Engine, EngineFailed, Quantization, ServerConfig
from tutor.evaluation.__main__ import main
from tutor.evaluation.samples import read_run


def run_ask(*given: str, engine: Engine) -> tuple[int, list[object]]:
    """The status, and with which configurations an engine was started."""
    started: list[object] = []

    async def start(config: object) -> Engine:
        started.append(config)
        return engine

    return main(list(given), start), started


def test_a_program_is_asked_for_and_what_comes_is_said_not_to_be_checkable(capsys):
    engine = ScriptedEngine(["print", "(3)"], pause_s=0)
    given = ("ask", "Print the largest.", "--template", "code", "--recipe", "chat")
    assert run_ask(*given, engine=engine)[0] == 0
    output = capsys.readouterr()
    assert output.out == "print(3)\n"
    assert output.err == (
        "finished: 2 tokens by chat-mathematics version 1, template code;"
        " not checkable, since Lemma checks mathematics.\n"
    )
    [prompt] = engine.prompts
    assert prompt.user.startswith("Print the largest.\n\nWrite a program")


def test_thoughts_are_shown_apart_from_the_answer_and_in_the_language_asked(capsys):
    engine = ScriptedEngine(["Buy."], reasoning=["Hm", "."], pause_s=0)
    given = ("ask", "买吗？", "--template", "decision", "--language", "zh-hans", "--recipe", "r1")
    assert run_ask(*given, engine=engine)[0] == 0
    assert capsys.readouterr().out == "<think>\nHm.\n</think>\n\nBuy.\n"
    assert "请列出可行的方案" in engine.prompts[0].user


def test_without_a_template_the_recipes_own_is_asked_and_nothing_is_judged(capsys):
    engine = ScriptedEngine(["4"], pause_s=0)
    given = ("ask", "2 + 2?", "--recipe", "qwen2.5-math-1.5b-instruct")
    status, [config] = run_ask(*given, engine=engine)
    assert (status, config.model) == (0, "Qwen/Qwen2.5-Math-1.5B-Instruct")
    assert "within \\boxed{}" in engine.prompts[0].user
    assert "template mathematics; not judged" in capsys.readouterr().err


def test_an_engine_that_fails_is_told_in_a_sentence(capsys):
    class Failing(ScriptedEngine):
        async def stream(self, *given, **named):
            raise EngineFailed("the engine is closed")
            yield

    assert run_ask("ask", "2?", engine=Failing([]))[0] == 2
    assert capsys.readouterr().err == "the engine is closed.\n"


def test_a_whole_recipe_brings_its_model_and_how_that_is_stored(sums, tmp_path, model):
    given = ("--out", str(tmp_path / "run"), "--recipe", "r1-distill-qwen-1.5b-awq", "--runs", "1")
    engine = ScriptedEngine(["\\boxed{1}"], pause_s=0)
    status, [config] = run_ask(str(sums), "--model", str(model), *given, engine=engine)
    assert (status, config.model, config.quantization) == (0, str(model), Quantization.AWQ)
    conditions = read_run(tmp_path / "run").conditions
    assert conditions.recipe == "r1-distill-qwen-1.5b-awq-1"
    assert conditions.sampling == "t0.6 p0.95 n32768 b31744"
    assert engine.prompts[0].forced == "<think>\n"


def test_a_recipe_for_a_server_needs_its_address_and_knows_its_models_name(sums, capsys):
    engine = ScriptedEngine(["3"], pause_s=0)
    given = (str(sums), "--recipe", "gpt-3.5-turbo")
    assert run_ask(*given, engine=engine)[0] == 2
    assert capsys.readouterr().err == (
        "gpt-3.5-turbo is asked at a server: give its address by --server.\n"
    )
    at = ("--server", "http://127.0.0.1:9/v1")
    _, [config] = run_ask("ask", "1 + 2?", "--recipe", "gpt-3.5-turbo", *at, engine=engine)
    assert isinstance(config, ServerConfig)
    assert config.model == "gpt-3.5-turbo"


@pytest.mark.parametrize("given", [["ask"], ["ask", "x", "--template", "poem"]])
def test_what_cannot_be_asked_is_refused(given, capsys):
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
