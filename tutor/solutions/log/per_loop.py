"""Objects that all sockets of one event loop share."""

import asyncio
from collections.abc import Callable
from typing import TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


def one_per_loop(make: Callable[[], T]) -> Callable[[], T]:
    """A function that returns the running loop's own object, made on the first call.

    A web process has only one loop; tests have several.
    """
    made: WeakKeyDictionary[asyncio.AbstractEventLoop, T] = WeakKeyDictionary()

    def of_running_loop() -> T:
        loop = asyncio.get_running_loop()
        if loop not in made:
            made[loop] = make()
        return made[loop]

    return of_running_loop
