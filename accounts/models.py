import logging
import re
from datetime import timedelta
from unicodedata import bidirectional
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.lookalikes import skeleton
from tutor.prepared import prepared

logger = logging.getLogger(__name__)

LOOKS_LIKE_ANOTHER = _("This user name is taken, or looks like one that is. Try another.")

# Chinese characters, kana and Hangul: the family name comes first, and nothing stands between.
_FAMILY_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")

ONE_EACH = timedelta(hours=1)  # mail of a kind to an address


def validate_time_zone(name: str) -> None:
    """Raises ValidationError unless `name` is in the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Try one such as Europe/Berlin or Asia/Shanghai."),
            params={"name": name},
        )


def default_time_zone() -> str:
    """The installation's time zone, where most of its people live."""
    return settings.TIME_ZONE


class SkeletonField(models.CharField):  # type: ignore[type-arg]  # generic only for the checker
    """The skeleton of the row's user name, computed whenever the row is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        shape = skeleton(getattr(model_instance, "username"))[: self.max_length]  # noqa: B009
        setattr(model_instance, self.attname, shape)
        return shape


def _isolated(name: str) -> str:
    is_right_to_left = any(bidirectional(char) in ("R", "AL") for char in name)
    return f"\u2068{name}\u2069" if is_right_to_left else name


class User(AbstractUser):
    """A person who signs in. Their enrollments decide what they may do."""

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=default_time_zone, validators=[validate_time_zone]
    )

    may_teach = models.BooleanField(
        _("may create courses"),
        default=False,
        help_text=_(
            "For teachers who have no class yet. Everybody who teaches a class may create courses."
        ),
    )
    has_one_time_password = models.BooleanField(
        _("has a one-time password"),
        default=False,
        help_text=_("They must set their own password when they sign in."),
    )

    username_skeleton = SkeletonField(max_length=255, editable=False, default="", db_index=True)

    class Meta(AbstractUser.Meta):
        indexes = (
            models.Index(Upper("username"), name="username_whatever_the_case"),
            models.Index(Upper("email"), name="email_whatever_the_case"),
        )

    def clean(self) -> None:
        """Raises ValidationError if a new user name looks like somebody else's."""
        super().clean()
        alike = User.objects.filter(username_skeleton=skeleton(self.username))
        if alike.exclude(pk=self.pk).exists():
            before = User.objects.filter(pk=self.pk).values_list("username", flat=True).first()
            if before != self.username:
                raise ValidationError({"username": LOOKS_LIKE_ANOTHER})

    def get_full_name(self) -> str:
        """As it is said: "Ada Lovelace", "王小明"."""
        if self._has_family_name_first:
            return self.last_name + self.first_name
        return super().get_full_name()

    @property
    def _has_family_name_first(self) -> bool:
        names = (self.last_name, self.first_name)
        return all(_FAMILY_FIRST.fullmatch(name) for name in names)

    @property
    def shown_name(self) -> str:
        """Their name, or their user name if they have none."""
        return self.get_full_name() or self.get_username()

    @property
    def register_name(self) -> str:
        """As lists have it that are sorted by family names: "Lovelace, Ada", "王小明"."""
        if self._has_family_name_first:
            return self.get_full_name()
        if self.last_name and self.first_name:
            return f"{self.last_name}, {self.first_name}"
        return self.last_name or self.first_name or self.get_username()

    @property
    def isolated_name(self) -> str:
        """For plain text without `bdi`: a name in Hebrew must not reorder the text beside it."""
        return _isolated(self.shown_name)

    @property
    def isolated_register_name(self) -> str:
        return _isolated(self.register_name)

    @cached_property
    def roles(self) -> set[str]:
        """Their roles in all their sections."""
        return set(_roles_of(self.pk))

    @property
    def is_teacher(self) -> bool:
        """Whether they may make courses, and read the catalogue and its stored answers.

        True for everybody who teaches a section, and for those whom the administration allows to.
        """
        return self.is_superuser or self.may_teach or "teacher" in self.roles

    @property
    def has_classes(self) -> bool:
        """Whether they look after a section, or may make one."""
        return self.is_teacher or "assistant" in self.roles


@prepared
def _roles_of(user_pk: int) -> models.QuerySet[User, str]:
    enrolled = User.objects.filter(pk=user_pk, enrollments__role__isnull=False)
    return enrolled.values_list("enrollments__role", flat=True)


