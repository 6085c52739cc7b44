from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def printed(*arguments):
    out = StringIO()
    call_command("check_steps", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_of_each_step_whether_it_holds(tmp_path):
    file = tmp_path / "solution.md"
    file.write_text(
        "First \\(3x = 16\\).\n\nSo \\(x = \\frac{16}{3}\\).\n\nThat is all.\n", "utf-8"
    )
    text = printed(str(file), "--statement", "Solve $3x+2=14$.")
    assert "✗ First" in text
    assert "3x = 16 fails for x = 4: 12 against 16 (moved sign)" in text
    assert "rests on step 1" in text
    assert text.endswith("3 steps: 1 proved, 1 refuted, 1 not checkable\n")


def test_it_counts_one_step_as_one(tmp_path):
    file = tmp_path / "solution.md"
    file.write_text("So \\(1 + 1 = 2\\).\n", "utf-8")
    assert printed(str(file)).endswith("\n1 step: 1 proved, 0 refuted, 0 not checkable\n")


def test_it_holds_lines_against_one_another(tmp_path):
    file = tmp_path / "lines.txt"
    file.write_text("-2x < 6\nx <= -3\n", "utf-8")
    assert "x <= -3 fails for" in printed(str(file), "--lines")


def test_it_names_a_file_that_it_cannot_read(tmp_path):
    (tmp_path / "image.png").write_bytes(b"\x89PNG\xff")
    for name in ("image.png", "nothing.txt"):
        with pytest.raises(CommandError, match="cannot be read as text"):
            printed(str(tmp_path / name))
