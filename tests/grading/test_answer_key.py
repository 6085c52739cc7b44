import pytest

from tutor.grading import AnswerKey, Form, InvalidKey, Kind, read_key


def test_a_key_survives_a_round_trip():
    data = {"value": "3.14", "kind": "number", "form": "decimal_places", "places": 2}
    key = read_key(data)
    assert key == AnswerKey("3.14", Kind.NUMBER, form=Form.DECIMAL_PLACES, places=2)
    assert key.to_dict() == data


def test_only_what_differs_from_the_defaults_is_written():
    assert AnswerKey("7", Kind.NUMBER).to_dict() == {"value": "7", "kind": "number"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"value": "7"}, "needs the field 'kind'"),
        ({"value": "7", "kind": "nmber"}, "no kind 'nmber'"),
        ({"value": "7", "kind": "number", "form": "pretty"}, "no form 'pretty'"),
        ({"value": "7", "kind": "number", "colour": "red"}, "no field 'colour'"),
        ({"value": 7, "kind": "number"}, "'value' cannot be 7; it must be text in quotes"),
        ({"value": "7", "kind": "number", "places": True}, "'places' cannot be True; it must"),
        ({"value": "7", "kind": "number", "places": 2}, "Places are for"),
        ({"value": "7", "kind": "number", "form": "decimal_places"}, "needs the number of places"),
        ({"value": "7", "kind": "number", "tolerance": "1e9"}, "A tolerance is a decimal"),
        ({"value": " ", "kind": "number"}, "empty"),
    ],
)
def test_a_bad_key_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(InvalidKey, match=sentence):
        read_key(data)


@pytest.mark.parametrize(("written", "read"), [(0.001, "0.001"), (1e-5, "0.00001"), (2, "2")])
def test_a_tolerance_may_be_a_number(written, read):
    key = read_key({"value": "3.14", "kind": "number", "tolerance": written})
    assert key.tolerance == read


@pytest.mark.parametrize("tolerance", [True, float("inf"), -1, 1e300, float("nan")])
def test_a_tolerance_that_is_no_size_is_refused(tolerance):
    with pytest.raises(InvalidKey, match="tolerance"):
        read_key({"value": "3.14", "kind": "number", "tolerance": tolerance})


def test_a_tolerance_of_another_type_is_refused_with_what_it_may_be():
    with pytest.raises(InvalidKey, match=r"must be a number, text in quotes, .*, or null"):
        read_key({"value": "3.14", "kind": "number", "tolerance": True})
