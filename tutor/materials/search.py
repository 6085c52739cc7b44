"""Which passages of a section's material are about this text?

Each word of a passage is a row with its weight, and a search adds up the rows of the words asked
for: the rarer a word, the more it counts (BM25). The full-text indexes of the databases are not
used: their ranks differ, so that two schools would get other passages for one question; neither
finds words in Chinese; SQLite's needs triggers to stay in step; and both read a language of
queries. These are plain rows and one plain query, the same on both, and `tests.bench.passages`
asks how well it does.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, FloatField, Sum, Value, When

from tutor.courses.models import Section
from tutor.materials.models import Passage, Term
from tutor.materials.terms import terms_of

SATURATION, LENGTH_COUNTS, USUAL_LENGTH = 1.2, 0.75, 100  # BM25's k1 and b; in words
HEADING_COUNTS = 2  # times, since it says what the passage is about
MOST_ASKED = 200  # different words of a text
MOST_COUNTED = 3
MOST_TELLING = 24  # of these, those that count most


def index(section: Section, passages: Iterable[Passage]) -> None:
    rows = (
        Term(section=section, passage=passage, term=term, weight=weight)
        for passage in passages
        for term, weight in _weights(passage).items()
    )
    Term.objects.bulk_create(rows, batch_size=2_000)


def _weights(passage: Passage) -> dict[str, float]:
    counts = Counter(terms_of(passage.text))
    for term in terms_of(passage.heading):
        counts[term] += HEADING_COUNTS
    length = 1 - LENGTH_COUNTS + LENGTH_COUNTS * counts.total() / USUAL_LENGTH
    return {
        term: count * (SATURATION + 1) / (count + SATURATION * length)
        for term, count in counts.items()
    }


@dataclass(frozen=True)
class Found:
    """words: how many different ones it shares with what was asked. score: in words that no other
    passage has, so that those of a small and a large section can be compared.
    """

    passage: Passage
    words: int
    score: float


def search(section: Section, text: str, limit: int) -> list[Found]:
    """Those that share a word with the text, the best first. Three queries, and the passages.

    A word that the text has twice counts twice, up to MOST_COUNTED times.
    """
    asked = dict(Counter(terms_of(text)).most_common(MOST_ASKED))
    rows = Term.objects.filter(section=section)
    found_in = dict(rows.filter(term__in=asked).values_list("term").annotate(Count("passage")))
    if not found_in:
        return []
    total = Passage.objects.filter(material__section=section).count()
    worth = {
        term: min(asked[term], MOST_COUNTED) * _rarity(count, total) / _rarity(1, total)
        for term, count in found_in.items()
    }
    telling = sorted(worth, key=lambda term: (-worth[term], term))[:MOST_TELLING]
    whens = (When(term=term, then=Value(worth[term])) for term in telling)
    points = F("weight") * Case(*whens, output_field=FloatField())
    ranked = (
        rows.filter(term__in=telling)
        .values("passage")
        .annotate(words=Count("term"), score=Sum(points))
        .order_by("-score", "passage")[:limit]
    )
    best = {row["passage"]: row for row in ranked}
    passages = Passage.objects.select_related("material").in_bulk(best)
    return [Found(passages[pk], row["words"], row["score"]) for pk, row in best.items()]


def _rarity(count: int, total: int) -> float:
    """Of a word that so many of all passages have."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
