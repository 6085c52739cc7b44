"""What a model asks a tool about, as typed values, and why it cannot have an answer."""

from __future__ import annotations

from tutor.grading.parsing.answers import read_expression
from tutor.grading.parsing.cursor import UnknownWord
from tutor.grading.parsing.names import KNOWN_FUNCTIONS
from tutor.grading.parsing.tree import (
    Call,
    Comparison,
    Div,
    Matrix,
    Mul,
    PlusMinus,
    Sym,
    Term,
    Unreadable,
    Value,
    Words,
    is_term,
    walk,
)

MAX_LENGTH = 500  # characters
MAX_PARTS = 150
_SHOWN = 60  # characters of what could not be read


class NoResult(ValueError):
    """Says in a sentence for the model why there is no result."""


def read(text: str) -> Value:
    """An expression, an equation or several. Raises NoResult."""
    if len(text) > MAX_LENGTH:
        raise NoResult(f"That is longer than {MAX_LENGTH} characters.")
    if not text.strip():
        raise NoResult("The expression is empty.")
    try:
        value = read_expression(text)
    except UnknownWord:
        raise NoResult(f"I cannot read {quoted(text)}: those are words.") from None
    except Unreadable as error:
        message = str(error).replace("We could not read the answer", "it makes no sense")
        raise NoResult(f"I cannot read {quoted(text)}: {message}") from None
    except RecursionError:
        raise NoResult(f"I cannot read {quoted(text)}: it is nested too deeply.") from None
    parts = list(walk(value))
    if len(parts) > MAX_PARTS:
        raise NoResult(f"{quoted(text)} has more than {MAX_PARTS} parts.")
    for part in parts:
        _check(part, text)
    return value


def _check(part: Value, text: str) -> None:
    match part:
        case Words() | PlusMinus():
            raise NoResult(f"I cannot read {quoted(text)}.")
        case Matrix():
            raise NoResult("I work with numbers and letters; matrices and vectors I do not know.")
        case Div(Sym("d"), Mul((Sym("d"), *_))):
            raise NoResult("To differentiate, give the operation and the expression without d/dx.")
        case Call("log", (_,)):
            raise NoResult(r"I do not know the base of log: write \ln, \lg or \log_{2}.")
        case Call(name) if name not in KNOWN_FUNCTIONS:
            raise NoResult(f"There is no function {name}.")


def read_term(text: str) -> Term:
    """Raises NoResult for anything but one expression."""
    value = read(text)
    if isinstance(value, Comparison):
        raise NoResult(f"{quoted(text)} is a statement; an expression is needed.")
    if not is_term(value):
        raise NoResult(f"{quoted(text)} is not one expression.")
    return value


def quoted(text: str) -> str:
    shown = " ".join(text.split())
    return f"'{shown}'" if len(shown) <= _SHOWN else f"'{shown[:_SHOWN]}…'"
