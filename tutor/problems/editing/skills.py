"""The field for a problem's skills: boxes in which a skill is called by its name or its path."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from tutor.problems.editing.rows import TemplateWidget
from tutor.problems.skills.names import path_called, skill_name
from tutor.problems.skills.skill_map import skill_map

BOXES = 3  # at least


class SkillsWidget(TemplateWidget):
    template_name = "problems/_skill_boxes.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        written = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [written] if isinstance(written, str) else list(written)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        names = skill_map().names
        boxes = [skill_name(path) if path in names else path for path in value or ()]
        boxes += [""] * (BOXES - len(boxes))
        context["widget"] |= {"boxes": boxes, "names": sorted(map(skill_name, skill_map().skills))}
        return context

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-1" if id_ else ""


class SkillsField(forms.Field):
    """Its value is a list of paths. What no skill of the map is called is taken for paths."""

    widget = SkillsWidget

    def clean(self, value: list[str]) -> list[str]:
        written = [text.strip() for text in value if text.strip()]
        paths = [path for text in written for path in self._paths(text)]
        return list(dict.fromkeys(paths))

    def _paths(self, text: str) -> list[str]:
        path = path_called(text)
        return [path] if path else text.split()
