"""A wrong key is corrected where it is taught, in one step, after what changes was shown."""

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_content, make_parts, make_problem
from tutor.assignments.models import ProblemSet
from tutor.attempts.models import Attempt
from tutor.grading import AnswerKey, Kind, Verdict
from tutor.problems.content import AnswerTest
from tutor.problems.expected import Expected
from tutor.problems.models import Problem
from tutor.solutions.dispatch.reference_solution import checked_reference, has_reference
from tutor.teaching.models import Regrade

LOOK = {"action": "look", "never_lower": "on", "reason": "The key was wrong."}


@pytest.fixture
def problem(problem):
    """One of Lemma's own, which no teacher may edit."""
    problem.revise(
        make_content(
            tests=(AnswerTest("4", "correct"), AnswerTest("7", "incorrect")),
            expected=(Expected("5", "One too many."), Expected("3", "One too few.")),
        )
    )
    Problem.objects.update(is_shared=True)
    problem.refresh_from_db()
    return problem


@pytest.fixture
def hers(carol, assignment):
    ProblemSet.objects.update(owner=carol)


@pytest.fixture
def confirm(as_user, carol, run_tasks):
    """Looks, then confirms what was shown."""

    def confirm(problem, **answers):
        page = reverse("correct-key", args=[problem.code])
        looked = as_user(carol).post(page, LOOK | answers)
        previewed = looked.context["form"].chosen
        with run_tasks():
            sent = LOOK | answers | {"action": "apply", "previewed": previewed}
            answer = as_user(carol).post(page, sent)
        assert answer.status_code == 302
        return looked

    return confirm


@pytest.mark.usefixtures("hers")
def test_a_corrected_copy_takes_its_place_and_its_answers_are_graded_again(
    confirm, as_user, carol, dan, alice, bob, answered, item, problem
):
    elsewhere = make_assignment(dan.enrollments.get().section, [problem])
    right, wrong = answered(alice, "5"), answered(bob, "4", Verdict.CORRECT)
    looked = confirm(problem, answer="5")
    result = looked.context["run"]["result"]
    assert [outcome.attempt for outcome in result.changed] == [right]
    assert looked.context["dropped"] == ["4", "5"]  # a test, and a mistake that is right now
    assert "but the stored solution ends with 4" in looked.content.decode()
    item.refresh_from_db()
    copied = item.problem
    assert (copied.owner, copied.current.stored_key.value) == (carol, "5")
    assert [row["answer"] for row in copied.current.stored_key.tests] == ["7"]
    assert elsewhere.problem_set.items.get().problem == problem
    assert problem.current.stored_key.value == "4"
    verdicts = Attempt.objects.in_bulk([right.pk, wrong.pk])
    assert verdicts[right.pk].verdict == verdicts[wrong.pk].verdict == "correct"  # nobody loses
    assert Regrade.objects.get().changed == 1


@pytest.mark.usefixtures("hers")
def test_nothing_happens_before_what_changes_was_seen(as_user, carol, problem, item):
    page = reverse("correct-key", args=[problem.code])
    for action in ("look", "apply"):
        shown = as_user(carol).post(page, LOOK | {"action": action, "answer": "5"})
        assert "0 grades would change" in shown.content.decode()
    for answer in ("4", "2 +"):  # stored already; not readable
        form = as_user(carol).post(page, LOOK | {"answer": answer}).context["form"]
        assert list(form.errors) == ["answer"]
    item.refresh_from_db()
    assert item.problem == problem
    assert Problem.objects.count() == 1


def test_ones_own_is_corrected_in_place(confirm, carol, alice, answered, item, problem):
    Problem.objects.update(owner=carol)
    attempt = answered(alice, "5")
    confirm(problem, answer="5")
    problem.refresh_from_db()
    assert problem.current.stored_key.value == "5"
    assert (Problem.objects.count(), Attempt.objects.get().verdict) == (1, "correct")
    assert attempt.version != problem.current


def test_a_solution_that_is_only_the_answer_follows_it(confirm, carol, item, problem):
    problem.revise(make_content(solution=r"\(\boxed{4}\)"))
    Problem.objects.update(owner=carol)
    looked = confirm(problem, answer="5")
    assert "is only the answer, so it changes too" in looked.content.decode()
    problem.refresh_from_db()
    assert problem.current.reference_solution.text == r"\(\boxed{5}\)"


def test_a_solution_with_the_old_answer_is_named_and_hidden(
    confirm, as_user, carol, alice, answered, item, problem
):
    Problem.objects.update(owner=carol)
    answered(alice, "5")
    assert has_reference(problem.current)
    looked = confirm(problem, answer="5")
    assert "ends with 4. Students do not see this solution." in looked.content.decode()
    problem.refresh_from_db()
    editor = reverse("problem-edit", args=[problem.code])
    assert (
        f'<a href="{editor}#id_solution">Edit the solution</a>'
        in as_user(carol).get(Regrade.objects.get().get_absolute_url()).content.decode()
    )
    assert not has_reference(problem.current)
    assert checked_reference(problem.current) is None
    problem.revise(make_content("5"))
    problem.refresh_from_db()
    assert has_reference(problem.current)


