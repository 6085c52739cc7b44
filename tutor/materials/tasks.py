"""Grading workers read material. The row is the job; the message has only its key."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tutor.celery import app
from tutor.materials.models import Material, Passage
from tutor.materials.reading import NotRead, Reading, read
from tutor.materials.search import index
from tutor.queueing import queue_on_commit

logger = logging.getLogger(__name__)

MAX_TRIES = 2  # of a file that kills its worker
SEND_AGAIN_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(minutes=5)  # longer than any reading takes


def send(pk: int) -> None:
    queue_on_commit(read_material, pk)


@app.task
def read_material(pk: int) -> None:
    material = Material.objects.claim(pk)
    if material is None:
        return  # delivered twice, or removed meanwhile
    try:
        reading = read(material.kind, bytes(material.source.data))
    except NotRead as error:
        _end(material, Material.State.FAILED, reason=error.reason)
    else:
        _store(material, reading)


@transaction.atomic
def _store(material: Material, reading: Reading) -> None:
    pages = {"pages": reading.pages, "empty_pages": reading.empty_pages}
    if not _end(material, Material.State.READ, **pages):
        return  # another worker has started over, or the material was removed
    passages = Passage.objects.bulk_create(
        Passage(
            material=material,
            position=position,
            heading=passage.heading[:200],
            page=passage.page,
            text=passage.text,
        )
        for position, passage in enumerate(reading.passages, start=1)
    )
    index(material.section, passages)


def _end(material: Material, state: Material.State, **columns: object) -> bool:
    claimed = Material.objects.filter(
        pk=material.pk, tries=material.tries, state=Material.State.READING
    )
    ended = claimed.update(state=state, touched_at=timezone.now(), **columns)
    logger.info("material ended pk=%s state=%s", material.pk, state)
    return bool(ended)


def read_again(material: Material) -> None:
    """Read the stored file again after a failure."""
    failed = Material.objects.filter(pk=material.pk, state=Material.State.FAILED)
    if failed.update(state=Material.State.WAITING, reason="", tries=0, touched_at=timezone.now()):
        send(material.pk)


@app.task
def sweep_materials() -> None:
    """Send what no worker has started, and take back what a lost worker held."""
    for material in Material.objects.untouched_for(FORGOTTEN_AFTER, Material.State.READING):
        logger.warning("material taken back from a lost worker pk=%s", material.pk)
        if material.tries >= MAX_TRIES:
            _end(material, Material.State.FAILED, reason=Material.Reason.TOO_HARD)
        else:
            held = Material.objects.filter(pk=material.pk, tries=material.tries)
            held.update(state=Material.State.WAITING)
    for material in Material.objects.untouched_for(SEND_AGAIN_AFTER, Material.State.WAITING):
        Material.objects.filter(pk=material.pk).update(touched_at=timezone.now())
        send(material.pk)
