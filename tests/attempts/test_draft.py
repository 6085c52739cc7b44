"""What is typed is kept, and echoed as it was read."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_assignment, make_problem
from tests.grading.hostile import GROWING, NESTING, RUNNING
from tutor.attempts.models import Draft
from tutor.grading import read_key


@pytest.fixture
def type_in(client, alice, item):
    client.force_login(alice)

    def type_in(text, item=item):
        answer = client.post(reverse("draft", args=[item.code]), {"response": text})
        assert answer.status_code == 200
        return answer.content.decode()

    return type_in


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3/4", r"\frac{3}{4}"),
        ("2sqrt3", r"2\sqrt{3}"),
        ("-x^2", "-x^{2}"),
        ("1/2x", r"\frac{1}{2}x"),
        ("½", r"\frac{1}{2}"),
        ("5 cm", r"5\,\text{cm}"),
    ],
)
def test_it_says_how_it_was_read(type_in, text, read):
    assert rf"\({read}\)" in type_in(text)


def test_two_answers_are_joined_by_a_word_of_the_page(type_in, section):
    problem_set = make_assignment(
        section, [make_problem("b", kind="set", final_answer="{6, 7}")]
    ).problem_set
    assert r"\(6 \text{ or } 7\)" in type_in("6 oder 7", problem_set.items.get())


def test_it_says_what_was_not_understood(type_in):
    assert "Lemma cannot read this yet." in type_in("x = 5, glaub ich nicht")
    assert "something is missing at its end" in type_in("3/")
    assert r"\(\frac{3}{\square }\)" in type_in("3/")
    assert "I do not know" in type_in("I pass.")
    assert type_in("").strip() == ""


def test_an_answer_in_a_sentence_is_shown_as_it_is_read(type_in):
    assert r"\(x = 5\)" in type_in("x=5, glaub ich")
    assert r"\(5\)" in type_in("each child gets 5 apples")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("my friend says 12", "12"),
        ("about 12", "12"),
        ("12, because 3*4 = 13", "12"),
        ("3 is what he has, so the others must have 7 somehow", "7"),
    ],
)
def test_the_last_value_is_offered_where_a_sentence_is_not_understood(type_in, text, meant):
    echo = type_in(text)
    assert f"Write only the answer. Did you mean {meant}?" in echo
    assert f'data-text="{meant}"' in echo
    assert "Yes, change it" in echo


@pytest.mark.parametrize("text", ["it is not 12", "12 or maybe 13", "the twelfth one"])
def test_nothing_is_offered_where_no_value_is_stated(type_in, text):
    assert "Did you mean" not in type_in(text)


@pytest.mark.parametrize(
    ("kind", "value", "text", "question"),
    [
        ("number", "2.5", "2,5", 'data-text="2.5"'),
        ("equation", "x=2.5", "x = 2,5", 'data-text="x = 2.5"'),
        ("interval", "[2.5,4]", "[2,5; 4]", 'data-text="[2.5, 4]"'),
        ("tuple", "(2,-3)", "2", "Should it not have several entries"),
        ("quantity", "5", "5", "Is a unit missing?"),
    ],
)
def test_it_asks_about_what_is_nearly_an_answer(type_in, section, kind, value, text, question):
    key = read_key({"kind": kind, "value": value, "unit": "cm" if kind == "quantity" else ""})
    item = make_assignment(section, [make_problem("b", key=key)]).problem_set.items.get()
    assert question in type_in(text, item)


def test_a_draft_is_shown_on_every_device(type_in, client, alice, bob, item, hand_in):
    type_in("  3/ ")
    client.logout()
    client.force_login(alice)
    assert 'value="  3/ "' in client.get(item.get_absolute_url()).content.decode()
    client.force_login(bob)
    assert 'value="  3/ "' not in client.get(item.get_absolute_url()).content.decode()
    hand_in(alice, "5")
    assert not Draft.objects.exists()


def test_a_choice_is_kept_too(client, type_in, section):
    problem = make_problem("b", final_answer="B", kind="choice", choices=("3", "4", "5"))
    item = make_assignment(section, [problem]).problem_set.items.get()
    type_in("C", item)
    page = client.get(item.get_absolute_url()).content.decode()
    assert 'value="C" checked' in page


def test_no_text_breaks_it(type_in):
    for text in [*RUNNING, *GROWING, *NESTING, "\x00", "x" * 2_001]:
        type_in(text)


def test_a_decimal_comma_is_echoed_as_the_problem_reads_it(type_in, section):
    key = read_key({"kind": "number", "value": "2,5", "decimal_comma": True})
    item = make_assignment(section, [make_problem("b", key=key)]).problem_set.items.get()
    assert r"\(2{,}5\)" in type_in("2,5", item)


def test_the_echo_says_which_regions_of_a_picture_are_typed(client, type_in, section):
    problem = make_problem("b", final_answer="A", kind="logic", drawing="venn, A, B")
    item = make_assignment(section, [problem]).problem_set.items.get()
    assert 'data-chosen="2" hidden' in type_in("$A$ - B", item)
    page = client.get(item.get_absolute_url()).content.decode()
    assert 'data-sets="A B" data-chosen="2"' in page
    assert 'data-chosen="" hidden' in type_in("A ∩ C", item)


def test_what_was_typed_without_a_network_replaces_nothing_younger(client, alice, item, hand_in):
    client.force_login(alice)

    def send(response, **fields):
        client.post(reverse("draft", args=[item.code]), {"response": response, **fields})
        return list(Draft.objects.values_list("response", flat=True))

    assert send("1", age_s="3600") == ["1"]
    assert send("2", age_s="3600") == ["1"]
    assert send("3", age_s="0") == ["3"]
    assert send("4") == ["4"]
    hand_in(alice, "5")
    assert send("6", age_s="60") == []
    assert send("7", age_s="-1") == ["7"]


def test_a_draft_of_this_second_is_no_younger_than_what_is_typed_now(type_in, client, item):
    type_in("7/2")
    Draft.objects.update(saved_at=timezone.now() - timedelta(seconds=8.4))
    assert 'data-saved="9"' in client.get(item.get_absolute_url()).content.decode()
