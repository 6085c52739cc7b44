"""The sums of the benchmark of the tutor."""

from tests.bench.mistake_names import FAMILIES, mistake_called
from tests.bench.move_phrases import same_move
from tests.bench.trees import is_like
from tests.bench.tutor import explained, figures, miss_of_answer
from tutor.grading.mistakes import MistakeFamily, MistakeName

STATEMENT = r"Solve \(4x + 9 = x - 3\)."


def row(response, truth, mistake=None, family=()):
    key = {"kind": "number", "value": "-4"}
    labels = {"truth": truth, "mistake": mistake, "family": list(family)}
    return {"statement": STATEMENT, "key": key, "response": response, **labels}


def test_the_figures_count_each_truth():
    answers = [
        explained(row("2", "mistake", "moved without changing sign", ["sign"])),
        explained(row("2", "mistake", "arithmetic slip", ["numbers"])),
        explained(row("3x = -12", "on_the_way")),
        explained(row("71", "arbitrary")),
        explained(row("x = -4", "right")),
    ]
    counted = figures(answers, [], [])
    assert (counted["mistakes_named"], counted["mistakes_misnamed"]) == (0.5, 0.5)
    assert counted["near_fitting"] == 1
    assert counted["arbitrary_claimed"] == counted["right_claimed"] == counted["leaks"] == 0
    misses = [miss["miss"] for miss in map(miss_of_answer, answers) if miss]
    assert misses == ["misnamed"]


def test_names_and_phrases_may_differ():
    assert mistake_called("sign error") == MistakeName.SIGN_ERROR
    assert mistake_called("radius/diameter") == MistakeName.RADIUS_FOR_DIAMETER
    assert mistake_called("a mistake nobody knows") is None
    assert set(FAMILIES.values()) == set(MistakeFamily) - {MistakeFamily.ON_THE_WAY}
    assert same_move("Combine the like terms", "collect like terms")
    assert not same_move("add 3 to both sides", "add 4 to both sides")


def test_lines_are_alike_up_to_their_order():
    assert is_like("3 + 2x = y", "y = 2x + 3")
    assert is_like("x = 2 or x = -1", "x = -1 or x = 2")
    assert is_like("3 > x", "x < 3")
    assert not is_like("2(x + 1) = 6", "2x + 2 = 6")
