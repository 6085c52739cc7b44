"""Partial fractions, single fractions, completed squares and complex numbers, as they are asked."""

import pytest

from tutor.grading import FeedbackCode, Verdict, grade_response, read_key

# By form: the key, answers in the form, answers of the same value in another form, wrong values.
CASES = {
    "partial_fractions": [
        (
            "2/(x^2-1)",
            [
                *("1/(x-1) - 1/(x+1)", "-1/(x+1) + 1/(x-1)", "1/(x-1) + (-1)/(x+1)"),
                *(r"\frac{1}{x-1}-\frac{1}{x+1}", "1/(x-1)-1/(1+x)", "-1/(1-x) - 1/(x+1)"),
                *("2/(2x-2) - 1/(x+1)", r"\frac{1}{x-1}+\frac{-1}{x+1}", "1*1/(x-1)-1/(x+1)"),
            ],
            ["2/(x^2-1)", "2/((x-1)(x+1))", "((x+1)-(x-1))/(x^2-1)", "1/(x-1)*2/(x+1)"],
            ["1/(x-1) + 1/(x+1)", "2/(x-1) - 2/(x+1)", "1/(x+1) - 1/(x-1)", "1/x"],
        ),
        (
            "x + 1/(x-1) + 2/(x-1)^2",
            ["2/(x-1)^2 + 1/(x-1) + x", "x + 1/(x-1) + 2/(x^2-2x+1)"],
            ["x + (x+1)/(x-1)^2", "x + (x+1)/(x^2-2x+1)", "x + 0.5/(x-1) + 0.5/(x-1) + 2/(x-1)^2"],
            ["x + 2/(x-1) + 1/(x-1)^2"],
        ),
        (
            "1/x - x/(x^2+1)",
            ["-x/(x^2+1)+1/x", r"\frac1x-\frac{x}{x^2+1}", "1/x + (-x)/(1+x^2)"],
            ["1/(x(x^2+1))", "1/(x^3+x)"],
            ["1/x + x/(x^2+1)", "1/x - 1/(x^2+1)"],
        ),
        (
            "1/(2(x-3)) + 1/4",
            [r"\frac12\cdot\frac{1}{x-3}+\frac14"],
            ["(x-1)/(4x-12)"],
            ["1/(x-3)"],
        ),
    ],
    "single_fraction": [
        (
            "1/x + 1/(x+1)",
            [
                *("(2x+1)/(x(x+1))", "(2x+1)/(x^2+x)", r"\frac{2x+1}{x^2+x}", "-(-2x-1)/(x^2+x)"),
                *("(x+1+x)/(x(x+1))", "(4x+2)/(2x^2+2x)"),
            ],
            [
                "1/x+1/(x+1)",
                "(2+1/x)/(x+1)",
                "(2x+1)x^{-1}/(x+1)",
                "(2x+1)/x/(x+1)",
                "(1+1/x*(x+1))/(x+1)",
            ],
            ["(2x+1)/x", "2/(2x+1)", "2x+1", "2/(x(x+1))"],
        ),
    ],
    "completed_square": [
        (
            "x^2+6x+5",
            ["(x+3)^2-4", "-4+(x+3)^2", "(3+x)^2-4", "(-x-3)^2-4", "1(x+3)^2-4", "(x+3)^2-8/2"],
            ["x^2+6x+5", "(x+1)(x+5)", "x(x+6)+5", "(x+3)(x+3)-4", "(x+2)^2+2x+1", "(x+3)^2-x-4+x"],
            ["(x+3)^2+5", "(x-3)^2-4", "(x+6)^2-31", "(x+3)^2"],
        ),
        (
            "2x^2-4x+7",
            ["2(x-1)^2+5", "5+2(x-1)^2", r"2\left(x-1\right)^2+5", "(x-1)^2*2+5"],
            ["2((x-1)^2+5/2)", "2(x^2-2x)+7", "2x(x-2)+7"],
            ["2(x-1)^2+7", "(x-1)^2+5"],
        ),
        ("(t-1)^2/2+1", ["0.5(t-1)^2+1", r"\frac{(t-1)^2}{2}+1"], ["t^2/2-t+3/2"], ["(t-1)^2+1"]),
        ("x^2+2ax", ["(x+a)^2-a^2"], ["x(x+2a)"], ["(x+a)^2+a^2"]),
    ],
    "polar": [
        (
            "1+i√3",
            [
                *("2e^{iπ/3}", "2e^(i*pi/3)", "2e^{i60°}", "2cis(60°)", "2 cis(π/3)", "2∠60°"),
                *("2(cos(π/3)+i sin(π/3))", "2(cos 60°+i sin 60°)", "2e^{-5iπ/3}", "2exp(iπ/3)"),
                *(
                    r"2\left(\cos\frac{\pi}{3}+i\sin\frac{\pi}{3}\right)",
                    "√4 e^{iπ/3}",
                    "2e^{7πi/3}",
                ),
                r"2e^{\frac{\pi}{3}i}",
            ],
            ["1+i√3", "1+√3i", "2(1/2+i√3/2)", "-2e^{-2iπ/3}", "2cos(π/3)+2i sin(π/3)"],
            ["2e^{iπ/6}", "2e^{-iπ/3}", "e^{iπ/3}", "2 cis(30°)", "2∠30°", "2"],
        ),
        ("-3", ["3e^{iπ}", "3 cis(π)", "3∠180°"], ["-3"], ["3", "3e^{2iπ}"]),
        ("i", ["e^{iπ/2}", "cis(90°)", "1∠90°"], ["i"], ["e^{iπ}", "cis(0)"]),
    ],
    "cartesian": [
        (
            "2e^{iπ/3}",
            ["1+i√3", "1+√3 i", r"1+i\sqrt{3}", "√3i+1", "1 + 3^{1/2} i", "2/2+i√3"],
            ["2e^{iπ/3}", "2cis(60°)", "2(cos(π/3)+i sin(π/3))", "2∠60°"],
            ["1-i√3", "√3+i", "1+3i"],
        ),
        (
            "(1+2i)(3-i)",
            ["5+5i", "5i+5", "10/2+5i"],
            ["(1+2i)(3-i)", "5(1+i)", "3+6i-i+2"],
            ["1+5i"],
        ),
        ("1/(1+i)", ["1/2-i/2", "0.5-0.5i", "(1-i)/2", r"\frac12-\frac12 i"], ["1/(1+i)"], ["1-i"]),
    ],
}
ROWS = [
    (form, key, response, group)
    for form, cases in CASES.items()
    for key, *groups in cases
    for group, responses in zip(("right", "form", "wrong"), groups, strict=True)
    for response in responses
]


@pytest.mark.parametrize(("form", "key", "response", "group"), ROWS)
def test_the_form_is_required_and_the_value_too(form, key, response, group):
    kind = "expression" if set("xt") & set(key) else "number"
    grade = grade_response(response, read_key({"value": key, "kind": kind, "form": form}))
    if group == "right":
        assert grade.verdict == Verdict.CORRECT, grade
        return
    assert grade.verdict == Verdict.INCORRECT, grade
    is_form = (
        grade.feedback is not None and grade.feedback.code == FeedbackCode[f"NOT_{form.upper()}"]
    )
    assert is_form == (group == "form"), grade
