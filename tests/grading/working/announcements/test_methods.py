"""Lines that name a method, or put in what is known, and neighbours that are wrong."""

from __future__ import annotations

import pytest

from tests.grading.working.marking import marks

INEQUALITY = r"Solve \(4-5x\ge 24\)."
UNGLEICHUNG = r"Löse die Ungleichung \(8-2x<20\)."
RAMP = (
    "In a right-angled triangle the hypotenuse is 15 cm. Find the length of the side opposite"
    " the angle of 28°."
)
KATHETE = (
    "In einem rechtwinkligen Dreieck ist die Ankathete des Winkels 50° genau 6 cm lang. Wie lang"
    " ist die Hypotenuse?"
)
PAINTERS = "Fünf Maler streichen eine Halle in 12 Tagen. Wie lange brauchen drei Maler?"
TAPS = "Tres grifos llenan un depósito en 8 horas. ¿Cuántas horas tardarían 6 grifos?"
CHAIRS = "Three workers make 12 chairs. How many chairs do 5 workers make?"
SHADOW = "Ein 1.5 m hoher Stab wirft einen 2 m langen Schatten, ein Turm einen von 24 m. Wie hoch?"
PARALLEL = (
    r"In \(\triangle PQR\) liegt \(S\) auf \(PQ\) und \(T\) auf \(PR\), \(ST\parallel QR\),"
    r" \(PS=3\), \(SQ=6\), \(ST=4\). Berechne \(QR\)."
)
JURY = "¿De cuántas maneras se puede elegir un comité de 4 personas en un grupo de 9?"
OFFICES = "In how many ways can a president and a secretary be chosen from 9 people?"
DATA = "Find the mean of 4, 9, 11 and 16."
TRIP = "A car drives there at 40 km/h and back at 60 km/h. What is the average speed?"
SECTOR = "Ein Kreissektor hat den Radius 5 cm und den Winkel 80°. Berechne den Umfang."
DISC = "Ein Kreis hat den Radius 5 cm. Berechne den Umfang."
SALT = "有浓度为25%的盐水400克，加多少克水才能使浓度变为20%？"
MORE_SALT = "有浓度为25%的盐水400克，加入多少克盐才能使浓度变为40%？"
PARTS = r"Calcula \(\int x\cos x\,dx\)."
CHAIN = r"Berechne \(\int 2x e^{x^2}\,dx\)."
POWERS = r"Evaluate \(\int_1^4(3x^2-2)\,dx\)."
SUBSTITUTED = r"Evaluate \(\int_0^2 2x(x^2+3)^2\,dx\)."
BETWEEN = r"求曲线 \(y=x^2\) 与直线 \(y=3x\) 所围图形的面积。"
LIMIT = r"Calculer \(\lim_{x\to+\infty}\left(\sqrt{x^2+6x}-x\right)\)."
GROWING = r"Calculer \(\lim_{x\to+\infty}\left(\sqrt{x^2+6x}+x\right)\)."


