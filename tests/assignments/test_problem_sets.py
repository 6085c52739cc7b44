"""Putting a problem set together."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import make_assignment, make_problem, make_section
from tutor.assignments.models import Assignment, Item, ProblemSet
from tutor.attempts.models import Attempt
from tutor.problems.models import Problem, Skill

HTMX = {"HX-Request": "true"}


@pytest.fixture
def hers(carol, section):
    """A set of Carol's with three problems, assigned to nobody."""
    problem_set = ProblemSet.objects.create(title="Sums", owner=carol)
    problem_set.append([make_problem(f"p{n}", title=f"Problem {n}") for n in range(3)])
    Problem.objects.update(is_shared=True)
    return problem_set


def url(name, problem_set):
    return reverse(name, args=[problem_set.code])


def order(problem_set):
    return list(problem_set.items.values_list("problem__slug", flat=True))


def page_of(problem_set, slugs=("p0", "p1", "p2"), points=("1", "1", "1")):
    """What its form sends."""
    codes = {item.problem.slug: str(item.code) for item in problem_set.items.all()}
    sent = {"item": [codes[slug] for slug in slugs]}
    return sent | {f"points-{codes[s]}": p for s, p in zip(slugs, points, strict=True)}


def test_a_title_makes_a_set(client, carol, section):
    client.force_login(carol)
    answer = client.post(reverse("sets"), {"title": "Fractions"})
    made = ProblemSet.objects.get()
    assert (made.title, made.owner, answer.url) == ("Fractions", carol, made.get_absolute_url())
    assert "The set is empty" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("title", ["", " ", "a\0", "a" * 201])
def test_a_title_that_is_none_is_refused_at_its_field(client, carol, section, hers, title):
    client.force_login(carol)
    assert client.post(reverse("sets"), {"title": title}).context["form"].errors["title"]
    page = client.post(url("set-change", hers), {"do": "rename", "title": title})
    assert page.context["title_form"].errors["title"]
    hers.refresh_from_db()
    assert hers.title == "Sums"


def test_problems_are_found_and_added_once(client, carol, hers):
    skill = Skill.objects.create(name="geometry.area")
    area = make_problem("area", title="An area", statement="How large?")
    area.skills.add(skill)
    Problem.objects.update(is_shared=True)
    client.force_login(carol)
    hits = list(client.get(hers.get_absolute_url(), {"skill": "geometry"}).context["hits"])
    assert hits == [area]
    slope = make_problem("slope")
    slope.skills.add(Skill.objects.create(name="functions.linear.slope"))
    Problem.objects.update(is_shared=True)
    for name in ("slope", "Slop", "functions.linear"):
        assert list(client.get(hers.get_absolute_url(), {"skill": name}).context["hits"]) == [slope]
    assert not client.get(hers.get_absolute_url(), {"text": "Problem"}).context["hits"]
    for _ in range(2):
        client.post(url("set-add", hers), {"problem": [str(area.code)]})
    assert order(hers) == ["p0", "p1", "p2", "area"]


def test_what_fits_and_is_in_the_set_already_is_counted(client, carol, hers):
    client.force_login(carol)

    def searched(text: str) -> str:
        return client.get(hers.get_absolute_url(), {"text": text}).content.decode()

    assert "The 1 problem that fits is in the set already." in searched("p2")
    assert "All 3 problems that fit are in the set already." in searched("Problem")
    assert "No problem fits." in searched("Nothing")
    make_problem("p3", title="Problem 3")
    Problem.objects.update(is_shared=True)
    assert "3 more that fit are in the set already" in searched("Problem")


def test_what_was_added_is_told_beside_the_search(client, carol, hers):
    more = make_problem("more", title="More sums")
    Problem.objects.update(is_shared=True)
    client.force_login(carol)
    address = f"{url('set-add', hers)}?text=sums"
    answer = client.post(address, {"problem": [str(more.code)]}, follow=True)
    catalogue = answer.content.decode().partition('id="catalogue"')[2]
    assert answer.content.decode().count("1 problem is added.") == 1
    assert "1 problem is added." in catalogue
    assert "in the set already" not in catalogue  # the page has just said why
    assert (
        "The 1 problem that fits is in the set already."
        in client.get(answer.wsgi_request.path + "?text=sums").content.decode()
    )


def test_titles_are_sorted_whatever_their_case(client, carol, hers):
    titles = ["alpha", "Beta", "gamma", "Zeta", "delta"]
    for n, title in enumerate(titles):
        make_problem(f"t{n}", title=title)
        ProblemSet.objects.create(title=title, owner=carol)
    Problem.objects.filter(slug__startswith="t").update(is_shared=True)
    client.force_login(carol)
    in_order = ["alpha", "Beta", "delta", "gamma", "Zeta"]
    page = client.get(reverse("sets")).context["page"]
    assert [row.title for row in page if row != hers] == in_order
    shown = client.get(reverse("problems")).context["page"]
    assert [row.current.title for row in shown if row.current.title in titles] == in_order


