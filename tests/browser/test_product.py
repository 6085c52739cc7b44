"""The running product from an administrator's terminal: the same real engine and workers."""

import json
import re
import time
from collections import Counter

import pytest

from tests.browser.conftest import Product
from tests.browser.support.waiting import wait_until
from tutor.solutions.log.protocol import ReasoningDelta, StepDelta
from tutor.solutions.log.transcript import Transcript

# With the marker `browser`, it does not share a run with the tests of the engine alone.
pytestmark = [pytest.mark.vllm, pytest.mark.browser]

AT_ONCE = 16
ASK = """
from tutor.problems.models import Problem
from tutor.solutions.requests.find_or_queue import request_solution
unassigned = Problem.objects.filter(current__language="en", items=None).order_by("pk")
for problem in unassigned[{first}:{last}]:
    print(request_solution(problem.current, user=None).pk)
"""
ASK_FOR_A_STORY = """
from tests.engine.completing import STORY
from tests.factories import make_problem
from tutor.solutions.requests.find_or_queue import request_solution
print(request_solution(make_problem("story", statement=STORY.user).current, user=None).pk)
"""
CANCEL = """
from tutor.solutions.dispatch.lifecycle import cancel_solution
from tutor.solutions.models import Solution
for solution in Solution.objects.filter(pk__in={pks}):
    cancel_solution(solution)
"""
MEASURED_S = 4


def test_watch_prints_the_solution_and_its_verdict(product: Product):
    watched = product.manage("watch", "half-plus-quarter", "--timeout", "120")
    assert watched.returncode == 0, watched.stderr
    assert re.search(r"^verdict: (correct|incorrect|unreadable)", watched.stdout, re.MULTILINE)
    assert "smollm2" in watched.stdout


def test_the_doctor_finds_the_installation_well(product: Product):
    printed = product.manage("doctor", "--json")
    assert printed.returncode == 0, printed.stdout + printed.stderr


def test_many_solutions_at_once_are_batched(product: Product):
    """Sixteen through Celery, engine and log give at least three times the tokens of one."""
    ratios = []
    for run in range(3):  # the machine is shared: one undisturbed measurement is enough
        ratios.append(peak_of(product, run, AT_ONCE) / peak_of(product, run, 1))
        if ratios[-1] >= 3:
            break
    print("tokens per second, sixteen at once against one:", ratios)
    assert ratios[-1] >= 3


def ask(product: Product, first: int, last: int) -> list[int]:
    """Ask for solutions of the problems of these places; returns their keys.

    The problems are in no set, so that students of other tests watch theirs from the beginning.
    """
    printed = product.manage("shell", "-v0", "-c", ASK.format(first=first, last=last))
    pks = [int(pk) for pk in printed.stdout.split()]
    assert len(pks) == last - first, printed.stderr
    return pks


def peak_of(product: Product, run: int, count: int) -> int:
    """The most tokens that reached the logs within one second, `count` solutions at once."""
    first = run * (AT_ONCE + 1) + (0 if count == 1 else 1)
    pks = ask(product, first, first + count)
    wait_until(lambda: all(product.log(pk) for pk in pks), "not all solutions began")
    time.sleep(MEASURED_S)
    product.manage("shell", "-v0", "-c", CANCEL.format(pks=pks))
    product.wait_until_ended(pks)
    per_second: Counter[int] = Counter()
    for pk in pks:
        for at, entry in product.log(pk):
            if isinstance(entry, ReasoningDelta | StepDelta):
                per_second[int(at)] += entry.tokens
    return max(per_second.values())


def test_after_a_worker_was_killed_another_goes_on_where_it_stopped(product: Product):
    pk = int(product.manage("shell", "-v0", "-c", ASK_FOR_A_STORY).stdout)  # it takes long
    wait_until(lambda: len(product.log(pk)) >= 5, "the solution did not begin")
    product.generation_worker().kill()
    time.sleep(1)  # what it had sent to Redis is there by now
    seen = product.log(pk)
    wait_until(lambda: len(product.log(pk)) > len(seen) + 5, "no other one went on", 400)
    product.manage("shell", "-v0", "-c", CANCEL.format(pks=[pk]))
    product.wait_until_ended([pk])
    entries = product.log(pk)
    assert entries[: len(seen)] == seen
    row = product.query("SELECT * FROM solutions_solution WHERE id = ?", str(pk))
    transcript = Transcript()
    for _, entry in entries:
        transcript.apply(entry)
    assert (transcript.reasoning, transcript.steps) == (row["reasoning"], json.loads(row["steps"]))
    assert (row["fence"], row["crashes"]) == (2, 1)
