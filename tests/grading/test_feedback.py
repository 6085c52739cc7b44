"""What students are told is a code with a sentence, in English and in Chinese."""

import re

import pytest
from django.utils.translation import override

from tutor.grading import AnswerKey, Feedback, FeedbackCode, Kind, grade_response, read_key
from tutor.grading.feedback import SENTENCES, SENTENCES_FOR_ONE
from tutor.problems.labels import feedback_sentence


@pytest.mark.parametrize(
    ("response", "key", "text"),
    [
        ("3/2", {"value": "1.5", "form": "decimal_places", "places": 1}, "1 place after the"),
        ("3/2", {"value": "1.50", "form": "decimal_places", "places": 2}, "2 places after the"),
        ("6/2", {"value": "3", "form": "significant_figures", "places": 1}, "with 1 significant f"),
        ("3.0", {"value": "3", "form": "significant_figures", "places": 1}, "have 1 significant f"),
        ("[5,6]", {"value": "[5]", "kind": "tuple"}, "1 entry."),
    ],
)
def test_it_counts_one_as_one(response, key, text):
    feedback = grade_response(response, read_key({"kind": "number"} | key)).feedback
    assert text in str(feedback)
    assert not re.search(r"\b1 (places|significant figures|entries)\b", str(feedback))


def test_every_code_has_its_sentence():
    assert {*SENTENCES, FeedbackCode.TEXT} == {*FeedbackCode}
    assert {*SENTENCES_FOR_ONE} < {*SENTENCES}


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_in_chinese(code):
    names = re.findall(r"%\((\w+)\)", SENTENCES[code])
    for count in (1, 2):
        feedback = Feedback(code, dict.fromkeys(names, count))
        with override("zh-hans"):
            assert re.search("[\u4e00-\u9fff]", feedback_sentence(feedback))


def test_a_second_sentence_shows_what_answers_look_like():
    feedback = grade_response("3/", AnswerKey("3/4", Kind.NUMBER)).feedback
    assert str(feedback).endswith("or an expression such as 2x+1.")
    with override("zh-hans"):
        assert "2x+1" in feedback_sentence(feedback)


@pytest.mark.parametrize(
    "feedback",
    [
        None,
        Feedback(FeedbackCode.UNIT_MISSING),
        Feedback(FeedbackCode.VALUES_MISSING, {"right": 1, "asked": 2}),
        Feedback(FeedbackCode.BREAKS_OFF, with_examples=True),
        Feedback.text('{"code": "an author may write this"}'),
        Feedback.text("100 %(text)s"),
    ],
)
def test_it_is_read_as_it_was_stored(feedback):
    assert Feedback.from_json(feedback.to_json() if feedback else "") == feedback


def test_a_sentence_of_a_former_release_has_its_code_or_stays_as_it_is():
    stored = "The number is right, but its unit is missing."
    assert Feedback.from_json(stored) == Feedback(FeedbackCode.UNIT_MISSING)
    stored = "1 of 2 values found."
    assert str(Feedback.from_json(stored)) == stored
