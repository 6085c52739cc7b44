"""A second pass over samples: what is kept of them, what is asked, and what it may not know."""

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from tests.scripted_engine import ScriptedEngine
from tutor.engine.completion import Delta, Outcome, Prompt, PromptTooLong, Sampling
from tutor.evaluation.__main__ import main
from tutor.evaluation.samples import SampleRecord, read_run
from tutor.tools.second_pass import VERSION

WRONG = "We add.\n\n\\(1 + 2 = 4\\)\n\nSo \\(\\boxed{4}\\)."
CORRECTED = "We add.\n\n\\(1 + 2 = 3\\)\n\n"
GOES_ON = "So \\(\\boxed{3}\\)."


class ErringEngine(ScriptedEngine):
    """Says WRONG, and goes on from a beginning as the test says: `further`, one after another."""

    def __init__(self, *further: str, continues: bool = True, longest_begun: int = 10_000) -> None:
        super().__init__([])
        self.continues = continues
        self.further = list(further)
        self.longest_begun = longest_begun
        self.samplings: list[Sampling] = []

    async def stream(
        self, prompt: Prompt, sampling: Sampling, *, request_id: str, so_far: Sequence[int] = ()
    ) -> AsyncGenerator[Delta, None]:
        self.prompts.append(prompt)
        self.samplings.append(sampling)
        if len(prompt.forced) > self.longest_begun:
            raise PromptTooLong(len(prompt.forced), self.longest_begun)
        text = self.further.pop(0) if prompt.forced else WRONG
        for word in text.split(" "):
            yield Delta(answer=f"{word} ", token_ids=(1,))
        yield Delta(outcome=Outcome.FINISHED)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def sampled(evaluate, run):
    """The one sample of the problem 1 + 2."""

    def sampled(engine: ErringEngine, *options: str) -> SampleRecord:
        sums = run.with_name("sum.jsonl")
        sums.write_text('{"question": "1 + 2 = ?", "answer": "#### 3"}\n', encoding="utf-8")
        assert evaluate("--runs", "1", *options, engine=engine, file=sums) == 0
        [sample] = read_run(run).samples
        return sample

    return sampled


def test_off_by_default(sampled):
    engine = ErringEngine()
    sample = sampled(engine)
    assert (sample.verdict, sample.corrections, len(engine.prompts)) == ("incorrect", [], 1)
    assert sample.steps["refuted"] == 1


def test_the_model_goes_on_from_the_right_value(sampled):
    engine = ErringEngine(GOES_ON)
    sample = sampled(engine, "--corrections", "3")
    assert sample.text.strip() == CORRECTED + GOES_ON
    assert (sample.verdict, sample.answer) == ("correct", "3")
    assert "refuted" not in sample.steps
    [correction] = sample.corrections
    assert (correction["step"], correction["refuted"], correction["value"]) == (1, "1 + 2 = 4", "3")
    assert correction["taken_back"].startswith("4\\)\n\nSo ")
    first, second = engine.prompts
    assert (second.user, first.forced, second.forced) == (first.user, "", CORRECTED)


def test_what_was_taken_back_is_counted_and_its_seed_is_not_drawn_from_again(sampled):
    engine = ErringEngine(GOES_ON)
    sample = sampled(engine, "--corrections", "1")
    assert sample.tokens == len(WRONG.split(" ")) + len(GOES_ON.split(" "))
    first, second = engine.samplings
    assert first.seed != second.seed
    assert 0 < second.max_tokens < first.max_tokens


def test_it_is_corrected_so_often_at_most(sampled):
    again = "Thus \\(3 + 1 = 5\\).\n\n"
    engine = ErringEngine(again, again, again, again)
    sample = sampled(engine, "--corrections", "2")
    assert len(sample.corrections) == 2
    assert len(engine.prompts) == 3
    assert sample.steps["refuted"] == 1
    _first, second, third = (sampling.max_tokens for sampling in engine.samplings)
    assert 0 < second - third <= len(again.split(" ")) + 1


def test_a_beginning_that_is_too_long_stays_as_it_was(sampled):
    sample = sampled(ErringEngine(longest_begun=5), "--corrections", "1")
    assert (sample.text.strip(), sample.corrections) == (WRONG, [])
    assert (sample.outcome, sample.verdict) == ("finished", "incorrect")


def test_the_stored_answer_reaches_no_prompt(evaluate, run):
    file = run.with_name("secret.jsonl")
    file.write_text('{"question": "1 + 2 = ?", "answer": "#### 31415"}\n', encoding="utf-8")
    engine = ErringEngine(GOES_ON)
    assert evaluate("--runs", "1", "--corrections", "2", engine=engine, file=file) == 0
    assert len(engine.prompts) == 2
    assert not any("31415" in prompt.user + prompt.forced for prompt in engine.prompts)
    [sample] = read_run(run).samples
    assert "31415" not in sample.text


def test_it_is_a_condition_of_the_figure(sampled, evaluate, run, capsys):
    sampled(ErringEngine(GOES_ON), "--corrections", "1")
    condition = f"corrections 1, version {VERSION}"
    assert read_run(run).conditions.sampling.endswith(f" {condition}")
    capsys.readouterr()
    assert evaluate("--runs", "1", file=run.with_name("sum.jsonl")) == 2
    assert condition in capsys.readouterr().err


def test_reports_say_that_it_was_corrected(sampled, run, capsys):
    sampled(ErringEngine(GOES_ON), "--corrections", "1")
    assert "| corrected | 1 | 100.0% |" in (run / "report.md").read_text("utf-8")
    capsys.readouterr()
    assert main(["show", str(run), "1"]) == 0
    sentence = "Step 2 was taken back from 1 + 2 = 4 on, and Lemma's calculator wrote 3."
    assert sentence in capsys.readouterr().out


def test_an_engine_that_cannot_go_on_from_a_text_is_refused(evaluate, capsys):
    engine = ErringEngine(GOES_ON, continues=False)
    assert evaluate("--corrections", "1", engine=engine) == 2
    assert "cannot go on from a text" in capsys.readouterr().err
