"""Course material of a section, read in the way of a worker."""

from collections.abc import Callable

import pytest

from tutor.courses.models import Section
from tutor.materials.models import Material, Source
from tutor.materials.tasks import read_material

MakeMaterial = Callable[..., Material]


@pytest.fixture
def make_material(section: Section) -> MakeMaterial:
    def make(data: bytes | str, *, title: str = "Script", kind: str = "markdown") -> Material:
        data = data if isinstance(data, bytes) else data.encode()
        material = Material.objects.create(section=section, title=title, kind=kind, size=len(data))
        Source.objects.create(material=material, data=data)
        read_material(material.pk)
        material.refresh_from_db()
        return material

    return make
