"""The bank by the skill map: problems of a skill with their variants, and ready sets."""

from html import escape

import pytest
from django.urls import reverse

from tests.attempts.test_variants import products
from tests.factories import make_problem
from tutor.assignments.models import ProblemSet
from tutor.problems.bank.ready_sets import ready_sets
from tutor.problems.bank.topic_files import bank_records
from tutor.problems.models import Problem
from tutor.problems.skills.skill_map import AREAS

SKILL = "arithmetic.multiplication.whole_numbers"
READY = ready_sets()[0]


@pytest.fixture
def problems(section):
    """Two of one skill; one of them has variants."""
    plain, varied = make_problem("plain", title="Plain"), make_problem("varied", title="Varied")
    varied.revise(products())
    for problem in (plain, varied):
        problem.tag([SKILL])
    Problem.objects.update(is_shared=True)
    return [plain, varied]


def page_of_skill():
    return reverse("problem-map-skill", args=[SKILL])


def test_the_map_leads_to_the_problems_of_a_skill(client, carol, problems):
    client.force_login(carol)
    assert client.get(reverse("problem-map")).content.decode().count('class="secure" cx=') == 1
    area = client.get(reverse("problem-map-area", args=["arithmetic"])).content.decode()
    assert page_of_skill() in area
    assert "2 problems" in area


def test_three_variants_are_shown_before_one_is_chosen(client, carol, problems):
    client.force_login(carol)
    page = client.get(page_of_skill()).content.decode()
    content = products()
    for seed in (1, 2, 3):
        assert escape(content.variant(seed).statement) in page
    assert page.count("<h3>Variant ") == 3


def test_chosen_problems_make_a_set(client, carol, dan, problems):
    client.force_login(carol)
    address = reverse("problem-map-take")
    sent = {"skill": SKILL, "problem": [problems[1].code, "nonsense"]}
    client.post(address, sent)
    client.post(address, sent)  # a second click
    made = ProblemSet.objects.get()
    assert (made.title, made.owner) == ("Multiplying whole numbers", carol)
    assert [item.problem for item in made.items.all()] == [problems[1]]
    answer = client.post(address, {"skill": SKILL})
    assert (answer.url, ProblemSet.objects.count()) == (page_of_skill(), 1)


def test_a_ready_set_is_assigned_with_two_clicks(client, carol, section, db):
    for slug in reversed(READY.problems[:3]):
        make_problem(slug)
    Problem.objects.update(is_shared=True)
    client.force_login(carol)
    assert READY.title in client.get(reverse("problem-map")).content.decode()
    address = reverse("ready-set", args=[READY.slug])
    answer = client.post(address, {"section": section.code})
    made = ProblemSet.objects.get()
    assert answer.url == f"{reverse('assign', args=[section.code])}?set={made.code}"
    assert [item.problem.slug for item in made.items.all()] == list(READY.problems[:3])
    assert client.get(answer.url).status_code == 200


def test_a_ready_set_is_looked_at_before_it_is_taken(client, carol, section):
    make_problem(READY.problems[0], statement="Half of 8?", level=2)
    Problem.objects.update(is_shared=True)
    client.force_login(carol)
    page = client.get(reverse("ready-set", args=[READY.slug])).content.decode()
    for words in (READY.title, "A sum", "Half of 8?", "level 2", "Add to my sets"):
        assert words in page
    assert not ProblemSet.objects.exists()


def test_a_ready_set_without_its_problems_is_not_made(client, carol, section):
    client.force_login(carol)
    answer = client.post(reverse("ready-set", args=[READY.slug]), follow=True)
    assert "are not stored here" in answer.content.decode()
    assert not ProblemSet.objects.exists()


def test_another_class_is_not_found(client, dan, carol, section, problems):
    make_problem(READY.problems[0])
    Problem.objects.update(is_shared=True)
    client.force_login(dan)
    address = reverse("ready-set", args=[READY.slug])
    assert client.post(address, {"section": section.code}).status_code == 404


def test_students_and_unknown_places_get_a_404(client, alice, carol, problems):
    client.force_login(alice)
    for address in (reverse("problem-map"), page_of_skill()):
        assert client.get(address).status_code == 404
    client.force_login(carol)
    assert client.get(reverse("problem-map-area", args=["alchemy"])).status_code == 404
    assert client.get(page_of_skill().replace("whole", "half")).status_code == 404
    assert client.post(reverse("ready-set", args=["none"])).status_code == 404


def test_every_ready_set_is_of_problems_in_the_bank():
    slugs = {record.slug for record in bank_records()}
    for ready in ready_sets():
        assert ready.area in AREAS
        assert 5 <= len(set(ready.problems)) == len(ready.problems) <= 12
        for language in ("en", "zh-hans"):
            assert slugs.issuperset(ready.slugs(language))
            assert ready.titles[language]
