"""Moodle's XML: what is taken, what is said of the rest, and the way there and back."""

import re
import time
from dataclasses import replace

import pytest

from tests.factories import make_content
from tutor.grading import read_key
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file
from tutor.problems.interchange.html_markdown import to_html, to_markdown
from tutor.problems.interchange.imported import UnusableFile
from tutor.problems.interchange.jsonl import read_records
from tutor.problems.interchange.moodle.writer import why_not, write_moodle
from tutor.problems.parts import Part
from tutor.problems.records import ProblemRecord


def quiz(*questions):
    return f"<?xml version='1.0' encoding='UTF-8'?><quiz>{''.join(questions)}</quiz>".encode()


def question(kind, body, name="A question", text="<p>How many?</p>", more=""):
    return f"""
<question type="{kind}">
  <name><text>{name}</text></name>
  <questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>
  <generalfeedback format="html"><text></text></generalfeedback>
  {body}{more}
</question>"""


def answer(text, fraction=100, feedback="", tolerance=""):
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        f"<feedback format='html'><text><![CDATA[{feedback}]]></text></feedback>"
        f"<tolerance>{tolerance}</tolerance></answer>"
    )


def only(data, language="en"):
    [problem] = read_file(data, language)
    return problem


def key_of(problem):
    assert problem.record, problem.reason
    return problem.record.content.key.to_dict()


def test_a_numerical_question():
    body = answer("2.5", tolerance="0.05") + answer("25", 0, "<p>Mind the <b>point</b>.</p>")
    more = (
        "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit>"
        "<unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>"
        "<unitgradingtype>1</unitgradingtype><showunits>0</showunits>"
        "<hint format='html'><text>Measure.</text></hint>"
        "<tags><tag><text>Geometry.length</text></tag><tag><text>Klasse 7!</text></tag></tags>"
    )
    problem = only(quiz(question("numerical", body, more=more)), "zh-hans")
    assert key_of(problem) == {"kind": "quantity", "value": "2.5", "tolerance": "0.05", "unit": "m"}
    content = problem.record.content
    assert content.expected == (Expected("25", "Mind the **point**."),)
    assert (content.statement, content.hints, content.language) == (
        "How many?",
        ("Measure.",),
        "zh-hans",
    )
    assert problem.record.skills == ("geometry.length",)
    assert "Klasse 7!" in " ".join(problem.left_out)
    assert content.solution == r"\(\boxed{2.5\,\text{m}}\)"


def test_a_choice_with_several_right_ones():
    body = "<single>false</single><shuffleanswers>0</shuffleanswers>" + "".join(
        answer(text, fraction) for text, fraction in (("two", 50), ("four", "-100"), ("five", 50))
    )
    problem = only(quiz(question("multichoice", body)))
    assert key_of(problem) == {"kind": "choice", "value": "A, C"}
    assert problem.record.content.choices == ("two", "four", "five")


def test_one_choice_with_what_is_said_to_the_wrong_ones():
    body = "<single>true</single>" + answer(r"\(\frac12\)") + answer("2", 0, "Upside down.")
    content = only(quiz(question("multichoice", body))).record.content
    assert (content.key.value, content.choices) == ("A", (r"\(\frac12\)", "2"))
    assert content.expected == (Expected("B", "Upside down."),)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Tuesday", "text"), ("2x+1", "expression"), ("3/4", "number"), ("B", "text")],
)
def test_a_short_answer_is_what_its_text_is(text, kind):
    assert key_of(only(quiz(question("shortanswer", answer(text)))))["kind"] == kind


