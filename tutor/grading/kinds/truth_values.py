"""True and false, one or several, in the words of five languages."""

from __future__ import annotations

import re

from tutor.grading.answer_key import AnswerKey, Rule
from tutor.grading.feedback import Feedback, FeedbackCode
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.numeric.equivalence import Equality
from tutor.grading.parsing.normalize import PlainText
from tutor.grading.parsing.tree import Unreadable
from tutor.grading.parsing.words import without_reason
from tutor.grading.processes.work_budget import WorkBudget

MAX_VALUES = 40
MAX_CHARACTERS = 300
TruthValues = tuple[bool, ...]
_TRUE = {
    *("true", "t", "yes", "y", "right", "correct", "valid", "wahr", "w", "richtig", "r", "ja", "j"),
    *("stimmt", "vrai", "v", "oui", "o", "exact", "verdadero", "verdadera", "cierto", "cierta"),
    *("sí", "si", "s", "真", "对", "正确", "是", "√", "✓", "✔", "真命题"),
    *("vero", "vera", "verdadeiro", "verdadeira", "certo", "correto", "sim", "waar", "juist"),
    *("sant", "sann", "rätt", "riktig", "prawda", "tak", "правда", "верно", "истина", "да"),
    *("tosi", "igaz", "pravda", "doğru"),
}
_FALSE = {
    *("false", "f", "no", "n", "wrong", "incorrect", "invalid", "falsch", "nein", "faux", "non"),
    *(
        "falso",
        "falsa",
        "假",
        "错",
        "错误",
        "不对",
        "不正确",
        "否",
        "不是",
        "×",
        "✗",
        "✘",
        "x",
        "假命题",
    ),
    *("errado", "não", "onwaar", "onjuist", "falsk", "usant", "fel", "fałsz", "nie", "ложь"),
    *("неверно", "нет", "epätosi", "hamis", "nepravda", "yanlış"),
}
_NOT = {"not", "isn't", "nicht", "pas"}
_SPANISH_NOT = re.compile(r"\bno(?= es\b)", re.IGNORECASE)  # but "no, es falso"
_DENIED_BEHIND = {"stimmt"}  # stimmt nicht
_FILLING = {
    *("the", "statement", "claim", "it", "is", "that", "this", "this's", "it's", "answer", "and"),
    *("thats", "that's", "its", "think", "thing", "glaube", "denke", "pense", "creo", "que"),
    *("die", "aussage", "das", "ist", "und", "la", "l'affirmation", "c'est", "est", "et", "es"),
    *("ce", "n'est"),
    *("afirmación", "这", "它", "y", "a", "b", "c", "d", "e", "i", "ii", "iii", "iv"),
}
_ROW = re.compile(r"[tf]{2,20}|[wf]{2,20}|[vf]{2,20}|[rf]{2,20}|[yn]{2,20}|[jn]{2,20}")
_CHINESE = re.compile(r"不正确|正确|错误|不对|不是|[真假]命题|[真假对错是否√✓✔✗✘×]")
_SIGNS = str.maketrans({"√": "✓", "×": "✗"})


class TruthKind(AnswerKind[TruthValues]):
    def read(self, text: PlainText, key: AnswerKey) -> TruthValues:
        if len(text) > MAX_CHARACTERS:
            raise Unreadable(FeedbackCode.TOO_LONG)
        words = _words(text)
        is_of_bits = len(words) > 1 and all(word in ("0", "1") for word in words)
        if is_of_bits and _has_several(key.value):
            return tuple(word == "1" for word in words)[:MAX_VALUES]
        if len(words) == 1 and _ROW.fullmatch(words[0]):
            words = list(words[0])
        known = _TRUE | _FALSE
        others = [word for word in words if word not in known | _NOT]
        values = _values([word for word in words if not _is_label(word, words)])
        if not values or len(values) > MAX_VALUES or not all(map(_is_filling, others)):
            if (decided := without_reason(text)) != text:
                return self.read(decided, key)
            raise Unreadable(FeedbackCode.UNREAD_TRUTH)
        return values

    def compare(
        self, right: TruthValues, given: TruthValues, key: AnswerKey, budget: WorkBudget
    ) -> Equality:
        if len(right) == 1 and len(set(given)) == 1:
            given = given[:1]  # yes, it is true
        if len(right) != len(given):
            feedback = Feedback(FeedbackCode.OTHER_LENGTH, {"n": len(right)})
            return Equality(False, Rule.WORDS, feedback)
        matches = sum(a == b for a, b in zip(right, given, strict=True))
        if matches == len(right):
            return Equality(True, Rule.WORDS)
        if len(right) == 1:
            return Equality(False, Rule.WORDS)
        params = {"right": matches, "asked": len(right)}
        feedback = Feedback(FeedbackCode.VALUES_WRONG, params)
        return Equality(False, Rule.WORDS, feedback, matches / len(right))

    def shown(self, answer: TruthValues) -> str:
        return r",\; ".join(rf"\text{{{'true' if value else 'false'}}}" for value in answer)


def _has_several(value: str) -> bool:
    """value: of the key; empty where the answer is only to be shown."""
    return not value or len(_words(PlainText(value))) > 1 or bool(_ROW.fullmatch(value.lower()))


def _words(text: PlainText) -> list[str]:
    """In lower case, Chinese ones and ticks apart from one another; without labels such as "1)"."""
    plain = text.replace(r"\sqrt", "√").replace(r"\times", "×").replace(r"\checkmark", "✓")
    plain = _SPANISH_NOT.sub("not", plain.translate(_SIGNS))
    plain = re.sub(r"\(?[0-9]{1,2}[.):]|\([a-e]\)|(?<![\w'])[a-e]\)", " ", plain)
    plain = _CHINESE.sub(r" \g<0> ", re.sub(r"\\[A-Za-z]+", " ", plain))
    return re.split(r"[\s,;.:!()/$*{}\\\"`]+", plain.lower().strip(' ,;.:!()/$*{}\\"`'))


def _values(words: list[str]) -> TruthValues:
    """None of them where a "not" has nothing that it denies."""
    values: list[bool] = []
    is_denied = False
    before = ""
    for word in words:
        if word in _NOT and before in _DENIED_BEHIND:
            values[-1] = not values[-1]
        elif word in _NOT:
            is_denied = not is_denied
        elif word in _TRUE or word in _FALSE:
            values.append((word in _TRUE) != is_denied)
            is_denied = False
        before = word
    return () if is_denied else tuple(values)


def _is_label(word: str, words: list[str]) -> bool:
    """Whether "y" means "and" in a Spanish answer."""
    return word == "y" and len(words) > 1 and not {"n", "no", "yes"} & set(words)


def _is_filling(word: str) -> bool:
    return word in _FILLING or word.isdigit() or word == ""
