"""Formulas that only go on from the one before them, according to the words between."""

import pytest

from tests.grading.steps.checking import PROVED, REFUTED, UNCHECKED, check_last, check_steps
from tutor.grading.prose import gaps


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\[ 7 = 5k \] \[ 7 = 10k \]", REFUTED),
        (r"If \(a = 2\): \[ 3 \cdot n - 4 = 5n \] \[ 3n - 5n = -4 \]", REFUTED),
        (r"\(3p + 6 = 9q\), which simplifies to \(p + 3 = 3q\).", REFUTED),
        (r"\(3p + 6 = 9q\), which simplifies to \(p + 2 = 3q\).", PROVED),
        (r"\[ (u + v)(u - v) = 7 \Rightarrow u^2 - uv - v^2 = 7 \]", REFUTED),
        (r"\[ n + 5 = 9 \] \[ n + 5 = -9 \]", UNCHECKED),  # two cases
        (r"\(n = 4\), so \(n = 7\) for the others.", UNCHECKED),
        (r"\[ y = 3x - 1 \] \[ y = x + 4 \]", UNCHECKED),
    ],
)
def test_an_equation_beside_another_follows_from_it(step, expected):
    verdict = check_last(step).verdict
    assert (verdict == REFUTED) == (expected == REFUTED)


@pytest.mark.parametrize(
    ("step", "is_refuted"),
    [
        (r"Subtracting them gives \(3q = 8\).", True),
        (r"Subtracting them gives \(3q = 6\).", False),
        (r"Solving the system, we obtain \(p = 6\).", True),
        (r"Substituting, we get \(p + 2p - 6 = 4\).", True),
        (r"In the second case, let \(q = 7\).", False),
        (r"If \(p = 1\), then \(p + q = 4\).", False),
    ],
)
def test_what_follows_from_two_linear_equations_agrees_with_them(step, is_refuted):
    check = check_last(r"We have \(p + q = 7\).", r"We know that \(p - 2q = 1\).", step)
    assert (check.verdict == REFUTED) == is_refuted


@pytest.mark.parametrize(
    ("steps", "is_refuted"),
    [
        (r"We have \((n + 3)(n - 1)\).|Let's simplify the expression: \[ = n^2 - 2n - 3 \]", True),
        (r"We have \((n + 3)(n - 1)\).|Let's simplify the expression: \[ = n^2 + 2n - 3 \]", False),
        (r"We have \((n + 3)(n - 1)\).|Half of it is \[ = n^2 \]", False),
        (r"We find \(5n(n + 2)\). This can be further simplified to \(5n^2 + 2n\).", True),
        (r"We find \(5n(n + 2)\). This can be further simplified to \(5n^2 + 10n\).", False),
        (r"We find \(5n(n + 2)\). With \(n\), we can rewrite the expression as \(n^2\).", False),
        (r"We factor out \(5n\) from \(5n + n^2\).", False),
        (r"Here \((n + 1)(n + c) = 9\). Expanding the left side, we get \(n^2 + cn + c\).", True),
        (r"Here \((n + 1)(n + c) = 9\).|Expanding, we get \(n^2 + cn + c = 9\).", True),
        (r"Here \((n + 1)(n + c) = 9\).|Expanding gives \(n^2 + cn + n + c = 9\).", False),
        (r"Here \((n + 1)(n + c) = 0\).|Expanding gives \(2n^2 + 2cn + 2n + 2c = 0\).", False),
        (r"Here \((n + 1)(n + c) = 9\).|We expand: \((n + 1)(n + c) = n^2 + cn + c\).", True),
        (r"We find \(2a + 3a^2 - a\).|Now, combine like terms: \[ 3a^2 + 3a \]", True),
        (r"We find \(2a + 3a^2 - a\).|Now, combine like terms: \[ 3a^2 + a \]", False),
        (r"Let \(a = 4\). We find \(2a + a^2\). This simplifies to \(2a^2\).", True),
        (r"We find \(\sqrt{3 \cdot 12}\).|Combine like terms: $$\sqrt{38}$$", True),
        (r"So \(x^2 + 1 - x^2 = 1 - x + x\).|Cancelling gives: \(1 - x + x = x\).", True),
        (r"Look at \(x^2 - 3x\). We have \(x^2 - 3x = 2x - 6\).", False),
        (r"Let \(a = \sin^2 x\): \(1 - \sin^2 x = \cos^2 x = 1 - \sin x\).", True),
        (
            r"We have \(b + 4c = b - 4bc\). Here \(b = 5c\).|\(b + 4c = b - 4bc\)"
            r"|Rearranging terms and moving everything to one side gives: \(4c - 4bc = 0\).",
            True,
        ),
    ],
)
def test_another_form_has_the_same_value(steps, is_refuted):
    assert (check_last(*steps.split("|")).verdict == REFUTED) == is_refuted


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"Left are \((n - 4 + 30) - 12 = n + 16 - 12 = n + 4\).", REFUTED),
        (r"Left are \((n - 4 + 30) - 12 = n + 26 - 12 = n + 14\).", PROVED),
        (r"We get \(3n + 1 = 3n + 2\).", UNCHECKED),  # it has no solution, perhaps
    ],
)
def test_sides_that_never_agree_are_refuted_within_a_chain(step, expected):
    assert check_last(r"Let \(n = 2m\).", step).verdict == expected


