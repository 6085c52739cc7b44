from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_mails_about_notices")]

    operations = [
        migrations.AddIndex(
            model_name="familiarplace",
            index=models.Index(fields=["place", "user"], name="people_at_a_familiar_place"),
        )
    ]
