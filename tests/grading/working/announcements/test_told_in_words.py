"""Lines that tell in words what the statement tells, or what is done with it."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

TEA = (
    "A trader mixes 3 kg of grade A tea costing Ksh 160 per kg with 5 kg of grade B tea costing"
    " Ksh 120 per kg. Find the cost of one kilogram of the mixture."
)
PUMPS = "4 gleiche Pumpen leeren ein Becken in 9 Stunden. Wie lange brauchen 6 solche Pumpen?"
TEAM = "In how many ways can a committee of 3 be chosen from 7 people?"
SWEETS = "There are 4 green sweets and 6 yellow sweets in a bag. Amir eats two sweets."
JACKET = "Después de una rebaja del 25 %, una chamarra cuesta 600 pesos. ¿Cuál era su precio?"
BALLS = "袋中有5个红球和3个白球，任取2个，求两个都是红球的概率。"
CARDS = "De una baraja de 40 cartas se extraen dos sin reemplazamiento. ¿Probabilidad de dos ases?"
SAVINGS = "On place 2000 € à intérêts composés au taux annuel de 3 %. Quel est le capital ?"
PEOPLE = "从5名男生和4名女生中选3人，至少有1名女生的选法有多少种？"
GIRLS = "In how many ways can 3 of 5 boys and 4 girls be chosen with at least one girl?"
SHARES = r"Juan gasta \(\frac{2}{5}\) de su dinero en un libro y \(\frac{1}{3}\) en comida."
BUS = (
    "A bus left at 7.15 a.m. at 80 km/h. A car left at 7.45 a.m. on the same road at 100 km/h."
    " When did the car catch up with the bus?"
)
FRACTIONS = r"Resuelve: \(\frac{x+1}{2} - \frac{x-3}{4} = 2\)"
RATIONAL = r"解分式方程：\(\frac{1}{x-2} = \frac{4}{x^2-4}\)"
ORDER = r"Calcula: \(18 - 12 : 3 + 2 \cdot (-5)\)"
PERPENDICULAR = (
    r"The vectors \(\mathbf{a} = 2\mathbf{i} + k\mathbf{j}\) and"
    r" \(\mathbf{b} = 3\mathbf{i} - 2\mathbf{j}\) are perpendicular. Find \(k\)."
)
RIGHT = r"Le triangle \(ABC\) est rectangle en \(B\) et \(AC = 8\) cm. Calculer \(BC\)."
ISOSCELES = r"In triangle ABC, \(AB = AC\) and \(\angle A = 40^\circ\). Find \(\angle C\)."
CHORD = r"⊙O的半径为5,弦 \(AB = 8\),求圆心O到弦AB的距离。"
COSINE = (
    r"In triangle \(PQR\), \(PQ = 5\) cm, \(PR = 8\) cm and angle \(QPR = 60^\circ\). Find \(QR\)."
)
PARTS = r"Calculer \(I = \int_0^1 x e^x \, dx\) à l'aide d'une intégration par parties."
PRODUCT = r"Soit \(f(x) = (2x+1)e^{3x}\). Calculer \(f'(x)\)."
CONJUGATE = r"Écrire sous forme algébrique \(z = \frac{3+i}{1-2i}\)."
ZERO = r"Résoudre l'équation \((3x - 5)(x + 2) = 0\)."
LIMIT = r"Evaluate \(\lim_{x \to 2} \frac{x^3-8}{x^2-4}\)."
SECANTS = (
    r"Dans le triangle \(ABC\), \(M \in [AB]\) et \(N \in [AC]\) avec \((MN) \parallel (BC)\)."
    r" Calculer \(MN\)."
)


@pytest.mark.parametrize(
    ("statement", "right", "wrong"),
    [
        (TEA, "A costs sh 160 per kg, B costs sh 120 per kg", "A costs sh 120 per kg"),
        (TEA, "3 kg of A and 5 kg of B", "5 kg of A, 3 kg of B"),
        (PUMPS, "4 Pumpen ... 9 h", "9 Pumpen brauchen 4 Stunden"),
        (TEAM, "7 people, choose 3", "3 people, choose 7"),
        (
            JACKET,
            "pago 600 pesos ya con el 25% de descuento",
            "pago 25 pesos con 600% de descuento",
        ),
        (SWEETS, "6 yellow, 4 green", "4 yellow, 6 green"),
        (SWEETS, "10 sweets altogether", "12 sweets altogether"),
        (BALLS, "5个红球，3个白球", "3个红球，5个白球"),
        (BALLS, "共有8个球", "共有9个球"),
        (CARDS, "hay 4 ases en 40 cartas", "hay 4 ases en 52 cartas"),
        (CARDS, "P(1º as) = 4/40 = 1/10", "P(1º as) = 2/40 = 1/20"),
        (
            SAVINGS,
            "chaque année le capital augmente de 3%",
            "chaque année le capital augmente de 4%",
        ),
        (PEOPLE, "再从剩下的8人中任选2人：C(8,2)=28", "再从剩下的8人中任选2人：C(8,3)=56"),
        (GIRLS, "then 2 of the 8 others: C(8,2) = 28", "then 2 of the 8 others: C(8,2) = 56"),
        (SHARES, "Gasta: 2/5 + 1/3", "Gasta: 2/5 + 1/4"),
        (
            BUS,
            "bus is ahead by 30 min, 80 × 1/2 = 40 km",
            "bus is ahead by 20 min, 80 × 1/2 = 40 km",
        ),
        (BUS, "relative speed = 100 − 80 = 20 km/h", "relative speed = 100 + 80 = 180 km/h"),
        (FRACTIONS, "mcm = 4, multiplico todo por 4", "mcm = 4, multiplico todo por 3"),
        (RATIONAL, "解：方程两边同乘(x+2)(x-2)", "解：方程两边同乘(x+2)"),
        (ORDER, "primero la división y la multiplicación", "Strich vor Punkt"),
        (PERPENDICULAR, "perpendicular so a.b = 0", "perpendicular so a.b = 1"),
        (RIGHT, "Dans ABC rectangle en B, l'hypoténuse c'est [AC]", "l'hypoténuse c'est [AB]"),
        (
            ISOSCELES,
            "AB = AC so it is isosceles, two angles are equal",
            "AB = BC so it is isosceles, two angles are equal",
        ),
        (CHORD, "由垂径定理AC=AB/2=4", "由垂径定理AC=AB/2=3"),
        (CHORD, "Rt△OAC中,OC²=OA²-AC²=25-16=9", "Rt△OAC中,OC²=OA²-AC²=25-64"),
        (CHORD, "作OC⊥AB于C,连OA", "作OC⊥AB于C,则OC=AB"),
        (COSINE, "use cosine rule", "use sine rule"),
        (PARTS, "IPP : u(x) = x, v'(x) = e^x", "IPP : u(x) = x^2, v'(x) = e^x"),
        (
            PRODUCT,
            "f = u×v avec u(x) = 2x+1 et v(x) = e^(3x)",
            "f = u×v avec u(x) = 2x et v(x) = e^(3x)",
        ),
        (
            CONJUGATE,
            "on multiplie en haut et en bas par le conjugué 1+2i",
            "on multiplie en haut et en bas par le conjugué 1-2i",
        ),
        (ZERO, "un produit est nul si l'un au moins des facteurs est nul", "une somme est nulle"),
        (LIMIT, "at x = 2 it is 0/0 form", "at x = 3 it is 0/0 form"),
        (
            SECANTS,
            "Les droites (MB) et (NC) se coupent en A et (MN)//(BC)",
            "Les droites (MB) et (NC) se coupent en B et (MN)//(BC)",
        ),
    ],
)
def test_what_is_told_in_words(statement: str, right: str, wrong: str) -> None:
    assert marks([right], statement) in ("p", "g")
    assert marks([wrong], statement) not in ("p", "g")