def test_a_name_keeps_the_formula_that_it_stands_for():
    total = "Total = \\(2n + n + 5\\)\n"
    wrong = check_last(total + r"Total = \(4n + 5\)")
    right = check_last(total + r"Total = \(3n + 5\)")
    assert (wrong.verdict, right.verdict) == (REFUTED, PROVED)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\(7^{-1} \equiv 8 \pmod{11}\)", PROVED),
        (r"\(7^{-1} \equiv 9 \pmod{11}\)", REFUTED),
        (r"\(6^{-1} \equiv 5 \pmod{9}\)", UNCHECKED),  # it has none
    ],
)
def test_inverses_are_compared_by_their_modulus(step, expected):
    assert check_last(step).verdict == expected


def test_a_refuted_line_of_a_system_shows_a_solution_of_the_system():
    steps = check_steps(
        r"We have \(p + q = 7\).", r"We know that \(p - 2q = 1\).", r"Subtracting: \(3q = 8\)."
    )
    assert steps[-1].refuted.witness.values == {"p": "5", "q": "2"}


@pytest.mark.parametrize(
    ("gap", "is_concluded"),
    [
        (r"\), which simplifies to \(", True),
        (r" \Rightarrow ", True),
        (r"\). The second line is \(", False),
        (r"\). Expanding the brackets of the circle gives \(", False),
        (r"\] \[", False),
    ],
)
def test_words_that_conclude_are_told_from_others(gap, is_concluded):
    assert gaps.is_concluded(gap) == is_concluded


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\(P(A \cap B) = \frac{6}{40} = \frac{3}{20}\)", PROVED),
        (r"\(P(\text{blue}) = \frac{6}{40} = \frac{3}{10}\)", REFUTED),
        (r"\(M_1 = \left(\frac{3 + 9}{2}, \frac{1 + 7}{2}\right) = (6, 4)\)", PROVED),
        (
            r"\(\frac{\text{Sum of the ages}}{\text{Number of children}} = \frac{84}{6} = 14\)",
            PROVED,
        ),
        (
            r"\(\frac{\text{Sum of the ages}}{\text{Number of children}} = \frac{84}{6} = 13\)",
            REFUTED,
        ),
        (r"\(P(4) = \frac{6}{40} = \frac{3}{20}\)", UNCHECKED),  # of a polynomial
        ("Adding: 35 + 4 = 39, 60 + 4 = 64, and 85 + 4 = 89.", PROVED),
        ("Adding: 35 + 4 = 39, 60 + 4 = 64, and 85 + 4 = 88.", REFUTED),
        (r"\(\frac{310}{170} \approx 1.8235294117647058\)", PROVED),
    ],
)
def test_what_only_names_a_number_leaves_the_rest_to_be_checked(step, expected):
    assert check_last(step).verdict == expected


def test_a_side_with_roots_is_compared_with_its_simpler_form():
    steps = [
        r"\[ \tan^2 t = \frac{4 + 2\sqrt{3}}{2} \] After simplifying, we find: \[ \tan^2 t = %s \]"
    ]
    assert check_last(steps[0] % r"2 + 2\sqrt{3}").verdict == REFUTED
    assert check_last(steps[0] % r"2 + \sqrt{3}").verdict != REFUTED


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (r"\(M = \left(\frac{5 + 9}{2}, \frac{3 + 7}{2}\right) = (7, 4)\)", REFUTED),
        (r"\(M = \left(\frac{5 + 9}{2}, \frac{3 + 7}{2}\right) = (7, 5)\)", PROVED),
        (r"\((4, 9) = (5, 9)\)", UNCHECKED),  # no calculation
        (r"\(\{4 + 1, 3\} = \{3, 5\}\)", UNCHECKED),  # in another order
        (r"\((n + 1, 2 + 2) = (8, 4)\)", UNCHECKED),
        (r"\((\sqrt{3}, 5/3) = (1.73, 1.67)\)", UNCHECKED),  # rounded
    ],
)
def test_lists_are_compared_entry_by_entry(step, expected):
    assert check_last(step).verdict == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (r"Let \(h = n^2 + cn\).", REFUTED),  # which says nothing of n and c alone
        (r"Let \(n = 3c\).", UNCHECKED),
        (r"Let \(h = n + c\). Also, \(h = 5c\).", UNCHECKED),
        (r"Let \(h = 12\). Also, \(h = n + c\).", UNCHECKED),
    ],
)
def test_an_inner_form_is_refuted_where_nothing_ties_its_letters(known, expected):
    step = r"The area is \(A = (n + c)(n - 2c) = n^2 - nc - c^2\)."
    assert check_last(known, step).verdict == expected
