"""What docs/problems.md tells teachers is true."""

import re

import pytest
from django.conf import settings

from tutor.attempts.variants import VARIANTS
from tutor.problems.parameters import Parameters
from tutor.problems.placeholders import fill

PAGE = (settings.BASE_DIR / "docs" / "problems.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(.+)` \| `(.+)` \|$", PAGE, re.MULTILINE)


def test_documented_declarations_can_be_drawn():
    source = re.search(r"```\n(.*?)```", PAGE, re.DOTALL)[1]
    values = Parameters.read(source).values_of(1)
    assert set(values) == {"a", "b", "n", "who", "d"}


@pytest.mark.parametrize(("written", "shown"), ROWS)
def test_documented_placeholders_are_filled_as_shown(written, shown):
    parameters = Parameters.read("a = 4..4\nb = -3/2..-3/2")
    assert fill(written, parameters, parameters.values_of(1)) == shown


def test_it_has_its_table_and_counts_the_variants():
    assert len(ROWS) == 8
    assert "A class shares ten variants" in PAGE
    assert VARIANTS == 10
