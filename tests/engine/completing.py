"""A whole completion, gathered from its deltas."""

from dataclasses import dataclass, field

from tutor.engine.completion import Outcome, Prompt, Sampling

STORY = Prompt("Tell a long story about a mathematician who lived in a small town.")
THINKING = Prompt(STORY.user, forced="<think>\nTo answer this, I")


@dataclass
class Completion:
    reasoning: str = ""
    answer: str = ""
    token_ids: list[int] = field(default_factory=list)
    outcome: Outcome | None = None
    tokens: int = 0


async def complete(engine, prompt, sampling, so_far=(), name="request") -> Completion:
    completion = Completion()
    async for delta in engine.stream(prompt, sampling, request_id=name, so_far=so_far):
        assert completion.outcome is None, "nothing follows the outcome"
        completion.reasoning += delta.reasoning
        completion.answer += delta.answer
        completion.token_ids += delta.token_ids
        completion.tokens += delta.tokens
        completion.outcome = delta.outcome
    return completion


def greedy(max_tokens: int, thinking_budget: int | None = None) -> Sampling:
    return Sampling(max_tokens, temperature=0, top_p=1, thinking_budget=thinking_budget)


async def first_delta(deltas):
    async for delta in deltas:
        if delta.token_ids:
            return delta
    raise AssertionError("no token came")
