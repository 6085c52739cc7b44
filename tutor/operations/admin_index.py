"""The first page of the administration: its tables by what an administrator does with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Purposes = dict[str, Promise]  # what a table is for, in plain words, by its model's label

TABLES: dict[Promise, Purposes] = {
    _("People"): {
        "accounts.User": _("Make accounts, give one-time passwords, let people teach, erase them."),
        "account.EmailAddress": _("Who has confirmed which address."),
        "auth.Group": _("Rights that several people in the administration share."),
        "notices.MailPreferences": _("Who wants which mail."),
        "assignments.CalendarFeed": _("Who sees their dates in a calendar of their own."),
    },
    _("Classes"): {
        "courses.Course": _("A subject, which has classes."),
        "courses.Section": _("Open, archive or delete a class; see the code to join."),
        "courses.Enrollment": _("Who is in which class, as a student, teacher or assistant."),
        "courses.StudentGroup": _("Parts of a class, for assignments of their own."),
        "courses.SectionEvent": _("Who joined, left or was given a new password, and when."),
    },
    _("Assignments"): {
        "assignments.Assignment": _("Which set a class has to do, and by when."),
        "assignments.ProblemSet": _("Problems in order, with points."),
        "assignments.Override": _("Other dates or more attempts for one student."),
        "assignments.Sitting": _("Tests with a time limit, and who has begun when."),
        "teaching.Exemption": _("Assignments that do not count for a student."),
    },
    _("Problems"): {
        "problems.Problem": _("All problems, with their owners."),
        "problems.ProblemVersion": _("How each problem read before it was changed."),
        "problems.Skill": _("What a problem practises."),
    },
    _("Answers and marks"): {
        "attempts.Attempt": _("What students submitted, and how it was graded."),
        "teaching.Regrade": _("Problems whose answers were graded again."),
        "teaching.KeptMark": _("Kept after a student erased the account. Delete them in time."),
        "attempts.StudentVariant": _("Which numbers a student has in a problem."),
        "attempts.Practice": _("What students practised of their own accord."),
        "attempts.WeeklyReview": _("The problems that a student repeats in a week."),
    },
    _("Messages and help"): {
        "attempts.TeacherMessage": _("What teachers wrote to students."),
        "attempts.MessageReceipt": _("Who has read which message."),
        "notices.DigestEntry": _("What a mail of the day told somebody."),
        "attempts.GivenHelp": _("Which hints and steps a student took."),
        "attempts.WithheldHelp": _("Hints held back because they say the answer."),
        "solutions.AnswerHint": _("Hints of the model about an answer."),
        "solutions.HintDraft": _("Hints that a teacher has to allow first."),
    },
    _("The model"): {
        "solutions.Recipe": _("Which model writes solutions, and how it is asked."),
        "solutions.Activation": _("Which recipe was in use, and since when."),
        "solutions.Solution": _("Worked solutions, also those that failed."),
        "solutions.SolutionView": _("Who watched which solution."),
        "solutions.ReadinessSample": _("Solutions made to test an assignment before it opens."),
    },
    _("Records"): {
        "admin.LogEntry": _("Who changed what in this administration."),
        "privacy.Erasure": _("When somebody was erased, without a name."),
    },
}


@dataclass(frozen=True)
class AdminTable:
    """model: as Django's index describes it, with its addresses."""

    model: dict[str, Any]
    purpose: Promise | str

    @property
    def row(self) -> str:
        """The id of its row."""
        return str(self.model["model"]._meta.label_lower).replace(".", "-")


def grouped(apps: Iterable[dict[str, Any]]) -> list[tuple[Promise, list[AdminTable]]]:
    """apps: Django's list, which has only what the person may see."""
    models = {model["model"]._meta.label: model for app in apps for model in app["models"]}
    groups = [
        (
            title,
            [AdminTable(models[label], why) for label, why in tables.items() if label in models],
        )
        for title, tables in TABLES.items()
    ]
    return [(title, tables) for title, tables in groups if tables]
