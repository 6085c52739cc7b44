"""Names say what they hold, and each public class has a name of its own."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DJANGO = {"Command", "Meta"}  # classes that Django looks up by these names
# They could hold anything: a match, a row, a response, an index. Use the noun for what it is.
VAGUE = {"found", "kept", "one", "ours", "place", "said", "theirs"}
MEANT = {("accounts/models.py", "place")}  # from which somebody has signed in before
CHECKED = (".ci/*.py", "accounts/**/*.py", "deploy/*.py", "tutor/**/*.py", "tests/**/*.py")
SCRIPTS = ("static/js/*.js", "tests/js/*.js", "deploy/*.mjs")
NO_SCRIPT = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)  # strings and comments
DECLARATION = re.compile(
    r"\b(?:const|let|function)\s+(?P<name>[\w$]+)"
    r"|\b(?:const|let)\s+[\[{](?P<names>[^=;]*)[\]}]\s*="
    r"|\((?P<parameters>[^()]*)\)\s*(?:=>|\{)"
    r"|\b(?P<parameter>[\w$]+)\s*=>"
)


def modules(pattern: str) -> list[Path]:
    return sorted(file for file in ROOT.glob(pattern) if "migrations" not in file.parts)


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def bound_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every variable, parameter, function and attribute that the module binds, with its line."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
                | ast.arg(arg=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
            ):
                yield name, node.lineno


def test_no_public_class_name_stands_for_two_classes():
    homes: dict[str, list[str]] = defaultdict(list)
    for file in [*modules("accounts/**/*.py"), *modules("tutor/**/*.py")]:
        for node in parsed(file).body:
            if isinstance(node, ast.ClassDef) and node.name[0] != "_" and node.name not in DJANGO:
                homes[node.name].append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


@pytest.mark.parametrize("pattern", CHECKED)
def test_no_name_is_vague(pattern):
    files = modules(pattern)
    assert files
    vague = [
        f"{path}:{line}: {name}"
        for file in files
        for path in [str(file.relative_to(ROOT))]
        for name, line in bound_names(parsed(file))
        if name in VAGUE and (path, name) not in MEANT
    ]
    assert vague == []


def test_vague_names_are_recognized():
    source = "for one in rows:\n    self.kept = lambda said: (place := said)"
    assert {name for name, _ in bound_names(ast.parse(source))} == {"one", "kept", "said", "place"}


def declared_names(script: str) -> Iterator[tuple[str, int]]:
    """Every variable, function and parameter that a script declares, with its line."""
    code = NO_SCRIPT.sub(lambda match: "\n" * match[0].count("\n"), script)
    for declaration in DECLARATION.finditer(code):
        line = code.count("\n", 0, declaration.start()) + 1
        for name in re.findall(r"[\w$]+", " ".join(filter(None, declaration.groups()))):
            yield name, line


@pytest.mark.parametrize("pattern", SCRIPTS)
def test_no_name_in_a_script_is_vague(pattern):
    files = sorted(ROOT.glob(pattern))
    assert files
    vague = [
        f"{file.relative_to(ROOT)}:{line}: {name}"
        for file in files
        for name, line in declared_names(file.read_text("utf-8"))
        if name in VAGUE
    ]
    assert vague == []


def test_vague_names_in_scripts_are_recognized():
    script = """
      const { id, kept } = row; // the place of "theirs"
      const rows = all.map((one) => one.ours).filter(found => found);
      export function said(text) { return `${text}`; }
      say(input, place) {
    """
    declared = {name for name, _ in declared_names(script)}
    assert declared & VAGUE == {"kept", "one", "found", "said", "place"}
