"""In how many ways letters, teams and numbers of several digits can be chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import comb, factorial, perm, prod

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.counting.digits import distinct_digits_in, repeated_digits_in
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.small_numbers import COUNT, small_number
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

WAYS = frozenset(
    name
    for names in (
        "N|n|ways|number of ways|arrangements|number|teams|committees|combinations",
        "anzahl|möglichkeiten|nombre|número|formas|种|总数|方法",
        "anagrams|anagramme|anagrammen|anagrammes|anagramas",
    )
    for name in names.split("|")
)
LETTERS_OF_WORD = re.compile(
    r"(?:letters? (?:of|in)(?: the word)?|buchstaben (?:von|des wortes|in)|lettres (?:de|du mot)"
    r"|letras de(?: la palabra)?|单词|字母"
    r"|anagrams? of(?: the word)?|[Aa]nagramme(?:s|n)? (?:le |du )?(?:mot|von|des Wortes)"
    r"|anagramas de(?: la palabra)?|(?:arrange|rearrange|umstellen|permuter) (?:the word )?)"
    r"\W{0,3}([A-Z]{3,12})(?![A-Za-z])"
)
GROUPS = words(
    r"teams?|committees?|pairs?|groups?|handshakes?|zweierteams|dreierteams|viererteams|gruppen?|paare?|ausschüsse?"
    r"|équipes?|comités?|équipe|equipos?|comisi\w+|subsets?|teilmengen?",
    "小组|委员会|代表",
)
_ROLES = words(
    r"president|captain|order|ordered|first|second|chair\w*|reihenfolge|ordre|orden|secretary"
    r"|leader|treasurer|row|vice\w*|deputy|stellvertret\w+|rank\w*|places?|prizes?|preise?",
    "顺序|队长|班长|正副|第一",
)
_TEAM_SIZES = re.compile(
    rf"(?:(?:of|from|aus|mit|de)\s+)?{COUNT}(?:er)?\W{{0,3}}(?:people|persons|students|members"
    r"|players|pupils|personen|schüler\w*|kinder\w*|personnes|élèves|personas|alumnos|人|名|个)",
    re.IGNORECASE,
)
_PAIRS = words(r"pairs?|zweierteams?|paare?|handshakes?|binômes?|parejas?", "两人")
_OF_SIZE = re.compile(rf"(?:of|mit|de|von)\s+{COUNT}(?!\w)", re.IGNORECASE)
_CHOSEN = re.compile(
    rf"{COUNT} (?:out )?(?:of|from|von|aus|parmi|de) (?:the |den |les |las |los )?{COUNT}"
    r" \w{1,20} (?:can be |be )?(?:chosen|selected|auszuwählen|auswählen|choisir)"
    rf"|(?:choose|select|pick|choisir|elegir|escoger) {COUNT}(?: \w{{1,15}})?"
    rf" (?:of|from|out of|parmi|de|entre) (?:a (?:group|class|team) of )?{COUNT}"
    rf"|{COUNT} \w{{1,20}} (?:(?:can|may|should) )?be (?:chosen|selected|picked|elected)"
    rf" (?:from|out of|of|among) (?:the |a (?:group|class|team) of )?{COUNT}"
    rf"|{COUNT} \w{{1,20}} (?:aus|von|parmi|entre|de) (?:den |les |los |las )?{COUNT} \w{{1,20}}"
    r" (?:auszuwählen|auswählen|zu wählen|wählen|gewählt|ausgewählt)"
    rf"|从\s?{COUNT}\s?[人个名本].{{0,4}}?(?:选|挑)出?\s?{COUNT}",
    re.IGNORECASE,
)

MAX_OFFICES = 4
_OFFICE = words(
    r"president|vice[- ]?president|captain|vice[- ]?captain|chair(?:person|man|woman)?|secretary"
    r"|treasurer|deputy|klassensprecher\w{0,2}|stellvertret\w{1,4}|vorsitzende\w?|kassenwart"
    r"|schriftführer\w{0,2}|délégué\w?|suppléant\w?|président\w?|secrétaire|trésori(?:er|ère)"
    r"|president[ae]|vicepresident[ae]|delegad[oa]|subdelegad[oa]|secretari[oa]|tesorer[oa]",
    "班长|副班长|队长|副队长|组长|副组长",
)
_BOTH_OFFICES = re.compile("正、?副(?:班长|队长|组长)")
_OF_PEOPLE = re.compile(
    rf"{COUNT}\s?(?:people|persons|students|members|players|pupils|personen|schüler\w*|kinder\w*"
    r"|mitglieder\w*|personnes|élèves|membres|personas|alumnos|miembros|[人名位个])",
    re.IGNORECASE,
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    yield from _arranged_letters(task.text)
    yield from _teams(text)
    yield from _offices(text)
    yield from _numbers_of_digits(text)


def _arranged_letters(text: str) -> Iterator[ExpectedQuantity]:
    """6!/(3!·2!) for BANANA, 4!/2! for the digits 1, 1, 2, 3."""
    word = LETTERS_OF_WORD.search(text)
    things = word[1] if word else repeated_digits_in(plain_text(text))
    repeated = prod(factorial(n) for n in Counter(things).values())
    total = factorial(len(things))
    if things:
        yield _ways(total // repeated, Slip.REPETITION_FORGOTTEN, total)


def group_in(text: str) -> tuple[int, int] | None:
    """How many are chosen of how many, in any order; None for anything else."""
    if (chosen := _CHOSEN.search(text)) and not _ROLES.search(text):
        numbers = [small_number(part) for part in chosen.groups() if part]
        return (min(numbers), max(numbers)) if numbers[0] != numbers[1] else None
    if not GROUPS.search(text) or _ROLES.search(text):
        return None
    numbers = [small_number(number) for number in _TEAM_SIZES.findall(text)]
    sizes = [small_number(number) for number in _OF_SIZE.findall(text)]
    sizes += [2] if _PAIRS.search(text) else []
    if len(set(numbers)) == 1:
        numbers += [size for size in sizes if size != numbers[0]]
    several = sorted({number for number in numbers if number > 1})
    return (several[0], several[1]) if len(several) == 2 else None


def _teams(text: str) -> Iterator[ExpectedQuantity]:
    """7·6/2 pairs of 7 people."""
    group = group_in(text)
    if group is None:
        return
    size, people = group
    yield _ways(comb(people, size), Slip.ORDER_COUNTED, perm(people, size))


def _offices(text: str) -> Iterator[ExpectedQuantity]:
    """10·9 for a president and a vice-president of 10 people: who is which counts."""
    offices = {match[0].casefold() for match in _OFFICE.finditer(text)}
    count = 2 if _BOTH_OFFICES.search(text) else len(offices)
    numbers = {small_number(match[1]) for match in _OF_PEOPLE.finditer(text)} - {0, 1}
    if not 2 <= count <= MAX_OFFICES or len(numbers) != 1:
        return
    people = numbers.pop()
    if people > count:
        yield _ways(perm(people, count), Slip.SET_UP, comb(people, count))


def _numbers_of_digits(text: str) -> Iterator[ExpectedQuantity]:
    """9·9·8 numbers of three different digits; those that begin with 0 are often counted."""
    told = distinct_digits_in(text)
    if told is not None:
        yield _ways(told.numbers, Slip.LEADING_ZERO, told.numbers + told.with_zero_first)


def _ways(number: int, slip: Slip, wrong: int) -> ExpectedQuantity:
    """wrong: what the slip gives; no mistake if it is the same."""
    mistakes = (Mistake(slip, value=number_term(Fraction(wrong))),) if wrong != number else ()
    return ExpectedQuantity(WAYS, value=number_term(Fraction(number)), mistakes=mistakes)
