"""Pictures are stored once, within the space that a person has."""

import pytest

from tests.pictures.test_clean_file import png, svg
from tutor.pictures.clean_picture import PictureFault, RefusedPicture
from tutor.pictures.models import Picture, PictureUpload
from tutor.pictures.storing import store_picture

pytestmark = pytest.mark.django_db


def test_the_same_picture_is_stored_once(carol, dan):
    pictures = {store_picture(png(), user) for user in (carol, dan, carol)}
    assert len(pictures) == Picture.objects.count() == 1
    assert PictureUpload.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (bytes(11 * 1024**2), PictureFault.TOO_LARGE),
        (svg('<g id="a"><use href="#a"/></g>'), PictureFault.TOO_COMPLEX),
    ],
    ids=["large", "endless"],
)
def test_a_refused_file_leaves_nothing(carol, picture_folder, data, fault):
    with pytest.raises(RefusedPicture) as refused:
        store_picture(data, carol)
    assert refused.value.fault == fault
    assert not Picture.objects.exists()
    assert not list(picture_folder.rglob("*.*"))


def test_a_teacher_has_so_much_space(carol, dan, settings):
    settings.PICTURE_SPACE = len(store_picture(png(), carol).read()) + 10
    with pytest.raises(RefusedPicture) as refused:
        store_picture(png(9), carol)
    assert refused.value.fault == PictureFault.NO_SPACE
    assert store_picture(png(), carol)  # again: it takes no more
    assert store_picture(png(9), dan)
