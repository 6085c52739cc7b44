"""The administration's pages of recipes, and who may not see them."""

import html

import pytest
from django.urls import reverse

from tests.conftest import make_user
from tests.factories import make_problem
from tutor.engine.shipped import SHIPPED
from tutor.redis_client import connect
from tutor.solutions.dispatch.model_choice import recipe_in_force
from tutor.solutions.dispatch.presence import Presence, announce
from tutor.solutions.models import Activation, Recipe
from tutor.solutions.models.recipe import activate

LIST = "/admin/solutions/recipe/"


@pytest.fixture
def recipe(db) -> Recipe:
    return Recipe.objects.create(name="ours", model="scripted-model", thinks=True)


@pytest.fixture
def in_office(client, admin):
    client.force_login(admin)
    return client


def fields(recipe: Recipe, **changed) -> dict[str, object]:
    """What the form posts."""
    names = ("name", "model", "engine", "quantization", "template", "temperature", "top_p")
    given = {name: getattr(recipe, name) for name in (*names, "max_tokens", "samples", "source")}
    given |= {"thinking_budget": recipe.thinking_budget or ""}
    given |= {"thinks": "on"} if recipe.thinks else {}
    return given | changed


def page_of(recipe: Recipe) -> str:
    return reverse("admin:solutions_recipe_change", args=[recipe.pk])


def prompts_page(recipe: Recipe) -> str:
    return reverse("admin:recipe-prompt", args=[recipe.pk])


def read(response) -> str:
    return html.unescape(response.content.decode())


def test_an_edited_recipe_is_a_version_more(in_office, admin, recipe):
    response = in_office.post(page_of(recipe), fields(recipe, temperature="0.3"), follow=True)
    newest = Recipe.objects.get(name="ours", version=2)
    assert response.redirect_chain[-1][0] == page_of(newest)
    assert "Saved as ours 2. Earlier versions stay as they are." in read(response)
    assert (newest.temperature, newest.author) == (0.3, admin)
    recipe.refresh_from_db()
    assert (recipe.version, recipe.temperature) == (1, 0.6)
    in_office.post(page_of(recipe), fields(recipe, samples="6"))
    assert Recipe.objects.get(name="ours", version=3).temperature == 0.6


def test_saving_what_was_not_changed_makes_nothing(in_office, recipe):
    response = in_office.post(page_of(recipe), fields(recipe), follow=True)
    assert "Nothing was changed." in read(response)
    assert Recipe.objects.filter(name="ours").count() == 1


def test_a_version_that_was_active_stays_active_until_another_is(in_office, admin, recipe):
    activate(recipe, admin)
    in_office.post(page_of(recipe), fields(recipe, max_tokens="100"))
    assert recipe_in_force() == recipe.for_engine()


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_stored(in_office, recipe):
    response = in_office.post(page_of(recipe), fields(recipe, temperature="3", max_tokens=""))
    assert response.status_code == 200
    assert "Enter a temperature from 0 to 2, not 3." in read(response)
    assert Recipe.objects.filter(name="ours").count() == 1


def test_a_new_one_begins_as_another_one_and_needs_a_name_of_its_own(in_office):
    shipped = Recipe.objects.get(name="r1-distill-qwen-1.5b-awq")
    page = read(in_office.get(page_of(shipped)))
    assert "copy it to a new recipe" in page
    assert 'name="_save"' not in page
    [link] = [piece.split('"')[0] for piece in page.split('href="') if "/add/?" in piece]
    form = in_office.get(link).context["adminform"].form
    begun = {name: form.initial.get(name) for name in ("model", "quantization", "temperature")}
    assert begun == {
        "model": shipped.model, "quantization": "awq", "temperature": "0.6",
    }  # fmt: skip
    add = reverse("admin:solutions_recipe_add")
    refused = in_office.post(add, fields(shipped, temperature="0.5"))
    assert "A recipe of this name comes with Lemma" in read(refused)
    in_office.post(add, fields(shipped, name="ours", temperature="0.5"))
    in_office.post(add, fields(shipped, name="ours", temperature="0.7"))
    versions = Recipe.objects.filter(name="ours").order_by("version")
    assert [(row.version, row.temperature) for row in versions] == [(1, 0.5), (2, 0.7)]


def test_what_comes_with_lemma_is_neither_edited_nor_deleted(in_office):
    shipped = Recipe.objects.get(name="gpt-3.5-turbo")
    assert in_office.post(page_of(shipped), fields(shipped, top_p="0.5")).status_code == 403
    delete = reverse("admin:solutions_recipe_delete", args=[shipped.pk])
    assert in_office.post(delete, {"post": "yes"}).status_code == 403
    assert Recipe.objects.count() == len(SHIPPED)


