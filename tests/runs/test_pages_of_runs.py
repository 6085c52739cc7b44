"""Pages of runs of the evaluation: who may read them, what they show, and what is damaged."""

import csv
import io
import json
import re
import shutil

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from tests.factories import make_problem
from tests.runs.making import RIGHT, SUMS, WRONG, make_run
from tutor.evaluation.samples import read_run
from tutor.evaluation.summary import LengthBin
from tutor.problems.models import Problem
from tutor.runs import charts
from tutor.runs.folders import MAX_FILE_BYTES, MAX_RUNS
from tutor.tools.second_pass import Correction

PAGES = ["/runs/", "/runs.csv", "/runs/first/", "/runs/first/figures.csv",
         "/runs/first/problems.csv", "/runs/first/problems/1/",
         "/compared-runs/?first=first&second=first"]  # fmt: skip


def text_of(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, address
    return response.content.decode()


def test_who_teaches_reads_every_page(teacher, run_folder):
    for address in PAGES:
        assert teacher.get(address).status_code == 200, address


@pytest.mark.parametrize("address", PAGES)
def test_students_and_strangers_read_none(as_user, client, alice, run_folder, address):
    assert "/login/" in client.get(address).url
    assert as_user(alice).get(address).status_code == 404


def test_of_the_administration_who_may_read_problems_reads_runs(as_user, db, run_folder):
    clerk = User.objects.create_user("clerk", password="pass-word-9", is_staff=True)
    assert as_user(clerk).get("/runs/").status_code == 404
    clerk.user_permissions.add(Permission.objects.get(codename="view_problemversion"))
    assert as_user(clerk).get("/runs/first/problems/1/").status_code == 200


def test_a_colleagues_unshared_problem_is_counted_and_not_shown(as_user, dan, carol, run_folder):
    make_problem("sum-2")
    Problem.objects.update(owner=carol, is_shared=False)
    carol.may_teach = True
    carol.save(update_fields=["may_teach"])
    of_dan, page = as_user(dan), "/runs/first/problems/2/"
    assert of_dan.get(page).status_code == 404
    text = text_of(of_dan, "/runs/first/")
    assert "sum-1" in text
    assert "sum-2" not in text
    assert "not listed" in text
    assert "sum-2" not in text_of(of_dan, "/runs/first/problems.csv")
    assert as_user(carol).get(page).status_code == 200
    assert "sum-2" in text_of(as_user(carol), "/runs/first/")


def test_the_list_has_what_reports_have(teacher, run_folder):
    summary = read_run(run_folder)
    right = sum(sample.is_right for sample in summary.samples)
    text = text_of(teacher, "/runs/")
    assert f"{100 * right / 12:.1f}%" in text
    for word in ("tiny-chat", "3 × 2 × 2", "problems.jsonl", "yes"):
        assert word in text
    [row] = csv.DictReader(io.StringIO(text_of(teacher, "/runs.csv").lstrip("\ufeff")))
    assert float(row["pass@1"]) == right / 12


def test_the_list_is_sorted_by_what_the_address_allows(teacher, run_folder, runs_folder):
    make_run(runs_folder / "second", SUMS, WRONG)

    def order(sort):
        text = text_of(teacher, "/runs/", sort=sort)
        return text.index("/runs/first/") < text.index("/runs/second/")

    assert (order("name"), order("-name")) == (True, False)
    assert (order("-score"), order("score")) == (True, False)
    for strange in ("found", "-password", "__class__", "x'--"):
        assert order(strange) is order("")
    for sort in ("size", "memory", "speed", "model", "when"):
        order(sort)


def test_of_very_many_the_newest_are_listed(teacher, run_folder):
    for n in range(MAX_RUNS):
        run_folder.with_name(f"empty-{n:03}").mkdir()
    text = text_of(teacher, "/runs/")
    assert text.count('href="/runs/empty-') == MAX_RUNS - 1
    assert 'href="/runs/first/"' in text
    assert f"Only the {MAX_RUNS} newest are listed." in text


def test_a_run_has_its_figures_and_all_they_depend_on(teacher, run_folder):
    conditions = read_run(run_folder).conditions
    text = text_of(teacher, "/runs/first/")
    for word in (conditions.data, conditions.engine, conditions.grader, conditions.recipe):
        assert word in text
    for word in (
        "pass@k",
        "maj@k",
        "algebra",
        "geometry",
        "This step doesn’t follow",
        "<polyline",
        "<title",
    ):
        assert word in text
    assert "Not finished" not in text
    assert ' style="' not in text


def test_the_axis_of_a_chart_ends_with_the_end_of_its_last_bar():
    bars = [LengthBin(low, low + 9, 1, 0) for low in range(0, 120, 10)]
    assert [tick.label for tick in charts.columns(bars).across] == ["0", "30", "60", "90", "120"]
    assert [tick.label for tick in charts.columns(bars[:5]).across] == ["0", "20", "50"]


def test_problems_are_filtered_and_sorted(teacher, run_folder):
    never = text_of(teacher, "/runs/first/", show="never", sort="-right")
    assert "sum-3" in never
    assert "sum-1" not in never
    assert "No problem matches" in text_of(teacher, "/runs/first/", show="always")
    for query in ({"show": "x", "sort": "x", "page": "99"}, {"page": "-1"}, {"sort": "agreement"}):
        assert "sum-1" in text_of(teacher, "/runs/first/", **query)


def test_a_wrong_answer_leads_to_its_samples_and_steps(teacher, run_folder):
    rows = csv.DictReader(io.StringIO((run_folder / "problems.csv").read_text("utf-8")))
    [row] = [row for row in rows if row["problem"] == "sum-1"]
    text = text_of(teacher, "/runs/first/problems/1/")
    assert f"{row['right']} of 4" in text
    assert text.count('class="run-sample"') == 4
    assert r"\(2 + 2 = 5\)" in text
    assert "4</span> and the right side is <span" in text  # its witness
    assert "data-markdown>Well.</div>" in text
    assert re.search(r"/page[\w-]*\.js", text)


def test_records_without_checks_are_shown_without_marks(teacher, run_folder):
    path = run_folder / "samples.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        del row["checks"]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    text = text_of(teacher, "/runs/first/problems/1/")
    assert r"\(2 + 2 = 5\)" in text
    assert 'data-mark="' not in text


@pytest.mark.parametrize("checks", [[{}] * 3, [{"verdict": "x"}], [{"claims": 5}] * 3, []])
def test_checks_that_cannot_be_read_are_none(teacher, run_folder, checks):
    path = run_folder / "samples.jsonl"
    row = json.loads(path.read_text().splitlines()[0]) | {"checks": checks}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n")
    assert "<article" in text_of(teacher, f"/runs/first/problems/{row['problem'][-1]}/")


@pytest.mark.parametrize("value", ["<b>4</b>", ""])
def test_a_corrected_sample_says_so(teacher, run_folder, value):
    path = run_folder / "samples.jsonl"
    made = Correction(1, "2 + 2 = 5", value, 11, "5").to_dict()
    row = json.loads(path.read_text().splitlines()[0])
    row["corrections"] = [made, {"step": "broken"}]
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n")
    text = text_of(teacher, f"/runs/first/problems/{row['problem'][-1]}/")
    wrote = "<code>&lt;b&gt;4&lt;/b&gt;</code>" if value else "taken back, and written again"
    assert f"Step 2: <code>2 + 2 = 5</code> → {wrote}" in text
    assert text.count("Corrected by Lemma's calculator") == 1
    assert "Corrected by Lemma&#x27;s calculator" in text_of(teacher, "/runs/first/")


def test_a_run_on_its_way_shows_what_is_there(teacher, run_folder):
    lines = (run_folder / "samples.jsonl").read_bytes().splitlines(keepends=True)
    (run_folder / "samples.jsonl").write_bytes(b"".join(lines[:5]) + lines[5][:40])
    text = text_of(teacher, "/runs/first/")
    assert "Not finished: these figures come from 5 of 12 samples." in text
    assert "1 sample cannot be read" in text
    assert "when the run ends" in text
    assert "not finished" in text_of(teacher, "/runs/")
    (run_folder / "samples.jsonl").write_bytes(b"".join(lines))
    assert "Not finished" not in text_of(teacher, "/runs/first/")  # nothing old is remembered


def test_a_run_without_samples_says_so(teacher, run_folder):
    (run_folder / "samples.jsonl").write_bytes(b"")
    for address in ("/runs/", "/runs/first/"):
        assert "This run has no samples yet." in text_of(teacher, address)
    assert "No sample of this problem" in text_of(teacher, "/runs/first/problems/1/")
    assert teacher.get("/runs/first/figures.csv").status_code == 404
    assert teacher.get("/compared-runs/?first=first&second=first").status_code == 404


def test_too_much_to_count_waits_for_its_end(teacher, run_folder):
    (run_folder / "summary.json").unlink()
    with (run_folder / "samples.jsonl").open("r+b") as samples:
        samples.truncate(MAX_FILE_BYTES + 1)  # a hole: nothing is written
    for address in ("/runs/", "/runs/first/"):
        assert "Its figures appear when it ends." in text_of(teacher, address)


def remove(folder, name):
    (folder / name).unlink()


def make_folder(folder, name):
    remove(folder, name)
    (folder / name).mkdir()


def link(folder, name):
    shutil.move(folder / name, folder.parent.parent / name)
    (folder / name).symlink_to(folder.parent.parent / name)


@pytest.mark.parametrize("name", ["run.json", "problems.jsonl"])
@pytest.mark.parametrize(
    "damage",
    [
        remove,
        make_folder,
        link,
        lambda folder, name: (folder / name).write_bytes(b""),
        lambda folder, name: (folder / name).write_bytes((folder / name).read_bytes()[:60]),
        lambda folder, name: (folder / name).write_bytes(b"\xff\x00" * 50),
        lambda folder, name: (folder / name).write_text("[" * 50_000),
        lambda folder, name: (folder / name).write_text('{"code": 1, "file": 2}\n'),
    ],
)
def test_a_damaged_folder_is_named_and_breaks_nothing(teacher, run_folder, name, damage):
    (run_folder / "summary.json").unlink()
    damage(run_folder, name)
    for address in ("/runs/", "/runs/first/"):
        text = text_of(teacher, address)
        is_named = "is damaged" in text or "has no samples yet" in text
        assert is_named or (name, address) == ("problems.jsonl", "/runs/"), address
        assert str(run_folder.parent.parent) not in text
    for address in PAGES:
        assert teacher.get(address).status_code in {200, 404}, address


def test_what_lies_elsewhere_is_not_read_by_way_of_a_link(teacher, run_folder):
    link(run_folder, "problems.jsonl")
    assert teacher.get("/runs/first/problems/1/").status_code == 404


@pytest.mark.parametrize("content", [b"", b"{", b"\x00\xff\n" * 9, b"5\n[]\n", b"[" * 99_999])
@pytest.mark.parametrize("name", ["samples.jsonl", "summary.json"])
def test_damaged_samples_and_summaries_break_nothing(teacher, run_folder, name, content):
    (run_folder / name).write_bytes(content)
    for address in PAGES:
        assert teacher.get(address).status_code in {200, 404}, address


def test_nothing_there_at_all_is_a_page(teacher, runs_folder):
    assert "There is no run yet." in text_of(teacher, "/runs/")
    runs_folder.write_text("no folder")
    assert "There is no run yet." in text_of(teacher, "/runs/")
    assert teacher.get("/runs.csv").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["..", ".", "%2e%2e", "..%2f..%2fetc", "%2fetc", "first%00", "first%0a", "first%2f..%2ffirst",
     "~", "*", "none", "%ff", "first%20", "FIRST", ".hidden", "linked", "x" * 300, "..%5cfirst"],
)  # fmt: skip
def test_a_name_that_is_no_runs_leads_nowhere(teacher, run_folder, tmp_path, name):
    shutil.copytree(run_folder, tmp_path / "elsewhere")
    shutil.copytree(run_folder, run_folder.with_name(".hidden"))
    run_folder.with_name("linked").symlink_to(tmp_path / "elsewhere")
    for address in (f"/runs/{name}/", f"/runs/{name}/figures.csv", f"/runs/{name}/problems/1/"):
        assert teacher.get(address).status_code == 404, address
    query = {"first": name.replace("%2f", "/"), "second": "first"}
    assert teacher.get("/compared-runs/", query).status_code == 404
    assert "linked" not in text_of(teacher, "/runs/")


