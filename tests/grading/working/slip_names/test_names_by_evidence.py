"""The name of a mistake that more than the shape of its line tells."""

import pytest

from tests.grading.working.slip_names.test_slip_names import slip_in, weighed_slip_in
from tutor.grading.numeric.sympy_client import warm_up
from tutor.grading.steps.claim_results import Slip


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """A limit must not be taken for undecided because the first process starts slowly."""
    warm_up()


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (r"Solve \(\frac{5x+20}{5}=9\).", ["x + 20 = 9"], Slip.CANCELLED_TERM),
        (r"Simplify \(\frac{a^2+5a}{a}\).", ["= a² + 5"], Slip.CANCELLED_TERM),
        (
            r"Berechne \(\frac34 + \frac12 \cdot \frac45\).",
            ["3/4 + 1/2 · 4/5 = 5/4 · 4/5"],
            Slip.ORDER_OF_OPERATIONS,
        ),
        (r"Find \(\int x \cos x\,dx\)", ["∫x cos x dx = x sin x + ∫ sin x dx"], Slip.LOST_SIGN),
        ("Löse I) 5x - 2y = 4, II) y = x - 5", ["5x - 2x - 10 = 4"], Slip.MINUS_BRACKET),
        (r"Solve \(\ln x + \ln(x+2) = \ln 8\)", ["ln(2x+2) = ln 8"], Slip.LOG_OF_SUM),
        (
            r"求函数 \(f(x)=\frac{\sqrt{x-7}}{x-9}\) 的定义域。",
            ["分母 x-9≠0，x≠9", "根号下 x-7>0，x>7"],
            Slip.STRICT_CHANGED,
        ),
        (r"Löse \(\frac{x}{2} - \frac{x+3}{5} = 1\)", ["5x - 2x + 6 = 10"], Slip.MINUS_BRACKET),
        (
            "A geometric sequence has first term 5 and common ratio 3. Find the 7th term.",
            ["a_7 = 5*3^7"],
            Slip.OFF_BY_ONE,
        ),
        (
            r"Berechne \(-12 - (-5) \cdot 3 + 18 : (-6)\).",
            ["(-5)*3 = -15 und 18:(-6) = -3", "-12 - 15 - 3"],
            Slip.LOST_SIGN,
        ),
        (
            r"Make a table of \(y=x^2-3x\) for \(x=-2,0,2\).",
            ["x = 0: y = 0", "x = -2: y = -4 + 6 = 2"],
            Slip.NEGATIVE_SQUARE,
        ),
        (
            "Una escalera de 10 m forma un ángulo de 50° con el suelo. ¿A qué altura llega?",
            ["h = 10·sen 50°", "h ≈ 10·(-0.262)"],
            Slip.DEGREES_RADIANS,
        ),
        (
            r"Evaluate \(\int_0^1 (6x^2+8x)\,dx\).",
            ["= [2x³ + 8x²] from 0 to 1"],
            Slip.INTEGRAL_RULE,
        ),
        (
            r"Solve \(y=3x-2\) and \(2x+y=8\).",
            ["2x + 3x - 2 = 8", "5x = 10", "x = 2", "y = 3*2 + 2 = 8"],
            Slip.LOST_SIGN,
        ),
        (r"Simplify \(\sqrt{8}+\sqrt{18}\).", ["2√2 + 3√2 = 5√4"], Slip.SPLIT_ROOT),
        (r"Write \(\frac{7^5}{7^{-2}}\) as a power.", ["= 7^(5-2)"], Slip.EXPONENT_RULE),
        (
            r"Calculate \(\frac34 - \frac25\).",
            ["3/4 = 15/20", "2/5 = 2/20"],
            Slip.COMMON_DENOMINATOR,
        ),
        (r"Solve \(x^2-7x-12=0\).", ["(x-3)(x-4) = 0"], Slip.FACTOR_SIGN),
        (r"Calculate \(\frac14+\frac12\times\frac23\).", ["= 3/4 × 2/3"], Slip.ORDER_OF_OPERATIONS),
        (r"Berechne \(5 \cdot 6 - 4\).", ["= 5·2"], Slip.ORDER_OF_OPERATIONS),
        (
            r"Simplify \(\frac{x^2-25}{x-5}\).",
            ["= (x-5)(x+5)/(x-5)", "= x-5"],
            Slip.CANCELLED_WRONG_FACTOR,
        ),
        (
            "Find the standard deviation of 1, 3, 5 (divide by 3).",
            ["mean 3", "s^2 = ((1-3)^2+(3-3)^2+(5-3)^2)/3", "s^2 = (-4+0+4)/3"],
            Slip.NEGATIVE_SQUARE,
        ),
        (
            r"Soit \(f(x)=\frac{3x+2}{x-1}\). Calculer \(f'(x)\).",
            ["f'(x) = (3(x-1) - (3x+2))/(x-1)²", "f'(x) = (3x - 3 - 3x + 2)/(x-1)²"],
            Slip.MINUS_BRACKET,
        ),
        (
            "The price of a coat of 600 euros rises by 20% and falls by 20%.",
            ["600 x 1.2 = 720", "720 - 20% = 720 - 120 = 600"],
            Slip.PERCENT_BASE,
        ),
        (
            r"Find the line perpendicular to \(y=4x-1\) that passes through \((8,2)\).",
            ["gradient of the perpendicular = 1/4"],
            Slip.LOST_SIGN,
        ),
    ],
)
def test_a_mistake_in_what_came_before_is_named(statement, lines, slip):
    assert slip_in(lines, statement) == slip


