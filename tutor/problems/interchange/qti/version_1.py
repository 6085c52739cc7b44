"""Items of QTI 1.2, also as Canvas, Blackboard and Respondus write them."""

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft, marked
from tutor.problems.interchange.qti.blackboard import in_standard_form, in_words
from tutor.problems.interchange.qti.canvas_formulas import read_formula
from tutor.problems.interchange.qti.expressions import same_text
from tutor.problems.interchange.qti.gaps import field_mark, with_gaps, without_fields
from tutor.problems.interchange.qti.orders import in_order
from tutor.problems.interchange.qti.scoring import (
    ItemResponse,
    MentionedAnswer,
    ResponseKind,
    Responses,
    between,
    different,
    item_fields,
)
from tutor.problems.interchange.questions import Fields, number
from tutor.problems.interchange.xml_tree import Node

_FIELDS = ("response_str", "response_num")
_RESPONSES = ("response_lid", *_FIELDS)
_ELSEWHERE = ("response_grp", "response_xy")
_EXTENSIONS = ("response_extension", "presentation_extension")  # of D2L: how answers are laid out
_LOWER, _UPPER = ("vargte", "vargt"), ("varlte", "varlt")
_TYPED_BLANKS = ("fill_in_multiple_blanks_question",)
_FORMULA_TYPE = "calculated_question"
_TYPE_NAMES = ("question_type", "qmd_questiontype")
_TYPE_NAME = "bbmd_questiontype"
_UNKNOWN_TYPES = ("file_upload_question", "File Upload", "Arithmetic", "Significant Figures")
_SCORES = ("SCORE", "D2L_Correct")


def read_item(item: Node, draft: QuestionDraft) -> Fields:
    """Raises InvalidRecord."""
    item = in_standard_form(item)
    metadata = _metadata(item)
    kinds = [metadata[name] for name in _TYPE_NAMES if name in metadata]
    kind = next(iter([*kinds, *(node.text.strip() for node in item.within(_TYPE_NAME))]), "")
    if kind in _UNKNOWN_TYPES:
        problem = _("questions of type “%(type)s” cannot be imported")
        raise InvalidRecord("kind", problem % {"type": kind})
    presentation = item.first("presentation")
    if presentation is None:
        raise InvalidRecord("statement", _("there is nothing to answer"))
    nodes = _response_nodes(presentation)
    statement = _markdown(presentation, draft)
    help_texts = _help(item, draft)
    _call_by_response(item, nodes)
    _as_alternatives(item, [node for node in nodes if _cardinality(node) == "single"])
    if kind == _FORMULA_TYPE:
        return {**help_texts, **read_formula(item, without_fields(statement))}
    if any(item.within("calculated")):
        raise InvalidRecord("parameters", _("its numbers are drawn by a formula of Blackboard"))
    scoring = ResponseProcessing(item, draft)
    if any(_cardinality(node) == "ordered" for node in nodes):
        return {**help_texts, "statement": statement, **_order(nodes, scoring, draft)}
    responses = [_response(node, kind, scoring, draft) for node in nodes]
    statement = with_gaps(statement, responses, draft.language)
    fields = item_fields(responses, scoring, draft)
    solution = fields.pop("solution") or help_texts.pop("solution", "")
    return {**help_texts, "statement": statement, "solution": solution, **fields}


def _response_nodes(presentation: Node) -> list[Node]:
    """Raises InvalidRecord where answers are given in another way."""
    nodes = list(presentation.within(*_RESPONSES))
    elsewhere = [*presentation.within(*_ELSEWHERE), *presentation.within(*_EXTENSIONS)]
    for node in [row for row in elsewhere if not nodes or row.name in _ELSEWHERE]:
        problem = _("answers in <%(name)s> cannot be imported")
        raise InvalidRecord("kind", problem % {"name": node.name})
    return nodes


def _help(item: Node, draft: QuestionDraft) -> Fields:
    """Hints and the solution, which are kept among the feedback."""
    hints = [_markdown(node, draft) for node in item.within("hintmaterial")]
    steps = [_markdown(node, draft) for node in item.within("solutionmaterial")]
    texts = {"hints": list(filter(None, hints)), "solution": marked(steps)}
    return {name: text for name, text in texts.items() if text}


def _cardinality(node: Node) -> str:
    return node.attributes.get("rcardinality", "Single").lower()


def _order(nodes: Sequence[Node], scoring: "ResponseProcessing", draft: QuestionDraft) -> Fields:
    if len(nodes) > 1:
        raise InvalidRecord("kind", _("it has pairs or an order, and other answers"))
    texts = {label.value: label.text for label in _labels(nodes[0], draft)}
    values = scoring.right_values(nodes[0].attributes.get("ident", ""))
    return in_order(texts, values, draft)


