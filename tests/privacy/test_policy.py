"""The policy covers all models that lead to a person."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CASCADE, SET_NULL

from accounts.models import User
from tutor.privacy.policy import DETACHED, OWN, detached_counts, own_counts

# Text that may say who somebody is; a model with such a column must be a person's own.
NAMING = re.compile(r"(user|first|last|full|person|display)_?name|e?mail|login|phone|address")


def models():
    return apps.get_models(include_auto_created=True)


def leads_to_people():
    """Every foreign key to a person or to a row of a person."""
    for model in models():
        for field in model._meta.concrete_fields:
            related = field.related_model
            if related is not None and (related is User or related._meta.label in OWN):
                yield model._meta.label, field


def unnamed():
    """Columns that the policy does not mention."""
    for label, field in leads_to_people():
        is_path = label in OWN and field.name == OWN[label].path.split("__")[0]
        is_within = label in OWN and field.related_model is not User
        if not (is_path or is_within or f"{label}.{field.name}" in DETACHED):
            yield f"{label}.{field.name}"


def unclaimed_texts():
    for model in models():
        for field in model._meta.concrete_fields:
            if not field.is_relation and NAMING.search(field.name) and model._meta.label not in OWN:
                yield f"{model._meta.label}.{field.name}"


def test_the_policy_names_all_that_leads_to_people():
    assert list(unnamed()) == []
    assert list(unclaimed_texts()) == []
    assert not any(model._meta.private_fields for model in models())  # generic foreign keys


@pytest.mark.parametrize("label", OWN)
def test_a_table_that_is_forgotten_is_noticed(monkeypatch, label):
    monkeypatch.delitem(OWN, label)
    noticed = [key.rpartition(".")[0] for key in (*unnamed(), *unclaimed_texts())]
    assert label in noticed


@pytest.mark.parametrize("key", DETACHED)
def test_a_column_that_is_forgotten_is_noticed(monkeypatch, key):
    monkeypatch.delitem(DETACHED, key)
    assert list(unnamed()) == [key]


def test_the_database_does_what_the_policy_says():
    for label, own in OWN.items():
        if label != "accounts.User":
            first = apps.get_model(label)._meta.get_field(own.path.split("__")[0])
            assert first.remote_field.on_delete is CASCADE, label
    for key in DETACHED:
        label, _, column = key.rpartition(".")
        field = apps.get_model(label)._meta.get_field(column)
        assert field.remote_field.on_delete is SET_NULL, key


def test_the_columns_are_there():
    columns = [(label, own.left_out) for label, own in OWN.items()]
    columns += [
        (key.rpartition(".")[0], (*policy.shown, *policy.emptied))
        for key, policy in DETACHED.items()
    ]
    for label, names in columns:
        fields = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert set(names) <= fields, label


def test_the_history_calls_people_only_by_rows_of_their_own(db):
    """No inline form writes to people's rows, so `traces.history_of` need not read the changes."""
    for options in admin.site._registry.values():
        for inline in options.get_inline_instances(None):
            if inline.model._meta.label in OWN:
                assert not inline.has_change_permission(None)
                assert not inline.has_add_permission(None, None)


def test_the_example_has_a_row_in_every_place(stored):
    assert set(own_counts(stored.pk)) == set(OWN)
    assert set(detached_counts(stored.pk)) == set(DETACHED)
