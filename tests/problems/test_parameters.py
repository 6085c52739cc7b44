import time
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_content, make_problem
from tutor.grading import AnswerKey, Kind, Verdict, grade_response
from tutor.problems.checks import sample_variants
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected, foreseen
from tutor.problems.models import ProblemVersion
from tutor.problems.parameters import InvalidParameters, Parameters
from tutor.problems.parts import Part
from tutor.problems.placeholders import fill
from tutor.problems.records import ProblemRecord


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("a = 5..5", {"a": 5}),
        ("a = -1/2..-1/2", {"a": Fraction(-1, 2)}),
        ("a = 3..3\nb = a^2 - 4*(-2)", {"a": 3, "b": 17}),
        ("a=2..2\nbc = a/3\nd_1 = floor(bc)", {"a": 2, "bc": Fraction(2, 3), "d_1": 0}),
        ("a = 0..6 step 4\nrequire a > 3", {"a": 4}),
        ("a = one of 4, 9, 12\nrequire gcd(a, 6) = 6 and a != 0", {"a": 12}),
        ("a = 1..9\nrequire sqrt(a) = 3 or a = 10", {"a": 9}),
        ("a = 1..9\nrequire 2a = 8", {"a": 4}),
        ("a = 1..9\nrequire 3 < a < 5", {"a": 4}),
        ('who = one of "Anna"\n\nn = 7..7', {"who": "Anna", "n": 7}),
        ("speed = 3..3\ntime = 4..4\nway = speed*time", {"speed": 3, "time": 4, "way": 12}),
        ("x1 = 2..2\na = \\frac{x1}{4}", {"x1": 2, "a": Fraction(1, 2)}),
        ("", {}),
    ],
)
def test_values_are_worked_out_exactly(source, values):
    assert Parameters.read(source).values_of(1) == values


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a", "line 1: need a line such as"),
        ("a = 2..9\na = 3", "line 2: a is already declared"),
        ("gcd = 2..3", "line 1: gcd has a fixed meaning, so it cannot be a parameter"),
        ("a = b + 1", "line 1: b is not declared above as a parameter"),
        ("a = 3 to 8", "line 1: a range is written with two points, as in 3..8"),
        ("a = 3 bis 8", "line 1: a range is written with two points"),
        ("a = 2..9\nb = 2..9\nc = ab", "line 3: ab is not declared above"),
        ("a = 9..2", "line 1: need a range from small to large"),
        ("a = 1..2 step 0", "line 1: need a range"),
        ("a = 1..2 step -1", "line 1: need a range"),
        ("a = 1..sqrt(2)", "line 1: need a number such as"),
        ("a = 1, 2", "line 1: 1, 2 is not one number"),
        ("a = 2..9\nrequire a", "line 2: need a comparison"),
        ("a = 2..9\nrequire a in {1}", "line 2: in is not declared above"),
        ("a = __import__('os')", "line 1: "),
        ("a = (" * 300, "line 1: "),
        ("a = 1..2\n" * 41, "need at most 40 lines"),
        ("x" * 4_001, "need at most 40 lines and 4000 characters"),
        ("a = one of " + "1" * 5_000, "need at most"),
    ],
)
def test_what_cannot_be_read_names_its_line(source, reason):
    with pytest.raises(InvalidParameters) as caught:
        Parameters.read(source)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a = 1..9\nrequire a > 9", "line 2 (a > 9) does not hold"),
        ("a = 0..0\nb = 1/a", "b has no exact value, such as for a = 0"),
        ("a = 2..2\nb = sqrt(a)", "b has no exact value"),
        ("a = 9..9\nb = 9^9^9^a", "b has no exact value"),
        ("a = 3000..3000\nb = a!", "b has no exact value"),
        ('w = one of "x"\nb = w + 1', "b has no exact value"),
        ("a = 1..2\nrequire sum > 1", "sum is not declared above"),
    ],
)
def test_parameters_without_values_say_why(source, reason):
    started = time.thread_time()
    with pytest.raises(InvalidParameters) as caught:
        Parameters.read(source).values_of(1)
    assert reason in str(caught.value)
    assert time.thread_time() - started < 10


