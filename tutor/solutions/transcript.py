"""What a token log says so far: the same reduction as `static/js/solution_state.js`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tutor.solutions.protocol import End, Entry, ReasoningDelta, StepDelta, StepSettled, Whole


@dataclass
class Transcript:
    reasoning: str = ""
    reasoning_tokens: int = 0
    steps: list[str] = field(default_factory=list)
    settled: int = 0  # how many steps are complete
    tokens: int = 0
    token_ids: list[int] = field(default_factory=list)
    end: End | None = None

    @property
    def answer(self) -> str:
        return "".join(self.steps)

    def apply(self, entry: Entry, token_ids: Sequence[int] = ()) -> None:
        self.token_ids.extend(token_ids)
        match entry:
            case ReasoningDelta(text, tokens):
                self.reasoning += text
                self.reasoning_tokens += tokens
                self.tokens += tokens
            case StepDelta(step, text, tokens):
                self.steps.extend([""] * (step + 1 - len(self.steps)))
                self.steps[step] += text
                self.tokens += tokens
            case StepSettled(step):
                self.settled = step + 1
            case Whole():
                self.reasoning, self.steps = entry.reasoning, list(entry.steps)
                self.reasoning_tokens, self.tokens = entry.reasoning_tokens, 0
                self.settled, self.token_ids = len(self.steps), list(token_ids)
                self.end = End(**entry.end) if entry.end else None
            case End():
                self.end = entry
