"""A school in the middle of a week, in which a canary is the answer that nobody may see yet."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from tests.factories import (
    make_assignment,
    make_problem,
    make_problem_with_parts,
    make_section,
)
from tests.runs.making import make_run
from tutor.assignments.models import Assignment, CalendarFeed, Item
from tutor.attempts.models import (
    Advice,
    Attempt,
    Draft,
    MessageReceipt,
    Practice,
    ReviewProblem,
    ReviewRequest,
    TeacherMessage,
    WeeklyReview,
)
from tutor.attempts.tasks import grade_attempt
from tutor.courses.models import Course, Enrollment, Invitation, Section, StudentGroup
from tutor.grading import AnswerKey, Kind
from tutor.grading.mistakes import MistakeName
from tutor.materials.models import Citation, Material, Passage, Source
from tutor.materials.tasks import read_material
from tutor.problems.expected import Expected
from tutor.problems.models import Problem, ReferenceSolution, Skill, StoredKey
from tutor.problems.parts import Part
from tutor.solutions.dispatch.model_choice import recipe_code
from tutor.solutions.models import ReadinessSample, Solution, State
from tutor.teaching.models import Exemption, Regrade

CANARY, OTHER_CANARY = "86753091", "55124476"


@dataclass(frozen=True)
class School:
    """What the addresses of the product lead to."""

    people: dict[str, User | None]
    course: Course
    section: Section
    group: StudentGroup
    assignment: Assignment
    item: Item
    problem: Problem
    own_attempt: Attempt  # Alice's, and wrong
    other_attempt: Attempt  # Bob's, and right
    solution: Solution  # which ended right, before students may see one
    exemption: Exemption
    regrade: Regrade
    feed: CalendarFeed
    practice: Practice  # Alice's, with the same stored answer
    review_problem: ReviewProblem  # that practice, in Alice's review of the week
    message: TeacherMessage  # to Alice
    passages: list[Passage]  # to the first a hint pointed Alice; the second says the answer
    parts: Attempt  # Alice's, and wrong, at a problem whose first part has that answer too
    invitation: Invitation  # of somebody whom none of these people is

    def change_answer(self, before: str, after: str) -> None:
        """Another stored answer, wherever it is stored."""
        StoredKey.objects.update(value=after)
        for key in StoredKey.objects.all():
            key.expected = [{**row, "answer": f"{after}+1"} for row in key.expected]
            twice = str(2 * int(before)), str(2 * int(after))
            parts = json.dumps(key.parts).replace(before, after).replace(*twice)
            key.parts = json.loads(parts)
            key.save()
        ReferenceSolution.objects.update(text=rf"\(\boxed{{{after}}}\)")
        steps = [step.replace(before, after) for step in self.solution.steps]
        Solution.objects.update(steps=steps, final_answer=after, reasoning=f"So {after}.")
        Attempt.objects.filter(pk=self.other_attempt.pk).update(response=after, reading=after)


@pytest.fixture(scope="session")
def run_of_a_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crawl") / "evaluation" / "run"
    make_run_of_a_model(folder)
    return folder


def make_run_of_a_model(folder: Path) -> None:
    """An evaluation; the model has found the answer, and so do all who may read it."""
    key = {"kind": "number", "value": CANARY}
    row = {"slug": "a-number", "statement": "Which number?", "key": key, "skills": ["algebra"]}
    make_run(folder, [row], rf"It is \(\boxed{{{CANARY}}}\).", options=["--samples", "2"])


@pytest.fixture
def school(
    run_of_a_model: Path, settings: Any, alice: User, bob: User, carol: User, dan: User, admin: User
) -> School:
    settings.EVALUATION_DIR = run_of_a_model.parent
    return make_school(alice, bob, carol, dan, admin)


def make_school(alice: User, bob: User, carol: User, dan: User, admin: User) -> School:
    """dan: who teaches a section of his own."""
    eve = User.objects.create_user("eve", "eve@example.org", "pass-word-9")
    fay = User.objects.create_user("fay", "fay@example.org", "pass-word-9")
    section = make_section(teacher=carol, students=[alice, bob])
    Enrollment.objects.create(section=section, user=eve, role=Enrollment.Role.ASSISTANT)
    Enrollment.objects.create(section=dan.enrollments.get().section, user=fay)
    section.renew_join_code()
    group = StudentGroup.objects.create(section=section, name="Fast ones")
    group.members.add(Enrollment.objects.get(user=alice))
    problem = make_problem(
        "a-secret",
        key=AnswerKey(CANARY, Kind.NUMBER),
        statement="Which number?",
        solution=rf"\(\boxed{{{CANARY}}}\)",
        hints=("Guess.",),
        expected=(Expected(f"{CANARY}+1", "One too many."),),
    )
    Problem.objects.update(owner=carol)
    twice = Part("And twice that?", AnswerKey("", Kind.NUMBER), carried="2*a")
    in_parts = make_problem_with_parts(
        "a-secret-in-parts",
        parts=(Part("Which one?", AnswerKey(CANARY, Kind.NUMBER)), twice),
        solution=rf"\(\boxed{{{2 * int(CANARY)}}}\)",
    )
    Problem.objects.update(owner=carol)
    assignment = make_assignment(
        section, [problem, make_problem(), in_parts], help_policy=Assignment.HelpPolicy.AFTER_DUE
    )
    assignment.problem_set.owner = carol
    assignment.problem_set.save()
    item = assignment.problem_set.items.get(position=1)
    own, other = (
        _handed_in(user, item, response) for user, response in ((alice, "17"), (bob, CANARY))
    )
    ReviewRequest.objects.create(attempt=own, message="Why?")
    Attempt.objects.filter(pk=own.pk).update(mistake={"name": MistakeName.SIGN_ERROR})
    Advice.objects.create(
        assignment=assignment, item=item, version=problem.current, answer="17", text="Bigger.",
        author=carol,
    )  # fmt: skip
    Draft.objects.create(enrollment=own.enrollment, item=item, response="18", working=["x=18"])
    solution = Solution.objects.create(
        version=problem.current, recipe="a", state=State.ENDED, ended_at=timezone.now(),
        outcome="finished", reasoning=f"So {CANARY}.", verdict="correct", score=1,
        steps=[rf"It is \(\boxed{{{CANARY}}}\)."], final_answer=CANARY, model="some-model",
    )  # fmt: skip
    ReadinessSample.objects.create(
        version=problem.current, recipe=recipe_code(), number=1, state=State.ENDED,
        outcome="finished", verdict="correct", final_answer=CANARY, answers_like=1,
    )  # fmt: skip
    exemption = Exemption.objects.create(
        enrollment=Enrollment.objects.get(user=bob), assignment=assignment, reason="Ill.",
        author=carol,
    )  # fmt: skip
    regrade = Regrade.objects.create(
        problem=problem, version=problem.current, author=carol, reason="A typing mistake.", total=2
    )
    regrade.sections.add(section)
    practice = Practice.objects.create(
        enrollment=own.enrollment, item=item, version=problem.current, number=1
    )
    review_problem = ReviewProblem.objects.create(
        weekly_review=WeeklyReview.objects.create(user=alice, week=timezone.localdate()),
        position=1, skill=Skill.objects.create(name="algebra.sets"), problem=problem, item=item,
        reason=ReviewProblem.Reason.ALONE, answered_at=timezone.now(), practice=practice,
    )  # fmt: skip
    message = TeacherMessage.objects.create(assignment=assignment, text="Look again.", author=carol)
    MessageReceipt.objects.create(message=message, enrollment=own.enrollment, item=item)
    Section.objects.filter(pk=section.pk).update(cites_material=True)
    script = f"# Guessing\n\nGuess twice.\n\n# Example\n\nIt is {CANARY}.\n".encode()
    material = Material.objects.create(
        section=section, title="Script", kind="markdown", size=len(script), uploaded_by=carol
    )
    Source.objects.create(material=material, data=script)
    read_material(material.pk)
    passages = list(material.passages.all())
    Citation.objects.create(attempt=own, passage=passages[0], number=1)
    parts_item = assignment.problem_set.items.get(position=3)
    parts = _handed_in(alice, parts_item, "a) 5\nb) 10", "5", "10")
    gil, listed = (User.objects.create_user(name, password="pass-word-9") for name in ("gil", "g"))
    invitation = Invitation.objects.create(
        user=gil, enrollment=Enrollment.objects.create(section=section, user=listed)
    )
    return School(
        {"alice": alice, "bob": bob, "carol": carol, "dan": dan, "eve": eve, "fay": fay,
         "admin": admin, "nobody": None},
        section.course, section, group, assignment, item, problem, own, other, solution,
        exemption, regrade, CalendarFeed.objects.create(user=alice), practice,
        review_problem, message, passages, parts,
        invitation,
    )  # fmt: skip


def _handed_in(user: User, item: Item, response: str, *parts: str) -> Attempt:
    attempt = Attempt.objects.create(
        enrollment=Enrollment.objects.get(user=user), item=item, version=item.problem.current,
        number=1, action=uuid4(), response=response, reading=response, language="en",
        parts=[{"response": part, "reading": part} for part in parts],
        submitted_at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    grade_attempt(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.grade is not None
    return attempt


@pytest.fixture
def sign_in(client: Any) -> Callable[[User | None], Any]:
    def sign_in(user: User | None) -> Any:
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
