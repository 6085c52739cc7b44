"""A problem with parameters, all the way to the students: what each sees and what is graded."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.html import escape

from tests.attempts.views.test_answer_page import HTMX
from tests.factories import add_students, make_assignment, make_content, make_problem
from tutor.assignments.models import Item
from tutor.attempts.access import version_for
from tutor.attempts.models import Attempt, Draft, StudentVariant
from tutor.attempts.submitting import Refusal
from tutor.attempts.variants import VARIANTS, variant_for
from tutor.grading import AnswerKey, Kind, Verdict
from tutor.problems.expected import Expected
from tutor.problems.models import ProblemVersion
from tutor.solutions.requests.find_or_queue import request_solution


def products(**fields):
    """A template whose variants have other factors, and an expected slip."""
    defaults = {
        "key": AnswerKey("[[a*b]]", Kind.NUMBER),
        "parameters": "a = 11..99\nb = 101..999",
        "statement": "What is [[a]] times [[b]]?",
        "solution": r"\boxed{[[a*b]]}",
        "hints": ("Begin with [[a]] times 100.",),
        "expected": (Expected("[[a+b]]", "That is the **sum** of [[a]] and [[b]]."),),
    }
    return make_content(**(defaults | fields))


@pytest.fixture
def problem(db):
    problem = make_problem("a-product")
    problem.revise(products())
    problem.refresh_from_db()
    return problem


def values_of(version):
    return products().values_of(version.seed)


def right_answer(version):
    values = values_of(version)
    return str(values["a"] * values["b"])


@pytest.fixture
def hand_in_to(client, item):
    """Hands in on the page as it stands, and returns the newest attempt."""

    def hand_in_to(user, response):
        client.force_login(user)
        version, number = version_for(user, item), Attempt.objects.filter(item=item).count() + 1
        sent = {"action": uuid4(), "number": number, "version": version.code, "response": response}
        client.post(reverse("attempt-submit", args=[item.code]), sent, headers=HTMX)
        return Attempt.objects.filter(item=item, enrollment__user=user).last()

    return hand_in_to


def test_students_see_variants_of_their_own_that_stay_theirs(client, alice, bob, item):
    seen = {}
    for user in (alice, bob, alice):
        client.force_login(user)
        client.post(reverse("help", args=[item.code]), {"level": "hint", "number": 1})
        page = client.get(item.get_absolute_url()).content.decode()
        values = values_of(version_for(user, item))
        assert f"What is {values['a']} times {values['b']}?" in page
        assert f"Begin with {values['a']} times 100." in page
        assert "[[" not in page
        assert seen.setdefault(user, values) == values
    assert seen[alice] != seen[bob]
    assert sorted(StudentVariant.objects.values_list("seed", flat=True)) == [1, 2]


def test_the_answer_is_judged_by_the_key_of_the_variant(alice, bob, item, hand_in_to):
    alices = version_for(alice, item)
    wrong = hand_in_to(bob, right_answer(alices))
    assert wrong.verdict == Verdict.INCORRECT
    right = hand_in_to(alice, right_answer(alices))
    assert (right.verdict, right.score) == (Verdict.CORRECT, 1)
    assert (right.version, right.version.template) == (alices, item.problem.current)


def test_a_wrong_answer_that_was_expected_brings_what_its_author_says(
    client, alice, item, hand_in_to
):
    values = values_of(version_for(alice, item))
    attempt = hand_in_to(alice, f"{values['b']} + {values['a']}")
    sentence = f"That is the **sum** of {values['a']} and {values['b']}."
    assert (attempt.verdict, attempt.grade.rule) == (Verdict.INCORRECT, "expected")
    assert str(attempt.grade.feedback) == sentence
    assert sentence in client.get(item.get_absolute_url()).content.decode()
    assert not hand_in_to(alice, "1").grade.feedback


def test_the_answer_to_another_variant_is_not_taken(alice, bob, item, hand_in):
    assert hand_in(alice, "1", version=version_for(bob, item).code) == Refusal.REVISED
    assert hand_in(alice, "1", version=item.problem.current.code) == Refusal.REVISED
    assert not Attempt.objects.exists()


def test_what_is_typed_is_kept_and_read_for_the_variant(client, alice, item):
    client.force_login(alice)
    page = client.post(reverse("draft", args=[item.code]), {"response": "1/2"})
    assert r"\frac{1}{2}" in page.content.decode()
    assert Draft.objects.get().response == "1/2"


def test_a_teacher_opens_what_the_student_saw(client, alice, bob, carol, dan, item, hand_in_to):
    version_for(alice, item)
    attempt = hand_in_to(bob, "1")
    item.problem.revise(products(statement="Multiply [[a]] by [[b]]."))
    values = values_of(attempt.version)
    client.force_login(carol)
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert f"What is {values['a']} times {values['b']}?" in page
    assert "Variant 2" in page
    client.force_login(dan)
    assert client.get(attempt.get_absolute_url()).status_code == 404


def test_a_teacher_who_looks_at_a_students_page_sees_their_variant(
    client, alice, bob, carol, section, item
):
    version_for(bob, item)
    client.force_login(carol)
    for user, note in ((bob, False), (alice, True)):
        page = client.get(reverse("student-item", args=[section.code, user.username, item.code]))
        assert ("This is one of the variants" in page.content.decode()) == note
    assert not StudentVariant.objects.filter(enrollment__user=alice).exists()
    version_for(alice, item)
    page = client.get(reverse("student-item", args=[section.code, "alice", item.code]))
    values = values_of(version_for(alice, item))
    assert f"What is {values['a']} times {values['b']}?" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_class_may_open_it_at_the_same_moment(section, item):
    add_students(section, VARIANTS)
    students = list(section.enrollments.filter(role="student"))

    def open_item(student):
        try:
            return variant_for(Item.objects.get(pk=item.pk), student).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2 * len(students)) as pool:
        opened = list(pool.map(open_item, students * 2))
    assert opened[: len(students)] == opened[len(students) :]
    assert StudentVariant.objects.count() == len(students)
    for version in ProblemVersion.objects.filter(pk__in=opened):
        assert version.content().key.value == right_answer(version)


def test_after_an_edit_the_student_keeps_the_seed(bob, alice, item):
    version_for(alice, item)
    before = version_for(bob, item)
    item.problem.revise(products(statement="Multiply [[a]] by [[b]]."))
    item.problem.refresh_from_db()
    after = version_for(bob, item)
    assert after != before
    assert after.template == item.problem.current
    assert values_of(after) == values_of(before)


def test_who_teaches_sees_an_example_and_takes_no_variant(client, carol, item):
    client.force_login(carol)
    page = client.get(item.get_absolute_url()).content.decode()
    values = products().values_of(1)
    assert f"What is {values['a']} times {values['b']}?" in page
    assert "Students get different values here." in page
    assert not StudentVariant.objects.exists()


def test_a_class_shares_so_many_variants_and_their_solutions(section, item):
    add_students(section, 2 * VARIANTS - 2)
    students = section.enrollments.filter(role="student")
    versions = [variant_for(item, student) for student in students]
    assert len(versions) == 2 * VARIANTS
    assert {versions.count(version) for version in versions} == {2}
    assert ProblemVersion.objects.filter(template=item.problem.current).count() == VARIANTS
    assert len({request_solution(version, None) for version in versions}) == VARIANTS


def test_a_seed_that_has_no_variant_any_more_falls_back_to_the_first(alice, bob, item):
    firsts, seconds = version_for(alice, item), version_for(bob, item)
    nothing_for_bob = f"[[a]] times [[b]], not [[1/(a - {values_of(seconds)['a']})]]"
    item.problem.revise(products(statement=nothing_for_bob))
    item.problem.refresh_from_db()
    assert values_of(version_for(bob, item)) == values_of(firsts)


def test_without_parameters_nobody_draws(client, alice, section):
    plain = make_assignment(section, [make_problem("plain")]).problem_set.items.get()
    client.force_login(alice)
    assert escape(plain.version.title) in client.get(plain.get_absolute_url()).content.decode()
    assert version_for(alice, plain) == plain.problem.current
    assert not StudentVariant.objects.exists()
