"""Functions that have a parameter as their index: f_k(x) = x² - kx."""

from __future__ import annotations

import re
from collections.abc import Mapping

_INDEXED = re.compile(r"(?<![A-Za-z\\_])([f-hF-H])_\{?(\w)\}?(?='{0,3}\s?\()")
_BARE = re.compile(r"(?<![A-Za-z\\_])([f-hF-H])'{0,3}\s?\(")

_PARAMETER = re.compile(
    r"(?:param[eéè]t(?:er|re|ro)s?|参数)[^A-Za-z]{0,6}([a-z])(?![A-Za-z])", re.IGNORECASE
)


def parameters_in(statement: str) -> frozenset[str]:
    """Letters that it calls parameters, or has as the index of a function."""
    return frozenset([*_PARAMETER.findall(statement), *parameter_indices(statement).values()])


def parameter_indices(statement: str) -> dict[str, str]:
    """k of f, where the statement speaks of f_k(x) and of no other function f."""
    indexed = set(_INDEXED.findall(statement))
    letters = [letter for letter, _ in indexed]
    bare = set(_BARE.findall(statement))
    return {
        letter: index
        for letter, index in indexed
        if letters.count(letter) == 1 and letter not in bare and index.isalpha()
    }


def without_indices(text: str, indices: Mapping[str, str]) -> str:
    """f'(x) for f_k'(x) and for fk'(x)."""
    for letter, index in indices.items():
        indexed = rf"(?<![A-Za-z\\_]){letter}(?:_\{{?{index}\}}?|{index})(?=['′]{{0,3}}\s?\()"
        text = re.sub(indexed, letter, text)
    return text