@prepared
def people_with_key(user_pk: int) -> models.QuerySet[User]:
    """One at most."""
    return User.objects.filter(pk=user_pk)


class FamiliarPlace(models.Model):
    """An address or a device where somebody has signed in, as a keyed hash.

    Strangers' wrong passwords from elsewhere do not stop the person from signing in here. Lemma
    does not store the address itself.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="familiar_places")
    place = models.CharField(_("place"), max_length=64)
    seen_at = models.DateTimeField(_("last used"))

    class Meta:
        verbose_name = _("familiar place")
        verbose_name_plural = _("familiar places")
        constraints = (
            models.UniqueConstraint(fields=["user", "place"], name="one_row_for_a_familiar_place"),
        )
        indexes = (models.Index(fields=["place", "user"], name="people_at_a_familiar_place"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.seen_at:%Y-%m-%d}"


class HandedOutPassword(models.Model):
    """A record that a person was given a one-time password. Rows are only added.

    The password itself is not stored. told_at: when the person read who gave it; None before.
    is_first: nobody had signed in to the account before.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="handed_out_passwords", verbose_name=_("person")
    )
    given_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    told_at = models.DateTimeField(_("told at"), null=True, editable=False)
    is_first = models.BooleanField(_("of a new account"), default=False)

    class Meta:
        verbose_name = _("one-time password that was handed out")
        verbose_name_plural = _("one-time passwords that were handed out")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.user} · {self.given_by} · {self.given_at:%Y-%m-%d %H:%M}"


class MailQuerySet(models.QuerySet["Mail"]):
    def ask(
        self, kind: "Mail.Kind", address: str, user: User | None, detail: str = "", about: str = ""
    ) -> bool:
        """Store a mail. False if the address had one of this kind, about this, within the hour."""
        address, now = address.lower(), timezone.now()
        self.filter(kind=kind, address=address, sent_at__lt=now - ONE_EACH).delete()
        defaults = {"user": user, "detail": detail, "next_try_at": now}
        return self.get_or_create(kind=kind, address=address, about=about, defaults=defaults)[1]

    def due(self) -> "MailQuerySet":
        return self.filter(sent_at=None, next_try_at__lte=timezone.now()).order_by("pk")

    def clear(self, given_up_after: timedelta) -> None:
        """Delete mails sent over an hour ago, and those that could not be sent for too long."""
        now = timezone.now()
        self.filter(sent_at__lt=now - ONE_EACH).delete()
        if count := self.filter(sent_at=None, asked_at__lt=now - given_up_after).delete()[0]:
            logger.warning("%s mails given up", count)


class Mail(models.Model):
    """A mail that a worker is to write and send, or has sent within the last hour.

    The row has no secret and no text: the worker makes both. An address gets one mail of a kind in
    an hour, so nobody can make Lemma flood a stranger. about: what the mail is about, where there
    are several of a kind; these go only to people who have confirmed the address.
    """

    class Kind(models.TextChoices):
        NEW_PASSWORD = "new_password", _("link to a new password")
        PASSWORD_CHANGED = "password_changed", _("notice of a new password")
        PASSWORD_GIVEN = "password_given", _("notice of a one-time password")
        CONFIRM_ADDRESS = "confirm_address", _("link to confirm an address")
        ADDRESS_CHANGED = "address_changed", _("notice of a new address")
        MESSAGE = "message", _("notice of a message")
        DIGEST = "digest", _("notices of a day")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    address = models.EmailField(_("address"))
    user = models.ForeignKey(
        User, models.CASCADE, related_name="mails", null=True, verbose_name=_("person")
    )  # None: whoever has the address
    about = models.CharField(_("about"), max_length=40, blank=True, default="", db_default="")
    detail = models.CharField(_("detail"), max_length=254, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    next_try_at = models.DateTimeField(_("next try"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "address", "about"], name="one_mail_of_a_kind_about_it"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_try_at"], name="mail_that_is_due", condition=models.Q(sent_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} · {self.asked_at:%Y-%m-%d %H:%M}"

    def note_sent(self) -> None:
        self.sent_at = timezone.now()
        self.save(update_fields=["sent_at"])

    def put_off(self, by: timedelta) -> None:
        self.next_try_at = timezone.now() + by
        self.save(update_fields=["next_try_at"])
