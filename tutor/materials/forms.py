from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutor.courses.models import Section
from tutor.materials.models import Material
from tutor.text_gate import accept_text, storable

MAX_MATERIAL_BYTES = 10 * 1024 * 1024
MAX_MATERIALS = 100  # of a section
MAX_TITLE = 200
MARKDOWN_NAMES = (".md", ".markdown", ".txt")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("Markdown or PDF, at most 10 MB. Drop a file here, or choose one."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.md,.markdown,.txt"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    title = forms.CharField(
        label=gettext_lazy("title"),
        max_length=MAX_TITLE,
        required=False,
        help_text=gettext_lazy(
            "Students see the title beside a hint. Leave empty to use the name of the file."
        ),
    )

    kind: str

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_MATERIAL_BYTES:
            raise forms.ValidationError(_("The file is too large. Files can have at most 10 MB."))
        if b"%PDF-" in file.read(1024):
            self.kind = Material.Kind.PDF
        elif (file.name or "").lower().endswith(MARKDOWN_NAMES):
            self.kind = Material.Kind.MARKDOWN
        else:
            raise forms.ValidationError(_("This file is neither Markdown nor PDF."))
        file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.section.materials.count() >= MAX_MATERIALS:
            raise forms.ValidationError(
                _("The class already has %(n)d files. Remove one first.") % {"n": MAX_MATERIALS}
            )
        if file := data.get("file"):
            title = storable(data.get("title") or PurePath(file.name).stem[:MAX_TITLE])
            # In normal form C a text may have three times as many characters.
            title = accept_text(title, limit=MAX_TITLE)[:MAX_TITLE].strip()
            data["title"] = title or _("Material")
        return data
