"""Whatever rule decided, the page says it in a sentence."""

import csv

import pytest
from django.conf import settings
from django.template.loader import render_to_string

with (settings.BASE_DIR / "tests" / "data" / "answers.csv").open(encoding="utf-8") as _table:
    RULES = sorted(
        {row["rule"] for row in csv.DictReader(_table)} | {"no_key", "invalid_key", "expected"}
    )


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_sentence(rule):
    page = render_to_string("solutions/_rule.html", {"rule": rule})
    shown = [
        line for line in page.splitlines() if line.startswith("<span") and " hidden" not in line
    ]
    assert len(shown) == 1
    assert f'data-rule="{rule}"' in shown[0]


def test_a_rule_without_one_gets_a_general_sentence():
    page = render_to_string("solutions/_rule.html", {"rule": "a-new-rule"})
    assert page.rstrip().endswith("compared with the right answer.</span>")
    assert "a-new-rule" not in page
