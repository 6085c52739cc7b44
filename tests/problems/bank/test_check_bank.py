"""What is wrong with a problem of the bank is said, with the draw that shows it."""

import tomllib
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from tutor.problems.bank import topic_files
from tutor.problems.bank.check import check_problem
from tutor.problems.bank.coverage import has_figure, uncovered
from tutor.problems.bank.solution_steps import StepKind, steps_of
from tutor.problems.bank.topic_files import InvalidTopic, read_topic

TOPIC = r"""
[[problem]]
slug = "take-away"
skills = ["algebra.linear_equations.one_step"]
level = 1
parameters = '''
a = 2..9
r = 3..40
b = a + r
'''
key = { kind = "number", value = "[[r]]" }
tests = [["x = [[r]]", "correct"]]
mistakes = ["[[b + a]]"]

[problem.en]
title = "Take away"
statement = '''Solve \(x + [[a]] = [[b]]\) for \(x\).'''
hints = ['''Undo “plus \([[a]]\)”.''', '''What do you subtract?''']
mistakes = ['''It looks as if \([[a]]\) was added.''']
solution = '''
Subtract \([[a]]\) from both sides: \(x = [[b]] - [[a]]\).

So \(x = \boxed{[[r]]}\).
'''
"""

IN_PARTS = r"""
[[problem]]
slug = "a-train"
skills = ["arithmetic.rates.speed"]
level = 1
parameters = '''
v = 50..120 step 10
t = 2..5
n = 6..9
'''
tests = [["a) [[v]] b) [[n*v]]", "correct"], ["a) 7 b) [[7*n]]", "correct"]]
mistakes = ["b) [[v + n]]"]

[[problem.parts]]
key = { kind = "number", value = "[[v]]" }

[[problem.parts]]
key = { kind = "number" }
carried = "[[n]]*a"

[problem.en]
title = "A train"
statement = '''A train goes \([[v*t]]\) kilometres in \([[t]]\) hours.'''
parts = [
    { prompt = "How fast is it?", hints = ["How far does it go in one hour?"] },
    { prompt = '''How far does it go in \([[n]]\) hours?''', hints = ['''Use its speed.'''] },
]
mistakes = ["These were added."]
solution = '''
Its speed is \([[v*t]] \div [[t]] = [[v]]\).

It goes \([[n]] \cdot [[v]] = \boxed{[[n*v]]}\) kilometres.
'''
"""


def record_of(tmp_path, before="", after="", topic=TOPIC):
    assert before in topic
    file = tmp_path / "topic.toml"
    file.write_text(topic.replace(before, after, 1) if before else topic, "utf-8")
    [record] = read_topic(file)
    return record


def test_a_good_problem_has_no_failures(tmp_path):
    record = record_of(tmp_path)
    check = check_problem(record, draws=30)
    assert (check.failures, check.solved) == ([], 3)
    assert record.content.solution.startswith(r"**Step 1.** Subtract \([[a]]\)")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"[[r]]" }', '"[[r + 1]]" }', "tests: x ="),
        (r"\boxed{[[r]]}", r"\boxed{[[r + 1]]}", "solution: its final answer"),
        ("= [[b]] - [[a]]", "= [[b]] + [[a]]", "solution: refuted: **Step 1.**"),
        ("What do you subtract?", r"It is \(x = [[r]]\).", "hints: “It is"),
        ('mistakes = ["[[b + a]]"]', 'mistakes = ["[[b - a]]"]', "is right by the key"),
        ("r = 3..40", "r = 3..3", "different statements in"),
        ("b = a + r", "b = a + r\nrequire a > 9", "parameters"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, before, after, reason):
    try:
        failures = check_problem(record_of(tmp_path, before, after), draws=30).failures
    except InvalidTopic as error:
        failures = [str(error)]
    assert any(reason in failure for failure in failures), failures


def test_a_hint_that_all_variants_share_is_judged_in_each(tmp_path):
    hint = "Think of seventeen, or of twenty-two."
    record = record_of(tmp_path, "What do you subtract?", hint)
    failures = check_problem(record, draws=60, solved_draws=0).failures
    assert all(hint in failure for failure in failures)
    seeds = [int(failure.partition(":")[0]) for failure in failures]
    assert {record.content.variant(seed).key.value for seed in seeds} == {"17", "22"}


