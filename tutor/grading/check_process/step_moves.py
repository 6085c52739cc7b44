"""Names the moves of a worked solution's steps, one step after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.parsing.typed import typed
from tutor.grading.processes.work_budget import WorkBudget
from tutor.grading.solver import Move
from tutor.grading.solver.naming import name_move
from tutor.grading.steps.checks import StepCheck, StepVerdict
from tutor.grading.steps.claim_results import ClaimCheck, ClaimRelation
from tutor.grading.working.task import read_task

MAX_WORK_S = 0.1  # for one step
MAX_MOVES = 3  # of one step
_EQUALS = re.compile(r"(?<![<>!:≤≥=])=(?![=>])")
_FOLLOWING = (ClaimRelation.EQUIVALENT, ClaimRelation.IMPLIES, ClaimRelation.SOLVE)


class StepMoves:
    """equation: what the next equation follows from, as written; at first the statement's."""

    def __init__(self, statement: str) -> None:
        equations = read_task(statement).equations
        self.equation = typed(equations[0]) if equations else ""

    def of(self, check: StepCheck) -> list[Move]:
        """The moves that lead to the proved claims of the next step, each once."""
        moves: list[Move] = []
        with WorkBudget(MAX_WORK_S) as budget:
            for move in self._moves(check.claims):
                if move not in moves:
                    moves.append(move)
                if len(moves) == MAX_MOVES or not budget.left_s:
                    break
        return moves

    def _moves(self, claims: tuple[ClaimCheck, ...]) -> Iterator[Move]:
        for claim in claims:
            move = None
            if claim.relation in _FOLLOWING:
                move = name_move(self.equation, claim.claim) if self.equation else None
                self.equation = claim.claim
            elif claim.relation == ClaimRelation.EQUAL:
                sides = _EQUALS.split(claim.claim)
                move = name_move(*sides) if len(sides) == 2 else None
            if move and claim.verdict == StepVerdict.PROVED:
                yield move
