"""The sentences about probable mistakes: one for each name, without any number of the problem."""

from django.utils.functional import Promise

from tutor.attempts.mistake_sentences import of_algebra, of_answers, of_topics
from tutor.grading.mistakes import Explanation

# Each is a friendly question or pointer, and none says what would be right.
SENTENCES: dict[str, Promise] = {
    **of_answers.SENTENCES,
    **of_algebra.SENTENCES,
    **of_topics.SENTENCES,
}


def mistake_sentence(explanation: Explanation) -> str:
    return str(SENTENCES[explanation.name])
