"""Solutions that a student has begun to complete, for as long as they are signed in."""

from collections.abc import MutableMapping
from typing import Any

from tutor.attempts.exercises.faded_example import FadedExample

MAX_BEGUN = 8  # exercises of one session
_NAME = "begun_examples"


class BegunExamples:
    """One of them in the session: the lines filled in, and how many of these were shown.

    What was completed alone is not kept, so that it can be done again.
    """

    def __init__(self, session: MutableMapping[str, Any], key: str) -> None:
        self.session, self.key = session, key

    @property
    def has_lines(self) -> bool:
        return self.key in self._all

    def restore(self, example: FadedExample) -> None:
        lines = self._all[self.key]
        example.filled, example.shown_count = list(lines["filled"]), lines["shown"]

    def keep(self, example: FadedExample) -> None:
        others = {key: lines for key, lines in self._all.items() if key != self.key}
        if example.filled and not (example.is_done and example.is_unaided):
            others[self.key] = {"filled": example.filled, "shown": example.shown_count}
        newest = list(others.items())[-MAX_BEGUN:]
        self.session[_NAME] = dict(newest)

    @property
    def _all(self) -> dict[str, Any]:
        stored = self.session.get(_NAME)
        return stored if isinstance(stored, dict) else {}
