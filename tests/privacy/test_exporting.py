"""The export has everything of a person, and no stored answers or data of others."""

import json
import stat
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from tests.privacy.conftest import ANSWER, WORDS
from tutor.assignments.models import Assignment
from tutor.attempts.models import Advice, Attempt, GradeChange
from tutor.grading import Feedback, FeedbackCode
from tutor.privacy.exporting import README, personal_data
from tutor.privacy.policy import DETACHED, OWN


def opened(data):
    """The text of each file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(files, name):
    return [json.loads(line) for line in files[f"{name}.jsonl"].splitlines()]


def take(client, query="", **fields):
    data = {"password": "pass-word-9", **fields}
    return client.post(reverse("personal-data") + query, data)


@pytest.fixture
def files(stored, client):
    client.force_login(stored)
    response = take(client)
    assert response.headers["Content-Type"] == "application/zip"
    assert 'filename="lemma-alice.zip"' in response.headers["Content-Disposition"]
    return opened(response.content)


def test_every_table_is_there_and_named(files):
    extra = {"admin.logentry.about", "sessions.session"}
    names = {f"{name.lower()}.jsonl" for name in {*OWN, *DETACHED, *extra}}
    assert set(files) == names | {README}
    for name in names:
        assert f"{name}: " in files[README]


def test_it_has_what_she_did_and_what_was_said_to_her(files):
    whole = "".join(files.values())
    for word in WORDS:
        assert word in whole, word
    [attempt] = rows(files, "attempts.attempt")
    assert attempt["response"] == "27182"
    assert (attempt["item"], attempt["version"]) == ("Warming up, 1", "A sum")
    first, second = rows(files, "attempts.gradechange")
    assert (first["attempt"], first["verdict"]) == (attempt["id"], "incorrect")
    assert second["reason"] == "Half of it, Wilhelmina."
    assert rows(files, "accounts.user")[0]["date_joined"]
    assert rows(files, "solutions.solution.enrollment")[0]["completion_tokens"] == 0
    assert len(rows(files, "admin.logentry.about")) == 4


def test_neither_answers_nor_secrets_nor_others_are_in_it(files, stored, bob, carol):
    whole = "".join(files.values())
    secrets = [stored.password, stored.calendar_feed.token]
    names = ["bob", "carol", "Bob explained", "16180"]
    for text in [ANSWER, *secrets, *names]:
        assert text not in whole, text
    [attempt] = rows(files, "attempts.attempt")
    assert attempt["checks"] == [{"verdict": "refuted", "claims": [{"claim": "x"}]}]


def test_feedback_is_there_as_the_page_says_it(stored):
    change = GradeChange.objects.filter(attempt__enrollment__user=stored).earliest("number")
    change.feedback = Feedback(FeedbackCode.UNIT_MISSING)
    part = {"verdict": "incorrect", "score": 0, "rule": "units", "carried": []}
    change.parts = [part | {"feedback": change.feedback.to_json()}, part | {"feedback": ""}]
    change.save()
    row = rows(opened(personal_data(stored)), "attempts.gradechange")[0]
    sentence = "The number is right, but its unit is missing."
    assert row["feedback"] == sentence
    assert [part["feedback"] for part in row["parts"]] == [sentence, ""]


def test_advice_is_there_with_its_words(stored, bob):
    attempt = Attempt.objects.get(enrollment__user=stored)
    at_item = {"item": attempt.item, "version": attempt.version}
    whole, part = (
        Advice.objects.create(**at_item, assignment=Assignment.objects.get(), author=bob, text=text)
        for text in ("Look at the signs.", "Carry the one.")
    )
    attempt.advice = whole
    attempt.parts = [{"response": "1", "advice": part.pk}, {"response": "2", "advice": 0}]
    attempt.save()
    [row] = rows(opened(personal_data(stored)), "attempts.attempt")
    assert row["advice"] == "Look at the signs."
    assert [part["advice"] for part in row["parts"]] == ["Carry the one.", None]  # taken back


def test_what_is_still_to_come_is_not_named(stored, assignment):
    Assignment.objects.filter(pk=assignment.pk).update(opens_at=timezone.now() + timedelta(hours=1))
    [terms] = rows(opened(personal_data(stored)), "assignments.override")
    assert terms["assignment"] == "an assignment that is not open yet"
    assert terms["attempts_allowed"] == 9


def test_no_address_leads_to_the_data_of_another(stored, client, bob, carol):
    address = reverse("personal-data")
    for person in (bob, carol):
        client.force_login(person)
        for query in ("?username=alice", f"?user={stored.pk}", f"?pk={stored.pk}"):
            whole = "".join(opened(take(client, query, username="alice").content).values())
            assert not any(word in whole for word in ["27182", "mylines", "Quixote"])
        assert client.get(f"{address}alice/").status_code == 404
    client.logout()
    assert client.get(address).url.startswith(reverse("account_login"))


def test_the_export_needs_the_password(client, stored):
    client.force_login(stored)
    for response in (client.get(reverse("personal-data")), take(client, password="a-guess")):
        assert response.headers["Content-Type"].startswith("text/html")
        assert "need your password" in response.content.decode()
    assert "This is not your password" in response.content.decode()


def test_exports_are_limited_in_number(client, alice):
    client.force_login(alice)
    taken = [take(client).status_code for _ in range(4)]
    assert taken == [200, 200, 200, 302]


def test_who_reads_chinese_is_told_in_chinese(alice):
    alice.language = "zh-hans"
    alice.save()
    readme = opened(personal_data(alice))[README]
    assert "每个文件" in readme
    assert "accounts.user.jsonl: 用户, 1 条" in readme


def test_the_command_writes_the_same(stored, tmp_path):
    file = tmp_path / "alice.zip"
    call_command("export_person", "alice", file, verbosity=0)
    assert opened(file.read_bytes()) == opened(personal_data(stored))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_person", "alice", file)
