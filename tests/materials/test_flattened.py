"""Answers in the text of a PDF that has lost powers, roots and fractions."""

import time

import pytest

from tests.materials.test_reading import pdf
from tutor.materials.flattened import says_flattened, with_powers_of_ten
from tutor.materials.models import Material
from tutor.materials.reading import read


@pytest.mark.parametrize(
    ("shown", "answer"),
    [
        ("so $f' = 3 x^2 sin(x) + x^3 cos(x)$", "3*x^2*sin(x)+x^3*cos(x)"),
        ("so $3 x^2 sin x + x^3 cos x$ it is", r"3x^{2}\sin x + x^3 \cos\left(x\right)"),
        ("about $1.5 times 10^8$ m/s", "1.5*10^8"),
        ("about $1.5 dot 10^8$ m/s", r"1.5 \times 10^{8}"),
        ("so $x = 3/4$ here", "3/4"),
        ("so $x = 3/4$ here", r"x = \dfrac{3}{4}"),
        ("so $x = 3/4$ here", "¾"),
        ("so $-1/2$ here", r"-\frac12"),
        ("so $sqrt(2)/2$ here", r"\frac{\sqrt{2}}{2}"),
        ("so $2 sqrt(3)$ here", "2*sqrt(3)"),
        ("so $(x+1)^2/(x-1)$ here", "(x+1)^2/(x-1)"),
        ("so $pi/4$ here", r"\frac{\pi}{4}"),
        ("first $1/2$, then $7/3$", "1/2, 7/3"),
    ],
)
def test_what_a_reader_of_the_page_sees_is_found(shown, answer):
    text = "\n".join(passage.text for passage in read(Material.Kind.PDF, pdf(shown)).passages)
    assert says_flattened(text, answer)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Page 134 and 0.34, 345 of them", "3/4"),
        ("Of 12 the half", "1/2, 7/3"),
        ("3 and 4", "3/4"),
        ("It is 34", "34"),
        ("Two sides x2", "x^3"),
        ("", "3/4"),
    ],
)
def test_what_says_something_else_is_not(text, answer):
    assert not says_flattened(text, answer)


@pytest.mark.parametrize(
    ("shown", "raised"),
    [
        ("about $1.5 times 10^8$ m/s", "10^{8} m/s"),
        ("about $1.5 dot 10^(23)$.", "10^{23}."),
        ("about $1.5 times 10^(-3)$ m", "10^{-3} m"),
    ],
)
def test_powers_of_ten_are_raised_again(shown, raised):
    text = "\n".join(passage.text for passage in read(Material.Kind.PDF, pdf(shown)).passages)
    assert raised in with_powers_of_ten(text)


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("1.5 × 10\N{EN DASH}3 m", "1.5 × 10^{-3} m"),
        ("1.5 × 10\N{NON-BREAKING HYPHEN}3 m", "1.5 × 10^{-3} m"),
        ("1.5 × 10\n8\nm", "1.5 × 10^{8}\nm"),
        ("1.5 ×\N{NO-BREAK SPACE}108 m", "1.5 × 10^{8} m"),
        ("1.5 ×  108 m", "1.5 × 10^{8} m"),
        ("1.5 \N{ASTERISK OPERATOR} 108 m", "1.5 × 10^{8} m"),
        ("1.5 * 108 m", "1.5 × 10^{8} m"),
        ("1.5 x 108 m", "1.5× 10^{8} m"),
        ("1.5x10-3 m", "1.5× 10^{-3} m"),
    ],
)
def test_however_a_page_writes_them(text, raised):
    assert with_powers_of_ten(text) == raised


@pytest.mark.parametrize(
    "text", ["108 of them", "3 × 10", "2 × 10.5", "2 × 1000", "× 10 km", "max 108"]
)
def test_what_is_no_power_of_ten_stays(text):
    assert with_powers_of_ten(text) == text


def test_another_sign_of_multiplication_is_lost_as_well():
    assert says_flattened("about 1.5 \N{ASTERISK OPERATOR} 108 m/s", "1.5*10^8")


def test_no_text_takes_long():
    began_at = time.process_time()
    with_powers_of_ten("×" + " " * 20_000 + "10" + " " * 20_000)
    with_powers_of_ten("1 x\n10\n" * 20_000)
    assert not says_flattened("1" + " " * 20_000 + "1 " * 20_000, "1/2")
    assert time.process_time() - began_at < 5
