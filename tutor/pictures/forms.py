from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from tutor.figures.pictures import MAX_ALT
from tutor.limits import is_allowed
from tutor.pictures.clean_picture import MAX_PICTURE_BYTES, RefusedPicture
from tutor.pictures.cleaning import clean_picture
from tutor.pictures.models import Picture
from tutor.pictures.sentences import refusal_sentence
from tutor.pictures.storing import store_clean_picture
from tutor.text_gate import UnacceptableText, accept_text

UPLOADS_A_MINUTE = 30


class PictureForm(forms.Form):
    """Once it is valid, `picture` is stored."""

    file = forms.FileField(
        label=gettext_lazy("picture"),
        allow_empty_file=True,
        help_text=gettext_lazy("PNG, JPEG, WebP or SVG, at most 10 MB."),
        error_messages={"required": gettext_lazy("Choose a picture.")},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/svg+xml"}),
    )
    alt = forms.CharField(
        label=gettext_lazy("what the picture shows, in words"),
        max_length=MAX_ALT,
        help_text=gettext_lazy(
            "For students who cannot see it. Say what they need for the problem, not its answer."
        ),
        error_messages={
            "required": gettext_lazy("Describe the picture for students who cannot see it.")
        },
    )

    picture: Picture
    left_out: tuple[str, ...]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def markdown(self) -> str:
        return self.picture.markdown(self.cleaned_data["alt"])

    def clean_alt(self) -> str:
        try:
            alt = accept_text(self.cleaned_data["alt"], limit=MAX_ALT)
        except UnacceptableText as error:
            raise forms.ValidationError(str(error)) from error
        # These would end or begin a picture.
        return " ".join(alt.replace("](", "] (").replace("![", "! [").split())

    def clean(self) -> dict[str, Any]:
        """Nothing is stored while anything is wrong."""
        data = super().clean() or self.cleaned_data
        if not is_allowed("picture", self.user.pk, per_minute=UPLOADS_A_MINUTE):
            raise forms.ValidationError(_("Too many requests within a minute. Wait a moment."))
        if not self.errors:
            file: UploadedFile[bytes] = data["file"]
            try:
                clean = clean_picture(file.read(MAX_PICTURE_BYTES + 1))
                self.picture = store_clean_picture(clean, self.user)
                self.left_out = clean.left_out
            except RefusedPicture as error:
                self.add_error("file", refusal_sentence(error))
        return data

    def left_out_sentence(self) -> str:
        """Empty where the picture is whole."""
        if not self.left_out:
            return ""
        sentence = _("Left out of the SVG: %(names)s. Check that the picture is still right.")
        return sentence % {"names": ", ".join(self.left_out)}
