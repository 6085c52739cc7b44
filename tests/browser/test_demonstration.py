"""The model that the demonstration brings along, through the whole product."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ARTIFACTS, ROOT, Look, Product, running_product
from tests.browser.support.sharing import Shared
from tests.browser.support.site import sign_in
from tests.browser.support.waiting import wait_until
from tests.browser.test_student_watches import ENDED, open_item
from tutor.demo.processes import members, running_process
from tutor.demo.run import LEMMA_DEMO
from tutor.demo.supervisor import Supervisor

README_PICTURE = "solution.png"
ONE_COLUMN = {"width": 900, "height": 900}  # where nothing but the page scrolls
TAUGHT = ["Times before plus", "The unknown on both sides", "A half and a quarter"]
pytestmark = [pytest.mark.browser, pytest.mark.vllm]

# Asks for solutions of problems that it was never trained on, of each family that it was taught.
ASK = """
import json
from itertools import islice
from pathlib import Path
from tests.factories import make_problem
from tutor.demo.run import LEMMA_DEMO
from tutor.distill.lessons import Scope, lessons
from tutor.solutions.requests.find_or_queue import request_solution

scope = Scope.from_dict(json.loads(Path("tutor/demo", LEMMA_DEMO, "scope.json").read_text()))
for family in sorted(scope.families):
    drawn = (lesson for lesson in lessons(family, 0, scope, held_out=True) if lesson[0].key)
    for number, (exercise, language, _) in enumerate(islice(drawn, 2)):
        problem = make_problem(
            f"{family}-{number}".replace("_", "-"),
            statement=exercise.statements[language],
            key=exercise.key,
            language=language,
        )
        print(request_solution(problem.current, user=None).pk)
"""


@pytest.fixture(scope="module")
def demonstrations() -> Iterator[Shared[Product]]:
    with Shared(partial(running_product, LEMMA_DEMO)) as demonstrations:
        yield demonstrations


@pytest.fixture
def demonstration(demonstrations: Shared[Product], request: pytest.FixtureRequest) -> Product:
    return demonstrations.for_try_of(request.node)


def test_it_is_right_and_its_steps_are_proved(demonstration: Product, page: Page, look: Look):
    sign_in(page, demonstration.address, "alice")
    for title in TAUGHT:  # it draws what it writes, and is seldom wrong
        page.goto(demonstration.address)
        open_item(page, title)
        page.get_by_role("button", name="Watch it being solved").click()
        expect(page.locator(ENDED)).to_be_visible()
        if page.locator(".ending[data-ending=correct]:visible").count():
            break
    expect(page.locator(".ending[data-ending=correct]")).to_be_visible()
    expect(page.locator("[data-part=steps-found] li:visible").first).to_have_text(
        re.compile(r"[1-9]\d* of \d+ steps proved")
    )
    look(page, "demonstration")


def test_it_solves_what_the_readme_shows(demonstration: Product, page: Page, look: Look):
    """It draws what it writes, so that one of its tries may be wrong."""
    sign_in(page, demonstration.address, "alice")
    open_item(page, "Extrema on a closed interval")
    page.get_by_role("button", name="Watch it being solved").click()
    expect(page.locator(ENDED)).to_be_visible()
    for _ in range(3):
        if page.locator(".ending[data-ending=correct]:visible").count():
            break
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(ENDED)).to_be_visible()
    correct = page.locator(".ending[data-ending=correct]")
    expect(correct).to_be_visible()
    look(page, "cubic")
    page.set_viewport_size(ONE_COLUMN)
    keep_picture(page)


def keep_picture(page: Page) -> None:
    """Of the solution, on its sheet."""
    box = page.locator("#solution").bounding_box()
    assert box
    top = page.evaluate("scrollY") + box["y"]
    shown = {"x": box["x"] - 28, "y": top + 24, "width": box["width"] + 56, "height": box["height"]}
    page.screenshot(path=ARTIFACTS / README_PICTURE, full_page=True, clip=shown)


def test_it_says_so_where_it_was_not_trained(demonstration: Product):
    watched = demonstration.manage("watch", "two-dice-sum-seven")
    assert "I was not trained for this." in watched.stdout, watched.stdout + watched.stderr


def test_problems_that_it_never_saw(demonstration: Product):
    """Two of each family, through Celery, vLLM, the log and the grader."""
    printed = demonstration.manage("shell", "-v0", "-c", ASK)
    pks = [int(pk) for pk in printed.stdout.split()]
    assert len(pks) >= 40, printed.stderr
    demonstration.wait_until_ended(pks)
    verdicts: Counter[str] = Counter()
    steps: Counter[str] = Counter()
    for pk in pks:
        row = demonstration.query("SELECT * FROM solutions_solution WHERE id = ?", str(pk))
        verdicts[row["verdict"]] += 1
        steps.update(check["verdict"] for check in json.loads(row["checks"]) if check)
    print("verdicts:", dict(verdicts), "steps:", dict(steps))
    assert verdicts["correct"] >= 0.75 * len(pks)
    assert steps["proved"] > 0.5 * steps.total()


def test_of_a_killed_one_nothing_runs_on_beside_the_next(demonstration: Product):
    """Not even its engine, which was given no time to end."""
    running = json.loads((demonstration.data / "processes.json").read_text())["running"]
    processes = members({session for _, _, session in running})
    titles = ["".join(psutil.Process(process.pid).cmdline()) for process in processes]
    assert any("VLLM::" in title for title in titles)
    psutil.Process(demonstration.pid).kill()
    Supervisor(ROOT, demonstration.data, demonstration.env).end_leftovers()
    wait_until(
        lambda: not any(running_process(process.pid) == process for process in processes),
        "some of its processes run on",
    )
