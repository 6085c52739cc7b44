"""Alice, with a row in every table and column of the policy."""

from datetime import date
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group as Rights
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.models import FamiliarPlace, HandedOutPassword, Mail, User
from tests.factories import make_section
from tutor.assignments.models import CalendarFeed, Override, ProblemSet, Sitting
from tutor.attempts.models import (
    Advice,
    Attempt,
    Draft,
    ExerciseResult,
    GivenHelp,
    MessageReceipt,
    Practice,
    ReviewProblem,
    ReviewRequest,
    StudentVariant,
    TeacherMessage,
    WeeklyReview,
    WithheldHelp,
    WorkingCheck,
)
from tutor.attempts.tasks import grade_attempt
from tutor.courses.models import Enrollment, Invitation, SectionEvent, StudentGroup
from tutor.grading import Verdict
from tutor.materials.models import Citation, Material, Passage
from tutor.notices.models import DigestEntry, MailPreferences
from tutor.pictures.models import Picture
from tutor.privacy.models import Erasure
from tutor.problems.models import Problem, Skill
from tutor.solutions.models import Activation, AnswerHint, HintDraft, Recipe, Solution, SolutionView
from tutor.teaching.models import Exemption, Regrade

ANSWER = "86753091"  # the stored one; withheld help and a check say it too
WORDS = ["alice", "Wilhelmina", "Quixote", "27182", "mylines", "pleaselook"]  # hers alone


def hand_in(user, item, response, **fields):
    attempt = Attempt.objects.create(
        enrollment=Enrollment.objects.get(user=user, role="student"), item=item,
        version=item.problem.current, number=1, action=uuid4(), response=response,
        reading=response, language="en", **fields,
    )  # fmt: skip
    grade_attempt(attempt.pk)
    attempt.refresh_from_db()
    return attempt


@pytest.fixture
def problem(make_secret_problem):
    return make_secret_problem(ANSWER)


@pytest.fixture
def stored(alice, bob, carol, admin, section, assignment, problem, item):
    """Alice; Bob and Carol have rows too."""
    alice.first_name, alice.last_name = "Wilhelmina", "Quixote"
    alice.save()
    enrollment, version = Enrollment.objects.get(user=alice), problem.current
    _account(alice, admin)
    _class(alice, carol, section, assignment, enrollment)
    hand_in(bob, item, "16180").change_grade(
        Verdict.CORRECT, 1, author=alice, reason="Bob explained it."
    )
    check = {"verdict": "refuted", "claims": [{"claim": "x", "witness": {"left": ANSWER}}]}
    attempt = hand_in(alice, item, "27182", working=["mylines"], checks=[check])
    attempt.change_grade(Verdict.CORRECT, 0.5, author=carol, reason="Half of it, Wilhelmina.")
    ReviewRequest.objects.create(attempt=attempt, message="pleaselook", answered_by=alice)
    at_item = {"enrollment": enrollment, "item": item}
    Draft.objects.create(**at_item, response="27182", working=["mylines"])
    StudentVariant.objects.create(**at_item, seed=3)
    practice = Practice.objects.create(**at_item, version=version, number=1)
    ReviewProblem.objects.create(
        weekly_review=WeeklyReview.objects.create(user=alice, week=date(2026, 11, 23)),
        position=1,
        skill=Skill.objects.create(name="algebra.sets"),
        problem=item.problem,
        item=item,
        reason=ReviewProblem.Reason.ALONE,
        answered_at=timezone.now(),
        practice=practice,
    )
    GivenHelp.objects.create(**at_item, version=version, level="hint", text="Guess, Wilhelmina.")
    WithheldHelp.objects.create(**at_item, version=version, level="hint", text=ANSWER, leak=ANSWER)
    WorkingCheck.objects.create(**at_item, version=version, lines=["2 + 2", "= 4"])
    ExerciseResult.objects.create(**at_item, kind="faded", number=1, is_right=True)
    AnswerHint.objects.create(attempt=attempt)
    HintDraft.objects.create(attempt=attempt, author=alice, text="Look again.")
    DigestEntry.objects.create(
        enrollment=enrollment, kind="graded", grade=attempt.grade, day=date(2026, 11, 23)
    )
    MailPreferences.objects.create(user=alice)
    message = TeacherMessage.objects.create(assignment=assignment, text="Look again.", author=alice)
    MessageReceipt.objects.create(message=message, enrollment=enrollment, item=item)
    solution = Solution.objects.create(
        version=version, recipe="a", enrollment=enrollment, steps=[ANSWER], final_answer=ANSWER
    )
    for person in (alice, bob):
        SolutionView.objects.create(solution=solution, user=person)
    material = Material.objects.create(
        section=section, title="Script", kind="markdown", size=1, uploaded_by=alice
    )
    passage = Passage.objects.create(material=material, position=1, text="Guess.")
    Citation.objects.create(attempt=attempt, passage=passage, number=1)
    Advice.objects.create(
        assignment=assignment, item=item, version=version, answer="1", text="Less.", author=alice
    )
    return alice


