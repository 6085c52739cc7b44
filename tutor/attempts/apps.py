from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class AttemptsConfig(AppConfig):
    name = "tutor.attempts"
    verbose_name = pgettext_lazy("application", "Attempts")
