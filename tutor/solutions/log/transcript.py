"""The text and checks that a token log adds up to.

`static/js/solution_state.js` does the same reduction in the browser.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tutor.grading.check_process.client import UNCHECKED
from tutor.solutions.log.protocol import (
    Entry,
    ReasoningDelta,
    SolutionEnd,
    StepChecked,
    StepDelta,
    StepSettled,
    WholeSolution,
)
from tutor.solutions.log.token_log import LogRecord

# Limits of one solution. With its checks it fits into the one message that a viewer may be sent.
MAX_TEXT = 256 * 1024  # bytes of reasoning and answer
MAX_CHECKS = 1024 * 1024  # bytes of the checks of its steps
MAX_STEPS = 400


@dataclass
class Transcript:
    reasoning: str = ""
    reasoning_tokens: int = 0
    steps: list[str] = field(default_factory=list)
    settled: int = 0  # how many steps are complete
    checks: list[dict[str, Any] | None] = field(default_factory=list)  # one for each step
    tokens: int = 0
    token_ids: list[int] = field(default_factory=list)  # of this pass
    end: SolutionEnd | None = None
    corrections: list[dict[str, Any]] = field(default_factory=list)
    begun: str = ""  # the answer from which the model went on after the last correction

    @property
    def answer(self) -> str:
        return "".join(self.steps)

    def unchecked(self) -> list[int]:
        """The complete steps without a check."""
        return [step for step in range(self.settled) if self.checks[step] is None]

    def give_up(self) -> list[Entry]:
        """Apply and return entries that settle all steps, for a text that nobody goes on with."""
        missing: list[Entry] = []
        if self.settled < len(self.steps):
            missing.append(StepSettled(len(self.steps) - 1))
        unchecked = [step for step, check in enumerate(self.checks) if check is None]
        missing += [StepChecked(step, UNCHECKED.to_dict()) for step in unchecked]
        for entry in missing:
            self.apply(entry)
        return missing

    def apply(self, entry: Entry, token_ids: Sequence[int] = (), held: str = "") -> None:
        self.token_ids.extend(token_ids)
        match entry:
            case ReasoningDelta(text, tokens):
                self.reasoning += text
                self.reasoning_tokens += tokens
                self.tokens += tokens
            case StepDelta(step, text, tokens):
                new = step + 1 - len(self.steps)
                self.steps.extend([""] * new)
                self.checks.extend([None] * new)
                self.steps[step] += text
                self.tokens += tokens
            case StepSettled(step):
                self.settled = step + 1
            case StepChecked(step, check):
                self.checks[step] = check
            case WholeSolution():
                self.reasoning, self.steps = entry.reasoning, list(entry.steps)
                self.reasoning_tokens, self.tokens = entry.reasoning_tokens, entry.tokens
                self.settled = len(self.steps) if entry.settled is None else entry.settled
                self.token_ids = list(token_ids)
                self.corrections = list(entry.corrections)
                self.begun = self.answer + held if entry.corrections else ""
                missing = len(self.steps) - len(entry.checks)
                self.checks = [*entry.checks, *[None] * missing]
                self.end = SolutionEnd(**entry.end) if entry.end else None
            case SolutionEnd():
                self.end = entry

    def whole(self) -> WholeSolution:
        """All of it as one message, for viewers whose text differs."""
        return WholeSolution(
            reasoning=self.reasoning,
            reasoning_tokens=self.reasoning_tokens,
            steps=list(self.steps),
            checks=list(self.checks),
            end=asdict(self.end) if self.end else None,
            settled=self.settled,
            tokens=self.tokens,
            corrections=list(self.corrections),
        )


def transcript_of(records: Iterable[LogRecord]) -> Transcript:
    transcript = Transcript()
    for record in records:
        transcript.apply(record.entry, record.token_ids, record.held)
    return transcript
