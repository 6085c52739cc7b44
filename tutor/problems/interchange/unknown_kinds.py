"""Why a question of another system cannot be imported, in a teacher's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutor.problems.content import InvalidRecord

MAX_NAME = 60  # characters of a name in a file that are shown

_PLACES = gettext_lazy("places in a picture")
_LABELS = gettext_lazy("labels on a picture")
_MATCHES = gettext_lazy("entries that are matched or put in order")
_PROGRAM = gettext_lazy("a program of another system")
_FILE = gettext_lazy("an uploaded file")

_KINDS: dict[str, Promise] = {
    "associateInteraction": gettext_lazy("pairs of entries from one list"),
    "customInteraction": _PROGRAM,
    "ddimageortext": _LABELS,
    "ddmarker": _PLACES,
    "drawingInteraction": gettext_lazy("a drawing"),
    "file_upload_question": _FILE,
    "File Upload": _FILE,
    "graphicAssociateInteraction": _LABELS,
    "graphicGapMatchInteraction": _LABELS,
    "graphicOrderInteraction": _LABELS,
    "hotspotInteraction": _PLACES,
    "mediaInteraction": gettext_lazy("a film or a sound"),
    "ordering": _MATCHES,
    "portableCustomInteraction": _PROGRAM,
    "positionObjectInteraction": _PLACES,
    "response_grp": _MATCHES,
    "response_xy": _PLACES,
    "selectPointInteraction": _PLACES,
    "uploadInteraction": _FILE,
}


def unknown_kind(name: str) -> InvalidRecord:
    """name: that which the file has for the kind of question or of its answer."""
    if (kind := _KINDS.get(name)) is None:
        problem = _("Lemma does not know this kind of question (“%(name)s” in the file)")
        return InvalidRecord("kind", problem % {"name": name[:MAX_NAME]})
    problem = _("Lemma has no answers of this kind: %(kind)s (“%(name)s” in the file)")
    return InvalidRecord("kind", problem % {"kind": kind, "name": name})


def unknown_scoring(name: str) -> InvalidRecord:
    problem = _("Lemma cannot read how its points are given (“%(name)s” in the file)")
    return InvalidRecord("key", problem % {"name": name[:MAX_NAME]})


def unknown_formula(name: str) -> InvalidRecord:
    problem = _("Lemma cannot read a formula in it (“%(name)s” in the file)")
    return InvalidRecord("statement", problem % {"name": name[:MAX_NAME]})
