"""Somebody at the keyboard, who finds things by the words that the pages have in their language."""

import re
from typing import Any

from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import Locator, Page, expect

MAX_TABS = 400
PHONES_UNDER = 600  # pixels wide


class Reader:
    def __init__(self, page: Page, language: str = "en") -> None:
        self.page, self.language = page, language

    def word(self, message: str, **values: Any) -> str:
        """What the pages say for a message of the source."""
        with override(self.language):
            return gettext(message) % values if values else gettext(message)

    def count(self, singular: str, plural: str, n: int) -> str:
        with override(self.language):
            return ngettext(singular, plural, n) % {"n": n}

    def find(self, role: Any, message: str, exact: bool = True, **values: Any) -> Locator:
        return self.page.get_by_role(role, name=self.word(message, **values), exact=exact).first

    def field(self, message: str, **values: Any) -> Locator:
        """By its label, which begins with a capital letter by style alone."""
        name = re.escape(self.word(message, **values))
        return self.page.get_by_label(re.compile(f"^{name}$", re.IGNORECASE)).first

    @property
    def is_on_phone(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] < PHONES_UNDER

    def reach(self, target: Locator) -> Locator:
        """Goes to `target` by the Tab key alone; on a phone, which has none, by a touch."""
        expect(target).to_be_attached()
        if self.is_on_phone:
            target.focus()
            return target
        for _ in range(MAX_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the Tab key never came to {target}")

    def enter(self, target: Locator) -> None:
        """Presses it; the page may stay."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def go(self, target: Locator) -> None:
        """Presses it, and reads the page that comes."""
        self.reach(target)
        self.page.evaluate("document.documentElement.dataset.left = ''")
        self.page.keyboard.press("Enter")
        self.arrive()

    def arrive(self) -> None:
        expect(self.page.locator("html:not([data-left])")).to_be_attached()
        self.page.wait_for_load_state()

    def press(self, message: str, **values: Any) -> None:
        self.enter(self.find("button", message, **values))

    def send(self, message: str, **values: Any) -> None:
        self.go(self.find("button", message, **values))

    def follow(self, message: str, **values: Any) -> None:
        self.go(self.find("link", message, **values))

    def open(self, message: str) -> None:
        """Unfolds what lies under a summary."""
        summary = self.page.locator("summary").filter(has_text=self.word(message)).first
        if not summary.evaluate("summary => summary.parentElement.open"):
            self.reach(summary)
            self.page.keyboard.press("Enter")

    def type_into(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def write(self, label: str, text: str, **values: Any) -> None:
        self.type_into(self.field(label, **values), text)

    def tick(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Space")

    def sign_in(self, address: str, name: str, password: str = "") -> None:
        self.page.goto(address)
        self.type_into(self.page.locator("[name=login]"), name)
        self.type_into(self.page.locator("[name=password]"), password or f"lemma-{name}")
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def expect_heading(self, message: str, **values: Any) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.word(message, **values))
