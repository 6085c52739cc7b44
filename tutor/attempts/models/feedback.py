"""The column in which the grader's feedback is kept."""

from typing import TYPE_CHECKING, Any

from django.db import models

from tutor.grading import Feedback

if TYPE_CHECKING:
    _TextField = models.TextField[Feedback | None, Feedback | None]
else:
    _TextField = models.TextField


class FeedbackField(_TextField):
    """Feedback as JSON in a column for text; None is the empty text."""

    def from_db_value(self, value: str | None, *_args: object) -> Feedback | None:
        return Feedback.from_json(value or "")

    def to_python(self, value: Any) -> Feedback | None:
        return Feedback.from_json(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        return value.to_json() if isinstance(value, Feedback) else value or ""

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))
