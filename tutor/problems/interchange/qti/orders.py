"""Things to put in an order: a part for each place, whose choices are all of them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.questions import Fields, matching


def in_order(texts: Mapping[str, str], right: Sequence[str], draft: QuestionDraft) -> Fields:
    """texts: of the things, by their names. right: these names in their order.

    Raises InvalidRecord.
    """
    if sorted(right) != sorted(texts) or not texts:
        raise InvalidRecord("key", _("its right order cannot be read"))
    draft.notes.add(_("that the points are for all parts together"))
    return matching(
        [(_prompt(n, draft.language), texts[name]) for n, name in enumerate(right, start=1)]
    )


def _prompt(number: int, language: str) -> str:
    with override(language):
        return _("What comes at place %(n)d?") % {"n": number}
