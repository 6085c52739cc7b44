"""A problem set on paper: several variants, and the key that matches them.

The code on a sheet depends on what is printed on it. After a problem of the set is edited, sheets
and key get new codes, so that nobody grades with the key of another printing.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tutor.assignments.models import Item, ProblemSet
from tutor.grading import ANSWER_KINDS, AnswerKey, Kind, understood
from tutor.grading.comparison.keys import key_value
from tutor.grading.multipart import LETTERS
from tutor.grading.parsing.answers import read_answer
from tutor.grading.parsing.latex import latex
from tutor.grading.parsing.shapes import as_matrix
from tutor.grading.parsing.tree import Unreadable
from tutor.problems.answer_figures import figure_source
from tutor.problems.class_numbers import with_class_commas
from tutor.problems.content import Content
from tutor.problems.drawing import drawing_of
from tutor.problems.parts import Part, statement_with
from tutor.problems.printing import figure_text, pictures_in, printed
from tutor.typesetting.pdf import has_chinese
from tutor.typesetting.text import escaped, to_markup

MAX_VARIANTS = 10
_MAX_SEEDS = 40  # that are tried for a variant that differs from the others
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_ROOM_TO_CHOOSE, _ROOM_TO_WRITE = "0.8em", "2.5em"  # above the line of an answer
_PAGE = """\
#set page(paper: "a4", margin: (x: 2.2cm, y: 2cm))
#set text(size: 11pt, lang: "{language}")
#set par(leading: 0.7em, spacing: 1em)
#set enum(spacing: 0.9em)
"""
# A problem stays on one page, unless none has room for it: what is beyond its end is not printed.
_WHOLE = """\
#let whole(body) = layout(page => {
  let needed = measure(block(width: page.width, body)).height
  block(breakable: needed > page.height, body)
})
"""


@dataclass(frozen=True)
class Sheet:
    """One variant of a set. code: such as 2-K7QM, the variant's number and what is printed."""

    number: int
    code: str
    items: list[tuple[Item, Content]]
    decimal_comma: bool = False  # in all problems, whatever they do themselves

    def written(self, text: str, content: Content | None = None) -> str:
        """A text of the problem, or words around it, with its numbers as they are printed."""
        has_own = content is not None and content.key.decimal_comma
        return with_class_commas(text) if self.decimal_comma and not has_own else text


def items_with_content(problem_set: ProblemSet) -> list[tuple[Item, Content]]:
    items = Item.objects.filter(problem_set=problem_set).select_related(
        "problem__current__stored_key", "problem__current__reference_solution"
    )
    return [(item, item.version.content()) for item in items if item.version]


def variants_possible(items: list[tuple[Item, Content]]) -> bool:
    return any(content.parameters.strip() for _item, content in items)


def sheets(
    items: list[tuple[Item, Content]], count: int, *, decimal_comma: bool = False
) -> list[Sheet]:
    """At most `count`: fewer where the parameters do not give as many that differ.

    Raises InvalidRecord where the parameters of a problem have no values.
    """
    result: list[Sheet] = []
    printed: set[str] = set()
    for seed in range(1, _MAX_SEEDS + 1):
        variants = [(item, content.variant(seed)) for item, content in items]
        sign = _sign_of(variants)
        if sign not in printed:
            printed.add(sign)
            number = len(result) + 1
            result.append(Sheet(number, f"{number}-{sign}", variants, decimal_comma))
        if len(result) == count or not variants_possible(items):
            break
    return result


def _sign_of(items: list[tuple[Item, Content]]) -> str:
    """Four letters for everything that is printed on a sheet or its key."""
    printed = repr([(str(item.points), content) for item, content in items])
    number = int.from_bytes(hashlib.sha256(printed.encode()).digest()[:4])
    return "".join(_LETTERS[number >> 5 * digit & 31] for digit in range(4))


def _document(language: str, parts: list[str]) -> str:
    head = _PAGE.format(language="zh" if language.startswith("zh") else "en")
    return head + _WHOLE + "\n#pagebreak(weak: true)\n".join(parts)


