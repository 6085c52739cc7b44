"""Pages load a bundle that fits their sources, small enough for a slow phone."""

import json
import re

import pytest
from django.conf import settings
from django.template import Context, Template

from tests.factories import make_assignment, make_problem
from tutor import bundles
from tutor.grading import read_key
from tutor.web.warm_up import warm_up

MAX_FIRST_VISIT = 250_000  # bytes of a problem page with formulas whose answer is drawn
HTML = 10_500  # of that page, compressed
HEADERS = 450  # of each response


def rendered(source):
    return Template(source).render(Context()).strip()


@pytest.fixture
def sources(tmp_path, settings):
    """A folder of static files with one script, whose bundle is written by `bundled`."""
    for name in ("css", "js", "bundled"):
        (tmp_path / name).mkdir()
    (tmp_path / "js" / "page.js").write_text("let n = 1;")
    settings.STATIC_SOURCES = tmp_path
    return tmp_path


def write_manifest(sources, digest, name="ABCDEFGH"):
    entry = {"file": f"page-{name}.js", "imports": [f"chunk-{name}.js"], "fonts": []}
    manifest = {"sources": digest, "files": {"js/page.js": entry}}
    manifest |= {"worker": f"service_worker-{name}.js", "version": name.lower()[:3]}
    (sources / "bundled" / manifest["worker"]).write_text(f"// {name}")
    (sources / "bundled" / "manifest.json").write_text(json.dumps(manifest))


def test_a_page_loads_the_bundle_of_its_sources(sources):
    write_manifest(sources, bundles._digest(sources))
    assert rendered("{% bundle 'js/page.js' %}") == "/static/bundled/page-ABCDEFGH.js"
    assert 'href="/static/bundled/chunk-ABCDEFGH.js"' in rendered("{% preloads 'js/page.js' %}")
    assert rendered("{% bundle 'js/other.js' %}") == "/static/js/other.js"


def test_an_edited_source_is_loaded_itself(sources, caplog):
    write_manifest(sources, bundles._digest(sources))
    (sources / "js" / "page.js").write_text("let n = 2;")
    assert rendered("{% bundle 'js/page.js' %}{% preloads 'js/page.js' %}") == "/static/js/page.js"
    assert "npm run bundle" in caplog.text


def test_a_process_keeps_its_bundle_while_the_next_release_is_installed(sources, client):
    """nginx has the new files only once `collectstatic` has run."""
    write_manifest(sources, bundles._digest(sources))
    warm_up()
    (sources / "js" / "page.js").write_text("let n = 2;")  # pip is half done
    assert rendered("{% bundle 'js/page.js' %}") == "/static/bundled/page-ABCDEFGH.js"
    (sources / "bundled" / "service_worker-ABCDEFGH.js").unlink()
    write_manifest(sources, bundles._digest(sources), "NEWNEWNE")
    assert rendered("{% bundle 'js/page.js' %}") == "/static/bundled/page-ABCDEFGH.js"
    assert client.get("/service-worker.js").content.decode().endswith("// ABCDEFGH")


def test_without_a_bundle_and_with_debug_sources_are_loaded(sources, settings):
    assert rendered("{% bundle 'js/page.js' %}") == "/static/js/page.js"
    write_manifest(sources, bundles._digest(sources))
    settings.DEBUG = True
    assert rendered("{% bundle 'js/page.js' %}") == "/static/js/page.js"


@pytest.fixture
def files():
    manifest = settings.STATIC_SOURCES / "bundled" / "manifest.json"
    return json.loads(manifest.read_text("utf-8"))["files"]


def asked_for():
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        yield from re.findall(r"\{% (?:bundle|preloads) '([^']+)' %\}", template.read_text("utf-8"))


@pytest.mark.slow
def test_all_that_templates_ask_for_is_bundled_and_compressed(files):
    assert set(asked_for()) == set(files)
    for entry in files.values():
        for name in (entry["file"], *entry["imports"]):
            assert re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, f"/bundled/{name}")
            path = settings.STATIC_SOURCES / "bundled" / name
            for ending in (".br", ".gz"):
                compressed = path.with_name(name + ending).stat().st_size
                assert compressed < max(1000, path.stat().st_size)


@pytest.mark.slow
def test_a_first_visit_of_a_problem_is_light(files):
    folder = settings.STATIC_SOURCES / "bundled"
    asked = (
        "css/site.css",
        "js/page.js",
        "js/response_form.js",
        "js/answer_fields.js",
        "js/answer_drawing.js",
    )
    entries = [files[path] for path in (*asked, "vendor/htmx/htmx.min.js")]
    names = {name for entry in entries for name in (entry["file"], *entry["imports"])}
    fonts = [
        font
        for font in files["css/site.css"]["fonts"]
        if re.match(r"KaTeX_(?:Main-Regular|Math-Italic)|source-(?:sans|serif)-\d-latin-\d", font)
    ]
    assert len(fonts) == 5
    size = sum((folder / f"{name}.br").stat().st_size for name in names)
    size += sum((folder / name).stat().st_size for name in fonts)
    requests = len(names) + len(fonts) + 2  # with the page and its icon
    assert size + HTML + requests * HEADERS <= MAX_FIRST_VISIT
    assert requests <= 15


@pytest.mark.slow
def test_formulas_show_before_their_fonts_have_come(files):
    style = settings.STATIC_SOURCES / "bundled" / files["css/site.css"]["file"]
    faces = re.findall(r"@font-face\{[^}]*KaTeX[^}]*\}", style.read_text("utf-8"))
    assert len(faces) == 20
    assert all("font-display:swap" in face for face in faces)


FIGURE = "```figure\nplot\nx from -4 to 4\ny from -5 to 5\nf(x) = x^3 - 3*x\n```"


def test_a_figure_that_is_only_shown_loads_no_script(client, section, alice):
    """One that is drawn by hand loads Lemma's own; JSXGraph is nowhere."""
    statements = ("How many zeros?", f"How many zeros?\n\n{FIGURE}")
    problems = [make_problem(f"p{n}", statement=text) for n, text in enumerate(statements)]
    key = read_key({"kind": "equation", "value": "y = 2x - 1"})
    problems.append(make_problem("drawn", statement="Draw it.", key=key, drawing="line"))
    items = make_assignment(section, problems).problem_set.items.order_by("position")
    client.force_login(alice)
    pages = [client.get(item.get_absolute_url()).content.decode() for item in items]
    plain, shown, drawn = (set(re.findall(r'"(/static/[^"]+)"', page)) for page in pages)
    assert "<svg" in pages[1].partition("How many zeros?")[2].partition("</div>")[0]
    assert plain == shown
    assert [re.findall(r"answer_drawing", address) for address in drawn - plain]
    assert not any("answer_drawing" in address for address in plain)
    libraries = json.loads((settings.BASE_DIR / "tutor" / "browser_libraries.json").read_text())
    assert not any("jsxgraph" in name.lower() for name in libraries)
