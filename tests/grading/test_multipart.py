import pytest

from tests.grading import hostile
from tutor.grading import AnswerKey, Feedback, FeedbackCode, Kind, Verdict
from tutor.grading.multipart import NoValue, PartKey, grade_parts, right_answer, written
from tutor.grading.processes.work_budget import cpu_time_s


def number(value: str, **fields: object) -> PartKey:
    return PartKey(AnswerKey(value, Kind.NUMBER), **fields)


SIDE = number("7")
AREA = number("49", carried="a^2", weight=3)


def grade_all(responses, *parts, max_work_s=2.0):
    grade = grade_parts(responses, parts, max_work_s)
    return grade, [(part.verdict, part.score, part.carried) for part in grade.parts]


def test_all_parts_right_is_right():
    grade, parts = grade_all(["14/2", "49"], SIDE, AREA)
    assert (grade.verdict, grade.score, grade.rule) == (Verdict.CORRECT, 1, "parts")
    assert parts == [("correct", 1, ()), ("correct", 1, ())]


def test_what_follows_from_a_wrong_answer_has_its_share():
    grade, parts = grade_all(["8", "64"], SIDE, AREA)
    assert (grade.verdict, grade.score) == (Verdict.INCORRECT, 0.75)
    assert parts == [("incorrect", 0, ()), ("correct", 1, ("a",))]
    assert grade.parts[1].rule == "carried"


def test_what_follows_may_be_worth_less():
    grade, _ = grade_all(["8", "64"], SIDE, number("49", carried="a^2", credit=0.5))
    assert grade.score == 0.25


def test_a_true_value_counts_by_itself_beside_a_wrong_answer():
    _, parts = grade_all(["8", "49"], SIDE, AREA)
    assert parts[1] == ("correct", 1, ())


def test_what_follows_neither_way_is_wrong():
    _, parts = grade_all(["8", "50"], SIDE, AREA)
    assert parts[1] == ("incorrect", 0, ())


def test_a_factor_before_a_fraction_is_not_written_as_a_mixed_number():
    part, earlier = number("0", carried="2a"), number(r"\frac{3}{4}\sqrt{3}")
    text = written(right_answer(part, [earlier]))
    assert text == r"2 \cdot \frac{3}{4}\sqrt{3}"
    assert grade_all([r"\frac{3}{2}\sqrt{3}"], number(text))[0].verdict == Verdict.CORRECT


@pytest.mark.parametrize(
    "earlier",
    ["8", "2*4 = 8", "a = 8", "s = 2*4 = 8", "8 pieces", "8 cm", "it is 8", "eight", "16/2"],
)
def test_an_answer_is_carried_however_it_was_written(earlier):
    _, parts = grade_all([earlier, "64"], SIDE, AREA)
    assert parts[1] == ("correct", 1, ("a",))


@pytest.mark.parametrize("earlier", ["3 + 4 = 7", "7 pieces", "it is 7, since 28:4=7"])
def test_neither_does_a_right_answer_need_to_be_a_plain_number(earlier):
    _, parts = grade_all([earlier, "50"], SIDE, AREA)
    assert parts == [("correct", 1, ()), ("incorrect", 0, ())]


def test_of_an_untrue_calculation_its_end_is_carried():
    _, parts = grade_all(["2*4 = 9", "81"], SIDE, AREA)
    assert parts[1] == ("correct", 1, ("a",))


def test_without_a_rule_nothing_is_carried():
    _, parts = grade_all(["8", "64"], SIDE, number("49"))
    assert parts[1] == ("incorrect", 0, ())


def test_what_follows_from_a_rounded_right_answer_is_worth_all():
    first = PartKey(AnswerKey("pi", Kind.NUMBER, tolerance="0.01"))
    grade, parts = grade_all(["3.14", "314"], first, number("100*pi", carried="100a", credit=0.5))
    assert (grade.verdict, grade.score) == (Verdict.CORRECT, 1)
    assert parts[1] == ("correct", 1, ("a",))


@pytest.mark.parametrize(
    ("responses", "score"),
    [
        (["2", "4", "8"], 1.0),
        (["3", "6", "18"], 0.5),  # 0 + 1 + half of 2, of 4
        (["2", "5", "10"], 0.5),  # 1 + 0 + half of 2
        (["3", "6", "8"], 0.75),  # the last is right by itself
        (["3", "6", "12"], 0.25),
    ],
)
def test_what_follows_from_a_wrong_answer_by_way_of_another_part_is_worth_no_more(responses, score):
    parts = (
        number("2"),
        number("4", carried="2a"),
        number("8", carried="a*b" if responses[1] != "5" else "2b", credit=0.5, weight=2),
    )
    assert grade_all(responses, *parts)[0].score == score


