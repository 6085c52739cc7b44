from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("problems", "0004_archived_problems"),
    ]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="category",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Where a question bank such as Moodle’s has it: Year 9/Lines.",
                max_length=200,
                verbose_name="category",
            ),
        ),
    ]
