"""A teacher's message to students about one mistake or one problem, and who has read it."""

from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.courses.models import Enrollment

MAX_MESSAGE_LENGTH = 500  # characters


class TeacherMessage(models.Model):
    """A few sentences that a teacher has sent to some students of an assignment.

    mistake: the kind of mistake that these students made, as in `grading.mistakes.kind_of_slip`;
    empty where the message is about a problem alone. A student cannot reply.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment,
        models.CASCADE,
        related_name="teacher_messages",
        verbose_name=_("assignment"),
    )
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

    class Meta:
        verbose_name = _("message of a teacher")
        verbose_name_plural = _("messages of teachers")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.assignment} · {self.created_at:%Y-%m-%d}"

    @property
    def read_count(self) -> int:
        return sum(receipt.read_at is not None for receipt in self.receipts.all())


class MessageReceiptQuerySet(models.QuerySet["MessageReceipt"]):
    def unread_by(self, user: User) -> Self:
        """The newest first, with what a page shows of them."""
        own = self.filter(
            read_at=None,
            enrollment__user=user,
            enrollment__role=Enrollment.Role.STUDENT,
            enrollment__section__archived_at=None,
        )
        return own.select_related("message__author", "item__problem__current").order_by("-pk")


class MessageReceipt(models.Model):
    """One student to whom a message was sent. item: the problem on whose page it appears."""

    message = models.ForeignKey(
        TeacherMessage, models.CASCADE, related_name="receipts", verbose_name=_("message")
    )
    enrollment = models.ForeignKey(
        Enrollment,
        models.CASCADE,
        related_name="message_receipts",
        verbose_name=_("enrollment"),
    )
    item = models.ForeignKey(Item, models.CASCADE, related_name="+", verbose_name=_("item"))
    read_at = models.DateTimeField(_("read at"), null=True, editable=False)

    objects: ClassVar[MessageReceiptQuerySet] = MessageReceiptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message received")
        verbose_name_plural = _("messages received")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["message", "enrollment"], name="one_receipt_a_student"),
        )

    def __str__(self) -> str:
        return f"{self.enrollment.user} · {self.item}"
