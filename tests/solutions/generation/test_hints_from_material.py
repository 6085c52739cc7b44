"""A hint points to passages of the section's material, where its teacher has switched that on."""

import pytest
from django.urls import reverse

from tests.factories import make_problem
from tests.materials.conftest import make_material  # noqa: F401  (a fixture of these tests too)
from tests.solutions.generation.test_hints import GOOD, HTMX, IDEA, Saying
from tutor.attempts.models import Attempt, GivenHelp, WithheldHelp
from tutor.courses.models import Section
from tutor.materials.models import Citation, Material, Passage
from tutor.problems.models import Problem, ProblemVersion, StoredKey
from tutor.solutions.generation.hints import write_answer_hint
from tutor.solutions.models import AnswerHint

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = r"""# Zeros of a quadratic equation

It tells how many zeros a quadratic equation has: two, one or none, of which some are positive.

# Example

The quadratic equation \(x^2 = 986902225\) has two zeros, \(\pm 31415\), and one is positive.

# Circles

Twice the radius.
"""
OTHERS = "".join(f"# Place {n}\n\nSomething about the {n}th place.\n\n" for n in range(9))
TITLE = "Script, Zeros of a quadratic equation"


@pytest.fixture
def problem(db) -> Problem:
    return make_problem(
        "a-secret",
        title="Zeros of a quadratic equation",
        statement="Which positive zero has this quadratic equation?",
        final_answer="31415",
        solution="\\boxed{31415}",
    )


@pytest.fixture
def material(section, make_material) -> Material:  # noqa: F811
    Section.objects.update(cites_material=True)
    return make_material(SCRIPT + OTHERS)


@pytest.fixture
def ask(client, alice, item, hand_in):
    """Alice hands in a wrong answer, asks about it, and a worker writes; the part of her page."""

    def ask(start_worker, *answers):
        client.force_login(alice)
        if not Attempt.objects.exists():
            hand_in(alice, "17", working=("x^2 = 289", "x = 17"))
        address = reverse("help", args=[item.code])
        client.post(address, {"level": "reply", "number": 1}, headers=HTMX)
        engine = Saying(*answers)
        start_worker(engine)
        write_answer_hint(AnswerHint.objects.get().pk)
        return engine, client.get(address, headers=HTMX, follow=True).content.decode()

    return ask


def cited():
    return [(citation.number, citation.passage.heading) for citation in Citation.objects.all()]


def test_material_is_not_used_by_default(section, ask, start_worker, make_material):  # noqa: F811
    make_material(SCRIPT + OTHERS)
    engine, page = ask(start_worker, "Look again [1].")
    assert "material" not in engine.prompts[0].user
    assert cited() == []
    assert "See:" not in page
    assert "material" not in AnswerHint.objects.get().recipe
    assert GivenHelp.objects.get().text == "Look again [1]."


def test_a_hint_is_written_from_passages_and_shown_with_them(material, ask, start_worker):
    engine, page = ask(start_worker, "Count the zeros [1].")
    [prompt] = engine.prompts
    assert (
        "From the course material:\n\n[1] Script\n\nZeros of a quadratic equation\n\nIt tells"
        in prompt.user
    )
    assert "Circles" not in prompt.user
    assert "name its number" in prompt.user
    assert "Their answer:\n\n> 17" in prompt.user
    passage = Passage.objects.get(position=1)
    assert cited() == [(1, "Zeros of a quadratic equation")]
    assert "Count the zeros [1]." in page
    assert f'[1] <a href="{passage.get_absolute_url()}">{TITLE}</a>' in page
    assert AnswerHint.objects.get().recipe.endswith(" material-1")


def test_what_is_cited_is_what_was_found_whatever_the_model_says(material, ask, start_worker):
    _, page = ask(start_worker, "See [2] and [7], or [12] \\[2\\].")
    assert GivenHelp.objects.get().text == "See and, or \\[2\\]."
    assert cited() == [(1, "Zeros of a quadratic equation")]
    assert "Example" not in page


