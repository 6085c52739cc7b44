from django.db import migrations, models


class Migration(migrations.Migration):
    """Renames in Python only: the release before reads and writes the same column."""

    dependencies = [
        ("attempts", "0008_typed_responses"),
    ]

    operations = [
        migrations.AlterField(
            model_name="studentvariant",
            name="drawn_at",
            field=models.DateTimeField(
                auto_now_add=True, db_column="drawn_at", verbose_name="picked at"
            ),
        ),
        migrations.RenameField(
            model_name="studentvariant", old_name="drawn_at", new_name="picked_at"
        ),
    ]
