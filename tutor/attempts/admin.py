from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tutor.administration import (
    FilledFilter,
    OfEnrollmentMixin,
    RecordAdmin,
    UneditedMixin,
    in_lines,
)
from tutor.attempts.mistake_names import NAMES
from tutor.attempts.models import (
    Attempt,
    GivenHelp,
    GradeChange,
    MessageReceipt,
    Practice,
    ReviewProblem,
    StudentVariant,
    TeacherMessage,
    WeeklyReview,
    WithheldHelp,
)
from tutor.attempts.models.answered_part import stored_explanation
from tutor.courses.admin import SectionFilter
from tutor.grading.multipart import LETTERS
from tutor.problems.labels import rule_sentence

# What the name of an enrollment and that of an item are made of.
OF_ENROLLMENT = ("enrollment__user", "enrollment__section__course")
OF_ITEM = ("item__problem_set",)
SEARCHED = (
    "enrollment__user__username",
    "enrollment__user__first_name",
    "enrollment__user__last_name",
    "item__problem__slug",
    "item__problem__current__title",
)


class GradeChangeInline(UneditedMixin, admin.TabularInline[GradeChange, Attempt]):
    model = GradeChange
    fk_name = "attempt"
    fields = ("number", "source", "verdict", "score", "why", "author", "reason", "created_at")
    readonly_fields = fields
    can_delete = False

    @admin.display(description=_("rule"))
    def why(self, change: GradeChange) -> str:
        return rule_sentence(change.rule)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GradeChange]:
        along = (f"attempt__{name}" for name in (*OF_ENROLLMENT, *OF_ITEM))
        return super().get_queryset(request).select_related("author", *along)


@admin.register(Attempt)
class AttemptAdmin(RecordAdmin[Attempt]):
    """Attempts and their grades. They are deleted only with their student.

    A grade is changed on the page of its attempt, where a reason is asked for.
    """

    list_display = (
        "student",
        "problem",
        "number",
        "shown_verdict",
        "shown_score",
        "helped_by",
        "submitted_at",
    )
    list_select_related = (
        *OF_ENROLLMENT,
        *OF_ITEM,
        "grade",
        "advice__item__problem_set",
        "version",
        "practice__enrollment__user",
        "practice__item__problem_set",
    )
    list_defer = ("response", "parts", "working", "checks", "version__statement")
    list_filter = (
        "submitted_at",
        "grade__verdict",
        "grade__source",
        ("practice", FilledFilter),
        ("enrollment__section", SectionFilter),
    )
    search_fields = SEARCHED
    fieldsets = (
        (
            None,
            {"fields": ("enrollment", "item", "practice", "version", "number", "submitted_at")},
        ),
        (
            _("What was answered"),
            {"fields": ("answer", "reading", "answers", "lines", "is_left_over", "repeats")},
        ),
        (_("How it was graded"), {"fields": ("shown_verdict", "shown_score", "shown_mistake")}),
        (_("Help and feedback"), {"fields": ("helped_by", "advice", "has_news")}),
        (
            _("Technical details"),
            {
                "classes": ("collapse",),
                "fields": (
                    "response",
                    "language",
                    "hidden_characters",
                    "parts",
                    "gradings",
                    "checks",
                    "checker",
                    "checkings_left",
                ),
            },
        ),
    )
    inlines = (GradeChangeInline,)

    @admin.display(description=_("student"))
    def student(self, attempt: Attempt) -> str:
        return attempt.enrollment.user.get_username()

    @admin.display(description=_("problem"))
    def problem(self, attempt: Attempt) -> str:
        return attempt.version.title

    @admin.display(description=_("response as typed"))
    def answer(self, attempt: Attempt) -> str:
        return attempt.as_typed

    @admin.display(description=_("responses to the parts"))
    def answers(self, attempt: Attempt) -> str:
        pairs = zip(LETTERS, attempt.parts_as_typed, strict=False)
        return in_lines(f"{letter}) {text}" for letter, text in pairs)

    @admin.display(description=_("working"))
    def lines(self, attempt: Attempt) -> str:
        return in_lines(attempt.working)

    @admin.display(description=_("probable mistake"))
    def shown_mistake(self, attempt: Attempt) -> str:
        explanation = stored_explanation(attempt.mistake)
        return str(NAMES[explanation.name]) if explanation else ""

    @admin.display(description=_("verdict"))
    def shown_verdict(self, attempt: Attempt) -> str:
        return attempt.grade.get_verdict_display() if attempt.grade else ""

    @admin.display(description=_("score"))
    def shown_score(self, attempt: Attempt) -> float | None:
        return attempt.grade.score if attempt.grade else None


