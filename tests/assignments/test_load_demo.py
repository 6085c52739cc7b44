from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tutor.assignments.models import Assignment, Item
from tutor.attempts.help import items_with_solutions_for
from tutor.attempts.models import Attempt, Practice
from tutor.attempts.results.mastery import Level, mastery_of
from tutor.problems.bank.ready_sets import ready_sets
from tutor.problems.models import Problem, ProblemVersion


def loaded() -> str:
    printed = StringIO()
    call_command("load_demo", stdout=printed)
    return printed.getvalue()


@pytest.mark.slow
def test_a_small_school_is_loaded_once_and_loading_again_undoes_nothing(db, client):
    output = loaded()
    the_accounts_sign_in_and_have_their_roles(output, client)
    every_ready_set_can_be_taken()
    a_class_has_worked_already()
    loading_again_undoes_nothing()


def the_accounts_sign_in_and_have_their_roles(output, client):
    for name in ("admin", "carol", "alice", "bob"):
        assert f"lemma-{name}" in output
        assert client.login(username=name, password=f"lemma-{name}")
    assert User.objects.get(username="admin").is_superuser
    assert User.objects.get(username="bob").language == "zh-hans"
    alice = User.objects.get(username="alice")
    watchable = items_with_solutions_for(alice)
    assert {item.problem_set.title for item in watchable} == {"Warming up"}
    assert Assignment.objects.visible_to(alice).count() == 3
    open_ones = Assignment.objects.filter(help_policy="always")
    assert set(open_ones.values_list("step_policy", flat=True)) == {"always"}
    items = Item.objects.filter(problem_set__title="Warming up")
    assert items.filter(problem__slug="cubic-extrema-closed-interval").exists()
    languages = Item.objects.values_list("problem__current__language", flat=True)
    assert set(languages) == {"en"}  # that of the class


def every_ready_set_can_be_taken():
    slugs = {slug for ready in ready_sets() for slug in ready.slugs("en") + ready.slugs("zh-hans")}
    stored = Problem.objects.filter(slug__in=slugs, is_public=True)
    assert stored.count() == len(slugs)


def a_class_has_worked_already():
    classmates = User.objects.filter(email="")
    assert classmates.count() == 12
    assert not any(user.has_usable_password() for user in classmates)
    verdicts = set(Attempt.objects.values_list("grade__verdict", flat=True))
    assert verdicts >= {"correct", "incorrect"}
    stuck = Attempt.objects.filter(item__problem__slug="unknown-on-both-sides")
    stuck = stuck.filter(enrollment__user__username="noor")
    assert [attempt.verdict for attempt in stuck] == ["incorrect"] * 3
    begun = Attempt.objects.filter(enrollment__user__username__in=["alice", "bob"])
    assert not begun.filter(item__problem_set__title="Warming up").exists()
    practice = Practice.objects.with_results()
    assert all(row.right for row in practice)
    assert {bool(row.helped) for row in practice} == {True, False}
    levels = {
        mastery.level
        for skills in mastery_of(Attempt.with_practice.all()).values()
        for mastery in skills.values()
    }
    assert levels >= {Level.UNKNOWN, Level.SECURE}
    assert len(levels) > 2


def loading_again_undoes_nothing():
    rows = (Problem, ProblemVersion, Attempt)
    before = [model.objects.count() for model in rows]
    alice = User.objects.get(username="alice")
    alice.set_password("her-own-9")
    alice.save()
    User.objects.get(username="bob").delete()
    Assignment.objects.get(problem_set__title="Warming up").delete()
    problem = Problem.objects.get(slug="half-of-sixteen")
    problem.current.title = "Corrected"
    problem.current.save()

    output = loaded()
    assert "(was changed)" in output
    assert User.objects.filter(username="bob").exists()
    assert Assignment.objects.count() == 3
    problem.current.refresh_from_db()
    assert problem.current.title == "Corrected"
    assert [model.objects.count() for model in rows] == before
    pk = Attempt.objects.values_list("enrollment__section", flat=True).first()
    with pytest.raises(CommandError, match=f"section {pk} has answers already"):
        call_command("load_demo_answers", str(pk))


def test_it_refuses_where_others_can_reach_it(db, settings):
    settings.IS_LOCAL = False
    settings.ORIGINS = ["https://lemma.school.example"]
    with pytest.raises(CommandError, match=r"https://lemma\.school\.example"):
        call_command("load_demo")
    assert not User.objects.exists()
