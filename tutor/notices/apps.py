from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "tutor.notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from accounts.mail import WRITERS
        from accounts.models import Mail
        from tutor.notices.digest_mails import write_digest_mail
        from tutor.notices.message_mails import write_message_mail

        WRITERS[Mail.Kind.MESSAGE] = write_message_mail
        WRITERS[Mail.Kind.DIGEST] = write_digest_mail
