"""Lines of problems about derivatives, integrals and limits."""

import pytest

from tutor.grading.solver.solve import next_steps

LINES = [
    # Derivatives
    (r"Differentiate \(f(x) = 4x^3 - 5x\).", [], "f'(x) = 12x^2 - 5", "differentiate"),
    (
        r"Leite \(f(x) = x^3 e^{2x}\) ab. Bestimme die Ableitung.",
        [],
        "f'(x) = 3x^2*e^(2x) + x^3*2e^(2x)",
        "use the product rule",
    ),
    (r"Find the derivative of \(g(x) = (5x + 2)^4\).", [], None, "use the chain rule"),
    (r"求 \(f(x) = \sin(3x)\) 的导数。", [], "f'(x) = 3cos(3x)", "use the chain rule"),
    (
        r"Dériver \(f(x) = \frac{x}{x - 4}\).",
        [],
        "f'(x) = (x - 4 - x)/(x - 4)^2",
        "use the quotient rule",
    ),
    # Values and tangents
    (
        r"Find \(f'(3)\) for \(f(x) = x^2 + 2x\).",
        ["f'(x) = 2x + 2"],
        "f'(3) = 2*3 + 2",
        "put in x = 3",
    ),
    (
        r"Find the tangent to \(f(x) = x^2 + 1\) at \(x = 3\).",
        ["f'(x) = 2x", "f'(3) = 6"],
        "f(3) = 3^2 + 1",
        "find the point of contact",
    ),
    (
        r"Find the tangent to \(f(x) = x^2 + 1\) at \(x = 3\).",
        ["f'(x) = 2x", "f'(3) = 6", "f(3) = 10"],
        "y = 6(x - 3) + 10",
        "put the point and the slope into the equation of a line",
    ),
    (
        r"Find the local extrema of \(f(x) = x^3 - 27x\).",
        ["f'(x) = 3x^2 - 27"],
        "3x^2 - 27 = 0",
        "set the derivative to zero",
    ),
    # Integrals
    (r"Find \(\int (8x^3 - 6x)\,dx\).", [], "2x^4 - 3x^2 + C", "find an antiderivative"),
    (
        r"Work out \(\int_1^3 (2x + 1)\,dx\).",
        ["F(x) = x^2 + x", "F(3) - F(1)"],
        "(3^2 + 3) - (1^2 + 1)",
        "insert the limits",
    ),
    (
        r"Find \(\int x \cos(x)\,dx\).",
        [],
        "x*sin(x) - ∫ sin(x) dx",
        "integrate by parts",
    ),
    # Limits
    (
        r"Find \(\lim_{x \to 4} \frac{x^2 - 16}{x - 4}\).",
        [],
        "\\lim_{x→4} ((x - 4)(x + 4)/(x - 4))",
        "factor the numerator",
    ),
]


@pytest.mark.parametrize(("statement", "lines", "line", "phrase"), LINES)
def test_it_offers_the_line_with_its_rule(statement, lines, line, phrase):
    step = next_steps(statement, lines)[0]
    assert step.move.phrase == phrase
    assert line is None or step.line == line
