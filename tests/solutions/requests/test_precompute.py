"""Solutions that are there before the class is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.asking import request_for
from tests.factories import add_students, make_assignment, make_content, make_problem
from tests.scripted_engine import ScriptedEngine
from tests.solutions.conftest import ANSWER
from tutor.assignments.models import Assignment, Item
from tutor.engine.completion import Outcome
from tutor.grading import AnswerKey, Kind, Verdict
from tutor.solutions.models import Preparation, Solution, State
from tutor.solutions.requests.find_or_queue import request_solution
from tutor.solutions.requests.precompute import AT_ONCE, prepare_solutions, prepared_items

pytestmark = pytest.mark.django_db(transaction=True)

POLICY = Assignment.HelpPolicy


@pytest.fixture
def tomorrow(section):
    """Opens within a day, and its three problems are plain ones."""
    problems = [make_problem(f"p{n}") for n in range(3)]
    return make_assignment(section, problems, opens_at=timezone.now() + timedelta(hours=20))


def end(verdict=Verdict.CORRECT, **filters):
    return Solution.objects.filter(state=State.QUEUED, **filters).update(
        state=State.ENDED, outcome=Outcome.FINISHED, verdict=verdict, final_answer="4"
    )


def begun():
    """How many versions have a try at least."""
    return Solution.objects.values("version").distinct().count()


def totals(assignment):
    rows = prepared_items(assignment)
    return [
        sum(getattr(row, name) for row in rows)
        for name in ("total", "right", "running", "to_come", "failed")
    ]


def test_what_opens_soon_is_there_when_the_class_comes(alice, tomorrow, start_worker):
    prepare_solutions()
    assert totals(tomorrow) == [3, 0, 3, 0, 0]
    engine = ScriptedEngine(ANSWER)
    worker = start_worker(engine)
    for _ in range(2):
        for _ in range(AT_ONCE):
            worker.solve()
        prepare_solutions()
    assert totals(tomorrow) == [3, 3, 0, 0, 0]
    prepare_solutions()
    tries = Solution.objects.order_by("version", "number").values_list("number", flat=True)
    assert list(tries) == 3 * [1, 2, 3, 4]
    Assignment.objects.update(opens_at=timezone.now())
    before = engine.generated
    for item in tomorrow.problem_set.items.all():
        assert request_for(alice, item).is_right
    assert engine.generated == before
    assert Solution.objects.count() == 12
    assert not Solution.objects.exclude(enrollment=None).exists()  # nobody's tokens


def test_only_a_few_at_once_and_none_while_somebody_waits(section, problem):
    problems = [make_problem(f"p{n}") for n in range(8)]
    make_assignment(section, problems, opens_at=timezone.now() + timedelta(hours=1))
    live = request_solution(problem.current, user=None)
    prepare_solutions()
    assert Solution.objects.count() == 1  # it waits
    Solution.objects.claim_some([live.pk], live.code)
    prepare_solutions()
    assert Solution.objects.count() == AT_ONCE
    prepare_solutions()
    assert Solution.objects.count() == AT_ONCE
    end()
    prepare_solutions()
    assert Solution.objects.exclude(state=State.ENDED).count() == AT_ONCE


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({}, 3),
        ({"opens_at": timedelta(days=2)}, 0),
        ({"opens_at": timedelta(hours=-2)}, 0),
        ({"help_policy": POLICY.NEVER, "step_policy": POLICY.NEVER}, 0),
        ({"help_policy": POLICY.NEVER, "step_policy": POLICY.ALWAYS}, 3),
    ],
)
def test_which_are_prepared_by_themselves(tomorrow, fields, count):
    if "opens_at" in fields:
        fields = {"opens_at": timezone.now() + fields["opens_at"]}
    Assignment.objects.update(**fields)
    prepare_solutions()
    assert begun() == count


def test_nothing_by_itself_where_it_is_turned_off_and_nothing_of_an_archive(
    tomorrow, settings, section
):
    settings.PREPARE_HOURS = 0
    prepare_solutions()
    settings.PREPARE_HOURS = 24
    section.archived_at = timezone.now()
    section.save()
    prepare_solutions()
    assert not Solution.objects.exists()


def test_a_problem_without_the_models_help_is_left_out(tomorrow):
    Item.objects.filter(position=2).update(has_model_help=False)
    prepare_solutions()
    assert totals(tomorrow)[0] == begun() == 2


def test_each_is_tried_as_often_as_a_vote_takes(tomorrow, settings):
    settings.SOLUTION_TRIES = 2
    first = tomorrow.problem_set.items.first().problem.current
    for _ in range(4):
        prepare_solutions()
        end(Verdict.INCORRECT, version=first)
        end()
    assert [row.failed for row in prepared_items(tomorrow)] == [1, 0, 0]
    assert totals(tomorrow) == [3, 2, 0, 0, 1]
    assert Solution.objects.count() == 6


def test_every_problem_is_tried_once_before_one_is_tried_again(tomorrow):
    prepare_solutions()
    numbers = Solution.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 1, 1, 2, 2, 2, 3, 3]


def test_what_students_had_worked_out_counts(tomorrow, settings):
    settings.SOLUTION_TRIES = 2
    first = tomorrow.problem_set.items.first().problem.current
    request_solution(first, user=None)
    end()
    prepare_solutions()
    assert Solution.objects.filter(version=first).count() == 2


def test_what_fails_for_no_fault_of_the_model_is_not_begun_for_ever(tomorrow, settings):
    settings.SOLUTION_TRIES = 2
    for _ in range(6):
        prepare_solutions()
        Solution.objects.update(state=State.ENDED, outcome=Outcome.ENGINE_FAILED)
    assert totals(tomorrow) == [3, 0, 0, 0, 3]
    assert Solution.objects.count() == 6


def test_each_variant_that_the_class_will_get_is_prepared(section, settings):
    template = make_problem("t")
    template.revise(
        make_content(
            statement="[[a]]?", key=AnswerKey("[[a]]", Kind.NUMBER), parameters="a = 2..99"
        )
    )
    add_students(section, 3)
    assignment = make_assignment(section, [template], opens_at=timezone.now() + timedelta(hours=1))
    assert totals(assignment) == [5, 0, 0, 5, 0]
    for _ in range(3):
        prepare_solutions()
        end()
    assert Solution.objects.count() == 20
    assert totals(assignment) == [5, 5, 0, 0, 0]
    Assignment.objects.update(opens_at=timezone.now())
    item = assignment.problem_set.items.get()
    for enrollment in section.enrollments.students().select_related("user"):
        assert request_for(enrollment.user, item).is_right
    assert Solution.objects.count() == 20


@pytest.mark.parametrize("count", [2, 40])
def test_progress_takes_as_many_queries_for_many_items(section, django_assert_num_queries, count):
    problems = [make_problem(f"p{n}") for n in range(count)]
    assignment = make_assignment(section, problems)
    for problem in problems:
        request_solution(problem.current, user=None)
    assignment = Assignment.objects.select_related("problem_set").get()
    with django_assert_num_queries(5):
        assert sum(row.running for row in prepared_items(assignment)) == count


def test_a_wish_that_was_met_or_is_over_asks_for_nothing(assignment):
    Preparation.objects.create(assignment=assignment)
    Assignment.objects.update(due_at=timezone.now() - timedelta(hours=1))
    prepare_solutions()
    assert not Solution.objects.exists()
    Assignment.objects.update(due_at=timezone.now() + timedelta(hours=1))
    prepare_solutions()
    assert begun() == 1
