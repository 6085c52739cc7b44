"""Workers read uploaded files, and no file harms them."""

import json
import signal
import subprocess
import sys
import zlib
from datetime import timedelta
from io import BytesIO

import pytest
import typst
from django.utils import timezone
from pypdf import PdfWriter

from tutor.attempts.tasks import grade_attempt
from tutor.materials import pdf_answers, pdf_child
from tutor.materials.models import Material, Passage, Source
from tutor.materials.tasks import read_again, read_material, sweep_materials
from tutor.redis_client import connect


def pdf(*pages: str) -> bytes:
    return typst.compile("\n#pagebreak()\n".join(pages).encode(), format="pdf")


def blank(pages: int = 1, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def by_hand(content: bytes, kids: bytes = b"3 0 R", *, packed: bool = False) -> bytes:
    """One page with this content stream."""
    unpack = b" /Filter /FlateDecode" if packed else b""
    font = b"<</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [" + kids + b"] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /Resources %s /Contents 4 0 R>>" % font,
        b"<</Length %d%s>> stream\n%s\nendstream" % (len(content), unpack, content),
    ]
    data, offsets = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        offsets += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj %s endobj\n" % (number, body)
    end = b"xref\n0 5\n%strailer <</Root 1 0 R /Size 5>>\nstartxref\n%d\n%%%%EOF"
    return data + end % (offsets, len(data))


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 300 MB."""
    packer = zlib.compressobj(9)
    passages = [packer.compress(b" " * 10_000_000) for _ in range(30)]
    return by_hand(b"".join([*passages, packer.flush()]), packed=True)


def test_a_file_full_of_mistakes_makes_no_flood_of_warnings():
    data = by_hand(
        b"BT /F 12 Tf (Some text.) Tj ET", kids=b"3 0 R] /A 1" + b" /A 1" * 500 + b" /B ["
    )
    command = [sys.executable, "-m", pdf_child.__name__]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    assert json.loads(done.stdout) == ["Some text."]
    assert done.stderr == b""


HARD = """
import time
from tutor.materials import pdf_child
pdf_child.MAX_CPU_S = {max_cpu_s}

def pages_of(data):
    {act}
    return []

pdf_child.pages_of = pages_of
raise SystemExit(pdf_child.main())
"""


@pytest.mark.parametrize(
    ("act", "max_cpu_s", "statuses"),
    [
        ("pass", 30, {0}),
        ("bytearray(2 * 1024**3)", 30, {pdf_answers.TOO_HARD}),
        ("while time.process_time() < 20: pass", 1, {-signal.SIGXCPU, -signal.SIGKILL}),
    ],
    ids=["nothing", "two gigabytes", "too long"],
)
def test_a_file_that_takes_too_much_ends_its_reader(act, max_cpu_s, statuses):
    command = [sys.executable, "-c", HARD.format(act=act, max_cpu_s=max_cpu_s)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode in statuses


@pytest.mark.django_db
class TestReading:
    def test_markdown(self, make_material):
        material = make_material("\ufeff# 幂\n\n指数相加。\n".encode())
        assert (material.state, material.pages) == ("read", None)
        assert [(passage.heading, passage.text) for passage in material.passages.all()] == [
            ("幂", "指数相加。")
        ]

    def test_a_pdf_page_by_page(self, make_material):
        data = pdf("The discriminant tells.", "#rect()", "Pythagoras is about legs.")
        material = make_material(data, kind="pdf")
        assert (material.state, material.pages, material.empty_pages) == ("read", 3, 1)
        assert [(passage.page, passage.text) for passage in material.passages.all()] == [
            (1, "The discriminant tells."),
            (3, "Pythagoras is about legs."),
        ]

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (lambda: b"%PDF-1.7\nand then nothing", "broken"),
            (lambda: pdf("Some text.")[:700], "broken"),
            (lambda: by_hand(b"", kids=b"2 0 R"), "broken"),
            (lambda: blank(password="secret"), "locked"),
            (blank, "no_text"),
            (lambda: blank(501), "too_long"),
            (bomb, "too_hard"),
        ],
        ids=["nothing", "cut off", "in circles", "locked", "pictures", "501 pages", "a bomb"],
    )
    def test_a_pdf_that_cannot_be_read_says_why_and_is_kept(self, make_material, data, reason):
        data = data()
        material = make_material(data, kind="pdf")
        assert (material.state, material.reason) == ("failed", reason)
        assert bytes(material.source.data) == data
        assert not Passage.objects.exists()

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            ("é".encode("latin-1"), "not_utf8"),
            (b" \n ", "no_text"),
            (b"# A heading alone", "no_text"),
            (b"word " * 400_000, "too_long"),
        ],
    )
    def test_markdown_that_cannot_be_read_says_why(self, make_material, data, reason):
        material = make_material(data)
        assert (material.state, material.reason) == ("failed", reason)

    def test_characters_that_no_database_takes_are_replaced(self, make_material):
        material = make_material(b"Before\0after.")
        assert [passage.text for passage in material.passages.all()] == ["Before\ufffdafter."]

    def test_a_message_that_comes_twice_reads_once(self, make_material):
        material = make_material("One passage.")
        before = set(Passage.objects.values_list("pk", flat=True))
        read_material(material.pk)
        read_material(material.pk + 1_000)
        assert set(Passage.objects.values_list("pk", flat=True)) == before

    def test_what_failed_is_read_again_from_the_kept_file(self, make_material, run_tasks):
        material = make_material(b"word " * 400_000)
        Source.objects.filter(material=material).update(data=b"Shorter now.")
        with run_tasks():
            read_again(material)
        material.refresh_from_db()
        assert (material.state, material.reason, material.tries) == ("read", "", 1)

    def test_what_no_worker_has_heard_of_is_sent_again(self, make_material, run_tasks):
        material = make_material("One passage.")
        Passage.objects.all().delete()
        long_ago = timezone.now() - timedelta(minutes=1)
        Material.objects.update(state="waiting", touched_at=long_ago)
        with run_tasks():
            sweep_materials()
        assert material.passages.count() == 1

    def test_a_file_that_takes_its_workers_with_it_is_given_up(self, make_material, run_tasks):
        material = make_material("One passage.")
        Passage.objects.all().delete()
        for tries, state in ((1, "read"), (2, "failed")):
            long_ago = timezone.now() - timedelta(minutes=6)
            Material.objects.update(state="reading", tries=tries, touched_at=long_ago)
            with run_tasks():
                sweep_materials()
                Material.objects.filter(state="waiting").update(touched_at=long_ago)
                sweep_materials()
            material.refresh_from_db()
            assert material.state == state
        assert material.reason == "too_hard"


def test_no_answer_waits_behind_files():
    """Files and answers are in separate queues with separate workers."""
    with connect() as client:
        before = {queue: client.llen(queue) for queue in ("grading", "reading")}
        for _ in range(6):
            read_material.delay(0)
        grade_attempt.delay(0)
        waiting = {queue: client.llen(queue) - before[queue] for queue in before}
        client.ltrim("grading", waiting["grading"], -1)
        client.ltrim("reading", waiting["reading"], -1)
    assert waiting == {"grading": 1, "reading": 6}
