from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attempts", "0013_words_of_verdicts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="gradechange",
            name="a_change_has_its_reason",
        ),
        migrations.AddConstraint(
            model_name="gradechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", "regrade"), _negated=True)
                | models.Q(("reason", ""), _negated=True),
                name="a_regrade_has_its_reason",
            ),
        ),
    ]
