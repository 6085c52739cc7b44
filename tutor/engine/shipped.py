"""The recipes that come with Lemma, for the evaluation and the administration.

Each follows its model's card; `source` says what the card recommends and what is Lemma's own
choice. A changed recipe gets a new version.
"""

from dataclasses import replace
from pathlib import Path

from tutor.engine.completion import EngineKind, Quantization, Sampling
from tutor.engine.prompts import DEMO, SolutionRecipe
from tutor.engine.templates import MATHEMATICS, STEPS

_R1 = SolutionRecipe(
    name="r1-distill-qwen-1.5b",
    version=1,
    model="deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B",
    thinks=True,
    # The budget leaves 1,024 tokens to answer with.
    sampling=Sampling(max_tokens=32_768, temperature=0.6, top_p=0.95, thinking_budget=31_744),
    template=MATHEMATICS,
    source=(
        "DeepSeek’s card: temperature 0.6 of 0.5 to 0.7, top_p 0.95, up to 32,768 tokens, no system"
        " message, the reply forced to begin with <think>. The thinking budget is Lemma’s."
    ),
)
SHIPPED = (
    _R1,
    replace(
        _R1,
        name="r1-distill-qwen-1.5b-small-card",
        sampling=replace(_R1.sampling, max_tokens=4_096, thinking_budget=3_072),
        source=(
            "As r1-distill-qwen-1.5b, with 4,096 tokens for a card with little memory. They cut"
            " the reasoning off in many problems."
        ),
    ),
    replace(
        _R1,
        name="r1-distill-qwen-1.5b-awq",
        model="DeepSeek-R1-Distill-Qwen-1.5B-AWQ",
        quantization=Quantization.AWQ,
        source=(
            "As r1-distill-qwen-1.5b, of 4-bit weights. DeepSeek offers none: the model is a folder"
            " of your own, see docs/gpu.md."
        ),
    ),
    SolutionRecipe(
        name="qwen2.5-math-1.5b-instruct",
        version=1,
        model="Qwen/Qwen2.5-Math-1.5B-Instruct",
        thinks=False,
        sampling=Sampling(max_tokens=2_048, temperature=0.7, top_p=0.8),
        template=MATHEMATICS,
        source=(
            "Qwen’s page of the model: temperature 0.7 and top_p 0.8 where samples vote, and this"
            " instruction, there as a system message. The 2,048 tokens are Lemma’s."
        ),
    ),
    SolutionRecipe(
        name="llama-3-8b-instruct",
        version=1,
        model="meta-llama/Meta-Llama-3-8B-Instruct",
        thinks=False,
        sampling=Sampling(max_tokens=2_048, temperature=0.6, top_p=0.9),
        template=STEPS,
        source=(
            "Meta’s card: temperature 0.6, top_p 0.9, a context of 8,192 tokens. The 2,048 tokens"
            " and the wording are Lemma’s."
        ),
    ),
    SolutionRecipe(
        name="gpt-3.5-turbo",
        version=1,
        model="gpt-3.5-turbo",
        engine=EngineKind.OPENAI,
        thinks=False,
        sampling=Sampling(max_tokens=4_096, temperature=0.2, top_p=1.0),
        template=STEPS,
        source=(
            "OpenAI’s reference: at most 4,096 tokens of output; 0.2 is its example of a focused"
            " temperature, and top_p stays 1, since only one of both is to be changed. What"
            " students are asked leaves the school’s machines."
        ),
    ),
    replace(
        DEMO,
        name="lemma-demo-3m",
        model="lemma-demo-3m",
        source="Lemma’s own small model, as `make demo` asks it.",
    ),
)
_IN_THE_PACKAGE = {"lemma-demo-3m": Path(__file__).parents[1] / "demo" / "lemma-demo-3m"}


def model_path(model: str) -> str:
    """The folder of a model that comes with Lemma; other names unchanged."""
    return str(_IN_THE_PACKAGE.get(model, model))
