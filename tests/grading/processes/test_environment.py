"""Child processes that are started for one file see no secret of the server's."""

import os
import subprocess

import pytest

from tutor.grading.processes import environment
from tutor.materials.reading import NotRead, read
from tutor.pictures.cleaning import RefusedPicture, clean_picture
from tutor.problems.interchange.child_client import read_in_child
from tutor.problems.interchange.imported import UnusableFile
from tutor.typesetting.pdf import NoPdf, make_pdf


@pytest.fixture
def environments(monkeypatch):
    """Of the children that would have been started."""
    started = []

    def run(*_args, env=None, **_options):
        started.append(dict(os.environ if env is None else env))
        raise subprocess.TimeoutExpired("child", 1)

    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL", "postgres://lemma:hidden@localhost/lemma")
    monkeypatch.setattr(subprocess, "run", run)
    return started


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda folder: read("pdf", b"%PDF"), NotRead),
        (lambda folder: make_pdf("Text", folder), NoPdf),
        (lambda folder: clean_picture(b"PNG"), RefusedPicture),
        (lambda folder: read_in_child(b"{}", "en"), UnusableFile),
    ],
    ids=["material", "print", "picture", "import"],
)
def test_a_child_gets_a_bare_environment(tmp_path, environments, act, error):
    with pytest.raises(error):
        act(tmp_path)
    [started] = environments
    assert started.keys() <= {*environment.BARE, "HOME", "XDG_DATA_HOME"}
    assert "hidden" not in str(started)
