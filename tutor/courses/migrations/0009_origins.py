"""Says of the people who are there how they came, as far as what happened in their section tells."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F, Q

ONE_TRANSACTION = timedelta(minutes=1)  # two thousand passwords take some seconds


def say_origins(apps, schema_editor):
    Enrollment = apps.get_model("courses", "Enrollment")
    SectionEvent = apps.get_model("courses", "SectionEvent")
    happened = SectionEvent.objects.exclude(about=None)
    made = happened.filter(
        act="added",
        happened_at__gte=F("about__date_joined"),
        happened_at__lt=F("about__date_joined") + ONE_TRANSACTION,
    )
    joined = happened.filter(act="joined")
    changed = happened.filter(act="role")
    for origin, events in (("code", joined), ("list", made), ("role", changed)):
        for section, user in events.values_list("section", "about").distinct().iterator():
            Enrollment.objects.filter(section=section, user=user).update(origin=origin)
    looks_after = Q(role__in=["teacher", "assistant"])
    Enrollment.objects.filter(looks_after).update(origin="role")


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_people_on_lists"),
    ]

    operations = [
        migrations.RunPython(say_origins, migrations.RunPython.noop),
    ]
