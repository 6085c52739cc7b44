"""Things to put in an order: a part for each place, whose choices are all of them."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.pairs import place_prompt
from tutor.problems.interchange.questions import Fields, matching


def in_order(texts: Mapping[str, str], right: Sequence[str], draft: QuestionDraft) -> Fields:
    """texts: of the things, by their names. right: these names in their order.

    Raises InvalidRecord.
    """
    if sorted(right) != sorted(texts) or not texts:
        raise InvalidRecord("key", _("its right order cannot be read"))
    draft.notes.add(_("that the points are for all parts together"))
    return matching(
        [(place_prompt(n, draft.language), texts[name]) for n, name in enumerate(right, start=1)]
    )