def test_what_follows_from_it_alone_is_worth_no_more():
    last = number("12", carried="3b", credit=0.5, weight=2)
    grade, parts = grade_all(["3", "6", "18"], number("2"), number("4", carried="2a"), last)
    assert (grade.score, [score for _, score, _ in parts]) == (0.5, [0, 1, 0.5])


def test_what_follows_from_rounded_answers_over_several_parts_is_worth_all():
    first = PartKey(AnswerKey("pi", Kind.NUMBER, tolerance="0.01"))
    second = number("100*pi", carried="100a", credit=0.5)
    third = number("200*pi", carried="2b", credit=0.5)
    assert grade_all(["3.14", "314", "628"], first, second, third)[0].score == 1


def test_it_is_carried_over_several_parts():
    parts = (number("2"), number("4", carried="2a"), number("8", carried="a*b"))
    _, results = grade_all(["3", "6", "18"], *parts)
    assert results[1:] == [("correct", 1, ("a",)), ("correct", 1, ("a", "b"))]


def test_an_answer_enters_as_a_value_and_changes_no_formula():
    # As text, 2*(1)+(5) would come to 7 for what is a wrong answer to both parts.
    _, parts = grade_all(["1)+(5", "7"], number("3"), number("6", carried="2*(a)"))
    assert parts[0][0] == "unreadable"
    _, parts = grade_all(["1+5", "12"], number("3"), number("6", carried="2*a"))
    assert parts[1] == ("correct", 1, ("a",))


def test_a_letter_in_an_answer_is_no_other_part():
    first = PartKey(AnswerKey("x+1", Kind.EXPRESSION))
    third = PartKey(AnswerKey("5x+5", Kind.EXPRESSION), carried="a*b")
    _, parts = grade_all(["b+1", "5", "5b+5"], first, number("5"), third)
    assert parts[2] == ("correct", 1, ("a", "b"))


def test_a_quantity_enters_in_the_unit_of_its_key():
    side = PartKey(AnswerKey("7", Kind.QUANTITY, unit="cm"))
    area = PartKey(AnswerKey("49", Kind.QUANTITY, unit="cm^2"), carried="a^2")
    _, parts = grade_all(["80 mm", "64 cm^2"], side, area)
    assert parts[1] == ("correct", 1, ("a",))
    _, parts = grade_all(["80 mm", "6400 cm^2"], side, area)
    assert parts[1] == ("incorrect", 0, ())


def test_a_name_before_the_answer_is_left_out():
    _, parts = grade_all(["x = 8", "64"], SIDE, AREA)
    assert parts[1] == ("correct", 1, ("a",))


@pytest.mark.parametrize(
    ("first", "formula"),
    [
        ("0", "6/a"),
        ("1", "6/(a-1)"),
        ("-4", r"\sqrt{a}"),
        ("9^9^9^9", "2a"),
        ("10^400", "2a"),
        ("10^80", "a^a"),
        ("x", "2a"),
        ("7 kg", "2a"),
    ],
)
def test_where_no_value_follows_a_teacher_looks(first, formula):
    parts = (PartKey(AnswerKey("3", Kind.QUANTITY, unit="cm")), number("2", carried=formula))
    before_s = cpu_time_s()
    grade, results = grade_all([first, "5"], *parts)
    assert cpu_time_s() - before_s < 2.5
    assert results[1] == ("undecided", 0, ())
    assert grade.verdict == Verdict.UNDECIDED
    assert grade.parts[1].feedback == Feedback(FeedbackCode.NOTHING_TO_CARRY)


def test_from_a_part_that_is_not_finished_nothing_follows():
    parts = (number("3"), number("6", carried="2a"))
    grade, results = grade_all(["3 or 4", "5"], *parts)
    assert [verdict for verdict, _, _ in results] == ["unreadable", "undecided"]
    assert grade.verdict == Verdict.UNREADABLE


def test_from_what_was_left_empty_nothing_follows():
    grade, parts = grade_all(["", "64"], SIDE, AREA)
    assert parts == [("incorrect", 0, ()), ("incorrect", 0, ())]
    assert grade.parts[0].rule == "left_empty"


@pytest.mark.parametrize("response", ["pass", "Skip.", "no idea", "我不会"])
def test_a_part_that_was_given_up_leaves_the_others_graded(response):
    grade, parts = grade_all([response, "49"], SIDE, AREA)
    assert (grade.verdict, grade.score) == (Verdict.INCORRECT, 0.75)
    assert parts == [("incorrect", 0, ()), ("correct", 1, ())]
    assert grade.parts[0].rule == "left_empty"


