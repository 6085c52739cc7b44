"""What the components of the page of styles show, as their templates read it; none is stored."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils import timezone

from tutor.attempts.answering import ChoiceOption
from tutor.attempts.fields.boxes import BoxShape
from tutor.attempts.fields.keys import keys_for
from tutor.attempts.practising.own_map import StationState
from tutor.attempts.responses import Entry
from tutor.grading import Kind
from tutor.problems.drawing import DrawnShape, drawing_of
from tutor.problems.skills.picture import map_picture

SKETCHES = ("begin", "done", "class", "notices", "search")
NOWHERE = "#nowhere"  # what is typed here is sent to nobody
CODE = UUID(int=0)
KINDS = {
    BoxShape.SOLUTIONS: Kind.LIST,
    BoxShape.MATRIX: Kind.MATRIX,
    BoxShape.TUPLE: Kind.TUPLE,
    BoxShape.INTERVAL: Kind.INTERVAL,
    BoxShape.SET: Kind.SET,
    BoxShape.RATIO: Kind.RATIO,
    BoxShape.QUANTITY: Kind.QUANTITY,
    BoxShape.DIVISION: Kind.DIVISION,
    BoxShape.TRUTH: Kind.TRUTH,
}
BARS = (("Sums", 54), ("Fractions", 96), ("Equations", 30))  # with heights of pixels

Sample = SimpleNamespace


def version() -> Sample:
    key = Sample(whole=Sample(decimal_comma=False))
    return Sample(code=CODE, language="en", checked_key=key, statement="")


def _part(letter: str, prompt: str, entry: Entry, *choices: str) -> Sample:
    lettered = zip("ABC", choices, strict=False)
    return Sample(
        letter=letter,
        points=1,
        typed="",
        entry=entry,
        question={"prompt": prompt, "is_carried": False},
        choices=[ChoiceOption(option, text, option == "B") for option, text in lettered],
    )


def _ground_of(shape: DrawnShape) -> str:
    """What it is drawn on."""
    match shape:
        case DrawnShape.VENN:
            return "A, B"
        case DrawnShape.BAR | DrawnShape.CIRCLE:
            return "8 parts"
        case DrawnShape.FIELDS:
            return "y <= x + 1, x + y < 3"
        case DrawnShape.INTERVAL:
            return "x from -5 to 5"
    return "x from -5 to 5, y from -5 to 5"


def parts() -> list[Sample]:
    """A field for each kind of answer."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [_part(letter, *row) for letter, row in zip(letters, _fields(), strict=False)]


def _fields() -> Iterator[tuple[str, Entry, *tuple[str, ...]]]:
    """Prompt, field and choices: plain, in boxes, chosen, drawn, and in words."""
    yield "A plain field", Entry(Kind.EXPRESSION)
    for shape, kind in KINDS.items():
        yield f"Boxes: {shape}", Entry(kind, shape=shape, units=("cm", "m"))
    for name, several in (("One choice", False), ("Several choices", True)):
        yield name, Entry(Kind.CHOICE, takes_several=several), r"\(2x\)", r"\(x^2\)"
    for drawn in DrawnShape:
        drawing = drawing_of(f"{drawn}, {_ground_of(drawn)}")
        yield f"Drawn: {drawn}", Entry(Kind.SET, drawing=drawing)
    yield "Words", Entry(Kind.TEXT, is_free_text=True)


def answering() -> Sample:
    urls = dict.fromkeys(("answer", "submit", "draft", "working", "check"), NOWHERE)
    kinds = [Kind.EXPRESSION, Kind.INTERVAL]
    return Sample(
        urls=urls,
        action=CODE,
        number=1,
        version=version(),
        draft_key="style",
        draft_age_s=None,
        shows_working=True,
        visibility=Sample(marks=True, when=""),
        most_lines=40,
        longest_line=300,
        working="5x - 3 = 2x + 12",
        takes_last_line=True,
        parts=parts(),
        keys=keys_for(kinds, "Solve for x.", decimal_comma=False),
        left=2,
        is_open=True,
        practice=None,
        item_progress=Sample(tries=1, points=2),
        zone="UTC",
        assignment=Sample(title="Warming up"),
    )  # fmt: skip


def help_panel() -> Sample:
    """Two hints of three are given, and the next lines come after an attempt."""
    hints = [Sample(number=1, text="Count on from 2."), Sample(number=2, text=r"\(2 + 1 = 3\)")]
    return Sample(
        url=NOWHERE, version=version(), shows_hints=True, hints=hints, hints_count=3, next_hint=3,
        shows_lines=True, lines=[Sample(text=r"\(3x = 15\)")], next_line_number=2,
        offers_lines=True,
    )  # fmt: skip


def working() -> Sample:
    lines = [
        Sample(text="3x - 3 = 12", reading="3x - 3 = 12", mark="proved"),
        Sample(text="3x = 9", reading="3x = 9", mark="refuted"),
        Sample(text="x = 3", reading="x = 3", mark="resting"),
    ]
    return Sample(lines=lines, failing_number=2, proved_count=1, unchecked_count=0)


def clock() -> Sample:
    """Of a test that has run for two thirds of its time."""
    section = Sample(zone=timezone.get_current_timezone(), time_zone="UTC")
    return Sample(
        is_running=True, left_s=900, whole_s=2700, code=CODE, title="A short test",
        stops_at=timezone.now() + timedelta(minutes=15), section=section,
    )  # fmt: skip


def milestone() -> Sample:
    return Sample(finished=8, skills=[Sample(shown_name="Equations with brackets")])


def chart() -> Sample:
    """As `teaching` draws the bars of its pages."""
    bars = [
        Sample(x=30 + 120 * n, y=120 - height, width=60, height=height, middle=60 + 120 * n,
               number_y=116 - height, number=f"{height}%", label=label)
        for n, (label, height) in enumerate(BARS)
    ]  # fmt: skip
    return Sample(width=360, height=140, base=120, label_y=136, bars=bars)


def skill_map() -> dict[str, Any]:
    """The whole map, its dots in turn in each state."""
    picture, states = map_picture(), list(StationState)
    dots = [
        (dot, states[n % len(states)], picture.lines.get(dot.skill.path), NOWHERE, None)
        for n, dot in enumerate(picture.dots)
    ]
    return {"picture": picture, "dots": dots}


def samples() -> dict[str, Any]:
    return {
        "answering": answering(),
        "panel": help_panel(),
        "working": working(),
        "sitting": clock(),
        "milestone": milestone(),
        "chart": chart(),
        "page": Paginator(range(90), 30).page(2),
        "sketches": [f"_shared/_sketch_{name}.html" for name in SKETCHES],
        **skill_map(),
    }
