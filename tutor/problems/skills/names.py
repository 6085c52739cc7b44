"""Names of skills, as people say them, for the paths of the skill map.

Any other path is shown as its last part, in words. Two skills that could be mistaken for each
other where they stand alone have different names.
"""

from django.utils.translation import get_language, gettext

from tutor.problems.skills.skill_map import AREAS, skill_map
from tutor.problems.skills.word_forms import forms_of


def skill_name(path: str) -> str:
    """In the active language, if the path is on the map."""
    names = skill_map().names.get(path)
    if names:
        return names.get(get_language() or "en", names["en"])
    words = path.rpartition(".")[2].replace("_", " ").strip() or path
    return words[:1].upper() + words[1:]


def skills_called(word: str) -> list[str]:
    """The paths whose name, in any language, has a form of the word in it, and all below them."""
    forms = forms_of(word)
    called: set[str] = set()
    for path, names in skill_map().names.items():  # a topic stands before its skills
        above = path.rpartition(".")[0]
        written = " ".join(names.values()).casefold()
        if above in called or any(form in written for form in forms):
            called.add(path)
    return sorted(called)


def path_called(name: str) -> str:
    """The path of the skill or topic with exactly this name, in any language; empty if none has."""
    called = (
        path
        for path, names in skill_map().names.items()
        if name.casefold() in (written.casefold() for written in names.values())
    )
    return max(called, key=lambda path: path.count("."), default="")


def area_name(path: str) -> str:
    """What the skill belongs to; for a path of one part that nobody named "Other skills"."""
    area, dot, _rest = path.partition(".")
    if dot or area in AREAS:
        return skill_name(area)
    return gettext("Other skills")
