"""The kinds that have rules of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tutor.grading.answer_key import Kind
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.antiderivatives import AntiderivativeKind
from tutor.grading.kinds.based_numbers import BasedNumberKind
from tutor.grading.kinds.differential_equations import GeneralSolutionKind
from tutor.grading.kinds.directions import DirectionKind
from tutor.grading.kinds.divisions import DivisionKind
from tutor.grading.kinds.families import FamilyKind
from tutor.grading.kinds.flats import FlatKind
from tutor.grading.kinds.logic import LogicKind
from tutor.grading.kinds.permutations import PermutationKind
from tutor.grading.kinds.piecewise import PiecewiseKind
from tutor.grading.kinds.truth_values import TruthKind

ANSWER_KINDS: Mapping[Kind, AnswerKind[Any]] = {
    Kind.ANTIDERIVATIVE: AntiderivativeKind(),
    Kind.GENERAL_SOLUTION: GeneralSolutionKind(),
    Kind.FAMILY: FamilyKind(),
    Kind.LINE_OR_PLANE: FlatKind(),
    Kind.DIRECTION: DirectionKind(),
    Kind.PIECEWISE: PiecewiseKind(),
    Kind.LOGIC: LogicKind(),
    Kind.TRUTH: TruthKind(),
    Kind.BASED_NUMBER: BasedNumberKind(),
    Kind.DIVISION: DivisionKind(),
    Kind.PERMUTATION: PermutationKind(),
}
