"""A quantity that a task asks for or needs, with its formula, its value, and its usual mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.grading.parsing.tree import Term
from tutor.grading.parsing.units import NO_UNIT, Unit
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.task import Task


@dataclass(frozen=True, slots=True)
class Mistake:
    """formula, value: as the quantity comes out by this mistake; None where it has no such form.

    is_written: what a term must look like for the mistake to be meant, such as a sum.
    """

    slip: Slip
    formula: Term | None = None
    value: Term | None = None
    is_written: Callable[[Term], bool] | None = None

    def may_be(self, term: Term) -> bool:
        return self.is_written is None or self.is_written(term)


@dataclass(frozen=True, slots=True)
class ExpectedQuantity:
    """names: letters and lower-case words by which a working may call it, such as "D", "slope".

    formula: in letters, which a working may choose differently. value: with the numbers of the
    statement put in, in `unit`; it may depend on the variables of the statement. A working that
    finds another value by none of the mistakes is not refuted: it may speak of something else,
    unless the quantity is the only one of its name (is_only). figure: the name of the figure that
    has it, of which the problem may have several.
    """

    names: frozenset[str]
    formula: Term | None = None
    value: Term | None = None
    mistakes: tuple[Mistake, ...] = ()
    unit: Unit = NO_UNIT
    is_only: bool = False
    figure: re.Pattern[str] | None = None

    @property
    def is_called_by_words(self) -> bool:
        """Whether the problem asks for it by a word, and not only by a letter."""
        return any(len(name) >= 3 and name.isalpha() for name in self.names) or any(
            "\u4e00" <= name[0] <= "\u9fff" for name in self.names
        )


Source = Callable[[Task], Iterator[ExpectedQuantity]]
