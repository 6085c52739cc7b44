"""Tells the names of formulas, units and known phrases from other words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.parsing.units import read_unit
from tutor.grading.working.reading.lexer import Lex, Lexeme
from tutor.grading.working.reading.phrases import CUES, PHRASES, Cue

FUNCTIONS = frozenset(
    ["sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "asin", "acos",
     "atan", "sinh", "cosh", "tanh", "coth", "arsinh", "arcosh", "artanh", "ln", "log", "lg", "lb",
     "exp", "lim", "mod", "sqrt", "cbrt", "cuberoot", "abs", "sgn", "sen", "tg", "ctg", "arctg",
     "arcsen", "floor", "ceil", "re", "im", "arg", "cis"]
)  # fmt: skip
_GREEK = frozenset(
    ["pi", "alpha", "beta", "gamma", "delta", "theta", "lambda", "phi", "omega", "sigma", "tau"]
)
# Functions before a bracket or an index, and names of quantities elsewhere.
_CALLED = frozenset(
    ["max", "min", "det", "gcd", "lcm", "ggt", "kgv", "pgcd", "ppcm", "mcd", "mcm", "sum", "rank",
     "rg", "tr", "dim", "ker", "deg", "var", "ncr", "npr", "inf", "sup", "grad", "rot", "div",
     "hcf", "gcf", "lcd"]
)  # fmt: skip
_MATRIX_FUNCTIONS = frozenset(["det", "rank", "rg", "dim", "ker"])
_MATRIX_NAMES = frozenset("ABCDMNPQRSTU")
_GLUED = re.compile(r"(?:[xyt]|[a-c]{2})?(?:arc)?(?:sin|cos|tan|cot|ln|lg|log)[xyzABCL]|l[ng][a-z]")
_DIFFERENTIAL = re.compile(r"d[a-zA-Z]")
_RUNS = frozenset(
    ["xy", "xz", "yz", "abc", "bcd", "xyz", "uvw", "rst", "pqr", "mno", "ijk", "abcd"]
)
_ACRONYMS = frozenset(
    ["LCD", "LCM", "GCD", "GCF", "HCF", "LHS", "RHS", "MCM", "PGCD", "PPCM", "MCD", "OK", "QED",
     "SSS", "SAS", "ASA", "NR", "IA", "IH", "TP", "HP", "WP", "TVA", "VAT", "GGT", "KGV", "LS",
     "RS", "IV", "BZW", "LGS", "DGL", "ST", "VS", "HN", "ZB", "DH", "NB", "WKT",
     "LQQD", "CQFD", "WZBW"]
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouyäöüéèàíóú]", re.IGNORECASE)
_ROMAN = re.compile(r"I{1,3}|IV|VI{0,3}")
_ACCENTED = frozenset("àóéèêÀ")


def name_words(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Each word as a name, a unit, a phrase or an unknown word; a phrase becomes one lexeme."""
    index = 0
    while index < len(lexemes):
        lexeme = lexemes[index]
        if lexeme.lex is Lex.WORD:
            if lexeme.text[0] < "\u4e00":
                _name_word(lexemes, index)
        elif lexeme.cue is Cue.SO and lexeme.text in ("→", "->") and _tends(lexemes, index):
            lexeme.become(Lex.RELATION if _is_function(lexemes, index) else Lex.SIGN)
        elif lexeme.lex is Lex.NAME and lexeme.text[0] in "…⋯" and _is_of_remainder(lexemes, index):
            lexeme.become(Lex.CUE, Cue.REMAINDER)  # 17÷5=3……2
        index += 1
    return lexemes


def _name_word(lexemes: list[Lexeme], index: int) -> None:
    lexeme = lexemes[index]
    if _is_unit(lexemes, index):
        lexeme.become(Lex.NAME)
        lexeme.is_unit = True
    elif len(lexeme.text) == 1:
        is_or = lexeme.text == "o"  # of Spanish o sea
        if is_or and (length := _phrase_at(lexemes, index, min_length=2)):
            del lexemes[index + 1 : index + length]
        else:
            _name_letter(lexemes, index)
    elif any(is_name(lexemes, index) for is_name in _NAMES):
        lexeme.become(Lex.NAME)
    elif length := _phrase_at(lexemes, index):
        del lexemes[index + 1 : index + length]
    elif _is_product(lexemes, index):
        lexeme.become(Lex.NAME)


