from django.contrib.sessions.backends.db import SessionStore

from tutor.celery import app


@app.task
def clear_expired_sessions() -> None:
    SessionStore.clear_expired()
