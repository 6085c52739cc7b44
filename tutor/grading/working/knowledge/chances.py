"""Probabilities and counts that a statement asks for in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from tutor.grading.parsing.tree import Add, Div, Mul, Num, Pow, Term, walk
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import words
from tutor.grading.working.knowledge.small_numbers import COUNT, small_number
from tutor.grading.working.knowledge.statement_numbers import number_term
from tutor.grading.working.quantities.stated import plain_text
from tutor.grading.working.task import Task

MAX_TIMES = 12
_P = frozenset(
    ["P", "p", "probability", "wahrscheinlichkeit", "probabilité", "probabilidad", "概率"]
)
_COLOURS = {
    colour: number
    for number, group in enumerate(
        (
            "red|rote|roten|rot|rouges|rouge|rojas|rojos|roja|rojo|红",
            "blue|blaue|blauen|blau|bleues|bleus|bleue|azules|azul|蓝",
            "green|grüne|grünen|grün|vertes|verts|verte|verdes|verde|绿",
            "white|weiße|weißen|weiß|weisse|weissen|weiss|blanches|blanche|blancas|blanca|白",
            "black|schwarze|schwarzen|schwarz|noires|noire|negras|negra|黑",
            "yellow|gelbe|gelben|gelb|jaunes|jaune|amarillas|amarilla|黄",
        )
    )
    for colour in group.split("|")
}
_COLOUR = "|".join(sorted(_COLOURS, key=len, reverse=True))
_BALLS = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s{{0,3}}个?\s{{0,3}}(?:(?:boules|billes|jetons|bolas|fichas|canicas)\s)?({_COLOUR})",
    re.IGNORECASE,
)
_PART_OF_TOTAL = re.compile(  # of 12 balls, 5 are red
    r"(?:(?:of|von|sur|de|among|unter|parmi|entre)\s(?:the\s|den\s|les\s|las\s)?)?"
    rf"(?<![\d.])(\d{{1,3}})\s?(?:个|张|[^\W\d]{{2,15}})[^.。\d]{{0,40}}?(?<![\d.])(\d{{1,2}})\s?"
    rf"(?:个|张)?\s?(?:(?:of (?:them|which|these)|davon|are|sind|sont|son|是|为)\s?){{0,2}}"
    rf"({_COLOUR})",
    re.IGNORECASE,
)
_OF_TOTAL = words(
    r"of|von|sur|de|among|unter|parmi|entre|davon|denen|darunter|dont|cuales", "其中|中有"
)
_BESIDES = words(r"and|und|et|y|plus", "和")
_COLOUR_NAME = re.compile(rf"(?<![A-Za-z])({_COLOUR})(?![A-Za-z])", re.IGNORECASE)
_ALL = re.compile(
    rf"(?:both|all(?: of them)?|beide|alle|toutes?|deux|todas|ambas|都是?|全是?)"
    rf"[^.?。？]{{0,30}}?({_COLOUR})"
    rf"|(?:of|likely are|for) (?:two|three|2|3) ({_COLOUR})(?![a-z])"
    rf"|(?:两|二|三)(?:个)?球?(?:都|均)(?:是|为)({_COLOUR})",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    rf"{COUNT}\s?(?:balls?|marbles?|kugeln?|boules?|bolas?|cards?|karten?|of them"
    r"|个(?!\s?[红蓝绿白黑黄])|are|werden|sont|se)|(?:draw|pick|take|ziehen|zieht|tire|sacan?|extraen?|取出?|摸出?)\s?"
    + COUNT,
    re.IGNORECASE,
)
_WITHOUT = words(
    r"without (?:replacement|replacing|putting)|(?:and|are) eaten|and eats? (?:it|them|both)"
    r"|at once|together|simultaneously"
    r"|ohne zurücklegen|sans remise|sin (?:reemplazo"
    r"|reposición|devolución)|not replaced|gleichzeitig",
    "不放回|一次(?:随机|任意)?(?:摸|取)出|同时(?:摸|取)出?",
)
_WITH = words(
    r"with replacement|mit zurücklegen|avec remise|con (?:reemplazo|reposición)|is replaced",
    "(?<!不)放回",
)
AT_LEAST_ONE = words(
    r"at least one|at least once|mindestens ein\w*|au moins un\w*|al menos un\w*"
    r"|por lo menos un\w*",
    "至少",
)
_EVERY = words(
    r"all (?:three|four|five|\d+)? ?times?|each time|every time|jedes mal|jedesmal|immer|alle"
    r"|chaque fois|cada vez|both|all",
    "每次|都",
)
_TIMES = re.compile(
    rf"{COUNT}\s*(?:times|mal|-mal|fois|veces|次)|(?<!\w)(twice|zweimal|dreimal|viermal)(?!\w)",
    re.IGNORECASE,
)
_OTHER_EVENT = words(
    r"same|different|but|except|not|neither|gleiche[nrs]?|verschieden\w{0,2}|außer|nicht|même|mism[oa]"
    r"|distint[oa]s?",
    "相同|不同|一样|除了|不",
)
_THROWN_TOGETHER = re.compile(
    rf"(?<!\w){COUNT}\s(?:(?:fair|ordinary|normal|faire|normale)\s){{0,2}}"
    r"(?:dice|coins|würfel|münzen|dés|pièces|dados|monedas)",
    re.IGNORECASE,
)
_CHANCE = re.compile(
    r"(?:probability|wahrscheinlichkeit|probabilité|probabilidad|概率|命中率)\D{0,12}?"
    r"(0[.,]\d{1,4}|\d{1,2}/\d{1,3})",
    re.IGNORECASE,
)
_SIX = words(r"six(?:es)?|sechs(?:en)?|seis|an? 6|eine 6|une? 6|un 6", "六点|6 ?点")
_DIE = words(r"dice|die|würfel\w*|dés?|dados?", "骰子")
_COIN = words(r"coins?|münzen?|pièces?|monedas?", "硬币")
_HEADS = words(r"heads?|tails?|kopf|zahl|pile|face|cara|cruz", "正面|反面")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:\\?%|percent|prozent)", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![\d.,])0[.,]\d{1,4}(?![\d])")
_CONDITIONAL = words(
    r"test\w*|positiv\w*|otherwise|sonst|sinon|si no|if it|wenn|given|ill|healthy|krank\w*"
    r"|malad\w*|enferm\w*|defective|machine|late|late\w*",
    "检测|阳性|否则|次品",
)


_CORRECT = words(
    r"negativ\w*|négati\w+|correct\w*|accura\w+|richtig\w*|korrekt\w*|detect\w*|specific\w*"
    r"|spezifi\w*|on time|not|nicht|pünktlich|errors?|fehler\w*|wrong\w*|falsch\w*",
    "阴性|正确|准确",
)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    text = plain_text(task.text)
    yield from _draws(text)
    yield from _single_draws(text)
    yield from _repeated(text)
    yield from _dice_sums(text)
    yield from _exact_hits(text)
    yield from _branches(text)


def counts_by_colour(text: str) -> dict[int, int]:
    """Of the balls that a statement has; -1 for the rest of 12 balls of which 5 are red."""
    counts = {_COLOURS[colour.casefold()]: int(number) for number, colour in _BALLS.findall(text)}
    part = _PART_OF_TOTAL.search(text)
    if len(counts) > 1 or part is None or not _OF_TOTAL.search(part[0]):
        return counts
    if _BESIDES.search(part[0]):
        return counts  # a bag of 12 marbles and 5 red buttons
    colour, total, number = _COLOURS[part[3].casefold()], int(part[1]), int(part[2])
    others = {_COLOURS[other.casefold()] for other in _COLOUR_NAME.findall(text)} - {colour}
    if number >= total or len(others) > 1 or not counts.items() <= {colour: number}.items():
        return counts
    return {colour: number, others.pop() if others else -1: total - number}


def colour_counts(text: str) -> list[int]:
    return list(counts_by_colour(text).values())


def colour_in(event: str) -> int | None:
    """The only colour that it names."""
    colours = {_COLOURS[colour.casefold()] for colour in _COLOUR_NAME.findall(event)}
    return colours.pop() if len(colours) == 1 else None


def is_with_replacement(text: str) -> bool:
    return bool(_WITH.search(text))


def is_without_replacement(text: str) -> bool:
    return bool(_WITHOUT.search(text))


_SEVERAL_RESULTS = re.compile(
    rf"{COUNT}\s(?:sixes|six|heads|tails|sechsen|seises|faces|piles|caras|cruces)", re.IGNORECASE
)
_ONE_DRAWN = words(
    r"(?:one|a|an) (?:ball|marble|bead|counter|sweet|card)|one (?:of them )?is|at random"
    r"|eine kugel|zufällig"
    r"|une (?:boule|bille)|au hasard|una (?:bola|canica)|al azar",
    "任取|任意|随机|摸出|取出",
)
_ONE_DRAWN_IN_CHINESE = re.compile(r"(?:取|摸)出?(?:一|1)\s?[个球]")
_ASKED_COLOUR = re.compile(
    r"(?:it|is|sie|ist|soit|sea|(?:of|likely is|for) (?:an?|drawing an?|getting an?)|eine|une|una"
    r"|到|是|为)"
    rf"\s?({_COLOUR})",
    re.IGNORECASE,
)
_NOT = words(r"not|no|nicht|keine?|pas|non", "不|没")


def single_draw_in(text: str) -> tuple[int, tuple[int, ...]] | None:
    """How many balls have the colour that is asked for, and all numbers of balls."""
    counts = counts_by_colour(text)
    asked = _ASKED_COLOUR.findall(text)
    is_several = _number_drawn(text, counts) > 1
    is_single = bool(_ONE_DRAWN.search(text)) and not is_several
    is_single = is_single or bool(_ONE_DRAWN_IN_CHINESE.search(text))
    if len(counts) < 2 or not asked or not is_single or _NOT.search(text):
        return None
    favourable = counts.get(_COLOURS[asked[-1].casefold()])
    return (favourable, tuple(counts.values())) if favourable else None


def _number_drawn(text: str, counts: Mapping[int, int]) -> int:
    """2 of "5 of 12 balls are red, 2 balls are drawn"; 0 where nothing tells it."""
    numbers = [
        small_number(match[1] or match[2])
        for match in _DRAWN.finditer(text)
        if not _COLOUR_NAME.match(text, match.end() + 1)  # 5 are red
    ]
    numbers = [number for number in numbers if number != sum(counts.values())]
    others = [number for number in numbers if number not in counts.values()]
    return (others or numbers or [0])[0]


def _single_draws(text: str) -> Iterator[ExpectedQuantity]:
    draw = single_draw_in(text)
    if draw is not None:
        yield _chance(Fraction(draw[0], sum(draw[1])))


@dataclass(frozen=True, slots=True)
class Draw:
    """Several balls, all of them to be of one colour. favourable: balls of that colour."""

    total: int
    favourable: int
    times: int
    is_replaced: bool


def draw_in(text: str) -> Draw | None:
    """None where the words do not tell all of it."""
    counts = counts_by_colour(text)
    times, asked = _number_drawn(text, counts), _ALL.search(text)
    is_without, is_with = bool(_WITHOUT.search(text)), bool(_WITH.search(text))
    if len(counts) < 2 or asked is None or is_without == is_with:
        return None
    favourable = counts.get(_COLOURS[(asked[1] or asked[2] or asked[3]).lower()], 0)
    if not 2 <= times <= favourable:
        return None
    return Draw(sum(counts.values()), favourable, times, is_with)


def _draws(text: str) -> Iterator[ExpectedQuantity]:
    """Balls of one colour, with or without replacement."""
    draw = draw_in(text)
    if draw is None:
        return
    favourable, times, total = draw.favourable, draw.times, draw.total
    with_return = Fraction(favourable, total) ** times
    removed = Fraction(comb(favourable, times), comb(total, times))
    if draw.is_replaced:
        added = Fraction(favourable * times, total)
        yield _chance(with_return, (Slip.ADDED_PROBABILITIES, added, _is_sum))
        return
    steps = (Fraction(favourable - n, total - n) for n in range(times))
    yield _chance(
        removed,
        (Slip.WITH_REPLACEMENT, with_return, _is_product),
        (Slip.ADDED_PROBABILITIES, sum(steps, Fraction(0)), _is_sum),
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """Something tried several times. chance: of each time."""

    chance: Fraction
    times: int
    is_at_least_once: bool


def trial_in(text: str) -> Trial | None:
    """At least once, or every time; None for anything else."""
    chance, times = single_chance(text), small_number(_times_in(text))
    if chance is None:
        return None
    if not 2 <= times <= MAX_TIMES:
        return None
    if AT_LEAST_ONE.search(text):
        return Trial(chance, times, is_at_least_once=True)
    if _OTHER_EVENT.search(text):
        return None
    results = map(small_number, _SEVERAL_RESULTS.findall(text))
    is_every_time = _EVERY.search(text) or len(_TIMES.findall(text)) > 1 or times in results
    return Trial(chance, times, is_at_least_once=False) if is_every_time else None


def heads_at_least_one(text: str, task: Task) -> bool:
    """Whether the line begins with "at least one:", or "at least one six:", as is asked."""
    head, colon, _ = text.replace("：", ":").partition(":")
    trial = trial_in(plain_text(task.text)) if colon and AT_LEAST_ONE.search(head) else None
    if trial is None or not trial.is_at_least_once:
        return False
    rest = AT_LEAST_ONE.sub("", head, count=1).strip(" ()P")
    return not rest or bool(_SIX.fullmatch(rest) or _HEADS.fullmatch(rest))


def _times_in(text: str) -> str:
    """three of "three times", two of "two dice"; "0" for anything else."""
    if match := _TIMES.search(text):
        return str(match[1] or _WORD_TIMES.get(match[2].casefold(), "0"))
    together = _THROWN_TOGETHER.search(text)
    return together[1] if together else "0"


def _repeated(text: str) -> Iterator[ExpectedQuantity]:
    """A die or coin thrown several times: at least once, or every time."""
    trial = trial_in(text)
    if trial is None:
        return
    chance, times = trial.chance, trial.times
    added = chance * times
    if trial.is_at_least_once:
        yield _chance((1 - chance) ** times)
        yield _chance(
            1 - (1 - chance) ** times, (Slip.ADDED_PROBABILITIES, added, _is_sum_or_multiple)
        )
    else:
        yield _chance(chance**times, (Slip.SUM_FOR_PRODUCT, added, _is_sum_or_multiple))


_WORD_TIMES = {"twice": "2", "zweimal": "2", "dreimal": "3", "viermal": "4"}


def single_chance(text: str) -> Fraction | None:
    if _DIE.search(text) and _SIX.search(text):
        return Fraction(1, 6)
    if _COIN.search(text) and _HEADS.search(text):
        return Fraction(1, 2)
    match = _CHANCE.search(text)
    if match is None:
        return None
    chance = Fraction(match[1].replace(",", "."))
    return chance if 0 < chance < 1 else None


def branches_in(text: str) -> tuple[Fraction, Fraction, Fraction] | None:
    """The chance of a branch, and of an event in this branch and in the other one."""
    chances = [Fraction(part.replace(",", ".")) / 100 for part in _PERCENT.findall(text)]
    chances = chances or [Fraction(part.replace(",", ".")) for part in _DECIMAL.findall(text)]
    if len(chances) != 3 or not _CONDITIONAL.search(text):
        return None
    if _CORRECT.search(text):
        return None  # the chances may be of right results, which the words alone tell
    first, if_first, otherwise = chances
    return first, if_first, otherwise


def _branches(text: str) -> Iterator[ExpectedQuantity]:
    """Total probability of two branches, and of the first branch under the condition."""
    branches = branches_in(text)
    if branches is None:
        return
    first, if_first, otherwise = branches
    joint, other = first * if_first, (1 - first) * otherwise
    total = joint + other
    if not total:
        return
    wrong = joint + (1 - first) * (1 - otherwise)
    yield _chance(total, (Slip.WRONG_BRANCH, wrong, _is_sum))
    yield _chance(joint / total)
    yield _chance(other / total)


_TWO_DICE = words(
    r"two (?:fair |six-sided |normal )*(?:dice|die)"
    r"|(?:dice|die|würfel\w{0,9}+|dado|dé) (?:is |wird )?"
    r"(?:rolled |thrown |geworfen )?(?:twice|zweimal)"
    r"|zwei\w? (?:faire\w? )?würfel\w{0,9}+|deux dés|dos dados",
    "两[枚个颗粒]?(?:质地均匀的)?(?:正方体)?骰子",
)
_SUM_IS = re.compile(
    r"(?:sum|total|augensumme|summe|somme|suma|之和|点数和)[^\d.?]{0,24}?(\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
_EXACTLY = re.compile(
    rf"(?:exactly|genau|exactement|exactamente|恰好?(?:命中|有|投中)?)\s?{COUNT}", re.IGNORECASE
)


def dice_sum_in(text: str) -> int | None:
    """The sum of two dice that is asked for."""
    match = _SUM_IS.search(text)
    return int(match[1]) if match is not None and _TWO_DICE.search(text) else None


def _dice_sums(text: str) -> Iterator[ExpectedQuantity]:
    """5/36 for a sum of 8; pairs without order are a usual mistake."""
    total = dice_sum_in(text)
    ordered = sum(a + b == total for a in range(1, 7) for b in range(1, 7))
    pairs = sum(a + b == total for a in range(1, 7) for b in range(a, 7))
    if ordered:
        yield _chance(Fraction(ordered, 36), (Slip.WRONG_COUNT, Fraction(pairs, 36), None))


def _exact_hits(text: str) -> Iterator[ExpectedQuantity]:
    """C(5, 2)·0.2²·0.8³ for exactly two hits of five."""
    chance, times, hits = single_chance(text), _TIMES.search(text), _EXACTLY.search(text)
    if chance is None or times is None or hits is None:
        return
    n = small_number(times[1] or _WORD_TIMES.get(times[2].casefold(), "0"))
    k = small_number(hits[1])
    if not 1 <= k <= n <= MAX_TIMES:
        return
    single = chance**k * (1 - chance) ** (n - k)
    yield _chance(comb(n, k) * single, (Slip.ORDER_FORGOTTEN, single, _is_product))


Form = Callable[[Term], bool]


def _chance(value: Fraction, *wrong: tuple[Slip, Fraction, Form | None]) -> ExpectedQuantity:
    mistakes = tuple(
        Mistake(slip, value=number_term(other), is_written=form)
        for slip, other, form in wrong
        if other != value
    )
    return ExpectedQuantity(_P, value=number_term(value), mistakes=mistakes)


def _is_sum(term: Term) -> bool:
    return isinstance(term, Add) and len(term.parts) > 1


def _is_product(term: Term) -> bool:
    return any(isinstance(part, Mul | Pow) for part in walk(term)) and not _is_sum(term)


def _is_sum_or_multiple(term: Term) -> bool:
    """1/6 + 1/6, 4·1/6: no plain fraction, which may be of another event."""
    match term:
        case Div(Mul(parts), _) | Mul(parts):
            return any(isinstance(part, Num) for part in parts)
    return _is_sum(term)
