from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttemptsConfig(AppConfig):
    name = "tutor.attempts"
    verbose_name = _("attempts")
