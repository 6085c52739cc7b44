"""Items of QTI 2.1 and 2.2."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from django.utils.formats import get_format
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _

from tutor.grading.multipart import LETTERS, MAX_PARTS
from tutor.problems.content import InvalidRecord
from tutor.problems.interchange.drafts import QuestionDraft, marked
from tutor.problems.interchange.qti.gaps import field_mark, with_gaps
from tutor.problems.interchange.qti.mathml import formula_markup
from tutor.problems.interchange.qti.orders import in_order
from tutor.problems.interchange.qti.own_markup import FIELD, HINT, NUMBERS, PART
from tutor.problems.interchange.qti.scoring import (
    AskedQuestion,
    MentionedAnswer,
    ResponseKind,
    item_fields,
)
from tutor.problems.interchange.qti.version_2_scoring import Version2Scoring
from tutor.problems.interchange.questions import Fields, gap_prompt, matching
from tutor.problems.interchange.unknown_kinds import unknown_kind
from tutor.problems.interchange.xml_tree import Node

_NUMBERS = ("float", "integer")
_FOR_TEACHERS = {"author", "scorer", "tutor", "proctor", "testConstructor"}
_GAP_CHOICES = ("gapText", "gapImg")
_LEFT_OUT = ("feedbackBlock", "feedbackInline", "templateBlock", "templateInline")


def read_item(item: Node, draft: QuestionDraft) -> Fields:
    """Raises InvalidRecord."""
    if _draws_numbers(item):
        raise InvalidRecord("parameters", _("its numbers are drawn by a template of QTI"))
    draft.writes_commas = _has_decimal_comma(item.attributes.get("lang", ""))
    body = item.first("itemBody")
    if body is None:
        raise InvalidRecord("statement", _("there is nothing to answer"))
    scoring = Version2Scoring(item)
    for node in item.all("modalFeedback"):
        _Feedback(draft, scoring).note_feedback(node)
    reading = _Body(draft, scoring, asks_several=_interactions(body) > 1)
    source = reading.read(body)
    statement = with_gaps(draft.markdown(source), reading.questions, draft.language)
    fields = _fields(reading, scoring, draft)
    return {"hints": reading.hints, "statement": statement, **fields}


def _has_decimal_comma(language: str) -> bool:
    """By its tag, such as es-MX, or else by its first part."""
    tags = [language.lower(), language.lower().partition("-")[0]]
    known = next(filter(check_for_language, tags), "en")
    return bool(get_format("DECIMAL_SEPARATOR", known) == ",")


def _interactions(node: Node) -> int:
    return sum(child.name in _INTERACTIONS or _interactions(child) for child in node.children)


def _draws_numbers(item: Node) -> bool:
    """Inspera also keeps the points of an answer in declarations of a template."""
    declarations = item.all("templateDeclaration")
    is_fixed = all(node.first("defaultValue") for node in declarations)
    return not is_fixed or any(item.within("templateProcessing", "printedVariable"))


def _fields(reading: "_Body", scoring: Version2Scoring, draft: QuestionDraft) -> Fields:
    kinds = [bool(reading.pairs), bool(reading.order_fields), bool(reading.questions)]
    if kinds.count(True) > 1:
        raise InvalidRecord("kind", _("it has pairs or an order, and other answers"))
    if reading.order_fields or reading.pairs:
        fields = reading.order_fields or matching(reading.pairs, reading.others)
        return {**fields, "solution": marked(scoring.told({}))}
    return item_fields(reading.questions, scoring, draft)


@dataclass
class _Body:
    """Reads the text of an item, and notes what has to be answered in it.

    asks_several: each prompt is that of a part. gaps: the names of the questions whose field is in
    the text. gap_nodes: the gaps into which one of several texts is put. pairs: the texts that
    belong together. others: those that belong to none. order_fields: of a problem that asks for an
    order. sample: for the teacher who reads a free text.
    """

    draft: QuestionDraft
    scoring: Version2Scoring
    asks_several: bool = False
    questions: list[AskedQuestion] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    gap_nodes: list[Node] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    order_fields: Fields = field(default_factory=dict)
    sample: str = ""

    def read(self, node: Node) -> str:
        """The content as HTML; also notes what has to be answered in it."""
        return "".join(
            html.escape(piece, quote=False) if isinstance(piece, str) else self._piece(piece)
            for piece in node.content
        )

    def _piece(self, node: Node) -> str:
        if read := _PIECES.get(node.name):
            return read(self, node)
        if "display:none" in node.attributes.get("style", "").replace(" ", ""):
            return ""  # in another language
        if node.name in _LEFT_OUT:
            self.draft.notes.add(_("feedback inside of the text"))
            return ""
        if self.draft.own.has_any and node.attributes.get("class") == FIELD:
            return "".join(self._piece(child) for child in node.children)  # without the unit
        if self.draft.own.has_any and node.attributes.get("class") == NUMBERS:
            return self._numbers(node)
        if node.name == "div" and PART in node.attributes.get("class", "").split():
            return self._part(node)
        if node.name == "object" and node.attributes.get("type", "").startswith("image/"):
            address = html.escape(node.attributes.get("data", ""))
            return f'<img src="{address}" alt="{html.escape(node.whole_text.strip())}">'
        if node.name.endswith("Interaction"):
            return self._interaction(node)
        return self._element(node)

    def _element(self, node: Node) -> str:
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in node.attributes.items()
        )
        return f"<{node.name}{attributes}>{self.read(node)}</{node.name}>"

    def formula(self, node: Node) -> str:
        return formula_markup(node)

    def gap(self, node: Node) -> str:
        if node not in self.gap_nodes:
            raise InvalidRecord("statement", _("it has a gap for which nothing can be chosen"))
        return f"<strong>{LETTERS[self.gap_nodes.index(node) % MAX_PARTS]})</strong> …"

    def rubric(self, node: Node) -> str:
        text = self.read(node)
        if node.attributes.get("use") == HINT:
            self.hints.append(self.draft.markdown(text))
            return ""
        views = set(node.attributes.get("view", "candidate").split())
        if views <= _FOR_TEACHERS:
            self.sample = self.draft.markdown(text)
            for question in self.questions:
                question.sample = question.sample or self.sample
            return ""
        return text

    def _part(self, node: Node) -> str:
        """A part as our own export writes it: a prompt, and one thing to answer."""
        inner = type(self)(self.draft, self.scoring)
        source = inner.read(node)
        prompt = self.draft.markdown(source)
        for name in inner.gaps:
            prompt = prompt.replace(field_mark(name), "").strip()
        for question in inner.questions:
            question.prompt = prompt
            question.hints = inner.hints
        self.questions += inner.questions
        return ""

    def _interaction(self, node: Node) -> str:
        read = _INTERACTIONS.get(node.name)
        if read is None:
            raise unknown_kind(node.name)
        return read(self, node)

    def _name(self, node: Node) -> str:
        return node.attributes.get("responseIdentifier", "")

    def choice(self, node: Node) -> str:
        """A list of choices; its prompt belongs to the text where nothing else is asked."""
        question = self._add_choice(node, node.all("simpleChoice"))
        return self._prompt_of(question, node)

    def hottext(self, node: Node) -> str:
        """Pieces of a text, of which some are to be chosen."""
        self._add_choice(node, list(node.within("hottext")))
        return self._prompt(node) + self.read(_without_prompt(node))

    def _add_choice(self, node: Node, choices: Sequence[Node]) -> AskedQuestion:
        name = self._name(node)
        several = self.scoring.declarations.cardinality(name) == "multiple"
        kind = ResponseKind.CHOICES if several else ResponseKind.CHOICE
        for choice in choices:
            self._read_feedback(choice)
        texts = [MentionedAnswer(text, key) for key, text in self._texts(choices).items()]
        question = AskedQuestion(name, kind, texts)
        self.questions.append(question)
        return question

    def _read_feedback(self, choice: Node) -> None:
        """What is shown inside of a choice when it was chosen."""
        for node in choice.all("feedbackInline"):
            self.note_feedback(node)

    def note_feedback(self, node: Node) -> None:
        if node.attributes.get("showHide", "show") == "show":
            outcome = node.attributes.get("outcomeIdentifier", "")
            shown_for = outcome, node.attributes.get("identifier", "")
            self.scoring.feedback[shown_for] = self.draft.markdown(self.read(node))

    def _texts(self, nodes: Sequence[Node]) -> dict[str, str]:
        """Their text by their identifier, without the feedback in it."""
        bare = [
            replace(node, content=[p for p in node.content if not _is_feedback(p)])
            for node in nodes
        ]
        return {
            node.attributes.get("identifier", ""): self.draft.markdown(self.read(node))
            for node in bare
        }

    def _prompt_of(self, question: AskedQuestion, node: Node) -> str:
        """Empty where the part keeps it."""
        prompt = self._prompt(node)
        if not self.asks_several or not prompt:
            return prompt
        question.prompt = self.draft.markdown(prompt)
        return ""

    def _prompt(self, node: Node) -> str:
        prompt = node.first("prompt")
        return f"<p>{self.read(prompt)}</p>" if prompt else ""

    def inline_choice(self, node: Node) -> str:
        choices = [
            MentionedAnswer(choice.whole_text.strip(), choice.attributes.get("identifier", ""))
            for choice in node.all("inlineChoice")
        ]
        return self._with_gap(AskedQuestion(self._name(node), ResponseKind.CHOICE, choices))

    def entry(self, node: Node) -> str:
        name = self._name(node)
        is_number = self.scoring.declarations.base_type(name) in _NUMBERS
        kind = ResponseKind.NUMBER if is_number else ResponseKind.TEXT
        ignore_case = not self.scoring.minds_case(name)
        question = AskedQuestion(name, kind, self.scoring.candidates(name), ignore_case=ignore_case)
        return self._with_gap(question)

    def _numbers(self, node: Node) -> str:
        """Several numbers as our own export writes them: one answer in a field for each."""
        fields = [self._name(field) for field in node.within("textEntryInteraction")]
        name = " ".join(fields)
        candidates = self.scoring.candidates(name)
        question = AskedQuestion(name, ResponseKind.TEXT, candidates, is_several=True)
        return f"<p>{self._with_gap(question)}</p>"

    def prompted_entry(self, node: Node) -> str:
        return f"{self._prompt(node)}<p>{self.entry(node)}</p>"

    def long_entry(self, node: Node) -> str:
        name = self._name(node)
        if self.scoring.candidates(name):
            return self.prompted_entry(node)
        question = AskedQuestion(name, ResponseKind.FREE_TEXT, [], sample=self.sample)
        self.questions.append(question)
        return self._prompt_of(question, node)

    def match(self, node: Node) -> str:
        """Two sets, of which each member of the first belongs to one of the second."""
        sets = node.all("simpleMatchSet")
        if len(sets) != 2:
            raise InvalidRecord("parts", _("there is nothing to answer"))
        sources, targets = (self._texts(group.children) for group in sets)
        pairs = [value.split() for value in self.scoring.right_values(self._name(node))]
        self._add_pairs(pairs, sources, targets)
        return self._prompt(node)

    def gap_match(self, node: Node) -> str:
        """A text with gaps, and what can be put into them."""
        self.gap_nodes += node.within("gap")
        prompts = {
            gap.attributes.get("identifier", ""): gap_prompt(n, self.draft.language)
            for n, gap in enumerate(self.gap_nodes)
        }
        texts = self._texts([child for child in node.children if child.name in _GAP_CHOICES])
        pairs = [value.split()[::-1] for value in self.scoring.right_values(self._name(node))]
        self._add_pairs(pairs, prompts, texts)
        text = [child for child in node.children if child.name not in (*_GAP_CHOICES, "prompt")]
        return self._prompt(node) + self.read(replace(node, content=list(text)))

    def sort(self, node: Node) -> str:
        """Things to put in an order."""
        if self.order_fields:
            raise InvalidRecord("kind", _("it has pairs or an order, and other answers"))
        right = self.scoring.right_values(self._name(node))
        self.order_fields = in_order(self._texts(node.all("simpleChoice")), right, self.draft)
        return self._prompt(node)

    def _add_pairs(
        self, pairs: Sequence[Sequence[str]], sources: dict[str, str], targets: dict[str, str]
    ) -> None:
        right = dict.fromkeys(sources, "")
        for first, second in (pair for pair in pairs if len(pair) == 2):
            if first not in sources or second not in targets:
                raise InvalidRecord("key", _("a pair of its right answer cannot be read"))
            if right[first]:
                raise InvalidRecord("key", _("not every entry belongs to exactly one other"))
            right[first] = second
        if not all(right.values()):
            raise InvalidRecord("key", _("not every entry belongs to exactly one other"))
        self.pairs += [(sources[a], targets[b]) for a, b in right.items()]
        self.others += [text for key, text in targets.items() if key not in right.values()]

    def _with_gap(self, question: AskedQuestion) -> str:
        self.questions.append(question)
        self.gaps.append(question.name)
        return field_mark(question.name)


class _Feedback(_Body):
    """Reads feedback, in which nothing can be asked."""

    def _interaction(self, node: Node) -> str:
        raise unknown_kind(node.name)


def _without_prompt(node: Node) -> Node:
    return replace(node, content=[child for child in node.children if child.name != "prompt"])


def _is_feedback(piece: Node | str) -> bool:
    return isinstance(piece, Node) and piece.name == "feedbackInline"


_PIECES: dict[str, Callable[[_Body, Node], str]] = {
    "math": _Body.formula,
    "rubricBlock": _Body.rubric,
    "gap": _Body.gap,
    "hottext": _Body.read,
}
_INTERACTIONS: dict[str, Callable[[_Body, Node], str]] = {
    "choiceInteraction": _Body.choice,
    "inlineChoiceInteraction": _Body.inline_choice,
    "textEntryInteraction": _Body.entry,
    "extendedTextInteraction": _Body.long_entry,
    "sliderInteraction": _Body.prompted_entry,
    "matchInteraction": _Body.match,
    "gapMatchInteraction": _Body.gap_match,
    "hottextInteraction": _Body.hottext,
    "orderInteraction": _Body.sort,
}
