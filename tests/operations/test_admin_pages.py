"""The administration's pages cost the same however many rows a school has gathered."""

import re

import pytest
from django.contrib.admin import site
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.administration import pages
from tests.bench.school import fill
from tutor import administration
from tutor.attempts.models import Attempt

MAX_QUERIES = 12


def queries(client, addresses: list[str]) -> dict[str, int]:
    counts = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as made:
            assert client.get(address).status_code == 200, address
        counts[re.sub(r"\d+", "N", address)] = len(made)
    return counts


@pytest.mark.slow
def test_each_takes_as_many_queries_for_10_rows_as_for_5(client, admin):
    client.force_login(admin)
    ContentType.objects.get_for_models(*site._registry)  # a process looks them up once
    fill(people=5, classes=5, attempts=5)
    few = queries(client, pages(client))
    fill(people=5, classes=5, attempts=5)
    many = queries(client, pages(client))
    assert {name: (few[name], count) for name, count in many.items() if count > few[name]} == {}
    assert {name: count for name, count in many.items() if count > MAX_QUERIES} == {}


def listed(client, query=""):
    address = reverse("admin:attempts_attempt_changelist")
    return client.get(f"{address}?{query}", headers={"accept-language": "en"})


def test_the_newest_come_first_and_what_is_many_is_not_counted(client, admin, monkeypatch):
    fill(people=30, classes=10, attempts=70)
    client.force_login(admin)
    page = listed(client)
    newest_first = sorted(Attempt.objects.values_list("pk", flat=True), reverse=True)
    for shown in (page, listed(client, "o=2")):  # nor sorted, which would read the whole table
        assert [attempt.pk for attempt in shown.context["cl"].result_list] == newest_first
    assert "70 entries" in " ".join(page.content.decode().split())
    monkeypatch.setattr(administration, "MAX_COUNTED", 60)
    assert "more than 60 entries" in " ".join(listed(client).content.decode().split())
    assert "more than 60 (" in " ".join(listed(client, "q=pupil").content.decode().split())


def test_no_count_reads_a_whole_table(client, admin):
    fill(people=5, classes=5, attempts=5)
    client.force_login(admin)
    for query in ("", "q=pupil", "grade__verdict__exact=correct"):
        with CaptureQueriesContext(connection) as made:
            assert listed(client, query).status_code == 200
        counting = [row["sql"] for row in made if "COUNT(" in row["sql"]]
        counting = [sql for sql in counting if "attempts_attempt" in sql]
        assert counting
        assert [sql for sql in counting if "LIMIT" not in sql] == []


def test_every_list_that_grows_has_its_newest_first(client, admin):
    fill(people=20, classes=5, attempts=40)
    client.force_login(admin)
    several = 0
    for model, model_admin in site._registry.items():
        if isinstance(model_admin, administration.RecordAdmin):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
            changelist = client.get(reverse(name)).context["cl"]
            rows = [row.pk for row in changelist.result_list]
            newest = model._base_manager.order_by("-pk").values_list("pk", flat=True)
            assert rows == [*newest[: len(rows)]], name
            assert {*changelist.queryset.query.order_by} == {"-pk"}, name  # which has an index
            several += len(rows) > 1
    assert several > 8


def test_each_word_is_looked_for_in_people_and_in_problems(client, admin):
    fill(people=30, classes=10, attempts=70)
    client.force_login(admin)

    def listed_for(words: str) -> set[tuple[str, str]]:
        rows = listed(client, f"q={words}").context["cl"].result_list
        return {(row.enrollment.user.username, row.item.problem.slug) for row in rows}

    attempt = Attempt.objects.filter(enrollment__user__username="pupil17").first()
    name, slug = attempt.enrollment.user.username, attempt.item.problem.slug
    assert (name, slug) in listed_for(name)
    assert listed_for(f"{name}+{slug}") == {(name, slug)}
    assert listed_for(f"{name}+nowhere") == set()
