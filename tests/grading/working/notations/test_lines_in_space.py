"""Lines and planes of space, written out in coordinates."""

import pytest

from tests.grading.working.marking import marks

_MEETING = (
    "Bestimme den Schnittpunkt der Geraden \\(g:\\vec x=\\begin{pmatrix}1\\\\0\\\\2\\end{pmatrix}"
    "+t\\begin{pmatrix}1\\\\2\\\\-1\\end{pmatrix}\\) mit der Ebene \\(E:2x+y-z=10\\)."
)
_TYPED = (
    "The line \\(\\mathbf r=(1,0,2)+\\lambda(1,2,-1)\\) meets the plane \\(2x+y-z=10\\). Where?"
)
_DIRECTED = (
    "Déterminer une représentation paramétrique de la droite passant par \\(A(1;2;-1)\\) et de"
    " vecteur directeur \\(\\vec u(2;-1;3)\\)."
)
_PLANE = (
    "Donner une équation cartésienne du plan \\(P\\) passant par \\(A(1;2;-1)\\) et de vecteur"
    " normal \\(\\vec n(2;-1;3)\\)."
)
_TWO_POINTS = (
    "Bestimme eine Gleichung der Ebene E durch \\(A(1|2|-1)\\) mit dem Normalenvektor"
    " \\(\\vec n=\\begin{pmatrix}2\\\\-1\\\\3\\end{pmatrix}\\)."
    " Wie weit ist B(4|0|1) von E entfernt?"
)
_ENGLISH = (
    "Find the equation of the plane through \\(A(1,2,-1)\\) with normal \\(\\mathbf n=(2,-1,3)\\)."
)
_SPANISH = (
    "Halla la ecuación del plano que pasa por \\(A(1,2,-1)\\) y tiene vector normal"
    " \\(\\vec n=(2,-1,3)\\)."
)
_CHINESE = "求过点 \\(A(1,2,-1)\\) 且法向量为 \\(\\vec n=(2,-1,3)\\) 的平面方程。"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_MEETING, "x=1+t, y=2t, z=2-t"),
        (_MEETING, "einsetzen: x=1+t; y=2t; z=2-t"),
        (_MEETING, "x=1+r und y=2r und z=2-r"),
        (_MEETING, "P(1+t|2t|2-t)"),
        (_MEETING, "einsetzen: 2(1+t)+2t-(2-t)=10"),
        (_TYPED, "x = 1+λ, y = 2λ and z = 2-λ"),
        (_DIRECTED, "x=1+2t ; y=2-t ; z=-1+3t"),
        (_PLANE, "P : 2x-y+3z+d=0"),
        (_PLANE, "A∈P : 2*1-2+3*(-1)+d=0"),
        (_PLANE, "2(x-1)-(y-2)+3(z+1)=0"),
        (_TWO_POINTS, "E: 2x-y+3z=d"),
        (_TWO_POINTS, "A einsetzen: 2*1-2+3*(-1)=d"),
        (_ENGLISH, "2x - y + 3z = d"),
        (_ENGLISH, "A: 2 - 2 - 3 = d"),
        (_SPANISH, "2x - y + 3z + D = 0"),
        (_CHINESE, "代入A: 2-2-3+D=0"),
    ],
)
def test_it_proves_a_line_or_plane_of_the_statement(statement, line):
    assert marks([line], statement) in ("p", "g")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (_MEETING, "x=1+t, y=2t, z=2+t"),
        (_MEETING, "x=1+t, y=2t, z=2-r"),
        (_MEETING, "P(1+t|2t|t-2)"),
        (_MEETING, "einsetzen: 2(1+t)+2t-2-t=10"),
        (_TYPED, "x = 1+λ, y = 2 and z = 2-λ"),
        (_DIRECTED, "x=2+t ; y=-1+2t ; z=3-t"),
        (_PLANE, "P : 2x+y+3z+d=0"),
        (_PLANE, "P : x+2y-z+d=0"),
        (_PLANE, "A∈P : 2*1-2+3*1+d=0"),
        (_PLANE, "2(x+1)-(y+2)+3(z-1)=0"),
        (_TWO_POINTS, "B einsetzen: 2*4-0+3*1=d"),
        (_ENGLISH, "A: 2 - 2 + 3 = d"),
    ],
)
def test_it_proves_no_other_one(statement, line):
    assert marks([line], statement) not in ("p", "g")


def test_the_constant_keeps_its_sign():
    assert marks(["2x - y + 3z = d", "A: 2 - 2 - 3 = d"], _ENGLISH) == "pp"
    assert marks(["2x - y + 3z = d", "A: 2 - 2 - 3 + d = 0"], _ENGLISH)[1] not in "pg"
