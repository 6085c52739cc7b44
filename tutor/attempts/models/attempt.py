"""An attempt, and what a student has handed in with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment, HelpLevel, Item
from tutor.attempts.models.judgements import FREE, Advice, GradeChange, ReviewRequest
from tutor.courses.models import Enrollment, Section
from tutor.grading import GRADER_VERSION, Feedback, Grade, Rule, Verdict
from tutor.grading.multipart import LETTERS
from tutor.grading.steps.checks import CHECKER_VERSION, StepCheck
from tutor.problems.models import ProblemVersion

if TYPE_CHECKING:
    from tutor.attempts.models.practice import Practice


@dataclass(frozen=True)
class AnsweredPart:
    """One part of an attempt. asked, given, grade: rows of the version, the attempt and its grade.

    The last is empty while nobody has judged it, and where a person has decided the whole.
    """

    letter: str
    asked: Mapping[str, Any]
    given: Mapping[str, Any]
    grade: Mapping[str, Any]
    advice: "Advice | None" = None

    @property
    def percent(self) -> int:
        score: float = self.grade.get("score", 0)
        return round(100 * score)

    @property
    def feedback(self) -> Feedback | None:
        return Feedback.from_json(self.grade.get("feedback", ""))

    @property
    def shown_advice(self) -> "Advice | None":
        """What is said to a wrong answer is not said to one that counts as right by now."""
        return None if self.grade.get("verdict") == Verdict.CORRECT else self.advice

    @property
    def carried(self) -> str:
        """The parts from whose answers this one follows, such as "a), b)"."""
        return ", ".join(f"{letter})" for letter in self.grade.get("carried", ()))

    @property
    def chosen(self) -> list[str]:
        letters = self.given.get("response", "").split(", ")
        choices = enumerate(self.asked.get("choices", ()))
        return [text for n, text in choices if chr(ord("A") + n) in letters]


def _decided(scores: Sequence[float]) -> list[Grade]:
    """The grades of the parts after a person gave each its score."""
    return [
        Grade(Verdict.CORRECT if score == 1 else Verdict.INCORRECT, score, Rule.PERSON)
        for score in scores
    ]


def part_rows(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """The grades of the parts, as a `GradeChange` keeps them."""
    return [
        {
            "verdict": part.verdict.value,
            "score": part.score,
            "rule": part.rule,
            "feedback": part.feedback.to_json() if part.feedback else "",
            "carried": list(part.carried),
        }
        for part in grades
    ]


def next_number(attempts: "Iterable[Attempt]") -> int:
    """Beyond all that a person has made at an item, in whichever section."""
    return max((attempt.number for attempt in attempts), default=0) + 1


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the sections that one teaches."""
        if user.is_superuser:
            return self
        taught = Section.objects.taught_by(user)
        return self.filter(Q(enrollment__user=user) | Q(enrollment__section__in=taught))

    def of(self, enrollment: Enrollment, item: Item, practice: "Practice | None" = None) -> Self:
        return self.filter(enrollment=enrollment, item=item, practice=practice)

    def of_person(
        self, enrollment: Enrollment, item: Item, practice: "Practice | None" = None
    ) -> Self:
        """As `of`, with what the same person did at the item in other sections, in time's order.

        A set in a parallel class is the same set: its attempts are no further ones.
        """
        if practice is not None:
            return self.of(enrollment, item, practice)
        mine = enrollment.of_same_person()
        return self.filter(enrollment__in=mine, item=item, practice=None).order_by(
            "submitted_at", "pk"
        )

    def right(self) -> Self:
        return self.filter(grade__verdict=Verdict.CORRECT)

    def pending(self) -> Self:
        return self.filter(grade=None)

    def untried(self) -> Self:
        """Those that no worker has tried to grade yet."""
        return self.pending().filter(gradings=0)

    def slow(self) -> Self:
        """Those for which a worker's first try was too short."""
        return self.pending().filter(gradings__gt=0)

    def with_check_due(self) -> Self:
        """Those whose working is to be checked yet.

        In a test an answer that could not be read costs nothing, so its working waits for the end.
        """
        at_item = {"section": OuterRef("enrollment__section")}
        at_item |= {"problem_set": OuterRef("item__problem_set")}
        early = (Assignment.HelpPolicy.ALWAYS, Assignment.HelpPolicy.AFTER_ATTEMPTS)
        tests = Assignment.objects.filter(Q(time_limit_min__isnull=False) | Q(attempts_allowed=1))
        open_ones = tests.filter(Q(due_at__gt=timezone.now()) | Q(closes_at__gt=timezone.now()))
        waits = Exists(open_ones.filter(**at_item).exclude(check_policy__in=early))
        due = self.filter(checkings_left__gt=0)
        return due.exclude(waits, grade__verdict=Verdict.UNREADABLE, practice=None)

    def forgotten(self, after: timedelta) -> models.QuerySet["Attempt", int]:
        """Keys of those that came so long ago that nobody can be at them any more."""
        return self.filter(submitted_at__lt=timezone.now() - after).values_list("pk", flat=True)

    def counted(self) -> Self:
        """Those that say something; one that is still being graded may."""
        return self.exclude(grade__verdict__in=FREE)

    def costing(self) -> Self:
        """Those that cost an attempt; one that is still being graded may."""
        return self.counted().exclude(grade__verdict=Verdict.UNDECIDED).filter(repeats=None)

    def waiting(self) -> Self:
        """For a teacher: nobody could decide, or the student has asked for a second look.

        What the clock handed in and nobody could read waits too: no student can write it anew. An
        answer that a student gave again is decided with the first of them.
        """
        again = Q(repeats__enrollment=F("enrollment"), repeats__grade__verdict=Verdict.UNDECIDED)
        is_first = Q(repeats=None) | ~again
        undecided = Q(grade__verdict=Verdict.UNDECIDED) & is_first
        asked = Q(review__isnull=False, review__answered_at=None)
        left_over = Q(is_left_over=True, grade__verdict=Verdict.UNREADABLE)
        return self.filter(undecided | asked | left_over)

    def with_news_for(self, user: User) -> Self:
        """Those of one's own about which a teacher has said something that one has not seen."""
        return self.filter(enrollment__user=user, has_news=True)


