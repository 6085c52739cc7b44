"""Names of skills, as people say them, for the paths that Lemma's own problems use.

Any other path is shown as its last part, in words. Two skills that could be mistaken for each
other where they stand alone have different names.
"""

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

SKILL_NAMES = {
    "algebra": _("Algebra"),
    "algebra.expanding": _("Expanding brackets"),
    "algebra.factoring": _("Factoring"),
    "algebra.formulas": _("Working with formulas"),
    "algebra.inequalities": _("Inequalities"),
    "algebra.linear_equations": _("Linear equations"),
    "algebra.quadratic_equations": _("Quadratic equations"),
    "algebra.reasoning": _("Algebraic reasoning"),
    "algebra.sequences": _("Sequences"),
    "algebra.sets": _("Sets"),
    "algebra.simultaneous_equations": _("Simultaneous equations"),
    "algebra.surds": _("Roots and surds"),
    "arithmetic": _("Arithmetic"),
    "arithmetic.addition": _("Addition"),
    "arithmetic.division": _("Division"),
    "arithmetic.fractions": _("Fractions"),
    "arithmetic.multiplication": _("Multiplication"),
    "arithmetic.negative_numbers": _("Negative numbers"),
    "arithmetic.order_of_operations": _("Order of operations"),
    "arithmetic.percentages": _("Percentages"),
    "arithmetic.powers": _("Powers"),
    "arithmetic.rates": _("Rates and speeds"),
    "arithmetic.ratios": _("Ratios"),
    "arithmetic.rounding": _("Rounding"),
    "arithmetic.subtraction": _("Subtraction"),
    "arithmetic.time": _("Calculating with time"),
    "calculus": _("Calculus"),
    "calculus.derivatives": _("Derivatives"),
    "calculus.differential_equations": _("Differential equations"),
    "calculus.extrema": _("Highest and lowest points"),
    "calculus.integrals": _("Integrals"),
    "calculus.limits": _("Limits"),
    "calculus.monotonicity": _("Monotonicity by derivatives"),
    "calculus.numerical_methods": _("Numerical methods"),
    "calculus.optimisation": _("Optimisation"),
    "calculus.partial_derivatives": _("Partial derivatives"),
    "calculus.second_derivatives": _("Second derivatives"),
    "calculus.series": _("Infinite series"),
    "functions": _("Functions"),
    "functions.asymptotes": _("Asymptotes"),
    "functions.composition": _("Composed functions"),
    "functions.domain": _("Domains of functions"),
    "functions.evaluation": _("Values of functions"),
    "functions.exponential": _("Exponential functions"),
    "functions.inverse": _("Inverse functions"),
    "functions.linear": _("Linear functions"),
    "functions.logarithms": _("Logarithms"),
    "functions.monotonicity": _("Rising and falling functions"),
    "functions.quadratics": _("Quadratic functions"),
    "functions.range": _("Ranges of functions"),
    "functions.symmetry": _("Even and odd functions"),
    "functions.trigonometric": _("Trigonometric functions"),
    "geometry": _("Geometry"),
    "geometry.angles": _("Angles"),
    "geometry.area": _("Areas"),
    "geometry.circles": _("Circles"),
    "geometry.conics": _("Conic sections"),
    "geometry.coordinates": _("Coordinates"),
    "geometry.pythagoras": _("Pythagoras’ theorem"),
    "geometry.shapes": _("Shapes"),
    "geometry.similarity": _("Similar figures"),
    "geometry.symmetry": _("Symmetry of figures"),
    "geometry.trigonometry": _("Trigonometry in triangles"),
    "geometry.vectors": _("Vectors"),
    "geometry.volume": _("Volumes"),
    "linear_algebra": _("Linear algebra"),
    "linear_algebra.determinants": _("Determinants"),
    "linear_algebra.eigenvalues": _("Eigenvalues"),
    "linear_algebra.linear_maps": _("Linear maps"),
    "linear_algebra.matrices": _("Matrices"),
    "number_theory": _("Number theory"),
    "number_theory.divisors": _("Divisors"),
    "number_theory.multiples": _("Multiples"),
    "number_theory.primes": _("Prime numbers"),
    "probability": _("Probability"),
    "probability.binomial": _("Binomial distribution"),
    "probability.combinations": _("Counting combinations"),
    "probability.complement": _("Complementary events"),
    "probability.equally_likely": _("Equally likely outcomes"),
    "statistics": _("Statistics"),
    "statistics.averages": _("Averages"),
    "statistics.spread": _("Spread of data"),
}


def skill_name(path: str) -> str:
    """In the active language, if it is a skill of Lemma's own problems."""
    if path in SKILL_NAMES:
        return str(SKILL_NAMES[path])
    words = path.rpartition(".")[2].replace("_", " ").strip() or path
    return words[:1].upper() + words[1:]


def skills_called(word: str) -> list[str]:
    """The paths whose name, in any language, has the word in it."""
    paths: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            paths |= {
                path for path, name in SKILL_NAMES.items() if word.casefold() in name.casefold()
            }
    return sorted(paths)


def area_name(path: str) -> str:
    """What the skill belongs to; for a path of one part that nobody named "Other skills"."""
    area, dot, _rest = path.partition(".")
    if dot or area in SKILL_NAMES:
        return skill_name(area)
    return gettext("Other skills")
