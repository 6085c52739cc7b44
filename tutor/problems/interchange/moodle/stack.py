"""STACK's questions, where our grader has the same test of an answer as STACK has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tutor.grading import InvalidKey, Kind, infer_key
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected
from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.moodle.maxima import Variables
from tutor.problems.interchange.questions import Fields, in_parts
from tutor.problems.interchange.xml_tree import Node

_DISPLAYED = re.compile(r"\{[@#]([^{}]{1,300})[@#]\}")
_FIELD = re.compile(r"\[\[(input|validation|feedback):([A-Za-z0-9_]{1,40})\]\]")
_LAST = ("-1", "")


@dataclass(frozen=True)
class ResponseTree:
    """The tests of one input, in their order."""

    name: str
    nodes: list[Node]
    value: str

    @property
    def answer(self) -> str:
        return self.nodes[0].text_of("sans").strip()


def read_stack(question: Node, draft: QuestionDraft) -> Fields:
    """Raises InvalidRecord, which names what Lemma has no test for."""
    variables = Variables.read(question.text_of("questionvariables"))
    trees = {tree.answer: tree for tree in _trees(question)}
    inputs = [node.text_of("name").strip() for node in question.all("input")]
    for name in inputs:
        if name not in trees:
            reason = _("no response tree of one input tests the input %(name)s")
            raise InvalidRecord("key", reason % {"name": name})
    if not inputs:
        raise InvalidRecord("parts", _("there is nothing to answer"))
    fields = [_answer_fields(trees[name], variables, draft) for name in inputs]
    texts = {
        "statement": _text(question.first("questiontext"), variables, draft),
        "solution": _text(question.first("generalfeedback"), variables, draft),
        "parameters": variables.declarations(),
    }
    if len(fields) == 1:
        return texts | fields[0]
    return texts | in_parts([(name, 1, part) for name, part in zip(inputs, fields, strict=True)])


def _trees(question: Node) -> Iterator[ResponseTree]:
    for node in question.all("prt"):
        if nodes := _chain(node):
            yield ResponseTree(node.text_of("name").strip(), nodes, node.text_of("value"))


def _chain(tree: Node) -> list[Node]:
    """The nodes, if each is only reached where all earlier ones are false."""
    by_name = {node.text_of("name").strip(): node for node in tree.all("node")}
    name = tree.text_of("firstnode").strip() or next(iter(by_name), "")
    chain: list[Node] = []
    while name in by_name and by_name[name] not in chain:
        chain.append(by_name[name])
        if chain[-1].text_of("truenextnode").strip() not in _LAST:
            raise InvalidRecord("key", _("its response tree tests a right answer once more"))
        name = chain[-1].text_of("falsenextnode").strip()
    return chain


def _answer_fields(tree: ResponseTree, variables: Variables, draft: QuestionDraft) -> Fields:
    first, *others = tree.nodes
    key = _key(first, variables)
    if float(first.text_of("truescore") or "1") != 1:
        raise InvalidRecord("key", _("the first test of its response tree does not count in full"))
    expected = [_expected(first, variables, draft)] if _told(first, variables, draft) else []
    for node in others:
        if node.text_of("sans").strip() != tree.answer or _test(node) != "AlgEquiv":
            reason = _("its response tree goes on with the test %(name)s of another value")
            raise InvalidRecord("key", reason % {"name": _test(node)[:40]})
        expected.append(_expected(node, variables, draft))
    if last := _text(tree.nodes[-1].first("falsefeedback"), variables, draft):
        expected.append(Expected("*", last))
    return {"key": key, "expected": [row.to_dict() for row in expected if row.feedback]}


def _told(node: Node, variables: Variables, draft: QuestionDraft) -> str:
    return _text(node.first("truefeedback"), variables, draft)


def _expected(node: Node, variables: Variables, draft: QuestionDraft) -> Expected:
    answer = variables.in_our_words(node.text_of("tans"))
    percent = round(100 * float(node.text_of("truescore") or "0"))
    return Expected(answer, _told(node, variables, draft), max(0, min(100, percent)))


def _test(node: Node) -> str:
    return node.text_of("answertest").strip()


def _key(node: Node, variables: Variables) -> Fields:
    fields = _TESTS.get(_test(node))
    if fields is None:
        reason = _("it tests answers by %(name)s, which Lemma has not")
        raise InvalidRecord("key", reason % {"name": _test(node)[:40] or "—"})
    value = variables.in_our_words(node.text_of("tans"))
    option = node.text_of("testoptions").strip()
    return {"kind": _kind(variables.example(value)).value, "value": value, **fields(option)}


def _kind(value: str) -> Kind:
    try:
        kind = infer_key(value).kind
    except InvalidKey as error:
        raise InvalidRecord("key", str(error)) from error
    return Kind.EXPRESSION if kind in (Kind.CHOICE, Kind.TEXT) else kind


def _form(name: str) -> Callable[[str], Fields]:
    return lambda _option: {"form": name}


def _places(option: str) -> int:
    digits = re.match(r"\[?(\d{1,2})", option)
    if not digits:
        raise InvalidRecord("key", _("the number of places is missing"))
    return int(digits[1])


def _tolerance(option: str) -> str:
    return option or "0.05"  # what STACK takes without an option


_TESTS: dict[str, Callable[[str], Fields]] = {
    "AlgEquiv": lambda _option: {},
    "AlgEquivNouns": lambda _option: {},
    "SubstEquiv": lambda _option: {"any_letters": True},
    "FacForm": _form("factored"),
    "SingleFrac": _form("single_fraction"),
    "PartFrac": _form("partial_fractions"),
    "CompSquare": _form("completed_square"),
    "LowestTerms": _form("lowest_terms"),
    "Int": lambda _option: {"kind": "antiderivative"},
    "String": lambda _option: {"kind": "text", "ignore_case": False},
    "StringSloppy": lambda _option: {"kind": "text"},
    "NumAbsolute": lambda option: {"tolerance": _tolerance(option)},
    "NumRelative": lambda option: {"tolerance": _tolerance(option), "relative": True},
    "NumDecPlaces": lambda option: {"form": "decimal_places", "places": _places(option)},
    "NumSigFigs": lambda option: {"form": "significant_figures", "places": _places(option)},
}


def _text(node: Node | None, variables: Variables, draft: QuestionDraft) -> str:
    """Without the fields, and with values as formulas."""
    source = node.text_of("text") or node.text if node else ""
    source = _FIELD.sub("", source)
    return draft.markdown(_DISPLAYED.sub(lambda match: variables.typeset(match[1]), source)).strip()
