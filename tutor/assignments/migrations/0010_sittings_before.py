from datetime import timedelta

from django.db import migrations
from django.utils import timezone


def settle(apps, schema_editor):
    """What was left long ago is not handed in now."""
    long_ago = timezone.now() - timedelta(days=2)
    sittings = apps.get_model("assignments", "Sitting").objects
    sittings.filter(begun_at__lt=long_ago).update(settled_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("assignments", "0009_settled_sittings")]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