def test_the_same_answer_written_twice_is_one():
    body = answer("x+1") + answer("1+x")
    assert key_of(only(quiz(question("shortanswer", body))))["value"] == "x+1"


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        (
            "ordering",
            "",
            "entries that are matched or put in order (“ordering” in the file)",
        ),
        ("numerical", answer("2", 50), "no answer counts in full"),
        ("numerical", answer("some apples"), "right answer: "),
        ("numerical", answer("2", "NaN"), "fraction “NaN” is not a number"),
        ("numerical", answer("2", "1e999999999"), "is not a number"),
        ("numerical", answer("2", tolerance="a"), "tolerance “a” is not a number"),
        ("numerical", answer("*"), "every answer counts in full"),
        ("truefalse", answer("maybe"), "needs the answers “true” and “false”"),
        ("cloze", "", "nothing to answer"),
        ("matching", "", "nothing to answer"),
        ("stack", "", "nothing to answer"),
        ("shortanswer", answer("Tues*"), "an answer with * stands for many"),
        ("multichoice", answer("one"), "at least two choices"),
        ("multichoice", answer("a", 0) + answer("b", 0), "no answer counts in full"),
    ],
)
def test_what_cannot_be_taken_says_why_and_where(kind, body, reason):
    problem = only(quiz("\n", question(kind, body)))
    assert problem.record is None
    assert reason in problem.reason
    assert problem.location == "question 1, line 3"


def test_answers_that_count_in_part_and_all_others():
    body = answer("2", feedback="Well done") + answer("3", 50, tolerance="0.1")
    problem = only(quiz(question("numerical", body + answer("*", 0, "Count again"))))
    assert problem.record.content.expected == (
        Expected("2", "Well done", 100),
        Expected("3", "", 50, "0.1"),
        Expected("*", "Count again"),
    )


def test_what_is_left_out_is_listed():
    body = answer("2x", feedback="Well done") + answer("x*", 0, "Hm") + answer("none", 0, "No")
    text = '<p>See <video src="a.mp4"></video></p>'
    problem = only(quiz(question("shortanswer", body, text=text)))
    left_out = "; ".join(problem.left_out)
    for part in ("a.mp4", "“x*”, which stands for many", "“none”, which is not of the same kind"):
        assert part in left_out
    assert problem.record.content.statement == "See"


def test_prompts_that_never_end_are_read_at_once():
    began_at = time.thread_time()
    [problem] = read_file(quiz(question("cloze", "", text='<div class="part">' * 100_000)), "en")
    assert "at most 40,000 are read" in problem.reason
    assert time.thread_time() - began_at < 10


BOMB = '<!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/hostname">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB.encode(), "declares a document type"),
        (OUTSIDE.encode(), "declares a document type"),
        (OUTSIDE.encode("utf-16"), "declares a document type"),
        (b"<quiz><question>", "Line 1 is not XML"),
        (b"<quiz>\n&nbsp;</quiz>", "Line 2 is not XML"),
        (b"<quiz>\x00</quiz>", "Line 1 is not XML"),
        (b"<quiz>\xff\xff</quiz>", "Line 1 is not XML"),
        (b"<?xml version='1.0' encoding='klingon'?><quiz/>", "is not XML"),
        (b"<a>" * 5_000, "larger or deeper"),
        (b"<quiz>" + b"<a/>" * 200_000, "larger or deeper"),
        (b"<html><p>Hello</p></html>", "neither a Moodle question bank nor QTI"),
        (b"<quiz></quiz>", "no problem in this file"),
        (quiz("<question type='essay'/>" * 1_001), "more than 1,000 problems"),
        (b"PK\x03\x04" + b"\0" * 99, "archive is damaged"),
        (b"\x1f\x8b" + b"\0" * 99, "compressed file"),
        (b"<quiz>" + b" " * 9_000_000, "too large"),
    ],
)
def test_hostile_files_are_refused_at_once(data, reason):
    began_at = time.thread_time()
    with pytest.raises(UnusableFile, match=reason):
        read_file(data, "en")
    assert time.thread_time() - began_at < 5


def test_characters_that_turn_the_direction_of_a_text_are_left_out():
    body = answer("2")
    problem = only(quiz(question("numerical", body, name="\u202eevil")))
    assert problem.record.content.title == "evil"


