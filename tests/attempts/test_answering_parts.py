"""A problem with parts, from the page to the gradebook."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import make_assignment, make_parts, make_problem_with_parts
from tutor.assignments.models import Assignment
from tutor.attempts import submitting
from tutor.attempts.leak_check import find_leak
from tutor.attempts.models import Attempt, Draft, GradeChange, Practice
from tutor.attempts.results.item_progress import progress_on_item
from tutor.grading import AnswerKey, Kind, Verdict
from tutor.grading.multipart import grade_parts
from tutor.problems.content import InvalidRecord
from tutor.problems.expected import Expected, parts_with_foreseen
from tutor.problems.models import StoredKey
from tutor.problems.parts import Part


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch):
    """A busy machine may need longer than a student waits."""
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 30.0)


@pytest.fixture
def problem(db):
    return make_problem_with_parts()


def page(client, item):
    return client.get(item.get_absolute_url()).content.decode()


@pytest.fixture
def send(client, alice, item):
    """Fills in the parts of a fresh form and hands it in."""
    client.force_login(alice)

    def send(*texts, **fields):
        sent = {f"part-{letter}": text for letter, text in zip("abcdef", texts, strict=False)}
        number = Attempt.objects.count() + 1
        sent |= {"action": str(uuid4()), "number": number, "version": str(item.version.code)}
        address = reverse("attempt-submit", args=[item.code])
        answer = client.post(address, sent | fields, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    return send


def test_what_is_carried_over_several_parts_pays_what_the_page_says(client, alice, send, item):
    parts = [
        Part("How long?", AnswerKey("7", Kind.NUMBER)),
        Part("Twice that?", AnswerKey("14", Kind.NUMBER), carried="2a"),
        Part(
            "And its square?", AnswerKey("196", Kind.NUMBER), 2, carried="b^2", carried_percent=50
        ),
    ]
    item.problem.revise(make_parts(parts=tuple(parts)))
    item.problem.refresh_from_db()
    item.points = 4
    item.save(update_fields=["points"])
    shown = page(client, item)
    assert "An answer that follows correctly from your own earlier answers counts, too." in shown
    assert (
        "An answer that follows correctly from your own earlier answers earns 50% of the points."
        in shown
    )
    shown = send("8", "16", "256")
    assert "50% of the points" in shown
    assert "Points: 2 of 4" in shown  # 0, 1, and half of 2


def test_what_is_asked_stays_when_there_is_nothing_to_type(client, send, item):
    shown = send("7", "49", "A")
    assert [shown.count(part["prompt"]) for part in item.version.parts] == [1, 1, 1]
    whole = page(client, item)
    assert [whole.count(part["prompt"]) for part in item.version.parts] == [1, 1, 1]


def test_each_part_says_at_its_own_field_what_came_of_it(send):
    shown = send("8", "5", "A")
    fields = shown.split('data-part="part"')[1:]
    words = ("Not right", "Correct")
    assert [[word in field for word in words] for field in fields] == [
        [True, False], [True, False], [False, True],
    ]  # fmt: skip
    assert "part-results" not in shown
    assert shown.index('data-part="submit"') < shown.index('data-verdict="partly"')


def test_once_all_is_right_each_answer_stands_below_its_part(send, item):
    shown = send("7", "49", "A")
    first, second = (part["prompt"] for part in item.version.parts[:2])
    assert shown.index(first) < shown.index("<code>7</code>") < shown.index(second)
    assert shown.index(second) < shown.index("<code>49</code>")


def test_parts_that_were_changed_since_have_their_results_below(client, send, item):
    send("8", "5", "A")
    item.problem.revise(make_parts(parts=(Part("How many?", AnswerKey("7", Kind.NUMBER)),)))
    shown = page(client, item)
    assert "part-judged" not in shown
    assert "part-results" in shown


def test_each_part_has_a_field_under_what_it_asks(client, alice, item):
    client.force_login(alice)
    shown = page(client, item)
    assert re.findall(r'name="(part-\w)"', shown) == ["part-a", "part-b", "part-c", "part-c"]
    assert shown.count("How large is the area?") == 1
    assert "Points: 0.5" in shown
    assert "An answer that follows correctly from your own earlier answers counts, too." in shown
    assert 'name="response"' not in shown


def test_all_parts_are_handed_in_at_once(send, item):
    assert "Correct" in send("7", "7*7", "A")
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.score) == (Verdict.CORRECT, 1)
    assert attempt.part_responses == ["7", "7*7", "A"]
    assert attempt.response == "a) 7\nb) 7*7\nc) A"
    assert [row["reading"] for row in attempt.parts] == ["7", r"7 \cdot 7", ""]
    assert [row["verdict"] for row in GradeChange.objects.get().parts] == ["correct"] * 3


def test_what_follows_from_a_wrong_answer_counts_and_says_so(send, item, assignment):
    shown = send("8", "64", "A")
    assert "follows from your own answer to a)" in shown
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.score) == (Verdict.INCORRECT, 0.75)
    assert attempt.grade.parts[1]["carried"] == ["a"]
    assert progress_on_item([attempt], item, assignment).points == Decimal("0.75")


def test_no_page_says_the_stored_answer_of_a_part(client, section, alice):
    secret = Part("Which number?", AnswerKey("86753091", Kind.NUMBER))
    twice = Part("Twice?", AnswerKey("", Kind.NUMBER), carried="2*a")
    problem = make_problem_with_parts(parts=(secret, twice), solution=r"\(\boxed{173506182}\)")
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    form = {"part-a": "5", "part-b": "10", "action": str(uuid4()), "number": 1}
    form["version"] = str(item.version.code)
    shown = page(client, item)
    shown += client.post(reverse("draft", args=[item.code]), form).content.decode()
    shown += client.post(
        reverse("attempt-submit", args=[item.code]), form, headers={"HX-Request": "true"}
    ).content.decode()
    shown += client.get(Attempt.objects.get().get_absolute_url()).content.decode()
    assert "follows from your own answer to a)" in shown
    assert "86753091" not in shown
    assert "173506182" not in shown
    assert "2*a" not in shown


def test_one_unreadable_part_costs_nothing_and_judges_none(send, item):
    shown = send("7", "49/", "A")
    attempt = Attempt.objects.get()
    assert (attempt.verdict, attempt.is_counted) == (Verdict.UNREADABLE, False)
    assert shown.count("Not judged yet") == 2
    assert "Correct" not in shown
    assert 'value="49/"' in shown  # to be mended
    assert re.search(r'name="part-c" value="A" checked', shown)


def test_a_part_that_was_judged_keeps_its_verdict_beside_an_unreadable_one(send, item):
    send("7", "3", "A")
    shown = send("7", "49/", "A")
    judged = [part.state for part in Attempt.objects.last().parts_shown]
    assert judged == ["correct", "unreadable", "correct"]
    assert "Not judged yet" not in shown


def test_what_may_be_meant_is_one_press_away(send, item):
    assert 'data-part="type-meant" data-text="7.5"' in send("7,5", "49", "A")


def test_of_a_part_that_changed_nothing_is_told(send, item):
    send("8", "3", "A")
    assert send("7", "49/", "A").count("Not judged yet") == 1


def test_a_part_that_builds_on_another_answer_than_before_is_not_told(send, item):
    send("8", "64", "A")
    send("9", "64", "no choice")
    assert [part.grade["rule"] for part in Attempt.objects.last().parts_shown][:2] == [
        "unjudged"
    ] * 2


def test_where_verdicts_come_after_the_end_no_part_keeps_one(send, item):
    Assignment.objects.update(verdict_policy="after_end")
    send("7", "3", "A")
    shown = send("7", "49/", "A")
    rules = [part["rule"] for part in Attempt.objects.last().grade.parts]
    assert rules == ["unjudged", "parse", "unjudged"]
    assert "Correct" not in shown


def test_an_empty_part_is_not_solved_and_all_empty_is_no_attempt(send):
    assert "Type an answer first." in send("", " ", "")
    assert not Attempt.objects.exists()
    assert "Left empty" in send("7", "", "A")
    assert Attempt.objects.get().score == 0.5


def test_after_a_wrong_attempt_its_answers_are_there_to_go_on_with(send):
    assert 'value="50"' in send("7", "50", "A")


def test_an_earlier_attempt_shows_its_parts_as_they_were(client, send, item):
    send("8", "64", "B")
    send("7", "49", "B")
    shown = client.get(Attempt.objects.get(number=1).get_absolute_url()).content.decode()
    assert "How large is the area?" in shown
    assert [text in shown for text in ("<code>8</code>", "<code>64</code>", "No")] == [True] * 3
    results = shown[shown.index("part-results") :]
    signs = [f'class="standing {kind}"' in results for kind in ("wrong", "right")]
    assert signs == [True, True]  # a) is wrong; b) follows from it


def test_a_draft_keeps_each_part_and_echoes_the_one_that_is_typed(client, alice, item):
    client.force_login(alice)
    address = reverse("draft", args=[item.code])
    typed = {"part-a": "1/2", "part-b": "3/", "part-c": "B"}
    echo = client.post(f"{address}?part=part-a", typed).content.decode()
    assert r"\frac{1}{2}" in echo
    assert "Read as" not in client.post(f"{address}?part=part-b", typed).content.decode()
    assert Draft.objects.get().parts == ["1/2", "3/", "B"]
    shown = page(client, item)
    assert 'value="1/2"' in shown
    assert re.search(r'name="part-c" value="B" checked', shown)


@pytest.mark.parametrize("part", ["part-z", "response", "part-", "\0"])
def test_a_draft_for_no_part_does_no_harm(client, alice, item, part):
    client.force_login(alice)
    address = reverse("draft", args=[item.code])
    assert (
        client.post(address, {"part-a": "x" * 3_000}, QUERY_STRING=f"part={part}").status_code
        == 200
    )


def test_more_fields_than_parts_are_not_kept(send):
    send("7", "49", "A", "5", "6")
    assert len(Attempt.objects.get().parts) == 3


def test_what_takes_long_goes_to_a_worker_whole(send, run_tasks, monkeypatch):
    monkeypatch.setattr(submitting, "AT_ONCE_WORK_S", 0.0)
    with run_tasks():
        assert "Being graded" in send("7", r"49+\sin(x)-\sin(x)", "A")
    assert Attempt.objects.get().score >= 0.5


def test_help_says_the_answer_to_no_part(problem):
    assert find_leak("The side is 7.", problem.current) == "7"
    assert find_leak(r"So it is \(7 \cdot 7 = 49\).", problem.current)
    assert not find_leak("Divide the perimeter by four.", problem.current)


def test_hints_of_a_part_are_given_under_its_letter(problem):
    assert problem.current.hints == ["It has four equal sides.", "c) Look at the sides."]


def test_a_version_with_parts_says_what_was_written(problem):
    assert problem.current.content() == make_parts()
    assert problem.current.statement.startswith("A square has a perimeter of 28.\n\na) How long")


def test_parameters_fill_the_parts(db):
    parts = (
        Part("Half of [[n]]?", AnswerKey("[[n/2]]", Kind.NUMBER)),
        Part("Its square?", AnswerKey("", Kind.NUMBER), carried="a^2"),
    )
    problem = make_problem_with_parts(
        parts=parts, parameters="n = 4..20 step 2", solution=r"\(\boxed{[[(n/2)^2]]}\)"
    )
    assert problem.current.is_template
    variant = problem.current.variant(3)
    n = int(re.search(r"Half of (\d+)", variant.statement)[1])
    keys = variant.checked_key.parts
    assert [int(key.key.value) for key in keys] == [n // 2, (n // 2) ** 2]
    assert problem.current.content().parts == parts


def test_a_key_that_was_written_past_the_checks_is_for_a_teacher(send):
    StoredKey.objects.update(parts=[])
    assert "Not decided" in send("7", "49", "A")
    assert GradeChange.objects.get().rule == "invalid_key"


@pytest.mark.parametrize(
    ("carried", "message"),
    [
        ("b+1", "b is not an earlier part"),
        ("c+1", "c is not an earlier part"),
        ("5", "must use an earlier part"),
        ("2*", "breaks off"),
        ("1/(a-7)", "has no value for the right answers"),
        ("9^9^9^9*a", "has no value for the right answers"),
    ],
)
def test_what_follows_from_no_earlier_part_is_refused(carried, message):
    first, _area, last = make_parts().parts
    parts = (first, Part("And?", AnswerKey("49", Kind.NUMBER), carried=carried), last)
    with pytest.raises(InvalidRecord, match=message):
        make_parts(parts=parts).variant(1)


def test_a_letter_with_two_meanings_is_refused():
    number = AnswerKey("7", Kind.NUMBER)
    parts = (*[Part("?", number)] * 5, Part("?", AnswerKey("14", Kind.NUMBER), carried="2e"))
    with pytest.raises(InvalidRecord, match="a fixed meaning"):
        make_parts(parts=parts).variant(1)
    parts = (Part("?", number), Part("?", AnswerKey("14", Kind.NUMBER), carried="2a"))
    with pytest.raises(InvalidRecord, match="a parameter as well"):
        make_parts(parts=parts, parameters="a = 2..9").variant(1)


def test_words_and_choices_are_not_carried():
    word = Part("?", AnswerKey("yes", Kind.TEXT))
    parts = (word, Part("?", AnswerKey("14", Kind.NUMBER), carried="2a"))
    with pytest.raises(InvalidRecord, match="not a number or expression"):
        make_parts(parts=parts).variant(1)


def test_what_the_author_says_to_a_wrong_answer_stands_at_its_part(client, section, alice):
    rows = (Expected("b) 28", r"That is the \(perimeter\)."), Expected("a) 14", "Half of it."))
    problem = make_problem_with_parts("told", expected=rows)
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)
    form = {"action": str(uuid4()), "number": 1, "version": str(item.version.code)}
    form |= {"part-a": "28/4", "part-b": "4*7", "part-c": "A"}
    answer = client.post(
        reverse("attempt-submit", args=[item.code]), form, headers={"HX-Request": "true"}
    ).content.decode()
    assert r"That is the \(perimeter\)." in answer
    assert "Half of it." not in answer
    assert [row["rule"] for row in Attempt.objects.get().grade.parts][1] == "expected"


def test_what_follows_is_right_also_where_it_was_expected_to_be_wrong(section, alice, client):
    problem = make_problem_with_parts("told", expected=(Expected("b) 64", "How so?"),))
    keys = problem.current.checked_key.parts
    grade = parts_with_foreseen(
        grade_parts(["8", "64", ""], keys),
        ["8", "64", ""],
        keys,
        problem.current.stored_key.expected_answers(),
    )
    assert (grade.parts[1].verdict, grade.parts[1].feedback) == (Verdict.CORRECT, None)


def test_another_variant_with_parts_is_practised(client, section, alice):
    parts = (
        Part("Half of [[n]]?", AnswerKey("[[n/2]]", Kind.NUMBER)),
        Part("Its square?", AnswerKey("", Kind.NUMBER), carried="a^2"),
    )
    problem = make_problem_with_parts(
        "halves",
        parts=parts,
        parameters="n = 4..80 step 2",
        solution=r"\(\boxed{[[(n/2)^2]]}\)",
    )
    item = make_assignment(section, [problem]).problem_set.items.get()
    client.force_login(alice)

    def answers(shown, address):
        half = int(re.search(r"Half of (\d+)", shown)[1]) // 2
        form = dict(re.findall(r'name="(action|number|version)" value="([^"]+)"', shown))
        typed = {"part-a": half + 1, "part-b": half**2}
        return client.post(address, form | typed, headers={"HX-Request": "true"}).content.decode()

    shown = page(client, item)
    assert "Points: 0.5" in shown
    Assignment.objects.update(attempts_allowed=1)
    assert "Partly right" in answers(shown, reverse("attempt-submit", args=[item.code]))
    client.post(reverse("practice-next", args=[item.code]))
    practice = Practice.objects.get()
    shown = client.get(practice.get_absolute_url()).content.decode()
    assert "Points: 0.5" not in shown
    assert "Partly right" in answers(shown, re.search(r'hx-post="([^"]*attempts/)"', shown)[1])
    attempt = Attempt.with_practice.get(practice=practice)
    assert [row["verdict"] for row in attempt.grade.parts] == ["incorrect", "correct"]
