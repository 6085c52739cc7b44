"""Erases pictures that no text shows any more."""

import logging
import re
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from tutor.figures.pictures import DIGEST_LENGTH
from tutor.pictures.models import Picture

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)  # after somebody last wrote it into a text, saved or not
AT_ONCE = 200  # rows in memory
_NAMED = re.compile(rf"\(picture:([0-9a-f]{{{DIGEST_LENGTH}}})\.")


def sweep_pictures() -> int:
    """The number of pictures that were erased."""
    limit = timezone.now() - KEPT
    idle = dict(Picture.objects.filter(touched_at__lt=limit).values_list("digest", "pk"))
    if not idle:
        return 0
    in_use = digests_in_use()
    unused = [pk for digest, pk in idle.items() if digest not in in_use]
    erased = sum(_erase(pk, limit) for pk in unused)
    if erased:
        logger.info("pictures erased count=%s", erased)
    return erased


def digests_in_use() -> set[str]:
    """Looks into every text that is stored, so that no table can be forgotten."""
    return {
        digest
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.TextField | models.JSONField)
        for digest in _digests_in(model, field.name)
    }


def _digests_in(model: type[models.Model], column: str) -> set[str]:
    rows = model._base_manager.annotate(picture_text=Cast(column, TextField()))
    naming = rows.filter(picture_text__contains="(picture:").order_by()
    texts = naming.values_list("picture_text", flat=True).iterator(AT_ONCE)
    return {digest for text in texts for digest in _NAMED.findall(text)}


@transaction.atomic
def _erase(pk: int, limit: datetime) -> bool:
    """The file goes while the row is locked: whoever uploads it anew meanwhile writes it again."""
    picture = Picture.objects.select_for_update().filter(pk=pk, touched_at__lt=limit).first()
    if picture is None:
        return False
    picture.remove_file()
    picture.delete()
    return True
