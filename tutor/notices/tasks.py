from tutor.celery import app
from tutor.notices import digests, message_mails


@app.task
def mail_messages() -> None:
    message_mails.mail_messages()


@app.task
def mail_digests() -> None:
    digests.mail_digests()
