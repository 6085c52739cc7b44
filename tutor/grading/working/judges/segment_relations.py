"""Relations between the lengths of segments, such as AM/AB = AN/AC."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tutor.grading.parsing.tree import Comparison, Div, Sym, Value, free_names, substitute
from tutor.grading.parsing.units import NO_UNIT
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.steps.claim_results import ClaimRelation, ClaimResult, Slip, StepVerdict
from tutor.grading.steps.equation_side import EquationSide
from tutor.grading.working.judges.side_comparison import compare_sides
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.progress import Progress


@dataclass
class SegmentRelations:
    """Judges equations all of whose lengths are known."""

    progress: Progress

    def judge(
        self, equation: Comparison, left: EquationSide, right: EquationSide, budget: WorkBudget
    ) -> ClaimResult | None:
        """AM/AB = AN/AC and AC = 12, where all these lengths are known."""
        names, lengths = free_names(equation), self.progress.segments.by_name
        has_other_unit = any(
            s.unit not in (NO_UNIT, self.progress.segments.unit) for s in (left, right)
        )
        if not names or not names <= lengths.keys() or has_other_unit:
            return None
        written: Value = equation
        for name in names:
            written = substitute(written, Sym(name), number_term(lengths[name]))
        assert isinstance(written, Comparison)  # noqa: S101 - it was one before
        sides = (
            replace(left, term=written.left, unit=NO_UNIT),  # type: ignore[arg-type]
            replace(right, term=written.right, unit=NO_UNIT),  # type: ignore[arg-type]
        )
        result = compare_sides(*sides, equation.op, self.progress.facts, budget)
        if not result.is_decided:
            return None
        is_relation = result.verdict == StepVerdict.REFUTED and len(names) > 2
        slip = self._slip_in_relation(sides, budget) if is_relation else result.slip
        return replace(result, relation=ClaimRelation.SUBSTITUTE, slip=slip)

    def _slip_in_relation(
        self, sides: tuple[EquationSide, EquationSide], budget: WorkBudget
    ) -> Slip:
        """AM/AB = BC/MN, which holds with one of the ratios turned over."""
        left, right = sides
        match right.term:
            case Div(top, bottom):
                turned = replace(right, term=Div(bottom, top))
                result = compare_sides(left, turned, "=", self.progress.facts, budget)
                if result.verdict == StepVerdict.PROVED:
                    return Slip.INVERSE_RATIO
        return Slip.WRONG_FORMULA
