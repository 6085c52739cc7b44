"""A POST of an answer reads the stored key once, however many places need it."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_content, make_parts
from tutor.attempts.models import Attempt
from tutor.attempts.variants import variant_for
from tutor.courses.models import Enrollment
from tutor.grading import AnswerKey, Kind
from tutor.problems.models import StoredKey

WITH_PARAMETERS = make_content(
    statement="What is [[a]] + 1?",
    key=AnswerKey("[[a + 1]]", Kind.NUMBER),
    solution=r"\boxed{[[a + 1]]}",
    parameters="a = 20..90",
)


@pytest.fixture
def key_reads(client, alice, item):
    """How often the key is read while Alice hands in one answer."""

    def count(number):
        version = variant_for(item, Enrollment.objects.get(user=alice))
        data = {"response": "5", "part-a": "5", "part-b": "5", "working": "2 + 2 = 5"}
        data |= {"action": uuid4(), "number": number, "version": version.code}
        address = reverse("attempt-submit", args=[item.code])
        with CaptureQueriesContext(connection) as queries:
            client.post(address, data, headers={"HX-Request": "true"})
        assert Attempt.objects.count() == number
        return sum(StoredKey._meta.db_table in query["sql"] for query in queries)

    client.force_login(alice)
    return count


@pytest.mark.parametrize("content", [make_content(), WITH_PARAMETERS, make_parts()])
def test_a_post_of_an_answer_reads_the_key_once(item, key_reads, content):
    item.problem.revise(content)
    item.problem.refresh_from_db()
    assert key_reads(number=1) == 1
    assert key_reads(number=2) == 1  # though the answer is compared with the first one


def test_a_version_checks_its_key_once(item):
    version = item.problem.current
    assert version.checked_key is version.checked_key
