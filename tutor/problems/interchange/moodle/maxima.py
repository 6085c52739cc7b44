"""Maxima's notation, as STACK writes it: random numbers become parameters, and formulas ours."""

import re
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.parameters import InvalidParameters, Parameters
from tutor.problems.placeholders import fill

_COMMENT = re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)")
_ASSIGNMENT = re.compile(
    r"([A-Za-z][A-Za-z0-9_]{0,40})\s{0,10}:(?!=)\s{0,10}([^\s].{0,500})", re.DOTALL
)
_RANDOM = re.compile(
    r"rand\(\[(?P<options>[^\[\]()]{1,300})\]\)|rand\((?P<below>\d{1,6})\)"
    r"|rand_with_step\((?P<step>[^()\[\]]{1,100})\)"
    r"|rand_with_prohib\((?P<range>[^()\[\]]{1,100}),\s{0,5}\[(?P<without>[^\[\]]{0,200})\]\)"
)
_NAME = re.compile(r"%?[A-Za-z][A-Za-z0-9_]*")
_CALL = re.compile(r"([A-Za-z][A-Za-z0-9_]{0,40})\s{0,5}\(")
_CONSTANTS = {"%pi": "pi", "%e": "e", "%i": "i"}
_FUNCTIONS = {
    **{name: name for name in ("sin", "cos", "tan", "sqrt", "exp", "abs", "floor", "min", "max")},
    "log": "ln",
    "ln": "ln",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "ceiling": "ceil",
}
_EXACT = re.compile(r"[-+*/^()\d\s.,]*")
_POWER = re.compile(r"\^\s{0,5}(\([^()]{1,100}\)|\[\[[^\]]{1,60}\]\]|[A-Za-z0-9.]{1,20})")
_MAX_LENGTH = 1_000  # characters of a formula whose variables are replaced


@dataclass
class Variables:
    """lines: declarations of parameters. formulas: what each name stands for, with parameters."""

    lines: list[str] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, source: str) -> Self:
        """Raises InvalidRecord for what is more than a calculation."""
        variables = cls()
        for statement in re.split(r"[;$]", _COMMENT.sub("", source)):
            if not statement.strip():
                continue
            match = _ASSIGNMENT.fullmatch(statement.strip())
            if match is None:
                reason = _("its variables say “%(text)s”, which is no calculation")
                raise InvalidRecord("parameters", reason % {"text": statement.strip()[:60]})
            variables._assign(match[1], match[2].strip())
        return variables

    def declarations(self) -> str:
        return "\n".join(self.lines)

    def in_our_words(self, source: str) -> str:
        """A formula as a key is written, with placeholders."""
        text = self._expanded(source.strip().rstrip(";"))
        for name in _CALL.findall(text):
            if name not in _FUNCTIONS:
                reason = _("its formula calls %(name)s, which Lemma does not know")
                raise InvalidRecord("key", reason % {"name": name})
        return text

    def typeset(self, source: str) -> str:
        """LaTeX, as far as it goes."""
        text = self.in_our_words(source)
        text = _POWER.sub(lambda match: "^{" + match[1].strip("()") + "}", text)
        text = _CALL.sub(lambda match: rf"\{match[1]}(", text)
        return text.replace("*", " ")

    def example(self, text: str) -> str:
        """A formula with the values of one variant."""
        try:
            parameters = Parameters.read(self.declarations())
            return fill(text, parameters, parameters.values_of(1))
        except InvalidParameters as error:
            raise InvalidRecord("parameters", str(error)) from error

    def _assign(self, name: str, source: str) -> None:
        source = _RANDOM.sub(self._drawn, source)
        text = self._expanded(source)
        if "[[" in text and _EXACT.fullmatch(re.sub(r"\[\[[A-Za-z0-9]+\]\]", "", text)):
            text = f"[[{self._declare(text.replace('[[', '').replace(']]', ''))}]]"
        self.formulas[name] = text

    def _drawn(self, match: re.Match[str]) -> str:
        if match["options"]:
            return self._declare(f"one of {match['options']}")
        if match["below"]:
            return self._declare(f"0..{int(match['below']) - 1}")
        edges = (match["step"] or match["range"]).split(",")
        if len(edges) not in (2, 3):
            raise InvalidRecord("parameters", _("its random numbers have no limits"))
        step = f" step {edges[2].strip()}" if len(edges) == 3 else ""
        name = self._declare(f"{edges[0].strip()}..{edges[1].strip()}{step}")
        without = [value.strip() for value in (match["without"] or "").split(",")]
        self.lines += [f"require {name} != {value}" for value in without if value]
        return name

    def _declare(self, source: str) -> str:
        name = f"r{len(self.lines) + 1}"
        self.lines.append(f"{name} = {source}")
        self.formulas[name] = f"[[{name}]]"
        return name

    def _expanded(self, source: str) -> str:
        def expanded(match: re.Match[str]) -> str:
            word = match[0]
            if word in _CONSTANTS:
                return _CONSTANTS[word]
            if word in self.formulas:
                text = self.formulas[word]
                return text if text.startswith("[[") and text.endswith("]]") else f"({text})"
            return _FUNCTIONS.get(word, word)

        text = _NAME.sub(expanded, source)
        if len(text) > _MAX_LENGTH:
            raise InvalidRecord("parameters", _("its formulas become too long"))
        return text.removeprefix("(").removesuffix(")") if _is_wrapped(text) else text


def _is_wrapped(text: str) -> bool:
    """Whether one pair of brackets is around all of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for character in text[:-1]:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return False
    return True
