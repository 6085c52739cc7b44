from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from tutor.courses.register_order import teach_sqlite


class CoursesConfig(AppConfig):
    name = "tutor.courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        connection_created.connect(teach_sqlite)
