"""The bank's sources: one TOML file for each topic, every problem in each language at once.

    [[problem]]
    slug = "brackets-both-sides"
    skills = ["algebra.linear_equations.brackets"]  # see `tutor.problems.skills.skill_map`
    level = 3                       # 1 to 5
    parameters = '''…'''            # see `tutor.problems.parameters`
    key = { kind = "number", value = "[[r]]" }
    drawing = "line"                # left out where the answer is typed
    tests = [["x = [[r]]", "correct"], ["[[c]]", "incorrect"]]
    mistakes = ["[[r + 1]]"]        # usual wrong answers; each language says a sentence to each

    [problem.en]
    title = "…"
    statement = '''…'''
    hints = ['''…''', '''…''']
    mistakes = ["…"]
    solution = '''…'''              # a paragraph for each step, which gets its number here

    [problem.zh]
    …

A problem in parts has no key, drawing or hints of its own. What its parts have in common in all
languages stands in a table each, and their sentences in each language:

    [[problem.parts]]
    key = { kind = "number", value = "[[v]]" }

    [[problem.parts]]
    key = { kind = "number" }
    carried = "[[d]]/a"             # worked out from a), see `tutor.problems.parts`
    share = 2                       # of the points; 1 where it is left out

    [problem.en]
    parts = [
        { prompt = '''…''', hints = ['''…'''] },
        { prompt = '''…''', hints = ['''…'''] },
    ]

Its tests are such as "a) [[v]] b) [[d/v]]", and its mistakes such as "b) [[v*d]]". Its solution
ends with the answer to the last part.

A problem gives a record for each language that it has. The Chinese one's slug ends in "-zh".
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from tutor.problems.content import InvalidRecord
from tutor.problems.records import ProblemRecord

TOPICS = Path(__file__).parent / "topics"
SOURCE = "Lemma problem bank"
LICENCE = "CC0-1.0"
SOLUTION_STEPS = {"en": "**Step {}.** {}", "zh": "**第 {} 步** {}"}
_LANGUAGES = {"en": "en", "zh": "zh-hans"}
_SHARED = ("skills", "level", "parameters", "key", "drawing")
_SAID = ("title", "statement", "hints", "choices")


class InvalidTopic(ValueError):
    """A topic's file cannot be used. Says in which file and problem, and why."""


def topic_files() -> list[Path]:
    return sorted(TOPICS.glob("*.toml"))


def read_topic(file: Path, *, without: Collection[str] = ()) -> list[ProblemRecord]:
    """The records of a topic, in the order of its file. Raises InvalidTopic.

    without: slugs of problems to leave out in every language; they cost nothing but the reading.
    """
    try:
        topic = tomllib.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise InvalidTopic(f"{file.name}: {error}") from error
    problems = [entry for entry in topic.get("problem", ()) if entry.get("slug") not in without]
    return [record for problem in problems for record in _records(file, problem)]


def bank_records() -> Iterator[ProblemRecord]:
    """Every record of every topic. Raises InvalidTopic."""
    for file in topic_files():
        yield from read_topic(file)


def slug_in(language: str, slug: str) -> str:
    """Of the problem that has this slug in its topic's file."""
    return f"{slug}-zh" if language == _LANGUAGES["zh"] else slug


def _records(file: Path, problem: Mapping[str, Any]) -> Iterator[ProblemRecord]:
    for language in _LANGUAGES:
        if language not in problem:
            continue
        try:
            yield ProblemRecord.from_dict(_fields(problem, language))
        except (InvalidRecord, KeyError, TypeError, ValueError) as error:
            slug = problem.get("slug", "a problem without a slug")
            raise InvalidTopic(f"{file.name}: {slug} ({language}): {error}") from error


def _fields(problem: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The problem as an exchange record in one language."""
    written = problem[language]
    sentences = zip(problem.get("mistakes", ()), written.get("mistakes", ()), strict=True)
    parts = zip(problem.get("parts", ()), written.get("parts", ()), strict=True)
    return {
        **{name: problem[name] for name in _SHARED if name in problem},
        **{name: written[name] for name in _SAID if name in written},
        "slug": slug_in(_LANGUAGES[language], problem["slug"]),
        "language": _LANGUAGES[language],
        "tests": [{"answer": answer, "verdict": verdict} for answer, verdict in problem["tests"]],
        "expected": [{"answer": answer, "feedback": sentence} for answer, sentence in sentences],
        "parts": [{**shared, **sentences_of} for shared, sentences_of in parts],
        "solution": _numbered(written["solution"], SOLUTION_STEPS[language]),
        "source": SOURCE,
        "licence": LICENCE,
    }


def _numbered(solution: str, label: str) -> str:
    steps = [step.strip() for step in solution.split("\n\n") if step.strip()]
    return "\n\n".join(label.format(number, step) for number, step in enumerate(steps, start=1))
