"""The one renderer, in a real browser: every formula survives, and nothing hostile does."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
VENDOR = {
    "katex": "katex/dist",
    "markdown-it": "markdown-it/dist/browser",
    "dompurify": "dompurify/dist",
}
LEFT_OVER = "\\$"  # what only a formula that was not found has
PAGE = "<!doctype html><meta charset=utf-8><title>Renderer</title><main></main>"

pytestmark = pytest.mark.browser


class StaticFiles(SimpleHTTPRequestHandler):
    """Our scripts and the browser libraries, at the addresses that they have in the product."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def translate_path(self, path: str) -> str:
        parts = path.split("?")[0].strip("/").split("/")
        if parts[:2] == ["static", "vendor"]:
            return str(ROOT.joinpath("node_modules", VENDOR[parts[2]], *parts[3:]))
        return super().translate_path(path)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticFiles, directory=str(ROOT)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.evaluate("async () => Object.assign(window, await import('/static/js/render.js'))")
    yield page
    page.close()
    server.shutdown()
    thread.join()
    server.server_close()


def rendered(page: Page, text: str, function: str = "render") -> str:
    """The HTML that the text becomes, after it has been in the page."""
    script = """([text, name]) => {
        const main = document.querySelector("main");
        main.replaceChildren(window[name](text));
        return main.innerHTML;
    }"""
    html: str = page.evaluate(script, [text, function])
    return html


def left_beside_formulas(page: Page) -> str:
    """The text of the page without what was typeset."""
    script = """() => {
        const copy = document.querySelector("main").cloneNode(true);
        for (const formula of copy.querySelectorAll(".katex")) formula.remove();
        return copy.textContent;
    }"""
    text: str = page.evaluate(script)
    return text


def test_every_formula_of_the_starter_bank_is_typeset(page: Page) -> None:
    files = sorted((ROOT / "tutor/problems/starter").glob("*.jsonl"))
    assert files
    for file in files:
        for line in file.read_text().splitlines():
            problem: dict[str, Any] = json.loads(line)
            for text in (
                problem["statement"],
                problem["solution"],
                *problem.get("hints", []),
                *problem.get("choices", []),
            ):
                html = rendered(page, text)
                assert 'class="unread"' not in html, (problem["slug"], text)
                assert not set(LEFT_OVER) & set(left_beside_formulas(page)), (problem["slug"], text)


