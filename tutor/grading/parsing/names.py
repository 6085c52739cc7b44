"""The names that a formula may hold: functions, constants, Greek letters."""

from __future__ import annotations

from functools import lru_cache

FUNCTIONS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "tg": "tan", "ctg": "cot", "cosec": "csc",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "arcsec": "asec",
    "arccsc": "acsc", "asin": "asin", "acos": "acos", "atan": "atan", "arctg": "atan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech",
    "csch": "csch", "asinh": "asinh", "acosh": "acosh", "atanh": "atanh", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "arsinh": "asinh", "arcosh": "acosh",
    "artanh": "atanh", "ln": "ln", "log": "log", "lg": "lg", "lb": "lb", "exp": "exp", "cis": "cis",
    "abs": "abs", "sgn": "sign", "sign": "sign", "floor": "floor", "ceil": "ceil",
    "ceiling": "ceil", "min": "min", "max": "max", "gcd": "gcd", "lcm": "lcm", "det": "det",
    "Re": "re", "Im": "im", "re": "re", "im": "im", "arg": "arg", "Gamma": "gamma",
    "factorial": "factorial", "acot": "acot", "acsc": "acsc", "asec": "asec",
    "arcctg": "acot", "arccotg": "acot", "arccotan": "acot", "actg": "acot", "cotg": "cot",
    "cotan": "cot", "cosech": "csch", "arccosec": "acsc", "acosec": "acsc", "cth": "coth",
    "sh": "sinh", "ch": "cosh", "th": "tanh", "arsh": "asinh", "arch": "acosh", "arth": "atanh",
    "argsinh": "asinh", "argcosh": "acosh", "argtanh": "atanh", "argsh": "asinh",
    "argch": "acosh", "argth": "atanh", "arccoth": "acoth", "arcoth": "acoth", "acoth": "acoth",
    "arcsech": "asech", "arsech": "asech", "asech": "asech", "arccsch": "acsch",
    "arcsch": "acsch", "acsch": "acsch", "nCr": "binomial", "ncr": "binomial", "nCk": "binomial",
    "binom": "binomial", "binomial": "binomial", "choose": "binomial", "comb": "binomial",
    "nPr": "permutations", "npr": "permutations", "perm": "permutations", "sen": "sin",
    "arcsen": "asin", "mcd": "gcd", "mcm": "lcm", "ggT": "gcd", "kgV": "lcm", "pgcd": "gcd",
    "ppcm": "lcm", "GCD": "gcd", "LCM": "lcm", "hcf": "gcd", "HCF": "gcd", "ggt": "gcd",
    "kgv": "lcm",
}  # fmt: skip
# Functions that can be evaluated, by their names in trees.
KNOWN_FUNCTIONS = frozenset({
    "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot", "asec", "acsc",
    "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "ln", "log", "lg",
    "lb", "exp", "cis", "abs", "sign", "re", "im", "arg", "gamma", "min", "max", "floor", "ceil",
    "factorial", "binomial", "permutations", "degrees", "percent", "det", "acoth", "asech",
    "acsch",
})  # fmt: skip
ROOTS = {"sqrt": 2, "cbrt": 3, "cuberoot": 3, "surd": 2}
GREEK = {
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta",
    "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "rho", "varrho",
    "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta",
    "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar",
}  # fmt: skip
CONSTANTS = {
    "pi": "pi",
    **dict.fromkeys(("oo", "infty", "infinity", "inf", "unendlich", "infini", "infinito"), "oo"),
}
# Functions without a declaration: f(x) is a value of f, while a(x+1) is a product.
USUAL_FUNCTIONS = frozenset("fgFG")
_LOOSE = {
    "mu",
    "nu",
    "xi",
    "eta",
    "chi",
    "psi",
    "tau",
    "rho",
    "phi",
    "re",
    "im",
    "Re",
    "Im",
    "inf",
    "oo",
    # Of these a run of letters may have the letters by chance.
    *("sh", "ch", "th", "cth", "arch", "arth", "arsh", "comb", "choose", "perm", "binomial"),
    *("ncr", "npr", "nCr", "nPr", "nCk", "sen", "mcd", "mcm", "hcf", "HCF", "GCD", "LCM"),
}
_INSIDE = sorted(
    ({*FUNCTIONS, *ROOTS, *GREEK, *CONSTANTS, "nthRoot", "sqrt"} - _LOOSE), key=len, reverse=True
)
_WHOLE = {*FUNCTIONS, *ROOTS, *GREEK, *CONSTANTS, "nthRoot", "deg", "degree", "degrees", "root"}
# Short words of English that would otherwise read as products of variables.
SHORT_PROSE = frozenset(
    [
        "no",
        "is",
        "of",
        "to",
        "it",
        "at",
        "on",
        "an",
        "as",
        "we",
        "if",
        "do",
        "so",
        "yes",
        "not",
        "the",
        "he",
        "my",
        "us",
        "by",
    ]
)


@lru_cache(maxsize=4096)
def split_word(word: str) -> tuple[str, ...] | None:
    """The names in a run of letters: pi and r in 2pir. None for a word of a language."""
    if word in _WHOLE or len(word) == 1:
        return (word,)
    pieces: list[str] = []
    while word:
        known = next((name for name in _INSIDE if word.startswith(name)), word[0])
        pieces.append(known)
        word = word[len(known) :]
    return None if _is_prose(pieces) else tuple(pieces)


def _is_prose(pieces: list[str]) -> bool:
    """Products such as abc or mx are short, and rarely have a vowel except for one a."""
    letters = [piece for piece in pieces if len(piece) == 1]
    vowels = sum(letter in "eiouEIOU" for letter in letters)
    return len(letters) > 6 or (len(letters) >= 3 and (vowels > 0 or letters.count("a") > 2))
