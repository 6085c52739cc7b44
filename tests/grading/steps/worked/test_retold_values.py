"""Steps that tell the rates, prices, shares and sizes of their problem otherwise."""

import json
from pathlib import Path

import pytest

from tests.grading.steps.checking import REFUTED, check_last, check_steps

RIGHT = Path(__file__).parents[3] / "data" / "right_solutions.jsonl"
_COOKIES = "She puts 4 cookies in his lunch box 5 days a week."


@pytest.mark.parametrize(
    ("statement", "step"),
    [
        ("A farm has 120 melons. 30% of the melons were ripe.", "20% of the 120 melons are ripe."),
        ("The radiator is sold for 80% off.", "He got 20% off (100% - 80% = 20%)."),
        ("They spent $20.25 on 3 tickets.", "Each ticket costs $20.25, so there are three."),
        ("He bought 4 candies for $3.20.", "One candy costs $3.20."),
        ("Ana earns $500 a week.", "She earns $500 per month."),
        ("He staples 30 reports every 15 minutes.", "He staples 30 reports per minute."),
        (_COOKIES, "Her son eats 4 cookies a week. He eats 4 cookies/day."),
        ("Each 10-foot section weighs 400 pounds. The tree is 200 feet tall.",
         "The tree has 200 sections."),
        ("The film lasts 95 minutes.", "The film takes 95 hours."),
        ("He said 48, and overstated the number by 20%.", "It is 100% - 20% = 80% of 48."),
        ("She was told that everything was 20% off.", "There is no discount on the bowls."),
        ("He is paid $30 every day, and works an entire week.", "A week has 5 days."),
        ("Buy 2 scoops, get 1 scoop free.", "So you buy 2 scoops for the price of 1 scoop."),
        ("A stack has 100 pages to the inch. Each paper has two pages.",
         "There are 100 papers per inch."),
    ],
)  # fmt: skip
def test_what_the_problem_tells_otherwise_is_refuted(statement, step):
    assert check_last(step, statement=statement).verdict == REFUTED


@pytest.mark.parametrize(
    ("statement", "step"),
    [
        # worked out, from what is told or before; told of each; told twice
        ("A farm has 120 melons. 30% of the melons were ripe.", "70% of the melons are not ripe."),
        ("A farm has 30 melons. 6 are ripe. 50% of the melons are big.", "20% of the melons are."),
        ("It is sold for 10% off, later for 10% off again.", "Together this is 19% off."),
        ("They bought 3 tickets for $20 each.", "Each ticket costs $20."),
        ("Shoes cost 20% more, and are later 20% off.", "Then 100% - 20% = 80% are paid."),
        ("Pots are 20% off.", "There is no discount on the bowls."),
        ("He is paid $30 every day, and works a week.", "A week has 5 days."),
        ("Buy 2 scoops, get 1 scoop free.", "So you get 3 scoops for the price of 2 scoops."),
        ("A stack has 100 pages to the inch.", "It has 100 sheets per inch."),
        ("Ana earns $500 a week, and Ben 500 a month.", "Ben earns $500 per month."),
        ("Each 1-foot section weighs 4 pounds. It is 200 feet tall.", "There are 200 sections."),
    ],
)
def test_what_may_have_been_worked_out_is_not_refuted(statement, step):
    assert check_last(step, statement=statement).refuted is None


def test_a_result_may_repeat_a_number_of_the_problem():
    steps = ["4500 / 150 = 30", "He staples 30 reports per minute."]
    statement = "He staples 30 reports every 15 minutes at first, later 4500 in 150 minutes."
    assert check_steps(*steps, statement=statement)[-1].refuted is None


def test_nothing_is_refuted_in_right_solutions():
    alarms = []
    for line in RIGHT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        checks = check_steps(*row["steps"], statement=row["statement"])
        alarms += [check.refuted.claim for check in checks if check.refuted]
    assert alarms == []
