"""Find the passages of a section's material that are about a text.

Each word of a passage is a row with its weight. A search adds up the rows of the query's words: the
rarer a word, the more it counts (BM25). We do not use the full-text indexes of the databases. Their
ranks differ, so two schools would get different passages for the same question; neither finds words
in Chinese; SQLite's needs triggers to stay current; and both parse a query language. Plain rows and
one plain query work the same on both, and `tests.bench.passages` measures the results.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, FloatField, Sum, Value, When

from tutor.courses.models import Section
from tutor.materials.models import Passage, Term
from tutor.materials.search_terms import terms_of

SATURATION, LENGTH_COUNTS, USUAL_LENGTH = 1.2, 0.75, 100  # BM25's k1 and b; in words
HEADING_COUNTS = 2  # times, since it says what the passage is about
MAX_QUERY_WORDS = 200  # different words of a text
MAX_COUNTED = 3  # times that one word of the query counts
MAX_SEARCHED = 24  # of these, those that count most


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
class PassageMatch:
    """words: how many different words it shares with the query. score: in units of a word that no
    other passage has, so that scores of small and large sections can be compared.
    """

    passage: Passage
    words: int
    score: float


def search(section: Section, text: str, limit: int) -> list[PassageMatch]:
    """The passages that share a word with the text, best first. Three queries, and the passages.

    A word that the text has twice counts twice, up to MAX_COUNTED times.
    """
    query = dict(Counter(terms_of(text)).most_common(MAX_QUERY_WORDS))
    worth = _worth_in(section, query)
    if not worth:
        return []
    searched = sorted(worth, key=lambda term: (-worth[term], term))[:MAX_SEARCHED]
    whens = (When(term=term, then=Value(worth[term])) for term in searched)
    points = F("weight") * Case(*whens, output_field=FloatField())
    ranked = (
        Term.objects.filter(section=section, term__in=searched)
        .values("passage")
        .annotate(words=Count("term"), score=Sum(points))
        .order_by("-score", "passage")[:limit]
    )
    best = {row["passage"]: row for row in ranked}
    passages = Passage.objects.select_related("material").in_bulk(best)
    return [PassageMatch(passages[pk], row["words"], row["score"]) for pk, row in best.items()]


def _worth_in(section: Section, query: dict[str, int]) -> dict[str, float]:
    """What each word of the query counts that the section has: the rarer, the more."""
    rows = Term.objects.filter(section=section, term__in=query)
    passage_counts = dict(rows.values_list("term").annotate(Count("passage")))
    if not passage_counts:
        return {}
    total = Passage.objects.filter(material__section=section).count()
    return {
        term: min(query[term], MAX_COUNTED) * _rarity(count, total) / _rarity(1, total)
        for term, count in passage_counts.items()
    }


def _rarity(count: int, total: int) -> float:
    """How much a word counts that `count` of `total` passages have."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