def _around(lexemes: Sequence[Lexeme], index: int) -> tuple[Lexeme | None, Lexeme | None]:
    before = lexemes[index - 1] if index else None
    return before, lexemes[index + 1] if index + 1 < len(lexemes) else None


def _is_unit(lexemes: Sequence[Lexeme], index: int) -> bool:
    """A unit follows a number or another unit, as in 1 h 20 min and 7.9 g/cm³."""
    before, after = _around(lexemes, index)
    word = lexemes[index].text
    if before is None:
        return False
    if len(word) == 1:
        is_after_number = before.lex is Lex.NUMBER and lexemes[index].spaced and word in "hgmslt"
        return is_after_number or (before.text == "/" and index > 1 and lexemes[index - 2].is_unit)
    follows = before.lex == Lex.NUMBER or before.is_unit
    if not follows and before.text in ("/", "·", "*", "²", "³"):
        follows = index > 1 and any(part.is_unit for part in lexemes[max(0, index - 4) : index])
    if not follows:
        return False
    if word in ("square", "cubic", "sq") and after is not None:
        return read_unit(after.text) is not None
    if not read_unit(word):
        return False
    if word in ("in", "as", "at", "an"):
        is_sign = after is not None and after.lex in (Lex.RELATION, Lex.SIGN)
        return after is None or (is_sign and after.text not in ("(", "["))  # -3/4 at (3, 4)
    return True


def _name_letter(lexemes: Sequence[Lexeme], index: int) -> None:
    """A variable, unless it is a word: a, I, Spanish o and y, à."""
    lexeme = lexemes[index]
    before, after = _around(lexemes, index)
    word = lexeme.text
    is_formula_before = before is not None and (before.in_formula or before.text == ")")
    if word in _ACCENTED:
        if CUES.get(word) is Cue.OR:
            lexeme.become(Lex.CUE, Cue.OR)
        return
    is_apart = lexeme.spaced and after is not None and after.spaced
    if word in ("R", "r") and lexeme.spaced and _is_of_remainder(lexemes, index):
        lexeme.become(Lex.CUE, Cue.REMAINDER)
        return
    is_operand = before is not None and before.lex not in (Lex.SIGN, Lex.RELATION)
    is_joint = is_apart and is_formula_before and is_operand  # not in d = v × t
    is_side = after is not None and after.lex is Lex.RELATION  # the v in u × v = (1, 2, 3)
    if word in ("v", "V") and is_joint and not is_side and _begins_equation(lexemes, index):
        lexeme.become(Lex.CUE, Cue.OR)
        return
    if word in ("o", "y") and lexeme.spaced and after is not None and after.spaced:
        is_operand = is_formula_before and before is not None and before.lex is not Lex.SIGN
        joins = is_operand and (word == "o" or _begins_equation(lexemes, index + 1))
        if joins or _joins_labels(before, after):
            lexeme.become(Lex.CUE, Cue.OR if word == "o" else Cue.AND)
            return
        is_end = is_operand or (before is not None and before.text in (")", "²", "³"))
        if is_end and word == "y" and _is_between_equations(lexemes, index):
            lexeme.become(Lex.SEMICOLON)
            return
    is_beside_number = is_apart and after is not None and after.lex is Lex.NUMBER
    if word == "a" and is_beside_number and before is not None and before.lex is Lex.WORD:
        lexeme.become(Lex.CUE, Cue.FILLER)  # se acercan a 90 + 110
        return
    if word in ("a", "A", "I") and after is not None and after.spaced and after.lex == Lex.WORD:
        is_operand = before is not None and before.lex in (Lex.SIGN, Lex.RELATION, Lex.NUMBER)
        is_operand |= before is not None and before.text.lower() in FUNCTIONS  # sin a cos b
        is_label = word == "I" and before is not None and before.cue in (Cue.FROM, Cue.AT, Cue.OF)
        is_roman = _ROMAN.fullmatch(after.text)
        joins = after.text.lower() in ("and", "or", "und", "oder", "et", "ou")
        is_name = is_operand or is_label or is_roman or joins
        if len(after.text) > 1 and not is_name:
            lexeme.become(Lex.CUE, Cue.FILLER)
            return
    lexeme.become(Lex.NAME)


