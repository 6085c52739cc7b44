from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0005_categories"),
    ]

    operations = [
        migrations.AddField(
            model_name="referencesolution",
            name="contradicts_key",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
