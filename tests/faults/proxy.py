"""nginx before a deployment's web processes, with the configuration that comes with Lemma."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = ROOT / "deploy" / "nginx" / "lemma.conf"
NAME = "localhost"
# Debian's folder, which may be missing from PATH.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def configured(
    folder: Path, port: int, plain_port: int, web_ports: Sequence[int], static: Path | None = None
) -> str:
    """The shipped configuration with this machine's ports and folders."""
    text = CONFIGURATION.read_text("utf-8")
    lines = "\n".join(f"    server 127.0.0.1:{port} max_fails=0;" for port in web_ports)
    text = re.sub(r"( +server 127\.0\.0\.1:\d+ max_fails=0;\n)+", f"{lines}\n", text)
    for old, new in {
        r"listen \[::\]:\d+( ssl)?;": "",
        r"listen 80;": f"listen 127.0.0.1:{plain_port};",
        r"listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        r"lemma\.school\.example;": f"{NAME};",
        r"/etc/letsencrypt/live/lemma\.school\.example": str(folder),
        r"/var/log/nginx": str(folder),
        r"/var/lib/lemma/static": str(static or ROOT / "static"),
    }.items():
        text, times = re.subn(old, new, text)
        assert times, old
    return text


def main_file(folder: Path) -> str:
    user = "user root;" if os.geteuid() == 0 else ""  # the folders of tests are their owner's
    return f"""
        {user}
        daemon off;
        pid {folder}/nginx.pid;
        worker_processes 1;
        worker_rlimit_nofile 8192;
        error_log {folder}/error.log warn;
        events {{ worker_connections 4096; }}
        http {{
            default_type application/octet-stream;
            client_body_temp_path {folder}/body;
            proxy_temp_path {folder}/proxy;
            fastcgi_temp_path {folder}/fastcgi;
            uwsgi_temp_path {folder}/uwsgi;
            scgi_temp_path {folder}/scgi;
            include {folder}/lemma.conf;
        }}
    """


@contextmanager
def nginx(
    folder: Path, port: int, plain_port: int, web_ports: Sequence[int], static: Path | None = None
) -> Iterator[None]:
    """nginx with the certificate that `make_certificate` wrote into `folder`."""
    assert NGINX, "nginx is not installed"
    configuration = configured(folder, port, plain_port, web_ports, static)
    (folder / "lemma.conf").write_text(configuration, "utf-8")
    (folder / "nginx.conf").write_text(main_file(folder), "utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    command += ["-e", str(folder / "start.log")]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        wait_for(f"http://127.0.0.1:{plain_port}/", process, folder)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            httpx.get(address, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((folder / "output").read_text("utf-8"))


def make_certificate(folder: Path) -> Path:
    """Write a certificate for `NAME`; returns the file that clients trust."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "fullchain.pem"


def free_port(*others: int) -> int:
    """others: ports, for servers that may not have started yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    return free_port(*others) if port in others else port
