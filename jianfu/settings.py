"""Settings of 减负台账. Everything that differs between places is an environment variable (README)."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import date
from ipaddress import ip_network
from pathlib import Path

import environ

from jianfu.fonts import prepare_fonts

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)
(VAR_DIR / "static").mkdir(exist_ok=True)
prepare_fonts(BASE_DIR)  # before WeasyPrint or a browser looks for any

env = environ.Env()


def _secret_key() -> str:
    """The key of this installation, made once and kept in var/ where no variable gives one.

    Written aside and linked into place: of several processes that start at once the first one's key holds,
    and none reads half a key.
    """
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        aside = VAR_DIR / f"secret_key.{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(aside, kept)
        aside.unlink()
    return kept.read_text()


SIGNING_KEY = env.str("JIANFU_SIGNING_KEY", default=str(VAR_DIR / "signing_key.pem"))
COMPLAINT_KEY = env.str("JIANFU_COMPLAINT_KEY", default=str(VAR_DIR / "complaint_key"))
SECRET_KEY = env.str("JIANFU_SECRET_KEY", default="") or _secret_key()
DEBUG = env.bool("JIANFU_DEBUG", default=False)
ALLOWED_HOSTS = env.list("JIANFU_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("JIANFU_ORIGINS", default=[])
HTTPS = env.bool("JIANFU_HTTPS", default=False)

# Whether the demonstration district, whose passwords are public, may be loaded: run.py says so for a trial.
JIANFU_DEMO = env.bool("JIANFU_DEMO", default=False)

# A day to pretend it is, for trials and tests; None reads the clock.
_pinned = env.str("JIANFU_TODAY", default="")
JIANFU_TODAY = date.fromisoformat(_pinned) if _pinned else None

INSTALLED_APPS = [
    "jianfu.admin_site.JianfuAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "import_export",
    "django_htmx",
    "axes",
    "csp",
    "jianfu.organisations",
    "jianfu.audit",
    "jianfu.handouts",
    "approvals",
    "whitelist",
    "ledger",
    "jianfu.apps.JianfuConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "whitelist.middleware.PublicPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "jianfu.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "approvals.middleware.ExpertLinkMiddleware",
    "jianfu.middleware.OwnPasswordMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "jianfu.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jianfu.urls"
WSGI_APPLICATION = "jianfu.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jianfu.context_processors.house",
            ],
        },
    }
]
FORM_RENDERER = "jianfu.kernel.forms.FormRenderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'jianfu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Durable and concurrent enough for one office; writers queue instead of failing (design.md 5).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("JIANFU_CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "jianfu.passwords.LongEnough",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "jianfu.passwords.Uncommon"},
    {"NAME": "jianfu.passwords.NotOnlyDigits"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jianfu.errors.csrf_failure"

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "jianfu.errors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "jianfu.kernel.exchange.visitor_address"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = None

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "jianfu" / "static"]
COLLECTED_STATIC = env.bool("JIANFU_COLLECTED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
MEDIA_ROOT = env.path("JIANFU_FILES", default=VAR_DIR / "files")()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
JIANFU_BESIDE = True  # uploads are read and long files written in processes beside the server
JIANFU_EXPORTS_AT_ONCE = env.int("JIANFU_EXPORTS_AT_ONCE", default=2)
JIANFU_READINGS_AT_ONCE = env.int("JIANFU_READINGS_AT_ONCE", default=2)  # the others wait in line

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if env.bool("JIANFU_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Proxies in front, as addresses or networks: only what they say of a visitor's address is believed.
TRUSTED_PROXIES = [ip_network(each, strict=False) for each in env.list("JIANFU_PROXIES", default=[])]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Mail (待办提醒) goes out where a server is named; without one nothing is sent.
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", default=False)
EMAIL_TIMEOUT = 20
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
DEFAULT_FROM_EMAIL = env.str("JIANFU_MAIL_FROM", default="") or EMAIL_HOST_USER
# The address under which people open the pages, for links in mails.
JIANFU_ADDRESS = env.str("JIANFU_ADDRESS", default="") or next(iter(CSRF_TRUSTED_ORIGINS), "")
# The address under which everybody else opens the public pages, printed in QR codes.
JIANFU_PUBLIC_URL = env.str("JIANFU_PUBLIC_URL", default="") or JIANFU_ADDRESS

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
SIMPLE_HISTORY_REVERT_DISABLED = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_IMPORT_IGNORE_BLANK_LINES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"keyless": {"()": "jianfu.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keyless"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
