"""Which solution is shown, by what all of them answered."""

import pytest
from django.db.models import QuerySet

from tutor.grading import AnswerKey, Kind, Verdict, grade_response, group_answers
from tutor.solutions.dispatch.voting import Vote, compare_answers
from tutor.solutions.models import Solution, State

KEY = AnswerKey("4", Kind.NUMBER)
PROVED = {"verdict": "proved", "claims": [], "rests_on": None}
REFUTED = PROVED | {"verdict": "refuted"}
RESTING = PROVED | {"rests_on": 0}


def tries(*answers, key=KEY, outcome="finished"):
    """Ended ones, judged and compared by the grader; "" came to no answer."""
    answered = [number for number, answer in enumerate(answers) if answer]
    groups = group_answers([answers[number] for number in answered], key).groups
    like = {answered[index]: answered[group[0]] + 1 for group in groups for index in group}
    return [
        Solution(
            number=number + 1,
            state=State.ENDED,
            outcome=outcome,
            final_answer=answer,
            steps=[answer],
            verdict=grade_response(answer, key).verdict if answer else Verdict.UNREADABLE,
            answers_like=like.get(number, 0),
        )
        for number, answer in enumerate(answers)
    ]


def vote(*answers, needed=None, **how):
    return Vote(tries(*answers, **how), needed or len(answers))


def test_answers_equal_by_mathematics_are_one_group():
    groups = vote("8/2", "5", "4.0", "10/2").groups
    assert [(group.answer, group.count) for group in groups] == [("8/2", 2), ("5", 2)]


def test_the_winning_groups_solution_is_shown():
    won = vote("5", "4", "8/2", "2+2")
    assert won.is_right
    assert not won.abstains
    assert won.solution_for(None).final_answer == "4"


@pytest.mark.parametrize(
    ("answers", "is_shown"),
    [
        (["4", "4", "1", "2", "3"], False),
        (["4", "4", "4", "2", "3"], True),
        (["4", "4", "4", "", ""], True),  # at the threshold
        (["4", "4", "", "", ""], False),  # who answers nothing agrees with nobody
    ],
)
def test_it_abstains_just_below_the_threshold(settings, answers, is_shown):
    settings.AGREEMENT = 0.6
    cast = vote(*answers)
    assert cast.is_right == is_shown
    assert cast.abstains != is_shown
    assert (cast.solution_for(None) is not None) == is_shown


@pytest.mark.parametrize("answers", [["4", "4", "5", "5"], ["5", "5", "4", "4"]])
def test_of_a_tie_the_right_answer_wins(answers):
    assert vote(*answers).winner.answer == "4"


def test_a_tie_of_wrong_answers_is_wrong():
    cast = vote("5", "6", "5", "6")
    assert cast.abstains
    assert len(cast.agreed) == 2


def test_where_all_differ_nothing_is_agreed_on():
    cast = vote("1", "2", "3", "4")
    assert cast.abstains
    assert cast.agreed == []


def test_a_majority_that_is_wrong_is_not_shown(settings):
    cast = vote("5", "5", "5", "4")
    assert cast.abstains
    assert cast.solution_for(None) is None
    settings.AGREEMENT = 0.25
    assert cast.solution_for(None) is None  # decided once
    assert vote("5", "5", "5", "4").solution_for(None).final_answer == "4"


def test_unreadable_answers_count_and_agree_with_nothing_else():
    cast = vote("4", "?!", "four or so", "")
    assert cast.abstains
    assert cast.unanswered == 1
    assert not cast.agreed


def test_what_cannot_be_decided_is_shown_as_that_and_never_before_what_is_right():
    undecided = tries("x", "x", "4", "4")
    for solution in undecided[:2]:
        solution.verdict = Verdict.UNDECIDED
    assert Vote(undecided, 4).winner.verdict == Verdict.CORRECT
    undecided[2].final_answer = ""
    undecided[2].verdict = Verdict.UNREADABLE
    cast = Vote(undecided, 4)
    assert cast.solution_for(None).verdict == Verdict.UNDECIDED
    assert not cast.is_right


def test_of_the_winners_the_least_refuted_then_the_shortest_is_shown():
    cast = tries("4", "4", "4", "4", "4")
    for solution, checks, steps in zip(
        cast,
        [[REFUTED, PROVED], [PROVED, RESTING], [PROVED, PROVED], [PROVED], [PROVED]],
        [["a", "b"], ["a", "b"], ["longer", "4"], ["short"], ["equal"]],
        strict=True,
    ):
        solution.checks, solution.steps = checks, steps
    assert Vote(cast, 5).solution_for(None).number == 4


def test_an_equal_answer_in_a_form_that_is_not_asked_for_votes_and_is_not_shown():
    key = AnswerKey("x^2+x", Kind.EXPRESSION, form="expanded")
    cast = Vote(tries("x(x+1)", "x(1+x)", "x^2+x", "7", key=key), 4)
    assert cast.groups[0].count == 3
    assert cast.is_right
    assert cast.solution_for(None).final_answer == "x^2+x"


def test_right_answers_are_one_group_before_anybody_compared_them():
    cast = tries("4", "8/2", "5", "5")
    for solution in cast:
        solution.answers_like = 0
    assert Vote(cast, 4).winner.count == 2


def test_before_all_are_in_a_right_one_is_shown_and_none_is_missed():
    early = vote("5", "4", needed=4)
    assert not early.is_in
    assert not early.abstains
    assert early.solution_for(None).final_answer == "4"
    assert early.missing == 2
    assert not early.may_ask_again()


def test_what_failed_for_no_fault_of_the_models_is_no_vote():
    cast = Vote([*tries("4", "4"), *tries("", "", outcome="aborted")], 4)
    assert not cast.is_in
    assert (cast.missing, cast.is_over) == (2, False)
    stopped = vote("", "", "", "", outcome="aborted")
    assert (stopped.missing, stopped.is_over) == (4, False)
    failed = vote("", "", "", "", outcome="engine_failed")
    assert (failed.missing, failed.is_over, failed.is_in) == (0, True, False)


class Late(QuerySet):
    """While its answers are compared, the first comes to an end too, and another compares all."""

    def bulk_update(self, objs, fields):
        late = Solution.objects.filter(number=1, final_answer="")
        late.update(final_answer="5", answers_like=1)
        return super().bulk_update(objs, fields)


@pytest.mark.django_db
def test_answers_that_end_at_the_same_time_are_one_group_all_the_same(problem):
    version = problem.current
    for number, answer in enumerate(["", "10/2", "5.0"], start=1):
        Solution.objects.create(
            version=version, recipe="r", number=number, state=State.ENDED, final_answer=answer
        )
    compare_answers(Late(Solution), version)
    assert set(Solution.objects.values_list("answers_like", flat=True)) == {1}


@pytest.mark.django_db
def test_without_a_stored_answer_the_same_words_are_one_group(problem):
    version = problem.current
    version.stored_key.delete()
    version.refresh_from_db()
    for number, answer in enumerate(["5", "6", "5"], start=1):
        Solution.objects.create(
            version=version,
            recipe="r",
            number=number,
            state=State.ENDED,
            outcome="finished",
            verdict=Verdict.UNDECIDED,
            final_answer=answer,
        )
    compare_answers(Solution.objects.all(), version)
    assert Vote(list(Solution.objects.order_by("number")), 3).winner.answer == "5"
