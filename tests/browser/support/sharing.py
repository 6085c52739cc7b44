"""What takes long to start is shared by tests, until one of them has failed."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Generic, Self, TypeVar

import pytest

T = TypeVar("T")


class Shared(Generic[T]):
    """One running T for all tests. A second try of a test gets a new one.

    The first try has left its answers and solutions behind, with which the test may not begin.
    """

    def __init__(self, start: Callable[[], AbstractContextManager[T]]) -> None:
        self._start = start
        self._stack = ExitStack()
        self._running: T | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def for_try_of(self, test: pytest.Item) -> T:
        if getattr(test, "execution_count", 1) > 1:  # as pytest-rerunfailures counts
            self._stop()
        if self._running is None:
            self._running = self._stack.enter_context(self._start())
        return self._running

    def _stop(self) -> None:
        self._running = None
        self._stack.close()
