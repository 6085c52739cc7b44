"""Moodle's questions with gaps, pairs and wildcards, those of STACK, and a realistic file."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.problems.interchange.test_moodle import answer, only, question, quiz
from tutor.problems.checks import run_tests
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file

FILES = Path(__file__).parents[4] / "shared" / "data" / "import"


def content_of(data):
    problem = only(data)
    assert problem.record, problem.reason
    return problem.record.content


def test_true_or_false():
    body = answer("false") + answer("true", 0, "Look again.")
    content = content_of(quiz(question("truefalse", body)))
    assert (content.key.value, content.choices) == ("B", ("True", "False"))
    assert content.expected == (Expected("A", "Look again."),)


def test_choices_that_count_in_part():
    in_order = "<shuffleanswers>false</shuffleanswers>"
    single = in_order + "<single>true</single>" + answer("2") + answer("two", 50) + answer("3", 0)
    assert content_of(quiz(question("multichoice", single))).expected == (Expected("B", "", 50),)
    several = (
        in_order + "<single>false</single>" + answer("2", 70) + answer("3", -10) + answer("4", 30)
    )
    key = content_of(quiz(question("multichoice", several))).key
    assert (key.value, key.shares) == ("A, C", "70 -10 30")


def test_words_with_shares():
    body = answer("Hypotenuse") + answer("die lange Seite") + answer("Hypothenuse", 80, "Spelling")
    content = content_of(quiz(question("shortanswer", body)))
    assert (content.key.kind, content.key.value) == ("text", "Hypotenuse")
    assert content.expected == (
        Expected("die lange Seite", "", 100),
        Expected("Hypothenuse", "Spelling", 80),
    )


def test_a_decimal_comma_and_a_power_of_ten():
    key = content_of(quiz(question("numerical", answer("1,5", tolerance="0,1")))).key
    assert (key.value, key.decimal_comma, key.tolerance) == ("1,5", True, "0.1")
    assert content_of(quiz(question("numerical", answer("1.5e3")))).key.value == "1500"


def test_gaps_become_parts():
    text = (
        r"<p>Slope of \(y=\frac{2}{1}x\): {2:NUMERICAL:=2:0.1~%50%-2:0#A \#sign}, it is "
        r"{1:MULTICHOICE_S:=rising~falling#No} and {:SHORTANSWER_C:=Line~*#Hm}. "
        r"{1:MR:=a~=b~%-50%c}</p>"
    )
    content = content_of(quiz(question("cloze", "", text=text)))
    assert content.statement == (
        r"Slope of \(y=\frac{2}{1}x\): **a)** …, it is **b)** … and **c)** …. **d)** …"
    )
    keys = [part.key for part in content.parts]
    assert [key.value for key in keys] == ["2", "A", "Line", "A, B"]
    assert (keys[0].tolerance, keys[2].ignore_case, keys[3].shares) == ("0.1", False, "50 50 -25")
    assert [part.share for part in content.parts] == [2, 1, 1, 1]
    assert content.expected == (
        Expected("a) -2", "A #sign", 50),
        Expected("b) B", "No"),
        Expected("c) *", "Hm"),
    )


def pair(left, right):
    return (
        f"<subquestion format='html'><text>{left}</text>"
        f"<answer><text>{right}</text></answer></subquestion>"
    )


def test_pairs_become_parts_whose_choices_do_not_tell():
    body = pair("y = 2x", "rising") + pair("y = -x", "falling") + pair("", "constant")
    content = content_of(quiz(question("matching", body)))
    assert [part.prompt for part in content.parts] == ["y = 2x", "y = -x"]
    assert content.parts[0].choices == ("constant", "falling", "rising")
    assert [part.key.value for part in content.parts] == ["C", "B"]


def wildcard(name, lowest="1", highest="9", decimals="0", kind="uniform"):
    return (
        f"<dataset_definition><name><text>{name}</text></name><distribution><text>{kind}</text>"
        f"</distribution><minimum><text>{lowest}</text></minimum><maximum><text>{highest}</text>"
        f"</maximum><decimals><text>{decimals}</text></decimals><dataset_items><dataset_item>"
        "<value>4</value></dataset_item></dataset_items></dataset_definition>"
    )


def calculated(formula, *wildcards, text="<p>{a}, {pi}: {={a}+1}</p>"):
    body = answer(formula, tolerance="0.01").replace(
        "</answer>", "<tolerancetype>1</tolerancetype></answer>"
    )
    definitions = f"<dataset_definitions>{''.join(wildcards)}</dataset_definitions>"
    return quiz(question("calculated", body, text=text, more=definitions))


def test_wildcards_become_parameters():
    source = calculated(
        "pow({a},2)*sin({pi})+sqrt({x 1})",
        wildcard("a", "-2", "2.5", "1"),
        wildcard("pi"),
        wildcard("x 1", kind="loguniform"),
    )
    content = content_of(source)
    assert content.parameters == "a = -2..2.5 step 1/10\npi1 = 1..9\nx1 = one of 4"
    assert content.statement == "[[a:decimal]], [[pi1:decimal]]: [[a+1]]"
    assert (content.key.tolerance, content.key.relative) == ("0.01", True)
    variant = content.variant(3)
    tests = (AnswerTest(variant.key.value, "correct"), AnswerTest("1000", "incorrect"))
    assert all(run.passed for run in run_tests(replace(variant, tests=tests)))


@pytest.mark.parametrize(
    ("formula", "reason"),
    [("{b}+1", "the wildcard {b} has no values"), ("round({a})", "calls round, which Lemma")],
)
def test_a_formula_that_is_not_ours_is_named(formula, reason):
    assert reason in only(calculated(formula, wildcard("a"), text="?")).reason


def stack(test, option="", variables="", tans="x^2", more=""):
    body = f"""<questionvariables><text>{variables}</text></questionvariables>
    <input><name>ans1</name></input>
    <prt><name>prt1</name><node><name>0</name><answertest>{test}</answertest><sans>ans1</sans>
    <tans>{tans}</tans><testoptions>{option}</testoptions><truescore>1</truescore>
    <truenextnode>-1</truenextnode><truefeedback><text></text></truefeedback>
    <falsenextnode>1</falsenextnode><falsefeedback><text></text></falsefeedback></node>{more}</prt>"""
    return quiz(question("stack", body, text=r"<p>\({@f@}\) [[input:ans1]] [[feedback:prt1]]</p>"))


@pytest.mark.parametrize(
    ("test", "option", "fields"),
    [
        ("AlgEquiv", "", {}),
        ("FacForm", "x", {"form": "factored"}),
        ("Int", "x", {"kind": "antiderivative", "value": "x^2+c"}),
        ("SubstEquiv", "", {"any_letters": True}),
    ],
)
def test_stack_where_the_test_is_one_of_ours(test, option, fields):
    tans = fields.get("value", "f")
    key = content_of(stack(test, option, "f:x^2;", tans)).key.to_dict()
    assert key == {"value": "x^2", "kind": "expression"} | fields


def test_random_numbers_of_stack_and_its_tree():
    wrong = """<node><name>1</name><answertest>AlgEquiv</answertest><sans>ans1</sans>
    <tans>n</tans><truescore>0.25</truescore><truenextnode>-1</truenextnode>
    <truefeedback><text>Too small.</text></truefeedback><falsenextnode>-1</falsenextnode>
    <falsefeedback><text>No.</text></falsefeedback></node>"""
    variables = "n:1+rand([2,3,4]);/* a power */ f:x^n*sin(x)$"
    content = content_of(stack("AlgEquiv", "", variables, tans="f+1", more=wrong))
    assert content.parameters == "r1 = one of 2,3,4\nr2 = 1+r1"
    assert content.statement == r"\(x^{[[r2]]} \sin(x)\)"
    assert content.key.value == "(x^[[r2]]*sin(x))+1"
    assert content.expected == (Expected("[[r2]]", "Too small.", 25), Expected("*", "No."))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (stack("CasEqual"), "tests answers by CasEqual, which Lemma has not"),
        (stack("AlgEquiv", tans="diff(x^3,x)"), "calls diff, which Lemma does not know"),
        (stack("AlgEquiv", variables="if a then b"), "which is no calculation"),
    ],
)
def test_stack_that_is_not_ours_is_named(source, reason):
    assert reason in only(source).reason


def test_tags_are_skills_and_so_is_a_category_that_is_called_as_one():
    category = (
        "<question type='category'><category><text>$course$/top/Größe/Slope"
        "</text></category></question>"
    )
    tags = "<tags><tag><text>Klasse 9</text></tag></tags>"
    problems = read_file(quiz(category, question("numerical", answer("2"), more=tags)), "en")
    assert problems[0].record.skills == ("functions.linear.slope", "klasse_9")


@pytest.mark.labelled
@pytest.mark.skipif(not FILES.exists(), reason="the realistic files are not here")
def test_a_realistic_file_is_taken_or_says_why():
    problems = read_file((FILES / "moodle_realistic.xml").read_bytes(), "en")
    reasons = {problem.title: problem.reason for problem in problems if problem.reason}
    assert len(problems) == 13
    assert set(reasons) == {"STACK Ableitung"}
    assert sum(len(problem.pictures) for problem in problems) == 2
    for name in ("qti12.xml", "qti21.xml", "canvas_qti.zip", "gift.txt"):
        for problem in read_file((FILES / name).read_bytes(), "en"):
            assert problem.record, problem.reason
