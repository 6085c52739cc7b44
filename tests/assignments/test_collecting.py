"""Problems are collected into a set on the pages where they are found."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tutor.assignments.collecting import new_collection
from tutor.assignments.models import ProblemSet
from tutor.problems.models import Problem, Skill
from tutor.problems.skills.names import skill_name


@pytest.fixture
def problems(carol):
    titles = ["Adding", "A longer sum", "Sum"]
    made = [make_problem(f"sum-{n}", title=title) for n, title in enumerate(titles)]
    Problem.objects.update(owner=carol)
    return made


def test_problems_are_collected_from_page_to_page(client, carol, dan, section, problems):
    client.force_login(carol)
    collect, first, second = reverse("problem-collect"), problems[0], problems[1]
    piece = client.post(collect, {"problem": first.code, "into": "new"}, headers={"HX-Request": 1})
    made = ProblemSet.objects.get()
    assert made.owner == carol
    for sentence in ("In your set", "1 problem collected", made.title):
        assert sentence in piece.content.decode()
    sent = {"problem": second.code, "into": made.code, "back": "/problems/?text=sum"}
    assert client.post(collect, sent).url == f"/problems/?text=sum#collect-{second.code}"
    client.post(collect, sent)  # a second click
    assert [item.problem for item in made.items.all()] == problems[:2]
    page = client.get(reverse("problems")).content.decode()
    assert (page.count("In your set"), page.count("Add to set<span")) == (2, 1)
    assert "2 problems collected" in page
    assert client.post(collect, sent | {"back": "//evil.example"}).url.startswith("/problems/#")
    # What a class has, or somebody else owns, is no draft.
    given = make_assignment(section, [first]).problem_set
    hidden = "Sets already assigned are not listed."
    assert hidden not in client.get(reverse("problems")).content.decode()
    ProblemSet.objects.filter(pk=given.pk).update(owner=carol)
    assert hidden in client.get(reverse("problems")).content.decode()
    client.post(collect, {"problem": second.code, "into": given.code})
    assert (given.items.count(), ProblemSet.objects.count()) == (1, 3)
    client.force_login(dan)
    assert client.post(collect, {"problem": first.code}).status_code == 404


@pytest.mark.usefixtures("problems")
def test_an_exact_title_comes_first_and_results_have_pages(client, carol, section):
    client.force_login(carol)
    page = client.get(reverse("problems"), {"text": "sum"})
    assert [str(row) for row in page.context["page"]] == ["Sum", "A longer sum", "Adding"]
    for n in range(11):
        make_problem(f"more-{n}", title=f"More {n}")
    Problem.objects.update(owner=carol)
    made = ProblemSet.objects.create(title="Sums", owner=carol)
    address = made.get_absolute_url()
    hits = [client.get(address, {"text": "+", "page": n}).context["hits"] for n in (1, 2)]
    assert [len(rows) for rows in hits] == [10, 4]


def test_what_is_taken_out_again_can_be_added_again(client, carol, dan, section, problems):
    client.force_login(carol)
    draft = new_collection(carol, problems=problems[:2])
    draft.append(problems)
    collect = reverse("problem-collect")
    sent = {"remove": problems[1].code, "into": draft.code}
    piece = client.post(collect, sent, headers={"HX-Request": 1}).content.decode()
    assert [item.problem for item in draft.items.all()] == [problems[0], problems[2]]
    assert "Add to set" in piece
    assert "2 problems collected" in piece
    assert client.post(collect, sent).url == f"/problems/#collect-{problems[1].code}"
    foreign_set = ProblemSet.objects.create(title="Sums", owner=dan)
    foreign_set.append(problems)
    client.post(collect, {"remove": problems[1].code, "into": foreign_set.code})
    assert (draft.items.count(), foreign_set.items.count()) == (2, 3)


def test_the_first_problems_of_a_page_are_added_in_their_order(client, carol, section, problems):
    client.force_login(carol)
    page = client.get(reverse("problems"), {"sort": "title"})
    assert 'name="count" form="collect" value="3" min="1" max="3"' in page.content.decode()
    shown = [row.code for row in page.context["page"]]
    assert f'name="shown" value="{shown[0]}" form="collect"' in page.content.decode()
    sent = {"shown": shown, "count": "2", "into": "new", "back": "/problems/?sort=title"}
    response = client.post(reverse("problem-collect-first"), sent, follow=True)
    assert response.redirect_chain == [("/problems/?sort=title#found", 302)]
    made = ProblemSet.objects.get()
    assert [str(item.problem) for item in made.items.all()] == ["A longer sum", "Adding"]
    assert f"“{made}” has 2 problems now." in response.content.decode()
    assert f"{reverse('assign', args=[section.code])}?set={made.code}" in response.content.decode()


@pytest.mark.parametrize("count", ["", "0", "4", "-1", "two", "²", "9" * 5_000])
def test_how_many_are_added_is_a_number_of_those_shown(client, carol, section, problems, count):
    client.force_login(carol)
    sent = {"shown": [problem.code for problem in problems], "count": count, "into": "new"}
    response = client.post(reverse("problem-collect-first"), sent, follow=True)
    assert "Enter a number between 1 and 3." in response.content.decode()
    assert not ProblemSet.objects.exists()


def test_no_problem_of_somebody_else_is_added_with_the_first(client, carol, dan, section, problems):
    Problem.objects.filter(pk=problems[0].pk).update(owner=dan)
    client.force_login(carol)
    sent = {"shown": [problem.code for problem in problems], "count": "3", "into": "new"}
    client.post(reverse("problem-collect-first"), sent)
    assert [item.problem for item in ProblemSet.objects.get().items.all()] == problems[1:]


def test_the_page_of_a_problem_adds_it_once_and_leaves_rare_acts_in_a_menu(
    client, carol, section, problems
):
    client.force_login(carol)
    problem = problems[0]
    address = problem.get_absolute_url()
    page = client.get(address).content.decode()
    assert page.count("Add to set") == 1
    menu = page.split("<details", 1)[1].split("</details>", 1)[0]
    for act in ("Make my own copy", "Versions", "Regrade", "Archive"):
        assert act in menu
    sent = {"problem": problem.code, "into": "new", "back": address}
    assert client.post(reverse("problem-collect"), sent).url == f"{address}#collect-{problem.code}"
    assert "In your set" in client.get(address).content.decode()


def test_problems_are_listed_from_easy_to_hard(client, carol, section, problems):
    client.force_login(carol)
    for level, problem in zip((3, 1, 2), problems, strict=True):
        type(problem.current).objects.filter(pk=problem.current_id).update(level=level)
    page = client.get(reverse("problems"), {"sort": "level"})
    assert [row.current.level for row in page.context["page"]] == [1, 2, 3]
    assert '<option value="level" selected>easiest first' in page.content.decode()


def test_problems_are_listed_by_skill_from_easy_to_hard(client, carol, section, problems):
    client.force_login(carol)
    for level, path, problem in zip((3, 1, 2), ("b.one", "b.one", ""), problems, strict=True):
        type(problem.current).objects.filter(pk=problem.current_id).update(level=level)
        problem.tag([path] if path else [])
    first = make_problem("sum-3", title="Last of all", level=5)
    first.tag(["c.one", "a.two"])
    Problem.objects.update(owner=carol)
    own_set = ProblemSet.objects.create(title="Sums", owner=carol)
    in_order = ["Last of all", "A longer sum", "Adding", "Sum"]
    page = client.get(reverse("problems"), {"sort": "skill"})
    assert [str(row) for row in page.context["page"]] == in_order
    assert '<option value="skill" selected>by skill' in page.content.decode()
    page = client.get(own_set.get_absolute_url(), {"text": "", "sort": "skill"})
    assert [str(row) for row in page.context["hits"]] == in_order


def test_ready_sets_are_reached_from_the_sets(client, carol, section):
    client.force_login(carol)
    assert f"{reverse('problem-map')}#ready-sets" in client.get(reverse("sets")).content.decode()


@pytest.mark.usefixtures("problems", "section")
def test_who_wrote_a_problem_is_told_where_somebody_did(client, carol):
    client.force_login(carol)
    column = '<th scope="col">Written by</th>'
    assert column in client.get(reverse("problems")).content.decode()
    Problem.objects.update(owner=None, is_public=True, is_shared=True)
    page = client.get(reverse("problems")).content.decode()
    assert "A longer sum" in page
    assert column not in page


def test_each_form_of_a_word_finds_the_same_in_the_same_order(client, carol, section):
    client.force_login(carol)
    make_problem("slope", title="A slope", statement="Find the derivative.")
    make_problem("all", title="Derivatives of sums")
    make_problem("one", title="Derivative")
    make_problem("tagged", title="Fast").tag(["calculus.derivatives"])
    make_problem("none", title="A derived unit")
    Problem.objects.update(owner=carol)

    def hits(text):
        return [str(row) for row in client.get(reverse("problems"), {"text": text}).context["page"]]

    assert hits("derivative") == ["Derivative", "Derivatives of sums", "A slope", "Fast"]
    assert hits("Derivatives") == ["Derivative", "Derivatives of sums", "A slope", "Fast"]
    assert hits("sum derivatives") == ["Derivatives of sums"]
    skill = [client.get(reverse("problems"), {"skill": f"derivative{s}"}) for s in ("", "s")]
    assert [[str(row) for row in page.context["page"]] for page in skill] == [["Fast"], ["Fast"]]


def test_a_new_set_is_called_by_the_topic_of_over_half_of_its_problems(carol):
    problem = make_problem("a-fraction")
    problem.skills.add(Skill.objects.create(name="numbers.fractions.addition"))
    topic = new_collection(carol, problems=[problem]).title
    assert topic == skill_name("numbers.fractions")
    assert new_collection(carol, problems=[problem]).title == f"{topic} 2"
    assert new_collection(carol, "Mine", [problem]).title == "Mine"
    mixed = [problem, make_problem("of-no-skill")]
    assert new_collection(carol, problems=mixed).title.startswith("Collected on ")
