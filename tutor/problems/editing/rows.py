"""A form field of several rows, such as hints or unit tests, each with one column or more."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tutor.problems.content import MAX_ROWS

BLANK_ROWS = 1  # to write in, where scripts are turned off


class RowColumn:
    """One column. `options` makes a choice of it, `lines` a text area; `optional` may be empty.

    rare: folded away in a row that stands as a block of its own. is_short: a number or a unit.
    """

    def __init__(
        self,
        name: str,
        label: Any,
        *,
        lines: int = 1,
        options: Any = (),
        optional: bool = False,
        rare: bool = False,
        is_short: bool = False,
    ) -> None:
        self.optional = optional or bool(options)
        self.is_short = is_short
        self.rare = rare
        self.name = name
        self.label = label
        self.lines = lines
        self.options = list(options)


class RowCells(list[dict[str, Any]]):
    """The fields of one row, as its template shows them."""

    @property
    def has_rare(self) -> bool:
        """Whether a field that is folded away has something written in it."""
        return any(
            cell["column"].rare and cell["value"] and not cell["column"].options for cell in self
        )


class TemplateWidget(forms.Widget):
    """A widget that is drawn by one of the pages' templates."""

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        return mark_safe(render_to_string(template_name, context))  # noqa: S308  # our template


class RowsWidget(TemplateWidget):
    template_name = "problems/_rows.html"

    def __init__(self, columns: list[RowColumn], most: int, row: str) -> None:
        super().__init__()
        self.columns = columns
        self.most = most
        self.row = row

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        if not isinstance(data, MultiValueDict):
            return list(data.get(name, []))
        lists = [data.getlist(f"{name}-{column.name}") for column in self.columns]
        # A row that was sent in part keeps its parts; one that is empty throughout is none.
        count = min(max(map(len, lists)), 10 * MAX_ROWS)
        rows = [
            {
                column.name: values[at] if at < len(values) else ""
                for column, values in zip(self.columns, lists, strict=True)
            }
            for at in range(count)
        ]
        written = [column.name for column in self.columns if not column.options]
        return [row for row in rows if any(row[name].strip() for name in written)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{column.name}" in data for column in self.columns)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *[{} for _ in range(BLANK_ROWS)]]
        context["widget"] |= {"most": self.most, "row": self.row}
        context["widget"]["rows"] = [self._cells(name, row, n) for n, row in enumerate(rows, 1)]
        context["widget"]["blank"] = self._cells(name, {}, 0)
        return context

    def _cells(self, name: str, row: dict[str, str], number: int) -> RowCells:
        return RowCells(
            {
                "column": column,
                "name": f"{name}-{column.name}",
                "id": f"id_{name}-{column.name}-{number}",
                "value": row.get(column.name, ""),
            }
            for column in self.columns
        )


class RowsField(forms.Field):
    """Its value is a list of rows."""

    widget: RowsWidget

    def __init__(
        self,
        columns: list[RowColumn],
        *,
        most: int = MAX_ROWS,
        row: str = "problems/_row.html",
        **kwargs: Any,
    ) -> None:
        self.columns = columns
        self.most = most
        super().__init__(widget=RowsWidget(columns, most, row), required=False, **kwargs)

    def clean(self, value: list[dict[str, str]]) -> list[dict[str, str]]:
        for number, row in enumerate(value, start=1):
            for column in self.columns:
                if not column.optional and not row[column.name].strip():
                    missing = _("Row %(row)d: %(column)s is missing.")
                    raise forms.ValidationError(missing % {"row": number, "column": column.label})
        if len(value) > self.most:
            raise forms.ValidationError(_("Need at most %(n)d rows.") % {"n": self.most})
        return [{name: text.replace("\r\n", "\n") for name, text in row.items()} for row in value]
