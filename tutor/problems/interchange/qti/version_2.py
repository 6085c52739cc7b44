"""Items of QTI 2.1 and 2.2."""

import html
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft
from tutor.problems.interchange.qti.mathml import formula_markup
from tutor.problems.interchange.qti.processing import ResponseRules
from tutor.problems.interchange.qti.scoring import (
    ItemResponse,
    MentionedAnswer,
    ResponseKind,
    item_fields,
)
from tutor.problems.interchange.questions import Fields, gap, gap_prompt, matching
from tutor.problems.interchange.xml_tree import Node

HINT, PART, PROMPT = "hint", "part", "prompt"
_NUMBERS = ("float", "integer")
_FOR_TEACHERS = {"author", "scorer", "tutor", "proctor", "testConstructor"}
_TEMPLATES = ("templateDeclaration", "templateProcessing")
_LEFT_OUT = ("feedbackBlock", "feedbackInline", "templateBlock", "templateInline")


def read_item(item: Node, draft: QuestionDraft) -> Fields:
    """Raises InvalidRecord."""
    if any(item.first(name) for name in _TEMPLATES):
        raise InvalidRecord("parameters", _("its numbers are drawn by a template of QTI"))
    body = item.first("itemBody")
    if body is None:
        raise InvalidRecord("statement", _("there is nothing to answer"))
    feedback = {
        (node.attributes.get("outcomeIdentifier", ""), node.attributes.get("identifier", "")): (
            draft.markdown("".join(_Body(draft).pieces(node)))
        )
        for node in item.all("modalFeedback")
        if node.attributes.get("showHide", "show") == "show"
    }
    rules = ResponseRules(item, feedback)
    reading = _Body(draft, rules)
    source = "".join(reading.pieces(body))
    statement = draft.markdown(source)
    several = len(reading.responses) > 1
    for n, response in enumerate(reading.responses):
        mark = _mark(response.name)
        if not several:
            statement = statement.removesuffix(f"\n\n{mark}")
        statement = statement.replace(mark, gap(n) if several else "…")
    pairs = reading.pairs
    if pairs is not None:
        if reading.responses:
            raise InvalidRecord("kind", _("it has pairs and other answers"))
        fields = matching(pairs, reading.others)
    else:
        fields = item_fields(_prompted(reading, draft.language), rules, draft)
    return {"hints": reading.hints, "statement": statement, **fields}


def _prompted(reading: "_Body", language: str) -> list[ItemResponse]:
    for n, response in enumerate(reading.responses):
        response.prompt = response.prompt or gap_prompt(n, language)
    return reading.responses


def _mark(name: str) -> str:
    return f"\ue012{name}\ue013"


