"""The expressions of QTI 2.1's response processing: a small part of them, worked out.

A value is a tuple of texts: empty for null, with one entry for a single value.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.unknown_kinds import unknown_scoring
from tutor.problems.interchange.xml_tree import Node

Value = tuple[str, ...]
TRUE, FALSE = ("true",), ("false",)
_MAX_EXPONENT = 60


class Declarations:
    """The responses and outcomes of an item, its constants, and its correct answers."""

    def __init__(self, item: Node) -> None:
        self.responses = {_name(node): node for node in item.all("responseDeclaration")}
        self.correct = {
            name: tuple(value.text.strip() for value in node.within("value"))
            for name, declaration in self.responses.items()
            for node in [declaration.first("correctResponse") or Node("", {}, 0)]
        }
        self.outcomes = {
            _name(node): tuple(value.text.strip() for value in node.within("value"))
            for node in (*item.all("templateDeclaration"), *item.all("outcomeDeclaration"))
        }

    def is_ordered(self, name: str) -> bool:
        return self.cardinality(name) == "ordered"

    def cardinality(self, name: str) -> str:
        return self._attribute(name, "cardinality", "single")

    def base_type(self, name: str) -> str:
        return self._attribute(name, "baseType", "identifier")

    def _attribute(self, name: str, attribute: str, default: str) -> str:
        declaration = self.responses.get(name)
        return declaration.attributes.get(attribute, default) if declaration else default

    def mapped(self, name: str, given: Value) -> Decimal:
        declaration = self.responses.get(name)
        mapping = declaration.first("mapping") if declaration else None
        if mapping is None:
            raise unknown_scoring("mapResponse")
        total = sum((_mapped(mapping, value) for value in dict.fromkeys(given)), Decimal(0))
        for bound, limit in (("lowerBound", max), ("upperBound", min)):
            if bound in mapping.attributes:
                total = limit(total, decimal(mapping.attributes[bound]))
        return total


def _mapped(mapping: Node, value: str) -> Decimal:
    for entry in mapping.all("mapEntry"):
        key = entry.attributes.get("mapKey", "")
        minds_case = entry.attributes.get("caseSensitive", "true") == "true"
        if same_text(key, value, minds_case=minds_case):
            return decimal(entry.attributes.get("mappedValue", "0"))
    return decimal(mapping.attributes.get("defaultValue", "0"))


def _name(node: Node) -> str:
    return node.attributes.get("identifier", "")


def decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**15:
        problem = _("%(name)s “%(text)s” is not a number")
        raise InvalidRecord("key", problem % {"name": "QTI", "text": text[:40]})
    return value


def same_text(left: str, right: str, *, minds_case: bool) -> bool:
    left, right = left.strip(), right.strip()
    return left == right if minds_case else left.casefold() == right.casefold()


def work_out(node: Node, variables: Mapping[str, Value], declarations: Declarations) -> Value:
    """Raises InvalidRecord for an expression that is not known."""
    name = _name(node)
    match node.name:
        case "baseValue":
            return (node.text.strip(),)
        case "variable":
            return variables.get(name, ())
        case "correct":
            return declarations.correct.get(name, ())
        case "mapResponse":
            return (str(declarations.mapped(name, variables.get(name, ()))),)
        case "null":
            return ()
        case "and":  # up to the first that is not true: what follows may have no value
            parts = (work_out(child, variables, declarations) for child in node.children)
            return _truth(all(part == TRUE for part in parts))
    values = [work_out(child, variables, declarations) for child in node.children]
    operation = _OPERATIONS.get(node.name)
    if operation is None:
        raise unknown_scoring(node.name)
    try:
        return operation(node, values)
    except (IndexError, ArithmeticError) as error:
        raise unknown_scoring(node.name) from error


def _truth(value: bool) -> Value:
    return TRUE if value else FALSE


def _same(left: str, right: str) -> bool:
    if left == right:
        return True
    try:
        return decimal(left) == decimal(right)
    except InvalidRecord:
        return False


def _match(_node: Node, values: list[Value]) -> Value:
    left, right = sorted(values[0]), sorted(values[1])
    pairs = zip(left, right, strict=False)
    return _truth(bool(left) and len(left) == len(right) and all(_same(*pair) for pair in pairs))


def _equal(node: Node, values: list[Value]) -> Value:
    try:
        left, right = (decimal(value[0]) for value in values[:2])
    except (InvalidRecord, IndexError):
        return FALSE
    below, above = tolerances_of(node, right)
    return _truth(right - below <= left <= right + above)


def tolerances_of(node: Node, value: Decimal) -> tuple[Decimal, Decimal]:
    """How far a number may be off below and above, by an element `equal`."""
    mode = node.attributes.get("toleranceMode", "exact")
    if mode == "exact":
        return Decimal(0), Decimal(0)
    widths = [decimal(text) for text in node.attributes.get("tolerance", "0").split()]
    unit = Decimal(1) if mode == "absolute" else abs(value) / 100
    below, above = (widths[0], widths[-1]) if widths else (Decimal(0), Decimal(0))
    return below * unit, above * unit


def _string_match(node: Node, values: list[Value]) -> Value:
    minds_case = node.attributes.get("caseSensitive", "true") == "true"
    is_same = bool(values[0] and values[1]) and same_text(
        values[0][0], values[1][0], minds_case=minds_case
    )
    return _truth(is_same)


def _numbers(values: list[Value]) -> list[Decimal]:
    return [decimal(text) for value in values for text in value]


def _product(values: list[Value]) -> Decimal:
    product = Decimal(1)
    for factor in _numbers(values):
        product = decimal(str(product * factor))
    return product


def _power(values: list[Value]) -> Decimal:
    base, exponent = decimal(values[0][0]), decimal(values[1][0])
    if abs(exponent) > _MAX_EXPONENT:
        raise unknown_scoring("power")
    return decimal(str(base**exponent))


def _compares(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[Node, list[Value]], Value]:
    def compared(_node: Node, values: list[Value]) -> Value:
        try:
            left, right = (decimal(value[0]) for value in values[:2])
        except (InvalidRecord, IndexError):
            return FALSE
        return _truth(compare(left, right))

    return compared


_OPERATIONS: dict[str, Callable[[Node, list[Value]], Value]] = {
    "match": _match,
    "equal": _equal,
    "stringMatch": _string_match,
    "isNull": lambda _node, values: _truth(not values[0]),
    "not": lambda _node, values: _truth(values[0] != TRUE),
    "or": lambda _node, values: _truth(any(value == TRUE for value in values)),
    "member": lambda _node, values: _truth(values[0][:1] != () and values[0][0] in values[1]),
    "contains": lambda _node, values: _truth(set(values[1]) <= set(values[0])),
    "multiple": lambda _node, values: tuple(text for value in values for text in value),
    "ordered": lambda _node, values: tuple(text for value in values for text in value),
    "containerSize": lambda _node, values: (str(len(values[0])),),
    "sum": lambda _node, values: (str(sum(_numbers(values), Decimal(0))),),
    "product": lambda _node, values: (str(_product(values)),),
    "subtract": lambda _node, values: (str(decimal(values[0][0]) - decimal(values[1][0])),),
    "power": lambda _node, values: (str(_power(values)),),
    "divide": lambda _node, values: (str(decimal(values[0][0]) / decimal(values[1][0])),),
    "gt": _compares(lambda left, right: left > right),
    "gte": _compares(lambda left, right: left >= right),
    "lt": _compares(lambda left, right: left < right),
    "lte": _compares(lambda left, right: left <= right),
}
