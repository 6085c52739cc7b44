"""Subjects of formulas, written sums, ratios of sides, mixed numbers."""

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName


def test_the_subject_of_a_formula():
    statement = r"Make \(v\) the subject of \(E = \frac{1}{2}mv^2\)."
    right = r"v = \sqrt{\frac{2E}{m}}"
    assert mistake(statement, right, "v = 2E/m", "equation") == MistakeName.ROOT_FORGOTTEN
    assert mistake(statement, right, "v = E/m", "equation") == MistakeName.ROOT_AS_HALF


def test_a_written_sum():
    statement = r"Calculate \(\sum_{k=1}^{30} k\)."
    assert mistake(statement, "465", "435") == MistakeName.OFF_BY_ONE
    assert mistake(statement, "465", "930") == MistakeName.HALF_FORGOTTEN


def test_a_ratio_of_sides():
    statement = "The legs of a right triangle are 5 and 12. Find the sine of the smaller angle."
    name = MistakeName.WRONG_TRIGONOMETRIC_FUNCTION
    assert mistake(statement, r"\frac{5}{13}", "12/13") == name


def test_a_mixed_number():
    statement = r"Calculate \(2\frac{1}{3} \cdot 6\)."
    assert mistake(statement, "14", "4") == MistakeName.MIXED_NUMBER_MISREAD


def test_slope_and_intercept_are_swapped():
    statement = "Give the line with slope 4 through (0, 7)."
    name = MistakeName.SWAPPED_COORDINATES
    assert mistake(statement, "y = 4x + 7", "y = 7x + 4", "equation") == name


def test_it_names_a_square_for_a_difference_of_squares_with_a_factor():
    fields = {"kind": "expression", "form": "factored"}
    statement = r"Factorise \(2x^2 - 50\) fully over the integers."
    name = mistake(statement, "2(x - 5)(x + 5)", "2(x-5)^2", **fields)
    assert name == MistakeName.DIFFERENCE_OF_SQUARES


def test_it_asks_whether_a_speed_grows_in_the_other_unit():
    statement = "A cyclist rides at 27 km/h. How many metres does she cover in one second?"
    fields = {"kind": "quantity", "unit": "m/s"}
    name = mistake(statement, "7.5", "97.2 m/s", **fields)
    assert name == MistakeName.CONVERTED_THE_WRONG_WAY


def test_it_names_the_value_of_another_angle_or_function():
    statement = r"Give the exact value of \(\sin 240^\circ\)."
    value = r"-\frac{\sqrt{3}}{2}"
    assert mistake(statement, value, "-√2/2") == MistakeName.WRONG_TRIGONOMETRIC_VALUE
    assert mistake(statement, value, "-1/2") == MistakeName.WRONG_TRIGONOMETRIC_FUNCTION
    assert mistake(statement, value, "√3/2") == MistakeName.SIGN_ERROR
    assert mistake(statement, value, "2") is None


def test_it_names_a_sine_that_was_rounded_before_multiplying():
    statement = (
        r"A kite flies on a string of 50 m at an angle of \(35^\circ\) with the level ground."
        " How high is it?"
    )
    fields = {"kind": "quantity", "unit": "m", "tolerance": "0.05"}
    assert mistake(statement, "28.6788", "28.5 m", **fields) == MistakeName.ROUNDED_TOO_EARLY


def test_it_names_mistakes_in_the_first_terms_of_a_sequence():
    statement = r"A geometric sequence starts with 5 and has common ratio \(-2\). First three?"
    fields = {"kind": "list", "ordered": True}
    name = mistake(statement, "5, -10, 20", "5, 3, 1", **fields)
    assert name == MistakeName.ADDED_INSTEAD_OF_MULTIPLIED
    name = mistake(statement, "5, -10, 20", "5, 10, 20", **fields)
    assert name == MistakeName.SIGN_ERROR


def test_it_names_mistakes_in_antiderivatives_of_a_bare_term():
    statement = r"Write down all antiderivatives of \(6x^2 - 4\). Use \(C\) for the constant."
    fields = {"kind": "antiderivative"}
    value = "2x^3 - 4x + C"
    assert mistake(statement, value, "12x", **fields) == MistakeName.DIFFERENTIATED_FOR_INTEGRATED
    name = mistake(statement, value, "6x^3-4x+C", **fields)
    assert name == MistakeName.NOT_DIVIDED_BY_NEW_EXPONENT


def test_it_names_the_value_at_zero_for_an_asymptote():
    statement = r"State the horizontal asymptote of \(f(x) = \dfrac{6x - 1}{2x + 5}\)."
    fields = {"kind": "equation"}
    assert mistake(statement, "y = 3", "y = -1/5", **fields) == MistakeName.VALUE_AT_ZERO


def test_it_names_no_side_of_a_triangle_in_a_limit():
    statement = r"Calculate \(\lim_{x \to 0} \frac{\sin 3x}{\sin 5x}\)."
    assert mistake(statement, r"\frac{3}{5}", "5/3") == MistakeName.QUOTIENT_UPSIDE_DOWN


def test_it_names_an_interval_written_from_its_end():
    statement = r"On which largest open interval is \(f(x) = x^3 - 3x^2 - 9x\) decreasing?"
    name = mistake(statement, "(-1, 3)", "(3, -1)", kind="interval")
    assert name == MistakeName.ORDER_REVERSED


def test_it_differentiates_a_height_where_a_velocity_is_asked_for():
    statement = (
        r"After \(t\) seconds a stone is \(h(t) = 30t - 5t^2\) metres high. Velocity at 2 s?"
    )
    assert mistake(statement, "10", "40") == MistakeName.FUNCTION_FOR_DERIVATIVE


def test_it_names_the_length_factor_used_for_an_area():
    statement = r"A carpet has an area of \(3.5\,\text{m}^2\). How many square centimetres is that?"
    assert mistake(statement, "35000", "350") == MistakeName.CONVERSION_FACTOR
    assert mistake(statement, "35000", "0.00035") == MistakeName.CONVERTED_THE_WRONG_WAY


def test_it_names_a_term_moved_after_the_brackets_are_expanded():
    name = mistake(r"Solve \(3(x - 4) = x + 6\).", "9", "-3")
    assert name == MistakeName.MOVED_WITHOUT_CHANGING_SIGN


def test_it_names_the_diameter_taken_for_the_radius_and_a_slip_before_pi():
    statement = "A cylinder has a base diameter of 8 cm and a height of 5 cm. Find its volume."
    assert mistake(statement, r"80\pi", "320π") == MistakeName.RADIUS_FOR_DIAMETER
    assert mistake(statement, r"80\pi", "84π") == MistakeName.ARITHMETIC_SLIP


def test_it_names_the_rise_of_a_line_taken_for_its_slope():
    statement = r"Find the slope of the line through \(A(1|2)\) and \(B(4|17)\)."
    assert mistake(statement, "5", "15") == MistakeName.STOPPED_EARLY