@admin.register(StudentVariant)
class StudentVariantAdmin(OfEnrollmentMixin, RecordAdmin[StudentVariant]):
    list_display = ("student", "of_section", "item", "variant", "picked_at")
    fields = ("enrollment", "item", "variant", "picked_at")
    list_select_related = (*OF_ENROLLMENT, *OF_ITEM)
    search_fields = SEARCHED

    @admin.display(description=_("variant"))
    def variant(self, row: StudentVariant) -> int:
        return row.seed


@admin.register(Practice)
class PracticeAdmin(OfEnrollmentMixin, RecordAdmin[Practice]):
    list_display = ("student", "of_section", "item", "number", "begun_at")
    list_select_related = (*OF_ENROLLMENT, *OF_ITEM, "version")
    search_fields = SEARCHED


class ReviewProblemInline(UneditedMixin, admin.TabularInline[ReviewProblem, WeeklyReview]):
    model = ReviewProblem
    fields = ("position", "shown_skill", "problem", "reason", "answered_at", "practice")
    readonly_fields = fields
    can_delete = False

    @admin.display(description=_("skill"))
    def shown_skill(self, row: ReviewProblem) -> str:
        return row.skill.shown_name

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewProblem]:
        along = ("practice__enrollment__user", "practice__item__problem_set")
        rows = super().get_queryset(request)
        return rows.select_related("skill", "problem__current", "weekly_review__user", *along)


@admin.register(WeeklyReview)
class WeeklyReviewAdmin(RecordAdmin[WeeklyReview]):
    list_display = ("user", "week", "made_at")
    list_select_related = ("user",)
    list_filter = ("week",)
    search_fields = ("user__username", "user__first_name", "user__last_name")
    inlines = (ReviewProblemInline,)


@admin.register(GivenHelp)
class GivenHelpAdmin(OfEnrollmentMixin, RecordAdmin[GivenHelp]):
    list_display = ("student", "of_section", "item", "level", "number", "given_at")
    list_select_related = (*OF_ENROLLMENT, *OF_ITEM, "version")
    list_filter = ("given_at", "level", ("enrollment__section", SectionFilter))
    search_fields = SEARCHED


@admin.register(WithheldHelp)
class WithheldHelpAdmin(RecordAdmin[WithheldHelp]):
    list_display = ("item", "level", "number", "reason", "leak", "withheld_at")
    list_select_related = (*OF_ENROLLMENT, *OF_ITEM, "version")
    list_filter = ("withheld_at", "level", "reason", ("enrollment__section", SectionFilter))
    search_fields = SEARCHED


@admin.register(TeacherMessage)
class TeacherMessageAdmin(RecordAdmin[TeacherMessage]):
    list_display = ("assignment", "section", "for_all", "mistake", "author", "created_at")
    list_select_related = (
        "assignment__problem_set",
        "assignment__section__course",
        "section__course",
        "author",
    )
    list_filter = ("created_at", "for_all")
    search_fields = ("author__username", "assignment__problem_set__title", "section__name")


@admin.register(MessageReceipt)
class MessageReceiptAdmin(OfEnrollmentMixin, RecordAdmin[MessageReceipt]):
    list_display = ("student", "item", "message", "read_at", "mailed_at")
    list_select_related = (
        *OF_ENROLLMENT,
        *OF_ITEM,
        "message__section__course",
        "message__assignment__problem_set",
        "message__assignment__section__course",
    )
    search_fields = SEARCHED