@dataclass
class _Body:
    """Reads the text of an item, and what has to be answered in it.

    gaps: the names of the responses that have a place in the text. pairs: what is to be matched.
    """

    draft: QuestionDraft
    rules: ResponseRules | None = None
    responses: list[ItemResponse] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] | None = None
    others: list[str] = field(default_factory=list)
    sample: str = ""

    def pieces(self, node: Node) -> list[str]:
        """The content as HTML."""
        return [
            html.escape(piece, quote=False) if isinstance(piece, str) else self._piece(piece)
            for piece in node.content
        ]

    def _piece(self, node: Node) -> str:
        if node.name == "math":
            return formula_markup(node)
        if node.name == "rubricBlock":
            return self._rubric(node)
        if node.name in _LEFT_OUT:
            self.draft.notes.add(_("feedback inside of the text"))
            return ""
        if node.name == "div" and PART in node.attributes.get("class", "").split():
            return self._part(node)
        if node.name == "object" and node.attributes.get("type", "").startswith("image/"):
            address = html.escape(node.attributes.get("data", ""))
            return f'<img src="{address}" alt="{html.escape(node.whole_text.strip())}">'
        if node.name.endswith("Interaction"):
            return self._interaction(node)
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in node.attributes.items()
        )
        inside = "".join(self.pieces(node))
        return f"<{node.name}{attributes}>{inside}</{node.name}>"

    def _rubric(self, node: Node) -> str:
        text = "".join(self.pieces(node))
        if node.attributes.get("use") == HINT:
            self.hints.append(self.draft.markdown(text))
            return ""
        views = set(node.attributes.get("view", "candidate").split())
        if views <= _FOR_TEACHERS:
            self.sample = self.draft.markdown(text)
            return ""
        return text

    def _part(self, node: Node) -> str:
        """A part as our own export writes it: a prompt, and one thing to answer."""
        inner = _Body(self.draft, self.rules)
        source = "".join(inner.pieces(node))
        prompt = self.draft.markdown(source)
        for name in inner.gaps:
            prompt = prompt.replace(_mark(name), "").strip()
        for response in inner.responses:
            response.prompt = prompt
            response.hints = inner.hints
        self.responses += inner.responses
        return ""

    def _interaction(self, node: Node) -> str:
        read = _INTERACTIONS.get(node.name)
        if read is None or self.rules is None:
            problem = _("answers in <%(name)s> cannot be imported")
            raise InvalidRecord("kind", problem % {"name": node.name[:60]})
        return read(self, node)

    def _name(self, node: Node) -> str:
        return node.attributes.get("responseIdentifier", "")

    def choice(self, node: Node) -> str:
        """A list of choices; its prompt belongs to the text where nothing else is asked."""
        rules = self._rules()
        name = self._name(node)
        several = rules.declarations.cardinality(name) == "multiple"
        kind = ResponseKind.CHOICES if several else ResponseKind.CHOICE
        choices = [
            MentionedAnswer(
                self.draft.markdown("".join(self.pieces(choice))),
                choice.attributes.get("identifier", ""),
            )
            for choice in node.all("simpleChoice")
        ]
        prompt = node.first("prompt")
        source = "".join(self.pieces(prompt)) if prompt else ""
        self.responses.append(ItemResponse(name, kind, choices))
        return f"<p>{source}</p>"

    def inline_choice(self, node: Node) -> str:
        choices = [
            MentionedAnswer(choice.whole_text.strip(), choice.attributes.get("identifier", ""))
            for choice in node.all("inlineChoice")
        ]
        return self._with_gap(ItemResponse(self._name(node), ResponseKind.CHOICE, choices))

    def entry(self, node: Node) -> str:
        rules = self._rules()
        name = self._name(node)
        is_number = rules.declarations.base_type(name) in _NUMBERS
        kind = ResponseKind.NUMBER if is_number else ResponseKind.TEXT
        ignore_case = not rules.minds_case(name)
        response = ItemResponse(name, kind, rules.candidates(name), ignore_case=ignore_case)
        return self._with_gap(response)

    def long_entry(self, node: Node) -> str:
        name = self._name(node)
        prompt = node.first("prompt")
        if self._rules().candidates(name):
            return "".join(self.pieces(prompt) if prompt else []) + self.entry(node)
        response = ItemResponse(name, ResponseKind.FREE_TEXT, [], sample=self.sample)
        self.responses.append(response)
        return f"<p>{''.join(self.pieces(prompt))}</p>" if prompt else ""

    def match(self, node: Node) -> str:
        """Two sets, of which each member of the first belongs to one of the second."""
        sets = node.all("simpleMatchSet")
        if len(sets) != 2:
            raise InvalidRecord("parts", _("there is nothing to answer"))
        texts = [
            {
                choice.attributes.get("identifier", ""): self.draft.markdown(
                    "".join(self.pieces(choice))
                )
                for choice in group.children
            }
            for group in sets
        ]
        prompt = node.first("prompt")
        self._add_pairs(self._name(node), texts[0], texts[1])
        return f"<p>{''.join(self.pieces(prompt))}</p>" if prompt else ""

    def _add_pairs(self, name: str, sources: dict[str, str], targets: dict[str, str]) -> None:
        right = dict.fromkeys(sources, "")
        for value in self._rules().right_values(name):
            first, _space, second = value.partition(" ")
            if first not in sources or second.strip() not in targets or right[first]:
                raise InvalidRecord("key", _("a pair of its right answer cannot be read"))
            right[first] = second.strip()
        if not all(right.values()):
            raise InvalidRecord("key", _("not every entry belongs to exactly one other"))
        self.pairs = [*(self.pairs or []), *((sources[a], targets[b]) for a, b in right.items())]
        self.others += [text for key, text in targets.items() if key not in right.values()]

    def _with_gap(self, response: ItemResponse) -> str:
        self.responses.append(response)
        self.gaps.append(response.name)
        return _mark(response.name)

    def _rules(self) -> ResponseRules:
        assert self.rules is not None  # noqa: S101  # `_interaction` asked for it
        return self.rules


_INTERACTIONS: dict[str, Callable[[_Body, Node], str]] = {
    "choiceInteraction": _Body.choice,
    "inlineChoiceInteraction": _Body.inline_choice,
    "textEntryInteraction": _Body.entry,
    "extendedTextInteraction": _Body.long_entry,
    "sliderInteraction": _Body.entry,
    "matchInteraction": _Body.match,
}
