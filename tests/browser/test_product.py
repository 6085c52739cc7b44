"""The running product from an administrator's terminal: the same real engine and workers."""

import re
from collections import Counter

import pytest
import redis

from tests.browser.conftest import Product
from tutor.solutions.protocol import ReasoningDelta, StepDelta, decode

# With the marker `browser`, it does not share a run with the tests of the engine alone.
pytestmark = [pytest.mark.vllm, pytest.mark.browser]

AT_ONCE = 16
ASK = """
from tutor.problems.models import Problem
from tutor.solutions.tasks import request_solution
for problem in Problem.objects.filter(current__language="en").order_by("pk")[{first}:{last}]:
    print(request_solution(problem.current, user=None).pk)
"""


def test_watch_prints_the_solution_and_its_verdict(product: Product):
    watched = product.manage("watch", "half-plus-quarter", "--timeout", "120")
    assert watched.returncode == 0, watched.stderr
    assert re.search(r"^verdict: (correct|incorrect|unreadable)", watched.stdout, re.MULTILINE)
    assert "smollm2" in watched.stdout


@pytest.mark.parametrize("name", ["no-such-problem", "00000000-0000-4000-8000-000000000000"])
def test_watch_names_a_problem_that_is_not_there(product: Product, name: str):
    watched = product.manage("watch", name)
    assert watched.returncode == 1
    assert watched.stderr.strip() == f"CommandError: there is no problem {name!r}"


def test_the_doctor_finds_the_installation_well(product: Product):
    found = product.manage("doctor", "--json")
    assert found.returncode == 0, found.stdout + found.stderr


def test_many_solutions_at_once_are_batched(product: Product):
    """Sixteen through Celery, engine and log give at least three times the tokens of one."""
    ratios = []
    for run in range(3):  # the machine is shared: one undisturbed measurement is enough
        ratios.append(peak_of(product, run, AT_ONCE) / peak_of(product, run, 1))
        if ratios[-1] >= 3:
            break
    print("tokens per second, sixteen at once against one:", ratios)
    assert ratios[-1] >= 3


def peak_of(product: Product, run: int, count: int) -> int:
    """The most tokens that reached the logs within one second, `count` solutions at once."""
    first = run * (AT_ONCE + 1) + (0 if count == 1 else 1)
    asked = product.manage("shell", "-v0", "-c", ASK.format(first=first, last=first + count))
    pks = [int(pk) for pk in asked.stdout.split()]
    assert len(pks) == count, asked.stderr
    product.wait_until_ended(pks)
    per_second: Counter[int] = Counter()
    with redis.Redis(
        unix_socket_path=str(product.data / "redis.sock"), decode_responses=True
    ) as client:
        for pk in pks:
            for entry_id, fields in client.xrange(f"solution:{{{pk}}}:log"):
                entry = decode(fields["entry"])
                if isinstance(entry, ReasoningDelta | StepDelta):
                    per_second[int(entry_id.split("-")[0]) // 1000] += entry.tokens
    return max(per_second.values())
