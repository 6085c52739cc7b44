"""Permutations: cycles, two rows, one row, or arrows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tutor.grading.answer_key import AnswerKey, InvalidKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.processes.work_budget import WorkBudget

MAX_ELEMENTS = 60
_STYLES = re.compile(
    r"\\(?:text|mathrm|operatorname|mathbf|left|right|bigl|bigr|quad)(?![a-z])|\\[;:!]|[$]"
)
_SPACES = re.compile(r"\\[, ]|~|&")
_PRODUCTS = re.compile(r"\\circ(?![a-z])|∘|\*|\\cdot(?![a-z])|\\ast(?![a-z])|\^\\circ")
_NAME = re.compile(r"\A\s*+[A-Za-zπστρφαβ\\]{1,8}\s*+=(?!=)")
_MATRIX = re.compile(r"\\begin\{[pb]?(?:matrix|smallmatrix)\}([^\0]{0,800})\\end\{[a-z]{1,12}\}")
_ROWS = re.compile(r"[([]\s*+[([]([^][()]{1,300})[])]\s*+[,;]?\s*+[([]([^][()]{1,300})[])]\s*+[])]")
_CYCLE = re.compile(r"\(([^()]{0,300})\)")
_ARROW = re.compile(
    r"([0-9A-Za-z]{1,3})\s*+(?:\\to|\\mapsto|->|→|↦|\\rightarrow)\s*+([0-9A-Za-z]{1,3})"
)
_IDENTITY = {"id", "e", "ε", "1", "identity", "identität", "identité", "identidad", "i", "恒等"}


@dataclass(frozen=True, slots=True)
class Permutation:
    """cycles: as written, each a tuple of elements; those of two rows are the moves themselves."""

    cycles: tuple[tuple[str, ...], ...]

    @property
    def is_disjoint(self) -> bool:
        elements = [element for cycle in self.cycles for element in cycle]
        return len(set(elements)) == len(elements)

    def moves(self, *, from_right: bool = True) -> dict[str, str]:
        """Where each element goes, without those that stay; products from the right or left."""
        elements = {element for cycle in self.cycles for element in cycle}
        order = self.cycles[::-1] if from_right else self.cycles
        images = {}
        for element in elements:
            image = element
            for cycle in order:
                if image in cycle:
                    image = cycle[(cycle.index(image) + 1) % len(cycle)]
            images[element] = image
        return {element: image for element, image in images.items() if element != image}


class PermutationKind(AnswerKind[Permutation]):
    def read(self, text: PlainText, key: AnswerKey) -> Permutation:
        plain = _SPACES.sub(" ", _STYLES.sub(" ", text)).strip(" .")
        plain = _NAME.sub("", plain).strip()
        if re.sub(r"[{}() ]", "", plain).lower() in _IDENTITY or plain in ("()", "( )"):
            return Permutation(())
        for pattern in (_MATRIX, _ROWS):
            if match := pattern.fullmatch(plain):
                rows = re.split(r"\\\\|\\cr", match[1]) if pattern is _MATRIX else match.groups()
                return _from_rows([_elements(row) for row in rows if row.strip()])
        if _ARROW.search(plain):
            return _from_arrows(plain)
        return _from_cycles(plain) if "(" in plain else _from_one_row(plain)

    def check(self, right: Permutation, key: AnswerKey) -> None:
        if not right.is_disjoint and right.moves() != right.moves(from_right=False):
            raise InvalidKey("Write the permutation as cycles without common elements.")

    def compare(
        self, right: Permutation, given: Permutation, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        wanted = right.moves()
        results = {given.moves() == wanted, given.moves(from_right=False) == wanted}
        if len(results) == 2:  # right if products are read from one side, wrong from the other
            return Equality(None, Rule.PERMUTATIONS)
        if results == {True}:
            return Equality(True, Rule.PERMUTATIONS)
        if given.moves() == {image: element for element, image in wanted.items()}:
            feedback = Feedback(FeedbackCode.PERMUTATION_INVERSE)
            return Equality(False, Rule.PERMUTATIONS, feedback)
        return Equality(False, Rule.PERMUTATIONS)

    def shown(self, answer: Permutation) -> str:
        cycles = [cycle for cycle in answer.cycles if len(cycle) > 1]
        if not cycles:
            return r"\mathrm{id}"
        return "".join("(" + r"\;".join(cycle) + ")" for cycle in cycles)


def _elements(text: str) -> tuple[str, ...]:
    """1 3 2 or 1, 3, 2 or 132. Raises Unreadable."""
    pieces = re.split(r"[ ,;]+", text.strip(" ,;"))
    if len(pieces) == 1 and pieces[0].isalnum():
        pieces = list(pieces[0])
    if not all(piece.isalnum() and piece.isascii() and len(piece) <= 3 for piece in pieces):
        raise Unreadable(FeedbackCode.UNREAD)
    if len(pieces) > MAX_ELEMENTS:
        raise Unreadable(FeedbackCode.TOO_LONG)
    return tuple(pieces)


def _from_cycles(text: str) -> Permutation:
    text = _PRODUCTS.sub(" ", text)
    if _CYCLE.sub(" ", text).strip():
        raise Unreadable(FeedbackCode.UNREAD)
    cycles = [_elements(inside) for inside in _CYCLE.findall(text) if inside.strip()]
    for cycle in cycles:
        if len(set(cycle)) < len(cycle):
            raise Unreadable(FeedbackCode.ELEMENT_TWICE)
    if sum(map(len, cycles)) > MAX_ELEMENTS:
        raise Unreadable(FeedbackCode.TOO_LONG)
    return Permutation(tuple(cycles))


def _from_rows(rows: Sequence[tuple[str, ...]]) -> Permutation:
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        raise Unreadable(FeedbackCode.RAGGED_MATRIX)
    return _from_moves(zip(*rows, strict=True))


def _from_arrows(text: str) -> Permutation:
    if re.sub(r"[\s,;]|\\(?=\Z)", "", _ARROW.sub("", text)):
        raise Unreadable(FeedbackCode.UNREAD)
    return _from_moves(_ARROW.findall(text))


def _from_one_row(text: str) -> Permutation:
    images = _elements(text.strip("[]⟨⟩<>"))
    if not all(element.isdigit() and 0 < int(element) <= len(images) for element in images):
        raise Unreadable(FeedbackCode.UNREAD)
    return _from_moves(zip(sorted(images, key=lambda name: (len(name), name)), images, strict=True))


def _from_moves(pairs: Iterable[tuple[str, str]]) -> Permutation:
    """Its cycles. Raises Unreadable where an element comes twice."""
    pairs = list(pairs)
    images = dict(pairs)
    if len(images) < len(pairs) or set(images) != set(images.values()) or len(images) < 2:
        raise Unreadable(FeedbackCode.ELEMENT_TWICE)
    cycles = []
    while images:
        element, image = images.popitem()
        cycle = [element]
        while image != element:
            cycle.append(image)
            image = images.pop(image)
        cycles.append(tuple(cycle))
    return Permutation(tuple(cycles))