def test_nothing_follows_from_a_part_that_was_given_up():
    first, second = (
        PartKey(AnswerKey("x", Kind.EXPRESSION)),
        PartKey(AnswerKey("2x", Kind.EXPRESSION), carried="2a"),
    )
    _, parts = grade_all(["pass", "2pass"], first, second)
    assert parts[1] == ("incorrect", 0, ())


def test_giving_up_every_part_costs_no_attempt():
    grade, _ = grade_all(["pass", "skip"], SIDE, AREA)
    assert grade.verdict == Verdict.UNREADABLE
    assert grade_all(["", "skip"], SIDE, AREA)[0].verdict == Verdict.UNREADABLE


def test_a_part_whose_answer_is_such_a_word_is_judged():
    word = PartKey(AnswerKey("pass", Kind.TEXT))
    assert grade_all(["7", "Pass"], SIDE, word)[0].verdict == Verdict.CORRECT


def test_a_part_with_characters_that_are_no_text_is_unreadable():
    assert grade_all(["7", "\ud800"], SIDE, AREA)[0].verdict == Verdict.UNREADABLE


def test_one_unreadable_part_leaves_all_unjudged():
    grade, _ = grade_all(["7", "4/"], SIDE, AREA)
    assert (grade.verdict, grade.score) == (Verdict.UNREADABLE, 0)
    assert [part.rule for part in grade.parts] == ["unjudged", "parse"]


def test_all_parts_share_one_budget():
    hard = [number("2"), *[number("3", carried=r"a+\sin(a)")] * 11]
    answers = ["9", *[r"\sqrt{2}^4+\sin(x)^{99}-\sin(x)"] * 11]
    before_s = cpu_time_s()
    grade, _ = grade_all(answers, *hard, max_work_s=0.5)
    assert cpu_time_s() - before_s < 1.5
    assert len(grade.parts) == 12


@pytest.mark.parametrize("count", [0, 1, 5])
def test_missing_and_spare_responses_do_no_harm(count):
    grade, _ = grade_all(["7"] * count, SIDE, AREA)
    assert len(grade.parts) == 2


def test_the_right_answer_is_worked_out_from_those_before():
    assert written(right_answer(AREA, [SIDE])) == "49"
    assert written(right_answer(number("", carried="a/2"), [SIDE])) == r"\frac{7}{2}"
    with pytest.raises(NoValue):
        right_answer(number("", carried="1/(a-7)"), [SIDE])


@pytest.mark.parametrize(
    ("first", "formula"),
    [
        ("x+1", r"\int_0^a x dx"),  # the x of the answer is not the one that runs
        ("k", r"\sum_{k=1}^{a} k"),
        ("x", r"\sum_{a=1}^{5} a"),
    ],
)
def test_no_letter_of_an_answer_is_caught_by_a_sum(first, formula):
    expression = PartKey(AnswerKey("x", Kind.EXPRESSION))
    _, parts = grade_all([first, "5"], expression, number("2", carried=formula))
    assert parts[1] in [("undecided", 0, ()), ("incorrect", 0, ())]


def test_a_sum_up_to_an_answer_is_carried():
    _, parts = grade_all(["4", "10"], number("3"), number("6", carried=r"\sum_{k=1}^{a} k"))
    assert parts[1] == ("correct", 1, ("a",))


@pytest.mark.parametrize("text", hostile.GROWING, ids=lambda text: ascii(text)[1:40])
def test_nothing_that_grows_breaks_what_is_carried(text):
    expression = PartKey(AnswerKey("x+1", Kind.EXPRESSION))
    for formula in ("a^a", "6/a", r"\sum_{k=1}^{a} k", r"\int_0^a x dx", "a!"):
        before_s = cpu_time_s()
        grade_all([text, "12345.678"], expression, number("4", carried=formula), max_work_s=0.3)
        assert cpu_time_s() - before_s < 2


def test_a_part_is_judged_by_the_unit_of_its_own_prompt():
    speed = number("70", prompt="What is its speed, in kilometres per hour?")
    way = number("140", carried="2a", prompt="How far does it get in two hours, in kilometres?")
    _, parts = grade_all(["70 m/s", "140 km"], speed, way)
    assert [verdict for verdict, *_ in parts] == ["incorrect", "correct"]
    _, parts = grade_all(["60 km/h", "120 m"], speed, way)
    assert [verdict for verdict, *_ in parts] == ["incorrect", "incorrect"]