def chinese_problems(sheets: list[Sheet], *, of_key: bool, with_solutions: bool) -> list[str]:
    """Number and title of those of which something Chinese is printed."""
    names = {
        number: f"{number}. {content.title}"
        for sheet in sheets
        for number, (item, content) in enumerate(sheet.items, start=1)
        if has_chinese("".join(_texts(item, content, of_key, with_solutions)))
    }
    return [names[number] for number in sorted(names)]


def _texts(item: Item, content: Content, of_key: bool, with_solutions: bool) -> Iterator[str]:
    if not of_key:
        yield statement_with(content.statement, content.parts)
        yield from content.choices
        return
    yield from (_answer(key) for key in (content.key, *(part.key for part in content.parts)))
    if with_solutions:
        yield content.solution


def pictures_of(sheets: list[Sheet]) -> dict[str, bytes]:
    """By name: the pictures of all texts that are printed."""
    contents = [content for sheet in sheets for _item, content in sheet.items]
    return pictures_in(
        text
        for content in contents
        for text in (
            statement_with(content.statement, content.parts),
            *content.choices,
            content.solution,
        )
    )


def problems_markup(problem_set: ProblemSet, sheets: list[Sheet]) -> str:
    parts = ["\n\n".join(_problem_page(problem_set, sheet)) for sheet in sheets]
    return _document(translation.get_language() or "en", parts)


def key_markup(problem_set: ProblemSet, sheets: list[Sheet], *, with_solutions: bool) -> str:
    parts = ["\n\n".join(_key_page(problem_set, sheet, with_solutions)) for sheet in sheets]
    return _document(translation.get_language() or "en", parts)


def _head(title: str, sheet: Sheet) -> str:
    """Pages that get lost are found again by their foot: the code, and a number from 1."""
    sheet_word = escaped(_("Sheet"))
    foot = f"text(size: 9pt)[{escaped(sheet.code)} #h(1em) #counter(page).display()]"
    return (
        f"#set page(footer: context align(center, {foot}))\n#counter(page).update(1)\n"
        f'#grid(columns: (1fr, auto), text(size: 15pt, weight: "bold")[{escaped(title)}], '
        f"align(right)[{sheet_word} #strong[{escaped(sheet.code)}]])"
    )


def _problem_page(problem_set: ProblemSet, sheet: Sheet) -> Iterator[str]:
    yield _head(problem_set.title, sheet)
    name, date = escaped(_("Name")), escaped(_("Date"))
    line = "#box(width: 1fr, line(length: 100%, stroke: 0.5pt))"
    yield f"#grid(columns: (2fr, 1fr), column-gutter: 1em, [{name} {line}], [{date} {line}])"
    yield "#v(0.5em)"
    for number, (item, content) in enumerate(sheet.items, start=1):
        statement = statement_with(content.statement, content.parts)
        points = sheet.written(_points_in_words(item.points))
        parts = [f"#strong[{number}\\.] {_small(points)}"]
        parts.append(printed(sheet.written(statement, content)))
        if content.choices:
            parts.append(_choices([sheet.written(text, content) for text in content.choices]))
        parts += _places_to_answer(sheet, content)
        block = "block" if content.parts else "whole"
        yield f"#{block}[{_together(parts)}]"
        yield "#v(0.8em)"


def _places_to_answer(sheet: Sheet, content: Content) -> Iterator[str]:
    """For each answer a line to write on, or the grid on which it is drawn."""
    for name, part in zip(_names(content), _answered(content), strict=True):
        grid = drawing_of(part.drawing)
        if grid:
            yield f"{escaped(name)}\n{printed(sheet.written(figure_text(grid.source), content))}"
        else:
            room = _ROOM_TO_CHOOSE if part.choices else _ROOM_TO_WRITE
            line = "#box(width: 60%, line(length: 100%, stroke: 0.5pt))"
            yield f"#v({room})\n{escaped(name)} {line}"


