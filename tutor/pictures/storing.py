"""Cleans an uploaded picture and stores it once, within the space of its owner."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from tutor.pictures.clean_picture import CleanPicture, PictureFault, RefusedPicture
from tutor.pictures.cleaning import clean_picture
from tutor.pictures.models import Picture, PictureUpload


def store_picture(data: bytes, user: User | None) -> Picture:
    """Clean a stranger's file and store it; `markdown` of the picture is how texts show it.

    user: whose space it takes; None for the command line. Raises RefusedPicture, of which
    `sentences.refusal_sentence` makes words, and stores nothing then.
    """
    return store_clean_picture(clean_picture(data), user)


@transaction.atomic
def store_clean_picture(clean: CleanPicture, user: User | None) -> Picture:
    """Raises RefusedPicture where the person has no space left."""
    if user:
        User.objects.select_for_update().get(pk=user.pk)  # two uploads at once count both
    uploaded = Picture.objects.uploaded_by(user) if user else Picture.objects.none()
    is_new = not uploaded.filter(digest=clean.digest).exists()
    if user and is_new and uploaded.total_size() + len(clean.data) > settings.PICTURE_SPACE:
        raise RefusedPicture(PictureFault.NO_SPACE, str(settings.PICTURE_SPACE // 1024**2))
    unsaved = Picture.of(clean)
    fields = ("kind", "width", "height", "size")
    picture, _ = Picture.objects.update_or_create(
        digest=clean.digest,
        defaults={"touched_at": timezone.now()},
        create_defaults={name: getattr(unsaved, name) for name in fields},
    )
    picture.write(clean.data)
    if user:
        PictureUpload.objects.get_or_create(picture=picture, user=user)
    return picture
