"""Equations and inequalities that say when something grows to a told value."""

import pytest

from tests.grading.working.marking import marks

_BACTERIA = (
    "Eine Kultur mit 500 Bakterien verdoppelt sich alle 3 Stunden. Nach wie vielen Stunden sind es"
    " 12 000 Bakterien?"
)
_SAVINGS = (
    "On place 2000 € à intérêts composés au taux annuel de 3 %. Au bout de combien d'années"
    " entières le capital dépasse-t-il 3000 € ?"
)
_CAR = "A car loses 15% of its value each year. After how many years is it worth less than half?"
_COCHE = "Un coche pierde el 15 % de su valor cada año. ¿Cuándo vale menos de la mitad?"
_CHINESE = "某车每年贬值15%，几年后价值不足原来的一半？"
_SCHOOL = "A school has 800 pupils, and 5% more each year. When will it have more than 1200?"


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (_BACTERIA, ["N(t)=500*2^(t/3)", "500*2^(t/3)=12000"]),
        (_BACTERIA, ["N(t)=500*2^(t/3)", "12000 = 500*2^(t/3)"]),
        (_SAVINGS, ["C_n=2000×1.03^n", "2000×1.03^n>3000"]),
        (_SAVINGS, ["Cn=2000×1.03^n", "2000×1.03^n>3000"]),
        (_SCHOOL, ["P = 800*1.05^n", "800*1.05^n > 1200"]),
        (_CAR, ["0.85^t < 0.5"]),
        (_COCHE, ["0.85^t < 0.5"]),
        (_CHINESE, ["0.85^t<0.5"]),
    ],
)
def test_the_words_give_it(statement, lines):
    assert marks(lines, statement)[-1] in ("p", "g")


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (_BACTERIA, ["N(t)=500*2^(t/3)", "500*2^(t/3)=1200"]),
        (_SAVINGS, ["C_n=2000×1.03^n", "2000×1.03^n<3000"]),
        (_SAVINGS, ["C_n=2000×1.03^n", "2000×1.03^n>5000"]),
        (_CAR, ["0.15^t < 0.5"]),
        (_CAR, ["0.85^t < 0.05"]),
    ],
)
def test_they_give_no_other_one(statement, lines):
    assert marks(lines, statement)[-1] not in ("p", "g")
