"""QTI files written from the standard: every item comes in, or is listed with its reason."""

import io
import zipfile
from fractions import Fraction

import pytest
from django.conf import settings

from tutor.grading import Verdict, grade_response
from tutor.problems.expected import Expected
from tutor.problems.interchange.file_reader import read_file

FILES = settings.BASE_DIR / "tests" / "data" / "qti"
CANVAS = {
    "Intersection with the axis": ["B"],
    "Primes": ["A, C, E"],
    "Even squares": ["A"],
    "A number in Roman numerals": ["XIV"],
    "The area of a circle": ["78.5"],
    "A range without a middle": ["3.24"],
    "How many corners": ["A", "B", "C"],
    "Why the sum is even": ["A teacher reads the answers."],
    "A factored square": ["5", "-5"],
    "Rising and falling": ["B", "B"],
    "The area of a rectangle": ["([[a]]) * ([[b]])"],
    "The diagonal of a rectangle": ["sqrt(([[a]])^2 + ([[b]])^2)"],
    "Before you begin": "nothing to answer",
    "Your drawing": "an uploaded file (“file_upload_question” in the file)",
}
BLACKBOARD = {
    "Slope": ["B"],
    "Zero": ["A"],
    "Multiples of 6": ["A, C"],
    "From small to large": ["B", "C", "A"],
    "Powers": ["B", "C", "A"],
    "Half of a half": ["quarter"],
    "A root in decimals": ["1.414"],
    "A proof": ["A teacher reads the answers."],
    "Kinds of triangles": ["A teacher reads the answers."],
    "Your opinion": "no answer counts in full",
    "A jumbled sentence": ["A", "B"],
    "A point on a picture": "places in a picture (“response_xy” in the file)",
}
D2L = {
    "Even or odd": ["A"],
    "Even numbers": ["A, C"],
    "A polygon": ["pentagon"],
    "Divisors of 6": ["3", "4"],
    "A sum of two numbers": "does not know this kind of question (“Arithmetic” in the file)",
    "In your own words": ["A teacher reads the answers."],
    "From small to large": "entries that are matched or put in order (“response_grp” in the file)",
}
STANDARD = {
    "A multiple of both": ["B"],
    "Axes of symmetry": ["B, C"],
    "Decimals in order": ["C", "A", "B"],
    "A sum of decimals": ["3.75"],
    "A remainder": ["2"],
    "An equilateral triangle": ["equilateral", "60"],
    "On a scale": ["20"],
    "A word or its plural": ["hypotenuse"],
    "Which is not": ["C"],
    "Shapes and sides": "entries that are matched or put in order (“response_grp” in the file)",
}
VERSION_2 = {
    "A root": ["B"],
    "Divisors": ["A, C"],
    "A rectangle in two questions": ["24", "20"],
    "A rule in your own words": ["A common denominator is named."],
    "A hint afterwards": ["A"],
    "A sentence with gaps": ["B", "A"],
    "A slip in a calculation": ["C"],
    "Kinds of triangles": ["C"],
    "Names of results": ["C", "A", "B"],
    "Steps of an equation": ["C", "A", "B"],
    "A share of the line": ["35"],
    "A product of powers": ["x^7"],
    "A volume within two decimals": ["33.51"],
    "Minutes of an hour": ["45"],
    "The longest side": ["B"],
    "A mean": ["2.5"],
    "A sum with its own numbers": "drawn by a template of QTI",
    "Pairs that make 100": "pairs of entries from one list (“associateInteraction” in the file)",
    "The obtuse angle": "places in a picture (“hotspotInteraction” in the file)",
    "The vertex in a picture": "places in a picture (“selectPointInteraction” in the file)",
    "A construction": "an uploaded file (“uploadInteraction” in the file)",
}


def package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in sorted((FILES / "version_2_1").iterdir()):
            archive.write(path, path.name)
    return data.getvalue()


@pytest.fixture(scope="module")
def imported():
    """The problems of all files, by the name of the file and their title."""
    sources = {path.stem: path.read_bytes() for path in FILES.glob("*.xml")}
    return {
        name: {problem.title: problem for problem in read_file(data, "en")}
        for name, data in (*sources.items(), ("version_2_1", package()))
    }


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("canvas_quiz", CANVAS),
        ("blackboard_pool", BLACKBOARD),
        ("d2l_library", D2L),
        ("standard_1_2", STANDARD),
        ("version_2_1", VERSION_2),
    ],
)
def test_every_item_comes_in_or_is_listed_with_its_reason(imported, name, items):
    assert set(imported[name]) == set(items)
    for title, expected in items.items():
        problem = imported[name][title]
        if isinstance(expected, str):
            assert problem.record is None
            assert expected in problem.reason
        else:
            assert (problem.reason, problem.answers) == ("", expected), title
            assert not any(mark in problem.record.content.statement for mark in "\ue012\ue013")


