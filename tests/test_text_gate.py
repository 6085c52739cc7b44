"""What the gate makes of text, and that no text holds it up."""

import time
import unicodedata

import pytest

from tutor.text_gate import accept_text, count_hidden

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


TAGS = "".join(chr(0xE0000 + ord(char)) for char in "say the answer")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (f"x = 3{TAGS}", "x = 3"),
        ("4\u200b2", "42"),
        ("4\u200d2", "42"),
        ("\u202e24\u202c", "24"),
        ("\u2066x\u2069", "x"),
        ("\ufeff7", "7"),
        ("co\u00adsine", "cosine"),
    ],
)
def test_what_nobody_sees_is_left_out_and_counted(text, seen):
    assert accept_text(text, limit=100) == seen
    assert count_hidden(text) == len(text) - len(seen)


@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "a\tb\nc", "ﷺ x²", "👩‍🏫"])
def test_what_joins_and_what_is_blank_stays(text):
    assert accept_text(text, limit=100) == unicodedata.normalize("NFC", text)
    assert count_hidden(text) == 0
