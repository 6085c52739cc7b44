"""A generation worker that writes one solution, token by token, until a line on its input.

    python -m tests.browser.support.scripted_worker

It stands in for the model only: rows, log, checks and grading are the real ones.
"""

import sys
import threading
import time

import django

django.setup()

from django.db import connection  # noqa: E402

from tests.scripted_engine import ScriptedEngine  # noqa: E402
from tutor.solutions.generation.worker import Worker  # noqa: E402

STEPS = [
    r"Half of sixteen is asked for, so we halve it: \(\frac{16}{2} = 8\).",
    "1. Before that, a longer formula.\n   \\[ (a+b)^2 + (a-b)^2 = a^2 + 2ab + b^2 + a^2 - 2ab"
    " + b^2 = 2a^2 + 2b^2 = 2 (a^2 + b^2) \\]",
    r"2. A slip on purpose. Let \(2x + 3 = 7\). Then \(2x = 7 + 3 = 10\).",
    r"3. Hence \(x = 5\), and \(x^2 = 25\).",
    "Of 2.5 pages nothing is mathematics at all, so nobody can check it: they say what comes next.",
    r"We expand \((x+1)^2 = x^2 + 1\).",
    r"So the answer is \(\boxed{8}\).",
]


def tokens() -> list[str]:
    words = [word for step in STEPS for word in [*step.split(" "), "\n\n"]]
    return [word if word == "\n\n" else f"{word} " for word in words]


def solve(worker: Worker) -> None:
    try:
        worker.solve()
    finally:
        connection.close()


def main() -> None:
    written = tokens()
    engine = ScriptedEngine(written, hold_at=len(written) - 4, pause_s=0.06)
    worker = Worker(engine.start, engine.model)
    worker.start()
    threading.Thread(target=lambda: sys.stdin.readline() and engine.release()).start()
    while True:
        solve(worker)
        time.sleep(0.1)


if __name__ == "__main__":
    main()
