"""Django's settings, read once from the environment; with nothing set they suit one machine.

docs/configuration.md explains all variables.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tutor.browser_libraries import BROWSER_LIBRARIES, IMMUTABLE
from tutor.countries import countries, usual_zone
from tutor.environment import Environment, data_dir, made_folder, stored_secret

django_stubs_ext.monkeypatch()  # QuerySet[X] works at run time too

PACKAGE_DIR = Path(__file__).resolve().parent
BASE_DIR = PACKAGE_DIR.parent
IS_CHECKOUT = (BASE_DIR / "manage.py").is_file()
COMMAND = "python manage.py" if IS_CHECKOUT else "lemma"  # as messages call it
SHIPPED_DIR = BASE_DIR if IS_CHECKOUT else PACKAGE_DIR / "shipped"  # see deploy/wheel.py
DATA_DIR = data_dir(os.environ, BASE_DIR / "var" if IS_CHECKOUT else None)
env = Environment.load(DATA_DIR / "lemma.env")

# Hosts: every setting about them follows from the origins that browsers see.
ORIGINS = env.origins("TUTOR_ORIGINS", ["http://localhost:8000", "http://127.0.0.1:8000"])
ALLOWED_HOSTS = sorted({urlsplit(origin).hostname or "" for origin in ORIGINS})
IS_LOCAL = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "::1"}
IS_HTTPS = all(origin.startswith("https://") for origin in ORIGINS)
CSRF_TRUSTED_ORIGINS = ORIGINS
TRUSTED_PROXIES = env.networks("TUTOR_TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])

DEBUG = env.flag("TUTOR_DEBUG")
if DEBUG and not IS_LOCAL:
    raise ImproperlyConfigured(
        "TUTOR_DEBUG shows the settings to visitors: unset it, or serve loopback only"
    )
SECRET_KEY_IS_GIVEN = bool(env.text("TUTOR_SECRET_KEY"))
SECRET_KEY_IS_NEW = not SECRET_KEY_IS_GIVEN and not (DATA_DIR / "secret_key").is_file()
SECRET_KEY = env.text("TUTOR_SECRET_KEY") or stored_secret(DATA_DIR / "secret_key")
if len(SECRET_KEY) < 32 or " " in SECRET_KEY:
    raise ImproperlyConfigured("TUTOR_SECRET_KEY: need at least 32 random characters, no spaces")

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "accounts",
    "tutor.pictures",
    "tutor.courses",
    "tutor.problems",
    "tutor.assignments",
    "tutor.attempts",
    "tutor.materials",
    "tutor.notices",
    "tutor.solutions",
    "tutor.teaching",
    "tutor.operations",
    "tutor.privacy",
]
MIDDLEWARE = [
    "tutor.logs.RequestIdMiddleware",
    "tutor.operations.probes.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tutor.per_page.OncePerPageMiddleware",
    "accounts.middleware.SessionUseMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "accounts.middleware.OwnPasswordMiddleware",
    "tutor.courses.conventions.ConventionMiddleware",
    "tutor.pictures.showing.PictureReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "tutor.urls"
ASGI_APPLICATION = "tutor.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHIPPED_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tutor.courses.clock.other_zone",
                "tutor.notices.unread.unread_notices",
            ],
            "builtins": [
                "tutor.bundles",
                "tutor.same_pieces",
                "tutor.courses.templatetags.dates",
                "tutor.courses.templatetags.decimals",
                "tutor.courses.templatetags.gaps",
            ],
        },
    }
]

# Database: PostgreSQL in a school, else one SQLite file. IMMEDIATE, because a deferred transaction
# that reads before it writes fails once another one has written.
DATABASE_IS_GIVEN = bool(env.text("DATABASE_URL"))
DATABASES = {
    "default": dj_database_url.parse(
        env.address(
            "DATABASE_URL",
            f"sqlite:///{DATA_DIR / 'lemma.sqlite3'}",
            schemes=["postgres", "postgresql", "sqlite"],
        ),
        conn_max_age=0,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    made_folder(DATA_DIR)
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}  # threads share it
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Give up a vanished host within seconds; TCP alone would take minutes.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,  # seconds, like the next two
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "tcp_user_timeout": 5_000,  # milliseconds; less than a worker's lease
        **DATABASES["default"].get("OPTIONS", {}),
    }
    # A server-side cursor needs its connection; PgBouncer gives each transaction another one.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
# A web process uses one connection for each page that it is making, and three more: for sockets,
# /readyz and /metrics. Five web processes leave room for workers in PostgreSQL's default of 100.
DATABASE_CONNECTIONS = env.integer("TUTOR_DATABASE_CONNECTIONS", 15, minimum=4)
_has_limit = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
_max_pages = DATABASE_CONNECTIONS - 3 if _has_limit else 24
PAGES_AT_ONCE = env.integer("TUTOR_PAGES_AT_ONCE", _max_pages, minimum=1)
if _has_limit and _max_pages < PAGES_AT_ONCE:
    raise ImproperlyConfigured(
        f"TUTOR_PAGES_AT_ONCE={PAGES_AT_ONCE}: need at most {_max_pages}, three fewer than "
        f"TUTOR_DATABASE_CONNECTIONS={DATABASE_CONNECTIONS}"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: Celery's broker and the token logs. By default the embedded server's socket, which
# no other machine can reach.
REDIS_URL = env.address(
    "REDIS_URL", f"unix://{DATA_DIR / 'redis.sock'}", schemes=["redis", "rediss", "unix"]
)
_redis = urlsplit(REDIS_URL)
if _redis.hostname not in {None, "localhost", "127.0.0.1", "::1"} and not _redis.password:
    raise ImproperlyConfigured(
        f"REDIS_URL: the server on {_redis.hostname} needs a password, "
        "redis://:PASSWORD@HOST:6379/0 (every process on the network could read pupils' work)"
    )

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for Redis without limit
CELERY_BROKER_CHANNEL_ERROR_RETRY = True  # also while Redis is full
BROKER_TIMEOUT_S = env.seconds("TUTOR_BROKER_TIMEOUT", 0.5, maximum=1)  # a page waits for it
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * 60 * 60,
    "socket_connect_timeout": BROKER_TIMEOUT_S,
    "max_retries": 0,  # by default kombu tries for six seconds, while a page waits
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # the row is the job: a sweep sends it again
CELERY_TASK_DEFAULT_QUEUE = "grading"
CELERY_TASK_ROUTES = {"tutor.materials.tasks.read_material": {"queue": "reading"}}  # takes minutes
_PERIODS_S = {  # seconds between two runs; a run that waits longer than that is dropped
    "tutor.solutions.tasks.sweep_solutions": 5.0,
    "tutor.solutions.tasks.drop_former_queues": 60.0,
    "tutor.solutions.tasks.prepare_solutions": 15.0,
    "tutor.solutions.tasks.sweep_answer_hints": 15.0,
    "tutor.solutions.tasks.sweep_samples": 15.0,
    "tutor.attempts.tasks.sweep_attempts": 15.0,
    "tutor.attempts.tasks.sweep_sittings": 10.0,
    "tutor.materials.tasks.sweep_materials": 30.0,
    "accounts.tasks.send_mail": 15.0,
    "tutor.notices.tasks.mail_messages": 30.0,
    "tutor.notices.tasks.mail_digests": 15 * 60.0,
    "accounts.tasks.forget_places": 24 * 60 * 60.0,
    "tutor.teaching.tasks.sweep_regrades": 30.0,
    "tutor.teaching.tasks.sweep_advice": 30.0,
}
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": period, "options": {"expires": period}}
    for task, period in _PERIODS_S.items()
} | {
    "tutor.pictures.tasks.sweep_pictures": {
        "task": "tutor.pictures.tasks.sweep_pictures",
        "schedule": crontab(hour=4, minute=40),
        "options": {"expires": 60 * 60.0},
    },
    "tutor.privacy.tasks.clear_expired_sessions": {
        "task": "tutor.privacy.tasks.clear_expired_sessions",
        "schedule": crontab(hour=4, minute=10),
        "options": {"expires": 60 * 60.0},
    },
}
# Keeps its schedule in memory, so it needs no folder; announces each tick.
CELERY_BEAT_SCHEDULER = "tutor.operations.celery_announcing:Scheduler"
CELERY_TIMEZONE = "UTC"

CACHES = {
    "default": {
        "BACKEND": "tutor.cache.SharedCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"timeout_s": BROKER_TIMEOUT_S},
    }
}

METRICS_TOKEN = env.text("TUTOR_METRICS_TOKEN")  # for /metrics; "": only from this machine

# The engine. If engine, model or quantization is empty, the active recipe decides, else the model's
# name.
ENGINE = env.choice("TUTOR_ENGINE", ["", "vllm", "openai"], default="")
OPENAI_URL = env.text("TUTOR_OPENAI_URL")  # of the server of the engine "openai"
OPENAI_KEY = env.text("TUTOR_OPENAI_KEY")
OPENAI_TOOLS = env.flag("TUTOR_OPENAI_TOOLS")  # whether its model is offered Lemma's calculator
if ENGINE == "openai" and urlsplit(OPENAI_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured(
        f"TUTOR_OPENAI_URL={OPENAI_URL!r}: TUTOR_ENGINE=openai needs the address of its server, "
        "such as http://127.0.0.1:8100/v1"
    )
MODEL = env.text("TUTOR_MODEL")
DEFAULT_MODEL = "deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B"
MODEL_DTYPE = env.choice("TUTOR_DTYPE", ["auto", "bfloat16", "float16", "float32"], default="auto")
MODEL_QUANTIZATION = env.choice(
    "TUTOR_QUANTIZATION", ["", "none", "awq", "int8", "fp8"], default=""
)
MODEL_MAX_LENGTH = env.integer("TUTOR_MAX_MODEL_LEN", 0)  # tokens; 0: the model's limit
TENSOR_PARALLEL_SIZE = env.integer("TUTOR_TENSOR_PARALLEL_SIZE", 1, minimum=1)
GPU_MEMORY_UTILIZATION = env.fraction("TUTOR_GPU_MEMORY_UTILIZATION", 0.9)
MAX_CONCURRENT_SEQUENCES = env.integer("TUTOR_MAX_NUM_SEQS", 64, minimum=1)
SOLUTION_TRIES = env.integer(
    "TUTOR_SOLUTION_TRIES", 0
)  # completions for one problem; 0: as the recipe says
AGREEMENT = env.fraction("TUTOR_AGREEMENT", 0.5)  # the least share of them that must agree
# Of refuted steps in one solution: docs/evaluation.md has what they were measured to do.
CORRECTIONS = env.integer("TUTOR_CORRECTIONS", 0 if OPENAI_TOOLS else 3)
if CORRECTIONS and OPENAI_TOOLS:
    raise ImproperlyConfigured(
        "TUTOR_CORRECTIONS needs a model that goes on from a text, which none does that calls "
        "tools: unset it, or TUTOR_OPENAI_TOOLS"
    )
SOLUTION_SLOTS = env.integer(
    "TUTOR_SOLUTION_SLOTS", 2, minimum=1
)  # solutions at once for one student
# CPU seconds a minute for one person's answers, drafts and checks.
WORK_A_MINUTE_S = env.integer("TUTOR_WORK_A_MINUTE", 10, minimum=1)
TEACHER_SLOTS = env.integer(
    "TUTOR_TEACHER_SLOTS", 4
)  # solutions of teachers that precede those of students
PREPARE_HOURS = env.integer("TUTOR_PREPARE_HOURS", 24)  # before an assignment opens; 0: never
EVALUATION_DIR = DATA_DIR / "evaluation"  # runs of `python -m tutor.evaluation`
SOLUTION_LOG_TTL_S = 24 * 60 * 60

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.PasswordBackend",
    # Sessions that began with these stay valid; neither checks passwords.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "accounts.passwords.BoundedArgon2",
    "accounts.passwords.BoundedPBKDF2",
]
# On this machine; each hash takes 19 MiB and a core.
PASSWORD_HASHES_AT_ONCE = env.integer(
    "TUTOR_PASSWORD_HASHES", max(1, (os.cpu_count() or 1) // 2), minimum=1
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.password_words.WordsOfThisPlaceValidator"},
    {"NAME": "accounts.one_time_passwords.NotTheOneTimePasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"  # of links in mails
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "email",
    "password1*",
]  # pupils may have no mail
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True  # one address per account; a new one counts once it is confirmed
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_PREVENT_ENUMERATION = "strict"  # no page reveals whether an address has an account
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds for which a link to set a password works
ACCOUNT_SESSION_REMEMBER = None
# A session ends SESSION_IDLE_MINUTES after its last use, or when the browser is closed; for people
# who stay signed in, after SESSION_DAYS. No session lasts longer than SESSION_DAYS.
SESSION_ENGINE = "accounts.session_store"
SESSION_IDLE_MINUTES = env.integer("TUTOR_SESSION_IDLE", 120, minimum=5)
SESSION_DAYS = env.integer("TUTOR_SESSION_DAYS", 30, minimum=1)
SESSION_COOKIE_AGE = SESSION_IDLE_MINUTES * 60
ACCOUNT_SESSION_COOKIE_AGE = SESSION_DAYS * 24 * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SIGNUP_OPEN = env.flag("TUTOR_SIGNUP", default=True)
# Wrong passwords allowed: for an account from one place, for an account from all unfamiliar places,
# and from one address. `accounts.sign_in_limits` replaces allauth's limits of "login".
SIGN_IN_TRIES = env.integer("TUTOR_SIGN_IN_TRIES", 10, minimum=3)
SIGN_IN_TRIES_ACCOUNT = env.integer("TUTOR_SIGN_IN_TRIES_ACCOUNT", 50, minimum=3)
SIGN_IN_TRIES_ADDRESS = env.integer("TUTOR_SIGN_IN_TRIES_ADDRESS", 1000, minimum=30)
FORMS_PER_ADDRESS = env.integer("TUTOR_FORMS_PER_ADDRESS", 600, minimum=30)
_per_address = f"{FORMS_PER_ADDRESS}/10m/ip"
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "signup": _per_address,
    "reset_password": f"{_per_address},5/m/key",
    "reset_password_from_key": _per_address,
}
# A teacher who sets a password can sign in as that person. Off: only for accounts that were created
# from a class list.
TEACHERS_GIVE_PASSWORDS = env.flag("TUTOR_TEACHERS_GIVE_PASSWORDS")
STUDENTS_ERASE_ACCOUNTS = env.flag("TUTOR_STUDENTS_ERASE_ACCOUNTS", default=True)  # their own

# Mail. Without a server none is sent, and none is logged: it may hold a link to set a password.
EMAIL_HOST = env.text("TUTOR_EMAIL_HOST")
EMAIL_SECURITY = env.choice("TUTOR_EMAIL_SECURITY", ["starttls", "tls", "none"], "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_PORT = env.integer(
    "TUTOR_EMAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY], minimum=1
)
EMAIL_HOST_USER = env.text("TUTOR_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("TUTOR_EMAIL_PASSWORD")
if EMAIL_HOST_PASSWORD and EMAIL_SECURITY == "none":
    raise ImproperlyConfigured(
        "TUTOR_EMAIL_SECURITY=none would send TUTOR_EMAIL_PASSWORD in the clear: "
        "use starttls or tls, or a relay that needs no password"
    )
EMAIL_TIMEOUT = 10  # seconds
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("TUTOR_EMAIL_FROM", "lemma@localhost")
SCHOOL = env.text("TUTOR_SCHOOL")  # its name, in mails and on a device
CONTACT = env.text("TUTOR_CONTACT")  # whom to ask about accounts, in a few words

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [SHIPPED_DIR / "locale"]
COUNTRY = env.choice(
    "TUTOR_COUNTRY", ["", *countries()], "", "the two letters of a country, such as DE or US"
)
TIME_ZONE = env.time_zone("TUTOR_TIME_ZONE", usual_zone(COUNTRY))  # of new accounts too
USE_TZ = True
FORMAT_MODULE_PATH = "tutor.courses.formats"
# How new classes write numbers and dates: see tutor.courses.conventions
CONVENTION = COUNTRY or env.choice("TUTOR_NUMBERS_AND_DATES", ["", "us", "uk", "comma"], default="")

# Static files: Lemma's, and the browser libraries that npm installed.
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_SOURCES = SHIPPED_DIR / "static"
NODE_MODULES = SHIPPED_DIR / "node_modules"
STATICFILES_DIRS = [
    STATIC_SOURCES,
    *(
        (f"vendor/{name}", str(NODE_MODULES / folder))
        for name, folder in BROWSER_LIBRARIES.items()
        if (NODE_MODULES / folder).is_dir()  # `manage.py doctor` reports missing ones
    ),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "pictures", "file_permissions_mode": 0o640},
    },
}
# Several web servers share no disk: then pictures lie in a bucket of a server that speaks S3.
_BUCKET: dict[str, object] = {
    "bucket_name": env.text("TUTOR_PICTURES_BUCKET"),
    "endpoint_url": env.text("TUTOR_PICTURES_S3_URL") or None,
    "region_name": env.text("TUTOR_PICTURES_S3_REGION") or None,
    "access_key": env.text("TUTOR_PICTURES_S3_KEY") or None,
    "secret_key": env.text("TUTOR_PICTURES_S3_SECRET") or None,
    "default_acl": "private",
    "file_overwrite": True,
}
if _BUCKET["bucket_name"]:
    STORAGES["pictures"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _BUCKET}
PICTURE_SPACE = env.integer("TUTOR_PICTURE_SPACE", 200) * 1024**2  # bytes that one person stores
if WHITENOISE_USE_FINDERS := IS_LOCAL:  # no `collectstatic` needed on one machine
    made_folder(STATIC_ROOT)
WHITENOISE_AUTOREFRESH = IS_LOCAL  # edited files are served at once
WHITENOISE_IMMUTABLE_FILE_TEST = IMMUTABLE
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site uses them

# Headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "style-src-attr": [UNSAFE_INLINE],  # KaTeX places glyphs by style attributes
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in ORIGINS)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
# For which hosts browsers insist on https: this one; also its subdomains; also in the browsers'
# built-in list. Only the owner of the whole domain can promise the last two.
HSTS = env.choice("TUTOR_HSTS", ["off", "host", "subdomains", "preload"], default="host")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if IS_HTTPS and HSTS != "off" else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS in {"subdomains", "preload"}
SECURE_HSTS_PRELOAD = HSTS == "preload"
# Django warns below the strictest level, but TUTOR_HSTS is a decision.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_SSL_REDIRECT = env.flag("TUTOR_HTTPS_REDIRECT", default=True) and IS_HTTPS
if IS_HTTPS:
    # Accepted only from a trusted proxy (tutor/web/callers.py), which must set this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOG_LEVEL = env.choice("TUTOR_LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request)s] %(message)s"},
        "json": {"()": "tutor.logs.JsonFormatter"},
    },
    "filters": {
        "request": {"()": "tutor.logs.RequestFilter"},
        "brief": {"()": "tutor.logs.BriefBeatFilter"},
        "sweeps": {"()": "tutor.logs.SweepFilter", "tasks": [*CELERY_BEAT_SCHEDULE]},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("TUTOR_LOG_FORMAT", ["line", "json"], default="line"),
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "propagate": False},
        "daphne.http_protocol": {"level": "WARNING"},
        "daphne.server": {"level": "ERROR"},  # its one warning contains addresses, and so names
        "openai": {"level": "WARNING"},  # else a line for each try to reach a model's server
        "celery.beat": {"filters": ["brief", "sweeps"]},
        "celery.app.trace": {"filters": ["sweeps"]},
        "celery.worker.strategy": {"filters": ["sweeps"]},
        "httpx2": {"level": "WARNING"},  # else a line for each request to a model's server
    },
}

env.refuse_unknown()  # a misspelt setting would have no effect
