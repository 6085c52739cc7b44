"""Pictures that no text shows are erased after a week; all others stay."""

import pytest
from django.utils import timezone

from tests.factories import make_problem
from tests.pictures.test_clean_file import png
from tutor.pictures.models import Picture
from tutor.pictures.storing import store_picture
from tutor.pictures.sweeping import KEPT, sweep_pictures

pytestmark = pytest.mark.django_db


def test_what_no_text_shows_is_erased_after_a_week(carol, picture_folder):
    names = ("statement", "hints", "solution", "unused", "fresh")
    rows = {name: store_picture(png(n), carol) for n, name in enumerate(names, start=1)}
    shown = {name: picture.markdown("a square") for name, picture in rows.items()}
    make_problem(statement=shown["statement"], hints=(shown["hints"],), solution=shown["solution"])
    old = Picture.objects.exclude(pk=rows["fresh"].pk)
    old.update(touched_at=timezone.now() - KEPT * 2)
    assert sweep_pictures() == 1
    assert set(Picture.objects.all()) == set(rows.values()) - {rows["unused"]}
    assert len(list(picture_folder.rglob("*.png"))) == len(names) - 1
