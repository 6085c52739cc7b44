"""Practice of one skill, from a class or on one's own, and the problem that is suggested."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.attempts.practising.conftest import on_day
from tests.attempts.test_variants import products
from tests.conftest import make_user
from tests.factories import make_assignment, make_problem
from tutor.assignments.calendar import dates_of
from tutor.assignments.models import HelpLevel, Item
from tutor.attempts.help import is_offered
from tutor.attempts.models import Attempt, GivenHelp, Practice
from tutor.attempts.practising.skill_practice import practise, suggestion_for
from tutor.attempts.practising.topics import Difficulty, topics_for
from tutor.attempts.practising.weekly_reviews import begin, review_of_week
from tutor.attempts.results.mastery import MIN_ANSWERS, Mastery, masteries_of
from tutor.attempts.views.skills import OwnSkill, in_progress_first
from tutor.attempts.views.student_home import skills_beside
from tutor.courses.models import Enrollment, Section
from tutor.problems.models import Problem, ProblemVersion, Skill

HTMX = {"HX-Request": "true"}


@pytest.fixture
def eve(db):
    """She has no class."""
    return make_user("eve")


@pytest.fixture
def public(db):
    """Two problems for everybody, of which one has variants, and one for classes only."""
    problems = [make_problem(f"sum-{number}") for number in range(3)]
    for problem in problems:
        problem.tag(["arithmetic.addition"])
    problems[1].revise(products())
    Problem.objects.filter(pk__in=[problem.pk for problem in problems[:2]]).update(is_public=True)
    return problems[:2]


@pytest.fixture
def skill(public):
    return Skill.objects.get(name="arithmetic.addition")


@pytest.fixture
def press(client):
    """Presses the button of a skill."""

    def press(user, skill, **how):
        client.force_login(user)
        return client.post(reverse("skill-practise", args=[skill.pk]), **how)

    return press


def test_without_a_class_one_practises_with_public_problems(client, eve, skill, public, press):
    client.force_login(eve)
    page = client.get(reverse("skills")).content.decode()
    assert "Choose a single skill" in page
    assert "Addition" in page
    response = press(eve, skill)
    practice = Practice.objects.get(enrollment__user=eve)
    assert response.url == practice.get_absolute_url()
    assert practice.item.problem in public
    page = client.get(response.url).content.decode()
    assert "Practice: does not change your points" in page
    sent = {"action": uuid4(), "number": 1, "version": practice.version.code, "response": "4"}
    submit = reverse("practice-attempt-submit", args=[practice.code])
    page = client.post(submit, sent, headers=HTMX).content.decode()
    assert "Next problem: Addition" in page
    skills = client.get(reverse("skills")).content.decode()
    assert "right at first, without help" in skills
    assert 'class="bar-cell"' not in skills  # too little to claim anything


def test_the_problem_that_a_page_names_is_the_one_that_opens(client, eve, skill, public, press):
    other = public[1] if practise(eve, skill).item.problem == public[0] else public[0]
    response = press(eve, skill, data={"problem": other.pk})
    practice = Practice.objects.get(enrollment__user=eve, item__problem=other)
    assert response.url == practice.get_absolute_url()


def test_the_page_sends_the_problem_that_it_names(client, eve, skill, public, answer):
    answer(eve, practise(eve, skill, on_day(0)), -3)
    suggested = suggestion_for(eve, masteries_of(eve)).problem
    client.force_login(eve)
    for address in (reverse("skills"), reverse("home")):
        page = client.get(address).content.decode()
        assert f'name="problem" value="{suggested.pk}"' in page
        assert suggested.current.title in page


def test_a_named_problem_that_nobody_may_practise_does_not_open(eve, skill, public, press):
    withheld = Problem.objects.exclude(pk__in=[problem.pk for problem in public]).get()
    press(eve, skill, data={"problem": withheld.pk})
    assert Practice.objects.get(enrollment__user=eve).item.problem in public


def test_the_chosen_skill_stands_above_a_problem_of_several(client, eve, skill, public, press):
    for problem in public:
        problem.tag(["arithmetic.addition", "algebra.equations"])
    kicker = press(eve, skill, follow=True).content.decode().partition('class="kicker">')[2]
    names = [row.shown_name for row in Skill.objects.filter(problems=public[0])]
    assert len(names) == 2
    assert " · ".join(names) in kicker.partition("</p>")[0]


def test_who_is_stuck_at_once_may_ask_for_a_hint(client, eve, skill, press):
    page = press(eve, skill, follow=True).content.decode()
    assert "Show a hint" in page
    practice = Practice.objects.get(enrollment__user=eve)
    address = reverse("practice-help", args=[practice.code])
    client.post(address, {"level": "hint", "number": 1}, headers=HTMX)
    assert GivenHelp.objects.get().level == HelpLevel.HINT


def test_a_problem_for_classes_alone_is_never_given(eve, skill, answer):
    given = set()
    while practice := practise(eve, skill, on_day(0)):
        given.add(practice.item.problem.slug)
        answer(eve, practice, 0)
        if len(given) == 2:
            break
    assert given == {"sum-0", "sum-1"}


def test_what_was_begun_comes_first(eve, skill):
    assert practise(eve, skill) == practise(eve, skill)


def test_with_variants_there_is_always_another_one(eve, skill, answer):
    seeds = set()
    for _round in range(4):
        practice = practise(eve, skill, on_day(0))
        seeds.add((practice.item_id, practice.version.seed))
        answer(eve, practice, 0)
    assert len(seeds) == 4


def test_the_same_numbers_rest_for_a_day(eve, skill, answer, press):
    Problem.objects.filter(slug="sum-1").update(is_public=False)
    first = practise(eve, skill)
    answer(eve, first, 0)
    assert practise(eve, skill, on_day(0)) is None
    page = press(eve, skill, follow=True).content.decode()
    assert "There is no other problem for “Addition” now." in page
    assert practise(eve, skill, on_day(2)).item == first.item


def test_the_help_of_self_study_beyond_hints_comes_after_a_try_and_names_no_teacher(
    client, eve, press, skill
):
    response = press(eve, skill)
    practice = Practice.objects.get(enrollment__user=eve)
    page = client.get(response.url).content.decode()
    assert "Your teacher sees" not in page
    assignment = practice.enrollment.section.assignments.get()
    assert is_offered(HelpLevel.HINT, assignment, [])
    for level in (HelpLevel.ANSWER_HINT, HelpLevel.STEP, HelpLevel.SOLUTION):
        assert not is_offered(level, assignment, []), level


def test_self_study_keeps_the_clock_of_the_reader(client, eve, press, skill):
    eve.time_zone = "Asia/Shanghai"
    eve.save()
    page = client.get(press(eve, skill).url)
    assert "Dates on this page" not in page.content.decode()


def test_there_is_one_class_for_self_study_and_it_stays_out_of_sight(
    client, eve, bob, skill, carol, section
):
    for user in (eve, bob):
        practise(user, skill)
    study = Section.objects.get(is_self_study=True)
    assert set(study.enrollments.values_list("role", flat=True)) == {Enrollment.Role.STUDENT}
    client.force_login(bob)
    assert "Self-study" not in client.get(reverse("home")).content.decode()
    assert dates_of(bob) == []
    client.force_login(carol)
    assert "Self-study" not in client.get(reverse("sections")).content.decode()
    assert client.get(reverse("section", args=[study.code])).status_code == 404


def test_others_do_not_see_it(client, eve, bob, carol, skill):
    practice = practise(eve, skill)
    practise(bob, skill)
    for user in (bob, carol):
        client.force_login(user)
        assert client.get(practice.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("fields", [{"attempts_allowed": 1}, {"opens_at": on_day(1)}, {}])
def test_what_a_class_has_to_do_is_not_given_for_practice(alice, section, public, skill, fields):
    make_assignment(section, public, due_at=on_day(9), **fields)
    assert practise(alice, skill) is None
    assert not Section.objects.filter(is_self_study=True).exists()


def test_a_class_has_its_own_problems(alice, items, answer):
    skill = items[0].problem.skills.get()
    answer(alice, items[0], -3)
    practice = practise(alice, skill)
    assert practice.item in items[:3]
    assert practice.enrollment.section == Section.objects.get()


def test_the_weakest_skill_is_suggested(client, alice, items, answer):
    for item, right in ((items[0], True), (items[3], False), (items[6], True)):
        answer(alice, item, -3, right=right)
    suggestion = suggestion_for(alice, masteries_of(alice))
    assert suggestion.skill == items[3].problem.skills.get()
    client.force_login(alice)
    page = client.get(reverse("skills")).content.decode()
    assert "A good next problem" in page
    assert practise(alice, suggestion.skill).item.problem == suggestion.problem


def test_a_problem_with_the_name_of_its_skill_is_named_once(client, alice, items, answer):
    answer(alice, items[0], -3)
    answer(alice, items[3], -3, right=False)
    suggestion = suggestion_for(alice, masteries_of(alice))
    client.force_login(alice)
    for title, count in (("Another name", 1), (suggestion.skill.shown_name, 0)):
        suggestion.problem.current.__class__.objects.update(title=title)
        for name in ("skills", "home"):
            card = client.get(reverse(name)).content.decode().split("A good next problem")[1]
            facts = card.split("</form>")[0]
            assert facts.count(f"<span>{suggestion.skill.shown_name}</span>") == count, name


def test_a_problem_that_needs_a_later_skill_is_not_suggested(eve):
    year_7, year_10 = "algebra.linear_equations.both_sides", "functions.exponential.equations"
    problems = [make_problem(f"equation-{number}") for number in range(2)]
    problems[0].tag([year_7, year_10])
    problems[1].tag([year_7])
    Problem.objects.filter(pk__in=[problem.pk for problem in problems]).update(is_public=True)
    skill = Skill.objects.get(name=year_7)
    assert practise(eve, skill).item.problem == problems[1]
    masteries = {skill: Mastery([0.0])}
    assert suggestion_for(eve, masteries).problem == problems[1]
    Problem.objects.filter(pk=problems[1].pk).update(is_public=False)
    assert suggestion_for(eve, masteries) is None
    assert practise(eve, skill).item.problem == problems[0]


def test_practice_and_suggestion_speak_the_language_of_the_student(
    alice, eve, public, skill, items, answer
):
    ProblemVersion.objects.filter(problem=public[1]).update(language="zh-hans")
    assert practise(eve, skill).item.problem == public[0]
    eve.language = "zh-hans"
    assert practise(eve, skill).item.problem == public[1]
    answer(alice, items[0], -3, right=False)
    answer(alice, items[3], -3)
    ProblemVersion.objects.filter(problem__in=[item.problem for item in items[:3]]).update(
        language="zh-hans"
    )
    Attempt.objects.update(version=public[0].current)
    suggestion = suggestion_for(alice, masteries_of(alice))
    assert suggestion.problem.skills.get() == items[3].problem.skills.get()
    Attempt.objects.update(version=public[1].current)
    ProblemVersion.objects.update(language="zh-hans")
    ProblemVersion.objects.filter(problem=public[1]).update(language="en")
    assert suggestion_for(alice, masteries_of(alice)).problem.current.language == "zh-hans"


def test_new_values_of_today_come_before_another_language(eve, skill, public, answer):
    foreign = make_problem("summe", language="zh-hans")
    foreign.tag(["arithmetic.subtraction"])
    Problem.objects.filter(pk=foreign.pk).update(is_public=True)
    for _problem in public:
        answer(eve, practise(eve, skill, on_day(0)), 0)
    weaker = Skill.objects.get(name="arithmetic.subtraction")
    masteries = {weaker: Mastery([0.0]), skill: Mastery([0.5])}
    assert suggestion_for(eve, masteries, on_day(0)).problem == public[1]
    Problem.objects.filter(pk=public[1].pk).update(is_public=False)
    assert suggestion_for(eve, masteries, on_day(0)).problem == foreign


def test_where_there_is_no_problem_nothing_is_suggested(alice, section, items, answer):
    answer(alice, items[0], -3)
    Item.objects.exclude(pk=items[0].pk).delete()
    assert suggestion_for(alice, masteries_of(alice), on_day(-3)) is None


def test_a_weekly_review_takes_public_problems_too(eve, public, skill, answer):
    answer(eve, practise(eve, skill), -10)
    review = review_of_week(eve)
    [task] = [problem for problem in review.problems if problem.item is None][:1]
    assert task.problem in public
    assert begin(task).enrollment.section.is_self_study


def test_a_problem_that_is_no_longer_public_leaves_the_choice(eve, skill):
    Problem.objects.update(is_public=False)
    assert practise(eve, skill) is None


def test_the_administration_opens_problems_for_practice(client, admin, problem):
    client.force_login(admin)
    chosen = {"action": "open_for_practice", "_selected_action": [problem.pk]}
    client.post(reverse("admin:problems_problem_changelist"), chosen)
    assert list(Problem.objects.public()) == [problem]


def test_the_page_of_skills_takes_as_many_queries_for_any_number(client, alice, items, answer):
    client.force_login(alice)
    counts = []
    for some in (items[:4:3], items[6:]):
        for item in some:
            answer(alice, item, 0)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("skills"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40
    assert Attempt.objects.count() == 5


def own(path, score):
    return OwnSkill(Skill(name=path), Mastery([score] * MIN_ANSWERS))


def test_what_is_to_be_learned_comes_before_what_the_student_has():
    secure = [own("algebra.factoring.pairs", 1.0)]
    mixed = [
        own("geometry.angles.sums", 1.0),
        own("geometry.area.circles", 1.0),
        own("geometry.area.squares", 0.5),
    ]
    areas = in_progress_first([("Algebra", secure), ("Geometry", mixed)])
    assert [area.name for area in areas] == ["Geometry", "Algebra"]
    assert [topic.name for topic in areas[0].topics] == ["Areas", "Angles"]
    assert areas[0].rows[0] == areas[0].topics[0].rows[0] == mixed[2]


def test_a_long_area_of_skills_is_folded_by_topic(client, alice, monkeypatch):
    paths = [f"algebra.{topic}.skill_{n}" for topic in ("sets", "surds") for n in range(5)]
    known = {Skill.objects.create(name=path): Mastery([1.0]) for path in paths}
    monkeypatch.setattr("tutor.attempts.views.skills.masteries_of", lambda user: known)
    monkeypatch.setattr("tutor.attempts.views.skills.suggestion_for", lambda user, known: None)
    client.force_login(alice)
    page = client.get(reverse("skills")).content.decode()
    assert page.count('<details class="skill-topic" open>') == 1
    assert page.count('<details class="skill-topic">') == 1


def test_a_topic_begins_as_hard_as_its_button_says(client, eve, public):
    hard = public[1]
    ProblemVersion.objects.update(level=2)
    ProblemVersion.objects.filter(problem=hard).update(level=4)
    assert [(row.area, row.difficulties) for row in topics_for(eve)] == [
        ("arithmetic", [Difficulty.EASY, Difficulty.HARD])
    ]
    client.force_login(eve)
    sent = {"area": "arithmetic", "difficulty": "hard"}
    client.post(reverse("topic-begin"), sent)
    assert Practice.objects.get().item.problem == hard
    assert client.post(reverse("topic-begin"), sent | {"area": "magic"}).status_code == 404


def test_the_next_problem_is_no_easier_while_there_is_one(eve, skill, public):
    ProblemVersion.objects.filter(problem=public[0]).update(level=2)
    assert practise(eve, skill, from_level=1).item.problem == public[0]
    assert practise(eve, skill, from_level=3).item.problem == public[1]
    assert practise(eve, skill, from_level=4).item.problem == public[0]


def test_the_first_page_offers_no_skill_that_needs_no_practice():
    sums, sets, roots = (Skill(pk=n, name=f"algebra.{n}") for n in range(3))
    masteries = {sums: Mastery([1.0]), sets: Mastery([1.0, 0.0]), roots: Mastery()}
    assert [skill for skill, _mastery in skills_beside(None, masteries)] == [roots, sets]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("http://testserver/practice/1/", "http://testserver/practice/1/"),
        ("http://elsewhere.example/", "/skills/"),
        ("javascript:alert(1)", "/skills/"),
        ("", "/skills/"),
    ],
)
def test_who_is_too_fast_stays_on_their_page(client, eve, skill, monkeypatch, before, after):
    monkeypatch.setattr("tutor.attempts.views.skills.NEW_A_MINUTE", 0)
    client.force_login(eve)
    address = reverse("skill-practise", args=[skill.pk])
    answer = client.post(address, headers={"Referer": before})
    assert answer["Location"] == after
    assert not Practice.objects.exists()
