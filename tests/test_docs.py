"""Every file that the documentation names exists, and every link within it leads somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
FOLDERS = r"tutor|accounts|tests|templates|static|docs|deploy|locale|\.ci"
# A file or folder of this repository in code style: `tutor/grading/grade.py`, `templates/steps/`.
PATH = re.compile(rf"`((?:{FOLDERS})/[\w./-]*)`")
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
# `tutor/grading/grade.py` (`grade_response`), or `Kind` in `tutor/grading/answer_key.py`
NAME_IN_FILE = re.compile(r"`([\w./]+\.(?:py|js))`\s\(`(\w+)`\)")
FILE_OF_NAME = re.compile(r"`(\w+)`\sin\s`([\w./]+\.(?:py|js))`")
# `_with_added_unit`, whose file stands elsewhere in the section
PRIVATE_NAME = re.compile(r"`(_\w{2,})`")
# A command that picks tests: pytest tests/grading/test_limits.py -k long
PICKED = re.compile(r"pytest (tests/[\w/.]+)(?: -k (\w+))?")
# A program: python -m tests.faults
MODULE = re.compile(r"python -m\s((?:tutor|tests)[\w.]*\w)")
SECTION = re.compile(r"^#+ (.+)$", re.MULTILINE)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def anchors(page: Path) -> set[str]:
    """The names under which GitHub offers the sections of a page."""
    titles = SECTION.findall(CODE.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", NAMES)
def test_every_path_exists(page):
    missing = [path for path in PATH.findall(text_of(page)) if not (ROOT / path).exists()]
    assert not missing


@pytest.mark.parametrize("page", NAMES)
def test_every_name_is_in_its_file(page):
    named = NAME_IN_FILE.findall(text_of(page))
    named += [(file, name) for name, file in FILE_OF_NAME.findall(text_of(page))]
    strange = [
        (file, name)
        for file, name in named
        if not re.search(rf"\b{name}\b", (ROOT / file).read_text("utf-8"))
    ]
    assert not strange


def code_below(path: Path) -> str:
    files = [path] if path.is_file() else path.rglob("*.py")
    return "".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/contributing/architecture.md"])
def test_every_private_name_is_in_a_file_that_its_section_names(page):
    for section in re.split(r"^#+ ", text_of(page), flags=re.MULTILINE):
        if names := set(PRIVATE_NAME.findall(section)):
            code = "".join(code_below(ROOT / path) for path in set(PATH.findall(section)))
            assert not names - set(re.findall(r"\w+", code))


@pytest.mark.parametrize("page", NAMES)
def test_every_link_leads_somewhere(page):
    broken = []
    for target, anchor in LINK.findall(CODE.sub("", text_of(page))):
        if re.match(r"\w+:", target):
            continue
        file = (ROOT / page).parent / target if target else ROOT / page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(f"{target}#{anchor}")
    assert not broken


@pytest.mark.parametrize("page", NAMES)
def test_every_command_picks_tests(page):
    for path, word in PICKED.findall(text_of(page)):
        files = [ROOT / path] if path.endswith(".py") else [*(ROOT / path).rglob("test_*.py")]
        names = re.findall(r"def (test_\w+)", "".join(file.read_text("utf-8") for file in files))
        assert any(word in name for name in names), (path, word)


@pytest.mark.parametrize("page", NAMES)
def test_every_program_is_there(page):
    paths = [ROOT / name.replace(".", "/") for name in MODULE.findall(text_of(page))]
    programs = [
        path / "__main__.py" if path.is_dir() else path.with_suffix(".py") for path in paths
    ]
    without_main = [
        file for file in programs if "__main__" not in f"{file}{file.read_text('utf-8')}"
    ]
    assert not without_main


def test_it_finds_what_it_looks_for():
    """A guard: an expression above that matches nothing would pass for ever."""
    architecture = text_of("docs/contributing/architecture.md")
    assert len(PATH.findall(architecture)) > 30
    assert len(NAME_IN_FILE.findall(architecture)) > 3
    assert len(PRIVATE_NAME.findall(architecture)) > 3
    assert len(FILE_OF_NAME.findall(text_of("CONTRIBUTING.md"))) > 3
    assert len(LINK.findall(text_of("CONTRIBUTING.md"))) > 5
    assert len(PICKED.findall(text_of("CONTRIBUTING.md"))) > 2
    assert len(MODULE.findall(text_of("docs/evaluation.md"))) > 5


def test_the_page_on_security_goes_through_each_section_of_its_chapters():
    """Those of ASVS 5.0: API, authentication, sessions."""
    page = text_of("docs/security.md")
    answered = {*re.findall(r"\b([467]\.\d)(?:\.\d+)?\b", page)}
    of_chapter = {4: 4, 6: 8, 7: 6}
    sections = {f"{n}.{m}" for n, last in of_chapter.items() for m in range(1, last + 1)}
    assert sections - answered == set()
