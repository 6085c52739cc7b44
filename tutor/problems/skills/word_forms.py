"""English words in their other forms, for searches: singular and plural, -ed and -ing.

What is searched is a text that holds the word anywhere, so a form that is the beginning of others
stands for them. Nothing here knows a dictionary: a rule that is wrong finds a few texts too many,
and never fails to find the word as it was typed.
"""

import re

MIN_LENGTH = 4  # letters; shorter words are looked for as they are
_IRREGULAR = (
    ("analysis", "analyses"),
    ("axis", "axes"),
    ("focus", "foci"),
    ("formula", "formulae"),
    ("half", "halve", "halving"),
    ("hypothesis", "hypotheses"),
    ("index", "indices"),
    ("locus", "loci"),
    ("matrix", "matrices", "matrixes"),
    ("parenthesis", "parentheses"),
    ("polyhedron", "polyhedra"),
    ("proof", "prove", "proving"),
    ("radius", "radii"),
    ("vertex", "vertices"),
)
_IRREGULAR_OF = {form: forms for forms in _IRREGULAR for form in forms}
_VOWEL = re.compile("[aeiouy]")
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")
_PLURAL_IN_ES = re.compile(r"(?:x|z|ch|sh|ss|[^aeiou]o)es$")
_DOUBLED = re.compile(r"([bdfgkmnprt])\1$|(?<=...)ll$")  # plott-ing, labell-ing, not fill-ing
_LOSES_E = re.compile(r"[vczu]$|(?:^|[^aeiou])[aeiou][^aeiouwxy]$")  # hav-ing, shar-ing
_LOSES_LE = re.compile(r"[^aeiouylr]l$")  # doubl-ing, and "multiple" is not "multiply"


def forms_of(word: str) -> tuple[str, ...]:
    """Texts in small letters; whatever form the word has, it holds one of them.

    Every form of a regular word gives the same. What is no English word is given back as it is.
    """
    word = word.casefold()
    if len(word) < MIN_LENGTH or not (word.isascii() and word.isalpha()):
        return (word,)
    if word in _IRREGULAR_OF:
        return _IRREGULAR_OF[word]
    forms = _forms(_singular(word))
    return _IRREGULAR_OF.get(forms[0], forms)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > MIN_LENGTH:
        return f"{word[:-3]}y"
    if _PLURAL_IN_ES.search(word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _NO_PLURAL.search(word) else word


def _forms(word: str) -> tuple[str, ...]:
    if len(word) < MIN_LENGTH:
        return (word,)
    if word.endswith("ied"):
        word = f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and _VOWEL.search(stem) and not word.endswith("eed"):
            return _forms_of_verb(stem)
    if word.endswith("e"):
        return _with_e(word[:-1])
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word, f"{word[:-1]}ie")  # the second of "inequalities" and "multiplied"
    return (word,)


def _forms_of_verb(stem: str) -> tuple[str, ...]:
    """stem: without -ing or -ed."""
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return (stem, f"{stem[:-1]}ie")
    if _DOUBLED.search(stem) and len(stem) > 3:
        return (stem[:-1],)
    if _LOSES_LE.search(stem) or (len(stem) < 5 and _LOSES_E.search(stem)):
        return _with_e(stem)
    return (stem,)


def _with_e(stem: str) -> tuple[str, ...]:
    """A long beginning stands for all forms; a short one is in too many other words."""
    if len(stem) < 5 or _LOSES_LE.search(stem):
        return (f"{stem}e", f"{stem}ing")
    return (stem,)
