"""Why a file is not stored as a picture, in the words of a teacher."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutor.pictures.clean_picture import PictureFault, RefusedPicture

_SENTENCES = {
    PictureFault.EMPTY: gettext_lazy("The file is empty."),
    PictureFault.TOO_LARGE: gettext_lazy(
        "The picture is too large. A photo can have at most 10 MB, an SVG 500 kB."
    ),
    PictureFault.TOO_MANY_PIXELS: gettext_lazy(
        "The picture has %(detail)s million pixels. At most 50 million are read: make it smaller."
    ),
    PictureFault.WRONG_TYPE: gettext_lazy(
        "This file is of the type %(detail)s. Save the picture as PNG, JPEG, WebP or SVG."
    ),
    PictureFault.BROKEN: gettext_lazy(
        "The picture is damaged. Open it and save it again as PNG, JPEG, WebP or SVG."
    ),
    PictureFault.DECLARES: gettext_lazy(
        "This SVG declares entities of its own (<!ENTITY …>). Save it as plain SVG."
    ),
    PictureFault.NOT_SVG: gettext_lazy("This file is XML, but not an SVG picture."),
    PictureFault.TOO_COMPLEX: gettext_lazy(
        "This SVG draws too many shapes, or repeats one within itself. Save it as PNG."
    ),
    PictureFault.TOO_HARD: gettext_lazy(
        "Reading the picture takes too much time or memory. Make it smaller."
    ),
    PictureFault.NO_SPACE: gettext_lazy(
        "Your pictures fill the %(detail)s MB that you have. Pictures that no text shows are"
        " erased after a week."
    ),
}


def refusal_sentence(refused: RefusedPicture) -> str:
    if refused.fault == PictureFault.WRONG_TYPE and not refused.detail:
        return _("This file is not a picture. Choose a PNG, JPEG, WebP or SVG.")
    return str(_SENTENCES[refused.fault]) % {"detail": refused.detail}
