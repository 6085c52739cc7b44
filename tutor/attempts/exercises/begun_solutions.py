"""Solutions that a student has begun to complete, for as long as they are signed in."""

from collections.abc import MutableMapping
from typing import Any

from django.core import signing

from tutor.attempts.exercises.faded_example import FadedExample

MAX_BEGUN = 8  # exercises of one session
_NAME = "faded_examples"


class BegunExamples:
    """One of them: the lines filled in, and which of these were shown.

    Its form carries them, signed, since they were judged before; the session keeps them for a
    reload. What was completed alone is not kept, so that it can be done again. key: of the exercise
    and the student.
    """

    def __init__(self, session: MutableMapping[str, Any], key: str) -> None:
        self.session, self.key = session, key

    @property
    def has_lines(self) -> bool:
        return self.key in self._all

    def restore(self, example: FadedExample) -> None:
        lines = self._all[self.key]
        example.put(lines["filled"], lines["shown"])

    def signed(self, example: FadedExample) -> str:
        return signing.dumps([self.key, example.filled, example.shown], salt=_NAME)

    def put(self, signed: str, example: FadedExample) -> None:
        """Put back the lines of this exercise that `signed` wrote; none for any other text."""
        try:
            key, filled, shown = signing.loads(signed, salt=_NAME)
        except signing.BadSignature:
            return
        if key == self.key:
            example.put(filled, shown)

    def keep(self, example: FadedExample) -> None:
        others = {key: lines for key, lines in self._all.items() if key != self.key}
        if example.filled and not (example.is_done and example.is_unaided):
            others[self.key] = {"filled": example.filled, "shown": example.shown}
        newest = list(others.items())[-MAX_BEGUN:]
        self.session[_NAME] = dict(newest)

    @property
    def _all(self) -> dict[str, Any]:
        stored = self.session.get(_NAME)
        return stored if isinstance(stored, dict) else {}
