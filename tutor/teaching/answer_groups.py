"""Group the wrong answers to one item: answers with the same meaning belong together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tutor.assignments.models import Assignment, Item
from tutor.attempts.judging.advice import (
    WRONG,
    is_wrong_at,
    part_reading_key,
    reading_key,
)
from tutor.attempts.models import Advice, Attempt, GradeChange
from tutor.courses.models import Enrollment
from tutor.grading import group_answers
from tutor.grading.multipart import LETTERS
from tutor.problems.checked_key import RightAnswer
from tutor.problems.models import ProblemVersion
from tutor.teaching.stored_answers import (
    answered_by_version,
    is_doubted,
    right_by_question,
    stored_answers,
)
from tutor.teaching.students import newest_by_name

GROUPING_WORK_S = 2.0  # for one page, for all versions together
MAX_EXAMPLES = 6
MAX_GROUPS = 60

Question = tuple[int, ProblemVersion, str]  # an item, and the letter of a part, or none


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer to a problem, or to one of its parts."""

    attempt: Attempt
    text: str
    reading: str
    advice: Advice | None


@dataclass
class WrongAnswerGroup:
    """Answers with the same meaning. written: each way to write it, with its count.

    letter: the part that they answer; empty if the problem has no parts. newest: of each student,
    by name. right: the right answer; None if the key is unusable. is_proved: whether the working of
    one of them proves it. is_doubted: so many gave this one that the key may be wrong. graded: of
    `attempts`, those that a teacher graded.
    """

    item_pk: int
    version: ProblemVersion
    letter: str
    attempts: int
    newest: list[Attempt]
    written: list[tuple[str, int]]
    reading: str
    advice: Advice | None
    is_proved: bool
    graded: int
    right: RightAnswer | None = None
    is_doubted: bool = False

    @property
    def students(self) -> int:
        return len(self.newest)

    @property
    def answer(self) -> str:
        """The commonest way to write it."""
        return self.written[0][0]

    @property
    def formula(self) -> str:
        """Of the reading, which stands alone, so that a fraction is as large as a number."""
        return rf"\(\displaystyle {self.reading}\)"

    @property
    def examples(self) -> list[tuple[str, int]]:
        return self.written[:MAX_EXAMPLES]

    @property
    def more(self) -> int:
        return max(0, len(self.written) - MAX_EXAMPLES)


@dataclass(frozen=True)
class WrongAnswerGroups:
    """is_whole: False if there was too little time to compare all answers."""

    groups: list[WrongAnswerGroup]
    is_whole: bool

    @property
    def shown(self) -> list[WrongAnswerGroup]:
        return self.groups[:MAX_GROUPS]

    @property
    def versions(self) -> int:
        return len({group.version.pk for group in self.groups})


def answer_groups(assignment: Assignment, item: Item) -> WrongAnswerGroups:
    """Part by part: what is proved first, then the commonest."""
    groups, is_whole = grouped_answers(assignment, [item.pk])
    _compare_with_keys(groups, assignment, item)
    groups.sort(
        key=lambda group: (
            group.letter,
            not group.is_proved,
            -group.students,
            -group.attempts,
            group.answer,
        )
    )
    return WrongAnswerGroups(groups, is_whole)


def grouped_answers(
    assignment: Assignment, items: Collection[int], min_students: int = 1
) -> tuple[list[WrongAnswerGroup], bool]:
    """Those that at least so many students gave, and whether there was time to compare all.

    items: primary keys. Answers are only compared within the same variant.
    """
    wrong = {
        question: answers
        for question, answers in _wrong_answers(assignment, items).items()
        if len({answer.attempt.enrollment_id for answer in answers}) >= min_students
    }
    groups: list[WrongAnswerGroup] = []
    is_whole = True
    for question, answers in wrong.items():
        alike, is_finished = _grouped(question, answers, GROUPING_WORK_S / len(wrong))
        groups += [group for group in alike if group.students >= min_students]
        is_whole = is_whole and is_finished
    return groups, is_whole


def _wrong_answers(
    assignment: Assignment, items: Collection[int]
) -> dict[Question, list[WrongAnswer]]:
    wrong: dict[Question, list[WrongAnswer]] = defaultdict(list)
    commented = assignment.advice.filter(item__in=items).exclude(part="")
    advice = commented.select_related("author").in_bulk()
    for attempt in (
        Attempt.objects.filter(
            item__in=items,
            enrollment__section=assignment.section_id,
            enrollment__role=Enrollment.Role.STUDENT,
            grade__verdict__in=WRONG,
        )
        .select_related("version__stored_key", "advice", "grade", "enrollment__user")
        .defer("working", "checks")
        .order_by("pk")
    ):
        for letter, answer in _wrong_in(attempt, advice):
            wrong[attempt.item_id, attempt.version, letter].append(answer)
    return wrong


def _compare_with_keys(groups: list[WrongAnswerGroup], assignment: Assignment, item: Item) -> None:
    versions = {group.version.pk: group.version for group in groups}
    right = {pk: stored_answers(version, item.problem) for pk, version in versions.items()}
    students = answered_by_version(versions, assignment.section_id)
    were_right = right_by_question(versions, assignment.section_id)
    for group in groups:
        pk = group.version.pk
        group.right = right[pk].to_part(group.letter)
        group.is_doubted = is_doubted(
            group.students, students.get(pk, 0), were_right[pk, group.letter]
        )


def _wrong_in(attempt: Attempt, advice: dict[int, Advice]) -> Iterator[tuple[str, WrongAnswer]]:
    """The wrong answers of an attempt, by the letter of the part; empty parts are left out."""
    if not attempt.parts:
        yield "", WrongAnswer(attempt, attempt.response, attempt.reading, attempt.advice)
    for index, row in enumerate(attempt.parts):
        if is_wrong_at(attempt, index):
            given = advice.get(row.get("advice", 0))
            yield LETTERS[index], WrongAnswer(attempt, row["response"], row["reading"], given)


def _grouped(
    question: Question, answers: list[WrongAnswer], max_work_s: float
) -> tuple[list[WrongAnswerGroup], bool]:
    _item, version, letter = question
    counts = Counter(answer.text for answer in answers)
    texts = [text for text, _count in counts.most_common()]
    key = part_reading_key(version, letter) if letter else reading_key(version)
    if key is None:
        return [_group(question, answers, [text], counts) for text in texts], True
    grouping = group_answers(texts, key, max_work_s)
    return [
        _group(question, answers, [texts[index] for index in indexes], counts)
        for indexes in grouping.groups
    ], grouping.is_whole


def _group(
    question: Question, answers: list[WrongAnswer], texts: list[str], counts: Counter[str]
) -> WrongAnswerGroup:
    item_pk, version, letter = question
    group_texts = set(texts)
    members = [answer for answer in answers if answer.text in group_texts]
    return WrongAnswerGroup(
        item_pk=item_pk,
        version=version,
        letter=letter,
        attempts=len(members),
        newest=newest_by_name(member.attempt for member in members),
        written=[(text, counts[text]) for text in texts],
        reading=next((member.reading for member in members if member.text == texts[0]), ""),
        advice=next((member.advice for member in members if member.advice), None),
        graded=sum(_is_graded(member.attempt) for member in members),
        is_proved=any(member.attempt.contradicts_key for member in members),
    )


def _is_graded(attempt: Attempt) -> bool:
    """By a teacher."""
    return attempt.grade is not None and attempt.grade.source == GradeChange.Source.TEACHER
