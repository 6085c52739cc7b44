"""The first page of the administration."""

import re

from django.contrib import admin
from django.urls import reverse

from tutor.courses.models import SectionEvent
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


def test_the_side_of_each_page_has_the_same_tasks(client, admin):
    client.force_login(admin)
    page = client.get(reverse("admin:courses_section_changelist")).content.decode()
    titles = [f"<caption>{title}</caption>" for title in TABLES]
    assert sorted(titles, key=page.index) == titles
    assert page.count('aria-current="page"') == 1


def test_a_list_is_called_what_it_lists_and_its_filters_what_they_choose(client, admin, section):
    client.force_login(admin)
    page = client.get(reverse("admin:courses_enrollment_changelist")).content.decode()
    assert "<h1>Enrollments</h1>" in page
    assert "<summary>Role</summary>" in page


def test_results_are_counted_where_something_was_looked_for(client, admin, section):
    client.force_login(admin)
    address = reverse("admin:courses_section_changelist")
    assert "1 result (" not in client.get(address).content.decode()
    assert "1 result (" in client.get(address, {"q": section.name}).content.decode()


def test_a_record_is_called_what_it_is(client, admin, carol, section):
    section.note(SectionEvent.Act.ADDED, carol)
    client.force_login(admin)
    address = reverse("admin:courses_sectionevent_change", args=[section.events.get().pk])
    assert "<h1>Event in a class</h1>" in client.get(address).content.decode()


def crumbs(client, name, *args):
    page = client.get(reverse(f"admin:accounts_user_{name}", args=args)).content.decode()
    way = re.sub(r"<[^>]*>", "", page.partition('class="breadcrumbs">')[2].partition("</div>")[0])
    return [crumb.strip() for crumb in way.split("›")]


def test_the_way_to_a_page_names_nothing_twice(client, admin, alice):
    client.force_login(admin)
    assert crumbs(client, "changelist") == ["Home", "Users"]
    assert crumbs(client, "add") == ["Home", "Users", "Add user"]
    assert crumbs(client, "change", alice.pk) == ["Home", "Users", "alice"]
    assert crumbs(client, "history", alice.pk) == ["Home", "Users", "alice", "History"]