def test_a_seed_always_gives_the_same_values():
    source = "a = 2..99\nb = -9..9\nc = a*b\nrequire b != 0"
    drawn = [Parameters.read(source).values_of(seed) for seed in range(50)]
    assert drawn == [Parameters.read(source).values_of(seed) for seed in range(50)]
    assert len({values["a"] for values in drawn}) > 20
    assert all(values["c"] == values["a"] * values["b"] != 0 for values in drawn)


@given(st.text(alphabet="ab=.2,;()[]{}^*/+-!\\\"' \nrequire step one of\x00", max_size=80))
def test_no_text_does_more_than_be_refused(source):
    try:
        parameters = Parameters.read(source)
        values = parameters.values_of(1)
        fill(source, parameters, values)
    except InvalidParameters:
        pass


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("x + [[b]]", "x - 3"),
        ("x - [[b]]", r"x - \left(-3\right)"),
        ("x+[[a]]", "x+2"),
        ("[[b]]^2", r"\left(-3\right)^2"),
        ("[[a]]^2", "2^2"),
        ("[[h]]^2", r"\left(\frac{1}{2}\right)^2"),
        (r"3 \cdot [[b]]", r"3 \cdot \left(-3\right)"),
        ("[[a + b]]", "-1"),
        ("[[1:factor]]x + [[b+2:factor]]y", "x - y"),
        ("[[h]], [[h:plain]], [[h:decimal]], [[-h/4:decimal]]", r"\frac{1}{2}, 1/2, 0.5, -0.125"),
        ("y - [[b+2:factor]]x", r"y - \left(-1\right)x"),
        ("[[a*100:decimal]]", "200"),
        ("[[who]] has [[a]]", "Anna has 2"),
        ("[[1,2],[3,4]]", "[[1,2],[3,4]]"),
        ("[ [[a]], [[b]] ]", "[ 2, -3 ]"),
    ],
)
def test_placeholders_are_written_as_one_writes_them(text, filled):
    parameters = Parameters.read('a = 2..2\nb = -3..-3\nh = 1/2\nwho = one of "Anna"')
    assert fill(text, parameters, parameters.values_of(1)) == filled


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"\([[m]]x + [[n]]y = [[m]]\)", r"\(x - y = 1\)"),
        (r"\[y=[[n]]x^2 - [[m]] x\]", r"\[y=-x^2 - 1 x\]"),
        (r"$f(x) = \sin [[m]]x$", r"$f(x) = \sin x$"),
        (r"\(2^{[[n]]x} - [[n]]x\)", r"\(2^{-x} - \left(-1\right)x\)"),
        (r"\([[m:plain]]x, [[m]]\)", r"\(1x, 1\)"),
        ("[[m]]x and 1x", "1x and 1x"),  # no formula
        (r"\([[m]]m + [[m]]cm\)", r"\(1m + 1cm\)"),  # units
        (r"\(3[[m]]x, x^[[m]]y, 1/[[m]]x\)", r"\(31x, x^1y, 1/1x\)"),
        (r"\(0,[[m]]x, \frac[[m]]x\)", r"\(0,1x, \frac1x\)"),
        ("```figure\nplot\ny = [[m]]x\n```", "```figure\nplot\ny = 1x\n```"),
    ],
)
def test_a_coefficient_of_one_is_not_written_before_a_letter(text, read):
    content = make_content(statement=text, solution=text, parameters="m = 1..1\nn = -1..-1")
    variant = content.variant(1)
    assert (variant.statement, variant.solution) == (read, read)


