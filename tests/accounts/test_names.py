"""Names as they are said, and as registers have them."""

import pytest
from django.urls import reverse

from accounts.models import User


@pytest.mark.parametrize(
    ("first", "last", "spoken", "in_register"),
    [
        ("Ada", "Lovelace", "Ada Lovelace", "Lovelace, Ada"),
        ("小明", "王", "王小明", "王小明"),
        ("Anna", "王", "Anna 王", "王, Anna"),
        ("Ada", "", "Ada", "Ada"),
        ("", "", "ada", "ada"),
    ],
)
def test_a_name(first, last, spoken, in_register):
    user = User(username="ada", first_name=first, last_name=last)
    assert (user.shown_name, user.register_name) == (spoken, in_register)


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["first_name", "last_name"]), ("zh-hans", ["last_name", "first_name"])],
)
def test_a_profile_asks_for_names_in_the_order_of_its_language(client, alice, language, order):
    User.objects.filter(pk=alice.pk).update(language=language)
    client.force_login(alice)
    fields = client.get(reverse("profile")).context["form"].visible_fields()
    assert [field.name for field in fields[:2]] == order


def test_a_profile_is_saved_in_the_words_of_the_new_language(client, alice):
    client.force_login(alice)
    names = {"first_name": "Alice", "last_name": "Ant", "time_zone": "UTC"}
    page = client.post(reverse("profile"), {**names, "language": "zh-hans"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["个人设置已保存。"]