@pytest.mark.parametrize(
    ("statement", "before", "right", "wrong"),
    [
        (
            INEQUALITY,
            ["-5x >= 20"],
            "divide by -5 and flip the sign",
            "divide by -4, flip the sign",
        ),
        (INEQUALITY, ["-5x >= 20"], "dividing by -5: reverse it", "divide by -5, keep the sign"),
        (
            UNGLEICHUNG,
            ["-2x < 12"],
            "durch -2 teilen, Zeichen umdrehen",
            "durch -3 teilen, Zeichen umdrehen",
        ),
        (RAMP, [], "got hyp want opp so sin", "got hyp want opp so cos"),
        (RAMP, [], "sohcahtoa, opp and hyp so sine", "want hyp got opp so sin"),
        (KATHETE, [], "AK und Hyp also Kosinus", "Gegenkathete und Hypotenuse, also Sinus"),
        (
            PAINTERS,
            [],
            "antiproportional, weniger Maler mehr Tage",
            "umgekehrt: mehr Maler mehr Tage",
        ),
        (
            TAPS,
            [],
            "es inversa porque con más grifos menos horas",
            "es directa, más grifos más horas",
        ),
        (SHADOW, [], "ähnliche Dreiecke", "gleichschenklige Dreiecke"),
        (PARALLEL, [], "weil ST ∥ QR", "weil SQ ∥ QR"),
        (PARALLEL, [], "△PST ∼ △PQR", "△PST ∼ △QPR"),
        (JURY, [], "el orden no importa, combinaciones", "el orden no importa, variaciones"),
        (JURY, [], "tengo que elegir 4 de 9", "tengo que elegir 9 de 4"),
        (DATA, [], "add them up and divide by how many", "add them up and divide by 2"),
        (SECTOR, [], "noch die 2 Radien addieren", "noch die 2 Durchmesser addieren"),
        (SALT, [], "加水后盐的质量不变", "加水后浓度不变"),
        (PARTS, [], "por partes", "por sustitución x=2"),
        (POWERS, [], "limits 4 and 1", "limits 4 and 2"),
        (POWERS, [], "integrates to x^3-2x", "integrates to x^3-2"),
        (POWERS, [], "integral is x³ - 2x", "integral is 6x"),
        (
            SUBSTITUTED,
            ["u = x^2+3, du = 2x dx"],
            "int of u^2 from 3 to 7",
            "int of u^2 from 0 to 2",
        ),
        (PARTS, [], "∫ = x·sin x - ∫ sin x dx", "∫ = x·sin x + ∫ sin x dx"),
        (BETWEEN, ["S=∫_0^3(3x-x²)dx"], "原函数 3x²/2-x³/3", "原函数 3x²-x³/3"),
        (LIMIT, [], "∞ - ∞ donc FI, quantité conjuguée", "∞/∞ donc FI, quantité conjuguée"),
    ],
)
def test_methods_that_fit(statement: str, before: list[str], right: str, wrong: str) -> None:
    assert marks([*before, right], statement)[-1] in "pg"
    assert marks([*before, wrong], statement)[-1] not in "pg"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (INEQUALITY, "divide by -5, flip the sign"),  # before a line has -5x alone
        (CHAIRS, "inversely proportional"),
        (OFFICES, "order doesn't matter so combinations"),
        (TRIP, "add up and divide by how many"),
        (DISC, "noch die 2 Radien addieren"),
        (MORE_SALT, "盐的质量不变"),
        (CHAIN, "partielle Integration"),
        (GROWING, "∞ - ∞ donc FI"),
    ],
)
def test_methods_that_do_not_fit(statement: str, line: str) -> None:
    assert marks([line], statement) not in ("p", "g")


INVERSE = r"反比例函数 \(y=\frac{k}{x}\) 的图象过点 \((4,-2)\)，求当 \(x=-2\) 时 \(y\) 的值。"
POWER = r"Differentiate \(y=(2x^3-1)^4\)."
QUOTIENT = r"Calculer la dérivée de \(f(x)=\frac{3x}{x^2+1}\)."
SQUARES = r"求函数 \(y=9^x-4\cdot 3^x+5\) 的最小值。"
VECTORS = (
    r"已知 \(\vec a=(3,1)\)，\(\vec b=(n,-6)\)，且 \(\vec a\perp\vec b\)，求 \(|\vec a-\vec b|\)。"
)
LENGTHS = (
    r"已知 \(|\vec a|=3\)，\(|\vec b|=4\)，"
    r"\(\vec a\) 与 \(\vec b\) 的夹角为 60°，求 \(|\vec a+\vec b|\)。"
)
PLANE = r"Find a normal of the plane that contains \((1, 0, 2)\) and \((3, -1, 1)\)."
POINTS = (
    r"\(P\) is the point \((2, 1)\) and "
    r"\(Q\) is the point \((5, -3)\). Find \(|\overrightarrow{PQ}|\)."
)
PUNKTE = "Gegeben sind C(2|0|1) und D(3|−2|3). Berechne den Abstand."
TEA = "Se mezclan 12 kg de café de 5 €/kg con 8 kg de 10 €/kg. ¿A cuánto sale el kilo?"
ARC = "A semicircle has radius 7 cm. Find its perimeter."
LEGS = "Las catetos de un triángulo rectángulo miden 8 cm y 15 cm. Halla el perímetro."
MATRIX = r"Ist \(A=\begin{pmatrix}3&2\\1&4\end{pmatrix}\) invertierbar?"
ENTRIES = r"Find the inverse of \(B=\begin{pmatrix}5&-1\\2&3\end{pmatrix}\)."
SINGULAR = r"Ist \(A=\begin{pmatrix}6&2\\3&1\end{pmatrix}\) invertierbar?"
LINE = r"Gegeben ist \(f(x)=2x-8\). Bestimme die Schnittpunkte mit den Achsen."
CRITICAL = r"Étudier \(f(x)=(x^2-3)e^{x}\)."
BALLS = (
    "Une urne contient 5 boules rouges et 3 noires. On tire deux boules sans remise. Quelle est la"
    " probabilité d'obtenir deux rouges ?"
)
SWEETS = "A bag has 12 sweets, 5 of which are sour. Two are eaten. Find P(both are sour)."
ROOTS = r"Resuelve \(\sqrt{x+3}=x-3\)."
PRODUCT = r"Résoudre \((x-1)(x-4)<0\)."
SERIES = "An arithmetic sequence starts with 3. Find the sum of the first 30 terms."
HEXAGON = "Find the interior angle of a regular hexagon."
NEITHER = (
    r"\(P(A)=0.6\), \(P(B)=0.3\), \(P(A\cap B)=0.2\)."
    r" Halla la probabilidad de que no ocurra ninguno."
)
HENS = "A farm has hens and rabbits, 30 heads and 86 legs. How many rabbits are there?"


