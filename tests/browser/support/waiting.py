"""Waiting for what pages and processes come to; the bounds are for busy machines."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

MAX_WAIT_S = 180.0


def wait_until(holds: Callable[[], bool], missing: str, within_s: float = MAX_WAIT_S) -> None:
    """missing: what a failure says."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"{missing} within {within_s:g} s")
        time.sleep(0.1)


def ask_without_scripts(page: Page) -> None:
    """Ask for a solution, and wait for the page that shows it: a page on its way cannot reload."""
    page.locator("[data-part=ask] button").click()
    expect(page.locator("#solution[data-solution]:not([data-solution=''])")).to_be_attached()


def reload_until(page: Page, holds: Callable[[], bool], missing: str) -> None:
    """As somebody without scripts does."""

    def holds_anew() -> bool:
        page.reload()
        return holds()

    wait_until(holds_anew, missing)
