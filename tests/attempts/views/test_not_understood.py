"""The page of an answer that is not understood: its heading, and the field for the next one."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_problem
from tutor.grading import Verdict, read_key


@pytest.fixture
def item_with(section):
    def item_with(value, statement, **fields):
        key = read_key({"value": value, "kind": "number", **fields})
        problem = make_problem("b", statement=statement, key=key)
        return make_assignment(section, [problem]).problem_set.items.get()

    return item_with


def answer_page(client, item):
    address = reverse("answer", args=[item.code])
    return client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_several_values_have_a_heading_of_their_own_and_one_field(
    client, alice, item_with, hand_in
):
    client.force_login(alice)
    item = item_with("3", "Solve 2x = 6.")
    assert 'data-shape="solutions"' in answer_page(client, item)
    attempt = hand_in(alice, "2 or 3 or 4", item=item)
    assert attempt.verdict == Verdict.UNREADABLE
    page = answer_page(client, item)
    assert "More than one answer</h3>" in page
    assert "Not understood" not in page
    assert "One value is asked for. You gave more than one." in page
    assert 'data-shape="solutions"' not in page
    hand_in(alice, "4", item=item)
    assert 'data-shape="solutions"' in answer_page(client, item)


@pytest.mark.parametrize("response", ["?", "😀😀"])
def test_what_has_no_answer_in_it_is_called_so(client, alice, item_with, hand_in, response):
    client.force_login(alice)
    item = item_with("4", "Solve 3x = 12.")
    draft = client.post(reverse("draft", args=[item.code]), {"response": response})
    assert "You typed no answer." in draft.content.decode()
    hand_in(alice, response, item=item)
    page = answer_page(client, item)
    assert "No answer yet</h3>" in page
    assert "You typed no answer." in page
    assert "There is no answer" not in page


@pytest.mark.parametrize("response", ["IV", "fourth quadrant", "第四象限", "4th"])
def test_the_echo_reads_an_ordinal_as_the_judge_does(client, alice, item_with, hand_in, response):
    client.force_login(alice)
    item = item_with("4", "In which quadrant does the angle end?")
    draft = client.post(reverse("draft", args=[item.code]), {"response": response})
    assert 'data-tex="4"' in draft.content.decode()
    assert hand_in(alice, response, item=item).verdict == Verdict.CORRECT


def test_a_right_number_with_an_odd_unit_is_told_once_and_costs_nothing(
    client, alice, item_with, hand_in
):
    client.force_login(alice)
    item = item_with("28 m^2", "What is the area, in square metres?", kind="quantity")
    attempt = hand_in(alice, "28 m", item=item)
    assert not attempt.costs_attempt
    page = answer_page(client, item)
    assert "The number is right, but its unit measures something else" in page
    assert "Look at the unit" not in page