def test_scripts_and_attributes_do_not_come_along():
    text = '<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x()">there</a></p>'
    assert to_markdown(text) == ("Hi there", [])


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>One<br>two</p><p>three</p>", "One\ntwo\n\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n1. b"),
        (r"<p>\(a_1 * b_2 * c\) &lt; 5</p>", r"\(a_1 * b_2 * c\) < 5"),
        ("<p>2*3*4 and a_b_c cost $5 or $6</p>", r"2\*3\*4 and a\_b\_c cost \$5 or \$6"),
        ("3x<sup>2</sup> and a<sub>10</sub>", r"3\(x^{2}\) and \(a_{10}\)"),
        ("10<sup>-3</sup> cm<sup>2</sup>", r"\(10^{-3}\) cm\({}^{\text{2}}\)"),
        ('<img alt="LaTeX: x^2" class="equation_image">', r"\(x^2\)"),
        ('<a href="https://example.org/x">here</a>', "[here](https://example.org/x)"),
    ],
)
def test_html_becomes_markdown(source, markdown):
    assert to_markdown(source)[0] == markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "One\ntwo\n\nthree",
        "- a\n- b",
        "**Bold** and *slanted*, \\(x * y * z\\) < 5 & more",
        "\\[\nx^2\n\\]\n\nThen \\(\\boxed{4}\\).",
        "Costs \\$5 or \\$6, 2\\*3\\*4",
        "中文：\\(x\\)，**粗**。",
    ],
)
def test_markdown_goes_to_moodle_and_comes_back(markdown):
    assert to_markdown(to_html(markdown)) == (markdown, [])


def test_dollars_become_what_moodle_typesets():
    assert to_html("$x < 1$ costs \\$5") == r"<p>\(x &lt; 1\) costs $5</p>"


def record(slug, **content):
    return ProblemRecord(slug, make_content(**content), skills=("algebra.sums",))


def test_what_goes_to_moodle_comes_back_the_same():
    def key(**fields):
        return read_key(fields)

    records = [
        record("a-sum", expected=(Expected("5", "One too *many*."),), level=2),
        record("a-length", key=key(kind="quantity", value="-2.5", unit="cm", tolerance="0.1")),
        record("a-mass", key=key(kind="quantity", value="2", unit="kg", unit_optional=True)),
        record("a-word", key=key(kind="text", value="pi", ignore_case=False), language="zh-hans"),
        record("a-star", key=key(kind="text", value="5*5")),
        record(
            "a-choice",
            key=key(kind="choice", value="B"),
            choices=("one", r"\(2\)"),
            expected=(Expected("A", "No."),),
        ),
        record(
            "a-choice-of-three",
            key=key(kind="choice", value="B"),
            choices=("one", "two", "three"),
            expected=(Expected("A", "No."), Expected("*", "Not that one.")),
        ),
        record("choices", key=key(kind="choice", value="A, C"), choices=("one", "two", "three")),
        record(
            "shares",
            key=key(kind="choice", value="A, C", shares="70 -10 30"),
            choices=("one", "two", "three"),
            expected=(Expected("B", "No."),),
        ),
        record("an-essay", key=key(kind="text", value="Because.", form="free_text")),
        record("a-comma", key=key(kind="number", value="1,5", decimal_comma=True)),
        record(
            "answers",
            expected=(
                Expected("4", "Yes!", 100),
                Expected("5", "", 50, "0.5"),
                Expected("6", "", 100),
                Expected("*", "No."),
            ),
            tests=(AnswerTest("8/2", "correct"),),
        ),
    ]
    moodle = write_moodle(records)
    assert not moodle.left_out
    assert [problem.record for problem in read_file(moodle.xml.encode(), "en")] == records


def test_a_problem_with_parameters_goes_to_moodle_as_several_variants():
    fields = {
        "parameters": "a = 2..90",
        "statement": "What is 1 - [[a]] + [[-a]]?",  # in Moodle, 1 - 5 + -5
        "solution": r"\(\boxed{[[1 - 2a]]}\)",
    }
    with_numbers = record("next", key=number_key("[[1 - 2a]]"), **fields)
    metres = replace(read_key({"kind": "quantity", "value": "1", "unit": "m"}), value="[[a/91]]")
    in_halves = record("half", key=metres, **fields)
    moodle = write_moodle([with_numbers, in_halves])
    assert moodle.left_out == [(in_halves.content.title, "the answer is not a decimal")]
    problems = [problem.record for problem in read_file(moodle.xml.encode(), "en")]
    assert [problem.slug for problem in problems] == [f"next-{n}" for n in (1, 2, 3, 4)]
    assert len({problem.content.statement for problem in problems}) == 4  # one was drawn twice
    assert problems[1].content.title == f"{with_numbers.content.title} (2)"
    for problem in problems:
        (number,) = re.findall(r"1 - (\d+) - \1", problem.content.statement)
        assert problem.content.key.value == str(1 - 2 * int(number))


