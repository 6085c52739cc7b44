"""Percentages: shares, changes one after the other, old prices, interest and half-lives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tutor.grading.parsing.tree import Num, Term
from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import mistakes_in, put_in, term_of, words
from tutor.grading.working.quantities.stated import StatedQuantity, plain_text
from tutor.grading.working.task import Task, stated_in

ASKS_PERCENT = words(
    r"what percent(?:age)?|how many percent|percentage|wie ?viele? prozent|prozentsatz"
    r"|quel pourcentage|pourcentage|porcentaje|por ciento",
    "百分之几|百分比|百分率",
)
_AMOUNT = r"(\d{1,9}(?:\.\d{1,6})?)"
_SHARE = re.compile(
    rf"(?<![\d.]){_AMOUNT}\s?(?:[^\W\d]{{1,20}}\s){{0,2}}?(?:von|of|out of|sur|de)\s"
    rf"(?:[^\W\d]{{1,20}}\s){{0,2}}?{_AMOUNT}"
)
_ASKED_SHARE = re.compile(  # what percentage of 80 is 20, 36 as a percentage of 48
    rf"(?:percent(?:age)?|per cent|prozent|pour ?cent(?:age)?|porcentaje|por ciento|%)\s"
    rf"(?:of|von|de)\s{_AMOUNT}\s(?:is|are|sind|ist|est|sont|es|son)\s{_AMOUNT}"
    rf"|{_AMOUNT}\s(?:as a|als|en)\s(?:percentage|percent|prozent|pourcentage|porcentaje)\s"
    rf"(?:of|von|de)\s{_AMOUNT}",
    re.IGNORECASE,
)
_OF_NUMBER = re.compile(  # 15 % of 80
    rf"(?:%|percent|per cent|prozent|pour ?cent|por ciento)\s?(?:of|von"
    rf"|de)\s[$€£¥₹₣₽¤]?\s?{_AMOUNT}"
    rf"(?!\d|\.\d|\s?%)|{_AMOUNT}\s?的\s?\d{{1,3}}(?:\.\d{{1,2}})?\s?%",
    re.IGNORECASE,
)
_CURRENCIES = frozenset(
    [
        "eur",
        "usd",
        "gbp",
        "cny",
        "inr",
        "chf",
        "rub",
        "jpy",
        "brl",
        "krone",
        "huf",
        "pln",
        "czk",
        "lira",
        "money",
    ]
)
_AMOUNTS = re.compile(rf"(?<![\d.]){_AMOUNT}(?!\.?\d)")
_IS_PART = re.compile(
    r"\s*(?:of|von|de|der|des|du|d['’])\s[^\d.;?!]{1,40}?\s?"
    r"(?:is|are|equals?|ist|sind|beträgt|betragen|ergibt|est|sont|vaut|font|es|son|equivale a)"
    r"\s(?:[$€£¥₹₣₽¤]\s?)?|\s*[是为等於于]{1,3}\s*",
    re.IGNORECASE,
)
_IS_SHARE = re.compile(  # 45 is 30 % of a number
    r"\s*(?:is|are|ist|sind|est|sont|es|son)\s*|\s*是[^，。]{1,8}的\s*"
    r"|[^.?!\d]{1,50}\. (?:this|that|these|they|those)(?: is| are|['’]s|['’]re)\s*"
    r"|[^，。\d]{1,8}，占[^，。\d]{1,12}的\s*",
    re.IGNORECASE,
)
UP = words(
    r"rais\w{1,15}|rises?|risen|rose|increas\w{1,15}|grow\w{0,15}|grew|more|up|markup"
    r"|tax(?:es)?|vat|tva|iva|mwst|umsatzsteuer|taxes|interest|erhöh\w{1,15}"
    r"|steig\w{1,15}|gestiegen|teurer|zunahme|wächst|wachs\w{1,15}|mehrwertsteuer"
    r"|augment\w{1,15}|hausse|majoré\w{0,15}"
    r"|aument\w{1,15}|sub\w{1,15}|incremento|crece|verzinst|zins\w{0,15}",
    "erhöhung|zuwachs|anstieg|steigerung|提价|提高|增加|增长|涨|上涨|加价|利率",
)
DOWN = words(
    r"discounts?|reduc\w{1,15}|reduction|decreas\w{1,15}|fall\w{0,15}|fell|lower\w{0,15}|less"
    r"|off|cheaper|los(?:es?|t|ing)|sale"
    r"|depreciat\w{1,15}|rabatt\w{0,15}|gesenkt|reduziert|senk\w{1,15}|billiger|nachlass|sinkt"
    r"|verliert|fällt"
    r"|réduction|remise|baiss\w{1,15}|diminu\w{1,15}|solde\w{0,15}|rebaj\w{1,15}|descuento"
    r"|disminu\w{1,15}|baj\w{1,15}|pierde",
    "senkung|rabatt|nachlass|降价|降低|减少|打折|优惠|下降|跌|便宜",
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s|[。？]|，(?=求)")
_AFTER = words(
    r"after|nach(?:dem)?|après|tras|después|including|includes?|inclusive|inklusive|inkl"
    r"|brutto|ttc|toutes taxes|con iva|incluido|now costs",
    "后|以后",
)
_RESULT = words(
    r"gives|result|becomes|makes|ergibt|ergebnis|erhält|résultat|devient|donne|resultado|resulta",
    "得|结果",
)
_TO = re.compile(r"(?:to|auf|à|a|hasta|到|至)(?: ?[$€£¥₹₣₽¤])?", re.IGNORECASE)
_BEFORE = words(
    r"before|without|ohne|hors|sans|sin|net|netto|original\w{0,15}|old price|initially|vorher"
    r"|ursprünglich\w{0,15}"
    r"|früher|alte[rn]? preis|avant"
    r"|initial\w{0,15}|antes|original|inicial",
    "原价|原来|以前|不含|价前",
)
COMPOUND = words(
    r"compound\w{0,15}|zinseszins\w{0,15}|mit ?verzinst|intérêts composés|interés compuesto"
    r"|per year|each year|every year"
    r"|annually|a year|pro jahr|jedes jahr|jährlich|par an|chaque année|al año|cada año|per month"
    r"|pro monat|every hour|each hour",
    "复利|每年|每月",
)
SIMPLE = words(r"simple interest|einfache zinsen|intérêts? simples?|interés simple", "单利")
EARNS = words(r"interest|intérêts?|interés|intereses", "zins|利息")
HALF_LIFE = words(
    r"half[- ]li(?:fe|ves)|every .{1,20}hal(?:f of|ves)|halv(?:es|ed) every"
    r"|halbwertszeit|demi-vie|vida media|semivida|semidesintegración",
    "半衰期",
)
_PER_CENT = re.compile(r"%|％|per ?cent|prozent|pour ?cent|por ?ciento|百分|折", re.IGNORECASE)
_PERCENT_NAMES = frozenset(
    [
        "p%",
        "p",
        "x",
        "percent",
        "percentage",
        "prozentsatz",
        "prozent",
        "anteil",
        "pourcentage",
        "porcentaje",
        "百分比",
        "百分率",
    ]
)
CHANGE_NAMES = frozenset(
    [
        "x",
        "y",
        "d",
        "r",
        "R",
        "W",
        "p",
        "P",
        "discount",
        "rabatt",
        "remise",
        "descuento",
        "increase",
    ]
)
PRICE_NAMES = frozenset(
    [
        "x",
        "P",
        "p",
        "y",
        "price",
        "new price",
        "sale price",
        "final price",
        "neuer preis",
        "preis",
        "prix",
        "nouveau prix",
        "precio",
        "precio final",
        "现价",
        "售价",
        "价格",
    ]
)
_OLD_NAMES = frozenset(
    [
        "x",
        "P",
        "p",
        "G",
        "original price",
        "old price",
        "grundwert",
        "net price",
        "nettopreis",
        "alter preis",
        "prix initial",
        "precio inicial",
        "precio original",
        "原价",
    ]
)
_AMOUNT_NAMES = frozenset(
    [
        "A",
        "K",
        "B",
        "C",
        "S",
        "V",
        "N",
        "F",
        "FV",
        "K_n",
        "A_n",
        "C_n",
        "x",
        "balance",
        "amount",
        "endkapital",
        "kapital",
        "guthaben",
        "capital",
        "value",
        "wert",
        "本利和",
        "population",
    ]
)
INTEREST_NAMES = frozenset(["I_0", "Z", "i", "interest", "zins", "zinsen", "intérêt", "intérêts"])
INTEREST_NAMES |= {"interés", "intereses", "利息"}
_INTEREST_OF_YEAR = frozenset(["jahreszins", "jahreszinsen", "zinsen pro jahr", "zins pro jahr"])
_INTEREST_OF_YEAR |= {"annual interest", "yearly interest", "interest per year", "年利息"}
_INTEREST_OF_YEAR |= {"intérêt annuel", "intérêts annuels", "interés anual", "interés por año"}
WRONG_OF_MONTHS = (  # n of them, fewer than twelve
    (Slip.UNIT_CONVERSION, "P*r*n"), (Slip.WRONG_FORMULA, "P*r/n"), (Slip.INVERSE_RATIO, "P*r/t"),
)  # fmt: skip
_SHORTER_PERIOD = words(  # than a year, after which interest bears interest
    r"compound\w{0,15}|zinseszins\w{0,15}|composés?|compuestos?|monthly|(?:per|a|each) month"
    r"|monatlich\w{0,2}|pro monat|par mois|mensuel\w{0,3}|al mes|mensual\w{0,2}|quarter\w{0,3}"
    r"|quartal\w{0,2}|trimest\w{0,6}|day|daily|days|tag|täglich\w{0,2}",
    "复利|每月|月利|每季|日利",
)
_MONTH = (("month", 1),)
_MONTHS_OF_YEAR = 12
_REST_NAMES = frozenset(["N", "m", "A", "M", "x", "y", "N_t", "m_t", "rest", "amount"])

_TIMES = ((("month", 1),), (("s", 1),))  # dimensions
_HALF_YEAR = words(
    r"half (?:of )?a year|half[- ]year|halbe[sn]? jahr|halbjahr|demi-année|medio año", "半年"
)
_GROWTH = (
    ("P*(1+r)^n", ((Slip.WRONG_FORMULA, "P*(1+r*n)"), (Slip.POWER_AS_PRODUCT, "P*(1+r)*n"),
                   (Slip.WRONG_FORMULA, "P*r^n"), (Slip.DECIMAL_PLACE, "P*(1+10*r)^n"))),
    ("P*(1+p/100)^n", ((Slip.WRONG_FORMULA, "P*(1+p/100*n)"),)),
)  # fmt: skip
_DECAY = (
    ("P*(1-r)^n", ((Slip.WRONG_FORMULA, "P*(1-r*n)"), (Slip.POWER_AS_PRODUCT, "P*(1-r)*n"),
                   (Slip.WRONG_FORMULA, "P*r^n"), (Slip.LOST_SIGN, "P*(1+r)^n"))),
    ("P*(1-p/100)^n", ((Slip.WRONG_FORMULA, "P*(1-p/100*n)"),)),
)  # fmt: skip
_INTEREST = ("P*r*t", ((Slip.WRONG_FORMULA, "P*(1+r)^t"), (Slip.DECIMAL_PLACE, "P*10*r*t")))
_HALVED = (
    "N*(1/2)^(t/T)",
    ((Slip.INVERSE_RATIO, "N*(1/2)^(T/t)"), (Slip.POWER_AS_PRODUCT, "N*1/2*t/T"),
     (Slip.WRONG_FORMULA, "N*(1/2)^t"), (Slip.WRONG_FORMULA, "N*(1-t/(2*T))")),
)  # fmt: skip


def told_base(text: str) -> Fraction | None:
    """80, where 15 % of 80 are asked for; None where no number or several may be meant."""
    told = {Fraction(m[1] or m[2]) for m in _OF_NUMBER.finditer(plain_text(text))}
    return told.pop() if len(told) == 1 else None


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    quantities = stated_in(task)
    percents = [q for q in quantities if q.sign == "%"]
    if ASKS_PERCENT.search(task.text):
        yield from _share(task)
    if HALF_LIFE.search(task.text):
        yield from _half_life(task, quantities)
    if percents:
        yield from _changes(task, quantities, percents)
        yield from _interest(task, quantities, percents)
        yield from _base(task, quantities, percents)


def share_in(text: str) -> tuple[Fraction, Fraction] | None:
    """The part and the whole, for a share that is asked for in percent."""
    if asked := _ASKED_SHARE.search(text):
        whole, part, other_part, other_whole = asked.groups()
        pair = (part, whole) if part else (other_part, other_whole)
    elif match := _SHARE.search(text):
        pair = (match[1], match[2])
    else:
        amounts = _AMOUNTS.findall(text)
        if len(amounts) != 2 or UP.search(text) or DOWN.search(text):
            return None
        pair = tuple(sorted(amounts, key=Fraction))
    part_of, whole_of = (Fraction(amount) for amount in pair)
    return (part_of, whole_of) if part_of and whole_of else None


def _share(task: Task) -> Iterator[ExpectedQuantity]:
    """18 of 24 pupils: what per cent is that?"""
    share = share_in(plain_text(task.text))
    if share is None:
        return
    part, whole = share
    inverse = Mistake(Slip.INVERSE_RATIO, term_of("G/W"), _number(whole / part))
    yield ExpectedQuantity(_PERCENT_NAMES, term_of("W/G"), _number(part / whole), (inverse,))
    hundredfold = Mistake(Slip.INVERSE_RATIO, term_of("G/W*100"), _number(100 * whole / part))
    formula = term_of("W/G*100")
    yield ExpectedQuantity(_PERCENT_NAMES, formula, _number(100 * part / whole), (hundredfold,))
    yield ExpectedQuantity(frozenset(["G", "grundwert"]), value=_number(whole))
    yield ExpectedQuantity(frozenset(["W", "prozentwert"]), value=_number(part))


def _base(
    task: Task, quantities: Sequence[StatedQuantity], percents: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    """30 % of a number is 45; 30 % of 45."""
    others = [q for q in quantities if not q.sign]
    text = plain_text(task.text)
    if len(percents) != 1 or len(others) != 1 or UP.search(text) or DOWN.search(text):
        return
    percent, other = percents[0], others[0]
    number, share = other.number, percent.number / 100
    right, wrong = number * share, number / share
    if is_part_of_unknown(text, percent, other):
        right, wrong = wrong, right
    slips = [(Slip.PERCENT_BASE, wrong), (Slip.DECIMAL_PLACE, right * 10)]
    slips.append((Slip.DECIMAL_PLACE, right / 10))
    names = _OLD_NAMES | frozenset(["W", "prozentwert", "number", "zahl"])
    yield ExpectedQuantity(names, None, _number(right), _mistakes(slips, right))


def is_part_of_unknown(text: str, percent: StatedQuantity, amount: StatedQuantity) -> bool:
    """30 % of a number is 45, and not 30 % of 45 or 30 % of the 45 pupils."""
    if percent.end <= amount.start:
        return _IS_PART.fullmatch(text[percent.end : amount.start]) is not None
    return _IS_SHARE.fullmatch(text[amount.end : percent.start]) is not None


def _changes(
    task: Task, quantities: Sequence[StatedQuantity], percents: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    """200, first 20 % more and then 20 % less; 48 after 20 % less."""
    amounts = [q for q in quantities if not q.sign and _is_money(q)]
    factors = [change_of(task, q) for q in percents]
    if len(amounts) != 1 or None in factors or (COMPOUND.search(task.text) and len(factors) == 1):
        return
    [amount] = amounts
    changes = [factor for factor in factors if factor is not None]
    product, total = Fraction(1), Fraction(1)
    for change in changes:
        product *= 1 + change
        total += change
    base = amount.number
    if is_after_change(task, amount, percents[0]):
        wrong = [
            (Slip.PERCENT_BASE, base),
            (Slip.PERCENT_BASE, base * (2 - product)),
            (Slip.WRONG_FORMULA, base * product),
        ]
        yield ExpectedQuantity(
            _OLD_NAMES, None, _number(base / product), _mistakes(wrong, base / product)
        )
        return
    yield ExpectedQuantity(frozenset(["G", "grundwert"]), value=_number(base))
    slips = [(Slip.PERCENT_BASE, base * total), (Slip.LOST_SIGN, base * (2 - product))]
    names = CHANGE_NAMES | (frozenset() if _lasts(task, quantities) else INTEREST_NAMES)
    for change in changes[:1]:
        yield ExpectedQuantity(names, value=_number(base * abs(change)))
        slips.append((Slip.DECIMAL_PLACE, base * (1 + change / 10)))
    slips += [(Slip.WRONG_FORMULA, base * abs(change)) for change in changes[:1]]
    yield ExpectedQuantity(
        PRICE_NAMES, None, _number(base * product), _mistakes(slips, base * product)
    )


def _lasts(task: Task, quantities: Sequence[StatedQuantity]) -> bool:
    """Whether a time is told, in which more or less than one year's interest may be earned."""
    is_told = any(q.unit.dimension in _TIMES for q in quantities)
    return is_told or bool(_HALF_YEAR.search(task.text))


