"""Calculations in words."""

import pytest

from tutor.grading.prose.claims import cut_claims
from tutor.grading.prose.spoken_calculations import with_signs


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Half of 18 is 9, so 9 are red.", ["1/2×18", "9"]),
        ("Two thirds of the 24 pupils is 16.", ["2/3×24pupils", "16"]),
        ("3 dozen is 36 rolls", ["3×12", "36rolls"]),
        ("12 rolls per dozen * 3 dozen is 36 rolls", ["12rollsperdozen*3dozen", "36rolls"]),
        ("25% of $80 is $20", ["25%×$80", "$20"]),
        ("8 percent of 50 equals 4", ["8%×50", "4"]),
        ("We know that 3 squared is 9.", ["3²", "9"]),
        ("9 plus 8 equals 17", ["9+8", "17"]),
        ("54 minus 9 gives 45", ["54-9", "45"]),
        ("$6 + $5 + $3, which equals $14", ["$6+$5+$3", "$14"]),
        ("The sum of 12, 15, and 9 is 36.", ["12+15+9", "36"]),
        ("The average of 82, 90 and 77 is 83.", ["1/3×(82+90+77)", "83"]),
        ("18的一半是9", ["18×½", "9"]),
        ("80的25%是20", ["80×25%", "20"]),
        ("7乘以8等于56", ["7×8", "56"]),
        ("35的五分之二是14", ["35×2/5", "14"]),
    ],
)
def test_a_calculation_in_words_is_a_claim(text, sides):
    chains = [chain for chain in cut_claims(text) if "\x00" not in chain.sides[0].text]
    assert [side.text.replace(" ", "") for side in chains[0].sides] == sides


@pytest.mark.parametrize(
    "text",
    [
        "There are 5 boxes of 3 pens.",
        "7 times 8 is 5 more than 51.",
        "20% of 60 is 12 less than 24.",
        "Taking away 2 × 3 gives 4.",  # from 10
        "2/5 is equal to 12.8 hectares.",
        "The ratio of 3 to 4 is 0.75.",
        "Dividing by 2 × 3 is 4 steps.",
        "Half of the money is 9.",
        "What is 20% of 25?",
        "Five of 12 is too few.",
    ],
)
def test_words_around_numbers_are_no_calculation(text):
    assert cut_claims(text) == []


@pytest.mark.parametrize("text", ["", "a half of 3 plus 4 is 5.5", "的一半", "of 3 of 4 of 5 is 6"])
def test_indices_stay_valid(text):
    assert len(with_signs(text)) == len(text)
