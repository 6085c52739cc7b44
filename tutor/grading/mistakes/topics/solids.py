"""Circles, and solids: their formula is found again in the right number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from tutor.grading.mistakes.explanation import MistakenAnswer, Question
from tutor.grading.mistakes.names import MistakeName
from tutor.grading.parsing.tree import Const, Mul, Num, Term

MAX_NUMBERS = 4
_N = MistakeName
_RADIUS = re.compile(r"radi(?:us|o|i)\b|rayon|半径", re.I)
_VOLUME = re.compile(r"volum|rauminhalt|capacity|体积|容积", re.I)
_DIAMETER = re.compile(r"diameter|durchmesser|diam[eè]tre|di[aá]metro|\bacross\b|直径", re.I)
_PART_OF_CIRCLE = re.compile(
    r"semi|half|quarter|halb|viertel|sektor|sector|secteur|demi|quart|cuart|medi[oa]|半圆|扇形|四分之",
    re.I,
)
_ROUND = re.compile(
    r"circ|\ba round\b|\bdis[ck]|wheel|\btins?\b|\bcans?\b|pipe|cylind|zylind|\bcone|kegel"
    r"|\bc[ôo]n[eo]|spher|\bball|kugel|sph[eè]r|esfera|kreis|\brad\b|dose\b|cercl|roue|rueda|radius|rayon|radio\b"
    r"|diam|durchmesser|圆|球|半径|直径|轮",
    re.IGNORECASE,
)
_SOLID = re.compile(
    r"cub|w[üu]rfel|quader|kante|ar[êe]te|arista|prism|pyramid|pirámide|box\b|tank|aquari|kiste"
    r"|volum|rauminhalt|surface|oberfläche|体积|表面积|正方体|长方体|棱|容积",
    re.IGNORECASE,
)
_PI = Const("pi")


def solid_mistakes(question: Question) -> Iterator[MistakenAnswer]:
    if question.amount is None or len(question.numbers) > MAX_NUMBERS:
        return
    numbers = list(dict.fromkeys(number for number in question.numbers if number > 0))
    if question.mentions(_ROUND):
        is_diameter_given = question.mentions(_DIAMETER) and not question.mentions(_RADIUS)
        for number in numbers:
            for radius, is_diameter in ((number, False), (number / 2, True)):
                if is_diameter or not is_diameter_given:
                    yield from _circle(radius, is_diameter, question)
                yield from _ball(radius, question)
        for number, height in permutations(numbers, 2):
            for radius in (number, number / 2):
                yield from _cylinder(radius, height, question)
    if question.mentions(_SOLID):
        for edge in numbers:
            yield from _cube(edge, question)
        for edge, height in permutations(numbers, 2):
            yield from _pyramid(edge, height, question)
        if len(numbers) >= 2:
            yield from _cuboid(question)


def _times(*factors: Fraction | Term) -> Term:
    return Mul(tuple(Num(f) if isinstance(f, Fraction) else f for f in factors))


def _pi(number: Fraction) -> Term:
    return _times(number, _PI)


Pairs = Iterator[tuple[Term, MistakeName]]


def _answers(pairs: Pairs) -> Iterator[MistakenAnswer]:
    for value, name in pairs:
        yield MistakenAnswer(value, name)


def _circle(r: Fraction, is_diameter: bool, question: Question) -> Iterator[MistakenAnswer]:
    shares = [Fraction(1)]
    if question.mentions(_PART_OF_CIRCLE):
        shares += [Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)]
    for share in shares:
        if question.is_right(_pi(share * r * r)):
            yield from _answers(_of_area(r, share, is_diameter))
            return
    if question.is_right(_pi(2 * r)):
        yield from _answers(_of_circumference(r, is_diameter))


def _of_area(r: Fraction, share: Fraction, is_diameter: bool) -> Pairs:
    if share != 1:
        name = _N.HALF_FORGOTTEN if share == Fraction(1, 2) else _N.FACTOR_FORGOTTEN
        yield _pi(r * r), name
    other = 2 * r if is_diameter else r / 2
    yield _pi(share * other * other), _N.RADIUS_FOR_DIAMETER
    yield _pi(share * 4 * r * r), _N.RADIUS_FOR_DIAMETER
    yield _pi(share * 2 * r), _N.AREA_FOR_CIRCUMFERENCE
    yield _pi(2 * r), _N.AREA_FOR_CIRCUMFERENCE
    yield _pi(share * r), _N.RADIUS_NOT_SQUARED
    yield _pi(share * 4 * r), _N.AREA_FOR_CIRCUMFERENCE
    yield Num(share * r * r), _N.FACTOR_FORGOTTEN
    yield _times(share * r * r, _PI, _PI), _N.FACTOR_FORGOTTEN


def _of_circumference(r: Fraction, is_diameter: bool) -> Pairs:
    yield _pi(r * r), _N.AREA_FOR_CIRCUMFERENCE
    if is_diameter:
        yield _pi(4 * r * r), _N.AREA_FOR_CIRCUMFERENCE
    yield _pi(r), _N.RADIUS_FOR_DIAMETER
    yield _pi(4 * r), _N.RADIUS_FOR_DIAMETER
    yield Num(2 * r), _N.FACTOR_FORGOTTEN


def _ball(r: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    volume, surface = _pi(Fraction(4, 3) * r**3), _pi(4 * r * r)

    def of_volume() -> Pairs:
        yield surface, _N.SURFACE_FOR_VOLUME
        yield _pi(r**3), _N.FACTOR_FORGOTTEN
        yield _pi(4 * r**3), _N.THIRD_FORGOTTEN
        yield _pi(r**3 / 3), _N.FACTOR_FORGOTTEN
        yield _pi(Fraction(4, 3) * r * r), _N.EXPONENT_RULE
        yield _pi(4 * r), _N.POWER_AS_PRODUCT
        for other in (2 * r, r / 2):
            yield _pi(Fraction(4, 3) * other**3), _N.RADIUS_FOR_DIAMETER

    def of_surface() -> Pairs:
        yield volume, _N.SURFACE_FOR_VOLUME
        yield _pi(r * r), _N.FACTOR_FORGOTTEN
        yield _pi(2 * r * r), _N.FACTOR_FORGOTTEN
        yield _pi(8 * r), _N.POWER_AS_PRODUCT
        yield _pi(4 * r), _N.RADIUS_NOT_SQUARED
        for other in (2 * r, r / 2):
            yield _pi(4 * other * other), _N.RADIUS_FOR_DIAMETER

    if question.is_right(volume):
        yield from _answers(of_volume())
    elif question.is_right(surface):
        yield from _answers(of_surface())


def _cylinder(r: Fraction, h: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    """Also a cone: a third of it."""
    surface, mantle = _pi(2 * r * r + 2 * r * h), _pi(2 * r * h)
    for share in (Fraction(1), Fraction(1, 3)):
        if question.is_right(_pi(share * r * r * h)):
            if question.mentions(_DIAMETER):
                yield MistakenAnswer(_pi(share * 4 * r * r * h), _N.RADIUS_FOR_DIAMETER)
            yield from _answers(_of_round_volume(r, h, share))
            return
    if question.is_right(surface):
        yield MistakenAnswer(_pi(r * r * h), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(mantle, _N.TERM_DROPPED)
        yield MistakenAnswer(_pi(r * r + 2 * r * h), _N.FACTOR_FORGOTTEN)
        for other in (2 * r, r / 2):
            yield MistakenAnswer(_pi(2 * other * other + 2 * other * h), _N.RADIUS_FOR_DIAMETER)
    elif question.is_right(mantle) and not question.mentions(_VOLUME):
        yield MistakenAnswer(_pi(r * r * h), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(surface, _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(_pi(r * h), _N.FACTOR_FORGOTTEN)
        yield MistakenAnswer(_pi(4 * r * h), _N.RADIUS_FOR_DIAMETER)


def _of_round_volume(r: Fraction, h: Fraction, share: Fraction) -> Pairs:
    if share != 1:
        yield _pi(r * r * h), _N.THIRD_FORGOTTEN
        yield _pi(r * r * h / 2), _N.FACTOR_FORGOTTEN
    yield _pi(share * r * h), _N.RADIUS_NOT_SQUARED
    if share == 1:
        yield _pi(2 * r * h), _N.SURFACE_FOR_VOLUME
        yield _pi(2 * r * r + 2 * r * h), _N.SURFACE_FOR_VOLUME
        yield _pi(r * r * h / 3), _N.THIRD_FORGOTTEN
    yield _pi(share * 2 * r * h), _N.POWER_AS_PRODUCT
    for other in (2 * r, r / 2):
        yield _pi(share * other * other * h), _N.RADIUS_FOR_DIAMETER
    yield _pi(share * h * h * r), _N.SWAPPED_COORDINATES
    yield Num(share * r * r * h), _N.FACTOR_FORGOTTEN


def _cube(a: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    if question.is_right(Num(a**3)):
        yield MistakenAnswer(Num(6 * a * a), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(Num(3 * a), _N.POWER_AS_PRODUCT)
        yield MistakenAnswer(Num(a * a), _N.EXPONENT_RULE)
    elif question.is_right(Num(6 * a * a)):
        yield MistakenAnswer(Num(a**3), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(Num(a * a), _N.FACTOR_FORGOTTEN)
        yield MistakenAnswer(Num(4 * a * a), _N.FACTOR_FORGOTTEN)
        yield MistakenAnswer(Num(12 * a), _N.POWER_AS_PRODUCT)


def _pyramid(a: Fraction, h: Fraction, question: Question) -> Iterator[MistakenAnswer]:
    if question.is_right(Num(a * a * h / 3)):
        yield MistakenAnswer(Num(a * a * h), _N.THIRD_FORGOTTEN)
        yield MistakenAnswer(Num(a * a * h / 2), _N.FACTOR_FORGOTTEN)
        yield MistakenAnswer(Num(a * h / 3), _N.EXPONENT_RULE)
        yield MistakenAnswer(Num(2 * a * h / 3), _N.POWER_AS_PRODUCT)
    elif question.is_right(Num(a * h / 3)):
        yield MistakenAnswer(Num(a * h), _N.THIRD_FORGOTTEN)
        yield MistakenAnswer(Num(a * h / 2), _N.FACTOR_FORGOTTEN)


def _cuboid(question: Question) -> Iterator[MistakenAnswer]:
    edges = question.numbers
    if len(edges) != 3:
        return
    a, b, c = edges
    volume, surface = a * b * c, 2 * (a * b + b * c + a * c)
    if question.is_right(Num(volume)):
        yield MistakenAnswer(Num(surface), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(Num(a + b + c), _N.ADDED_INSTEAD_OF_MULTIPLIED)
        for pair in (a * b, b * c, a * c):
            yield MistakenAnswer(Num(pair), _N.STOPPED_EARLY)
    elif question.is_right(Num(surface)):
        yield MistakenAnswer(Num(volume), _N.SURFACE_FOR_VOLUME)
        yield MistakenAnswer(Num(surface / 2), _N.FACTOR_FORGOTTEN)
        for pair in (a * b, b * c, a * c):
            yield MistakenAnswer(Num(surface - 2 * pair), _N.TERM_DROPPED)
