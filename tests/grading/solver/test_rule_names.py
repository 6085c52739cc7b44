"""Names of moves by a rule of calculus, or by a formula."""

import pytest

from tutor.grading.solver.naming import name_move

MOVES = [
    ("f(x) = 7x^3 - 2x", "f'(x) = 21x^2 - 2", "differentiate"),
    ("y = x^2 sin(x)", "y' = 2x sin(x) + x^2 cos(x)", "use the product rule"),
    ("f(x) = (x^2 - 3)^4", "f'(x) = 8x(x^2 - 3)^3", "use the chain rule"),
    ("f(x) = (x - 1)/(x + 1)", "f'(x) = (x + 1 - (x - 1))/(x + 1)^2", "use the quotient rule"),
    ("f(x) = 7x^3 - 2x", "f'(x) = 21x^2", None),
    ("f'(x) = 2x + 1", "f'(3) = 7", "put in x = 3"),
    ("f'(x) = 2x + 1", "f'(3) = 8", None),
    ("f'(x) = 2x - 6", "2x - 6 = 0", "set the derivative to zero"),
    ("f(x) = 6x^2", "F(x) = 2x^3", "find an antiderivative"),
    ("∫ 4x^3 dx", "x^4 + C", "find an antiderivative"),
    ("∫ 4x^3 dx", "x^5 + C", None),
    ("∫_1^2 4x^3 dx", "[x^4]_1^2", "find an antiderivative"),
    ("[x^4]_1^2", "2^4 - 1^4", "insert the limits"),
    ("∫ (x^3 + 5x) dx", "∫ x^3 dx + ∫ 5x dx", "split the integral"),
    ("∫ x e^x dx", "x e^x - ∫ e^x dx", "integrate by parts"),
    ("∫ 3x^2 (x^3 + 1)^5 dx", "∫ u^5 du", "substitute u = x^3 + 1"),
    ("lim_{x→2} (x + 5)", "7", "put in the value"),
    ("lim_{x→0} sin(x)/x", "lim_{x→0} cos(x)/1", "use l'Hospital's rule"),
    ("V = a*b*c, a = 2, b = 3, c = 4", "V = 24", "put the values into the formula"),
    ("V = a*b*c, a = 2, b = 3, c = 4", "V = 25", None),
    ("1.5 km", "1500 m", "multiply by 1000"),
    ("240 min", "4 h", "divide by 60"),
    ("240 min", "5 h", None),
    ("(2, 3)·(4, -1)", "2*4 + 3*(-1)", "use the dot product"),
    ("(2 + 6 + 7)/3", "5", "divide the sum by the number of values"),
]


@pytest.mark.parametrize(("before", "after", "phrase"), MOVES)
def test_it_names_the_rule(before, after, phrase):
    move = name_move(before, after)
    assert (move.phrase if move else None) == phrase
