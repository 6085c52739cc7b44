"""The first page of the administration."""

from django.contrib import admin
from django.urls import reverse

from tutor.operations.admin_index import TABLES


def test_every_table_has_its_task_and_a_purpose():
    named = [label for tables in TABLES.values() for label in tables]
    assert sorted(named) == sorted(model._meta.label for model in admin.site._registry)


def test_people_come_first_with_what_each_table_is_for(client, admin):
    client.force_login(admin)
    page = client.get(reverse("admin:index")).content.decode()
    users = page.index(f'<a href="{reverse("admin:accounts_user_changelist")}">')
    assert (
        page.index("<caption>People</caption>") < users < page.index("<caption>Classes</caption>")
    )
    assert "give one-time passwords" in page
