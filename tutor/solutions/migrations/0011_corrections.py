from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("solutions", "0010_votes")]

    operations = [
        migrations.AddField(
            model_name="solution",
            name="corrections",
            field=models.JSONField(
                blank=True, default=list, verbose_name="corrections by Lemma's calculator"
            ),
        ),
    ]
