"""Plain words, in groups, for each table with a person's data. The page *Your data* shows them.

A test fails if a table of the policy is in no group.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tables = dict[str, Promise]  # a plain name by each key of OWN or DETACHED


class DataTopic(StrEnum):
    PERSON = "person"
    CLASSES = "classes"
    ANSWERS = "answers"
    WORKING = "working"
    MESSAGES = "messages"
    SESSIONS = "sessions"
    CONSENT = "consent"
    FOR_OTHERS = "for-others"


@dataclass(frozen=True)
class DataGroup:
    topic: DataTopic
    title: Promise
    meaning: Promise
    tables: Tables


GROUPS = (
    DataGroup(
        DataTopic.PERSON,
        _("Name and address"),
        _("How you sign in, and what others see as your name. Nobody can read your password."),
        {
            "accounts.User": _("accounts"),
            "account.EmailAddress": _("email addresses"),
            "account.EmailConfirmation": _("links to confirm an address"),
            "accounts.User_groups": _("groups of rights in the administration"),
            "accounts.User_user_permissions": _("single rights in the administration"),
        },
    ),
    DataGroup(
        DataTopic.CLASSES,
        _("Classes"),
        _("Where you learn or teach, and what applies only to you, such as more time."),
        {
            "courses.Enrollment": _("classes, and practice without a class"),
            "courses.Invitation": _("open invitations"),
            "courses.StudentGroup_members": _("groups within your classes"),
            "courses.SectionEvent.about": _("changes to your place in a class"),
            "assignments.Assignment_students": _("assignments for you and a few others"),
            "assignments.Override": _("other dates or attempts for you"),
            "assignments.Sitting": _("tests that you have begun"),
            "teaching.Exemption": _("assignments that do not count for you"),
        },
    ),
    DataGroup(
        DataTopic.ANSWERS,
        _("Answers"),
        _("What you submitted, how it was graded, and what you have typed and not submitted yet."),
        {
            "attempts.Attempt": _("answers submitted"),
            "attempts.GradeChange": _("grades for them, earlier ones too"),
            "attempts.ReviewRequest": _("answers that you asked a teacher to look at"),
            "attempts.Draft": _("answers typed and not submitted"),
            "attempts.StudentVariant": _("problems with your own numbers"),
            "attempts.Practice": _("problems that you practised"),
            "attempts.WeeklyReview": _("weekly reviews"),
            "attempts.ReviewProblem": _("problems in your weekly reviews"),
        },
    ),
    DataGroup(
        DataTopic.WORKING,
        _("Working and help"),
        _("The lines that you had checked, and the help that you asked for."),
        {
            "attempts.WorkingCheck": _("checks of your working"),
            "attempts.ExerciseResult": _("exercises on worked solutions"),
            "attempts.GivenHelp": _("hints and other help that you were given"),
            "attempts.WithheldHelp": _("hints held back because they give the answer away"),
            "solutions.AnswerHint": _("hints about one of your answers"),
            "solutions.HintDraft": _("hints waiting for a teacher"),
            "solutions.SolutionView": _("worked solutions that you watched"),
            "solutions.Solution.enrollment": _("worked solutions made because you asked"),
            "materials.Citation": _("course material shown with your answers"),
        },
    ),
    DataGroup(
        DataTopic.MESSAGES,
        _("Messages"),
        _("What teachers wrote to you, whether you have read it, and what Lemma mails you."),
        {
            "attempts.MessageReceipt": _("messages to you"),
            "notices.DigestEntry": _("what your daily emails told you"),
            "accounts.Mail": _("emails of the last hour, or still to be sent"),
        },
    ),
    DataGroup(
        DataTopic.SESSIONS,
        _("Where you are signed in"),
        _("So that you can sign out elsewhere, and strangers cannot go on guessing your password."),
        {
            "usersessions.UserSession": _("browsers that are signed in"),
            "accounts.FamiliarPlace": _(
                "networks from which you signed in before, as codes that cannot be read back"
            ),
            "accounts.HandedOutPassword": _("one-time passwords made for you"),
        },
    ),
    DataGroup(
        DataTopic.CONSENT,
        _("What you allow"),
        _("You can change your mind at any time."),
        {
            "notices.MailPreferences": _("choices of emails"),
            "assignments.CalendarFeed": _("secret addresses for your calendar"),
        },
    ),
    DataGroup(
        DataTopic.FOR_OTHERS,
        _("What you made for others"),
        _("Your classes need it. If your account is erased, most of it stays without your name."),
        {
            "assignments.ProblemSet.owner": _("problem sets"),
            "problems.Problem.owner": _("problems"),
            "pictures.PictureUpload": _("pictures uploaded"),
            "materials.Material.uploaded_by": _("course material uploaded"),
            "attempts.TeacherMessage.author": _("messages to students"),
            "attempts.Advice.author": _("advice on wrong answers"),
            "attempts.GradeChange.author": _("grades that you decided"),
            "attempts.ReviewRequest.answered_by": _("answers that you looked at again"),
            "courses.SectionEvent.author": _("changes to classes"),
            "courses.Invitation.invited_by": _("invitations that you sent"),
            "accounts.HandedOutPassword.given_by": _("one-time passwords made for others"),
            "teaching.Exemption.author": _("assignments that you let students leave out"),
            "teaching.Regrade.author": _("problems graded anew"),
            "solutions.HintDraft.author": _("hints that you decided on"),
            "solutions.Recipe.author": _("recipes of the model"),
            "solutions.Activation.author": _("recipes put to use"),
            "admin.LogEntry": _("changes in the administration"),
            "privacy.Erasure.by": _("people erased"),
        },
    ),
)