@pytest.mark.parametrize(
    ("statement", "before", "right", "wrong"),
    [
        (INVERSE, ["k=4×(-2)=-8"], "y=-8/x", "y=8/x"),
        (POWER, ["u=2x^3-1, du/dx=6x^2"], "dy/dx = 4u^3 * 6x^2", "dy/dx = 4u^3 * 3x^2"),
        (QUOTIENT, [], "u=3x  u'=3   v=x²+1  v'=2x", "u=3x  u'=3   v=x²+1  v'=x"),
        (SQUARES, [], "令t=3^x，则y=t²-4t+5", "令t=3^x，则y=t²-12t+5"),
        (VECTORS, ["3n-6=0", "n=2"], "a-b=(1,7)", "a-b=(1,-5)"),
        (LENGTHS, [], "a·b=3×4×cos60°=6", "a·b=3×4×sin60°=6√3"),
        (PLANE, [], "normal n = (1, 0, 2) × (3, -1, 1)", "normal n = (1, 0, 2) × (3, 1, 1)"),
        (POINTS, [], "PQ = (5 - 2)i + (-3 - 1)j = 3i - 4j", "PQ = (5 - 2)i + (-3 - 1)j = 3i - 2j"),
        (PUNKTE, [], "Vektor CD = D − C", "Vektor CD = C − D"),
        (TEA, ["12·5=60€", "8·10=80€"], "total 140€ y 20 kg", "total 140€ y 18 kg"),
        (ARC, ["π*14=43.982..."], "half of that =21.991...", "half of that =22.991..."),
        (LEGS, [], "h=√(8²+15²)=17", "h=√(8²+14²)"),
        (LEGS, [], "hipotenusa = √(15²+8²)", "P=√(8²+15²)"),
        (MATRIX, [], "det ≠ 0 also ist A invertierbar", "det ≠ 0 also ist A nicht invertierbar"),
        (LINE, ["2x = 8"], "x = 4 also N(4|0)", "x = 4 also N(0|4)"),
        (LINE, [], "f(0) = -8 also Sy(0|-8)", "f(0) = -8 also Sy(-8|0)"),
        (CRITICAL, [], "e^x n'est jamais 0", "x^2-3 n'est jamais 0"),
        (
            CRITICAL,
            [],
            "e^x > 0 donc signe de x²+2x-3",
            "e^x > 0 donc signe de x²-2x-3",
        ),
        (BALLS, [], "1er tirage: 5 rouges sur 8 donc 5/8", "1er tirage: 4 rouges sur 8 donc 4/8"),
        (BALLS, [], "ensuite 4 rouges sur 7 donc 4/7", "ensuite 5 rouges sur 8 donc 5/8"),
        (SWEETS, [], "P(1st is sour) = 5/12", "P(1st is sour) = 5/17"),
        (ROOTS, ["x+3=x²-6x+9", "x²-7x+6=0"], "candidatas 6 y 1", "candidatas 6 y 2"),
        (PRODUCT, [], "on veut <0 donc S = ]1 ; 4[", "on veut >0 donc S = ]1 ; 4["),
        (SERIES, [], "S = 30/2 (first + last)", "S = 29/2 (first + last)"),
        (HEXAGON, [], "sum = (n-2)×180 with n=6", "sum = (n-2)×180 with n=8"),
        (NEITHER, [], "ninguno=1-P(AUB)", "ninguno=1-P(A)"),
        (HENS, ["suppose all hens: 30*2 = 60"], "missing: 86-60=26", "missing: 86-60=28"),
    ],
)
def test_what_is_put_in(statement: str, before: list[str], right: str, wrong: str) -> None:
    assert marks([*before, right], statement)[-1] in "pg"
    assert marks([*before, wrong], statement)[-1] not in "pg"


def test_entries_of_a_matrix_in_their_order() -> None:
    assert marks(["a=5 b=-1 c=2 d=3"], ENTRIES) == "g"


def test_a_matrix_without_inverse_is_not_called_invertible() -> None:
    assert marks(["det ≠ 0 also ist A invertierbar"], SINGULAR) not in ("p", "g")


