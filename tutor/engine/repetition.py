"""Notices that a model repeats itself, which it would do to the end of its budget."""

from collections.abc import Sequence

MIN_PATTERN, MAX_PATTERN = (
    4,
    128,
)  # tokens of a pattern; several repeats of a shorter one make one of these
TIMES = 10  # high enough for rows of zeros and tables, low against a budget for reasoning
LOOK_EVERY = 16  # tokens


class RepetitionDetector:
    """Looks at one completion's token ids at every sixteenth token.

    vLLM's own detection looks at each token, in its scheduler: 34 µs per token of a text of 1,300
    tokens or more, so 2 ms per step of 64 such texts. This detector takes 0.4 µs per token.
    """

    def __init__(self) -> None:
        self._ids: list[int] = []
        self._looked_at = 0

    def has_looped(self, token_ids: Sequence[int]) -> bool:
        """Whether the completion, with `token_ids` added, has fallen into a loop."""
        self._ids.extend(token_ids)
        due = len(self._ids) - len(self._ids) % LOOK_EVERY
        if due == self._looked_at:
            return False
        self._looked_at = due
        return repeats(self._ids[max(0, due - MAX_PATTERN * TIMES) : due])


def repeats(ids: Sequence[int]) -> bool:
    """Whether the ids end in the same 4 to 128 tokens ten times in a row."""
    sizes = range(MIN_PATTERN, min(MAX_PATTERN, len(ids) // TIMES) + 1)
    return any(
        ids[-1] == ids[-1 - size] and ids[(1 - TIMES) * size :] == ids[-TIMES * size : -size]
        for size in sizes
    )