def number_key(value):
    return replace(read_key({"kind": "number", "value": "1"}), value=value)


def test_parts_go_to_moodle_as_gaps_and_as_pairs():
    number = read_key({"kind": "number", "value": "4", "tolerance": "0.5"})
    word = read_key({"kind": "text", "value": "a}#b~c", "ignore_case": False})
    single, several = (read_key({"kind": "choice", "value": value}) for value in ("B", "A, C"))
    choices = (r"\(\frac{1}{2}\)", "two < three", "*four*")
    gaps = (
        Part("What belongs at a)?", number, share=2),
        Part("What belongs at b)?", word),
        Part("What belongs at c)?", single, choices=choices),
        Part("What belongs at d)?", several, choices=choices),
    )
    statement = "It is **a)** … and **b)** ….\n\nOr **c)** …, and **d)** … {here}."
    rows = (
        Expected("a) 5", "Nearly: 50~60 #", 50),
        Expected("a) *", "No."),
        Expected("c) A", "A?"),
    )
    pairs = tuple(
        Part(prompt, read_key({"kind": "choice", "value": letter}), choices=("cube", "square", "x"))
        for prompt, letter in (("flat", "B"), ("solid", "A"))
    )
    records = [
        record(
            "gaps", statement=statement, parts=gaps, key=several, expected=rows, hints=("Look.",)
        ),
        record("pairs", statement="What is it?", parts=pairs, key=pairs[-1].key),
    ]
    moodle = write_moodle(records)
    assert not moodle.left_out
    assert [problem.record for problem in read_file(moodle.xml.encode(), "en")] == records


def test_moodle_has_no_choices_that_count_only_together():
    key = read_key({"kind": "choice", "value": "A, C", "shares": "0 0 0"})
    together = record("together", key=key, choices=("1", "2", "3"))
    assert why_not(together) == "the shares of its right choices are not 100 percent together"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (Part("Why?", read_key({"kind": "text", "value": "x", "form": "free_text"})), "free text"),
        (Part("How?", read_key({"kind": "quantity", "value": "2", "unit": "m"})), "units"),
        (Part("How?", read_key({"kind": "number", "value": "2"}), carried="a"), "earlier ones"),
    ],
)
def test_what_no_gap_can_hold_is_said(part, reason):
    first = Part("First?", read_key({"kind": "number", "value": "1"}))
    assert reason in why_not(record("parts", parts=(first, part), key=part.key))


def test_all_of_the_starter_bank_that_moodle_can_hold_comes_back_the_same(settings):
    folder = settings.BASE_DIR / "tutor" / "problems" / "starter"
    lines = [line for file in folder.glob("*.jsonl") for line in file.read_bytes().splitlines()]
    records, _ = read_records(lines)
    records = [record for record in records if not record.content.parameters]
    expected = [record for record in records if not why_not(record)]
    moodle = write_moodle(records)
    assert len(expected) > 100
    assert len(expected) + len(moodle.left_out) == len(records)
    for before, problem in zip(expected, read_file(moodle.xml.encode(), "en"), strict=True):
        assert problem.record, (problem.title, problem.reason)
        solution = with_space(problem.record.content.solution)
        content = replace(before.content, solution=with_space(before.content.solution))
        assert replace(problem.record.content, solution=solution) == content
        assert (problem.record.slug, problem.record.skills) == (before.slug, before.skills)


def with_space(text):
    """With an empty line before each figure, which means the same as none."""
    return re.sub(r"\n+```figure", "\n\n```figure", text)
