"""Lines that only the kind of problem lets somebody judge."""

from tests.grading.working.marking import assert_marks, marks

COMPLEX = r"Résoudre dans \(\mathbb C\) : \(z^2+4=0\)."
VALUE = r"Let \(f(x)=x^2+3x-4\). Find \(f(2)\)."
INTERCEPTS = r"Find the intercepts of \(3x+4y=24\)."
POLAR = r"Écrire \(z=1+i\sqrt3\) sous forme trigonométrique."
INTEGRAL = r"Find \(\int \left(6x^2-\frac{4}{x^3}\right)dx\)."
VECTORS = r"已知 \(\vec a=(2,-1)\)，\(\vec b=(3,4)\)，求 \(\vec a\cdot\vec b\)。"
DICE = "A fair die is rolled 3 times. What is the probability of at least one six?"
UNION = (
    r"On donne \(P(A)=0.5\), \(P(B)=0.4\) et \(P(A\cap B)=0.2\). Calculer \(P(A\cup B)\) "
    r"puis \(P_A(B)\)."
)


def test_a_line_goes_on_from_the_line_before_it():
    text = "求数据 1, 3, 5, 7 的方差。"
    lines = ["平均数 = (1+3+5+7)/4 = 4", "s² = (9+1+1+9)/4", "= 20/4"]
    assert_marks(text, [*lines, ("= 4", "arithmetic")])
    assert_marks(text, [*lines, "= 5"])


def test_one_of_two_complex_solutions_is_not_proved():
    assert marks(["z² = -4", "z = 2i"], COMPLEX) == "pu"
    assert_marks(COMPLEX, ["z² = -4", "z = 2i ou z = -2i"])
    assert_marks(COMPLEX, ["z1 = 2i", "z2 = -2i"])


def test_parts_of_the_value_of_a_function():
    assert_marks(VALUE, ["x^2 = 4", "3x = 6", "4 + 6 - 4 = 6"])
    assert marks(["3x = 7"], VALUE) == "u"


def test_intercepts_hold_each_for_itself():
    assert_marks(INTERCEPTS, ["y=0 => x=8", "x=0 => y=6"])
    assert_marks(INTERCEPTS, ["y=0 => 3x=24 => x=8", "x=0, y=6"])
    assert marks(["y=0 => x=8", "x=0 => y=5"], INTERCEPTS) in ("pr", "pu")


def test_statements_joined_by_and_are_judged_one_by_one():
    assert_marks(POLAR, ["|z| = √(1+3) = 2", "cos θ = 1/2 et sin θ = √3/2", "θ = π/3"])
    assert marks(["cos θ = 1/2 et sin θ = 1/3"], POLAR) == "u"


def test_integrals_in_plain_letters():
    assert_marks(INTEGRAL, ["int 6x^2 dx = 2x^3 + C1", "int 4x^-3 dx = -2x^-2 + C2"])
    assert_marks(INTEGRAL, [("int 4x^-3 dx = -x^-4 + C2", "integral_rule")])


def test_a_scalar_product_is_no_vector():
    assert_marks(VECTORS, [("a·b = (2×3, -1×4)", "entry_by_entry")])
    assert_marks(VECTORS, ["a·b = 2×3 + (-1)×4", "= 2"])


def test_at_least_one_in_words():
    assert_marks(DICE, ["P(no six) = (5/6)^3", "at least one = 1 - 125/216 = 91/216"])
    assert_marks(DICE, [("at least one = 1/6 + 1/6 + 1/6 = 1/2", "added_probabilities")])


def test_conditional_chances_as_french_schools_write_them():
    assert_marks(UNION, ["P_A(B) = P(A∩B)/P(A)", "P_A(B) = 0.2/0.5 = 0.4"])
    assert marks(["P_A(B) = P(A∩B)/P(B)"], UNION) == "r"


def test_the_median_of_an_even_number_of_values():
    text = "Calcula la mediana de 5, 1, 8, 2, 6, 3."
    assert_marks(text, [("mediana = 3", "wrong_count")])
    assert_marks(text, ["mediana = (3+5)/2 = 4"])
    assert_marks("Find the median of 12, 9, 5, 15, 4.", ["median of 12 9 5 15 4 is 9"])


def test_binomials_and_logarithms_as_people_type_them():
    text = "A coin is tossed 4 times. Find the probability of exactly 2 heads."
    assert_marks(text, ["P(X=2) = 4C2 * 0.5^4 = 0.375"])
    assert_marks(r"计算 \(\log_2 12-\log_2 3\)。", ["log2 12 - log2 3 = log2 4 = 2"])


def test_the_same_function_in_another_form():
    text = r"Differentiate \(f(x)=\sqrt{4x+1}\)."
    assert_marks(text, ["f = (4x+1)^(1/2)", "f' = 1/2 (4x+1)^(-1/2)·4"])


def test_a_square_of_i_that_lost_its_sign():
    text = r"Mettre \(z=(2+i)^2\) sous forme algébrique."
    assert_marks(text, ["z = 4 + 4i + i²", "z = 4 + 4i - 1", "z = 3 + 4i"])
    assert_marks(text, ["z = 4 + 4i + i²", ("z = 4 + 4i + 1", "lost_sign")])


def test_the_variance_of_a_population_and_of_a_sample():
    text = "求数据 2, 4, 6, 8 的总体方差。"
    assert_marks(text, ["方差=(9+1+1+9)/4=5"])
    assert_marks(text, [("方差=(9+1+1+9)/3=20/3", "wrong_count")])
    assert_marks("求数据 2, 4, 6, 8 的方差。", ["方差=(9+1+1+9)/3=20/3"])


def test_a_dash_between_an_amount_and_a_calculation_is_no_minus():
    text = "3 Arbeiter brauchen für eine Mauer 8 Tage. Wie lange brauchen 4 Arbeiter?"
    assert "r" not in marks(["1 Arb. – 24 Tage", "4 Arb. – 24 : 4 = 6 Tage"], text)


def test_a_wrong_conversion_of_one_unit():
    assert_marks("Rechne 72 km/h in m/s um.", [("1 h = 360 s", "unit_conversion")])


def test_logarithms_of_square_brackets():
    assert_marks(r"解方程 \(\log_2x+\log_2(x-2)=3\)。", ["log2[x(x-2)]=3", "x²-2x=8"])


def test_powers_of_a_complex_number_that_is_known():
    text = r"已知 \(z=1+i\)，求 \(|z^2|\)。"
    assert_marks(text, ["z²=1+2i+i²=2i", "|z²|=2"])
    assert marks(["z²=1+2i+1=2+2i"], text) == "r"


def test_an_extremum_at_a_place_that_the_line_supposes():
    text = r"求 \(f(x)=x^2-4x\) 的最值。"
    assert_marks(text, [("x=2时取最大值-4", "extremum_kind")])
    assert marks(["当x=2时，f(x)最小值为-4"], text) != "r"
