"""Words that deny or leave a choice, words of formulas and of numbers, and how a reason begins."""

from __future__ import annotations

import re

from tutor.grading.parsing.names import CONSTANTS, FUNCTIONS, GREEK, ROOTS

_NEGATIONS = """
    not no never none cannot without except neither nor instead wrong false incorrect unless but
    although however unlike excluding nicht kein keine keinen keiner keines nie niemals ohne außer
    weder noch sondern aber falsch statt anstatt pas non jamais sans sauf aucun aucune ni mais faux
    fausse incorrecte sino nunca jamás sin tampoco ningún ninguna ninguno excepto salvo pero
    incorrecto falso falsa
"""
_CHOICES = "if wenn falls or either maybe perhaps possibly oder entweder ou soit quizás"
DENYING = frozenset([*_NEGATIONS.split(), *_CHOICES.split()])
_CHINESE_DENIALS = re.compile("[不没非无未误错或]")
# Words that belong to a formula
FORMULA_WORDS = frozenset(
    word.lower() for word in {*FUNCTIONS, *ROOTS, *GREEK, *CONSTANTS, "lim", "dne", "e"}
) - {"min", "max", "sh", "ch", "th", "re", "im", "arch", "perm", "comb", "choose", "sign", "abs"}
_NUMBER_WORDS = """
    zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce
    quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien
"""
_NUMBERS = frozenset(_NUMBER_WORDS.split())
_BECAUSE = (  # however it is spelled: becuse, beacuse, becasue, bcuz, coz
    r"be?(?:ac|c)[aou]{0,3}[sz][eu]{0,2}|be?casu?e?|coz|cus|wei+l+|wiel|porqu?e?"
    r"|parc?[es] ?qu?e?|puisqu?e?|(?:bc|pq|xq|pcq)(?=\s\S)|coss?(?=\s[^\W\d_]{2})"
)
REASONS = re.compile(
    rf"\A\s?[,;.(\[–-]{{0,2}}\s?(?:because|since|as(?! (?:if|an?)\b)|cause|cuz|denn|da|{_BECAUSE}"
    r"|nämlich|wegen|car"
    r"|parce|puisque|comme|vu|porque|ya|pues|puesto|dado|check|probe|test|vérification"
    r"|comprobación)\b"
    r"|\A\s?[,;.]?\s?\((?:when|where|wenn|quand|lorsque|cuando|当)(?![A-Za-z])"
    r"|\A\s?[,;]\s?(?:by|using|with|durch|mit|mithilfe|nach|par|avec|por|con)\b|\A\s?[,，;；(]?\s?(?:因为|由于|检验|验算)",
    re.IGNORECASE,
)


def denies(word: str) -> bool:
    """Whether the word takes back what stands beside it, or leaves a choice."""
    plain = word.lower().replace("’", "'")
    if "\u4e00" <= plain[0] <= "\u9fff":
        return bool(_CHINESE_DENIALS.search(plain))
    return plain in DENYING or plain.endswith("n't") or plain.startswith("n'")


def is_number_word(word: str) -> bool:
    return word.lower() in _NUMBERS
