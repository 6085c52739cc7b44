from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SolutionsConfig(AppConfig):
    name = "tutor.solutions"
    verbose_name = _("Solutions")

    def ready(self) -> None:
        post_migrate.connect(_ship_recipes, sender=self)


def _ship_recipes(**kwargs: Any) -> None:
    from tutor.solutions.models.shipped_recipes import ship  # models: only once all apps are loaded

    ship(**kwargs)
