"""Mistakes in stories of a fixed part, of equal steps, and in sequences by a rule."""

import pytest

from tests.grading.mistakes.naming import mistake
from tutor.grading.mistakes import MistakeName

_PLUMBER = (
    "A plumber charges 40 euros for coming and 30 euros per hour. A bill is 160 euros."
    " How many hours did she work?"
)
_PUZZLE = (
    "A number is multiplied by three and then 5 is subtracted. The result is 19."
    " What is the number?"
)
_GYM = "A gym costs 25 dollars to join and 15 a month. What do 6 months cost altogether?"
_SAVINGS = (
    "In the first week Ana saves 5 euros, and each following week 2 euros more than the week"
    " before. How much does she save in week 12?"
)
_LOGS = (
    "A pile has 20 logs in the bottom row, and every further row has 1 log less than the row"
    " below. How many logs are in the 8th row?"
)
_SEATS = "电影院第一排有 20 个座位，以后每排比前一排多 2 个座位。第 15 排有多少个座位？"
_VISITS = (
    "In the first month a site has 100 users. The number doubles every month."
    " How many users are there in the 6th month?"
)


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (_PLUMBER, "4", "20/3", MistakeName.MOVED_WITHOUT_CHANGING_SIGN),
        (_PLUMBER, "4", "90", MistakeName.SUBTRACTED_COEFFICIENT),
        (_PLUMBER, "4", "120", MistakeName.STOPPED_EARLY),
        (_PLUMBER, "4", "5", None),
        (_PUZZLE, "8", "14/3", MistakeName.MOVED_WITHOUT_CHANGING_SIGN),
        (_PUZZLE, "8", "21", MistakeName.SUBTRACTED_COEFFICIENT),
        (_GYM, "115", "90", MistakeName.TERM_DROPPED),
        (_GYM, "115", "240", MistakeName.ORDER_OF_OPERATIONS),
        (_GYM, "115", "120", None),
    ],
)
def test_a_fixed_part_and_a_rate(statement, value, response, name):
    assert mistake(statement, value, response) == name


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (_SAVINGS, "27", "29", MistakeName.OFF_BY_ONE),
        (_SAVINGS, "27", "22", MistakeName.FIRST_TERM_FORGOTTEN),
        (_SAVINGS, "27", "192", MistakeName.TERM_FOR_SUM),
        (_SAVINGS, "27", "26", MistakeName.ARITHMETIC_SLIP),
        (_LOGS, "13", "27", MistakeName.SIGN_ERROR),
        (_SEATS, "48", "50", MistakeName.OFF_BY_ONE),
        (_VISITS, "3200", "1000", MistakeName.POWER_AS_PRODUCT),
        (_VISITS, "3200", "6400", MistakeName.OFF_BY_ONE),
        ("Ana has 5 pens, 2 books and 12 cards. How many things are that?", "19", "27", None),
    ],
)
def test_equal_steps_in_words(statement, value, response, name):
    assert mistake(statement, value, response) == name


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        (r"\(a_n = n^2 + 3n\). List the first three terms.", "4, 10, 18", "0, 4, 10",
         MistakeName.OFF_BY_ONE),
        (r"\(a_n = n^2 + 3n\). List the first three terms.", "4, 10, 18", "5, 10, 15",
         MistakeName.POWER_AS_PRODUCT),
        (r"\(a_n = 3n^2\). List the first three terms.", "3, 12, 27", "9, 36, 81",
         MistakeName.ORDER_OF_OPERATIONS),
    ],
)  # fmt: skip
def test_members_by_a_rule(statement, value, response, name):
    assert mistake(statement, value, response, "list", ordered=True) == name


def test_one_member_by_a_rule():
    statement = r"A sequence is given by \(a_n = 3n^2\). Find the fourth term."
    assert mistake(statement, "48", "144") == MistakeName.ORDER_OF_OPERATIONS
    assert mistake(statement, "48", "75") == MistakeName.OFF_BY_ONE


@pytest.mark.parametrize(
    ("response", "name"),
    [
        ("t > 2", MistakeName.INEQUALITY_NOT_REVERSED),
        ("t < 6", MistakeName.MOVED_WITHOUT_CHANGING_SIGN),
    ],
)
def test_an_inequality_in_words(response, name):
    statement = r"\(12 - 3t\) is greater than 6. Give an inequality for \(t\)."
    assert mistake(statement, "t < 2", response, "inequality") == name


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        ("Eight workers build a wall in six days. How long do twelve workers need?", "4", "9",
         MistakeName.DIRECT_FOR_INVERSE_PROPORTION),
        ("How big is each exterior angle of a regular polygon with nine sides?", "40", "140",
         MistakeName.EXTERIOR_ANGLE),
        ("Each interior angle of a regular polygon with ten sides?", "144", "1440",
         MistakeName.STOPPED_EARLY),
        ("Two fair dice are rolled. How likely is it that the sum is 9?", "1/9", "1/11",
         MistakeName.OUTCOMES_NOT_EQUALLY_LIKELY),
    ],
)  # fmt: skip
def test_numbers_in_words(statement, value, response, name):
    assert mistake(statement, value, response) == name


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        ("A metre of rope costs 3.2 euros per metre. What do 0.45 m cost?", "1.44", "14.4",
         MistakeName.PLACE_VALUE_SHIFTED),
        ("Each of 10 boxes weighs 2.5 kg. What do they weigh together?", "25", "250",
         MistakeName.STOPPED_EARLY),
        ("What is the mean of 3, 4, 8, 9 and 16?", "8", "80", None),
    ],
)  # fmt: skip
def test_a_shifted_place_is_named_where_no_number_shifts_it(statement, value, response, name):
    assert mistake(statement, value, response) == name


