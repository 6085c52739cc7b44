"""Measures how well and how fast the search finds passages of course material.

    nice python -m tests.bench.passages                                   # on SQLite
    DATABASE_URL=postgres://… nice python -m tests.bench.passages
    TUTOR_TEST_POSTGRESQL=1 nice python -m tests.bench.passages   # on a temporary PostgreSQL

Each question in `tests/data/material/` paraphrases one passage. For each language, prints the share
of questions whose passage comes first, and whose passage is among the first three: for the search,
and for a count of common words. For unrelated questions, prints the share with any match. Then
shows where hints about the starter bank's problems would point.
"""
# Models are imported within functions: Django must be set up first.

import argparse
import csv
import io
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.courses.models import Section
    from tutor.materials.models import Passage

DATA = Path(__file__).resolve().parents[1] / "data" / "material"
STARTER = Path(__file__).resolve().parents[2] / "tutor" / "problems" / "starter"
LANGUAGES = {"en": "English", "zh": "Chinese"}
Find = Callable[["Section", str], list["Passage"]]


def by_search(section: "Section", question: str) -> list["Passage"]:
    from tutor.materials.search import search

    return [match.passage for match in search(section, question, 3)]


def by_overlap(section: "Section", question: str) -> list["Passage"]:
    """The passages that share the most words or Chinese characters with the question."""
    from tutor.materials.models import Passage

    question_words = set(re.findall(r"[\u4e00-\u9fff]|[a-z]{2,}", question.lower()))
    passages = Passage.objects.filter(material__section=section).order_by("pk")
    points = {
        passage: sum(word in passage.in_full.lower() for word in question_words)
        for passage in passages
    }
    return sorted(
        (passage for passage in passages if points[passage]), key=lambda passage: -points[passage]
    )[:3]


def fill(section: "Section") -> None:
    from tutor.materials.models import Material, Source
    from tutor.materials.tasks import read_material

    for name in LANGUAGES:
        data = (DATA / f"{name}.md").read_bytes()
        material = Material.objects.create(
            section=section, title=f"Script {name}", kind="markdown", size=len(data)
        )
        Source.objects.create(material=material, data=data)
        read_material(material.pk)


def measured(section: "Section", find: Find, language: str) -> list[float]:
    """Shares: right passage first, right among three, unrelated questions with a match."""
    places, foreign = [], []
    for row in questions(language):
        headings = [hit.heading.rpartition(" › ")[2] for hit in find(section, row["question"])]
        if row["heading"]:
            places.append(headings.index(row["heading"]) if row["heading"] in headings else 3)
        else:
            foreign.append(bool(headings))
    return [
        statistics.mean(rank == 0 for rank in places),
        statistics.mean(rank < 3 for rank in places),
        statistics.mean(foreign),
    ]


def questions(*languages: str) -> list[dict[str, str]]:
    with (DATA / "questions.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["language"] in languages]


def pointed(section: "Section") -> str:
    """Where hints about the starter bank's problems would point, by topic.

    `skills.csv` lists the passages about each topic of the skill map. A topic with an empty list
    fits several passages and is left out; no passage is about a topic that is not listed.
    """
    from django.core.management import call_command

    from tutor.materials.citing import MAX_SHOWN, search_text, worth_citing
    from tutor.materials.search import search
    from tutor.problems.models import Problem

    files = sorted(map(str, STARTER.glob("*.jsonl")))
    call_command("import_problems", *files, stdout=io.StringIO())
    with (DATA / "skills.csv").open(encoding="utf-8") as file:
        fitting = {row["skill"]: row["headings"] for row in csv.DictReader(file)}
    right, strayed, passages = [], [], []
    for problem in Problem.objects.filter(current__isnull=False).prefetch_related("skills"):
        topics = {".".join(skill.name.split(".")[:2]) for skill in problem.skills.all()}
        known = [fitting[topic] for topic in topics if topic in fitting]
        headings = {
            heading for heading_list in known for heading in heading_list.split("|") if heading
        }
        if known and not headings:
            continue
        hits = worth_citing(search(section, search_text(problem.current), 5))[:MAX_SHOWN]
        fits = [hit.passage.heading.rpartition(" › ")[2] in headings for hit in hits]
        (right if headings else strayed).append(any(fits) if headings else bool(fits))
        passages += fits
    return (
        f"hints: {len(right)} problems have a passage, {statistics.mean(right):.0%} are shown one;"
        f" {len(strayed)} have none, {statistics.mean(strayed):.0%} are shown some;"
        f" of {len(passages)} that are shown {statistics.mean(passages):.0%} fit"
    )


def fill_much(section: "Section", count: int) -> None:
    """Add passages of a hundred words; few words are common and most are rare, as in real texts."""
    from tutor.materials.models import Material, Passage
    from tutor.materials.search import index
    from tutor.materials.search_terms import terms_of

    dice = random.Random(1)
    own = " ".join((DATA / f"{name}.md").read_text("utf-8") for name in LANGUAGES)
    known = sorted(set(terms_of(own)))
    made = ["".join(dice.choices("abcdefghijklmnoprstuvw", k=6)) for _ in range(8_000)]
    words = [word for pair in zip(known, made, strict=False) for word in pair]
    words += made[len(known) :]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    material = Material.objects.create(section=section, title="Much", kind="markdown", size=1)
    passages = Passage.objects.bulk_create(
        (
            Passage(
                material=material,
                position=position,
                text=" ".join(dice.choices(words, weights, k=100)),
            )
            for position in range(1, count + 1)
        ),
        batch_size=1_000,
    )
    index(section, passages)


def milliseconds(section: "Section") -> list[float]:
    texts = [row["question"] for row in questions(*LANGUAGES)]
    took = []
    for question in texts * 3:
        began_at = time.perf_counter()
        by_search(section, question)
        took.append(1000 * (time.perf_counter() - began_at))
    return took[len(texts) :]  # without the warm-up round


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lemma-") as folder:
        os.environ["TUTOR_DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutor.settings")
        if os.environ.get("TUTOR_TEST_POSTGRESQL") == "1":
            import tests.services  # noqa: F401  (sets the address of a server of its own)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        run(options.passages)


def run(count: int) -> None:
    from django.db import connection

    from tutor.courses.models import Course, Section
    from tutor.materials.models import Passage, Term

    course = Course.objects.create(title="Mathematics")
    section = Section.objects.create(course=course, name="10a")
    fill(section)
    print(f"{Passage.objects.count()} passages, on {connection.vendor}")
    print(f"{'':20}{'first':>8}{'of three':>10}{'foreign':>10}")
    for find in (by_search, by_overlap):
        for language, name in LANGUAGES.items():
            first, three, foreign = measured(section, find, language)
            print(f"{find.__name__[3:]:10}{name:10}{first:8.0%}{three:10.0%}{foreign:10.0%}")
    print(pointed(section))
    large = Section.objects.create(course=course, name="10b")
    began_at = time.perf_counter()
    fill_much(large, count)
    print(f"{count:,} passages, {Term.objects.filter(section=large).count():,} rows of words")
    print(f"stored in {time.perf_counter() - began_at:.1f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself within minutes
    took = sorted(milliseconds(large))
    print(
        f"a search: median {statistics.median(took):.1f} ms, "
        f"19 of 20 within {took[int(len(took) * 0.95)]:.1f} ms"
    )


if __name__ == "__main__":
    main()