def test_parts_have_no_coefficient_of_one_either_and_the_key_is_as_written():
    part = Part(r"\([[m]]x\)?", AnswerKey("[[m]]x", Kind.EXPRESSION), hints=(r"\([[m]]x\)",))
    content = make_content(parts=(part,), key=part.key, parameters="m = 1..1")
    [filled] = content.variant(1).parts
    assert (filled.prompt, filled.hints, filled.key.value) == (r"\(x\)?", (r"\(x\)",), "1x")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[c]]", "c is not declared above"),
        ("[[sqrt(a)]]", "sqrt(a) has no exact value"),
        ("[[a/3:decimal]]", "2/3 is not a terminating decimal"),
        ("[[a:roman]]", "unknown format roman"),
    ],
)
def test_a_placeholder_without_a_value_is_named(text, reason):
    parameters = Parameters.read("a = 2..2")
    with pytest.raises(InvalidParameters) as caught:
        fill(text, parameters, parameters.values_of(1))
    assert reason in str(caught.value)


SUM = {
    "parameters": "a = 2..30\nb = 2..30\nrequire a != b",
    "statement": r"What is \([[a]] + [[b]]\)?",
    "solution": r"\([[a]] + [[b]] = \boxed{[[a+b]]}\)",
    "hints": ("Count on from [[a]].",),
}


def template(value="[[a+b]]", **fields):
    return make_content(key=AnswerKey(value, Kind.NUMBER), **(SUM | fields))


def test_a_variant_is_a_version_with_its_own_key(problem):
    problem.revise(template())
    problem.refresh_from_db()
    version = problem.current
    assert version.is_template
    first, second = version.variant(1), version.variant(2)
    assert first == version.variant(1)
    assert first.statement != second.statement
    values = template().values_of(1)
    assert first.statement == rf"What is \({values['a']} + {values['b']}\)?"
    key = first.checked_key.whole
    assert grade_response(str(values["a"] + values["b"]), key).verdict == Verdict.CORRECT
    assert first.reference_solution.text.endswith(rf"\boxed{{{values['a'] + values['b']}}}\)")
    assert not first.is_template
    assert first.variant(7) == first
    assert list(problem.versions.as_written()) == [version]


def test_what_a_student_saw_outlives_an_edit(problem):
    problem.revise(template())
    problem.refresh_from_db()
    variant = problem.current.variant(1)
    seen = variant.statement
    problem.revise(template(statement="Work out [[a]] + [[b]]."))
    problem.refresh_from_db()
    assert problem.current.number == 2
    assert ProblemVersion.objects.get(pk=variant.pk).statement == seen


def test_a_problem_without_parameters_is_its_own_only_variant():
    content = make_content()
    assert content.variant(5) == content


def test_without_parameters_brackets_are_just_brackets(db):
    problem = make_problem(kind="matrix", final_answer="[[1,2],[3,4]]", statement="[[a]]")
    assert problem.current.variant(3).statement == "[[a]]"


def test_a_record_with_parameters_survives_a_round_trip():
    record = {
        "slug": "a-sum",
        "title": "A sum",
        "statement": "[[a]] + 1",
        "key": {"value": "[[a+1]]", "kind": "number"},
        "solution": r"\boxed{[[a+1]]}",
        "parameters": "a = 2..9",
        "expected": [{"answer": "[[a]]", "feedback": "Add 1."}],
        "tests": [{"answer": "[[a]] + 1", "verdict": "correct"}],
        "language": "en",
        "level": 3,
    }
    assert ProblemRecord.from_dict(record).to_dict() == record


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": {"kind": "number", "value": "[[a"}}, "key"),
        ({"key": {"kind": "number", "value": 5}}, "key"),
        ({"key": {"kind": "number"}}, "key"),
        ({"expected": [{"answer": "1"}]}, "expected"),
        ({"expected": ["1"]}, "expected"),
        ({"expected": [{"answer": "1", "feedback": "x", "more": "y"}]}, "expected"),
        ({"tests": [{"answer": "1", "verdict": "fine"}]}, "tests"),
        ({"tests": {}}, "tests"),
        ({"tests": [{"answer": "1", "verdict": "correct"}] * 31}, "tests"),
        ({"parameters": "a = b"}, "parameters"),
        ({"parameters": 5}, "parameters"),
        ({"title": "Add [[a]]"}, "title"),
    ],
)
def test_a_bad_record_names_its_field(changes, field):
    record = {
        "slug": "a-sum",
        "title": "A sum",
        "statement": "[[a]]",
        "key": {"kind": "number", "value": "[[a]]"},
        "solution": "x",
        "parameters": "a = 2..9",
    }
    with pytest.raises(InvalidRecord) as caught:
        ProblemRecord.from_dict(record | changes)
    assert caught.value.name == field