@pytest.mark.parametrize(
    ("statement", "lines", "answer", "slip"),
    [
        (
            "A 3 m post has a shadow of 2 m. At the same time a house has a shadow of 10 m."
            " How high is it?",
            ["h/10 = 2/3", "h = 20/3"],
            "15 m",
            Slip.INVERSE_RATIO,
        ),
        (
            r"Find \(\lim_{x\to 0}\frac{\sin 5x}{x}\).",
            ["type 0/0, so L'Hôpital", "lim x→0 sin(5x)/x = lim x→0 cos(5x)/1", "= cos 0 = 1"],
            "5",
            Slip.CHAIN_RULE,
        ),
        (
            "The sides of a square are doubled. Its area was 25 cm². What is the new area?",
            ["2 * 25 = 50 cm²"],
            "100 cm²",
            Slip.SQUARE_FORGOTTEN,
        ),
        (
            "A train leaves at 8:40 and arrives at 11:10. It drives at 100 km/h. How far is it?",
            ["8:40 to 11:10 is 2 h 30 min", "= 2.3 h", "s = 100*2.3 = 230 km"],
            "250 km",
            Slip.MINUTES_AS_DECIMALS,
        ),
        (
            "Ein runder Tisch hat 1,2 m Durchmesser. Berechne die Fläche.",
            ["r = 1.2 : 2 = 0.6", "A = π · r = π · 0.6", "A ≈ 1.88"],
            "1.13",
            Slip.SQUARE_FORGOTTEN,
        ),
        (
            "A jar has 5 mint and 3 lemon sweets. Two sweets are taken and eaten."
            " What is the probability that both are mint?",
            ["P(first mint) = 5/8", "P(both) = 5/8 * 5/8 = 25/64"],
            "5/14",
            Slip.WITH_REPLACEMENT,
        ),
        (
            "There are 4 red and 3 blue pens in a box. Two are drawn without replacement."
            " Find the probability of one of each colour.",
            ["P(red then blue) = 4/7 * 3/6 = 12/42", "P(one of each) = 12/42"],
            "4/7",
            Slip.ORDER_FORGOTTEN,
        ),
        (
            "Two dice are thrown. What is the probability of one four and one two?",
            ["P = 1/6 * 1/6 = 1/36"],
            "1/18",
            Slip.ORDER_FORGOTTEN,
        ),
        (
            "60 % des élèves ont un chien, 30 % un chat et 10 % les deux. Quelle est la"
            " probabilité qu'un élève n'ait ni l'un ni l'autre ?",
            ["P(C∪D) = 0.6 + 0.3 = 0.9", "1 - 0.9 = 0.1"],
            "0.2",
            Slip.COUNTED_TWICE,
        ),
        (
            "5 children have 2 books, 4 have 3 books and 3 have 6 books. Find the mean.",
            ["5*2 + 4*3 + 3*6 = 40", "mean = 40/3"],
            "10/3",
            Slip.WRONG_COUNT,
        ),
        (
            r"How many terms are there in the sequence \(4, 10, 16, \dots, 118\)?",
            ["(118-4)/6 = 19", "so there are 19 terms"],
            "20",
            Slip.OFF_BY_ONE,
        ),
        (
            r"Calculer \(1+3+9+\dots+3^6\).",
            ["suite géométrique, q=3", "S = (1-3^6)/(1-3)", "S = 364"],
            "1093",
            Slip.OFF_BY_ONE,
        ),
        (
            r"已知 \(\sin\alpha=\frac35,\ \alpha\in(\frac{\pi}{2},\pi)\),求 \(\tan\alpha\)。",
            ["cos²α=1-9/25=16/25", "cosα=4/5", "tanα=3/4"],
            "-3/4",
            Slip.WRONG_BRANCH,
        ),
        (
            r"Solve \(\sin x=0.5\) for \(90^\circ<x<180^\circ\).",
            ["sin^-1(0.5) = 30°", "so x = 30°"],
            "150°",
            Slip.WRONG_BRANCH,
        ),
        (
            "Un village de 4000 habitants perd 10 % de sa population chaque année."
            " Combien d'habitants après 2 ans ?",
            ["10% de 4000 = 400", "après 1 an 4000-400 = 3600", "après 2 ans 3600-400 = 3200"],
            "3240",
            Slip.PERCENT_BASE,
        ),
        (
            "Un vélo de 500 € augmente de 20 % puis baisse de 20 %. Quel est le prix final ?",
            ["20 % de 500 = 100", "500 + 100 = 600 €", "baisse de 20 % : 600 - 100 = 500 €"],
            "480 €",
            Slip.PERCENT_BASE,
        ),
        (
            "Calcula el volumen de una esfera de 12 cm de diámetro.",
            ["V = 4/3·π·r³", "V = 4/3·π·12³", "V = 2304π"],
            "288π",
            Slip.DIAMETER_FOR_RADIUS,
        ),
        (
            "圆锥的底面半径为5,高为12,求它的侧面积。",
            ["S侧=π×5×12", "=60π"],
            "65π",
            Slip.WRONG_HEIGHT,
        ),
        (
            r"\(f(x)=2x-1\) and \(g(x)=x^2+3\). Find \(fg(3)\).",
            ["f(3) = 2×3 - 1 = 5", "fg(3) = 5² + 3", "= 28"],
            "23",
            Slip.COMPOSITION_ORDER,
        ),
        (
            r"等差数列中 \(a_4=9\),\(a_9=24\),求 \(a_1\)。",
            ["a9-a4=5d=15", "d=3", "a1=a4-4d", "=9-12=-3"],
            "0",
            Slip.OFF_BY_ONE,
        ),
        (
            r"Find the tangent to \(y=x^2\) at \(x=4\).",
            ["y(4)=16", "m=8", "y-16=8x-4", "y=8x+12"],
            "y=8x-16",
            Slip.HALF_DISTRIBUTED,
        ),
        (
            "Ein Auto fährt mit 90 km/h. Wie viele Meter legt es in 4 Sekunden zurück?",
            ["90 km = 90000 m", "90000 : 60 = 1500 m pro Sekunde", "1500 · 4 = 6000 m"],
            "100 m",
            Slip.UNIT_CONVERSION,
        ),
    ],
)
def test_a_mistake_that_the_answer_shows_is_named(statement, lines, answer, slip):
    assert weighed_slip_in(lines, statement, answer) == slip