def _account(alice, admin):
    alice.groups.add(Rights.objects.create(name="Helpers"))
    alice.user_permissions.add(Permission.objects.first())
    for user, given_by in ((alice, admin), (admin, alice)):
        HandedOutPassword.objects.create(user=user, given_by=given_by)
    address = EmailAddress.objects.create(user=alice, email="alice@home.example")
    EmailConfirmation.objects.create(email_address=address, key="k", sent=timezone.now())
    CalendarFeed.objects.create(user=alice)
    picture = Picture.objects.create(digest="0" * 32, kind="png", width=1, height=1, size=9)
    picture.uploads.create(user=alice)
    Mail.objects.create(
        user=alice, kind="new_password", address="a@b.org", next_try_at=timezone.now()
    )
    UserSession.objects.create(user=alice, ip="192.0.2.1", session_key="k" * 32)
    FamiliarPlace.objects.create(user=alice, place="0" * 64, seen_at=timezone.now())
    Erasure.objects.create(by=alice, gone={}, detached={})
    enrollment = Enrollment.objects.get(user=alice)
    for row, name in [
        (alice, "alice"),
        (address, address.email),
        (enrollment, "alice.before · Mathematics, 9a · student"),  # what she was called then
        (Enrollment(pk=0), "alice.before · Mathematics, 9b · student"),  # which is gone
        (EmailAddress(pk=0), "alice@school.example"),
    ]:
        note(admin, row, name, ADDITION)
    note(alice, admin, "admin", CHANGE)


def note(author, row, name, action_flag):
    LogEntry.objects.create(
        user=author, content_type=ContentType.objects.get_for_model(row), object_id=row.pk,
        object_repr=name, action_flag=action_flag,
    )  # fmt: skip


def _class(alice, carol, section, assignment, enrollment):
    """Rows of a student here and of a teacher elsewhere."""
    make_section(teacher=alice, students=[], name="Evening class")
    section.note(SectionEvent.Act.ACCOMMODATION, carol, alice, detail="50 %")
    section.note(SectionEvent.Act.ADDED, alice)
    for person, invited_by in ((alice, carol), (carol, alice)):
        holder = User.objects.create(username=f"held-for-{person.pk}")
        held = Enrollment.objects.create(section=section, user=holder, role="assistant")
        Invitation.objects.create(enrollment=held, user=person, invited_by=invited_by)
    StudentGroup.objects.create(section=section, name="Fast ones").members.add(enrollment)
    assignment.students.add(enrollment)
    terms = {"assignment": assignment, "enrollment": enrollment}
    Override.objects.create(**terms, attempts_allowed=9)
    Sitting.objects.create(**terms)
    Exemption.objects.create(**terms, reason="Ill, poor Wilhelmina.", author=alice)
    ProblemSet.objects.create(title="By her", owner=alice)
    problem = Problem.objects.create(slug="by-her", owner=alice)
    Regrade.objects.create(
        problem=problem, version=assignment.problem_set.items.get().problem.current,
        author=alice, reason="A typing mistake.", total=0,
    )  # fmt: skip
    recipe = Recipe.objects.create(
        name="hers", version=1, model="m", engine="vllm", template="t", temperature=0.6,
        top_p=0.9, max_tokens=9, samples=1, author=alice,
    )  # fmt: skip
    Activation.objects.create(recipe=recipe, author=alice)
