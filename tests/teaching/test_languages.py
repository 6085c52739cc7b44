"""Teachers' pages in Chinese: only what people wrote is in English."""

import re

from django.urls import reverse

from tutor.grading import Verdict
from tutor.teaching.models import Exemption


def english_words(page):
    shown = re.sub(r"<(script|style|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    return set(re.findall(r"(?<!\\)\b[A-Za-z]{3,}", re.sub("<[^>]*>", " ", shown)))  # no commands


def test_they_are_in_chinese(as_user, carol, alice, bob, section, assignment, item, answered):
    carol.language = "zh-hans"
    carol.save()
    attempt = answered(alice, "5", Verdict.UNDECIDED)
    for number in range(3):
        answered(bob, str(number))
    attempt.ask_for_review("?")
    enrollment = section.enrollments.get(user=bob)
    Exemption.objects.create(enrollment=enrollment, assignment=assignment, reason="?", author=carol)
    addresses = [
        reverse("gradebook-section", args=[section.code]),
        reverse("gradebook-assignment", args=[assignment.code]),
        reverse("gradebook-counting", args=[section.code]),
        reverse("waiting", args=[section.code]),
        reverse("stuck", args=[section.code]),
        reverse("statistics", args=[assignment.code]),
        reverse("answers", args=[assignment.code, item.code]),
        attempt.get_absolute_url(),
    ]
    written = {"Lemma", "Mathematics", "Warming", "alice", "bob", "carol", "sum", "What"}
    for address in addresses:
        page = as_user(carol).get(address).content.decode()
        assert english_words(page) - written - {"CSV", "Excel"} == set(), address
