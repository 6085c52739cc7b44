"""Reads typed values from the environment; a value that cannot be read stops the start.

``settings.py`` is the only caller. Values come from the process's environment and, where that
says nothing, from ``<data folder>/lemma.env`` (lines ``NAME=value``, as a shell or systemd reads
them), so that every process on one machine, and an administrator's shell, sees the same settings.
"""

import os
import re
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

Network = IPv4Network | IPv6Network

_ASSIGNMENT = re.compile(r"(?:export\s)?\s*([A-Za-z_]\w*)=(.*)")

PREFIX = "TUTOR_"
# Names with the prefix that others read: docker-compose.yml, the engine's processes and the tests.
READ_ELSEWHERE = re.compile(r"TUTOR_(DATA_DIR|PORT|MODELS|ENGINE_OWNER|TEST_\w+)")


class Environment:
    """Values by name, and which names were asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.known: set[str] = set()

    @classmethod
    def load(cls, file: Path) -> "Environment":
        """The process's environment over the lines of `file`, which may be missing."""
        return cls({**read_env_file(file), **os.environ})

    def text(self, name: str, default: str = "") -> str:
        self.known.add(name)
        return self.values.get(name, "").strip() or default

    def choice(self, name: str, choices: Sequence[str], default: str, needed: str = "") -> str:
        """One of `choices`, however its capitals are written; `needed` says so for very many."""
        value = self.text(name, default)
        for choice in choices:
            if choice.lower() == value.lower():
                return choice
        needed = needed or f"one of {', '.join(filter(None, choices))}"
        raise ImproperlyConfigured(f"{name}={value!r}: need {needed}")

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name, "yes" if default else "no").lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        raise ImproperlyConfigured(f"{name}={value!r}: need yes or no")

    def integer(self, name: str, default: int, *, minimum: int = 0) -> int:
        value = self.text(name, str(default))
        try:
            number = int(value)
        except ValueError:
            number = minimum - 1
        if number < minimum:
            raise ImproperlyConfigured(f"{name}={value!r}: need a whole number from {minimum}")
        return number

    def fraction(self, name: str, default: float) -> float:
        return self._number(name, default, 1, "a number")

    def seconds(self, name: str, default: float, *, maximum: float) -> float:
        return self._number(name, default, maximum, "seconds,")

    def _number(self, name: str, default: float, maximum: float, needed: str) -> float:
        value = self.text(name, str(default))
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0 < number <= maximum:
            raise ImproperlyConfigured(
                f"{name}={value!r}: need {needed} above 0 and up to {maximum}"
            )
        return number

    def words(self, name: str, default: Sequence[str] = ()) -> list[str]:
        return self.text(name).replace(",", " ").split() or list(default)

    def networks(self, name: str, default: Sequence[str] = ()) -> list[Network]:
        """Addresses and networks, such as `10.0.0.5` and `172.16.0.0/12`."""
        try:
            return [ip_network(word) for word in self.words(name, default)]
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name}: need addresses or networks such as 10.0.0.5 or 172.16.0.0/12 ({error})"
            ) from error

    def origins(self, name: str, default: Sequence[str]) -> list[str]:
        """Schemes and hosts as browsers see them, such as `https://lemma.school.org`."""
        origins = [origin.rstrip("/") for origin in self.words(name, default)]
        if not all(map(_is_origin, origins)):
            raise ImproperlyConfigured(
                f"{name}={' '.join(origins)!r}: need whole origins such as https://lemma.school.org,"
                " without a path"
            )
        return origins

    def time_zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value not in available_timezones():
            raise ImproperlyConfigured(
                f"{name}={value!r}: need the name of a time zone, such as Europe/Berlin"
            )
        return value

    def address(self, name: str, default: str, schemes: Sequence[str]) -> str:
        """A URL such as `postgres://USER:PASSWORD@HOST:5432/NAME`; messages leave passwords out."""
        value = self.text(name, default)
        scheme, _, rest = value.partition("://")
        if scheme not in schemes:
            allowed = ", ".join(f"{scheme}://…" for scheme in schemes)
            raise ImproperlyConfigured(f"{name}: need an address that begins with one of {allowed}")
        if not rest.startswith("/") and scheme != "sqlite" and not _is_readable(value):
            raise ImproperlyConfigured(
                f"{name}: the address cannot be read. In a user's name or password write # as %23, "
                "/ as %2F, ? as %3F, @ as %40, : as %3A and % as %25"
            )
        return value

    def refuse_unknown(self) -> None:
        """Raise ImproperlyConfigured for a name with our prefix that no setting has read."""
        for name in sorted(self.values):
            is_ours = name.startswith(PREFIX) and not READ_ELSEWHERE.fullmatch(name)
            if is_ours and name not in self.known:
                endings = [known.removeprefix(PREFIX) for known in self.known]
                similar = get_close_matches(name.removeprefix(PREFIX), endings, n=1)
                advice = f"Did you mean {PREFIX}{similar[0]}?" if similar else "Remove it."
                raise ImproperlyConfigured(f"Lemma has no setting {name}. {advice}")


def _is_readable(address: str) -> bool:
    """Whether the address is parsed as meant: `#`, `/` or `?` in a password would end the host."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return not parts.fragment and "@" not in parts.path + parts.query


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return is_whole and text == f"{parts.scheme}://{parts.netloc}" and not {*"*@"} & {*text}


@contextmanager
def sentence_at_start() -> Iterator[None]:
    """End the program with a sentence instead of a traceback if its settings are invalid."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(f"Lemma cannot start: {error}")


def data_dir(values: Mapping[str, str], default: Path | None) -> Path:
    """The folder for everything that changes. Raises ImproperlyConfigured if none is set."""
    given = values.get("TUTOR_DATA_DIR", "").strip()
    if not given and default is None:
        raise ImproperlyConfigured(
            "TUTOR_DATA_DIR: say in which folder Lemma keeps its data, such as /var/lib/lemma"
        )
    return Path(given or default or "").resolve()


def read_env_file(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error}") from error
    return dict(_assignments(path, lines))


def _assignments(path: Path, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith(("#", ";")):
            continue
        assignment = _ASSIGNMENT.fullmatch(line)
        if assignment is None:
            raise ImproperlyConfigured(f"{path}, line {number}: need NAME=value or # a comment")
        name, value = assignment.groups()
        yield name, _without_quotes(value.strip())


def _without_quotes(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def made_folder(path: Path) -> Path:
    """The folder, made if it is missing. Raises ImproperlyConfigured if that is not possible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"TUTOR_DATA_DIR={str(path)!r}: need a folder that Lemma may write to"
            f" ({error.strerror})"
        ) from error
    return path


def stored_secret(path: Path) -> str:
    """The secret in the file `path`; made on first use, readable only by its owner."""
    try:
        return _stored_secret(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({error.strerror}): run this as the user of Lemma's"
            " services"
        ) from error


def _stored_secret(path: Path) -> str:
    if path.is_file():
        return path.read_text(encoding="ascii")
    made_folder(path.parent)
    own = path.with_suffix(f".{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(secrets.token_urlsafe(48), encoding="ascii")
    try:
        # If several processes start at once, they all use the first one's secret.
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return path.read_text(encoding="ascii")
