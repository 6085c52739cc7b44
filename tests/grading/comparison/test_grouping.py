"""Answers of one meaning are one group, whatever the key is."""

import pytest

from tests.grading.hostile import LONG, SHORT
from tutor.grading import group_answers, read_key, same_answer
from tutor.grading.processes.work_budget import cpu_time_s


def key(kind, value, **options):
    return read_key({"kind": kind, "value": value, **options})


def grouped(answers, of):
    return [[answers[index] for index in group] for group in group_answers(answers, of).groups]


@pytest.mark.parametrize(
    ("of", "groups"),
    [
        (
            key("number", "5"),
            [["15/7", "x=15/7", "30/14"], ["2.5", "5/2", "2 1/2", "sqrt(6.25)"], ["-5"]],
        ),
        (
            key("expression", "2x^2+5x-12", form="expanded"),
            [["2x^2-12", "2*x^2 - 12", "2(x^2-6)", "x^2+x^2-12"], ["2x^2+11x-12"], ["y", "x+y-x"]],
        ),
        (key("set", r"\{-3, 5\}"), [["{3,-5}", "-5,3", "x=3 or x=-5"], ["{5}"], ["(3,-5)"]]),
        (key("interval", "(-2, oo)"), [["(-oo,-2)", "x<-2", "-2>x"], ["x>2", "(2,oo)"]]),
        (key("quantity", "5", unit="cm"), [["5 m", "500 cm"], ["5 mm", "0.5 cm"]]),
        (key("quantity", "5", unit="m"), [["12", "12 m", "1200 cm"], ["12 cm"], ["12%"]]),
        (key("tuple", "(5, 6)"), [["1, 2", "(1, 2)"], ["2, 1"]]),
        (key("choice", "D"), [["B", "(B)", "故选 B"], ["A, C", "C,A"]]),
        (key("text", "hexagon"), [["a pentagon", "Pentagon."], ["square"]]),
        (key("equation", "y=2x+1"), [["y=2x", "y-2x=0", "2x-y=0"], ["y=2"]]),
        (key("matrix", "[[1,2],[3,4]]"), [["[[1,2],[3,3]]", "[[2/2,2],[3,6/2]]"]]),
        (key("number", "3.142", form="decimal_places", places=3), [["3.14"], ["3.1416"], ["3.15"]]),
        (key("number", "3.1", tolerance="0.5"), [["4"], ["4.1"]]),
    ],
)
def test_what_means_the_same_is_one_group(of, groups):
    answers = [answer for group in groups for answer in group]
    assert grouped(answers, of) == groups
    assert grouped(answers[::-1], of) == [group[::-1] for group in groups[::-1]]


def test_a_log_to_any_base_joins_no_two_bases():
    assert grouped(["log x", "lg x", "ln x"], key("expression", "x")) == [
        ["log x", "lg x"],
        ["ln x"],
    ]


def test_the_value_of_the_key_does_not_matter():
    answers = ["2", "4/2", "3"]
    by_value = [group_answers(answers, key("number", value)) for value in ("7", "2")]
    assert by_value[0] == by_value[1]


def test_a_crowd_of_answers_is_compared_bucket_by_bucket():
    answers = [f"{a}x+{b}" for a in range(1, 11) for b in range(1, 11)]
    answers += [f"{b}+{a}*x" for a in range(1, 11) for b in range(1, 11)]
    grouping = group_answers(answers, key("expression", "x"), max_work_s=20)
    assert grouping.is_whole
    assert all(len(group) == 2 for group in grouping.groups)


def test_hostile_answers_are_grouped_in_time():
    answers = [*SHORT, *LONG, *(f"{answer} " for answer in SHORT)]
    before_s = cpu_time_s()
    grouping = group_answers(answers, key("expression", "x"), max_work_s=1.0)
    assert cpu_time_s() - before_s < 10  # SymPy may have to load first
    assert sorted(index for group in grouping.groups for index in group) == list(
        range(len(answers))
    )


def test_without_time_only_the_letters_count():
    grouping = group_answers(["1/2", "0.5", "1/2"], key("number", "3"), max_work_s=0)
    assert grouping.groups == [[0, 2], [1]]
    assert not grouping.is_whole


def test_what_cannot_be_read_is_as_it_is_written():
    assert grouped(["3/", "3/", "((", "\x00"], key("number", "3")) == [
        ["3/", "3/"],
        ["(("],
        ["\x00"],
    ]


@pytest.mark.parametrize(
    ("left", "right", "is_same"),
    [("1/2", "0.5", True), ("1/2", "0.51", False), ("3/", "3/", True), ("3/", "3", False)],
)
def test_two_answers(left, right, is_same):
    assert same_answer(left, right, key("number", "7")) is is_same
