"""The SQL of a prepared query is composed once, and its values come each time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from tutor.courses.models import Enrollment, Section
from tutor.prepared import prepared

composed: list[str] = []


@prepared
def enrollments_in(section_pk, user_pk):
    composed.append("enrollments")
    rows = Enrollment.objects.select_related("section__course", "user")
    return rows.filter(section=section_pk, user=user_pk)


@prepared
def sections_called(code, name, since):
    in_time = Q(archived_at=None) | Q(archived_at__gte=since)
    return Section.objects.filter(in_time, code=code, name__startswith=name)


@prepared
def names_after(pk):
    return User.objects.filter(pk__gt=pk).order_by("username").values_list("username", flat=True)


@prepared
def joined_by_now(user_pk):
    return User.objects.filter(pk=user_pk, date_joined__lte=timezone.now())


@prepared
def of_one(user_pk, _section_pk):
    return User.objects.filter(pk=user_pk)


def test_each_call_has_its_own_values(section, alice, bob):
    for user in (alice, bob, alice):
        [row] = enrollments_in(section.pk, user.pk)
        assert row.user == user
    assert enrollments_in(section.pk, alice.pk + 1_000) == []
    assert len(composed) <= 2  # twice, to see that it is the same query


def test_related_rows_come_with_it(section, alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        [row] = enrollments_in(section.pk, alice.pk)
        assert (row.section.course, row.user) == (section.course, alice)


def test_codes_texts_and_instants_are_stored_as_django_stores_them(section):
    archived_at = timezone.now()
    begin = section.name[:1]
    assert sections_called(section.code, begin, archived_at) == [section]
    assert sections_called(uuid4(), begin, archived_at) == []
    assert sections_called(section.code, "%", archived_at) == []
    Section.objects.update(archived_at=archived_at)
    assert sections_called(section.code, begin, archived_at) == [section]
    assert sections_called(section.code, begin, archived_at + timedelta(microseconds=1)) == []


def test_rows_of_values(alice, bob):
    assert names_after(0) == ["alice", "bob"]
    assert names_after(alice.pk) == [name for name in ("bob",) if bob.pk > alice.pk]


def test_a_row_that_has_changed_is_read_anew(section, alice):
    [before] = enrollments_in(section.pk, alice.pk)
    Enrollment.objects.filter(pk=before.pk).update(role=Enrollment.Role.FORMER)
    [after] = enrollments_in(section.pk, alice.pk)
    assert after.role == Enrollment.Role.FORMER


def test_a_query_that_asks_the_clock_is_refused(alice):
    with pytest.raises(ValueError, match="joined_by_now is another query each time"):
        joined_by_now(alice.pk)


def test_a_query_that_loses_a_value_is_refused(alice):
    with pytest.raises(ValueError, match="of_one does not ask for all its values"):
        of_one(alice.pk, 1)


@pytest.mark.parametrize("value", [None, [1], 1.5])
def test_other_values_are_refused(db, value):
    with pytest.raises(TypeError, match="no values of a prepared query"):
        names_after(value)
    with pytest.raises(TypeError, match="in order, without names"):
        names_after(pk=value)