@pytest.mark.parametrize("response", ["{-2,4}", "-2,4", "x = -2 or x = 4"])
def test_two_numbers_with_a_comma_are_no_decimal_where_one_is_right(response):
    statement = r"Solve \(\log_2 x + \log_2 (x - 2) = 3\)."
    assert mistake(statement, "4", response) == MistakeName.EXTRANEOUS_SOLUTION


def test_the_numerator_alone():
    statement = r"Write \(\frac{2}{x} + \frac{3}{x + 1}\) as a single fraction."
    right = r"\frac{5x + 2}{x(x + 1)}"
    assert mistake(statement, right, "5x+2", "expression") == MistakeName.DENOMINATOR_DROPPED


@pytest.mark.parametrize(
    ("response", "name"), [("6700", MistakeName.ARITHMETIC_SLIP), ("6200", None), ("670", None)]
)
def test_one_other_digit_far_behind(response, name):
    statement = "A shop sells 27 bikes for 250 euros each. How much money does it get?"
    assert mistake(statement, "6750", response) == name


def test_a_term_divided_in_part_when_a_letter_is_made_the_subject():
    statement = r"Make \(h\) the subject of \(A = 2b + 4h\)."
    right = r"\frac{A - 2b}{4}"
    assert mistake(statement, right, "A/4 - 2b", "expression") == MistakeName.ON_ONE_TERM_ONLY


def test_half_of_the_difference_for_the_mean_of_two_sides():
    statement = "A trapezium has parallel sides of 6 cm and 10 cm, 4 cm apart. Its area in cm²?"
    assert mistake(statement, "32", "8") == MistakeName.HALF_DIFFERENCE_FOR_MEAN


@pytest.mark.parametrize(
    ("statement", "value", "response", "name"),
    [
        ("The angles of a triangle are in the ratio 1 : 2 : 6. Find the smallest.", "20", "120",
         MistakeName.OTHER_PART_ANSWERED),
        ("The angles of a triangle are in the ratio 2 : 3 : 4. Find the largest.", "80", "160",
         MistakeName.WRONG_ANGLE_SUM),
        ("Share 120 euros in the ratio 3 : 4 : 5. How much is the middle share?", "40", "10",
         MistakeName.STOPPED_EARLY),
        ("A rectangle has a perimeter of 30 cm and is 9 cm long. How wide is it?", "6", "21",
         MistakeName.FACTOR_FORGOTTEN),
        ("A rectangle has an area of 54 cm² and is 9 cm long. How wide is it?", "6", "18",
         MistakeName.AREA_FOR_CIRCUMFERENCE),
        ("A die is thrown. How likely is a number greater than 4?", "1/3", "1/2",
         MistakeName.EXACTLY_FOR_AT_LEAST),
        ("A die is thrown. How likely is a 6?", "1/6", "5/6", MistakeName.COMPLEMENT_FORGOTTEN),
        ("A die is thrown. How likely is a 6?", "1/6", "1/2", None),
    ],
)  # fmt: skip
def test_parts_sides_and_one_die(statement, value, response, name):
    assert mistake(statement, value, response) == name


def test_swapped_coordinates_are_surer_than_a_wrong_sign():
    statement = r"Solve \(x + y = 10\), \(x - y = 4\). Give \((x, y)\)."
    assert mistake(statement, "(7, 3)", "(3, 7)", "tuple") == MistakeName.SWAPPED_COORDINATES


def test_a_written_calculation_is_no_story():
    name = mistake("What is 15 - 3 · 4?", "3", "48")
    assert name not in (MistakeName.MULTIPLIED_INSTEAD_OF_DIVIDED, MistakeName.STOPPED_EARLY)


def test_it_names_mistakes_in_two_equations_told_in_words():
    statement = (
        "Three pens and two notebooks cost 12 dollars; one pen and two notebooks cost 8 dollars. "
        r"Let \(p\) be the price of a pen and \(n\) that of a notebook. Find \((p, n)\)."
    )
    fields = {"kind": "tuple"}
    assert mistake(statement, "(2, 3)", "(10, -1)", **fields) == MistakeName.SIGN_ERROR
    assert mistake(statement, "(2, 3)", "(3, 2)", **fields) == MistakeName.SWAPPED_COORDINATES


def test_it_names_mistakes_in_growth_by_doubling():
    statement = "培养皿中开始有 50 个细菌，每小时数量翻一倍。6 小时后有多少个细菌？"
    assert mistake(statement, "3200", "350") == MistakeName.LINEAR_FOR_EXPONENTIAL
    assert mistake(statement, "3200", "600") == MistakeName.POWER_AS_PRODUCT
    assert mistake(statement, "3200", "6400") == MistakeName.OFF_BY_ONE


def test_it_names_mistakes_in_a_count_and_a_total():
    statement = (
        "For a play, 22 tickets were sold for 150 dollars. An adult ticket costs 9 dollars, a child"
        " ticket 5 dollars. How many of each were sold? Answer as (adult, child)."
    )
    fields = {"kind": "tuple"}
    name = mistake(statement, "(10, 12)", "(5, 17)", **fields)
    assert name == MistakeName.DISTRIBUTED_TO_FIRST_TERM
    assert mistake(statement, "(10, 12)", "(12, 10)", **fields) == MistakeName.SWAPPED_COORDINATES


def test_it_counts_no_ways_where_boxes_are_multiplied():
    statement = "A box holds 6 eggs. How many eggs are in 4 full boxes?"
    assert mistake(statement, "24", "10") == MistakeName.ADDED_INSTEAD_OF_MULTIPLIED
