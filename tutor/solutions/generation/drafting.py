"""Has the model draft a hint about an answer, and says what speaks against giving it."""

from dataclasses import dataclass

from tutor.attempts.leak_check import find_leak
from tutor.attempts.models import Attempt, WithheldHelp
from tutor.engine.completion import Outcome
from tutor.engine.prompts import (
    MATERIAL_CODE,
    HintKind,
    HintRecipe,
    StudentWork,
)
from tutor.engine.refusals import declines
from tutor.grading.check_process.client import check_step
from tutor.grading.steps.checks import StepVerdict
from tutor.materials.citing import Pointers
from tutor.solutions.dispatch.hint_record import hint_code_in_force
from tutor.solutions.generation.current_worker import running_worker
from tutor.solutions.generation.hint_wording import calls_answer, speaks_past_student
from tutor.text_gate import storable

MAX_HINT = 600  # characters; a longer text works the problem out
MAX_TRIES = 2  # of a hint with which workers crash
CHECK_S = 3.0  # for the calculations in a hint

Draft = tuple[str, Outcome]


@dataclass(frozen=True)
class Objection:
    """Why a draft is not given. leak: what in it says the answer, if that is the reason."""

    reason: WithheldHelp.Reason
    leak: str = ""


def draft_hint(
    attempt: Attempt, recipe: HintRecipe, kind: HintKind, pointers: Pointers, request_id: str
) -> Draft:
    """Raises EngineFailed and PromptTooLong."""
    version = attempt.version
    work = StudentWork(attempt.response, attempt.working, version.language)
    prompt = recipe.prompt(
        version.statement_in_words, version.choices, work, kind, pointers.in_prompt
    )
    text, outcome = running_worker().completions.complete(prompt, recipe.sampling, request_id)
    return pointers.only_shown(storable(text)).strip(), outcome


def objection_to(attempt: Attempt, draft: Draft, max_length: int = MAX_HINT) -> Objection | None:
    """None for a draft that may be given."""
    text, outcome = draft
    if outcome is not Outcome.FINISHED or not 0 < len(text) <= max_length or "\\boxed" in text:
        return Objection(WithheldHelp.Reason.NO_HINT)
    if declines(text):
        return Objection(WithheldHelp.Reason.DECLINED)
    if leak := find_leak(text, attempt.version):
        return Objection(WithheldHelp.Reason.LEAK, leak)
    statement = attempt.version.statement_without_figures
    if speaks_past_student(text, statement) or calls_answer(text, attempt.response):
        return Objection(WithheldHelp.Reason.NO_HINT)
    if check_step(statement, [text], CHECK_S).verdict == StepVerdict.REFUTED:
        return Objection(WithheldHelp.Reason.REFUTED)
    return None


def hint_code(pointers: Pointers) -> str:
    """Says which model and prompt write hints now."""
    return " ".join([hint_code_in_force(), *([MATERIAL_CODE] if pointers.in_prompt else [])])
