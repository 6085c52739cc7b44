"""GIFT: each kind of question, and what is not one."""

import pytest

from tutor.grading import Form, grade_response
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file


def only(text):
    [problem] = read_file(text.encode(), "en")
    return problem


def content_of(text):
    problem = only(text)
    assert problem.record, problem.reason
    return problem.record.content


def test_the_text_decides_the_form():
    assert content_of("Factorise x^2-16 {=(x-4)(x+4)}").key.form == Form.FACTORED


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("2+3 {#5}", {"kind": "number", "value": "5"}, ()),
        ("Pi {#3.14:0.01}", {"kind": "number", "value": "3.14", "tolerance": "0.01"}, ()),
        ("Pi {#3..4}", {"kind": "number", "value": "3.5", "tolerance": "0.5"}, ()),
        (
            "Pi {#=3.1:0.1 =%50%3:1#Nearly ~#No}",
            {"kind": "number", "value": "3.1", "tolerance": "0.1"},
            (Expected("3", "Nearly", 50, "1"), Expected("*", "No")),
        ),
        ("2+2 {=4 ~3#Count ~%50%5}", {"kind": "choice", "value": "A"},
         (Expected("B", "", 50), Expected("C", "Count"))),
        ("Even? {~%50%2 ~%-100%3 ~%50%4}", {"kind": "choice", "value": "A, C"}, ()),
        ("Day {=Sunday =%80%Sun#Write it out}", {"kind": "text", "value": "Sunday"},
         (Expected("Sun", "Write it out", 80),)),
        ("Solve {=x\\=2}", {"kind": "equation", "value": "x=2"}, ()),
        ("1 \\= 2 {F#Really?#Yes.}", {"kind": "choice", "value": "B"},
         (Expected("A", "Really?"), Expected("B", "Yes.", 100))),
    ],
)  # fmt: skip
def test_each_kind(text, key, expected):
    content = content_of(text)
    assert content.key.to_dict() == key
    assert content.expected == expected


def test_an_essay_and_pairs():
    assert content_of("Why? {}").key.form == "free_text"
    content = content_of("Pairs {=1+1 -> 2 =2+2 -> 4 = -> 5 ####Add.}")
    assert [part.key.value for part in content.parts] == ["A", "B"]
    assert content.parts[0].choices == ("2", "4", "5")
    assert content.solution == "Add."


def test_titles_comments_categories_and_lines():
    text = (
        "// a comment\n$CATEGORY: $course$/Year 9/Slope\n\n\n::One\\: sum::[html]<b>2+3</b>{#5}\n"
    )
    problem = only(text)
    assert (problem.title, problem.location) == ("One: sum", "line 5")
    assert problem.record.skills == ("functions.linear.slope",)
    assert problem.record.category == "Year 9/Slope"
    assert only(text.replace("Slope", "Mixed")).record.skills == ()
    assert problem.record.content.statement == "**2+3**"
    assert content_of("The {=sun} shines.").statement == "The … shines."
    assert content_of("Add\nthe numbers 2, 3 {#5}").statement == "Add\nthe numbers 2, 3"


def test_questions_are_read_without_empty_lines_between_them():
    text = "::G1::2+3 {#5}\n::G2::Even?\n{=2\n~3}\n4+5 {=9 ####The \\{ is text.}\n// done\nWhy? {}"
    problems = read_file(text.encode(), "en")
    assert [problem.record.content.statement for problem in problems] == [
        *("2+3", "Even?", "4+5", "Why?")
    ]
    assert [problem.location for problem in problems] == [f"line {n}" for n in (1, 2, 5, 7)]


def test_two_questions_that_cannot_be_told_apart_are_refused_with_what_to_do():
    problem = only("2+3 {#5}\nNow the next\none: 4+5 {#9}")
    assert problem.reason.endswith("separate questions by an empty line")


def test_pairs_have_all_answers_as_their_solution():
    content = content_of("Pairs {=1+1 -> 2 =2+2 -> 4 = -> 5}")
    assert content.solution == "a) \\(\\text{A}\\)\n\nb) \\(\\boxed{\\text{B}}\\)"


def test_a_table_with_braces_is_no_gift():
    assert content_of('title,statement,answer\nA set,Which?,"{1, 2}"').key.kind == "set"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("::A::Only text\n\n2 {#5}", "answers in braces { } are missing"),
        ("2+2 {~3 ~4}", "no answer counts in full"),
        ("2+2 {#some apples}", "right answer: "),
        ("2+2 {#5:wide}", "tolerance “wide” is not a number"),
    ],
)
def test_what_is_no_question_says_why(text, reason):
    assert reason in read_file(text.encode(), "en")[0].reason


def test_choices_are_in_one_order_that_is_not_the_files():
    questions = "\n\n".join(f"::{n}::{n}? {{=right{n} ~a{n} ~b{n} ~c{n}}}" for n in range(20))
    problems = read_file(questions.encode(), "en")
    assert problems == read_file(questions.encode(), "en")
    keys = [problem.record.content.key.value for problem in problems]
    assert set(keys) == set("ABCD")
    for number, problem in enumerate(problems):
        content = problem.record.content
        assert content.choices["ABCD".index(content.key.value)] == f"right{number}"


def test_choices_that_speak_of_others_keep_their_order():
    problem = only("Prime? {=2 ~4 ~6 ~None of the above}")
    assert problem.record.content.choices == ("2", "4", "6", "None of the above")
    assert not problem.is_shuffled


@pytest.mark.parametrize(
    ("answers", "kind", "right"),
    [
        ("=7 =x\\=7", "number", "sqrt(49)"),
        ("=x\\=7 =7", "equation", "7"),
        ("=1/2 =half", "number", "0.5"),
        ("=Sunday =7", "text", "sunday"),
    ],
)
def test_the_kind_of_a_short_answer_fits_all_of_them(answers, kind, right):
    content = content_of(f"What? {{{answers}}}")
    assert content.key.kind == kind
    assert grade_response(right, content.key).verdict == "correct"
    if kind != "text":
        assert content.expected == ()
