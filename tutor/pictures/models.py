from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tutor.figures.pictures import DIGEST_LENGTH, PictureReference, references_in
from tutor.pictures.clean_picture import CleanPicture, digest_of

TOUCHED_EVERY = timedelta(hours=12)  # not for each key that a writer presses


class PictureQuerySet(models.QuerySet["Picture"]):
    def uploaded_by(self, user: User) -> Self:
        return self.filter(uploads__user=user)

    def touch(self, texts: Iterable[str]) -> list[PictureReference]:
        """Note that these texts show their pictures; returns those that are not stored."""
        references = [reference for text in texts for reference in references_in(text)]
        shown = self.filter(digest__in={reference.digest for reference in references})
        stored = set(shown.values_list("digest", flat=True)) if references else set()
        if stored:
            now = timezone.now()
            shown.filter(touched_at__lt=now - TOUCHED_EVERY).update(touched_at=now)
        return [reference for reference in references if reference.digest not in stored]

    def total_size(self) -> int:
        """In bytes."""
        return self.aggregate(total=Sum("size"))["total"] or 0


class Picture(models.Model):
    """A picture that texts may show, stored once however many people uploaded it.

    digest: of its bytes, which never change. size: in bytes. touched_at: when somebody last
    uploaded it or wrote it into a text; a picture that no text shows is erased some days later.
    """

    class Kind(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpg", "JPEG"
        WEBP = "webp", "WebP"
        SVG = "svg", "SVG"

    digest = models.CharField(_("digest"), max_length=DIGEST_LENGTH, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("size"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last used at"), default=timezone.now)

    objects: ClassVar[PictureQuerySet] = PictureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.kind}"

    @property
    def path(self) -> str:
        """Within the storage. Folders of a few hundred files each are quick everywhere."""
        return f"{self.digest[:2]}/{self.name}"

    def markdown(self, alt: str) -> str:
        """The picture as texts write it. alt: what it shows, in words."""
        return str(PictureReference(self.digest, self.kind, alt))

    def read(self) -> bytes:
        with storages["pictures"].open(self.path) as file:
            data: bytes = file.read()
            return data

    def has_bytes(self, data: bytes) -> bool:
        """Whether these are the bytes of the picture, which are clean then."""
        return digest_of(data) == self.digest

    def write(self, data: bytes) -> None:
        """The same bytes have the same path: an existing file has them already."""
        if not storages["pictures"].exists(self.path):
            storages["pictures"].save(self.path, ContentFile(data))

    def remove_file(self) -> None:
        storages["pictures"].delete(self.path)

    @classmethod
    def of(cls, clean: CleanPicture) -> "Picture":
        """Not stored yet."""
        return cls(
            digest=clean.digest,
            kind=clean.extension,
            width=clean.width,
            height=clean.height,
            size=len(clean.data),
        )


class PictureUpload(models.Model):
    """Somebody uploaded a picture; it counts against their space."""

    picture = models.ForeignKey(
        Picture, models.CASCADE, related_name="uploads", verbose_name=_("picture")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="picture_uploads",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("uploaded picture")
        verbose_name_plural = _("uploaded pictures")
        constraints = (
            models.UniqueConstraint(fields=["picture", "user"], name="one_upload_per_person"),
        )

    def __str__(self) -> str:
        return str(self.picture)
