"""A class of students costs what one of them does."""

import re
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.slow
def test_a_class_takes_the_tokens_of_one_student():
    command = [sys.executable, "-m", "tests.bench.classes", "--students", "4", "--problems", "2"]
    printed = subprocess.check_output(command, text=True, cwd=settings.BASE_DIR)
    assert re.search(r"class / one student: 1\.000 of the tokens", printed)
    assert re.findall(r"tokens +(\d+) solutions", printed) == ["2", "2"]
