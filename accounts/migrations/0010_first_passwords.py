from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    handed_out = apps.get_model("accounts", "HandedOutPassword")
    handed_out.objects.filter(user__last_login=None).update(is_first=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_notice_of_passwords"),
    ]

    operations = [
        migrations.AddField(
            model_name="handedoutpassword",
            name="is_first",
            field=models.BooleanField(default=False, verbose_name="of a new account"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