def test_a_sample_finds_nothing_where_all_is_well():
    sample = sample_variants(template())
    assert (sample.size, sample.bad) == (100, [])
    assert sample.distinct > 80


def test_a_sample_shows_the_variants_in_which_the_key_fails():
    # 1/(a-5) is nothing for a = 5, and the solution is right for a = 2 alone.
    sample = sample_variants(
        template(
            "[[1/(a-5)]]",
            parameters="a = 2..6",
            statement="Divide 1 by [[a]] minus 5",
            hints=(),
            solution=r"\boxed{-1/3}",
        )
    )
    seeds = {bad.seed: bad.defects for bad in sample.bad}
    for seed in range(1, 101):
        value = Parameters.read("a = 2..6").values_of(seed)["a"]
        fields = [finding.field for finding in seeds.get(seed, [])]
        assert fields == {2: [], 5: ["key"]}.get(int(value), ["solution"])


def test_the_sample_page_shows_what_fails(client, admin, problem):
    problem.revise(template("[[a*b]]"))
    client.force_login(admin)
    url = problem.get_absolute_url() + "variants/"
    page = client.get(url).content.decode()
    assert "100 variants tried" in page
    assert "its final answer" in page
    page = client.get(url + "?seed=3").content.decode()
    problem.refresh_from_db()
    assert problem.current.variants.count() == 0  # looking draws none for students
    values = template().values_of(3)
    assert rf"What is \({values['a']} + {values['b']}\)?" in page
    for seed in ("0", "x", "9999999999", "-1", "²"):
        assert client.get(url + f"?seed={seed}").status_code == 200


def test_feedback_goes_to_who_gives_the_expected_wrong_answer_in_any_form():
    key = AnswerKey("x^2-1", Kind.EXPRESSION)
    rows = (Expected("x^2+1", "A sign."), Expected("not a formula (", "Never."))
    assert foreseen("1+x*x", key, rows) == rows[0]
    assert foreseen("x^2-1", key, rows) is None
    assert foreseen("))", key, rows) is None


def test_numbers_have_the_decimal_comma_of_the_problem():
    texts = {
        "statement": "[[b:decimal]] m\n\n\\(2x = [[b:decimal]]\\)\n\n"
        "```figure\nnumber line\npoint [[b:decimal]]\n```\n",
        "hints": ("Halve [[b:decimal]].",),
        "solution": "$x = \\boxed{[[b/2:decimal]]}$",
        "parameters": "b = 5/2..5/2",
    }
    key = AnswerKey("[[b/2:decimal]]", Kind.NUMBER, decimal_comma=True)
    variant = make_content(**texts, key=key).variant(1)
    assert variant.statement.startswith("2,5 m\n\n\\(2x = 2{,}5\\)")
    assert "point 2.5" in variant.statement  # a line of a figure is not read
    assert variant.hints == ("Halve 2,5.",)
    assert variant.solution == r"$x = \boxed{1{,}25}$"
    assert grade_response("1,25", variant.key).verdict == Verdict.CORRECT
    assert (
        "2.5 m" in make_content(**texts, key=replace(key, decimal_comma=False)).variant(1).statement
    )


def test_parts_have_their_decimal_commas():
    key = AnswerKey("[[b:decimal]]", Kind.NUMBER, decimal_comma=True)
    part = Part("Write [[b:decimal]] again.", key)
    content = make_content(key=key, parts=(part, part), parameters="b = 5/2..5/2")
    assert content.variant(1).parts[0].prompt == "Write 2,5 again."
