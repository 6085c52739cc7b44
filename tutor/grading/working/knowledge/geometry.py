"""Areas, perimeters, volumes and surfaces of the figures that a statement names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.grading.steps.claim_results import Slip
from tutor.grading.working.knowledge.expected import ExpectedQuantity, Mistake
from tutor.grading.working.knowledge.formulas import (
    Formula,
    as_concept,
    expected_by,
    read_table,
    words,
)
from tutor.grading.working.knowledge.quantity_names import NAMES
from tutor.grading.working.quantities.stated import StatedQuantity
from tutor.grading.working.task import Task, stated_in

FIGURES = {
    "triangle": words(r"triang(?:le|les|ular)|dreiecks?|triángulos?", r"三角形|△|\\triangle"),
    "equilateral": words(r"equilateral|gleichseitig\w*|équilatéral|equilátero", "等边|正三角形"),
    "isosceles": words(r"isosceles|gleichschenklig\w*|isocèle|isósceles", "等腰"),
    "rectangle": words(
        r"rectang(?:le|les|ular)|rechtecks?|rechteckige[snr]?|rectángulos?|rectangulaires?"
        r"|garden|field",
        "长方形|矩形",
    ),
    "square": words(
        r"squares?(?! (?:metres?|meters?|cm|units?|feet|root))|quadrate?s?|carrés?|cuadrados?",
        "正方形",
    ),
    "parallelogram": words(r"parallelograms?|parallelogramme?s?|paralelogramos?", "平行四边形"),
    "rhombus": words(
        r"rhombus(?:es)?|kites?|rauten?|drachen|drachenvierecks?|losanges?|rombos?", "菱形"
    ),
    "lozenge": words(r"rhombus(?:es)?|rauten?|losanges?|rombos?", "菱形"),  # and no kite
    "trapezium": words(r"trapez(?:ium|oid|iums|oids|es?)?|trapèzes?|trapecios?", "梯形"),
    "circle": words(
        r"circles?|circular|round (?:table|pond|plate|pool|cake|pizza|lawn|bed|lid|hole)s?"
        r"|round (?:garden|field|window|mirror|tray)s?"
        r"|rund\w{1,2} (?:tisch|teich|platte|beet|garten|fenster|spiegel)\w{0,8}"
        r"|rund\w{1,2} (?:pizza|torte|kuchen|becken)\w{0,8}"
        r"|(?:table|nappe|bassin|tapis|piscine|plaque|pizza|tarte|gâteau|place|étang) ronde?"
        r"|(?:mesa|estanque|tapa|alfombra|pizza|tarta|plaza|piscina) redond[ao]|disks?|discs?"
        r"|kreis(?:es|e)?|cercles?|disques?|círculos?|wheel|rad",
        "圆",
    ),
    "semicircle": words(
        r"semi-?circles?|half[- ](?:circle|dis[ck])s?|semi-?dis[ck]s?|semicircular"
        r"|halbkreis(?:es|fläche)?|demi[- ](?:cercle|disque)s?|semicírculos?|semidiscos?"
        r"|medio círculo",
        "半圆",
    ),
    "sector": words(
        r"sectors?|arcs?|kreisausschnitts?|kreissektors?|kreisbogens?|bogens?|secteurs?"
        r"|sectores|arcos?",
        "扇形|弧",
    ),
    "cylinder": words(
        r"cylind(?:ers?|rical|res?|riques?)|zylinders?|zylind(?:risch|erförmig)\w{0,2}"
        r"|cil[ií]ndr(?:os?|ic[oa]s?)|(?:a|the|tin|soup|drink) can|dose|pipe",
        "圆柱",
    ),
    "cone": words(r"cones?|conical|kegels?|cônes?|conos?", "圆锥"),
    "sphere": words(r"spheres?|balls?|kugeln?|sphères?|boules?|esferas?|bola|globe", "球"),
    "cube": words(r"cubes?(?! roots?)|würfels?|cubos?", "正方体|立方体"),
    "cuboid": words(
        r"cuboids?|box(?:es)?|rectangular prisms?|quaders?|pavés?|parallélépipèdes?|ortoedros?"
        r"|prisma rectangular|tank|aquarium",
        "长方体",
    ),
    "pyramid": words(r"pyramids?|pyramiden?|pyramides?|pirámides?", "棱锥|金字塔"),
    "prism": words(r"prisms?|prismas?|prismes?", "棱柱"),
}

# figure | what is sought | formula | letters | wrong formulas
_PLANE = """
triangle      | area      | 1/2*b*h          | b base, h height           |
triangle      | area      | a*b/2            | a leg, b leg               |
triangle      | area      | 1/2*a*b*sin(C)   | a side, b side, C angle    |
equilateral   | height    | √(3)/2*a         | a side                     | √(3)*a
equilateral   | area      | √(3)/4*a^2       | a side                     | √(3)/2*a^2; a^2/2
isosceles     | height    | √(a^2-(b/2)^2)   | a side, b base    | √(a^2-b^2); √(a^2+(b/2)^2)
isosceles     | area      | b/2*√(a^2-(b/2)^2) | a side, b base           | a*b/2
triangle      | perimeter | a+b+c            | a side, b side, c side     |
rectangle     | area      | l*w              | l length, w width          | 2*(l+w); l+w
rectangle     | perimeter | 2*(l+w)          | l length, w width          | l*w; l+w
rectangle     | width     | A/l              | A area, l length           |
rectangle     | diagonal  | √(l^2+w^2)       | l length, w width          |
square        | area      | a^2              | a side                     | 4*a
square        | perimeter | 4*a              | a side                     | a^2; 2*a
square        | area      | (P/4)^2          | P perimeter                | P^2
square        | side      | √(A)             | A area                     | A/4
square        | side      | P/4              | P perimeter                | √(P); P/2
square        | diagonal  | √(2*a^2)         | a side                     | 2*a
parallelogram | area      | b*h              | b base, h height           | b*h/2
rhombus       | area      | p*q/2            | p diagonal, q diagonal     |
lozenge       | side      | √((p/2)^2+(q/2)^2) | p diagonal, q diagonal   | √(p^2+q^2); (p+q)/2
lozenge       | perimeter | 4*√((p/2)^2+(q/2)^2) | p diagonal, q diagonal | 4*√(p^2+q^2); 2*(p+q)
trapezium     | area      | (a+c)*h/2        | a parallel, c parallel, h height | a*c*h/2
circle        | area      | π*r^2            | r radius                   | 2*π*r; 2*π*r^2
circle        | perimeter | 2*π*r            | r radius                   | π*r^2; π*r; 4*π*r
circle        | perimeter | π*d              | d diameter                 | 2*π*d; π*d^2
circle        | area      | π*(d/2)^2        | d diameter                 | π*d^2; π*d; π*d^2/2
-             | radius    | d/2              | d diameter                 | 2*d
circle        | radius    | √(A/π)           | A area                     | A/(2*π)
circle        | radius    | U/(2*π)          | U perimeter                | U/π; √(U/π)
semicircle    | area      | π*r^2/2          | r radius                   | π*r^2
semicircle    | perimeter | π*r+2*r          | r radius                   | π*r
sector        | arc       | 2*π*r*n/360      | r radius, n degrees        | π*r^2*n/360; π*r*n/360
sector        | arc       | r*θ              | r radius, theta angle      |
sector        | area      | n/360*π*r^2      | r radius, n degrees        | n/360*2*π*r; π*r^2
sector        | area      | 1/2*r^2*θ        | r radius, theta angle      |
sector        | area      | 1/2*l*r          | r radius, l arc            |
sector        | perimeter | 2*π*r*n/360+2*r  | r radius, n degrees        | 2*π*r*n/360
sector        | perimeter | 2*r+l            | r radius, l arc            |
"""
_SOLID = """
cylinder | volume    | π*r^2*h         | r radius, h height    | 2*π*r*h; 1/3*π*r^2*h
cylinder | surface   | 2*π*r^2+2*π*r*h | r radius, h height    | π*r^2+2*π*r*h
cylinder | surface   | 2*π*r*(r+h)     | r radius, h height    |
cylinder | lateral   | 2*π*r*h         | r radius, h height    | π*r*h; π*r^2*h
cylinder | base area | π*r^2           | r radius              | 2*π*r
cylinder | height    | V/(π*r^2)       | V volume, r radius    |
cylinder | radius    | √(V/(π*h))      | V volume, h height    |
cone     | volume    | 1/3*π*r^2*h     | r radius, h height    | π*r^2*h; 1/2*π*r^2*h
cone     | volume    | 1/3*π*r^2*√(s^2-r^2) | r radius, s slant | 1/3*π*r^2*s; π*r^2*√(s^2-r^2)
cone     | height    | √(s^2-r^2)      | r radius, s slant     | √(s^2+r^2); s-r
cone     | base area | π*r^2           | r radius              | 2*π*r
cone     | slant     | √(r^2+h^2)      | r radius, h height    | √(h^2-r^2)
cone     | lateral   | π*r*s           | r radius, s slant     | 2*π*r*s
cone     | lateral   | π*r*√(r^2+h^2)  | r radius, h height | 2*π*r*√(r^2+h^2); wrong_height π*r*h
cone     | surface   | π*r^2+π*r*s     | r radius, s slant     |
cone     | surface   | π*r^2+π*r*√(r^2+h^2) | r radius, h height |
cone     | height    | 3*V/(π*r^2)     | V volume, r radius    | V/(π*r^2)
sphere   | volume    | 4/3*π*r^3       | r radius              | 4*π*r^2; π*r^3; 3/4*π*r^3
sphere   | surface   | π*d^2           | d diameter            | 4*π*d^2
sphere   | surface   | 4*π*r^2         | r radius              | 4/3*π*r^3; π*r^2; 2*π*r^2
sphere   | radius    | ∛(3*V/(4*π))    | V volume              | √(3*V/(4*π))
sphere   | radius    | √(O/(4*π))      | O area                | √(O/π); O/(4*π)
cube     | volume    | a^3             | a side                | 6*a^2; a^2
cube     | surface   | 6*a^2           | a side                | a^3; 4*a^2; a^2
cube     | side      | √(O/6)          | O area                |
cube     | side      | ∛(V)            | V volume              | √(V)
cuboid   | volume    | l*w*h           | l length, w width, h height | 2*(l*w+l*h+w*h); l+w+h
cuboid   | surface   | 2*(l*w+l*h+w*h) | l length, w width, h height | l*w+l*h+w*h; l*w*h
-        | volume    | l*w*h           | l length, w width, h height |
pyramid  | volume    | 1/3*G*h         | G area, h height      | G*h; 1/2*G*h
pyramid  | base area | a^2             | a side                | 4*a
pyramid  | volume    | 1/3*a^2*h       | a side, h height      | a^2*h; 1/2*a^2*h
cuboid   | base area | l*w             | l length, w width     | 2*(l+w)
prism    | volume    | G*h             | G area, h height      | 1/3*G*h
"""
_KINDS_OF_TRIANGLES = (FIGURES["equilateral"], FIGURES["isosceles"])
FORMULAS = tuple(
    formula if formula.topic in _KINDS_OF_TRIANGLES else replace(formula, figure=formula.topic)
    for formula in (*read_table(_PLANE, FIGURES, NAMES), *read_table(_SOLID, FIGURES, NAMES))
)
# Its volume is that of the water above it, and not of the tank.
_PUT_INTO_WATER = words(
    r"submerged?|immersed?|displaced?|displacement|sinks?|(?:water|level) (?:ris(?:es|ing)|rose)"
    r"|untergetaucht|eingetaucht|wasser(?:spiegel|stand)? steigt|immergée?|plongée?|sumerg\w*",
    "浸没|浸入|放入|放进|溢出|水面上升|水位上升",
)
_LENGTHS = ("length", "width", "height")
_UNNAMED = ("", "side", "base", "parallel", *_LENGTHS)


def expected(task: Task) -> Iterator[ExpectedQuantity]:
    formulas = FORMULAS
    if _PUT_INTO_WATER.search(task.text):
        formulas = tuple(f for f in FORMULAS if f.names != NAMES["volume"])
    if FIGURES["semicircle"].search(task.text):
        formulas = tuple(f for f in formulas if f.topic != FIGURES["circle"])
    quantities = with_derived(task, stated_in(task))
    yield from expected_by(formulas, task, quantities)
    yield from _with_diameter(formulas, task, quantities)


def _with_diameter(
    formulas: Sequence[Formula], task: Task, quantities: Sequence[StatedQuantity]
) -> Iterator[ExpectedQuantity]:
    """π·12²·9 for a diameter of 12: the diameter taken for the radius."""
    diameters = [q for q in quantities if q.concept == "diameter"]
    if len(diameters) != 1 or sum(q.concept == "radius" for q in quantities) != 1:
        return
    used = [f for f in formulas if "radius" in f.letters.values()]
    others = [q for q in quantities if q.concept != "radius"]
    doubled = [*others, as_concept(diameters[0], "radius")]
    pairs = zip(expected_by(used, task, quantities), expected_by(used, task, doubled), strict=False)
    for right, wrong in pairs:
        if right.value is not None and wrong.value is not None:
            mistakes = (Mistake(Slip.HALF_FORGOTTEN, value=wrong.value),)
            yield replace(right, mistakes=mistakes)


def with_derived(task: Task, quantities: tuple[StatedQuantity, ...]) -> list[StatedQuantity]:
    """With those that follow at once, such as the radius of a diameter."""
    derived = list(quantities)
    concepts = {q.concept for q in quantities}
    for q in quantities:
        if q.concept == "diameter" and "radius" not in concepts:
            derived.append(replace(as_concept(q, "radius"), number=q.number / 2))
        if q.sign == "°":
            derived.append(replace(as_concept(q, "degrees"), sign=""))
    derived += _by_figure(task, quantities, concepts)
    return derived


def _by_figure(
    task: Task, quantities: tuple[StatedQuantity, ...], concepts: set[str]
) -> Iterator[StatedQuantity]:
    """A rectangle 5 cm by 3 cm, a box 4 × 5 × 6: lengths that no word names."""
    lengths = [q for q in quantities if _is_length(q) and q.concept in _UNNAMED]
    named: tuple[str, ...] = ()
    if FIGURES["cuboid"].search(task.text) and len(lengths) == 3:
        named = _LENGTHS
    elif FIGURES["rectangle"].search(task.text) and len(lengths) == 2:
        named = _LENGTHS[:2]
    elif FIGURES["rhombus"].search(task.text) and len(lengths) == 2:
        named = ("diagonal", "diagonal")
    elif FIGURES["trapezium"].search(task.text):
        lengths = [q for q in lengths if q.concept in ("", "side", "base")]
        named = ("parallel",) * len(lengths)
    if not set(named) <= concepts:
        yield from (as_concept(q, name) for q, name in zip(lengths, named, strict=True))


def _is_length(q: StatedQuantity) -> bool:
    return not q.sign and q.unit.dimension in ((), (("m", 1),))
