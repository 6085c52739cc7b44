"""One more problem for the students who made a mistake."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tests.teaching.test_mistakes import SIGN, mistaken  # noqa: F401  (a fixture)
from tutor.assignments.models import Assignment
from tutor.teaching.extra_problems import MAX_SUGGESTED, suggested_problems
from tutor.teaching.mistakes import group_in

SKILL, OTHER = "algebra.linear_equations", "arithmetic.fractions"


def tagged(slug, owner, *skills, level=1, **fields):
    problem = make_problem(slug, title=slug, level=level, **fields)
    problem.owner = owner
    problem.save()
    problem.tag(skills)
    return problem


@pytest.fixture
def problem(db, carol):
    return tagged("first", carol, SKILL, level=2)


@pytest.fixture
def group(assignment, alice, mistaken):  # noqa: F811
    """Alice alone."""
    mistaken(alice, "-4", SIGN)
    return group_in(assignment, SIGN)


@pytest.fixture
def give(as_user, assignment, group):
    def give(user, problem, code=None):
        url = reverse("extra", args=[assignment.code, group.kind])
        return as_user(user).post(url, {"code": code or uuid4(), "problem": problem.code})

    return give


def slugs(group, user):
    return [problem.slug for problem in suggested_problems(group, user)]


def test_problems_of_the_same_skill_and_none_harder_are_suggested(group, carol):
    tagged("easier", carol, SKILL, level=1)
    tagged("sibling", carol, SKILL, level=2)
    tagged("harder", carol, SKILL, level=3)
    tagged("elsewhere", carol, OTHER)
    tagged("chinese", carol, SKILL, language="zh-hans")
    assert slugs(group, carol) == ["sibling", "easier"]


def test_at_most_three_are_suggested(group, carol):
    for number in range(MAX_SUGGESTED + 1):
        tagged(f"more-{number}", carol, SKILL)
    assert len(slugs(group, carol)) == MAX_SUGGESTED


def test_what_a_student_was_given_is_not_suggested(group, carol, alice, bob, section):
    alices, bobs = tagged("alices", carol, SKILL), tagged("bobs", carol, SKILL)
    for problem, student in ((alices, alice), (bobs, bob)):
        own = make_assignment(section, [problem], for_all=False)
        own.students.set(section.enrollments.filter(user=student))
    assert slugs(group, carol) == ["bobs"]


def test_what_belongs_to_a_colleague_is_not_suggested(group, carol, dan):
    tagged("dans", dan, SKILL)
    assert slugs(group, carol) == []


def test_extra_is_for_these_students_alone_and_counts_nothing(give, carol, alice, bob):
    assert give(carol, tagged("sibling", carol, SKILL)).status_code == 302
    extra = Assignment.objects.get(for_all=False)
    assert [enrollment.user for enrollment in extra.students.all()] == [alice]
    assert (extra.weight, extra.attempts_allowed) == (Decimal(0), None)
    assert [item.problem.slug for item in extra.problem_set.items.all()] == ["sibling"]
    assert Assignment.objects.taken_by(alice).contains(extra)
    assert not Assignment.objects.taken_by(bob).contains(extra)


def test_form_sent_twice_gives_one_extra(give, carol):
    problem, code = tagged("sibling", carol, SKILL), uuid4()
    give(carol, problem, code)
    give(carol, problem, code)
    assert Assignment.objects.filter(for_all=False).count() == 1


def test_only_teachers_of_the_class_give_extras(give, carol, alice, dan, section):
    problem = tagged("sibling", carol, SKILL)
    for user in (alice, dan):
        assert give(user, problem).status_code == 404
    assert not Assignment.objects.filter(for_all=False).exists()


def test_page_offers_them(as_user, assignment, group, carol):
    tagged("sibling", carol, SKILL)
    url = reverse("mistake", args=[assignment.code, group.kind])
    assert "sibling" in as_user(carol).get(url).content.decode()


def test_where_nothing_fits_the_page_claims_no_more_than_that(as_user, assignment, group, carol):
    """A harder problem is new to everybody, and so is one in another language."""
    tagged("harder", carol, SKILL, level=3)
    tagged("chinese", carol, SKILL, language="zh-hans")
    url = reverse("mistake", args=[assignment.code, group.kind])
    page = as_user(carol).get(url).content.decode()
    assert "in the same language, no harder, and new to each of these students" in page
    assert "already known" not in page
