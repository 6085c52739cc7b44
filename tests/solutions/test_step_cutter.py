import pytest

from tutor.solutions.step_cutter import LONGEST_FORMULA, StepCutter, cut_steps


@pytest.mark.parametrize(
    ("answer", "steps"),
    [
        ("", []),
        ("One line.", ["One line."]),
        ("First.\n\nSecond.", ["First.\n\n", "Second."]),
        ("First.\n \t\n\n  Second.", ["First.\n \t\n\n  ", "Second."]),
        ("Two\nlines.\n\nNext.", ["Two\nlines.\n\n", "Next."]),
        ("\n\nAfter blank lines.\n\nB", ["\n\nAfter blank lines.\n\n", "B"]),
        ("\\[ a\n\n= b \\]\n\nNext.", ["\\[ a\n\n= b \\]\n\n", "Next."]),
        ("$$a$$\n\n$$b\n\nc$$\n\nd", ["$$a$$\n\n", "$$b\n\nc$$\n\n", "d"]),
        ("a \\\\[2pt] b\n\nc", ["a \\\\[2pt] b\n\n", "c"]),
        ("```\nx\n\ny \\[\n```\n\nz", ["```\nx\n\ny \\[\n```\n\n", "z"]),
        ("~~~\n```\n\n~~~\n\nz", ["~~~\n```\n\n~~~\n\n", "z"]),
        ("第一步。\n\n第二步。", ["第一步。\n\n", "第二步。"]),
    ],
)
def test_it_cuts_at_blank_lines_outside_formulas_and_fences(answer, steps):
    assert cut_steps(answer) == steps


def test_a_formula_that_is_never_closed_does_not_swallow_the_rest():
    answer = "\\[ " + "x" * LONGEST_FORMULA + "\n\nNext.\n\nLast."
    assert len(cut_steps(answer)) == 3


def test_where_the_stream_is_cut_changes_nothing():
    answer = "A \\[ x\n\n+ 1 \\] b\n\n```py\n1\n\n2\n```\n\n$$ y $$\n\nEnd \\(z\\)."
    whole = cut_steps(answer)
    for place in range(len(answer) + 1):
        cutter = StepCutter()
        pieces = [*cutter.feed(answer[:place]), *cutter.feed(answer[place:])]
        steps = ["".join(text for step, text in pieces if step == k) for k in range(len(whole))]
        assert steps == whole
