"""A student's walk through the product, with nothing stood in for: real vLLM, real browser."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Product
from tests.browser.support.site import sign_in
from tests.browser.support.waiting import ask_without_scripts, reload_until
from tutor.web.sockets import TOO_LARGE

pytestmark = [pytest.mark.browser, pytest.mark.vllm]

CUBIC = "Extrema on a closed interval"
ENDED = "[data-part=bar][data-now=ended]"

# What another tab of the same student is told, from the entry `after` or the beginning to the end.
FOLLOW = """([code, after, stopAfter]) => new Promise((resolve, reject) => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws/solutions/");
  const entries = [];
  let isOver = false;
  const done = () => { socket.onclose = null; socket.close(); resolve(entries); };
  socket.onopen = () =>
    socket.send(JSON.stringify({type: "solution.watch", solution: code, after}));
  socket.onmessage = ({data}) => {
    for (const message of data.split("\\n").map((line) => JSON.parse(line))) {
      if (!message.id || isOver) continue;
      entries.push(message);
      const ended = message.type === "solution.end" || message.type === "solution.whole";
      isOver = ended || entries.length === stopAfter;
    }
    if (isOver) return done();
    // Once for all of a frame, as the page does: the server hangs up on who sends too many.
    const id = entries.at(-1)?.id;
    if (id) socket.send(JSON.stringify({type: "solution.shown", solution: code, id}));
  };
  socket.onclose = (event) => reject(new Error("closed " + event.code));
})"""


def open_item(page: Page, title: str) -> None:
    page.get_by_role("link", name="Warming up", exact=True).click()
    page.locator(".entries").get_by_role("link", name=re.compile(title)).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def text_of(entries: list[dict[str, object]]) -> tuple[str, list[str]]:
    reasoning, steps = "", []
    for entry in entries:
        if entry["type"] == "reasoning.delta":
            reasoning += str(entry["text"])
        elif entry["type"] == "step.delta":
            step = int(str(entry["step"]))
            steps += [""] * (step + 1 - len(steps))
            steps[step] += str(entry["text"])
    return reasoning, steps


def test_a_student_watches_a_solution_to_its_verdict(page: Page, product: Product, look: Look):
    page.goto(product.address)
    look(page, "sign-in")
    sign_in(page, product.address, "alice")
    look(page, "home")
    page.get_by_role("link", name="Warming up", exact=True).click()
    look(page, "assignment")
    page.locator(".entries").get_by_role("link", name=re.compile(CUBIC)).click()
    expect(page.locator(".statement .katex").first).to_be_visible()
    look(page, "problem")

    # By keyboard alone: the button is reached by Tab and pressed by Enter.
    ask = page.locator("[data-part=ask] button")
    for _ in range(40):
        page.keyboard.press("Tab")
        if ask.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    # It streams: there is text before there is an end, and the page is reloaded in the middle.
    # Whether the model reasons first, or without an end, is left to it.
    text = page.locator("[data-part=reasoning-text], [data-part=draft], [data-part=steps]")
    expect(text.filter(has_text=re.compile(r"\S")).first).to_be_attached()
    code = product.newest_solution()
    seen = page.evaluate(FOLLOW, [code, "", 3])
    page.reload()
    assert page.locator("#solution").get_attribute("data-solution") == code
    rest = page.evaluate(FOLLOW, [code, seen[-1]["id"], 0])

    expect(page.locator(ENDED)).to_be_visible(timeout=180_000)
    row = product.row(code)
    assert row["state"] == "ended"
    whole = page.evaluate(FOLLOW, [code, "", 0])
    assert seen + rest == whole
    reasoning, steps = text_of(whole)
    assert (reasoning, steps) == (row["reasoning"], json.loads(row["steps"]))
    assert whole[-1]["verdict"] == row["verdict"]
    # Each cut goes on at its place.
    for cut in range(0, len(whole) - 1, max(1, len(whole) // 10)):
        again = page.evaluate(FOLLOW, [code, whole[cut]["id"], 0])
        assert whole[: cut + 1] + again == whole

    expect(page.locator("[data-part=steps] > li")).to_have_count(len(steps))
    shown = page.locator("#solution").inner_text()
    assert "model" in shown
    look(page, "solution")


def test_an_oversized_frame_is_answered_with_its_reason(page: Page, product: Product):
    sign_in(page, product.address, "alice")
    code = page.evaluate(
        """() => new Promise((resolve) => {
          const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws/solutions/");
          socket.onopen = () => socket.send("x".repeat(70_000));
          socket.onclose = (event) => resolve(event.code);
        })"""
    )
    assert code == TOO_LARGE


def test_pages_are_in_the_language_of_their_reader(page: Page, product: Product, look: Look):
    sign_in(page, product.address, "bob")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    look(page, "home-in-chinese")


def test_without_javascript_the_solution_is_a_page(browser, product: Product, look: Look):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, product.address, "alice")
    open_item(page, "Half of sixteen")
    ask_without_scripts(page)
    ending = page.locator("#verdict .ending:visible")
    reload_until(page, lambda: ending.count() > 0, "no verdict")
    expect(ending).to_have_count(1)
    row = product.row(product.newest_solution())
    steps = page.locator("[data-part=steps] > li")
    expect(steps).to_have_count(len(json.loads(row["steps"])))
    reasoning = page.locator("[data-part=reasoning-text]").text_content()
    assert reasoning == row["reasoning"]
    context.close()