_AttemptManager = models.Manager.from_queryset(AttemptQuerySet)


class AssignedManager(_AttemptManager["Attempt"]):
    """What was asked for, and so counts: practice is left out wherever nobody thinks of it."""

    def get_queryset(self) -> AttemptQuerySet:
        return AttemptQuerySet(self.model, using=self._db).filter(practice=None)


class Attempt(models.Model):
    """One response of a student to one item, or to a further variant of it, as it was handed in.

    Rows are only added. What a response is worth is said by its `GradeChange`s, of which `grade`
    is the newest; it is None while nobody has judged the response yet. The stored answer is left
    out on purpose: it is read when the response is graded, and nowhere kept. `objects` are those
    at what was assigned; practice, which earns nothing, is only in `with_practice`.
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
    reading = models.TextField(_("what was understood"), blank=True)
    # What was said to each part, and read of it, where there are parts; `response` has it as well.
    parts = models.JSONField(_("responses to the parts"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    working = models.JSONField(_("working"), default=list, blank=True)
    checks = models.JSONField(_("checks of the working"), default=list, blank=True)
    checker = models.CharField(_("version of the checker"), max_length=50, blank=True)
    checkings_left = models.PositiveSmallIntegerField(_("tries left to check it"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    # What was typed when the student's time was over: the server handed it in.
    is_left_over = models.BooleanField(_("handed in by the clock"), default=False)
    # The most that its student had been helped with this variant by then; empty for not at all.
    # Left out at the gate. Nobody types them: who sends some wants to reach a program, or a reader.
    hidden_characters = models.PositiveIntegerField(_("hidden characters"), default=0)
    helped_by = models.CharField(_("help before it"), max_length=10, choices=HelpLevel, blank=True)
    advice = models.ForeignKey(
        "Advice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("advice"),
    )
    # An earlier one with the same answer, however it is written: this one costs no attempt.
    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="repetitions",
        verbose_name=_("says the same as"),
    )
    has_news = models.BooleanField(_("has unseen news"), default=False)  # for the student
    gradings = models.PositiveSmallIntegerField(_("tries to grade it"), default=0)
    grade = models.OneToOneField(
        "GradeChange",
        models.RESTRICT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("grade"),
    )

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
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.code])

    @property
    def handed_in_at_url(self) -> str:
        """The page of what it answers."""
        return (self.practice or self.item).get_absolute_url()

    @property
    def is_pending(self) -> bool:
        return self.grade_id is None

    @property
    def verdict(self) -> str:
        """Empty while the response is being graded."""
        return self.grade.verdict if self.grade else ""

    @property
    def score(self) -> float:
        return self.grade.score if self.grade else 0.0

    @property
    def is_right(self) -> bool:
        return self.verdict == Verdict.CORRECT

    @property
    def is_advised(self) -> bool:
        return self.advice_id is not None or any("advice" in row for row in self.parts)

    @property
    def shown_advice(self) -> "Advice | None":
        """What is said to a wrong answer is not said to one that counts as right by now."""
        return None if self.is_right else self.advice

    @property
    def chosen(self) -> list[str]:
        """The texts of the choices that were ticked; empty where there is nothing to choose."""
        texts = {chr(ord("A") + n): text for n, text in enumerate(self.version.choices)}
        return [texts[letter] for letter in self.response.split(", ") if letter in texts]

    @property
    def part_responses(self) -> list[str]:
        return [row["response"] for row in self.parts]

    def is_judged_as(self, grade: Grade) -> bool:
        """Whether a grade says what counts already, of each part too."""
        if (grade.verdict, grade.score) != (self.verdict, self.score):
            return False
        rows = self.grade.parts if self.grade else []
        now = [(part.verdict, part.score) for part in grade.parts]
        return now == [(row["verdict"], row["score"]) for row in rows]

    @property
    def parts_shown(self) -> list["AnsweredPart"]:
        """What was handed in and judged, part by part; empty where the problem has none."""
        grades = self.grade.parts if self.grade else []
        keys = [row["advice"] for row in self.parts if "advice" in row]
        advice = Advice.objects.in_bulk(keys) if keys else {}  # none of it where it was taken back
        rows = zip_longest(self.version.parts[: len(self.parts)], self.parts, grades)
        return [
            AnsweredPart(
                *(letter, asked or {}, given or {}, grade or {}),
                advice.get((given or {}).get("advice")),
            )
            for letter, (asked, given, grade) in zip(LETTERS, rows, strict=False)
        ]

    @property
    def is_counted(self) -> bool:
        """Whether it says something; one that is still being graded may."""
        return self.verdict not in FREE

    @property
    def costs_attempt(self) -> bool:
        """What is not decided costs none before it is, and the same answer is paid once."""
        is_decided = self.verdict != Verdict.UNDECIDED
        return self.is_counted and is_decided and self.repeats_id is None

    @property
    def is_check_due(self) -> bool:
        return self.checkings_left > 0

    def record_checks(self, checks: Sequence[StepCheck]) -> None:
        """Write down, once, what the checker says of each line of the working."""
        self.checks, self.checker = [check.to_dict() for check in checks], CHECKER_VERSION
        self.checkings_left = 0
        said = {"checks": self.checks, "checker": self.checker, "checkings_left": 0}
        Attempt.with_practice.filter(pk=self.pk, checker="").update(**said)

    def record(self, grade: Grade) -> bool:
        """Write down what the grader says, once; False where somebody has judged it already."""
        with transaction.atomic():
            attempt = Attempt.with_practice.select_for_update(of=("self",)).get(pk=self.pk)
            if not attempt.is_pending:
                return False
            self._add(
                GradeChange.Source.GRADER,
                verdict=grade.verdict,
                score=grade.score,
                rule=grade.rule,
                feedback=grade.feedback,
                parts=part_rows(grade.parts),
                grader=GRADER_VERSION,
            )
        return True

    def may_be_reviewed_for(self, user: User) -> bool:
        """Once, by whom it belongs to, and only where there is something to win."""
        is_own = self.enrollment.user_id == user.pk and self.practice_id is None
        return is_own and not (self.is_pending or self.is_right or hasattr(self, "review"))

    def ask_for_review(self, message: str) -> None:
        """Asked twice is asked once: the first words stay."""
        ReviewRequest.objects.get_or_create(attempt=self, defaults={"message": message})

    def answer_review(self, author: User, answer: str) -> None:
        """What a teacher says to the request, if one is open."""
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

        parts: the score of each part, where there are parts. The same answer, given again while
        nobody had decided it, is decided with it.
        """
        with transaction.atomic():
            Attempt.with_practice.select_for_update(of=("self",)).get(pk=self.pk)
            for attempt in (self, *self._waiting_twins()):
                attempt._add(
                    GradeChange.Source.TEACHER,
                    verdict=verdict,
                    score=score,
                    parts=part_rows(_decided(parts)),
                    author=author,
                    reason=reason,
                )
            self.answer_review(author, reason)

    def _waiting_twins(self) -> "list[Attempt]":
        """Others that say the same in this section, where nobody has decided this one yet."""
        if self.verdict != Verdict.UNDECIDED:
            return []
        first = self.repeats_id or self.pk
        same = Attempt.with_practice.filter(Q(pk=first) | Q(repeats=first))
        undecided = same.filter(enrollment=self.enrollment_id, grade__verdict=Verdict.UNDECIDED)
        return list(undecided.exclude(pk=self.pk))

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
            self._add(
                GradeChange.Source.REGRADE,
                verdict=grade.verdict,
                score=grade.score,
                rule=grade.rule,
                feedback=grade.feedback,
                parts=part_rows(grade.parts),
                grader=GRADER_VERSION,
                author=author,
                reason=reason,
            )
        return True

    def _add(self, source: str, **fields: object) -> None:
        number = self.changes.count() + 1
        self.grade = self.changes.create(source=source, number=number, **fields)
        has_news = source != GradeChange.Source.GRADER
        Attempt.with_practice.filter(pk=self.pk).update(grade=self.grade, has_news=has_news)
