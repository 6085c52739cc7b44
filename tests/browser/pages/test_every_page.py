"""Every page that a student, a teacher and an administrator have, at 320 px.

That is also 1280 px at 400 %. By day and by night, in English and in Chinese, in turns.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import violations_in
from tests.browser.support.school import READERS, ShownPage, school_in
from tests.browser.support.sharing import Shared
from tests.browser.support.site import Site, migrated_folder, running_site

pytestmark = pytest.mark.browser

MIN_PAGES = 100
NARROW = {"width": 320, "height": 640}
IN_CHINESE = "from accounts.models import User\nUser.objects.update(language='zh-hans')"
LOCALES = ("en-GB", "zh-CN")
WIDEST = """
() => {
  if (document.documentElement.scrollWidth <= innerWidth) return "";
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth);
  return wide.at(-1)?.outerHTML.slice(0, 120) ?? "something";
}
"""
Opened = Callable[[str], tuple[Page, list[str]]]


@pytest.fixture(scope="module")
def sites() -> Iterator[Shared[Site]]:
    with Shared(partial(running_site, folder=migrated_folder)) as sites:
        yield sites


def test_nothing_scrolls_sideways_and_axe_finds_nothing(site: Site, browser: Browser):
    school = school_in(site)
    assert {shown.reader for shown in school.pages} == {*READERS, ""}
    assert len(school.pages) > MIN_PAGES
    troubles = []
    for language, locale in enumerate(LOCALES):
        if language:
            site.shell(IN_CHINESE)
        with opener(browser, site, locale, school.sessions) as opened:
            pages = school.pages[language :: len(LOCALES)]
            for index, shown in enumerate(pages):
                scheme = ("light", "dark")[index % 2]
                troubles += troubles_of(shown, *opened(shown.reader), site.address, scheme)
    assert troubles == []


@contextmanager
def opener(browser: Browser, site: Site, locale: str, sessions: dict[str, str]) -> Iterator[Opened]:
    """Gives a reader's browser page, and the errors that its console has seen."""
    with ExitStack() as stack:
        pages: dict[str, tuple[Page, list[str]]] = {}

        def opened(reader: str) -> tuple[Page, list[str]]:
            if reader not in pages:
                context = stack.enter_context(
                    browser.new_context(viewport=NARROW, reduced_motion="reduce", locale=locale)
                )
                if reader:
                    cookie = {"name": "sessionid", "value": sessions[reader], "url": site.address}
                    context.add_cookies([cookie])
                pages[reader] = context.new_page(), []
                note_errors(*pages[reader])
            return pages[reader]

        yield opened


def note_errors(page: Page, errors: list[str]) -> None:
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)


def troubles_of(
    shown: ShownPage, page: Page, errors: list[str], address: str, scheme: str
) -> list[tuple[str, str, object]]:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}{shown.address}")
    troubles: list[object] = [*violations_in(page), *errors]
    if page.url != f"{address}{shown.address}":
        troubles.append(f"led to {page.url}")
    if too_wide := page.evaluate(WIDEST):
        troubles.append(f"wider than the window: {too_wide}")
    errors.clear()
    return [(f"{shown.reader} {shown.address}", scheme, trouble) for trouble in troubles]
