"""Reads typed values from the environment; a value that cannot be read stops the start.

``settings.py`` is the only caller. Values come from the process's environment and, where that
says nothing, from ``<data folder>/lemma.env`` (lines ``NAME=value``), so that every process on
one machine, and an administrator's shell, sees the same settings.
"""

import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


class Environment:
    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values

    @classmethod
    def load(cls, file: Path) -> "Environment":
        """The process's environment over the lines of `file`, which may be missing."""
        return cls({**read_env_file(file), **os.environ})

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(
                f"{name}={value!r}: need one of {', '.join(filter(None, choices))}"
            )
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name, "yes" if default else "no").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise ImproperlyConfigured(f"{name}={value!r}: need yes or no")

    def integer(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            number = least - 1
        if number < least:
            raise ImproperlyConfigured(f"{name}={value!r}: need a whole number from {least}")
        return number

    def fraction(self, name: str, default: float) -> float:
        value = self.text(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0 < number <= 1:
            raise ImproperlyConfigured(f"{name}={value!r}: need a number above 0 and up to 1")
        return number

    def words(self, name: str, default: Sequence[str] = ()) -> list[str]:
        return [word for word in self.text(name).replace(",", " ").split() if word] or list(default)


def read_env_file(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def kept_secret(path: Path) -> str:
    """The secret in `path`; made on first use, readable by its owner alone."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_suffix(f".{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        # Of several processes that start at once, the first one's secret holds for all.
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return path.read_text(encoding="ascii")
