from django.urls import path, register_converter

from tutor.runs import views


class RunName:
    """A folder's name. Whether there is one is looked up; it is never made into a path."""

    regex = "[^/]{1,255}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RunName, "run")

urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs.csv", views.runs_file, name="runs-file"),
    path("compared-runs/", views.comparison, name="compared-runs"),
    path("runs/<run:name>/", views.run, name="run"),
    path("runs/<run:name>/figures.csv", views.run_file, name="run-file"),
    path("runs/<run:name>/problems.csv", views.problems_file, name="run-problems-file"),
    path("runs/<run:name>/problems/<int:line>/", views.problem, name="run-problem"),
]
