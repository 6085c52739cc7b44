"""Makes a backup of this installation, and restores one.

A backup contains the database, the secret key, `lemma.env`, and the folders of the data folder that
cannot be made again. It leaves out Redis (what runs now is also in the database, two seconds
behind), collected static files, logs, and models.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import tutor
from tutor.operations.backups import archive, databases
from tutor.operations.backups.archive import BackupUnusable, Manifest
from tutor.redis_client import connect
from tutor.solutions.models import Solution

KEY, ENV_FILE, DATA = "secret_key", "lemma.env", "data"
SAVED_FOLDERS = ("evaluation", "fonts", "pictures")  # of the data folder


def make_backup(target: Path) -> None:
    """Write the file `target`. Raises BackupUnusable if its folder, the database or a tool fail."""
    archive.check_folder(target.parent)
    with _staging(target.parent) as folder:
        databases.dump(folder)
        (folder / KEY).write_text(settings.SECRET_KEY, "utf-8")
        if (settings.DATA_DIR / ENV_FILE).is_file():
            shutil.copyfile(settings.DATA_DIR / ENV_FILE, folder / ENV_FILE)
        for name in SAVED_FOLDERS:
            if (settings.DATA_DIR / name).is_dir():
                shutil.copytree(settings.DATA_DIR / name, folder / DATA / name)
        archive.pack(folder, _manifest(), target)


@dataclass
class Restored:
    """notes: what the administrator has to know or do, a sentence each."""

    manifest: Manifest
    notes: list[str] = field(default_factory=list)


def restore_backup(source: Path, *, replaces: bool) -> Restored:
    """Restore the installation from the backup `source`, and migrate it to this version.

    Raises BackupUnusable, before it changes anything, if the backup is damaged, of another kind of
    database or of a newer Lemma, or if the database is in use, or not empty without `replaces`.
    """
    try:
        return _restore(source, replaces=replaces)
    except BackupUnusable:
        if settings.SECRET_KEY_IS_NEW:  # the settings made one as this command began
            (settings.DATA_DIR / KEY).unlink(missing_ok=True)
        raise


def _restore(source: Path, *, replaces: bool) -> Restored:
    with _staging(None) as folder:
        restored = Restored(archive.unpack(source, folder))
        _check_compatible(restored.manifest, replaces=replaces)
        databases.load(folder)
        call_command("migrate", verbosity=0, interactive=False)
        for name in SAVED_FOLDERS:
            if (folder / DATA / name).is_dir():
                shutil.copytree(folder / DATA / name, settings.DATA_DIR / name, dirs_exist_ok=True)
        restored.notes += [*_restore_key(folder), *_restore_env_file(folder), *_empty_redis()]
        restored.notes += _missing_static_files()
        restored.notes += _solutions_that_go_on()
    return restored


def _manifest() -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    newest = {app: max(name for other, name in applied if other == app) for app, _ in applied}
    return Manifest(lemma=tutor.__version__, database=connection.vendor, migrations=dict(newest))


def _check_compatible(manifest: Manifest, *, replaces: bool) -> None:
    if manifest.database != connection.vendor and not settings.DATABASE_IS_GIVEN:
        raise BackupUnusable(
            f"The backup is of {manifest.database}, and no setting names a database: write "
            f"{settings.DATA_DIR / ENV_FILE} first, with DATABASE_URL and the other settings."
        )
    if manifest.database != connection.vendor:
        raise BackupUnusable(
            f"The backup is of {manifest.database}, and DATABASE_URL names {connection.vendor}: "
            "restore it into the kind of database that it came from."
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    newer = [
        f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known
    ]
    if newer:
        raise BackupUnusable(
            f"The backup was made by Lemma {manifest.lemma}, which has what this version does not "
            f"know ({', '.join(newer)}): install that version first."
        )
    if not databases.is_empty() and not replaces:
        raise BackupUnusable(
            "The database is not empty. Take an empty one, or say --replace: what is in it is lost."
        )
    if connections := databases.other_connections():
        raise BackupUnusable(
            f"The database has {connections} other connections: "
            "stop the web servers and the workers."
        )


def _restore_key(folder: Path) -> Iterator[str]:
    key = (folder / KEY).read_text("utf-8")
    if key == settings.SECRET_KEY:
        return
    if settings.SECRET_KEY_IS_GIVEN:
        yield (
            "TUTOR_SECRET_KEY is not the key of the backup: everybody signs in again. To keep them "
            "signed in, set the former key."
        )
        return
    path = settings.DATA_DIR / KEY
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(key, "utf-8")


def _restore_env_file(folder: Path) -> Iterator[str]:
    """Written beside the file of this machine, which may need other addresses."""
    current, saved = settings.DATA_DIR / ENV_FILE, folder / ENV_FILE
    if not saved.is_file() or (current.is_file() and current.read_bytes() == saved.read_bytes()):
        return
    path = settings.DATA_DIR / f"{ENV_FILE}.restored"
    path.touch(mode=0o600)
    shutil.copyfile(saved, path)
    yield f"The settings of the backup are in {path}: take over from it what holds here too."


def _empty_redis() -> Iterator[str]:
    """Its entries belong to rows that the restore removed, or are newer than the restored ones."""
    try:
        with connect() as client:
            client.flushdb()
    except redis.RedisError as error:
        yield f"Redis does not answer ({error}): empty it (FLUSHDB) before Lemma starts."


def _missing_static_files() -> Iterator[str]:
    """They are not in a backup."""
    if not settings.WHITENOISE_USE_FINDERS and not settings.STATIC_ROOT.is_dir():
        yield (
            "Style sheets and scripts are missing: run"
            f" `{settings.COMMAND} collectstatic --no-input` before Lemma starts."
        )


def _solutions_that_go_on() -> Iterator[str]:
    """They do not wait until the leases of workers that are gone have run out."""
    if count := Solution.objects.take_back_all():
        yield f"Solutions that were being written, and go on in mid-text: {count}."


@contextmanager
def _staging(beside: Path | None) -> Iterator[Path]:
    """A folder that nobody else may read, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix=".lemma-backup-", dir=beside) as folder:
        yield Path(folder)
