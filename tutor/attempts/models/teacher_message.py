"""A teacher's message to students, and who has read it."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.models.attempt_queries import is_sealed_at
from tutor.courses.models import Enrollment, Section

MAX_MESSAGE_LENGTH = 2_000  # characters


class TeacherMessageQuerySet(models.QuerySet["TeacherMessage"]):
    def of_section(self, section: Section) -> Self:
        return self.filter(Q(section=section) | Q(assignment__section=section))


class TeacherMessage(models.Model):
    """What a teacher has sent to a class or to some of its students. A student cannot reply.

    It is about an assignment, or else to a section. mistake: the kind of mistake that these
    students made, as in `grading.mistakes.kind_of_slip`; empty where it is about none.
    for_all: sent to the whole class, as it was then.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="teacher_messages",
        verbose_name=_("assignment"),
    )
    section = models.ForeignKey(
        Section,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("class"),
    )
    for_all = models.BooleanField(_("for the whole class"), default=False, db_default=False)
    mistake = models.CharField(_("probable mistake"), max_length=50, blank=True)
    text = models.CharField(_("text"), max_length=MAX_MESSAGE_LENGTH)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[TeacherMessageQuerySet] = TeacherMessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("teacher’s message")
        verbose_name_plural = _("teachers’ messages")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(assignment=None) ^ Q(section=None),
                name="message_about_work_or_to_a_class",
            ),
        )
        indexes = (models.Index(fields=["created_at"], name="message_by_time"),)

    def __str__(self) -> str:
        return f"{self.assignment or self.section} · {self.created_at:%Y-%m-%d}"

    @property
    def read_count(self) -> int:
        return sum(receipt.read_at is not None for receipt in self.receipts.all())


class MessageReceiptQuerySet(models.QuerySet["MessageReceipt"]):
    def to_current_students(self) -> Self:
        """Of current sections."""
        return self.filter(
            enrollment__role=Enrollment.Role.STUDENT, enrollment__section__archived_at=None
        )

    def received_by(self, user: User) -> Self:
        received = self.to_current_students().filter(enrollment__user=user)
        return received.told_at(timezone.now())

    def told_at(self, instant: datetime) -> Self:
        """Without what is held back then, since it is about an answer that is sealed.

        See `attempts.sealing`: what a teacher writes about an answer may tell whether it is right.
        """
        return self.exclude(is_sealed_at(instant))

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def as_shown(self) -> Self:
        """The newest first, with what a page shows of them."""
        return self.select_related(
            "message__author", "item__problem__current", "enrollment__section__course"
        ).order_by("-pk")

    def as_sent(self) -> Self:
        """The newest first, with what a teacher reads of them. Adds `is_held_back`."""
        sent = self.select_related("message__author", "item__problem__current")
        return sent.annotate(is_held_back=is_sealed_at(timezone.now())).order_by("-pk")


class MessageReceipt(models.Model):
    """One student to whom a message was sent.

    item: the problem on whose page it appears; None where the message is about no problem.
    mailed_at: when a mail about it was asked for; None where there was none.
    """

    message = models.ForeignKey(
        TeacherMessage, models.CASCADE, related_name="receipts", verbose_name=_("message")
    )
    enrollment = models.ForeignKey(
        Enrollment,
        models.CASCADE,
        related_name="message_receipts",
        verbose_name=_("enrollment"),
    )
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, editable=False)

    objects: ClassVar[MessageReceiptQuerySet] = MessageReceiptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message received")
        verbose_name_plural = _("messages received")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["message", "enrollment"], name="one_receipt_a_student"),
        )
        indexes = (
            models.Index(fields=["enrollment"], condition=Q(read_at=None), name="message_unread"),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item or self.enrollment.section}"
