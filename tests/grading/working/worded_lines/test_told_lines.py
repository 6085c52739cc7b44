"""Lines that tell in words what the statement decides: members, halves, rows, choices, shares."""

import pytest

from tests.grading.working.marking import assert_marks, marks

SERIES = r"Find the sum of the first 20 terms of the arithmetic series \(5+8+11+\dots\)"
QUARTILES = "Find the interquartile range of 3, 5, 7, 8, 12, 13, 14."
PAINTERS = "4 Maler brauchen für eine Fassade 6 Tage. Wie lange brauchen 3 gleich schnelle Maler?"
CAPTAINS = "In how many ways can 2 captains be chosen from 9 players, if both have the same role?"
WHEEL = (
    "Mit Wahrscheinlichkeit 0.1 bekommt man 5 € ausgezahlt, mit Wahrscheinlichkeit 0.3 bekommt man"
    " 1 €, sonst nichts. Ist das Spiel fair?"
)
INEQUALITY = r"Résoudre \(x^2-5x+4\leq 0\)."
RIGHT = [
    (SERIES, "20th term = 5 + 19*3 = 62"),
    (SERIES, "the 20th term is 62"),
    (
        "Summe der ersten 12 Glieder der arithmetischen Folge 4, 7, 10, …",
        "12. Glied = 4 + 11·3 = 37",
    ),
    (
        "Somme des 10 premiers termes de la suite arithmétique 3, 5, 7, …",
        "10e terme = 3 + 9×2 = 21",
    ),
    ("Suma de los 15 primeros términos de 2, 6, 10, …", "término 15 = 2 + 14·4 = 58"),
    ("求等差数列3,7,11,…的前10项和。", "第10项=3+9×4=39"),
    (QUARTILES, "lower half 3, 5, 7 -> Q1 = 5"),
    (QUARTILES, "upper half 12, 13, 14 -> Q3 = 13"),
    (
        "Bestimme den Interquartilsabstand von 2; 4; 5; 7; 9; 10; 12; 15.",
        "obere Hälfte: 9, 10, 12, 15; Q3 = (10 + 12)/2 = 11",
    ),
    ("Se lanza una moneda 3 veces. ¿Probabilidad de al menos una cara?", "contrario: ninguna cara"),
    ("Wie wahrscheinlich ist mindestens eine 6 bei zwei Würfeln?", "Gegenereignis: keine 6"),
    ("On lance deux dés. Probabilité d'au moins un 6 ?", "événement contraire : aucun six"),
    ("抛硬币3次，求至少一次正面的概率。", "对立事件：没有正面"),
    ("Find the probability of at least one head in 3 tosses.", "complement: no heads"),
    (PAINTERS, "4 Maler -> 6 Tage"),
    ("6 workers build a wall in 8 days. How long do 4 workers need?", "6 workers = 8 days"),
    ("3 robinets remplissent un bassin en 4 heures.", "3 robinets -> 4 heures"),
    (CAPTAINS, "first captain: 9 choices"),
    (CAPTAINS, "second captain: 8 choices"),
    (
        "3 von 10 Schülern werden gewählt. Wie viele Möglichkeiten?",
        "zweiter Schüler: 9 Möglichkeiten",
    ),
    ("男生和女生的人数比是 \\(3:5\\)，全班共40人，男生有多少人？", "男生占全班的3/8"),
    (
        "Jungen und Mädchen stehen im Verhältnis 3:4. Wie viele Jungen?",
        "3/7 der Klasse sind Jungen",
    ),
    (WHEEL, "E(Auszahlung) = 5·0.1 + 1·0.3 + 0·0.6 = 0.8"),
    ("A game pays 5 € with probability 1/8 and 2 € with 1/4.", "E(X) = 5·1/8 + 2·1/4 = 9/8"),
    (INEQUALITY, "a = 1 > 0 donc le trinôme est négatif entre les racines"),
    (INEQUALITY, "les racines sont 1 et 4"),
    ("解不等式 \\(x^2-x-6>0\\)。", "方程的两根为 x=3, x=-2"),
    ("Halla la mediana de los datos 8, 3, 5, 12, 9, 4.", "hay 6 datos, los del centro son 5 y 8"),
    ("Déterminer la médiane de la série 12 ; 7 ; 15 ; 9 ; 10.", "il y a 5 valeurs"),
]
OTHER = [
    (SERIES, "20th term = 5 + 20*3 = 65"),
    (QUARTILES, "lower half 3, 5, 7 -> Q1 = 7"),
    (QUARTILES, "lower half 3, 5, 8 -> Q1 = 5"),
    ("Find the probability of at least one head in 3 tosses.", "complement: one head"),
    (PAINTERS, "3 Maler -> 6 Tage"),
    ("5 kg kosten 12 €. Was kosten 3 kg?", "3 kg -> 12 €"),
    (CAPTAINS, "second captain: 9 choices"),
    ("A game pays 5 € with probability 1/8 and 2 € with 1/4.", "E(X) = 5·1/4 + 2·1/8 = 3/2"),
    (INEQUALITY, "le trinôme est positif entre les racines"),
    (INEQUALITY, "les racines sont 1 et 5"),
    ("Halla la mediana de los datos 8, 3, 5, 12, 9, 4.", "hay 5 datos, los del centro son 5 y 8"),
    ("Déterminer la médiane de la série 12 ; 7 ; 15 ; 9 ; 10.", "il y a 6 valeurs"),
]


@pytest.mark.parametrize(("statement", "line"), RIGHT)
def test_what_the_statement_decides_is_proved_or_given(statement, line):
    assert_marks(statement, [line])


@pytest.mark.parametrize(("statement", "line"), OTHER)
def test_what_it_does_not_decide_stays_open(statement, line):
    assert marks([line], statement) == "u"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("男生和女生的人数比是 \\(3:5\\)，全班共40人，男生有多少人？", "男生占全班的3/5"),
        ("The ratio of boys to girls is 2 : 3. There are 30 pupils.", "boys are 2/3 of the class"),
        ("Jungen und Mädchen stehen im Verhältnis 3:4.", "Jungen: 3/4 der Klasse"),
        ("Le rapport garçons filles est 2:3.", "les garçons sont 2/3 de la classe"),
        ("La razón entre chicos y chicas es 2:3.", "los chicos son 2/3 de la clase"),
    ],
)
def test_a_part_taken_for_the_whole_is_named_where_it_is_taken(statement, line):
    assert_marks(statement, [(line, "part_for_whole")])


def test_a_part_compared_with_the_other_is_no_share():
    statement = "The ratio of boys to girls is 2 : 3. There are 30 pupils in the class."
    assert marks(["there are 2/3 as many boys as girls"], statement) == "u"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("The ratio of boys to all pupils is 3 : 5. There are 40.", "boys are 3/5 of the class"),
        ("男生与全班人数的比是3:5，全班共40人。", "男生占全班的3/5"),
    ],
)
def test_a_ratio_to_the_whole_is_a_share(statement, line):
    assert marks([line], statement) == "u"
