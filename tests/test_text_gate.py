"""What the gate makes of text, and that no text holds it up."""

import time
import unicodedata

import pytest

from tutor.text_gate import accept_text

ACUTE, GRAVE_BELOW, TIBETAN_II = "\u0301", "\u0316", "\u0f73"


@pytest.mark.parametrize(
    "marks",
    [ACUTE + GRAVE_BELOW, TIBETAN_II],
    ids=["of two classes in turn", "that hides two marks"],
)
def test_a_long_run_of_marks_is_cut_and_holds_nobody_up(marks):
    text = "a" + marks * 100_000 + "b"
    began_at = time.process_time()
    accepted = accept_text(text, limit=len(text))
    assert time.process_time() - began_at < 2
    assert (accepted[0], accepted[-1]) == ("á" if ACUTE in marks else "a", "b")
    assert len(accepted) <= 1 + 2 * 30 + 1


def test_no_mark_that_people_write_is_lost():
    thirty = "a" + GRAVE_BELOW * 30
    text = f"Ế {thirty} {thirty} שָּׁ กี่"
    assert accept_text(text, limit=100) == unicodedata.normalize("NFC", text)