@pytest.mark.parametrize(
    "tex",
    [
        r"\sqrt{x}",
        r"\sqrt[3]{\frac{a}{b}}",
        r"\left(\begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}\right)",
        r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}",
        r"\begin{cases} x & x \ge 0 \\ -x & x < 0 \end{cases}",
        r"\underbrace{a + b}_{\text{two}} \overrightarrow{AB} \widehat{ABC} \overline{z}",
        r"\xrightarrow[u]{o} \cancel{x} \boxed{7} \not= \lim_{n} \binom{n}{k}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\text{面积} = \pi r^2 \tag{1}",
    ],
)
def test_a_formula_loses_nothing_when_it_is_sanitised(page: Page, tex: str) -> None:
    script = """async (tex) => {
        const katex = (await import("/static/vendor/katex/katex.mjs")).default;
        const box = document.createElement("div");
        box.innerHTML = katex.renderToString(tex, { displayMode: true, strict: "ignore" });
        return box.innerHTML;
    }"""
    bare = page.evaluate(script, tex)
    assert rendered(page, rf"\[{tex}\]") == (f'<p><span class="wide formula">{bare}</span></p>\n')


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.hacked = 1</script>",
        '<img src=x onerror="window.hacked = 1">',
        "![x](https://example.org/pixel.png)",
        "[x](javascript:window.hacked=1)",
        "[x](data:text/html,<script>1</script>)",
        "<https://example.org>",
        "https://example.org",
        "[x]: https://example.org\n\n![x]",
        r"\(\href{javascript:window.hacked=1}{x}\)",
        r"\(\includegraphics{https://example.org/pixel.png}\)",
        r"\(\htmlStyle{position:fixed}{x}\) \(\htmlData{a=b}{x}\) \(\htmlId{main}{x}\)",
        r'\(\text{<img src=x onerror="window.hacked = 1">}\)',
        r"\(</span><script>window.hacked = 1</script>\)",
        '```"><script>window.hacked = 1</script>\nx\n```',
        "<svg><style><img src=x onerror=window.hacked=1></style></svg>",
        "$<math><mtext><style><img src=x onerror=window.hacked=1></style></mtext></math>$",
        "[\\(x\\)](https://example.org/$x$) `\\(x\\)`",
    ],
)
def test_hostile_text_stays_text(page: Page, text: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    rendered(page, text)
    page.wait_for_timeout(50)
    assert page.evaluate("window.hacked") is None
    assert requests == []
    main = page.locator("main")
    assert main.locator("script, img, iframe, form, style, [onerror], [id]").count() == 0
    for link in main.locator("a").all():
        assert link.get_attribute("href") == "https://example.org/pixel.png"  # to click, at most


def test_links_promise_nothing(page: Page) -> None:
    html = rendered(page, "[proof](https://example.org/proof)")
    assert 'rel="nofollow noopener"' in html
    assert 'href="https://example.org/proof"' in html


def test_a_formula_that_fails_is_shown_as_source_and_the_others_are_not(page: Page) -> None:
    html = rendered(page, r"\(\frac{1}\) and \(x\)")
    assert r'<code class="unread">\(\frac{1}\)</code>' in html
    assert html.count('class="katex"') == 1


def test_a_long_formula_without_an_end_is_in_one_box(page: Page) -> None:
    source = r"\begin{align*}" + r" a &= b + c \\" * 20
    html = rendered(page, f"so {source}\n\nand \\(x\\)")
    assert f'<code class="unread long">{source.replace("&", "&amp;")}</code>' in html
    assert html.count('class="katex"') == 1


def test_formulas_share_no_macros(page: Page) -> None:
    html = rendered(page, r"\(\gdef\x{7}\x\) and \(\x\)")
    assert r'<code class="unread">\(\x\)</code>' in html


@pytest.mark.parametrize(
    "text",
    [
        r"\(" + "{" * 1900 + "}" * 1900 + r"\)",
        r"\(" + r"\sqrt{" * 600 + "}" * 600 + r"\)",
        r"\(\def\a{\b\b}\def\b{\c\c}\def\c{\a}\a\)",
        r"\(" + "x" * 5000 + r"\)",
        ">" * 5000,
        "[" * 5000,
        "*a _b " * 3000,
        "x" * 200_000,
        "\\(" * 20_000,
        "- " * 3000,
    ],
)
def test_huge_and_nested_text_neither_throws_nor_hangs(page: Page, text: str) -> None:
    page.set_default_timeout(20_000)
    assert rendered(page, text)
    assert page.evaluate("document.querySelector('main').innerHTML.length") < 3_000_000


@pytest.mark.parametrize(
    ("answer", "is_formula"),
    [
        ("7", True),
        (r"1-\frac{2\sqrt3}{9}", True),
        ("x", True),
        (r"\(\{1, 2\}\)", True),
        (r"\begin{pmatrix}1\\[2pt]2\end{pmatrix}", True),
        (r"\$5", False),
        ("Tuesday", False),
        ("星期二", False),
    ],
)
def test_an_answer_is_a_formula_or_words(page: Page, answer: str, is_formula: bool) -> None:
    html = rendered(page, answer, "renderAnswer")
    assert ('class="katex"' in html) is is_formula


def test_a_fraction_that_stands_alone_is_as_large_as_other_answers(page: Page) -> None:
    assert "mtight" not in rendered(page, r"\frac{13}{3}", "renderAnswer")
    assert "mtight" in rendered(page, r"\(\frac{13}{3}\)", "renderAnswer")  # within a text
