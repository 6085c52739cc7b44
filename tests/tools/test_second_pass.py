"""What is kept of a solution whose step is refuted, and what Lemma writes in its place."""

import pytest

from tutor.engine.completion import Prompt
from tutor.grading.check_process.client import warm_up
from tutor.tools.second_pass import Correction, correct, prompt_after, read_correction

STATEMENT = "A box holds 17 bags of 24 apples. How many are there after 8 were eaten?"


@pytest.fixture(scope="module", autouse=True)
def _checkers():
    warm_up()


@pytest.mark.parametrize(
    ("text", "begun", "value"),
    [
        (  # within a formula, to the end of its line
            "We multiply.\n\n\\(17 \\times 24 = 398\\)\n\nThen \\(398 - 8 = 390\\).",
            "We multiply.\n\n\\(17 \\times 24 = 408\\)\n\n",
            "408",
        ),
        (  # in a chain, whose other links rested on it
            "1. \\(f(2)=3\\times4-2=14-2=12\\)\n\nAnswer: \\(\\boxed{12}\\)",
            "1. \\(f(2)=3\\times4-2=10\\)\n\n",
            "10",
        ),
        ("It is $$\\frac{1}{2}+\\frac{1}{3}=\\frac{2}{5}.$$", None, "\\frac{5}{6}"),
        ("\\[ 0.5 + 0.25 = 0.9 \\]", "\\[ 0.5 + 0.25 = 0.75\\]", "0.75"),
        ("So 60 + 3 = 90 meters.\n\nDone.", "So 60 + 3 = 63 meters.\n\n", "63"),
        ("It costs 3 * 4 = $14, so pay.", "It costs 3 * 4 = $12,", "12"),
        ("2 * 1.2 = 3 bolts.", "2 * 1.2 = 2.4 bolts.", "2.4"),
        ("We pay 3 * 68 + 2 * 80 = 28 + 140 = 168.", "We pay 3 * 68 + 2 * 80 = 364.", "364"),
        (  # an equation that has another solution than the one it came from
            "1. \\(4x+6x=50\\)\n\n2. \\(10x=60\\)\n\n3. \\(x=6\\)",
            "1. \\(4x+6x=50\\)\n\n2. \\(10x=50\\)\n\n",
            "50",
        ),
    ],
)
def test_the_right_value_takes_the_place_of_the_wrong_one(text, begun, value):
    result = correct("", text)
    assert result is not None
    beginning, correction = result
    if begun is not None:
        assert beginning == begun
    assert correction.value == value
    assert beginning[correction.start :].startswith(value)
    assert text == beginning[: correction.start] + correction.taken_back
    assert correct("", beginning) is None, "what is kept is refuted no more"


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        # The letters leave the right side open.
        ("1. \\(2x+4=10\\)\n\n2. \\(2x=x+14\\)", "1. \\(2x+4=10\\)\n\n"),
        # The value stands there already.
        ("\\(\\frac{21}{16}=\\frac{7}{4}\\)", ""),
        # It has no end that could be written.
        ("First.\n\n\\(\\sqrt{2}+1 = 3\\)", "First.\n\n"),
    ],
)
def test_where_no_value_can_stand_the_step_is_taken_back(text, begun):
    result = correct("", text)
    assert result is not None
    beginning, correction = result
    assert (beginning, correction.value, correction.start) == (begun, "", len(begun))
    assert correction.taken_back == text[len(begun) :]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just words.",
        "\\(17 \\times 24 = 408\\)",
        "\\(x = 5\\)",
    ],
)
def test_what_is_not_refuted_stays(text):
    assert correct(STATEMENT, text) is None


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("What is 3 + 4 modulo 5?", "It is $3 + 4 = 2$."),
        ("What is 3 + 4 mod 5?", "It is $3 + 4 = 2$."),
        ("Compute 101 + 11 in binary.", "We carry: 101 + 11 = 1000."),
        ("Add 7 and 5 in base 8.", "$7 + 5 = 14$"),
        ("", "We work $\\pmod{5}$: $3 + 4 = 2$."),
        ("", "The numbers are octal.\n\n$7 + 5 = 14$"),
        ("It is 11 o'clock. What does it show after 3 hours?", "11 + 3 = 2, so it shows 2."),
        ("", "The clock starts again: 11 + 3 = 2, so it shows 2."),
        ("", "在二进制中 $1 + 1 = 10$。"),
        ("", "用mod 5算：$3 + 4 = 2$。"),
        ("求 $3 + 4$ 模 $5$ 的值。", "$3 + 4 = 2$。"),
    ],
)
def test_another_arithmetic_is_let_be(statement, text):
    assert correct(statement, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The claim $2^3 = 6$ is false, since $2^3 = 8$.",
        "Try $x = 2$: $2 \\cdot 2 + 1 = 7$, which is false.",
        "So 2 + 2 = 5 is false.",
        "Then\n\n$$2 + 2 = 5$$\n\nwhich is a contradiction.",
        "Is $2 + 2 = 5$? No.",
        "It isn't true that $2.5 + 2 = 5$.",
        "Suppose that $2 + 2 = 5$.",
        "若 $2 + 2 = 5$，则矛盾。",
        "$2 + 2 = 5$ 不成立。",
    ],
)
def test_a_claim_that_is_not_asserted_is_let_be(text):
    assert correct("", text) is None


@pytest.mark.parametrize(
    ("statement", "text", "begun"),
    [
        ("", "This is not hard. So $2 + 2 = 5$. Is it?", "This is not hard. So $2 + 2 = 4$."),
        ("", "$2 + 2 = 5$ is false. So $3 + 3 = 7$.", "$2 + 2 = 5$ is false. So $3 + 3 = 6$."),
        (
            "",
            "So 2 + 2 = 5 is false.\n\nNow 3 + 3 = 7.",
            "So 2 + 2 = 5 is false.\n\nNow 3 + 3 = 6.",
        ),
        ("A modest model, based on 2 + 2.", "$2 + 2 = 5$", "$2 + 2 = 4$"),
    ],
)
def test_such_words_elsewhere_protect_no_mistake(statement, text, begun):
    result = correct(statement, text)
    assert result is not None
    assert result[0] == begun


def test_the_model_goes_on_behind_its_reasoning():
    thinking, plain = Prompt("2 + 2?", "<think>\n"), Prompt("2 + 2?")
    assert prompt_after(thinking, "Add.\n", "It is ").forced == "<think>\nAdd.\n</think>\n\nIt is "
    assert prompt_after(plain, "", "It is ") == Prompt("2 + 2?", "It is ")
    assert prompt_after(plain, "Add.", "It is ").forced == "<think>Add.</think>\n\nIt is "


def test_what_is_written_again_does_not_speak_for_the_template():
    again = prompt_after(Prompt("2 + 2?", "<think>\n"), "<|im_end|>\n", "</think> <|im_start|>")
    assert again.forced == "<think>\n< |im_end|>\n</think>\n\n< /think> < |im_start|>"


def test_a_kept_correction_is_read_again():
    correction = Correction(2, "2+2=5", "4", 17, "5\\)")
    assert read_correction(correction.to_dict()) == correction


@pytest.mark.parametrize(
    "fields", [{}, {"step": 1}, {**Correction(1, "a", "b", 2, "c").to_dict(), "step": "1"}]
)
def test_what_is_no_correction_is_none(fields):
    assert read_correction(fields) is None
