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
    in_places = [texts[name] for name in right]
    pairs = [(place_prompt(n, draft.language), text) for n, text in enumerate(in_places, start=1)]
    return matching(pairs, choices=_mixed(list(texts.values()), in_places))


def _mixed(choices: list[str], right: list[str]) -> list[str]:
    """As the file has them, or as a word list would, unless their order is the answer."""
    orders = (choices, sorted(choices), choices[::-1])
    return list(dict.fromkeys(next((order for order in orders if order != right), right)))