def test_the_first_search_is_in_the_language_of_the_page(client, carol, hers):
    client.force_login(carol)
    for language in ("zh-hans", "en"):
        User.objects.filter(pk=carol.pk).update(language=language)
        page = client.get(hers.get_absolute_url()).content.decode()
        assert f'<option value="{language}" selected>' in page


def test_ten_problems_are_added_at_once_and_the_search_stays(client, carol, hers):
    for number in range(12):
        make_problem(f"more-{number}", title="More", statement=f"Half of {number}?")
    make_problem("hanzi", title="More", language="zh-hans")
    Problem.objects.update(is_shared=True)
    client.force_login(carol)
    query = {"text": "half", "sort": "newest"}
    page = client.get(hers.get_absolute_url(), query)
    shown = [str(problem.code) for problem in page.context["hits"]]
    assert "Half of 11?" in page.content.decode()
    address = f"{url('set-add', hers)}?{page.context['search_query']}"
    page = client.post(address, {"all": "1", "shown": shown}, follow=True)
    assert order(hers)[3:] == [f"more-{number}" for number in range(11, 1, -1)]
    assert [problem.slug for problem in page.context["hits"]] == ["more-1", "more-0"]


@pytest.mark.parametrize("code", ["x", "", "a\0", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_problem_is_not_added(client, carol, hers, code):
    client.force_login(carol)
    client.post(url("set-add", hers), {"problem": [code]})
    assert len(order(hers)) == 3


def test_a_problem_that_one_may_not_read_is_not_added(client, carol, hers, admin):
    secret = make_problem("secret")
    Problem.objects.filter(pk=secret.pk).update(owner=admin, is_shared=False)
    client.force_login(carol)
    client.post(url("set-add", hers), {"problem": [str(secret.code)]})
    assert "secret" not in order(hers)


@pytest.mark.parametrize(
    ("act", "slug", "order_after"),
    [
        ("up", "p1", ["p1", "p0", "p2"]),
        ("up", "p0", ["p0", "p1", "p2"]),
        ("down", "p1", ["p0", "p2", "p1"]),
        ("down", "p2", ["p0", "p1", "p2"]),
        ("remove", "p1", ["p0", "p2"]),
    ],
)
def test_buttons_move_and_remove(client, carol, hers, act, slug, order_after):
    client.force_login(carol)
    code = hers.items.get(problem__slug=slug).code
    answer = client.post(url("set-items", hers), page_of(hers) | {"do": f"{act}:{code}"})
    assert answer.url == hers.get_absolute_url()
    assert order(hers) == order_after


def test_the_order_of_the_page_and_its_points_are_kept(client, carol, hers):
    client.force_login(carol)
    sent = page_of(hers, ("p2", "p0", "p1"), ("3", "0,5", "0"))
    page = client.post(url("set-items", hers), sent | {"do": "save"}, headers=HTMX)
    assert "<html" not in page.content.decode()
    assert order(hers) == ["p2", "p0", "p1"]
    points = [item.points for item in hers.items.all()]
    assert points == [3, Decimal("0.5"), 0]


@pytest.mark.parametrize("points", ["", "x", "-1", "1001", "NaN", "Infinity", "1e99", "9" * 40])
def test_points_that_are_none_change_nothing_and_are_named(client, carol, hers, points):
    client.force_login(carol)
    sent = page_of(hers, ("p2", "p0", "p1"), ("1", points, "1")) | {"do": "save"}
    page = client.post(url("set-items", hers), sent, headers=HTMX)
    assert "Problem 0: Enter" in page.content.decode()
    assert order(hers) == ["p0", "p1", "p2"]


def test_what_students_have_worked_on_stays(client, carol, alice, item, assignment, problem):
    ProblemSet.objects.update(owner=carol)
    enrollment = assignment.section.enrollments.get(user=alice)
    enrollment.attempts.create(item=item, version=problem.current, number=1, action=item.code)
    client.force_login(carol)
    sent = {"item": [str(item.code)], "do": f"remove:{item.code}"}
    page = client.post(url("set-items", item.problem_set), sent, headers=HTMX)
    assert "Students have worked on this problem" in page.content.decode()
    assert Item.objects.contains(item)
    client.post(url("set-change", item.problem_set), {"do": "delete"})
    assert ProblemSet.objects.exists()


def test_an_assigned_set_keeps_a_problem(client, carol, section, hers):
    hers.items.exclude(problem__slug="p1").delete()
    make_assignment(section, [])
    Assignment.objects.update(problem_set=hers)
    client.force_login(carol)
    sent = {"do": f"remove:{hers.items.get().code}"}
    answer = client.post(url("set-items", hers), sent, headers=HTMX).content.decode()
    assert "so it keeps a problem. Add another one first." in answer
    assert order(hers) == ["p1"]


def test_a_set_that_is_unused_can_be_deleted(client, carol, hers):
    client.force_login(carol)
    assert client.post(url("set-change", hers), {"do": "delete"}).url == reverse("sets")
    assert not ProblemSet.objects.exists()


def test_a_colleague_copies_what_a_common_section_has(client, carol, section, assignment):
    client.force_login(carol)
    page = client.get(assignment.problem_set.get_absolute_url())
    assert not page.context["may_edit"]
    client.post(url("set-change", assignment.problem_set), {"do": "copy"})
    copied = ProblemSet.objects.get(owner=carol)
    assert copied.items.count() == 1


def test_only_its_owner_changes_it(client, request, hers, alice, dan):
    for user in (alice, dan):
        client.force_login(user)
        assert client.get(hers.get_absolute_url()).status_code == 404
        for name in ("set-add", "set-items", "set-change"):
            for do in ("delete", "copy", "rename", "save"):
                answer = client.post(url(name, hers), {"do": do, "title": "Mine"})
                assert answer.status_code == 404
    assert (hers.items.count(), ProblemSet.objects.count()) == (3, 1)


def test_students_find_no_sets(client, alice, assignment):
    client.force_login(alice)
    for address in (reverse("sets"), assignment.problem_set.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_queries_do_not_grow_with_the_problems(client, carol, hers):
    client.force_login(carol)
    counts = []
    for first in (10, 40):
        hers.append([make_problem(f"q{n}") for n in range(first, first + 20)])
        with CaptureQueriesContext(connection) as queries:
            client.get(hers.get_absolute_url(), {"text": "sum"})
            client.get(reverse("sets"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_set_says_where_the_models_help_is_off(client, carol, hers):
    client.force_login(carol)
    words = "no help by the model"
    assert words not in client.get(hers.get_absolute_url()).content.decode()
    hers.items.filter(problem__slug="p1").update(has_model_help=False)
    assert words in client.get(hers.get_absolute_url()).content.decode()
    client.post(url("set-items", hers), page_of(hers) | {"do": "save"})
    assert hers.items.filter(has_model_help=False).count() == 1


def test_a_copy_keeps_that_the_models_help_is_off(client, carol, hers):
    hers.items.filter(problem__slug="p1").update(has_model_help=False)
    copied = hers.copy_for(carol)
    assert copied.items.get(has_model_help=False).problem.slug == "p1"


def test_a_set_that_a_class_has_done_gets_no_further_problem(
    client, carol, alice, section, item, assignment
):
    client.force_login(carol)
    problem_set, other = assignment.problem_set, make_problem("other")
    Problem.objects.update(is_shared=True)
    ProblemSet.objects.update(owner=carol)
    enrollment = section.enrollments.get(user=alice)
    version = item.problem.current
    Attempt.objects.create(
        enrollment=enrollment, item=item, version=version, response="7", number=1, action=uuid4()
    )
    Assignment.objects.update(opens_at=ago(days=9), due_at=ago(days=1))
    sent = {"problem": [str(other.code)]}
    page = client.post(url("set-add", problem_set), sent, follow=True).content.decode()
    assert "has done this set, and its results would change" in page
    assert "other" not in order(problem_set)
    Assignment.objects.update(closes_at=ago(days=-1))  # late answers are taken
    client.post(url("set-add", problem_set), sent)
    assert "other" in order(problem_set)


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_the_page_of_a_set_shows_what_is_asked_and_leads_on(client, carol, section):
    client.force_login(carol)
    problems = [make_problem(f"sum-{n}", statement=f"What is {n} + 1?") for n in (1, 2)]
    mine = ProblemSet.objects.create(title="Sums", owner=carol)
    mine.append(problems)
    mine.items.update(points=2)
    page = client.get(mine.get_absolute_url()).content.decode()
    assert "What is 1 + 1?" in page
    assert "What is 2 + 1?" in page
    assert "Points: 4" in page
    address = f"{reverse('assign', args=[section.code])}?set={mine.code}"
    assert f'<a class="btn btn-primary" href="{address}">' in page
    other = make_section(teacher=carol, students=[], name="10b")
    page = client.get(mine.get_absolute_url()).content.decode()
    assert f'<a class="btn btn-primary" href="{address}">' in page
    assert '<summary class="btn btn-quiet">Another class</summary>' in page
    other_address = f"{reverse('assign', args=[other.code])}?set={mine.code}"
    assert f'<a class="btn btn-quiet" href="{other_address}">' in page


def test_problems_are_found_by_their_level(client, carol, hers):
    client.force_login(carol)
    for level in (1, 2):
        make_problem(f"at-level-{level}", title=f"At level {level}", level=level)
    Problem.objects.update(owner=carol)
    for address in (reverse("problems"), hers.get_absolute_url()):
        page = client.get(address, {"text": "level", "level": "2"}).content.decode()
        assert "At level 2" in page
        assert "At level 1" not in page
        assert '<option value="2" selected>' in page
        assert "At level 1" in client.get(address, {"text": "level", "level": "x"}).content.decode()