def test_a_second_draw_of_another_colour_is_open() -> None:
    statement = BALLS.replace("deux rouges", "une rouge puis une noire")
    assert marks(["ensuite 4 rouges sur 7 donc 4/7"], statement) not in ("p", "g")


SINE = r"Resuelve \(2\sin x-1=0\) para \(0^\circ\le x<360^\circ\)."
COSINE = r"Solve \(\cos x=-\frac12\) for \(0\le x<2\pi\)."
HALF_DISC = r"Calculer l'aire d'un demi-disque de diamètre \(12\) cm."
CUBIC = r"求函数 \( f(x) = x^3 - 12x \) 的单调区间。"
DAMPED = r"Étudier les variations de \(f(x)=xe^{-x}\)."
QUADRANT = (
    r"Si \(\cos\alpha=-\frac{5}{13}\) y \(\alpha\) está en el segundo cuadrante, halla"
    r" \(\operatorname{sen}\alpha\)."
)
LISTED = "Halla la media y la desviación típica de 3, 5, 6, 6."
QUOTIENT_OF_NUMBERS = r"Calcula \(\frac{4-i}{2+3i}\) en forma binómica."
TWO_SIDES = r"Im Dreieck ABC ist \(a=6\) cm, \(c=9\) cm und \(\beta=50^\circ\). Berechne \(b\)."
TWO_ANGLES = r"Im Dreieck ABC ist \(a=6\) cm, \(c=9\) cm und \(\alpha=50^\circ\). Berechne \(b\)."
INTEREST = "Ein Guthaben von 3000 € wird mit 2 % verzinst. Berechne die Zinsen für 9 Monate."


@pytest.mark.parametrize(
    ("statement", "before", "right", "wrong"),
    [
        (SINE, ["sin x = 1/2"], "S = {30°, 150°}", "S = {30°, 210°}"),
        (COSINE, [], "S = {2π/3, 4π/3}", "S = {2π/3, 5π/3}"),
        (HALF_DISC, [], "aire : 36π/2 = 18π", "aire : 36π"),
        (HALF_DISC, [], "aire du disque : π × 6² = 36π", "aire du disque : π × 6 = 6π"),
        (CUBIC, [], "增区间(-∞,-2)，(2,+∞)，减区间(-2,2)", "增区间(-∞,-2)，减区间(-2,2)"),
        (
            DAMPED,
            [],
            "f' > 0 sur ]-∞;1[, f' < 0 sur ]1;+∞[",
            "f' > 0 sur ]-∞;2[, f' < 0 sur ]2;+∞[",
        ),
        (
            QUADRANT,
            ["sen²a=1-25/169=144/169"],
            "sen a=12/13 positivo pq es 2º cuadrante",
            "sen a=-12/13",
        ),
        (SINE, [], "sin is + in Q1 and Q2", "sin is + in Q1 and Q4"),
        (COSINE, [], "cos neg in Q2 + Q3", "cos neg in Q3 + Q4"),
        (LISTED, ["media=5"], "diferencias: -2 0 1 1", "diferencias: -2 0 1 2"),
        (QUOTIENT_OF_NUMBERS, [], "mult por el conjugado 2-3i", "mult por el conjugado 2+3i"),
        (
            TWO_SIDES,
            [],
            "Kosinussatz, weil 2 Seiten und eingeschlossener Winkel",
            "Kosinussatz, weil 3 Seiten und 2 Winkel",
        ),
        (INTEREST, [], "9 Mon = 3/4 Jahr", "9 Mon = 3/5 Jahr"),
    ],
)
def test_lines_that_were_open(statement: str, before: list[str], right: str, wrong: str) -> None:
    assert marks([*before, right], statement)[-1] in "pg"
    assert marks([*before, wrong], statement)[-1] not in "pg"


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (TWO_ANGLES, "Kosinussatz weil 2 Seiten + eingeschl. Winkel"),
        (SINGULAR, "det ≠ 0"),
        (SINE, "x = 50°, sin is positive in Q1 and Q2"),
    ],
)
def test_lines_that_stay_open(statement: str, line: str) -> None:
    assert marks([line], statement) not in ("p", "g")


def test_a_right_area_of_half_a_disc_is_proved_after_that_of_the_whole() -> None:
    lines = ["aire du disque : π × 6² = 36π", "demi-disque : 36π/2 = 18π cm²"]
    assert marks(lines, HALF_DISC) == "pp"


def test_both_solutions_are_no_lost_root() -> None:
    assert marks(["x = 2π/3 or x = 4π/3", "S = {2π/3, 4π/3}"], COSINE) == "pg"
    assert marks(["S = {2π/3}"], COSINE) != "p"
