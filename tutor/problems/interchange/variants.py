"""Problems with parameters as several problems without, for systems that draw from questions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from tutor.problems.content import InvalidRecord
from tutor.problems.records import ProblemRecord

MAX_VARIANTS = 5

FirstAnswers: TypeAlias = Callable[[ProblemRecord], ProblemRecord]


def variants_of(record: ProblemRecord) -> Iterator[ProblemRecord]:
    """Different ones, with numbers behind their titles; the problem itself without parameters."""
    if not record.content.parameters.strip():
        yield record
        return
    variants = {variant.content: variant for variant in _drawn(record)}
    for number, variant in enumerate(variants.values(), 1):
        content = replace(variant.content, title=f"{variant.content.title} ({number})")
        yield replace(variant, slug=f"{variant.slug}-{number}", content=content)


def first_answers(record: ProblemRecord) -> ProblemRecord:
    """The first variant without its texts, which take as long again as working out the answers."""
    content = record.content
    if content.parameters.strip() and not content.parts:
        content = replace(content, statement="", solution="", hints=(), drawing="")
    return next(_drawn(replace(record, content=content)))


def _drawn(record: ProblemRecord) -> Iterator[ProblemRecord]:
    for seed in range(1, MAX_VARIANTS + 1):
        try:
            yield record.variant(seed)
        except InvalidRecord:  # stored past the checks
            yield record
