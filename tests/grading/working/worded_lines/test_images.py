"""Images and preimages of functions, told in words."""

import pytest

from tests.grading.working.marking import assert_marks, marks

LINEAR = r"Soit \(f(x)=-3x+7\). Déterminer l'antécédent de 1 par \(f\)."
SQUARE = r"Bestimme die Urbilder von 4 unter \(f(x)=x^2\)."


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        (LINEAR, ["-3x + 7 = 1", "x = 2", "donc l'antécédent de 1 est 2"]),
        (LINEAR, ["l'image de 2 est 1", "f(2) = 1"]),
        (SQUARE, ["die Urbilder von 4 sind -2 und 2", "das Bild von 2 ist 4"]),
        (r"Find the preimage of 9 under \(f(x)=2x+1\).", ["the preimage of 9 is 4"]),
        (r"Sea \(f(x)=2x+1\). Halla la preimagen de 9.", ["la preimagen de 9 es 4"]),
        (LINEAR, [("donc l'antécédent de 1 est 4", "image_for_preimage")]),
        (LINEAR, [("l'image de 1 par f est 2", "image_for_preimage")]),
        (SQUARE, [("das Urbild von 4 ist 16", "image_for_preimage")]),
        (r"Sea \(f(x)=2x+1\). Halla la preimagen de 9.", [("la imagen de 4 es 8", "…")]),
    ],
)
def test_images_and_preimages(statement, lines):
    if lines[0][1] != "…":
        assert_marks(statement, lines)
    else:
        assert marks([lines[0][0]], statement) == "r"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (LINEAR, "l'antécédent de 1 n'est pas 4"),
        (LINEAR, "l'antécédent de 1 est la solution de -3x + 7 = 1"),
        (LINEAR, "4 est l'image de 1"),
        (r"Soient \(f(x)=2x\) et \(g(x)=x+1\).", "l'antécédent de 4 est 2"),
        (SQUARE, "ein Urbild von 4 ist 2"),
        (r"The image of a point under a reflection.", "the image of 3 is 5"),
    ],
)
def test_other_lines_are_not_refuted(statement, line):
    assert "r" not in marks([line], statement)
