"""A problem whose answer is drawn: the grid on its page, and the figure in what was handed in."""

import pytest

from tests.factories import make_problem
from tutor.grading import Verdict, read_key

FIGURE = 'aria-label="A coordinate system, x from −5 to 5, y from −5 to 5. The graph is a straight'


@pytest.fixture
def problem(db):
    key = read_key({"kind": "equation", "value": "y = 2x - 1"})
    return make_problem(statement="Draw the line.", key=key, drawing="line")


def test_a_drawn_answer_is_graded_as_text_and_shown_as_a_figure(
    client, alice, carol, item, hand_in, run_tasks
):
    client.force_login(alice)
    page = client.get(item.get_absolute_url()).content.decode()
    assert 'data-shape="line" data-x="-5 5 1" data-y="-5 5 1"' in page
    assert 'viewBox="0 0 360 372"' in page
    assert 'data-part="boxes"' not in page
    with run_tasks():
        attempt = hand_in(alice, "y = x + 3")
    attempt.refresh_from_db()
    assert attempt.verdict == Verdict.INCORRECT
    assert FIGURE in client.get(item.get_absolute_url()).content.decode()
    client.force_login(carol)
    assert FIGURE in client.get(attempt.get_absolute_url()).content.decode()
