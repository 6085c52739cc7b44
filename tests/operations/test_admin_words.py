"""Pages of the administration say what an administrator understands, not what is stored."""

import re

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests.factories import make_problem
from tutor.problems.models import Skill
from tutor.teaching.models import Exemption


def page_of(client, name: str, *args: object, **headers: str) -> str:
    return client.get(reverse(f"admin:{name}", args=args), headers=headers).content.decode()


def in_chinese(admin):
    admin.language = "zh-hans"
    admin.save(update_fields=["language"])


def test_skills_are_called_by_their_names(client, admin):
    skill = Skill.objects.create(name="algebra.expanding.two_brackets")
    client.force_login(admin)
    form = page_of(client, "problems_problem_add")
    assert f">{skill.shown_name}</option>" in form
    assert f">{skill.name}</option>" not in form
    assert skill.shown_name in page_of(client, "problems_skill_changelist")
    results = client.get(reverse("admin:problems_skill_changelist"), {"q": skill.shown_name})
    assert list(results.context["cl"].result_list) == [skill]


def test_a_version_has_its_hints_in_lines_and_its_key_in_words(client, admin):
    version = make_problem().current
    version.hints = ["Begin with \\(x\\).", "Then go on."]
    version.save(update_fields=["hints"])
    in_chinese(admin)
    client.force_login(admin)
    page = page_of(client, "problems_problemversion_change", version.pk)
    assert "<div>Begin with \\(x\\).</div><div>Then go on.</div>" in page
    assert f">{version.stored_key.kind}<" not in page


def test_rights_are_named_in_chinese_and_only_for_tables_of_the_administration(client, admin):
    in_chinese(admin)
    client.force_login(admin)
    page = page_of(client, "auth_group_add")
    assert "题目 · 可以修改" in page
    assert "Can " not in page
    assert "session" not in page


def test_a_group_of_rights_is_called_otherwise_than_a_group_of_a_class(client, admin, alice):
    Group.objects.create(name="office")
    client.force_login(admin)
    names = re.findall(r"<a [^>]*>([^<]*)</a></th>", page_of(client, "index"))
    assert "Groups" in names
    assert "Groups of rights" in names
    form = page_of(client, "accounts_user_change", alice.pk)
    assert "Groups of rights:" in form
    assert ">Groups:" not in form
    assert "Groups of rights</summary>" in page_of(client, "accounts_user_changelist")
    in_chinese(admin)
    assert ">权限组</a>" in page_of(client, "index")


def test_an_account_says_whether_it_has_a_password_and_not_how_it_is_stored(client, admin, alice):
    client.force_login(admin)
    page = page_of(client, "accounts_user_change", alice.pk)
    assert "A password is set." in page
    assert ">Change the password</a>" in page
    assert not any(word in page for word in ("algorithm", "iterations", "salt", "hash:"))
    alice.set_unusable_password()
    alice.save()
    page = page_of(client, "accounts_user_change", alice.pk)
    assert "No password is set, so this person cannot sign in." in page
    assert 'href="../password/">Set a password</a>' in page


def test_a_group_keeps_the_rights_that_were_chosen(client, admin):
    client.force_login(admin)
    form = client.get(reverse("admin:auth_group_add")).context["adminform"].form
    right = form.fields["permissions"].queryset.first()
    client.post(reverse("admin:auth_group_add"), {"name": "office", "permissions": [right.pk]})
    assert Group.objects.get().permissions.get() == right


def test_the_log_is_filtered_by_tables_of_the_administration(client, admin, section):
    LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(section),
        object_id=str(section.pk),
        object_repr="10b",
        action_flag=CHANGE,
    )
    client.force_login(admin)
    page = page_of(client, "admin_logentry_changelist")
    assert ">Classes</a>" in page.partition('id="changelist-filter"')[2].replace(
        "classes<", "Classes<"
    )
    assert "content type" not in page.lower()


def test_who_exempts_a_student_is_the_author(client, admin, section, assignment):
    enrollment = section.enrollments.students().first()
    client.force_login(admin)
    data = {"enrollment": enrollment.pk, "assignment": assignment.pk, "reason": "ill"}
    client.post(reverse("admin:teaching_exemption_add"), data)
    assert Exemption.objects.get().author == admin


def test_a_class_has_no_code_before_it_is_made(client, admin, section):
    client.force_login(admin)
    assert "Join code" not in page_of(client, "courses_section_add")
    assert "Join code" in page_of(client, "courses_section_change", section.pk)
