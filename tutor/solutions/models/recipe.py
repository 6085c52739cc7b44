"""The recipes of this installation, and which of them is active."""

from pathlib import PurePath
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.engine.completion import EngineKind, Quantization, Sampling
from tutor.engine.prompts import (
    CHAT,
    DEMO,
    MAX_TEMPERATURE,
    R1_DISTILL,
    SolutionRecipe,
    temperatures,
)
from tutor.engine.shipped import SHIPPED
from tutor.engine.templates import TEMPLATES
from tutor.prepared import prepared

MAX_TOKENS = 131_072
MAX_SAMPLES = 64
MAX_NAMES = 120  # characters; the rest of a code has at most 80, and a column 200
SHIPPED_NAMES = {recipe.name for recipe in SHIPPED}
BY_MODEL_NAMES = {recipe.name for recipe in (R1_DISTILL, CHAT, DEMO)}


class RecipeQuerySet(models.QuerySet["Recipe"]):
    def active(self) -> "Recipe | None":
        """The recipe that was activated last; None where it was deactivated again."""
        newest = next(iter(_newest_activation()), None)
        return newest.recipe if newest else None


class Recipe(models.Model):
    """One version of a recipe: a model, the engine that runs it, and how it is asked.

    Rows are never changed, since a solution carries its recipe's code: editing a recipe makes
    another version. Keys of servers are settings and are not stored here.
    """

    class Engine(models.TextChoices):
        VLLM = EngineKind.VLLM.value, _("vLLM, in the generation worker")
        OPENAI = EngineKind.OPENAI.value, _("a server, at TUTOR_OPENAI_URL")

    class Stored(models.TextChoices):
        WHOLE = Quantization.NONE.value, _("not quantized")
        AWQ = Quantization.AWQ.value, _("AWQ, 4 bits")
        INT8 = Quantization.INT8.value, _("INT8, 8 bits (compressed-tensors)")
        FP8 = Quantization.FP8.value, _("FP8, converted on loading")

    class Template(models.TextChoices):
        MATHEMATICS = "mathematics", _("mathematics, step by step")
        STEPS = "mathematics-steps", _("mathematics, in short words for small models")
        STATEMENT = "statement", _("the bare statement")
        CODE = "code", _("a program")
        DECISION = "decision", _("a decision with trade-offs")
        CONVERSATION = "conversation", _("plain conversation")

    name = models.CharField(
        _("name"),
        max_length=60,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9.-]*\Z",
                _("Use small letters, digits, dots and hyphens, such as our-model-1.5b."),
            )
        ],
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    model = models.CharField(
        _("model"),
        max_length=200,
        help_text=_("A name on the model hub, a folder, or the model’s name on the server."),
    )
    engine = models.CharField(_("engine"), max_length=10, choices=Engine, default=Engine.VLLM)
    quantization = models.CharField(
        _("quantization"),
        max_length=10,
        choices=Stored,
        blank=True,
        help_text=_(
            "A worker with other weights does not start. If this is empty, any weights will do."
        ),
    )
    template = models.CharField(
        _("prompt template"),
        max_length=20,
        choices=Template,
        default=Template.MATHEMATICS,
    )
    thinks = models.BooleanField(
        _("begins with <think>"),
        default=False,
        help_text=_("For models that reason before they answer, such as DeepSeek R1."),
    )
    temperature = models.FloatField(_("temperature"), default=0.6)
    top_p = models.FloatField("top_p", default=0.95)
    max_tokens = models.PositiveIntegerField(
        _("maximum tokens"), default=4_096, help_text=_("For reasoning and answer together.")
    )
    thinking_budget = models.PositiveIntegerField(
        _("of these, for thinking"),
        null=True,
        blank=True,
        help_text=_("After this many tokens of reasoning, the model must answer."),
    )
    samples = models.PositiveSmallIntegerField(
        _("solutions in a vote"),
        default=4,
        help_text=_("For each problem. TUTOR_SOLUTION_TRIES takes precedence if it is set."),
    )
    source = models.TextField(_("source of these settings"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[RecipeQuerySet] = RecipeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("recipe")
        verbose_name_plural = _("recipes")
        ordering = ("name", "-version")
        constraints = (
            models.UniqueConstraint(fields=["name", "version"], name="one_recipe_per_version"),
            models.CheckConstraint(
                condition=Q(temperature__gte=0, temperature__lte=MAX_TEMPERATURE),
                name="temperature_of_engines",
            ),
            models.CheckConstraint(condition=Q(top_p__gt=0, top_p__lte=1), name="top_p_is_a_share"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def for_engine(self) -> SolutionRecipe:
        return SolutionRecipe(
            name=self.name,
            version=self.version,
            thinks=self.thinks,
            sampling=Sampling(self.max_tokens, self.temperature, self.top_p, self.thinking_budget),
            template=TEMPLATES[self.template],
            samples=self.samples,
            model=self.model,
            engine=EngineKind(self.engine),
            quantization=Quantization(self.quantization) if self.quantization else None,
            source=self.source,
        )

    def clean(self) -> None:
        """Raises ValidationError with a sentence for each field that is not valid."""
        problems = {field: problem for field, problem in self._problems() if problem}
        if problems:
            raise ValidationError(problems)

    def _problems(self) -> "list[tuple[str, Any]]":
        return [
            ("name", self._problem_of_name()),
            ("model", self._problem_of_names()),
            ("temperature", self._problem_of_temperature()),
            ("top_p", self._problem_of_share()),
            ("max_tokens", self._problem_of_count(self.max_tokens, MAX_TOKENS)),
            ("samples", self._problem_of_count(self.samples, MAX_SAMPLES)),
            ("thinking_budget", self._problem_of_budget()),
            ("quantization", self._problem_of_quantization()),
        ]

    def _problem_of_name(self) -> Any:
        if self.name in SHIPPED_NAMES:
            return _("A recipe of this name comes with Lemma. Give yours another one.")
        return _("Lemma itself uses this name.") if self.name in BY_MODEL_NAMES else None

    def _problem_of_names(self) -> Any:
        if len(self.name) + len(PurePath(self.model).name) <= MAX_NAMES:
            return None
        return _(
            "The names of the recipe and of the model are too long: without the model’s folders"
            " they have at most %(most)s characters together."
        ) % {"most": MAX_NAMES}

    def _problem_of_temperature(self) -> Any:
        low, high = temperatures(self.model)
        if self.temperature is None or low <= self.temperature <= high:
            return None
        values = {"given": f"{self.temperature:g}", "low": f"{low:g}", "high": f"{high:g}"}
        if low > 0:
            return (
                _(
                    "Enter a temperature from %(low)s to %(high)s, not %(given)s. The model’s card"
                    " asks for this to avoid endless repetition."
                )
                % values
            )
        return _("Enter a temperature from %(low)s to %(high)s, not %(given)s.") % values

    def _problem_of_share(self) -> Any:
        if self.top_p is None or 0 < self.top_p <= 1:
            return None
        return _("Enter a top_p above 0 and at most 1, not %(given)s.") % {
            "given": f"{self.top_p:g}"
        }

    @staticmethod
    def _problem_of_count(given: int | None, most: int) -> Any:
        if given is None or 1 <= given <= most:
            return None
        return _("Enter a number from 1 to %(most)s, not %(given)s.") % {
            "given": f"{given:,}",
            "most": f"{most:,}",
        }

    def _problem_of_budget(self) -> Any:
        if self.thinking_budget is None:
            return None
        if not self.thinks:
            return _("Only a model that begins with <think> has a budget for thinking.")
        if 1 <= self.thinking_budget < (self.max_tokens or 0):
            return None
        return _(
            "Enter at least 1 and less than the maximum tokens, so that some are left for the "
            "answer."
        )

    def _problem_of_quantization(self) -> Any:
        if self.engine == self.Engine.OPENAI and self.quantization:
            return _("Leave this empty: a server loads its weights itself.")
        return None

    @property
    def objection(self) -> str:
        """Why it cannot be activated; "" where it can."""
        if TEMPLATES[self.template].is_judged:
            return ""
        return (
            str(
                _(
                    "Lemma can check mathematics only, so a recipe for “%s” cannot be made active."
                    " You can try it with `python -m tutor.evaluation ask`."
                )
            )
            % self.get_template_display()
        )

    def next_version(self) -> int:
        newest = Recipe.objects.filter(name=self.name).aggregate(version=Max("version"))["version"]
        return (newest or 0) + 1


class Activation(models.Model):
    """An administrator activated a recipe, or (recipe: None) deactivated the last one.

    The newest row counts. Rows are only added: they are the record of who decided what.
    """

    recipe = models.ForeignKey(
        Recipe,
        models.PROTECT,
        null=True,
        related_name="activations",
        verbose_name=_("recipe"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    happened_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("activation of a recipe")
        verbose_name_plural = _("activations of recipes")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.recipe or _("by the model’s name"))


@prepared
def _newest_activation() -> models.QuerySet[Activation]:
    return Activation.objects.select_related("recipe").order_by("-pk")[:1]


def activate(recipe: Recipe | None, author: User | None) -> None:
    """Ask for new solutions by this recipe from now on; None: by what suits the model's name.

    Raises ValueError where Lemma could not check what students would be shown.
    """
    if recipe and (reason := recipe.objection):
        raise ValueError(reason)
    Activation.objects.create(recipe=recipe, author=author)