def _is_of_remainder(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether the letter stands behind a quotient: 17 : 5 = 3 R 2."""
    before, after = _around(lexemes, index)
    signs = {lexeme.text for lexeme in lexemes[max(0, index - 6) : index]}
    is_between = before is not None and after is not None and before.lex is after.lex is Lex.NUMBER
    return is_between and "=" in signs and bool(signs & {":", "/", "÷"})


def _begins_equation(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether a name and, within its index or argument, a relation follow."""
    return any(lexeme.lex == Lex.RELATION for lexeme in lexemes[index + 1 : index + 5])


def _is_between_equations(lexemes: Sequence[Lexeme], index: int) -> bool:
    """6x² : 3x = 2x y 9x : 3x = 3: no letter stands before the number that it is multiplied by.

    Nor is it the y of a line that has no other.
    """
    sides = lexemes[:index], lexemes[index + 1 :]
    following = lexemes[index + 1]
    is_other = following.text.isalpha() and not any(x.text == "y" for side in sides for x in side)
    is_start = following.lex is Lex.NUMBER or is_other
    return is_start and all(any(x.lex is Lex.RELATION for x in side) for side in sides)


def _joins_labels(before: Lexeme | None, after: Lexeme) -> bool:
    """(1) y (2)."""
    return before is not None and before.text == ")" and after.text == "("


def _is_function_name(lexemes: Sequence[Lexeme], index: int) -> bool:
    word = lexemes[index].text
    _, after = _around(lexemes, index)
    lower = word.lower()
    if lower in FUNCTIONS:
        return word not in ("RE", "IM", "re", "im", "Im") or (
            after is not None and after.text == "("
        )
    if word == "IL" and after is not None and after.lex == Lex.RELATION:
        return True
    if lower in _MATRIX_FUNCTIONS and after is not None and after.text in _MATRIX_NAMES:
        return True
    if lower in _CALLED:
        return after is not None and not after.spaced and after.text in ("(", "{", "_", "^")
    return bool(_GLUED.fullmatch(word))


def _is_greek(lexemes: Sequence[Lexeme], index: int) -> bool:
    return lexemes[index].text.lower() in _GREEK


def _is_differential(lexemes: Sequence[Lexeme], index: int) -> bool:
    """dx; du only where no words are around it, since it is one in German and French."""
    lexeme = lexemes[index]
    if not _DIFFERENTIAL.fullmatch(lexeme.text):
        return False
    before, after = _around(lexemes, index)
    if lexeme.text in ("de", "da", "do", "di", "dU", "dA"):
        return before is not None and not lexeme.spaced and before.text in ("/", "=")
    if lexeme.text != "du":
        return True
    is_beside_word = any(
        part is not None and part.lex in (Lex.WORD, Lex.CUE) and part.cue not in (Cue.AND, Cue.SO)
        for part in (before, after)
    )
    return not is_beside_word


def _phrase_at(lexemes: list[Lexeme], index: int, min_length: int = 1) -> int:
    """The number of lexemes of the phrase that begins here, which becomes one cue; 0 for none."""
    first = lexemes[index]
    for further, cue in PHRASES.get(first.text.lower(), ()):
        if len(further) + 1 < min_length:
            continue
        if further:
            following = lexemes[index + 1 : index + 1 + len(further)]
            if tuple(lexeme.text.lower() for lexeme in following) != further:
                continue
            first.text = " ".join(part.text for part in (first, *following))
            first.end = following[-1].end
        first.become(Lex.CUE, cue)
        return 1 + len(further)
    return 0


def _is_short_product(lexemes: Sequence[Lexeme], index: int) -> bool:
    """F = ma = 6 and AM/AB = AN/AC, though ma and an are words."""
    word = lexemes[index].text
    if len(word) != 2 or word.upper() in _ACRONYMS:
        return False
    before, after = _around(lexemes, index)
    if word in ("un", "vn", "wn") and before is None:
        return after is not None and after.text == "="  # the member u_n
    is_before = before is not None and _joins(before) and before.lex is not Lex.NUMBER
    is_after = after is not None and _joins(after) and after.lex is not Lex.NUMBER
    if word.isupper():
        return is_after or (is_before and after is None)
    return is_before and (is_after or after is None)


def _is_product(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Letters beside each other that are variables, as in 2ab and in PT² + 5²."""
    lexeme = lexemes[index]
    word = lexeme.text
    if len(word) > 4 or word.upper() in _ACRONYMS or not word.isascii():
        return False
    if word in _RUNS or (word.isupper() and len(word) < 4):
        return True
    before, after = _around(lexemes, index)
    joined_before = before is not None and not lexeme.spaced and _joins(before)
    joined_after = after is not None and not after.spaced and _joins(after)
    if not _VOWEL.search(word):
        return len(word) < 4
    if len(word) == 2 and word[1] in "xyz" and after is not None and after.lex is Lex.SIGN:
        return True  # ax + b
    return (joined_before or joined_after) if len(word) == 2 else (joined_before and joined_after)


def _joins(lexeme: Lexeme) -> bool:
    return lexeme.in_formula and lexeme.text not in ("(", ")", "[", "]", "{", "}")


def _tends(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether an arrow belongs to a limit: lim x→2, x → ∞, as x → 0; and f(x) → 1 after one."""
    before = lexemes[max(0, index - 6) : index]
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    if any(lexeme.text in ("lim", r"\lim") for lexeme in before):
        return True
    if after is not None and (
        after.text == "∞" or lexemes[min(index + 2, len(lexemes) - 1)].text == "∞"
    ):
        return True
    if after is not None and index and lexemes[index - 1].text == after.text:
        begins = index == 1 or not lexemes[index - 2].in_formula
        goes_on = lexemes[index + 2 : index + 3]
        return begins and not (goes_on and goes_on[0].lex is Lex.RELATION)  # n → n+1, not 3x → x =
    if _heads_limit(lexemes, index) or _is_limit_of_term(lexemes, index):
        return True
    names = index > 1 and lexemes[index - 1].lex == Lex.NAME
    if names and lexemes[index - 2].cue in (Cue.AT, Cue.BECAUSE):
        return True
    return any(
        lexeme.lex == Lex.SIGN and lexeme.text in ("→", "->")
        for lexeme in lexemes[max(0, index - 12) : index]
    )


def _heads_limit(lexemes: Sequence[Lexeme], index: int) -> bool:
    """x → 2: 5/4 and h → 0 gives 2x."""
    rest = lexemes[index + 1 : index + 4]
    if rest and rest[0].text == "-":
        rest = rest[1:]
    if len(rest) < 2 or rest[0].lex is not Lex.NUMBER or index == 0:
        return False
    is_name = lexemes[index - 1].lex is Lex.NAME and len(lexemes[index - 1].text) == 1
    begins = index == 1 or lexemes[index - 2].lex in (Lex.COMMA, Lex.SEMICOLON, Lex.CUE, Lex.WORD)
    return is_name and begins and (rest[1].lex in (Lex.COLON, Lex.CUE, Lex.WORD))


def _is_limit_of_term(lexemes: Sequence[Lexeme], index: int) -> bool:
    """sin(u)/u → 1, at the end of its clause, and (1 + 1/n)^n → e or → 1^n = 1."""
    start = index
    while start and (lexemes[start - 1].in_formula or lexemes[start - 1].text in "()[]"):
        start -= 1
    before = lexemes[start:index]
    if any(x.lex is Lex.RELATION for x in before) or not any(x.text in "/" for x in before):
        return False
    rest = [x for x in lexemes[index + 1 : index + 4] if x.text != "-"]
    if rest and (rest[0].text in ("e", "√", "π") or [x.text for x in rest[:2]] == ["1", "^"]):
        return True
    is_number = bool(rest) and rest[0].lex is Lex.NUMBER
    is_last = len(rest) < 2 or rest[1].lex in (Lex.COMMA, Lex.STOP, Lex.CUE, Lex.WORD)
    return is_number and is_last


def _is_function(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether f(x) and not x stands before the arrow."""
    return lexemes[index - 1].text == ")" or _is_limit_of_term(lexemes, index)


_NAMES = (_is_function_name, _is_greek, _is_differential, _is_short_product)
