import pytest

from tutor.engine.reasoning import ReasoningSplitter

# (text, does the prompt end in the opening tag?, reasoning, answer)
COMPLETIONS = [
    ("First add.</think>\n\nIt is 5.", True, "First add.", "It is 5."),
    ("First add.</think>It is 5.", True, "First add.", "It is 5."),
    ("\n<think>\nFirst add.\n</think>\n\n5", False, "\nFirst add.\n", "5"),
    ("It is 5.", False, "", "It is 5."),
    ("  5 < 6", False, "", "  5 < 6"),
    ("a < b, </b, </thin, <</think>x < </think>", True, "a < b, </b, </thin, <", "x < </think>"),
    ("x <think> y", False, "", "x <think> y"),
    ("never closed </thi", True, "never closed </thi", ""),
    ("<thin", False, "", "<thin"),
    ("</think>", True, "", ""),
    ("", True, "", ""),
    ("", False, "", ""),
    ("<think>\nTwice.</think>5", True, "\nTwice.", "5"),
    ("<thin", True, "<thin", ""),
    ("推理</think>\n答案是 5", True, "推理", "答案是 5"),
]


def split(pieces: list[str], *, thinking: bool) -> tuple[str, str]:
    splitter = ReasoningSplitter(thinking=thinking)
    parts = [splitter.feed(piece) for piece in pieces] + [splitter.finish()]
    return "".join(part[0] for part in parts), "".join(part[1] for part in parts)


@pytest.mark.parametrize(("text", "thinking", "reasoning", "answer"), COMPLETIONS)
def test_it_splits_wherever_the_text_is_cut(text, thinking, reasoning, answer):
    assert split(list(text), thinking=thinking) == (reasoning, answer)
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            pieces = [text[:first], text[first:second], text[second:]]
            assert split(pieces, thinking=thinking) == (reasoning, answer), pieces


def test_it_holds_back_only_what_may_become_a_tag():
    splitter = ReasoningSplitter(thinking=True)
    assert splitter.feed("so a") == ("so a", "")
    assert splitter.feed(" </th") == (" ", "")
    assert splitter.feed("en") == ("</then", "")
    assert splitter.feed("</think>\n\n") == ("", "")
    assert splitter.feed("5 <") == ("", "5 <")
