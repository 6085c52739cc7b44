"""What pages about runs call endings, verdicts, kinds of problems and conditions."""

from django.utils.translation import gettext_lazy

ENDING_NAMES = {
    "answer not found": gettext_lazy("No answer was found"),
    "undecided": gettext_lazy("Not decided"),
    "exhausted": gettext_lazy("Out of tokens"),
    "looping": gettext_lazy("Going round in circles"),
    "prompt too long": gettext_lazy("The problem was too long"),
    "engine failed": gettext_lazy("The engine failed"),
    "corrected": gettext_lazy("Corrected by Lemma's calculator"),
}
VERDICT_NAMES = {
    "proved": gettext_lazy("Proved"),
    "refuted": gettext_lazy("Doesn’t follow"),
    "unchecked": gettext_lazy("Not checked"),
}
PART_NAMES = {
    "subject": gettext_lazy("Subject"),
    "level": gettext_lazy("Level"),
    "language": gettext_lazy("Language"),
}
CONDITION_NAMES = {
    "model": gettext_lazy("Model"),
    "weights": gettext_lazy("Content of its folder"),
    "engine": gettext_lazy("Engine"),
    "options": gettext_lazy("Options of the engine"),
    "recipe": gettext_lazy("Recipe"),
    "sampling": gettext_lazy("Sampling"),
    "grader": gettext_lazy("Grader"),
    "data": gettext_lazy("Content of the file"),
    "seed": gettext_lazy("Seed"),
}
OUTCOME_NAMES = {
    "budget_exhausted": ENDING_NAMES["exhausted"],
    "looping": ENDING_NAMES["looping"],
    "prompt_too_long": ENDING_NAMES["prompt too long"],
    "engine_failed": ENDING_NAMES["engine failed"],
}
