from django.db import migrations, models


class Migration(migrations.Migration):
    """The problem's next hint is offered beside the sentence that there is no other hint."""

    dependencies = [
        ("solutions", "0004_feedback_codes"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE solutions_answerhint SET source = 'none' WHERE source = 'own'",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="answerhint",
            name="source",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mistake", "a hint about the answer"),
                    ("idea", "an idea to begin with"),
                    ("reading", "passages to read again instead"),
                    ("none", "no hint"),
                ],
                max_length=10,
                verbose_name="what came of it",
            ),
        ),
    ]