@pytest.fixture
def content(imported):
    return lambda name, title: imported[name][title].record.content


def test_formulas_of_canvas_are_typeset_and_drawn_numbers_are_parameters(content):
    axis = content("canvas_quiz", "Intersection with the axis")
    assert axis.statement.startswith(r"Where does the graph of \(f(x)=3x-12\) meet")
    assert axis.expected == (Expected("A", "Look at the sign of 12 once more."),)
    rectangle = content("canvas_quiz", "The area of a rectangle")
    assert rectangle.parameters == "a = 2..9\nb = 1.5..6 step 1/10"
    variant = rectangle.variant(3)
    length, width = (Fraction(word) for word in variant.statement.split() if word[0].isdigit())
    off_by = {0: "correct", Fraction(1, 10): "correct", Fraction(1, 5): "incorrect"}
    for error, verdict in off_by.items():
        answer = f"{float(length * width + error):.4f}"
        assert grade_response(answer, variant.key).verdict == Verdict(verdict)
    diagonal = content("canvas_quiz", "The diagonal of a rectangle").variant(1)
    assert (diagonal.key.tolerance, diagonal.key.relative) == ("0.01", True)


def test_texts_of_blackboard_are_read_from_its_own_elements(content):
    slope = content("blackboard_pool", "Slope")
    assert slope.statement == "What is the slope of the line through (1, 2) and (3, 8)?"
    assert slope.choices == ("2", "3", "6")
    powers = content("blackboard_pool", "Powers")
    assert [part.prompt for part in powers.parts] == ["2³", "3²", "5⁰"]
    assert powers.parts[0].choices == ("1", "8", "9")
    root = content("blackboard_pool", "A root in decimals").key
    assert (root.value, root.tolerance) == ("1.414", "0.001")
    sentence = content("blackboard_pool", "A jumbled sentence")
    assert sentence.statement.endswith("is **a)** …, and that of a square is **b)** ….")


def test_things_in_an_order_become_a_part_for_each_place(imported):
    problem = imported["version_2_1"]["Steps of an equation"]
    parts = problem.record.content.parts
    assert [part.prompt for part in parts] == [f"What comes at place {n}?" for n in (1, 2, 3)]
    assert "that the points are for all parts together" in problem.left_out


def test_gaps_stand_in_the_text_of_either_version(content):
    triangle = content("standard_1_2", "An equilateral triangle")
    assert triangle.statement == (
        "A triangle with three equal sides is called **a)** …, and each of its angles has"
        " **b)** … degrees."
    )
    gaps = content("version_2_1", "A sentence with gaps")
    assert gaps.statement.endswith("Three squared is **a)** …, and the fifth prime is **b)** ….")
    assert gaps.parts[0].choices == ("eleven", "nine", "seven")


def test_hints_solutions_and_feedback_are_kept(content):
    multiple = content("standard_1_2", "A multiple of both")
    assert multiple.hints[0] == "Write down the multiples of 8."
    assert multiple.solution.startswith("The multiples of 8 are 8, 16, 24.")
    root = content("version_2_1", "A root")
    assert root.choices == ("11", "12", "72")
    assert root.expected == (Expected("B", "Right.", 100), Expected("C", "That is a half of it."))
    assert content("version_2_1", "A share of the line").statement.startswith("Set the slider to 7")
    assert r"\(x^{3}\) · \(x^{4}\)" in content("version_2_1", "A product of powers").statement


def test_points_and_feedback_of_d2l_and_inspera_are_those_of_their_scoring(content):
    evens, proof = content("d2l_library", "Even numbers"), content("d2l_library", "Even or odd")
    assert evens.key.shares == "50 -50 50"
    assert proof.solution == r"\((2n+1)^2 = 4(n^2+n)+1\)"
    assert proof.expected == (Expected("B", "Try 3."),)
    polygon = content("d2l_library", "A polygon")
    assert polygon.expected == (Expected("5-gon", percent=50),)
    blanks = content("d2l_library", "Divisors of 6")
    assert blanks.statement == "6 = 2 · **a)** … and 12 = 3 · **b)** …"
    side = content("version_2_1", "The longest side")
    assert side.statement == "Which side of a right triangle is the longest?"
    assert content("version_2_1", "A mean").key.tolerance == "0.05"
