from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from accounts.register_order import teach_sqlite


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Users")

    def ready(self) -> None:
        connection_created.connect(teach_sqlite)
        if not apps.is_installed("allauth.usersessions"):
            return  # in the process that reads imports, nobody signs in
        from allauth.account.signals import user_logged_in
        from allauth.usersessions.signals import on_user_logged_in

        # At each sign-in it would ask three queries about each of the person's sessions;
        # `accounts.sessions.begin` does the same with one for all.
        user_logged_in.disconnect(on_user_logged_in)
