"""The file of a person's data tells no more of a stored answer than the pages do."""

import pytest

from tests.crawl.conftest import CANARY, OTHER_CANARY
from tests.privacy.test_exporting import opened
from tutor.privacy.exporting import personal_data


@pytest.mark.parametrize("name", ["alice", "fay"])
def test_a_student_is_sent_the_same_for_two_answers(school, name):
    first = opened(personal_data(school.people[name]))
    assert CANARY not in "".join(first.values())
    school.change_answer(CANARY, OTHER_CANARY)
    assert opened(personal_data(school.people[name])) == first