@pytest.mark.parametrize("name", ["a b", "模型 1", "a&b=c?d#e", "<script>x", "100%", "'\""])
def test_a_runs_own_name_may_be_anything(teacher, run_folder, name):
    run_folder.rename(run_folder.with_name(name))
    text = text_of(teacher, "/runs/")
    assert "<script>x" not in text
    assert reverse("run", args=[name]) in text.replace("&amp;", "&").replace("&#x27;", "'")
    text_of(teacher, reverse("run", args=[name]))
    assert teacher.get(reverse("run-file", args=[name])).status_code == 200


@pytest.mark.parametrize("line", ["0", "4", "99999999999999999999", "9" * 5000])
def test_a_line_that_is_not_there_leads_nowhere(teacher, run_folder, line):
    assert teacher.get(f"/runs/first/problems/{line}/").status_code == 404


def test_what_a_model_wrote_is_text(teacher, runs_folder):
    evil = "<img src=x onerror=alert(1)> </script> \\(\\boxed{2}\\)"
    make_run(runs_folder / "first", SUMS, evil, reasoning="<b>x</b>")
    for address in PAGES:
        text = text_of(teacher, address)
        assert "<img" not in text
        assert "<b>x" not in text


def test_two_runs_are_compared_in_pairs(teacher, run_folder, runs_folder):
    make_run(runs_folder / "second", SUMS, WRONG, options=["--recipe", "r1", "--limit", "2"])
    text = text_of(teacher, "/compared-runs/", first="first", second="second")
    assert "On 2 common problems" in text
    assert "1 problem was asked in only one of the runs" in text
    assert "paired bootstrap" in text
    assert "r1-mathematics-1" in text
    assert "less often right" in text
    assert "/runs/second/problems/1/" in text
    same = text_of(teacher, "/compared-runs/", first="first", second="first")
    assert "is not significant" in same
    assert "Each problem is right equally often in both runs." in same