def test_the_action_makes_one_active_and_says_whether_a_worker_has_its_model(
    in_office, admin, recipe
):
    chosen = {"action": "make_active", "_selected_action": [recipe.pk]}
    page = read(in_office.post(LIST, chosen, follow=True))
    assert "The recipe ours 1 is active: new solutions use it from now on." in page
    assert "No worker has scripted-model loaded now." in page
    assert "The active recipe is ours 1, with the model scripted-model." in page
    assert [(row.recipe, row.author) for row in Activation.objects.all()] == [(recipe, admin)]
    with connect() as client:
        announce(client, Presence("w", True, "/srv/scripted-model"))
    assert "No worker has" not in read(in_office.post(LIST, chosen, follow=True))


def test_several_recipes_cannot_be_made_active(in_office, recipe):
    pks = list(Recipe.objects.values_list("pk", flat=True))
    page = read(
        in_office.post(LIST, {"action": "make_active", "_selected_action": pks}, follow=True)
    )
    assert "Choose one recipe: only one can be active." in page
    assert not Activation.objects.exists()


def test_the_prompt_page_activates_and_deactivates(in_office, admin, recipe):
    page = read(in_office.post(prompts_page(recipe), follow=True))
    assert recipe_in_force() == recipe.for_engine()
    assert "Deactivate" in page
    page = read(in_office.post(prompts_page(recipe), {"deactivate": "yes"}, follow=True))
    assert "No recipe is active now" in page
    assert [row.recipe for row in Activation.objects.order_by("pk")] == [recipe, None]
    in_office.post(prompts_page(recipe), {"deactivate": "yes"})  # in another tab, too late
    assert Activation.objects.count() == 2


def test_a_recipe_for_something_else_than_mathematics_is_shown_and_not_activated(in_office):
    decision = Recipe.objects.create(name="choosing", model="m", template="decision")
    page = read(in_office.get(prompts_page(decision)))
    assert "Then recommend one, and say what would change your mind." in page
    assert "请列出可行的方案" in page
    assert "cannot be made active" in page
    assert "Make active" not in page
    assert "cannot be made active" in read(in_office.post(prompts_page(decision), follow=True))
    assert not Activation.objects.exists()


def test_the_prompt_is_shown_to_the_letter(in_office, recipe):
    page = read(in_office.get(prompts_page(recipe)))
    [english, chinese] = in_office.get(prompts_page(recipe)).context["prompts"]
    assert english == recipe.for_engine().prompt(r"Solve \(x^2 - 5x + 6 = 0\).", [], "en")
    assert f'<pre class="prompt">{english.user}</pre>' in page
    assert f'<pre class="prompt">{chinese.user}</pre>' in page
    assert "B. 53" in chinese.user
    assert '<pre class="prompt forced"><think>\n</pre>' in page


def test_a_problem_of_the_catalogue_can_be_tried_without_its_answer(in_office, recipe):
    make_problem("a-secret", final_answer="86753091", statement="Which <b>number</b>?")
    response = in_office.get(prompts_page(recipe), {"problem": "a-secret"})
    assert "Which <b>number</b>?\n\nPlease reason" in read(response)
    assert b"<b>" not in response.content.split(b"The exact prompt")[1]
    assert b"86753091" not in response.content
    page = read(in_office.get(prompts_page(recipe), {"problem": "nothing"}))
    assert "There is no problem of this name." in page
    drawn = make_problem("drawn", statement="What is [[a]]?", parameters="a = 2..9")
    before = drawn.versions.count()
    assert "[[a]]" not in read(in_office.get(prompts_page(recipe), {"problem": "drawn"}))
    assert drawn.versions.count() == before


@pytest.mark.parametrize("name", ["alice", "carol", None])
def test_neither_students_nor_teachers_reach_them(client, recipe, section, alice, carol, name):
    if name:
        client.force_login({"alice": alice, "carol": carol}[name])
    pages = [LIST, page_of(recipe), prompts_page(recipe), "/admin/solutions/activation/"]
    for page in pages:
        for response in (client.get(page), client.post(page, {"action": "make_active"})):
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/")
    assert not Activation.objects.exists()


def test_staff_without_the_right_see_nothing_and_change_nothing(client, recipe):
    client.force_login(make_user("frank", is_staff=True))
    for page in (LIST, page_of(recipe), prompts_page(recipe)):
        assert client.get(page).status_code == 403
        assert client.post(page).status_code == 403
    assert not Activation.objects.exists()


def test_activations_are_not_edited(in_office, admin, recipe):
    activate(recipe, admin)
    row = Activation.objects.get()
    change = reverse("admin:solutions_activation_change", args=[row.pk])
    assert in_office.get(change).status_code == 200
    assert in_office.post(change, {"author": ""}).status_code == 403
    delete = reverse("admin:solutions_activation_delete", args=[row.pk])
    assert in_office.post(delete, {"post": "yes"}).status_code == 403
