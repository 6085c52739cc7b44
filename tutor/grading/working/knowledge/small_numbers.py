"""Small numbers in figures and in words, as problems on chances and choices have them."""

from __future__ import annotations

_NUMBERS = {
    word: number
    for number, group in enumerate(
        (
            "two|twice|zwei|zweimal|deux|dos|两|二|both|beide",
            "three|thrice|drei|dreimal|trois|tres|三",
            "four|vier|viermal|quatre|cuatro|四",
            "five|fünf|fünfmal|cinq|cinco|五",
            "six|sechs|sechsmal|seis|六",
        ),
        start=2,
    )
    for word in group.split("|")
}
COUNT = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"


def small_number(word: str) -> int:
    """0 for any other word."""
    return int(word) if word.isdigit() else _NUMBERS.get(word.casefold(), 0)
