"""A value that an object computes once delays no other object of its class."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.utils import functional

from tutor.grading.processes import once

LONG_S = 30


@pytest.mark.parametrize("cached_property", [once.cached_property, functional.cached_property])
def test_objects_compute_beside_one_another(cached_property):
    both_compute = threading.Barrier(2)

    class Page:
        @cached_property
        def heavy(self):
            return both_compute.wait(timeout=LONG_S)  # raises unless the other gets here, too

    with ThreadPoolExecutor() as threads:
        pages = [threads.submit(getattr, Page(), "heavy") for _ in range(2)]
        assert {page.result() for page in pages} == {0, 1}


def test_an_object_computes_once():
    class Page:
        def __init__(self):
            self.computed = 0

        @once.cached_property
        def heavy(self):
            """What it is."""
            self.computed += 1
            return self.computed

    page = Page()
    assert (page.heavy, page.heavy, Page().heavy) == (1, 1, 1)
    assert Page.heavy.__doc__ == "What it is."
