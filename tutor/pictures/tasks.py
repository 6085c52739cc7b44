from tutor.celery import app
from tutor.pictures import sweeping


@app.task
def sweep_pictures() -> None:
    sweeping.sweep_pictures()
