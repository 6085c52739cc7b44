"""The kinds that have rules of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tutor.grading.answer_key import Kind
from tutor.grading.kinds.answer_kind import AnswerKind
from tutor.grading.kinds.antiderivatives import AntiderivativeKind
from tutor.grading.kinds.families import FamilyKind

ANSWER_KINDS: Mapping[Kind, AnswerKind[Any]] = {
    Kind.ANTIDERIVATIVE: AntiderivativeKind(),
    Kind.FAMILY: FamilyKind(),
}