def test_variants_and_parts_have_their_keys_corrected(as_user, carol, section, alice, answered):
    sums = make_problem(
        "sums", statement="[[a]] + 2 = ?", parameters="a = 3..9", solution=r"\boxed{[[a+2]]}",
        key=AnswerKey("[[a+1]]", Kind.NUMBER),
    )  # fmt: skip
    square = make_problem("square")
    square.revise(make_parts())
    Problem.objects.update(owner=carol)
    assignment = make_assignment(section, [sums, square])
    first = assignment.problem_set.items.first()
    variant = sums.current.variant(2)
    attempt = answered(alice, str(int(variant.stored_key.value) + 1), item=first)
    Attempt.objects.filter(pk=attempt.pk).update(version=variant)
    page = reverse("correct-key", args=[sums.code])
    shown = as_user(carol).post(page, LOOK | {"answer": "[[a+2]]"})
    assert [outcome.grade.verdict for outcome in shown.context["run"]["result"].changed] == [
        "correct"
    ]
    assert not shown.context["disagreement"]
    page = reverse("correct-key", args=[square.code])
    fields = [field.name for field in as_user(carol).get(page).context["form"].answers]
    assert fields == ["answera", "answerb", "answerc"]
    shown = as_user(carol).post(page, LOOK | {"answera": "7", "answerb": "49", "answerc": "B"})
    assert shown.context["form"].corrected.record.content.key.value == "B"


def test_who_may_not_read_the_problem_cannot_correct_it(as_user, dan, alice, problem):
    Problem.objects.update(is_shared=False)
    page = reverse("correct-key", args=[problem.code])
    assert [as_user(user).get(page).status_code for user in (dan, alice)] == [404, 404]


@pytest.mark.usefixtures("hers")
def test_it_says_what_becomes_what_and_whose_right_answer_would_be_wrong(
    as_user, carol, alice, bob, answered, item, problem
):
    answered(alice, "4", Verdict.CORRECT, 1)
    page = reverse("correct-key", args=[problem.code])
    shown = as_user(carol).post(page, LOOK | {"answer": "5"}).content.decode()
    assert "<code>4</code> becomes <code>5</code>" in shown
    assert "1 answer is right now and would be wrong." in shown
    listed = shown.partition("Right until now, and wrong by the new answer")[2]
    assert "alice" in listed.partition("</ul>")[0]
    answered(bob, "5")
    shown = as_user(carol).post(page, LOOK | {"answer": "5"}).content.decode()
    assert "would be wrong." not in shown  # as many would become right


@pytest.mark.usefixtures("hers")
def test_a_correction_that_was_none_is_taken_back(
    confirm, as_user, carol, alice, bob, answered, item, problem, run_tasks
):
    answered(alice, "4", Verdict.CORRECT, 1)
    wrong = answered(bob, "5")
    confirm(problem, answer="5")
    regrade = Regrade.objects.get()
    address = f"{regrade.get_absolute_url()}?answer=4"
    last = as_user(carol).get(address).content.decode()
    back = f"{reverse('correct-key', args=[regrade.problem.code])}?answer=4&amp;back=1"
    assert f'<a href="{back}">Change it back</a>' in last
    item.refresh_from_db()
    answers = reverse("answers", args=[item.problem_set.assignments.get().code, item.code])
    assert f'href="{answers}"' in last
    assert Attempt.objects.get(pk=wrong.pk).is_right
    form = as_user(carol).get(back.replace("&amp;", "&")).context["form"]
    assert (form["answer"].value(), form["never_lower"].value()) == ("4", False)
    sent = {"action": "look", "reason": "It was right.", "answer": "4"}
    looked = as_user(carol).post(back.replace("&amp;", "&"), sent)
    assert "Those are more than would become right." not in looked.content.decode()
    with run_tasks():
        confirmed = {"action": "apply", "previewed": looked.context["form"].chosen}
        as_user(carol).post(back.replace("&amp;", "&"), sent | confirmed)
    assert not Attempt.objects.get(pk=wrong.pk).is_right


def test_the_page_of_a_correction_leads_to_its_undoing(
    as_user, carol, hers, alice, answered, item, problem
):
    answered(alice, "5")
    page = reverse("correct-key", args=[problem.code])
    previewed = as_user(carol).post(page, LOOK | {"answer": "5"}).context["form"].chosen
    sent = LOOK | {"answer": "5", "action": "apply", "previewed": previewed}
    assert as_user(carol).post(page, sent).url.endswith("?answer=4")
