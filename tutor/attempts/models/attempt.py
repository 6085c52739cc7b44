"""An attempt: what a student submitted, and the grades it has had."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.counting import ProgressState, is_counted, is_unfinished, state_of
from tutor.attempts.models.answered_part import (
    AnsweredPart,
    grades_by_person,
    part_rows,
    stored_explanation,
)
from tutor.attempts.models.attempt_queries import (
    NOT_BY_VALUE,
    AssignedManager,
    AttemptQuerySet,
)
from tutor.attempts.models.judgements import Advice, GradeChange, ReviewRequest
from tutor.courses.conventions import has_class_comma
from tutor.courses.models import Enrollment
from tutor.grading import GRADER_VERSION, Grade, Verdict
from tutor.grading.answer_key import is_right_but
from tutor.grading.feedback import OTHER_KIND, FeedbackCode
from tutor.grading.mistakes import Explanation
from tutor.grading.multipart import LETTERS
from tutor.grading.steps.checks import CHECKER_VERSION, StepCheck
from tutor.problems.answer_figures import answer_figure
from tutor.problems.models import ProblemVersion

MAX_ASKED_AGAIN_S = 10


class Attempt(models.Model):
    """One response of a student to one item, or to a further variant of it, as it was submitted.

    Rows are only added. Its `GradeChange`s hold its grades; `grade` is the newest, and None while
    the response waits for one. The stored answer is left out on purpose: grading reads it, and
    nothing copies it. `objects` are attempts at what was assigned; practice, which earns nothing,
    is only in `with_practice`.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrollment = models.ForeignKey(
        Enrollment, models.CASCADE, related_name="attempts", verbose_name=_("enrollment")
    )
    item = models.ForeignKey(Item, models.PROTECT, related_name="attempts", verbose_name=_("item"))
    practice = models.ForeignKey(
        "Practice",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("practice"),
    )
    version = models.ForeignKey(
        ProblemVersion, models.PROTECT, related_name="attempts", verbose_name=_("version")
    )
    number = models.PositiveIntegerField(_("number"))
    action = models.UUIDField(_("action"), editable=False)
    response = models.TextField(_("response"))
    # Where the class writes numbers in another way than the problem, in which `response` is.
    typed = models.TextField(_("response as typed"), blank=True, default="", db_default="")
    reading = models.TextField(_("what was understood"), blank=True)
    # The response to each part, its reading, and `typed` where that is another text, if there are
    # parts; `response` has all of them.
    parts = models.JSONField(_("responses to the parts"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    working = models.JSONField(_("working"), default=list, blank=True)
    checks = models.JSONField(_("checks of the working"), default=list, blank=True)
    checker = models.CharField(_("version of the checker"), max_length=50, blank=True)
    checkings_left = models.PositiveSmallIntegerField(_("tries left to check it"), default=0)
    # Whether its lines prove this very answer. False too where it was right when they were checked.
    proves_answer = models.BooleanField(
        _("working proves the answer"), default=False, db_default=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    # Whether the server submitted it, from what was typed when the student's time was over.
    is_left_over = models.BooleanField(_("submitted when time ran out"), default=False)
    # Removed before it was stored. Nobody types them: they are meant for a program, or a reader.
    hidden_characters = models.PositiveIntegerField(_("hidden characters"), default=0)
    # The highest level of help with this variant that its student had by then; empty for none.
    helped_by = models.CharField(_("help before it"), max_length=10, choices=HelpLevel, blank=True)
    advice = models.ForeignKey(
        "Advice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("advice"),
    )
    # What probably went wrong, an `Explanation`; empty where nothing is sure. Of several parts
    # each wrong one has its own, in `parts`.
    mistake = models.JSONField(_("probable mistake"), default=dict, db_default={}, blank=True)
    # An earlier one with the same answer, however it was written: this one costs no attempt.
    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="repetitions",
        verbose_name=_("same answer as"),
    )
    has_news = models.BooleanField(_("has unread news"), default=False)  # for the student
    gradings = models.PositiveSmallIntegerField(_("tries to grade it"), default=0)
    grade = models.OneToOneField(
        "GradeChange",
        models.RESTRICT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("grade"),
    )

    earned_points: Decimal | None = None  # set by `news_of` where it is assigned
    counted_number: int | None = None  # set by `count_attempts` where it costs one of the attempts
    is_sealed = was_graded = False  # set by `seal`

    with_practice: ClassVar[AttemptQuerySet] = AttemptQuerySet.as_manager()  # type: ignore[assignment]
    objects: ClassVar[AttemptQuerySet] = AssignedManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["enrollment", "item", "number"],
                condition=Q(practice=None),
                name="one_attempt_per_number",
            ),
            models.UniqueConstraint(
                fields=["practice", "number"], name="one_attempt_per_number_in_practice"
            ),
            # A retry, a double click and a message that comes twice are one action.
            models.UniqueConstraint(fields=["enrollment", "action"], name="one_attempt_per_action"),
        )
        indexes = (
            models.Index(
                fields=["submitted_at"], condition=Q(grade=None), name="attempt_to_be_graded"
            ),
            models.Index(fields=["enrollment"], condition=Q(has_news=True), name="attempt_news"),
            models.Index(
                fields=["submitted_at"], condition=Q(checkings_left__gt=0), name="working_to_check"
            ),
            models.Index(
                fields=["item"], condition=Q(proves_answer=True), name="attempt_with_proof"
            ),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.code])

    @property
    def answered_page_url(self) -> str:
        """The page on which it was submitted."""
        return (self.practice or self.item).get_absolute_url()

    def seal(self) -> None:
        """Forget, in this object alone, all that tells whether it is right. Then never save it.

        What could not even be read while it was typed has nothing to hide, and neither has what
        was asked for its unit, as right and wrong numbers are.
        """
        if self.verdict == Verdict.UNREADABLE and (not self._was_read or self._is_asked_for_unit):
            return
        self.was_graded = self.grade is not None
        self.grade, self.advice, self.repeats = None, None, None
        self.mistake, self.checks, self.checker = {}, [], ""
        self.proves_answer = self.has_news = False
        told = ("mistake", "advice")
        self.parts = [{k: v for k, v in row.items() if k not in told} for row in self.parts]
        self.is_sealed = True

    @property
    def _is_asked_for_unit(self) -> bool:
        feedbacks = [self.grade and self.grade.feedback, *(p.feedback for p in self.parts_shown)]
        return any(row and row.code == FeedbackCode.UNIT_ASKED for row in feedbacks)

    @property
    def _was_read(self) -> bool:
        """Whether all that was typed had a reading, which knows nothing of the right answer."""
        rows = self.parts or [{"response": self.response, "reading": self.reading}]
        given = [row for row in rows if row["response"]]
        return bool(given) and all(row["reading"] for row in given)

    @property
    def is_pending(self) -> bool:
        return self.grade_id is None and not self.was_graded

    @property
    def asked_again_in_s(self) -> int:
        """When its page asks for the verdict again: the later, the longer it has been waiting."""
        waited_s = (timezone.now() - self.submitted_at).total_seconds()
        return min(MAX_ASKED_AGAIN_S, max(1, round(waited_s / 5)))

    @property
    def verdict(self) -> str:
        """Empty while the response is being graded."""
        return self.grade.verdict if self.grade else ""

    @property
    def score(self) -> float:
        return self.grade.score if self.grade else 0.0

    @property
    def state(self) -> ProgressState:
        """Which word and sign people read of it."""
        return ProgressState.SEALED if self.was_graded else self.state_by(self.grade)

    def state_by(self, grade: "GradeChange | None") -> ProgressState:
        """By one of its grades, also a former one."""
        if grade is None:
            return ProgressState.PENDING
        lacks = is_unfinished(grade.rule, grade.feedback, stored_explanation(self.mistake))
        return state_of(grade.verdict, grade.score, is_unfinished=lacks)

    @property
    def is_right(self) -> bool:
        return self.verdict == Verdict.CORRECT

    @property
    def is_advised(self) -> bool:
        return self.advice_id is not None or any("advice" in row for row in self.parts)

    @property
    def shown_advice(self) -> "Advice | None":
        """Advice on a wrong answer, which is hidden once the answer counts as right."""
        return None if self.is_right else self.advice

    @property
    def shown_mistake(self) -> Explanation | None:
        """What probably went wrong; hidden once the answer counts as right."""
        return None if self.is_right else stored_explanation(self.mistake)

    @property
    def chosen(self) -> list[str]:
        """The texts of the choices that were ticked; empty where there is nothing to choose."""
        texts = {chr(ord("A") + n): text for n, text in enumerate(self.version.choices)}
        return [texts[letter] for letter in self.response.split(", ") if letter in texts]

    @property
    def figure(self) -> str:
        """Of what was drawn; empty where nothing was."""
        return answer_figure(self.version.drawing, self.response, decimal_comma=has_class_comma())

    @property
    def as_typed(self) -> str:
        """The response as its student wrote it; graded is `response`."""
        return self.typed or self.response

    @property
    def is_read_from_latex(self) -> bool:
        """Whether the formula says what the source says: boxes and the math editor send source."""
        return bool(self.reading) and "\\" in self.as_typed

    @property
    def parts_as_typed(self) -> list[str]:
        return [row.get("typed") or row["response"] for row in self.parts]

    @property
    def part_responses(self) -> list[str]:
        return [row["response"] for row in self.parts]

    def is_judged_as(self, grade: Grade) -> bool:
        """Whether `grade` would change nothing, in no part either."""
        if (grade.verdict, grade.score) != (self.verdict, self.score):
            return False
        rows = self.grade.parts if self.grade else []
        now = [(part.verdict, part.score) for part in grade.parts]
        return now == [(row["verdict"], row["score"]) for row in rows]

    @property
    def parts_shown(self) -> list[AnsweredPart]:
        """Part by part, with grades; empty where the problem has no parts."""
        grades = self.grade.parts if self.grade else []
        keys = [row["advice"] for row in self.parts if "advice" in row]
        advice = Advice.objects.in_bulk(keys) if keys else {}  # none of it where it was taken back
        rows = zip_longest(self.version.parts[: len(self.parts)], self.parts, grades)
        return [
            AnsweredPart(
                letter,
                question or {},
                answer or {},
                grade or {},
                advice.get((answer or {}).get("advice")),
            )
            for letter, (question, answer, grade) in zip(LETTERS, rows, strict=False)
        ]

    @property
    def is_counted(self) -> bool:
        """See `tutor.attempts.counting`."""
        return is_counted(self.verdict)

    @property
    def costs_attempt(self) -> bool:
        """Not before it is decided, the same answer once, and no right value in another form."""
        is_decided = self.verdict != Verdict.UNDECIDED
        is_new = self.repeats_id is None and not self.is_free
        return self.is_counted and is_decided and is_new

    @property
    def is_free(self) -> bool:
        """Whether its value is right, and only its form or its unit is not: it is no guess."""
        if self.grade is None or self.verdict != Verdict.INCORRECT or self.score:
            return False
        return is_right_but(self.grade.rule, self.grade.feedback)

    @property
    def has_new_working(self) -> bool:
        """Whether it repeats an answer, with other lines than before."""
        if self.repeats is None or not self.working:
            return False
        return bool(self.working != self.repeats.working)

    @property
    def is_of_other_kind(self) -> bool:
        """Whether something else was asked for. A mistake may tell its value, so it costs."""
        feedback = self.grade.feedback if self.grade else None
        return feedback is not None and feedback.code in OTHER_KIND

    @property
    def is_check_due(self) -> bool:
        return self.checkings_left > 0

    @property
    def contradicts_key(self) -> bool:
        """Whether its working proves a value that is not right by the stored answer."""
        is_wrong = self.verdict == Verdict.INCORRECT and not self.score
        rule = self.grade.rule if self.grade else ""
        return self.proves_answer and is_wrong and rule not in map(str, NOT_BY_VALUE)

    def record_checks(self, checks: Sequence[StepCheck], *, proves_answer: bool = False) -> None:
        """Store, once, the result of checking each line of the working.

        proves_answer: then no usual mistake explains the answer.
        """
        self.checks, self.checker = [check.to_dict() for check in checks], CHECKER_VERSION
        self.checkings_left, self.proves_answer = 0, proves_answer
        columns = {"checks": self.checks, "checker": self.checker, "checkings_left": 0}
        if proves_answer:
            self.mistake = {}
            columns |= {"proves_answer": True, "mistake": {}}
        Attempt.with_practice.filter(pk=self.pk, checker="").update(**columns)

    def record(self, grade: Grade) -> bool:
        """Store the grader's grade, once; False where somebody has graded it already."""
        with transaction.atomic():
            attempt = Attempt.with_practice.select_for_update(of=("self",)).get(pk=self.pk)
            if not attempt.is_pending:
                return False
            self._add_by_grader(GradeChange.Source.GRADER, grade)
        return True

    def may_be_reviewed_for(self, user: User) -> bool:
        """Once, by its own student, and only where there are points to gain."""
        is_own = self.enrollment.user_id == user.pk and self.practice_id is None
        is_untold = self.is_pending or self.is_sealed
        return is_own and not (is_untold or self.is_right or hasattr(self, "review"))

    def ask_for_review(self, message: str) -> None:
        """A second request changes nothing."""
        ReviewRequest.objects.get_or_create(attempt=self, defaults={"message": message})

    def answer_review(self, author: User | None, answer: str) -> None:
        """A teacher answers the request, if one is open; None where nobody decided by hand."""
        answered = ReviewRequest.objects.filter(attempt=self, answered_at=None).update(
            answer=answer, answered_by=author, answered_at=timezone.now()
        )
        if answered:
            Attempt.with_practice.filter(pk=self.pk).update(has_news=True)

    def change_grade(
        self,
        verdict: Verdict,
        score: float,
        *,
        author: User,
        reason: str,
        parts: Sequence[float] = (),
    ) -> None:
        """A teacher's decision, which counts from now on. `reason` is read by the student too.

        parts: the score of each part, where there are parts. The same answer, given again by this
        student, is decided with it, unless a teacher has decided on it alone.
        """
        with transaction.atomic():
            Attempt.with_practice.select_for_update(of=("self",)).get(pk=self.pk)
            for attempt in (self, *self._twins()):
                attempt._add(
                    GradeChange.Source.TEACHER,
                    verdict=verdict,
                    score=score,
                    parts=part_rows(grades_by_person(parts)),
                    author=author,
                    reason=reason,
                )
            self.answer_review(author, reason)

    def _twins(self) -> "list[Attempt]":
        """Other attempts with the same answer in this section, graded by Lemma."""
        first = self.repeats_id or self.pk
        same = Attempt.with_practice.filter(Q(pk=first) | Q(repeats=first))
        judged = same.filter(enrollment=self.enrollment_id, grade__isnull=False)
        return list(judged.exclude(pk=self.pk).exclude(grade__source=GradeChange.Source.TEACHER))

    def regrade(
        self, grade: Grade, *, author: User | None, reason: str, never_lower: bool = False
    ) -> bool:
        """What the grader says by a repaired key; False where everything stays as it was.

        A person's decision is never overwritten, also one that is made at this very moment.
        """
        with transaction.atomic():
            attempt = Attempt.with_practice.select_for_update(of=("self",)).get(pk=self.pk)
            by_hand = attempt.changes.filter(source=GradeChange.Source.TEACHER)
            if attempt.is_pending or by_hand.exists():
                return False
            if attempt.is_judged_as(grade):
                return False
            if never_lower and grade.score < attempt.score:
                return False
            self._add_by_grader(GradeChange.Source.REGRADE, grade, author=author, reason=reason)
            if grade.verdict == Verdict.CORRECT:
                self.answer_review(author, reason)  # the student has been right
        return True

    def _add_by_grader(self, source: str, grade: Grade, **fields: object) -> None:
        self._add(
            source,
            verdict=grade.verdict,
            score=grade.score,
            rule=grade.rule,
            feedback=grade.feedback,
            parts=part_rows(grade.parts),
            grader=GRADER_VERSION,
            **fields,
        )

    def _add(self, source: str, **fields: object) -> None:
        number = self.changes.count() + 1
        self.grade = self.changes.create(source=source, number=number, **fields)
        has_news = source != GradeChange.Source.GRADER
        Attempt.with_practice.filter(pk=self.pk).update(grade=self.grade, has_news=has_news)
