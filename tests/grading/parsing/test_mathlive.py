"""What the formula editor writes for its shortcuts is read as the same thing typed by hand."""

import re
from contextlib import suppress
from pathlib import Path

import pytest

from tutor.grading import Unreadable
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.tree import Quantity

LIBRARY = Path(__file__).parents[3] / "node_modules" / "mathlive" / "mathlive.mjs"
ENTRY = re.compile(
    r'"((?:[^"\\]|\\.)+)":\s*(?:\{[^{}]*?value:\s*"((?:[^"\\]|\\.)*)"|"((?:[^"\\]|\\.)*)")'
)


def shortcuts():
    """What is typed, and the LaTeX that the editor writes for it."""
    if not LIBRARY.exists():
        return {}
    source = LIBRARY.read_text(encoding="utf-8")
    table = source.split("var INLINE_SHORTCUTS = {")[1].split("\n};")[0]
    return {
        typed: (within or alone).replace("\\\\", "\\")
        for typed, within, alone in ENTRY.findall(table)
    }


SHORTCUTS = shortcuts()


@pytest.mark.skipif(not SHORTCUTS, reason="the browser libraries are not on this machine")
@pytest.mark.parametrize(
    ("shortcut", "written", "typed"),
    [
        ("%", r"50\%", "50%"),
        ("''", r"f^{\doubleprime}(x)", "f''(x)"),
        ("alpha", r"2\alpha", "2 alpha"),
        ("Delta", r"\Delta+1", "Δ+1"),
        ("pi", r"2\pi", "2pi"),
        ("Pi", r"\Pi", "Π"),
        ("ii", r"3+4\imaginaryI", "3+4i"),
        ("ee", r"\exponentialE^{x}", "e^x"),
        ("deg", r"90\degree", "90°"),
        ("oo", r"\left(2,\infty\right)", "(2, oo)"),
        ("sum", r"\sum_{k=1}^{5}k", r"\sum_{k=1}^5 k"),
        ("int", r"\int_0^1x\differentialD x", r"\int_0^1 x dx"),
        ("sqrt", r"\sqrt{2}", "sqrt(2)"),
        ("sin", r"\sin\left(x\right)", "sin(x)"),
        ("arctg", r"\operatorname{arctg}x", "arctan x"),
        ("arsinh", r"\operatorname{arsinh}x", "asinh(x)"),
        ("arccosh", r"\operatorname{arccosh}x", "acosh(x)"),
        ("artanh", r"\operatorname{artanh}x", "atanh(x)"),
        ("arcsech", r"\operatorname{arcsech}x", "asech(x)"),
        ("ch", r"\operatorname{ch}x", "cosh x"),
        ("sh", r"\operatorname{sh}x", "sinh x"),
        ("th", r"\operatorname{th}x", "tanh x"),
        ("cosec", r"\operatorname{cosec}x", "csc x"),
        ("cotg", r"\operatorname{cotg}x", "cot x"),
        ("sech", r"\operatorname{sech}x", "sech x"),
        ("lb", r"\operatorname{lb}8", r"\operatorname{lb} 8"),
        ("log", r"\log_{}\left(5\right)", "log(5)"),
        ("log", r"\log_{2}8", "log_2(8)"),
        ("exp", r"\exp\left(2x\right)", "exp(2x)"),
        ("dx", r"\int x\differentialD x", r"\int x dx"),
        ("xin", r"x\in\mathbb{R}", "x ∈ ℝ"),
        ("RR", r"\mathbb{R}", "ℝ"),
        ("xx", r"2\times3", "2*3"),
        ("+-", r"\pm2", "±2"),
        ("!=", r"x\ne2", "x != 2"),
        (">=", r"x\ge2", "x >= 2"),
        ("lt", r"x<2", "x<2"),
        (":=", r"x\coloneq2", "x=2"),
        ("mu", r"\mu^2", "μ²"),
        ("cm", r"5\operatorname{cm}", "5 cm"),
        ("kg", r"5\operatorname{kg}", "5 kg"),
        ("setminus", r"\mathbb{R}\backslash\left\lbrace2\right\rbrace", r"ℝ \setminus {2}"),
        ("nn", r"\left(1,3\right)\cap\left(2,4\right)", "(1,3) ∩ (2,4)"),
        ("uu", r"\left(1,2\right)\cup\left(3,4\right)", "(1,2) ∪ (3,4)"),
        ("*", r"2\cdot x", "2*x"),
        ("//", r"3\slash4", "3/4"),
        ("-:", r"3\div4", "3/4"),
        ("and", r"x>1\land x<3", "x>1 and x<3"),
        ("or", r"x=1\lor x=3", "x=1 or x=3"),
        ("|~", r"\lceil2.5\rceil", "⌈2.5⌉"),
        ("floor", r"\left\lfloor2.5\right\rfloor", "⌊2.5⌋"),
        ("infinity", r"\left(-\infty,2\right]", "(-oo, 2]"),
        ("frac", r"\frac{3}{4}", "3/4"),
        ("cbrt", r"\sqrt[3]{8}", "cbrt(8)"),
        ("nthroot", r"\sqrt[4]{16}", "root(4)(16)"),
        ("gcd", r"\gcd\left(12,18\right)", "gcd(12, 18)"),
        ("max", r"\max\left(2,3\right)", "max(2, 3)"),
    ],
)
def test_it_is_read_as_what_is_typed(shortcut, written, typed):
    command = SHORTCUTS[shortcut].replace("#?", "")
    assert re.match(r"\\?\W?\w*", command.strip("^{"))[0] in written, command
    read, same = read_answer(written), read_answer(typed)
    if isinstance(read, Quantity) and isinstance(same, Quantity):
        assert read.amount == same.amount
        assert same.unit.strip() in read.unit
    else:
        assert read == same


@pytest.mark.skipif(not SHORTCUTS, reason="the browser libraries are not on this machine")
@pytest.mark.parametrize("shortcut", SHORTCUTS)
def test_none_of_them_breaks_the_reader(shortcut):
    latex = SHORTCUTS[shortcut]
    for text in (
        latex.replace("#?", ""),
        latex.replace("#?", "2"),
        f"2{latex.replace('#?', '3')}x",
    ):
        with suppress(Unreadable):
            read_answer(text)
