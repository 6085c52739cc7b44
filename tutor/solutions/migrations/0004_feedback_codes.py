from django.db import migrations

import tutor.attempts.models.feedback


class Migration(migrations.Migration):
    """The column stays a text. Codes are written into it, and older sentences are still read."""

    dependencies = [
        ("solutions", "0003_hints_withheld"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="solution",
                    name="feedback",
                    field=tutor.attempts.models.feedback.FeedbackField(
                        blank=True, default=None, verbose_name="feedback"
                    ),
                ),
            ]
        ),
    ]