def test_a_step_that_only_names_something_counts_as_a_definition(tmp_path):
    named = r"So \(x = \boxed{[[r]]}\)."
    record = record_of(tmp_path, named, r"Let \(u = [[a]] + v\)." + "\n\n" + named)
    steps = check_problem(record, draws=1, solved_draws=0).steps
    assert steps == {StepKind.PROVED: 2, StepKind.DEFINED: 1}


TAKEN = r"Subtract \([[a]]\) from both sides: \(x = [[b]] - [[a]]\)."


@pytest.mark.parametrize(
    "sought",
    [
        r"Twice the number is \(2y = [[2*r]]\).",  # true, but it follows from nothing
        r"It is smaller than \([[b]]\).",
    ],
)
def test_a_step_that_is_neither_proved_nor_a_definition_is_named(tmp_path, sought):
    check = check_problem(record_of(tmp_path, TAKEN, sought), draws=1, solved_draws=0)
    assert check.steps[StepKind.UNPROVED] == 1
    assert [sought[:12] in failure for failure in check.failures] == [True]


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        ("v", "2v = [[2*r]]", StepKind.PROVED),
        ("3v", "2v = [[2*r]]", StepKind.UNPROVED),
        ("v", "2v = [[2*r + 1]]", StepKind.UNPROVED),
    ],
)
def test_an_equation_follows_from_a_relation_and_the_names_in_it(tmp_path, first, last, kind):
    named = rf"The sum is \(u = p + q\), where \(p = {first}\), \(q = v\) and \(u = [[2*r]]\)."
    record = record_of(tmp_path, TAKEN, rf"{named}" + "\n\n" + rf"So \({last}\).")
    steps = [kind for _step, kind in steps_of(record.content.variant(1))]
    assert steps[:2] == [StepKind.DEFINED, kind]


def test_a_problem_in_parts_has_the_sentences_of_its_language(tmp_path):
    record = record_of(tmp_path, topic=IN_PARTS)
    assert check_problem(record, draws=10).failures == []
    assert [part.carried for part in record.content.parts] == ["", "[[n]]*a"]
    assert record.content.parts[1].hints == ("Use its speed.",)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Use its speed.", r"It is \([[n*v]]\).", "hints: “It is"),
        ("b) [[v + n]]", "b) [[n*v]]", "expected: b) "),
        ('"[[n]]*a"', '"[[n + 1]]*a"', "tests: "),
        ('"How fast is it?"', '""', "part a): prompt: is empty"),
        ('["These were added."]', "[]", "topic.toml: a-train (en)"),
    ],
)
def test_what_is_wrong_with_a_part_is_named(tmp_path, before, after, reason):
    try:
        failures = check_problem(record_of(tmp_path, before, after, IN_PARTS), draws=10).failures
    except InvalidTopic as error:
        failures = [str(error)]
    assert any(reason in failure for failure in failures), failures


def test_what_the_bank_covers_is_counted(tmp_path):
    figure = "statement = '''```figure\nnumber line from 0 to 9\n```\n"
    plain = record_of(tmp_path)
    shown = record_of(tmp_path, "statement = '''", figure)
    drawn = replace(plain.content, drawing="points")
    assert [has_figure(row) for row in (plain.content, shown.content, drawn)] == [False, True, True]
    missing = uncovered([plain])
    assert "algebra.linear_equations.one_step" not in missing
    assert "algebra.linear_equations.two_steps" in missing


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "torn.toml").write_text("[[problem]\n", "utf-8")
    with pytest.raises(InvalidTopic, match=r"torn\.toml"):
        read_topic(tmp_path / "torn.toml")
    assert tomllib.loads(TOPIC)["problem"]


def test_the_command_sums_up_and_names_what_fails(tmp_path, monkeypatch, capsys):
    (tmp_path / "good.toml").write_text(TOPIC, "utf-8")
    (tmp_path / "bad.toml").write_text(TOPIC.replace('"[[r]]" }', '"[[r + 1]]" }'), "utf-8")
    monkeypatch.setattr(topic_files, "TOPICS", tmp_path)
    call_command("check_bank", "good", draws=20)
    printed = capsys.readouterr().out
    assert "steps proved    100.0 %" in printed
    assert "skills          1 of " in printed
    assert "with a figure   0.0 %\nin parts        0.0 %" in printed
    with pytest.raises(CommandError, match="1 of 1 problems fail"):
        call_command("check_bank", "bad", draws=20)
    assert "take-away: 1: tests: x =" in capsys.readouterr().err
    with pytest.raises(CommandError, match="no topic ugly"):
        call_command("check_bank", "ugly")