def _interest(
    task: Task, quantities: Sequence[StatedQuantity], percents: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    times = [q for q in quantities if q.unit.dimension in _TIMES]
    amounts = [q for q in quantities if not q.sign and q not in times]
    if len(percents) != 1 or not amounts:
        return
    amounts.sort(key=lambda amount: not _is_money(amount))
    if not times and len(amounts) == 1 and _HALF_YEAR.search(task.text):
        whole = amounts[0].number * percents[0].number / 100
        mistake = Mistake(Slip.WRONG_FORMULA, value=_number(whole))
        yield ExpectedQuantity(INTEREST_NAMES, None, _number(whole / 2), (mistake,))
    if len(times) != 1:
        return
    numbers = {
        "P": _number(amounts[0].number),
        "r": _number(percents[0].number / 100),
        "n": _number(times[0].number),
        "p": _number(percents[0].number),
    }
    years = times[0].unit.factor / 12 if times[0].unit.dimension == (("month", 1),) else 1
    numbers["t"] = _number(times[0].number * years)
    is_short = is_part_of_year(task, times[0])
    is_simple = is_short or not COMPOUND.search(task.text)
    if SIMPLE.search(task.text) or (is_simple and EARNS.search(task.text)):
        formula, slips = _INTEREST
        of_months = WRONG_OF_MONTHS if is_short and counts_months(times[0]) else ()
        yield from _of_formula(INTEREST_NAMES, formula, (*slips, *of_months), numbers)
        yield interest_of_year(amounts[0].number, percents[0].number)
        sum_formula, wrong = "P*(1+r*t)", ((Slip.WRONG_FORMULA, "P*(1+r)^t"),)
        yield from _of_formula(_AMOUNT_NAMES, sum_formula, wrong, numbers)
    elif COMPOUND.search(task.text):
        change = change_of(task, percents[0]) or Fraction(1)
        for text, mistakes in _DECAY if change < 0 else _GROWTH:
            yield from _of_formula(_AMOUNT_NAMES, text, mistakes, numbers)


def is_part_of_year(task: Task, time: StatedQuantity) -> bool:
    """Whether less than one year's interest is earned in the time, and none on interest."""
    months = time.number * time.unit.factor
    is_shorter = time.unit.dimension == _MONTH and months < _MONTHS_OF_YEAR
    return is_shorter and not _SHORTER_PERIOD.search(task.text)


def counts_months(time: StatedQuantity) -> bool:
    return time.unit.dimension == _MONTH and time.unit.factor == 1


def interest_of_year(amount: Fraction, percent: Fraction) -> ExpectedQuantity:
    return ExpectedQuantity(_INTEREST_OF_YEAR, value=_number(amount * percent / 100))


def _half_life(task: Task, quantities: Sequence[StatedQuantity]) -> Iterator[ExpectedQuantity]:
    mention = HALF_LIFE.search(plain_text(task.text))
    times = [q for q in quantities if q.unit.dimension in _TIMES]
    others = [q for q in quantities if q not in times and not q.sign]
    if mention is None or len(times) < 2 or not others:
        return
    lives = sorted(times, key=lambda q: (q.start < mention.start(), abs(q.start - mention.end())))
    life, time = lives[0], next(q for q in times if q is not lives[0])
    numbers = {
        "N": _number(others[0].number),
        "t": _number(time.number * time.unit.factor),
        "T": _number(life.number * life.unit.factor),
    }
    yield from _of_formula(_REST_NAMES, *_HALVED, numbers)


def _of_formula(
    names: frozenset[str],
    text: str,
    wrong: tuple[tuple[Slip, str], ...],
    numbers: dict[str, Term],
) -> Iterator[ExpectedQuantity]:
    mistakes = mistakes_in(text, wrong)
    yield ExpectedQuantity(names, term_of(text), None, mistakes)
    values = tuple(
        Mistake(m.slip, None, put_in(m.formula, numbers)) for m in mistakes if m.formula is not None
    )
    yield ExpectedQuantity(names, None, put_in(term_of(text), numbers), values)


def change_of(task: Task, percent: StatedQuantity) -> Fraction | None:
    """The change: 1/5 for 20 % more, -1/5 for 20 % less; None where no word tells."""
    text = plain_text(task.text)
    near = [
        (min(abs(match.start() - percent.end), abs(percent.start - match.end())), sign)
        for pattern, sign in ((UP, 1), (DOWN, -1))
        for match in pattern.finditer(text)
    ]
    if not near:
        return None
    return min(near)[1] * percent.number / 100


def is_after_change(task: Task, amount: StatedQuantity, percent: StatedQuantity) -> bool:
    """Whether the amount is what came out of the change."""
    text = plain_text(task.text)
    first = _AFTER.search(text)
    between = text[percent.end : amount.start]
    if percent.end <= amount.start and (_RESULT.search(between) or _TO.fullmatch(between.strip())):
        return True
    asked = text[max(amount.end, percent.end) :]
    asks_before = bool(_BEFORE.search(_after_first_sentence(asked)))
    return asks_before and (percent.start < amount.start or first is not None)


def _after_first_sentence(text: str) -> str:
    """A bike costs 250 dollars before tax: only what comes later may be asked for."""
    first, *later = _SENTENCE_END.split(text)
    return " ".join(later) if later else first


def _is_money(quantity: StatedQuantity) -> bool:
    bases = [base for base, _ in quantity.unit.dimension]
    return not bases or (len(bases) == 1 and bases[0] in _CURRENCIES)


def _mistakes(slips: Sequence[tuple[Slip, Fraction]], right: Fraction) -> tuple[Mistake, ...]:
    return tuple(Mistake(slip, None, _number(value)) for slip, value in slips if value != right)


def tells_percent(text: str) -> bool:
    return bool(_PER_CENT.search(text))


def _number(value: Fraction) -> Term:
    return Num(value)
