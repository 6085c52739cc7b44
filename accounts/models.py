from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Raises ValidationError unless `name` is in the IANA database."""
    if name not in available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Try one such as Europe/Berlin or Asia/Shanghai."),
            params={"name": name},
        )


class User(AbstractUser):
    """A person who signs in. What they may do comes from their enrollments, not from here."""

    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )

    @cached_property
    def is_teacher(self) -> bool:
        """Whether they teach a section: who does may read the catalogue and its stored answers."""
        return self.is_superuser or self.enrollments.filter(role="teacher").exists()