@pytest.mark.parametrize(
    ("statement", "lines", "answer"),
    [
        (
            "Une veste de 80 € est soldée à 25 %. Combien paie-t-on ?",
            ["25 % de 80 = 0.25·80 = 20", "on paie 20 €"],
            "60 €",
        ),
        (
            "一项工程,甲单独做6天完成,乙单独做12天完成。两人合作几天完成?",
            ["甲6天,乙12天", "合作的天数:(6+12)÷2=9(天)"],
            "4天",
        ),
        (
            "Herr Lang legt 800 € zu 3 % Jahreszinsen an. Wie viel sind das für 6 Monate?",
            ["Jahreszinsen: 800*0.03 = 24 €", "6 Monate: 24*6 = 144 €"],
            "12 €",
        ),
    ],
)
def test_a_topic_alone_names_no_mistake(statement, lines, answer):
    assert weighed_slip_in(lines, statement, answer) in (Slip.NONE, Slip.SET_UP)


@pytest.mark.parametrize(
    ("statement", "lines", "slip"),
    [
        (
            r"Leite \(f(x)=\frac{2x}{x-3}\) ab.",
            ["f'(x) = (2(x-3) + 2x·1)/(x-3)²"],
            Slip.QUOTIENT_RULE,
        ),
        (r"Deriva \(f(x)=\frac4{x^2}\).", ["f(x) = 4x^(-2)", "f'(x) = -8x^(-1)"], Slip.POWER_RULE),
        (
            r"Simplifier \(\frac{2}{x}-\frac{x-1}{x^2}\).",
            ["= 2x/x² - (x-1)/x²", "= (2x - x - 1)/x²"],
            Slip.MINUS_BRACKET,
        ),
        (r"Berechne \((10^2)^3\).", ["(10²)³ = 10^5"], Slip.POWER_OF_POWER),
        (
            r"Simplify \(\frac{3}{2+i}\).",
            ["= 3(2-i)/((2+i)(2-i))", "= 3(2-i)/(4-1)"],
            Slip.NEGATIVE_SQUARE,
        ),
        (r"Work out \(\frac56-\frac14\).", ["5/6 - 1/4 = (5-1)/(6-4)"], Slip.ADDED_DENOMINATORS),
        (r"Work out \(\frac34-\frac16\).", ["1/6 = 3/12"], Slip.COMMON_DENOMINATOR),
    ],
)
def test_a_rule_that_was_misused_is_named_before_what_it_looks_like(statement, lines, slip):
    assert slip_in(lines, statement) == slip