def _key_page(problem_set: ProblemSet, sheet: Sheet, with_solutions: bool) -> Iterator[str]:
    yield _head(_("Key: %(title)s") % {"title": problem_set.title}, sheet)
    for number, (item, content) in enumerate(sheet.items, start=1):
        points = sheet.written(_points_in_words(item.points))
        head = f"#strong[{number}\\.] {_small(points)}"
        lines = _part_answers(item, content) or [_answer(content.key)]
        answers = [to_markup(sheet.written(line, content)) for line in lines]
        parts = [head, *answers] if content.parts else [f"{head} #h(1em) {answers[0]}"]
        parts += [printed(sheet.written(text, content)) for text in _answers_drawn(content)]
        if with_solutions:
            parts.append(
                f"#pad(left: 1em)[{_together([printed(sheet.written(content.solution, content))])}]"
            )
        yield _together(parts)


def _answers_drawn(content: Content) -> Iterator[str]:
    for part in _answered(content):
        if source := figure_source(part.drawing, part.key.value):
            yield figure_text(source)


def _together(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _small(words: str) -> str:
    return f"#text(size: 9pt, fill: luma(40%))[{escaped(words)}]"


def _points_in_words(points: Decimal) -> str:
    points = points.normalize()
    words = ngettext("%(n)s point", "%(n)s points", int(points) if points == 1 else 2)
    return words % {"n": f"{points:f}"}


def _choices(choices: list[str]) -> str:
    rows = ", ".join(f"[{printed(choice)}]" for choice in choices)
    return f'#enum(numbering: "A.", {rows})'


def _names(content: Content) -> list[str]:
    """What stands before the lines to write on: one for each answer."""
    lettered = zip(LETTERS, content.parts, strict=False)
    return [f"{letter}) {_('Answer')}" for letter, _part in lettered] or [_("Answer")]


def _answered(content: Content) -> Sequence[Part | Content]:
    """What has an answer of its own."""
    return content.parts or (content,)


def _part_answers(item: Item, content: Content) -> list[str]:
    """As Markdown, for each part: its answer, its points, and what a wrong earlier answer costs."""
    whole = sum(part.share for part in content.parts)
    lines = []
    for letter, part in zip(LETTERS, content.parts, strict=False):
        points = _points_in_words(item.part_points(part.share, whole))
        line = f"{letter}) {_answer(part.key)} ({points})"
        if part.carried:
            values = {"percent": part.carried_percent, "formula": _carried(part)}
            rule = _("%(percent)d%% if it follows from wrong earlier answers: %(formula)s")
            line += f"; {rule % values}"
        lines.append(line)
    return lines


def _carried(part: Part) -> str:
    """The formula by which a part follows from the letters of earlier ones."""
    if "\\" in part.carried:
        return rf"\({part.carried}\)"
    try:
        return rf"\({latex(read_answer(part.carried, part.key.decimal_comma))}\)"
    except (Unreadable, RecursionError):
        return part.carried


def _answer(key: AnswerKey) -> str:
    """A formula, a word or letters.

    What was typed, such as pi/6 or [[1,2],[3,4]], is printed as Lemma reads it; a formula in LaTeX
    as its author has set it.
    """
    if key.condition:
        example = _answer(replace(key, condition=""))
        values = {"answer": example, "condition": key.condition}
        return _("for example %(answer)s; right is: %(condition)s") % values
    if key.kind in (Kind.TEXT, Kind.CHOICE):
        return key.value
    if "\\" in key.value and not key.unit:
        return rf"\({key.value}\)"
    try:
        if key.kind in ANSWER_KINDS:
            return rf"\({understood(key.value, key.kind, decimal_comma=key.decimal_comma)}\)"
        value = key_value(key)
        table = as_matrix(value) if key.kind is Kind.MATRIX else None
        return rf"\({latex(table or value)}\)"
    except (Unreadable, RecursionError):
        return f"{key.value} {key.unit}".strip()
