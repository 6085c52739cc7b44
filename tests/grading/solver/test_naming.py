import pytest

from tutor.grading.solver.naming import name_move


@pytest.mark.parametrize(
    ("before", "after", "phrase"),
    [
        ("x + 9 = 14", "x = 5", "subtract 9 from both sides"),
        ("x/5 = 8", "x = 40", "multiply both sides by 5"),
        ("-4x > 8", "x < -2", "divide both sides by -4 and turn the inequality sign round"),
        ("x + 9 = 14", "x = 4", None),
        ("7x - 4 = 3x + 16", "7x - 3x - 4 = 16", "subtract 3x from both sides"),
        ("7x - 4 = 3x + 16", "7x = 3x + 20", "add 4 to both sides"),
        ("3x + 5 = 20", "x = 5", None),  # two moves
        ("3(x + 2) = 9", "3x = 3", None),
        ("5 = x", "x = 5", "swap the sides"),
        ("18 = 3x", "3x = 18", "swap the sides"),
        ("cbrt(x) = 4", "x = 64", "cube both sides"),
        ("x + 7 = x^2 + 2x + 1", "0 = x^2 + x - 6", "bring everything to one side"),
        ("v - u = at", "(v - u)/t = a", "divide both sides by t"),
        ("3/(x + 1) = 5", "3 = 5(x + 1)", "multiply both sides by x + 1"),
        ("y - 3 = 2(x - 1)", "y = 2x + 1", "solve for y"),
        ("-2 <= 2x < 6", "-1 <= x < 3", "divide all parts by 2"),
        ("x^2 + 6x = 7", "x^2 + 6x + 9 = 16", "complete the square"),
        ("x^2 - 10x = 11", "(x - 5)^2 = 36", "complete the square"),
        ("x^2 + 3x + 2 = 3", "(x + 3/2)^2 = 13/4", "complete the square"),
        ("x^2 + 2x = 3", "(x - 1)(x + 3) = 0", None),
        ("x + 3 = 4 or x + 3 = -4", "x = 1 or x = -7", "subtract 3 from both sides"),
        ("(2x - 1)(x + 3) = 0", "x = 1/2 or x = -3", "set each factor to zero"),
        ("x^2 - 2x - 4 = 0", "x = 1 ± sqrt(5)", "apply the quadratic formula"),
        ("(x + 4)^2 = 1", "x = -3 or x = -5", "take the square root of both sides"),
        ("sin(x) = 1/2", "x = pi/6 or x = 5pi/6", "find the angles with this sine"),
        ("y = 1", "2x - 3 = 1", None),
        ("x^2 = 5x - 6", "(x - 2)(x - 3) = 0", None),  # two moves
        ("x/t = u + v", "x = t(u + v)", "multiply both sides by t"),
        ("c^2 = 25", "c = 5", "take the square root of both sides"),
        ("sqrt(x + 7) = x + 1", "x + 7 = x^2 + 2x + 1", "square both sides"),
        ("log_2(x) = 6", "x = 2^6", "rewrite as a power"),
        ("5^x = 12", "x = lg(12)/lg(5)", "take logarithms of both sides"),
        ("4^x = 8", "(2^2)^x = 2^3", "write both sides with the same base"),
        ("u = 2 or u = 4", "2^x = 2 or 2^x = 4", "substitute back"),
        ("3x + y = 11 and x - y = 1", "3x + y + x - y = 12", "add the equations"),
        ("y = 2x + 1 and 3x + y = 11", "3x + (2x + 1) = 11", "substitute 2x + 1 for y"),
        ("y = 3 and 3x + y = 11", "3x + 3 = 11", "substitute y = 3"),
        ("x + ", "x = 4", None),
    ],
)
def test_it_names_the_move(before, after, phrase):
    move = name_move(before, after)
    assert (move.phrase if move else None) == phrase
