"""The scoring of an item of QTI 1.2, tried out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.qti.expressions import same_text
from tutor.problems.interchange.qti.scoring import (
    MentionedAnswer,
    Responses,
    between,
    different,
)
from tutor.problems.interchange.questions import number
from tutor.problems.interchange.unknown_kinds import unknown_scoring
from tutor.problems.interchange.xml_tree import Node

_LOWER, _UPPER = ("vargte", "vargt"), ("varlte", "varlt")
_SCORES = ("SCORE", "D2L_Correct")


class Version1Scoring:
    """An `ItemScoring`. feedback: Markdown by the name that the conditions have for it."""

    def __init__(self, item: Node, feedback: dict[str, str]) -> None:
        self.conditions = [
            condition
            for processing in item.all("resprocessing")
            for condition in processing.all("respcondition")
        ]
        self.feedback = feedback
        self._general = item.attributes.get("label", "")  # D2L gives it without a condition
        names = [
            node.attributes.get("varname", "SCORE")
            for condition in self.conditions
            for node in condition.all("setvar")
        ]
        usual = next((name for name in _SCORES if name in names), "")
        self.variables = {usual} if usual else set(names)  # D2L has one for each field

    def score(self, responses: Responses) -> Decimal:
        scores = dict.fromkeys(self.variables, Decimal(0))
        for condition in self._fulfilled(responses):
            for node in condition.all("setvar"):
                name = node.attributes.get("varname", "SCORE")
                if name in scores:
                    scores[name] = _changed(scores[name], node)
        return sum(scores.values(), Decimal(0))

    def told(self, responses: Responses) -> list[str]:
        names = [
            node.attributes.get("linkrefid", "")
            for condition in self._fulfilled(responses)
            for node in condition.all("displayfeedback")
        ]
        texts = [self.feedback.get(name, "") for name in (*names, self._general)]
        return list(dict.fromkeys(filter(None, texts)))

    def right_values(self, name: str) -> list[str]:
        """Those of the condition that counts most."""
        best: tuple[Decimal, list[str]] = (Decimal(0), [])
        for condition in self.conditions:
            mentioned = _mentioned(condition)
            if values := mentioned.get(name):
                score = self.score(mentioned)
                best = max(best, (score, values), key=lambda pair: pair[0])
        return best[1]

    def candidates(self, name: str) -> list[MentionedAnswer]:
        return different(
            candidate for condition in self.conditions for candidate in _candidates(condition, name)
        )

    def minds_case(self, name: str) -> bool:
        return any(
            node.attributes.get("case", "No").lower() == "yes"
            for condition in self.conditions
            for node in condition.within("varequal")
            if node.attributes.get("respident") == name
        )

    def _fulfilled(self, responses: Responses) -> Iterator[Node]:
        for condition in self.conditions:
            variables = condition.first("conditionvar")
            if variables is not None and all(
                _holds(node, responses) for node in variables.children
            ):
                yield condition
                if condition.attributes.get("continue", "No").lower() != "yes":
                    return


def _changed(score: Decimal, node: Node) -> Decimal:
    action = node.attributes.get("action", "Set")
    value = number(node.text.strip() or ("1" if action == "Add" else "0"), "setvar")
    match action:
        case "Set":
            return value
        case "Add":
            return score + value
        case "Subtract":
            return score - value
        case "Multiply":
            return score * value
    raise InvalidRecord("key", _("its scoring cannot be read"))


def _holds(node: Node, responses: Responses) -> bool:
    match node.name:
        case "and" | "conditionvar":
            return all(_holds(child, responses) for child in node.children)
        case "or":
            return any(_holds(child, responses) for child in node.children)
        case "not":
            return not any(_holds(child, responses) for child in node.children)
        case "other":
            return True
    given = responses.get(node.attributes.get("respident", ""), ())
    match node.name:
        case "unanswered":
            return not given
        case "varequal":
            minds_case = node.attributes.get("case", "No").lower() == "yes"
            return any(same_text(value, node.text, minds_case=minds_case) for value in given)
        case "vargte" | "vargt":
            return any(_is_below(node.text, value) for value in given)
        case "varlte" | "varlt":
            return any(_is_below(value, node.text) for value in given)
    raise unknown_scoring(node.name)


def _is_below(left: str, right: str) -> bool:
    """A limit itself is within it."""
    try:
        return number(left, "") <= number(right, "")
    except InvalidRecord:
        return False


def _mentioned(node: Node) -> dict[str, list[str]]:
    """The values that a condition asks for, by the response, without those that it excludes."""
    values: dict[str, list[str]] = {}
    for child in node.children:
        if child.name == "not":
            continue
        if child.name == "varequal":
            values.setdefault(child.attributes.get("respident", ""), []).append(child.text.strip())
        alternatives = child.children[:1] if child.name == "or" else _by_index(child.children)
        for name, more in _mentioned(Node(child.name, {}, 0, list(alternatives))).items():
            values.setdefault(name, []).extend(more)
    return values


def _by_index(nodes: Sequence[Node]) -> list[Node]:
    """In the order in which an answer has them, where they say it."""
    indices = [node.attributes.get("index", "") for node in nodes]
    if not all(index.isascii() and index.isdigit() and len(index) < 4 for index in indices):
        return list(nodes)
    return sorted(nodes, key=lambda node: int(node.attributes["index"]))


def _candidates(node: Node, name: str) -> Iterator[MentionedAnswer]:
    own = [child for child in node.children if child.attributes.get("respident") == name]
    limits = {child.name: child.text for child in own}
    lower = next((limits[key] for key in _LOWER if key in limits), None)
    upper = next((limits[key] for key in _UPPER if key in limits), None)
    if lower is not None and upper is not None:
        yield between(number(lower, "vargte"), number(upper, "varlte"))
    for child in own:
        if child.name == "varequal" and child.text.strip():
            text = child.text.strip()
            yield MentionedAnswer(text, text)
    for child in node.children:
        yield from _candidates(child, name)
