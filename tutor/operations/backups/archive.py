"""The file of a backup: a tar with a manifest, the database, the secret key and data files."""

import getpass
import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
NAME = "lemma-%Y%m%dT%H%M%SZ.tar.gz"
PATTERN = "lemma-????????T??????Z.tar.gz"


class BackupUnusable(Exception):
    """Says what is wrong with a backup or its folder, and what the administrator can do."""


@dataclass
class Manifest:
    """What a backup holds.

    migrations: the newest of each app that the database had. checksums: SHA-256 by path.
    """

    lemma: str
    database: str
    migrations: dict[str, str]
    made_at: str = ""
    checksums: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def new_name() -> str:
    return datetime.now(UTC).strftime(NAME)


def check_folder(folder: Path) -> None:
    """Raises BackupUnusable unless this user can write backups to it."""
    advice = "`install -d -o lemma -m 0700 FOLDER` makes one."
    if not os.path.isdir(folder):
        raise BackupUnusable(f"There is no folder {folder.absolute()}. {advice}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BackupUnusable(f"{getpass.getuser()} may not write to {folder.absolute()}. {advice}")


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write everything in `folder` to `target`, which appears whole or not at all.

    Only its owner may read it: it contains the secret key and the students' work.
    """
    manifest.made_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest.checksums = {name: _checksum(folder / name) for name in _files(folder)}
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), "utf-8")
    partial = target.with_name(f".{target.name}.partial")
    partial.touch(mode=0o600)
    try:
        with tarfile.open(partial, "w:gz", compresslevel=6) as archive:
            archive.add(folder / MANIFEST, MANIFEST)
            for name in manifest.checksums:
                archive.add(folder / name, name)
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Read the backup at `source` into `folder`. Raises BackupUnusable if any of it is damaged."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
    except FileNotFoundError as error:
        missing = MANIFEST if source.exists() else source
        raise BackupUnusable(f"{source} is no backup of Lemma: {missing} is missing.") from error
    except PermissionError as error:
        raise BackupUnusable(
            f"{source} cannot be read by {getpass.getuser()}: make the file theirs, such as with"
            " `install -o lemma -m 0600`."
        ) from error
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError) as error:
        raise BackupUnusable(f"{source} cannot be read: {error}. Take another backup.") from error
    if manifest.format != FORMAT:
        raise BackupUnusable(
            f"{source} has format {manifest.format} and this Lemma reads {FORMAT}: restore it with "
            f"Lemma {manifest.lemma}, which made it."
        )
    for name, checksum in manifest.checksums.items():
        if not (folder / name).is_file() or _checksum(folder / name) != checksum:
            raise BackupUnusable(f"{source} is damaged: {name} is not as it was. Take another one.")
    return manifest


def remove_old(folder: Path, count: int) -> list[Path]:
    """Remove all but the newest `count` backups from `folder`; returns the removed ones."""
    old = sorted(folder.glob(PATTERN))[:-count]
    for path in old:
        path.unlink()
    return old


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder))


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