def test_a_passage_that_says_the_answer_is_not_shown(client, alice, material, ask, start_worker):
    _, page = ask(start_worker, GOOD)
    assert "31415" not in page
    example = Passage.objects.get(position=2)
    assert "31415" in example.text
    assert example.get_absolute_url() not in page
    assert client.get(example.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("column", ["title", "heading"])
def test_a_passage_with_the_answer_in_its_title_is_not_shown(material, ask, start_worker, column):
    Passage.objects.filter(position=2).delete()
    if column == "title":
        Material.objects.update(title="How to get 31415")
    else:
        Passage.objects.filter(position=1).update(heading="x = 31415")
    _, page = ask(start_worker, GOOD)
    assert GOOD in page
    assert "31415" not in page
    assert cited() == []


@pytest.mark.parametrize("answer", ["3.1415*10^4", "31415"])
@pytest.mark.parametrize(("kind", "is_shown"), [("pdf", False), ("markdown", True)])
def test_a_passage_with_the_answer_in_flattened_powers_is_not_shown(
    material, ask, start_worker, kind, is_shown, answer
):
    StoredKey.objects.update(value=answer, kind="number")
    Material.objects.update(kind=kind)
    Passage.objects.filter(position=2).delete()
    flat = "A quadratic equation has zeros, one is positive: 3.1415 × 104"
    Passage.objects.filter(position=1).update(text=flat)
    ask(start_worker, GOOD)
    assert bool(cited()) == is_shown


def test_a_hint_that_copies_the_answer_from_a_passage_is_withheld(material, ask, start_worker):
    _, page = ask(start_worker, "As in [2] it is 31415.", IDEA)
    assert (WithheldHelp.objects.get().leak, AnswerHint.objects.get().source) == ("31415", "idea")
    assert IDEA in page
    assert "31415" not in page
    assert cited() == [(1, "Zeros of a quadratic equation")]


def test_two_stored_answers_make_the_same_prompt(material, ask, start_worker):
    """Though of the passages only one says each of them."""
    prompts = []
    for answer in ("31415", "27182"):
        StoredKey.objects.update(value=answer)
        for model in (AnswerHint, GivenHelp, WithheldHelp, Citation):
            model.objects.all().delete()
        engine, _ = ask(start_worker, GOOD)
        prompts.append(engine.prompts[0].user)
    assert prompts[0] == prompts[1]
    assert cited() == [(1, "Zeros of a quadratic equation"), (2, "Example")]


@pytest.mark.parametrize("has_hint", [True, False])
def test_without_a_model_that_writes_hints_there_is_what_to_read_again(
    client, alice, item, material, ask, start_worker, settings, has_hint
):
    settings.MODEL = "/srv/lemma-demo-3m"
    if not has_hint:
        ProblemVersion.objects.update(hints=[])
    engine, page = ask(start_worker)
    assert engine.prompts == []
    assert "Read again:" in page
    assert f">{TITLE}</a>" in page
    assert "A language model on your school" not in page
    assert AnswerHint.objects.get().source == "reading"
    assert ("Show a hint" in page) == has_hint
    assert set(GivenHelp.objects.values_list("level", "text")) == {("reply", "")}


def test_where_nothing_is_about_it_there_is_nothing_to_read(material, ask, start_worker, settings):
    settings.MODEL = "/srv/lemma-demo-3m"
    Passage.objects.exclude(position=3).delete()
    _, page = ask(start_worker)
    assert "Read again:" not in page
    assert not GivenHelp.objects.exists()


def test_what_is_switched_off_later_is_not_shown(client, item, material, ask, start_worker):
    ask(start_worker, GOOD)
    Section.objects.update(cites_material=False)
    page = client.get(item.get_absolute_url()).content.decode()
    assert GOOD in page
    assert "See:" not in page


@pytest.mark.parametrize("how", ["off", "removed"])
def test_what_is_gone_is_not_said_to_be_shown(
    client, item, material, ask, start_worker, settings, how
):
    settings.MODEL = "/srv/lemma-demo-3m"
    ProblemVersion.objects.update(hints=[])
    _, page = ask(start_worker)
    assert "This may help you:" in page
    if how == "off":
        Section.objects.update(cites_material=False)
    else:
        material.delete()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "This may help you:" not in page
    assert "Read the problem once more" in page


def test_a_teacher_sees_to_what_a_student_was_pointed(
    client, carol, section, item, material, ask, start_worker
):
    ask(start_worker, GOOD)
    client.force_login(carol)
    page = client.get(reverse("help-transcript", args=[section.code, "alice", item.code]))
    assert f">{TITLE}</a>" in page.content.decode()