def _call_by_response(item: Node, nodes: Sequence[Node]) -> None:
    """D2L names answers by the label of a field, and not by the response that the field is in."""
    names = {node.attributes.get("ident", "") for node in nodes}
    name_of = {
        label.attributes.get("ident", ""): node.attributes.get("ident", "")
        for node in nodes
        if node.name in _FIELDS
        for label in node.within("response_label")
    }
    for node in item.within("varequal", "vargte", "varlte"):
        name = node.attributes.get("respident", "")
        if name not in names and name in name_of:
            node.attributes["respident"] = name_of[name]


def _as_alternatives(item: Node, nodes: Sequence[Node]) -> None:
    """A single response cannot equal several texts: Canvas lists those of which one is enough."""
    single = {node.attributes.get("ident", "") for node in nodes}
    for condition in item.within("conditionvar", "and"):
        by_name: dict[str, list[Node]] = {}
        for child in condition.children:
            if child.name == "varequal":
                by_name.setdefault(child.attributes.get("respident", ""), []).append(child)
        for name, equal in by_name.items():
            if name in single and len(equal) > 1:
                rest = [piece for piece in condition.content if piece not in equal]
                condition.content = [*rest, Node("or", {}, condition.line, list(equal))]


def _metadata(item: Node) -> dict[str, str]:
    return {
        node.text_of("fieldlabel").strip(): node.text_of("fieldentry").strip()
        for node in item.within("qtimetadatafield", "qti_metadatafield")
    }


def _response(
    node: Node, kind: str, scoring: "ResponseProcessing", draft: QuestionDraft
) -> ItemResponse:
    name = node.attributes.get("ident", "")
    prompt = _markdown(node, draft)
    if node.name == "response_lid":
        return _choice(node, kind, prompt, draft)
    candidates = scoring.candidates(name)
    if not candidates:
        return ItemResponse(name, ResponseKind.FREE_TEXT, [], prompt)
    is_number = node.name == "response_num" or any(
        fib.attributes.get("fibtype", "") in ("Decimal", "Integer", "Scientific")
        for fib in node.within("render_fib")
    )
    return ItemResponse(
        name,
        ResponseKind.NUMBER if is_number else ResponseKind.TEXT,
        candidates,
        prompt,
        ignore_case=not scoring.minds_case(name),
    )


def _choice(node: Node, kind: str, prompt: str, draft: QuestionDraft) -> ItemResponse:
    simple = ResponseKind.TEXT if kind in _TYPED_BLANKS else ResponseKind.CHOICE
    several = ResponseKind.CHOICES if _cardinality(node) == "multiple" else simple
    return ItemResponse(node.attributes.get("ident", ""), several, _labels(node, draft), prompt)


def _labels(node: Node, draft: QuestionDraft) -> list[MentionedAnswer]:
    return [
        MentionedAnswer(
            in_words(_markdown(label, draft), draft.language), label.attributes.get("ident", "")
        )
        for label in node.within("response_label")
    ]


def _markdown(node: Node, draft: QuestionDraft) -> str:
    """The material in it, without that of the responses and labels within.

    A field in it leaves its mark.
    """
    return draft.markdown("".join(_markup(node)))


def _markup(node: Node) -> Iterator[str]:
    names = [child.name for child in node.children]
    is_line = names.count("material") > 1 and any(name in names for name in _FIELDS)
    tag = "span" if is_line else "div"
    for child in node.children:
        if child.name == "mattext":
            is_html = child.attributes.get("texttype", "text/plain").lower() == "text/html"
            text = child.inner_markup() if child.children else child.text
            plain = html.escape(text, quote=False).replace("\n", "<br>")
            yield text if is_html or child.children else f"<span>{plain}</span>"
        elif child.name == "matimage":
            address = html.escape(child.attributes.get("uri", ""))
            name = html.escape(child.attributes.get("label", ""))
            yield f'<img src="{address}" alt="{name}">'
        elif child.name in ("mataudio", "matvideo", "matapplet", "matapplication"):
            address = html.escape(child.attributes.get("uri", child.name))
            yield f'<object data="{address}"></object>'
        elif child.name == "matbreak":
            yield "<br>"
        elif child.name in _FIELDS:
            yield f"<{tag}>{field_mark(child.attributes.get('ident', ''))}</{tag}>"
        elif child.name in ("material", "flow_mat", "flow", "altmaterial"):
            yield f"<{tag}>{''.join(_markup(child))}</{tag}>"


class ResponseProcessing:
    """What an item says to do with responses, tried out."""

    def __init__(self, item: Node, draft: QuestionDraft) -> None:
        self.conditions = [
            condition
            for processing in item.all("resprocessing")
            for condition in processing.all("respcondition")
        ]
        self.feedback = {
            node.attributes.get("ident", ""): _markdown(node, draft)
            for node in item.all("itemfeedback")
        }
        self._general = item.attributes.get(
            "label", ""
        )  # D2L gives this feedback without a condition
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
    problem = _("its scoring uses <%(name)s>, which cannot be imported")
    raise InvalidRecord("key", problem % {"name": node.name[:40]})


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
