"""Cases of a substitution that a line solves to their end."""

import pytest

from tests.grading.working.marking import assert_marks, marks

_QUARTIC = ["u=x²", "u²-5u+4=0"]
_EXPONENTIAL = ["u=e^x", "u²-3u+2=0"]


@pytest.mark.parametrize(
    "lines",
    [
        [*_QUARTIC, "u=1 => x²=1 => x=±1", "u=4 => x²=4 => x=±2"],
        [*_QUARTIC, "u=1 ou u=4", "u=1 donc x=±1", "u=4 donc x=±2", "x=±1 ou x=±2"],
        [*_QUARTIC, "u=4 → x=2 or x=-2"],
    ],
)
def test_it_proves_both_cases(lines):
    assert_marks("Solve \\(x^4-5x^2+4=0\\).", lines)


def test_it_proves_cases_of_powers():
    assert_marks(
        "Solve \\(3^{2x}-10\\cdot 3^x+9=0\\).",
        ["let u=3^x", "u²-10u+9=0", "(u-1)(u-9)=0", "u=1 ⇒ 3^x=1 ⇒ x=0", "u=9 ⇒ 3^x=9 ⇒ x=2"],
    )
    assert_marks(
        "Löse \\(e^{2x}-3e^x+2=0\\).",
        [*_EXPONENTIAL, "u=1 ⇒ e^x=1 ⇒ x=0", "u=2 ⇒ e^x=2 ⇒ x=ln 2"],
    )


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("Solve \\(x^4-5x^2+4=0\\).", [*_QUARTIC, "u=4 => x²=4 => x=±4"]),
        ("Solve \\(x^4-5x^2+4=0\\).", [*_QUARTIC, "u=2 => x²=2 => x=±√2"]),
        ("Löse \\(e^{2x}-3e^x+2=0\\).", [*_EXPONENTIAL, "u=2 ⇒ e^x=2 ⇒ x=2"]),
        ("Löse \\(e^{2x}-3e^x+2=0\\).", [*_EXPONENTIAL, "u=3 ⇒ e^x=3 ⇒ x=ln 3"]),
    ],
)
def test_it_proves_no_wrong_case(statement, lines):
    assert marks(lines, statement)[-1] not in ("p", "g")
