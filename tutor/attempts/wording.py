"""What pages say in place of codes, and in place of the grader's own English."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from tutor.attempts.running_tests import HELD
from tutor.attempts.submitting import Refusal

REFUSALS: dict[Refusal, Promise] = {
    Refusal.CLOSED: _("This assignment is closed, so your answer was not taken."),
    Refusal.NONE_LEFT: _("You have no attempt left here, so your answer was not taken."),
    Refusal.RIGHT_ALREADY: _("You have solved this problem already. Nothing more was counted."),
    Refusal.OVERTAKEN: _(
        "Another answer of yours was handed in meanwhile, perhaps from another window. The one "
        "below was not: look at the result first."
    ),
    Refusal.IN_TEST: HELD,
    Refusal.WAITING: _(
        "Several of your answers here wait for your teacher already, and Lemma could not decide "
        "this one at once. It is taken once one of them is decided; nothing was counted."
    ),
    Refusal.REVISED: _(
        "The problem was changed while you worked on it. Reload the page and read it again; your "
        "answer was not taken and cost nothing."
    ),
}

# Every sentence that a student may hear from the grader; a test reads its source for them.
_SENTENCES = [
    gettext_noop("A list, a set or a comparison cannot be added or multiplied."),
    gettext_noop("A number's base is a number, as in 204_5."),
    gettext_noop("The number is too long to read."),
    gettext_noop("A degree sign needs a number before it."),
    gettext_noop("A base lies between 2 and 36."),
    gettext_noop("%(text)s is no number in base %(base)s."),
    gettext_noop("An integral needs its dx."),
    gettext_noop("The rows of the matrix have different lengths."),
    gettext_noop("A value that depends on cases cannot be compared."),
    gettext_noop("The answer breaks off: something is missing at its end."),
    gettext_noop("The answer is nested too deeply."),
    gettext_noop("The answer has too many divisions in a row."),
    gettext_noop("The answer has too many comparisons in a row."),
    gettext_noop("Two numbers stand side by side without a sign between them."),
    gettext_noop("We could not read the answer."),
    gettext_noop("We could not read the answer at %(text)s."),
    gettext_noop("We could not read a choice. Answer with its letter, such as B."),
    gettext_noop("We could not read the word %(text)s."),
    gettext_noop("We could not read %(text)s."),
    gettext_noop("There is no answer."),
    gettext_noop("We read this as “I do not know”. Leave the field empty, or ask for help."),
    gettext_noop("A unit needs one number before it."),
    gettext_noop("The answer contains characters that are no text."),
    gettext_noop("The answer is too long to read."),
    gettext_noop("The answer is longer than %(limit)s characters."),
    gettext_noop("No final answer was found."),
    gettext_noop("The answer belongs in base %(base)s."),
    gettext_noop("The answer is about another letter than asked for."),
    gettext_noop("The value belongs to another name."),
    gettext_noop("The brackets differ from those asked for."),
    gettext_noop("It needs 1 entry."),
    gettext_noop("It needs %(n)s entries."),
    gettext_noop("It needs 1 row and 1 column."),
    gettext_noop("It needs 1 row and %(columns)s columns."),
    gettext_noop("It needs %(rows)s rows and 1 column."),
    gettext_noop("It needs %(rows)s rows and %(columns)s columns."),
    gettext_noop("%(right)s of %(asked)s values found."),
    gettext_noop("%(right)s of %(asked)s values are right."),
    gettext_noop("One value too many."),
    gettext_noop("Your answers to the parts before give no value to compare this one with."),
    gettext_noop("One choice or more is missing."),
    gettext_noop("The answer is a number with a unit."),
    gettext_noop("The number is right, but its unit is missing."),
    gettext_noop("The unit measures something else than what was asked for."),
    gettext_noop("The inequality is equivalent to the answer, but it is not solved."),
    gettext_noop("The value is right, but it is not a ratio of whole numbers in lowest terms."),
    gettext_noop("The value is right, but it is not a fraction in lowest terms."),
    gettext_noop("The value is right, but it is not factored as far as possible."),
    gettext_noop("The value is right, but it is not multiplied out and collected."),
    gettext_noop("The value is right, but its roots are not simplified."),
    gettext_noop("The value is right, but it is not a decimal with 1 place after the point."),
    gettext_noop("The value is right, but it is not a decimal with %(n)s places after the point."),
    gettext_noop("The value is right, but it is not a decimal with 1 significant figure."),
    gettext_noop("The value is right, but it is not a decimal with %(n)s significant figures."),
    gettext_noop("The value is right, but it does not have 1 significant figure."),
    gettext_noop("The value is right, but it does not have %(n)s significant figures."),
]
EXAMPLES = gettext_noop("Try a number, a fraction such as 3/4, or an expression such as 2x+1.")


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(
        re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.{1,2000})", re.escape(sentence)), re.DOTALL
    )


_PATTERNS = [(_pattern(sentence), sentence) for sentence in _SENTENCES]


def sentence(feedback: str) -> str:
    """The grader's feedback in the reader's language; as it is where it has no translation."""
    said, examples, _rest = feedback.partition(EXAMPLES)
    translated = _translated(said.strip())
    return f"{translated} {gettext(EXAMPLES)}".strip() if examples else translated


def _translated(said: str) -> str:
    for pattern, known in _PATTERNS:
        if found := pattern.fullmatch(said):
            return gettext(known) % found.groupdict() if found.groupdict() else gettext(known)
    return said
