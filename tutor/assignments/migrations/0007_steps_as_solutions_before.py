from django.db import migrations
from django.db.models import F


def keep_to_the_old_terms(apps, schema_editor):
    """A step is a part of a solution: who gave these late, or never, means steps as well."""
    assignments = apps.get_model("assignments", "Assignment").objects
    assignments.update(step_policy=F("help_policy"), step_after_attempts=F("help_after_attempts"))
    assignments.filter(help_policy="never").update(reply_policy="never")


class Migration(migrations.Migration):
    dependencies = [("assignments", "0006_rungs_of_help")]

    operations = [migrations.RunPython(keep_to_the_old_terms, migrations.RunPython.noop)]
