"""Runs of the evaluation: from the table to a wrong answer, its samples and their steps."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.support.keyboard import Reader
from tests.browser.support.sharing import Shared
from tests.browser.support.site import ROOT, Site, running_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(site_with_runs) as sites:
        yield sites


@contextmanager
def site_with_runs() -> Iterator[Site]:
    with running_site() as site:
        folder = Path(site.env["TUTOR_DATA_DIR"]) / "evaluation"
        command = [sys.executable, "-m", "tests.browser.support.scripted_runs", str(folder)]
        subprocess.run(
            command, cwd=ROOT, env=site.env, check=True, capture_output=True, timeout=120
        )
        yield site


def test_a_teacher_follows_a_wrong_answer_to_its_steps(site: Site, page: Page, look: Look):
    reader = Reader(page)
    reader.sign_in(site.address, "carol")
    page.goto(f"{site.address}/runs/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look(page, f"runs-{scheme}")
    damaged = page.locator("tr:has-text('damaged') td").last
    expect(damaged).to_have_attribute("data-label", "Last change")  # past a cell of several columns
    with page.expect_download() as download:
        reader.enter(reader.find("link", "Download as CSV"))
    assert "tiny-chat" in Path(download.value.path()).read_text("utf-8")
    reader.follow("tiny")
    look(page, "run-dark")
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    look(page, "run")
    reader.follow("sometimes right")
    reader.follow("sum-1")
    expect(page.locator(".katex").first).to_be_visible()
    look(page, "run-problem")
    refuted = page.locator(".run-sample .steps > .refuted .check").first
    reader.enter(refuted.locator("summary"))
    expect(refuted.locator("[data-part=witness]").first).to_contain_text("4")
    look(page, "run-problem-open")
    page.goto(f"{site.address}/compared-runs/?first=tiny&second=worse")
    look(page, "compared-runs")
