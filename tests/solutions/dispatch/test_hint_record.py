"""A model whose drafts of hints are mostly withheld is not asked for hints."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.solutions.generation.test_hints import GOOD, Saying
from tutor.attempts.models import Attempt
from tutor.courses.models import Enrollment, Section
from tutor.solutions.dispatch.hint_record import (
    AGE,
    MIN_HINTS,
    asks_model_for_hints,
    hint_code_in_force,
    record_of,
)
from tutor.solutions.generation.hints import write_answer_hint
from tutor.solutions.models import AnswerHint

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db(transaction=True)
LEVEL = "A hint about your wrong answer"


@pytest.fixture
def hints(bob, item):
    """So many hints for Bob by the model in force that ended like this."""

    def hints(count, source, withheld, ended_at=None, recipe=""):
        enrollment = Enrollment.objects.get(user=bob)
        for _number in range(count):
            attempt = Attempt.objects.create(
                enrollment=enrollment,
                item=item,
                version=item.problem.current,
                number=Attempt.objects.count() + 1,
                action=uuid4(),
                response="17",
                language="en",
            )
            AnswerHint.objects.create(
                attempt=attempt,
                state="ended",
                source=source,
                withheld=withheld,
                recipe=recipe or hint_code_in_force(),
                ended_at=ended_at or timezone.now(),
            )

    return hints


@pytest.fixture
def page(client, alice, item, hand_in):
    """The page after a wrong answer."""

    def page():
        client.force_login(alice)
        hand_in(alice, "17")
        return client.get(item.get_absolute_url()).content.decode()

    return page


def test_record_counts_drafts_of_the_latest_hints(hints):
    hints(3, "mistake", 0)
    hints(2, "idea", 1)
    hints(1, "none", 2)
    record = record_of(hint_code_in_force())
    assert (record.hints, record.drafts, record.withheld) == (6, 9, 4)


def test_model_whose_drafts_are_withheld_is_not_asked(hints, page):
    hints(MIN_HINTS, "none", 2)
    assert not asks_model_for_hints()
    assert LEVEL not in page()


def test_model_whose_hints_pass_is_asked(hints, page):
    hints(MIN_HINTS, "mistake", 0)
    assert "What is wrong with my answer?" in page()


def test_few_hints_say_nothing(hints):
    hints(MIN_HINTS - 1, "none", 2)
    assert asks_model_for_hints()


def test_record_is_of_one_model_and_of_the_last_days(hints):
    hints(MIN_HINTS, "none", 2, recipe="another-model 1")
    hints(MIN_HINTS, "none", 2, ended_at=timezone.now() - AGE - timedelta(hours=1))
    assert asks_model_for_hints()


def test_hint_that_nobody_drafted_is_no_failure(hints):
    hints(MIN_HINTS, "none", 0)
    assert asks_model_for_hints()


def test_worker_counts_what_it_withholds(client, alice, item, hand_in, start_worker):
    client.force_login(alice)
    hand_in(alice, "17")
    client.post(reverse("help", args=[item.code]), {"level": "reply", "number": 1})
    start_worker(Saying("I was not trained for this.", GOOD))
    write_answer_hint(AnswerHint.objects.get().pk)
    hint = AnswerHint.objects.get()
    assert (hint.source, hint.withheld) == ("idea", 1)


def test_with_course_material_a_student_may_still_ask(hints, page):
    Section.objects.update(cites_material=True)
    hints(MIN_HINTS, "none", 2)
    assert "What is wrong with my answer?" in page()


def test_demonstration_model_is_not_asked(page, settings):
    settings.MODEL = "lemma-demo-3m"
    assert LEVEL not in page()


def test_page_promises_no_hint_that_nobody_will_write(client, alice, item, settings):
    client.force_login(alice)
    address = reverse("help", args=[item.code])
    assert LEVEL in client.get(address, headers=HTMX).content.decode()
    settings.MODEL = "lemma-demo-3m"
    assert LEVEL not in client.get(address, headers=HTMX).content.decode()
