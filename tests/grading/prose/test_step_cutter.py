import pytest

from tutor.grading.prose.step_cutter import MAX_FORMULA, StepCutter, cut_steps


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
        ("A\n# B\nb\n### C\nc\n\nd", ["A\n", "# B\nb\n", "### C\nc\n\n", "d"]),
    ],
)
def test_it_cuts_at_blank_lines_and_headings_outside_formulas_and_fences(answer, steps):
    assert cut_steps(answer) == steps


@pytest.mark.parametrize(
    "mark",
    [
        *["1. ", "12. ", "3) ", "2.\n", "**4.** ", "**5. Check.** ", "(2) "],
        *["Step 2: ", "step 3. ", "**Step 1:** ", "**Step 12**: ", "Step 1) "],
        *["2、", "3．", "（2）", "第二步：", "第12步，", "**第一步**：", "步骤 3：", "步骤三、"],
    ],
)
def test_a_numbered_item_begins_a_step_of_its_own(mark):
    steps = ["First.\n", f"{mark}Second.\n", f"{mark}Third,\nin two lines.\n", f"{mark}Fourth"]
    assert cut_steps("".join(steps)) == steps


@pytest.mark.parametrize(
    "line",
    [
        *["2.5 is more", "2 apples", "100. ", "1.2. ", "  1. within an item", "- one", "* one"],
        *["(2)(3) = 6", "(a) ", "Step", "Steps 1: ", "Step by step", "Step 2 says", "So 1. ", "#5"],
        *["**bold** text", "第一", "第一个", "步骤", "步骤如下：", "####### ", "**", "2", "**1"],
    ],
)
def test_what_only_looks_like_an_item_does_not(line):
    answer = f"First\n{line}\n{line}"
    assert cut_steps(answer) == [answer]


@pytest.mark.parametrize("around", ["\\[\n{}\n\\]", "$$\n{}\n$$", "```\n{}\n```"])
def test_items_within_a_formula_or_a_fence_are_none(around):
    answer = "It is\n" + around.format("1. a\n2. b\n# c\nStep 1: d") + "\nthus."
    assert cut_steps(answer) == [answer]


@pytest.mark.parametrize(
    "title", ["### Step 1: Begin", "**Step 1: Begin**", "**Solution:**", "---", "---\n\n## Two"]
)
def test_a_title_stays_with_what_it_is_the_title_of(title):
    steps = [f"{title}\n\nText.\n\n", f"{title}\n1. One.\n", "2. Two.\n\n", f"{title}\n\nEnd"]
    assert cut_steps("".join(steps)) == steps
    assert cut_steps(title) == [title]


def test_a_formula_that_is_never_closed_does_not_swallow_the_rest():
    answer = "\\[ " + "x" * MAX_FORMULA + "\n\nNext.\n\nLast."
    assert len(cut_steps(answer)) == 3


def test_where_the_stream_is_cut_changes_nothing():
    answer = (
        "A \\[ x\n\n+ 1 \\] b\n\n```py\n1\n\n2\n```\n\n$$ y $$\n\nEnd \\(z\\).\n1. One\n12) Two\n"
        "2.5 of\n**Step 3:** c\n## D\n\nd\n第十二步：e\n（3）f\nStepping\n(4) g\n4"
    )
    whole = cut_steps(answer)
    assert len(whole) == 11
    for cut in range(len(answer) + 1):
        cutter = StepCutter()
        pieces = [*cutter.feed(answer[:cut]), *cutter.feed(answer[cut:]), *cutter.finish()]
        steps = ["".join(text for step, text in pieces if step == k) for k in range(len(whole))]
        assert steps == whole


def test_character_by_character_it_is_the_same():
    answer = "A\n\n1. B\n2. C\n3.14\n**Step 1** D\n**Step 2**: E\n### F\n步骤 2：G"
    cutter = StepCutter()
    pieces = [piece for character in answer for piece in cutter.feed(character)]
    pieces += cutter.finish()
    whole = cut_steps(answer)
    assert ["".join(text for step, text in pieces if step == k) for k in range(9)] == [
        *whole,
        *[""] * (9 - len(whole)),
    ]
