"""Items of QTI 1.2, also as Canvas, Blackboard and Respondus write them."""

import html
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft, marked
from tutor.problems.interchange.qti.blackboard import in_standard_form, in_words
from tutor.problems.interchange.qti.canvas_formulas import read_formula
from tutor.problems.interchange.qti.gaps import field_mark, with_gaps, without_fields
from tutor.problems.interchange.qti.orders import in_order
from tutor.problems.interchange.qti.scoring import (
    AskedQuestion,
    MentionedAnswer,
    ResponseKind,
    item_fields,
)
from tutor.problems.interchange.qti.version_1_scoring import Version1Scoring
from tutor.problems.interchange.questions import Fields
from tutor.problems.interchange.unknown_kinds import unknown_kind
from tutor.problems.interchange.xml_tree import Node

_FIELDS = ("response_str", "response_num")
_RESPONSES = ("response_lid", *_FIELDS)
_ELSEWHERE = ("response_grp", "response_xy")
_EXTENSIONS = ("response_extension", "presentation_extension")  # of D2L: how answers are laid out
_TYPED_BLANKS = ("fill_in_multiple_blanks_question",)
_FORMULA_TYPE = "calculated_question"
_TYPE_NAMES = ("question_type", "qmd_questiontype")
_TYPE_NAME = "bbmd_questiontype"
_UNKNOWN_TYPES = ("file_upload_question", "File Upload", "Arithmetic", "Significant Figures")


def read_item(item: Node, draft: QuestionDraft) -> Fields:
    """Raises InvalidRecord."""
    item = in_standard_form(item)
    metadata = _metadata(item)
    kinds = [metadata[name] for name in _TYPE_NAMES if name in metadata]
    kind = next(iter([*kinds, *(node.text.strip() for node in item.within(_TYPE_NAME))]), "")
    if kind in _UNKNOWN_TYPES:
        raise unknown_kind(kind)
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
    scoring = Version1Scoring(item, _feedback(item, draft))
    if any(_cardinality(node) == "ordered" for node in nodes):
        return {**help_texts, "statement": statement, **_order(nodes, scoring, draft)}
    questions = [_question(node, kind, scoring, draft) for node in nodes]
    statement = with_gaps(statement, questions, draft.language)
    fields = item_fields(questions, scoring, draft)
    solution = fields.pop("solution") or help_texts.pop("solution", "")
    return {**help_texts, "statement": statement, "solution": solution, **fields}


def _response_nodes(presentation: Node) -> list[Node]:
    """Raises InvalidRecord where answers are given in another way."""
    nodes = list(presentation.within(*_RESPONSES))
    elsewhere = [*presentation.within(*_ELSEWHERE), *presentation.within(*_EXTENSIONS)]
    for node in [row for row in elsewhere if not nodes or row.name in _ELSEWHERE]:
        raise unknown_kind(node.name)
    return nodes


def _feedback(item: Node, draft: QuestionDraft) -> dict[str, str]:
    return {
        node.attributes.get("ident", ""): _markdown(node, draft)
        for node in item.all("itemfeedback")
    }


def _help(item: Node, draft: QuestionDraft) -> Fields:
    """Hints and the solution, which are kept among the feedback."""
    hints = [_markdown(node, draft) for node in item.within("hintmaterial")]
    steps = [_markdown(node, draft) for node in item.within("solutionmaterial")]
    texts = {"hints": list(filter(None, hints)), "solution": marked(steps)}
    return {name: text for name, text in texts.items() if text}


def _cardinality(node: Node) -> str:
    return node.attributes.get("rcardinality", "Single").lower()


def _order(nodes: Sequence[Node], scoring: Version1Scoring, draft: QuestionDraft) -> Fields:
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


def _question(
    node: Node, kind: str, scoring: Version1Scoring, draft: QuestionDraft
) -> AskedQuestion:
    name = node.attributes.get("ident", "")
    prompt = _markdown(node, draft)
    if node.name == "response_lid":
        return _choice(node, kind, prompt, draft)
    candidates = scoring.candidates(name)
    if not candidates:
        return AskedQuestion(name, ResponseKind.FREE_TEXT, [], prompt)
    is_number = node.name == "response_num" or any(
        fib.attributes.get("fibtype", "") in ("Decimal", "Integer", "Scientific")
        for fib in node.within("render_fib")
    )
    return AskedQuestion(
        name,
        ResponseKind.NUMBER if is_number else ResponseKind.TEXT,
        candidates,
        prompt,
        ignore_case=not scoring.minds_case(name),
    )


def _choice(node: Node, kind: str, prompt: str, draft: QuestionDraft) -> AskedQuestion:
    simple = ResponseKind.TEXT if kind in _TYPED_BLANKS else ResponseKind.CHOICE
    several = ResponseKind.CHOICES if _cardinality(node) == "multiple" else simple
    return AskedQuestion(node.attributes.get("ident", ""), several, _labels(node, draft), prompt)


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