@pytest.mark.parametrize(
    ("statement", "lines", "answer", "slip"),
    [
        (
            "A 1.6 m post has a shadow of 3.2 m. A tree has a shadow of 14 m. How high is it?",
            ["h/14 = 1.6/3.2", "1.6/3.2 = 0.5", "h = 14*0.5 = 8"],
            "7 m",
            Slip.ARITHMETIC,
        ),
        (
            "A car goes at 6 m/s and accelerates at 2 m/s² for 5 s. How far does it go?",
            ["s = ut + 1/2 at² = 6*5 + 0.5*2*25", "s = 30 + 50 = 80 m"],
            "55 m",
            Slip.ARITHMETIC,
        ),
        (
            "The ages in a club are 11, 14, 14, 17, 19. Find the population variance.",
            [
                "mean = (11+14+14+17+19)/5 = 75/5 = 15",
                "deviations: -4, -1, -1, 2, 4  squares 16+1+1+4+16 = 36",
                "var = 36/5 = 7.2",
            ],
            "7.6",
            Slip.ARITHMETIC,
        ),
        (
            "A circle has circumference 14π cm. Find its area.",
            ["2πr = 14π", "r = 14", "A = 196π"],
            "49π",
            Slip.ARITHMETIC,
        ),
        (
            r"Calculate \(\int_1^3 (2x + \frac1x)\,dx\).",
            ["F(x) = x² + ln x", "F(1) = 1 + ln 1 = 1 + 1 = 2"],
            "8 + ln 3",
            Slip.ARITHMETIC,
        ),
        (
            r"Calculate \(\int_0^{\pi} \sin x\,dx\).",
            ["= [-cos x]_0^π", "= -cos π - cos 0", "= 1 - 1 = 0"],
            "2",
            Slip.LOST_SIGN,
        ),
        (r"Solve \(|x+3|<7\).", ["-7 < x+3 < 7", "-4 < x < 4"], "-10 < x < 4", Slip.NONE),
    ],
)
def test_a_name_needs_what_it_speaks_of(statement, lines, answer, slip):
    assert weighed_slip_in(lines, statement, answer) == slip
