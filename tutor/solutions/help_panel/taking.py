"""Gives a student the next piece of help. It is noted before it is shown."""

from django.utils.translation import gettext as _

from tutor.assignments.models import HelpLevel
from tutor.attempts.help import give
from tutor.attempts.leak_check import give_or_withhold, withhold
from tutor.attempts.working.check_visibility import is_asked
from tutor.limits import NoCpuLeft, limited_cpu_of
from tutor.solutions.help_panel.panel import HelpPanel
from tutor.solutions.next_line import ToldLine, is_finished, next_line
from tutor.solutions.requests.answer_hints import request_answer_hint
from tutor.solutions.requests.find_or_queue import request_solution


class NoLineGiven(Exception):
    """Its text is for the student."""


class LinesAskedTooOften(NoLineGiven):
    def __str__(self) -> str:
        return _("That was too fast. Wait a minute.")


class NoLineKnown(NoLineGiven):
    def __str__(self) -> str:
        return _(
            "Lemma is not sure what comes next here, so this did not count as help. Try a hint, or "
            "write down one line of your own first."
        )


class NothingLeft(NoLineGiven):
    def __str__(self) -> str:
        return _("Your working is finished. Submit the answer in its last line.")


def take(panel: HelpPanel, level: str, number: int) -> None:
    """Give this help if it is the next of its level and offered; else change nothing.

    Raises QuotaReached, NoLineKnown where nobody can say for sure what comes next, NothingLeft
    where nothing does, and LinesAskedTooOften.
    """
    if level == HelpLevel.HINT and number == panel.next_hint:
        text = panel.version.hints[number - 1]
        give(panel.enrollment, panel.item, panel.version, HelpLevel.HINT, number, text)
    elif level == HelpLevel.ANSWER_HINT and panel.wrong_attempt and panel.offers_answer_hints:
        if number == panel.wrong_attempt.number:
            request_answer_hint(panel.wrong_attempt)
    elif level == HelpLevel.LINE and panel.offers_lines and number == panel.next_line_number:
        _take_line(panel, number)
    elif level == HelpLevel.STEP and panel.offers_steps:
        _take_step(panel, number)


def _take_line(panel: HelpPanel, number: int) -> None:
    try:
        with limited_cpu_of(panel.enrollment.user_id):
            line = _next_line(panel)
            if line is None:
                raise NothingLeft if _is_finished(panel) else NoLineKnown
    except NoCpuLeft:
        raise LinesAskedTooOften from None
    at = (panel.enrollment, panel.item, panel.version, HelpLevel.LINE, number)
    give(*at, line.text)
    if line.leak:
        withhold(*at, line.withheld, leak=line.leak)


def _next_line(panel: HelpPanel) -> ToldLine | None:
    given = [line.text for line in panel.lines]
    at = (panel.enrollment, panel.item, panel.version, panel.practice)
    return next_line(*at, given, spares_values=_spares_values(panel))


def _is_finished(panel: HelpPanel) -> bool:
    at = (panel.enrollment, panel.item, panel.version, panel.practice)
    return is_finished(*at, spares_values=_spares_values(panel))


def _spares_values(panel: HelpPanel) -> bool:
    is_limited = panel.terms.attempts_allowed is not None
    return is_limited and is_asked(panel.terms, panel.attempts)


def _take_step(panel: HelpPanel, number: int) -> None:
    step = panel.step_source.next_step
    if panel.step_source.solution is None:
        request_solution(panel.version, None, panel.enrollment)
    elif step is not None and step.number == number:
        give_or_withhold(
            panel.enrollment, panel.item, panel.version, HelpLevel.STEP, step.number, step.text
        )
