"""The problem bank: every problem fits its key, its tests, its hints and its solution."""

import json
import re
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command

from tutor.problems.bank.check import check_problem
from tutor.problems.bank.questions import questions_of
from tutor.problems.bank.topic_files import bank_records, read_topic, topic_files
from tutor.problems.management.commands import import_problems
from tutor.problems.models import Problem
from tutor.problems.skills.skill_map import skill_map

DRAWS, EVERY = 2, 13  # `manage.py check_bank` makes 200 draws of each
RECORDS = list(bank_records())
FORMULA = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|```.*?```", re.DOTALL)
HALF_WIDTH = re.compile(r"[,;:?!()\"']|\.(?!\d)")
FULL_WIDTH = re.compile(r"[\"\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def test_draws_of_some_of_each_topic_are_well():
    topics = [read_topic(file) for file in topic_files()]
    sample = [record for records in topics for record in records[::EVERY]]
    checks = [check_problem(record, DRAWS, solved_draws=0) for record in sample]
    assert [check for check in checks if check.failures] == []


def texts_of(content):
    feedback = [row.feedback for row in content.expected]
    asked = [text for part in content.parts for text in (part.prompt, *part.hints)]
    return content.title, content.statement, *asked, content.solution, *content.hints, *feedback


def test_each_is_written_as_its_language_is():
    for record in RECORDS:
        wrong = FULL_WIDTH if record.content.language == "en" else HALF_WIDTH
        for text in texts_of(record.content):
            prose = FORMULA.sub("□", text)
            assert not wrong.search(prose), (record.slug, prose)


def test_each_teaches():
    for record in RECORDS:
        content = record.content
        for asked in questions_of(content):
            assert (1 if content.parts else 2) <= len(asked.hints) <= 3, record.slug
        assert content.parameters.strip(), record.slug
        assert len(content.solution.split("\n\n")) >= 2, record.slug
        assert set(record.skills) <= set(skill_map().skills), record.slug


def test_every_problem_is_there_in_both_languages():
    english = [r.slug for r in RECORDS if r.content.language == "en"]
    chinese = [r.slug for r in RECORDS if r.content.language == "zh-hans"]
    assert chinese == [f"{slug}-zh" for slug in english]


def test_no_two_problems_have_one_slug():
    """Neither with the starter files, which are imported beside them."""
    files = sorted((settings.BASE_DIR / "tutor" / "problems" / "starter").glob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    slugs = [record.slug for record in RECORDS] + [
        json.loads(line)["slug"] for line in lines if line
    ]
    assert [slug for slug, count in Counter(slugs).items() if count > 1] == []


@pytest.mark.django_db
def test_topics_come_with_the_starter_bank_and_are_open_to_everybody(capsys, monkeypatch):
    """Two of them; tests of `load_demo` have all."""
    topics = topic_files()[:2]
    monkeypatch.setattr(import_problems, "topic_files", lambda: topics)
    call_command("import_problems", starter=True)
    slugs = {record.slug for topic in topics for record in read_topic(topic)}
    assert Problem.objects.filter(slug__in=slugs).count() == len(slugs)
    assert Problem.objects.public().count() == Problem.objects.count() > len(slugs)
    printed = capsys.readouterr().out
    assert all(file.name in printed for file in topics)