def test_single_answers_are_compared_by_mcnemar(teacher, runs_folder):
    for name, text in (("first", RIGHT), ("second", WRONG)):
        make_run(runs_folder / name, SUMS, text, options=["--runs", "1"])
    text = text_of(teacher, "/compared-runs/", first="first", second="second")
    assert "McNemar" in text


def test_runs_on_other_problems_are_not_compared(teacher, run_folder, runs_folder):
    make_run(runs_folder / "second", SUMS[:2], RIGHT)
    text = text_of(teacher, "/compared-runs/", first="first", second="second")
    assert "have different problems" in text


def test_the_number_of_queries_does_not_grow(teacher, run_folder, runs_folder):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            text_of(teacher, address)
        return len(captured)

    before = {address: queries(address) for address in PAGES}
    for n in range(5):
        make_run(runs_folder / f"other-{n}", SUMS, WRONG)
    assert {address: queries(address) for address in PAGES} == before
    assert max(before.values()) < 12


def test_the_pages_are_in_chinese_for_who_reads_it(teacher, dan, run_folder):
    dan.language = "zh-hans"
    dan.save(update_fields=["language"])
    text = text_of(teacher, "/runs/first/")
    assert "正确" in text
    assert "Not checked" not in text


def test_the_administration_leads_there_who_may_read_them(as_user, admin, run_folder):
    assert reverse("runs") in text_of(as_user(admin), reverse("admin:index"))
    clerk = User.objects.create_user("clerk", password="pass-word-9", is_staff=True)
    assert reverse("runs") not in text_of(as_user(clerk), reverse("admin:index"))
    clerk.user_permissions.add(Permission.objects.get(codename="view_problemversion"))
    assert reverse("runs") in text_of(as_user(clerk), reverse("admin:index"))
