"""The cells of a gradebook: each mark as a link to the attempt that counts."""

from decimal import Decimal
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tutor.attempts.counting import ProgressState, state_word, unfinished
from tutor.attempts.models import Attempt
from tutor.teaching.gradebook.assignment_table import AssignmentRow
from tutor.teaching.gradebook.marks import ItemMark
from tutor.teaching.gradebook.points import plain


class MarkLinks:
    """The links of a page of rows.

    A page has 2,000 of them, which differ in little but their address. So the template is rendered
    only once for each state and number of points, with help or without.
    """

    _ANY_CODE = UUID(int=0)

    def __init__(self, rows: list[AssignmentRow]) -> None:
        pks = [mark.attempt for row in rows for mark in row.marks if mark]
        attempts = Attempt.objects.filter(pk__in=pks).order_by()
        columns = attempts.values_list("pk", "code", "helped_by")
        self._attempts = {pk: (str(code), bool(helped_by)) for pk, code, helped_by in columns}
        self._unfinished = set(attempts.filter(unfinished()).values_list("pk", flat=True))
        self._address = Attempt(code=self._ANY_CODE).get_absolute_url()
        self._halves: dict[tuple[ProgressState, Decimal, bool], list[str]] = {}

    def of(self, row: AssignmentRow) -> list[str]:
        return [self._link(mark) if mark else "–" for mark in row.marks]

    def _link(self, mark: ItemMark) -> SafeString:
        code, is_helped = self._attempts[mark.attempt]
        is_unfinished = mark.attempt in self._unfinished
        state = ProgressState.UNFINISHED if is_unfinished else mark.state
        halves = self._halves.get((state, mark.points, is_helped))
        halves = halves or self._render(state, mark.points, is_helped)
        return mark_safe(code.join(halves))  # noqa: S308  # a UUID in our template

    def _render(self, state: ProgressState, points: Decimal, is_helped: bool) -> list[str]:
        """The link's text before and after the code of the attempt."""
        context = {
            "state": state,
            "word": state_word(state),
            "points": plain(points),
            "is_helped": is_helped,
            "address": self._address,
        }
        link = render_to_string("teaching/_mark.html", context).strip()
        halves = link.split(str(self._ANY_CODE))
        self._halves[state, points, is_helped] = halves
        return halves
