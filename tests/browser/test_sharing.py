"""A test's second try begins anew, and its neighbours go on with what that try has started."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from tests.browser.support.sharing import Shared


def test_only_a_second_try_starts_another():
    events: list[str] = []

    @contextmanager
    def start() -> Iterator[int]:
        number = sum(event.startswith("start") for event in events)
        events.append(f"start {number}")
        yield number
        events.append(f"stop {number}")

    first_try, second_try = (SimpleNamespace(execution_count=count) for count in (1, 2))
    without_reruns = SimpleNamespace()
    with Shared(start) as shared:
        tests = [without_reruns, first_try, second_try, first_try]
        assert [shared.for_try_of(test) for test in tests] == [0, 0, 1, 1]
    assert events == ["start 0", "stop 0", "start 1", "stop 1"]
