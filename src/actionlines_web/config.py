"""Configuration from the environment, typed; a wrong value stops the start with a sentence that says why.

| variable | meaning | default |
| --- | --- | --- |
| ACTIONLINES_DATA_DIR | folder of the database file, uploads and the generated key | ./var |
| ACTIONLINES_DATABASE_URL | sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME | sqlite in the data folder |
| ACTIONLINES_REPLICA_URL (also …_FILE) | a copy of the database that follows it, postgresql://…; pages for people who have not signed in are read from it | none |
| ACTIONLINES_STORAGE_URL (also …_FILE) | where uploads and made files lie: s3+https://KEY:SECRET@HOST/BUCKET/FOLDER?region=REGION (needs the extra storage; s3+http for one's own network) | the data folder |
| ACTIONLINES_FRAMEWORKS_DIR | a folder of frameworks that adds to those that ship, or stands in their place (`actionlines download sdg-titles`) | none |
| ACTIONLINES_ENGINE | where the texts of imports are aligned: local, pool, pool:4, or tcp://SCHEDULER:8786 (needs the extra cluster) | local |
| ACTIONLINES_SECRET_KEY or ACTIONLINES_SECRET_KEY_FILE | signing key | made once in the data folder |
| ACTIONLINES_HOSTS | host names served, separated by commas | localhost, 127.0.0.1, [::1] |
| ACTIONLINES_DEMONSTRATION | 1: demonstration site (entry without a password from this machine) | 0 |
| ACTIONLINES_DEBUG | 1: Django's debug pages | 0 |
| ACTIONLINES_API_RATE | requests a minute one client may send to the API, in each worker; 0 sets no limit | 600 |
| ACTIONLINES_ALIGN_RATE | texts a minute one client may have aligned on the page, in each worker; 0 sets no limit | 30 |
| ACTIONLINES_PROXIES | how many proxies of ours stand in front and add X-Forwarded-For | 0 |
| ACTIONLINES_SITE_ADDRESS | where readers reach the site, for links in mail | http://localhost:8000 |
| ACTIONLINES_EMAIL_URL | console: · smtp://HOST:PORT · smtp+starttls://USER:PASSWORD@HOST:PORT · smtps://… (also as …_FILE) | console: |
| ACTIONLINES_EMAIL_FROM | the sender of mail | actionlines <noreply@localhost> |
| ACTIONLINES_JOB_LEASE | seconds without a sign of life after which a worker's job is taken up by another | 15 |
| ACTIONLINES_DESCRIPTION_WORDS | words a description should have, as 150-200 (a remark) or 150-200 error (it cannot be sent) or off | 150-200 |
| ACTIONLINES_ATTACHMENT_MB | the largest file that may be attached to an entry, in megabytes, at most 20 | 10 |
| ACTIONLINES_SCAN | who looks at attached files: a command that reads one from its input (0 clean, 1 refused), or package.module:function | nobody |
| ACTIONLINES_FILES_ADDRESS | an address of its own for attached files, such as https://files.example.org | the site's |
| ACTIONLINES_WEBHOOKS_ALLOW_PRIVATE | 1: webhooks may call private addresses and http | 0 |
| ACTIONLINES_SOURCE_WDI, ACTIONLINES_SOURCE_UN_SDG, ACTIONLINES_SOURCE_ITU | where statistics are downloaded from: the source’s own address, another https address (a mirror), or off | its own |
| ACTIONLINES_IATI_PUBLISHER, …_NAME, …_TYPE | organisation under which the register is published as IATI | XI-ACTIONLINES, actionlines register, 40 |
| ACTIONLINES_HTTPS | 1: served over HTTPS (secure cookies, HSTS, http redirected); the proxy in front must set X-Forwarded-Proto | 0 |
| ACTIONLINES_IDLE_MINUTES | minutes without a request after which one must sign in again | 120 |
| ACTIONLINES_SESSION_HOURS | hours after signing in after which one must sign in again, busy or not | 12 |
| ACTIONLINES_FACTOR_FOR_ROLES | 1: a role holds only while its holder has a second factor (authenticator app, passkey or security key) | 0 |
| ACTIONLINES_SECURITY_CONTACT | where to report a weakness, mailto:… or https://…, for /.well-known/security.txt | nobody |
| ACTIONLINES_SSO | identifiers of the OpenID providers people may sign in with, separated by commas, such as itu,ministry | none |
| ACTIONLINES_SSO_<ID>_ISSUER, …_CLIENT_ID, …_CLIENT_SECRET (also …_FILE) | the provider's address and what it gave us; all three are needed | |
| ACTIONLINES_SSO_<ID>_NAME | what its button says | the identifier |
| ACTIONLINES_SSO_<ID>_TRUSTED | 1: whoever it says owns a verified address enters the account with that address | 0 |
| ACTIONLINES_EXPORT_DAYS | how many days a file of entries is kept that a worker made for somebody | 7 |
| ACTIONLINES_DISPOSABLE_DOMAINS | a file of mail domains that may not open accounts, one a line | the list shipped |
| ACTIONLINES_LOG | line, or json: an object a line, with a line for each request | line |
| ACTIONLINES_METRICS_TOKEN (also …_FILE) | whoever sends it as `Authorization: Bearer …` may read /metrics (needs the extra operations) | no such page |
| ACTIONLINES_ERRORS_TO | who is written to when something is raised, addresses separated by commas | nobody |
| ACTIONLINES_UNVERIFIED_DAYS | after how many days `remove-unverified` deletes an account nobody confirmed | 7 |
"""

import os
import re
import secrets
import shlex
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from actionlines.engine import Place, place
from actionlines.frameworks import catalogue
from actionlines.problems import InputError
from actionlines.stocktaking import WordRule

# How long a writer waits for another's lock before the request is answered with 503.
LOCK_SECONDS = 20


class ConfigurationError(Exception):
    """A variable of the environment has a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ConfigurationError(f"{name}_FILE={path} cannot be read: {error.strerror}") from error
    return os.environ.get(name, default)


def boolean(name: str, default: bool = False) -> bool:
    """1/true/yes/on or 0/false/no/off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ConfigurationError(f"{name}={value!r}: expected 1 or 0")


def number(name: str, default: int) -> int:
    """A whole number, 0 or more."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isdecimal():
        return int(value)
    raise ConfigurationError(f"{name}={value!r}: expected a whole number, 0 or more")


def names(name: str, default: tuple[str, ...]) -> list[str]:
    """A list separated by commas."""
    value = os.environ.get(name, "")
    return [part.strip() for part in value.split(",") if part.strip()] or list(default)


def choice(name: str, known: tuple[str, ...]) -> str:
    """One of `known`, the first where nothing is said."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return known[0]
    if value in known:
        return value
    raise ConfigurationError(f"{name}={value!r}: expected {' or '.join(known)}")


def prepare_metrics(folder: Path) -> None:
    """Where the processes of the site add up their counts; must be said before the library of metrics is imported."""
    if find_spec("prometheus_client") is None:
        raise ConfigurationError(
            "ACTIONLINES_METRICS_TOKEN is set, but the extra is missing: pip install 'actionlines[operations]'"
        )
    place = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder / "metrics")))
    place.mkdir(parents=True, exist_ok=True)


def seconds(name: str, default: float) -> float:
    """A positive number of seconds."""
    value = os.environ.get(name, "").strip()
    try:
        number = float(value) if value else default
    except ValueError:
        number = 0.0
    if not 0 < number < 86_400:
        raise ConfigurationError(f"{name}={value!r}: expected a number of seconds above 0")
    return number


def word_rule(name: str, default: WordRule) -> WordRule:
    """A range of words such as '150-200', 'warning' or 'error' behind it if wanted; 'off' for no rule."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    match = re.fullmatch(r"(\d{1,5})\s*[-–]\s*(\d{1,5})(?:\s+(warning|error))?", value)
    if value == "off":
        return WordRule(default.least, default.most, "off")
    if match is None or int(match[1]) > int(match[2]):
        raise ConfigurationError(f"{name}={value!r}: expected a range such as 150-200, 150-200 error, or off")
    return WordRule(int(match[1]), int(match[2]), match[3] or "warning")


def scanner(name: str) -> str | list[str] | None:
    """'package.module:function' as it is, a command split into its words; None where nothing is said."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if re.fullmatch(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", value):
        module = value.partition(":")[0]
        try:
            known = find_spec(module) is not None
        except ImportError:
            known = False
        if not known:
            raise ConfigurationError(f"{name}={value!r}: there is no module {module}")
        return value
    command = shlex.split(value)
    if shutil.which(command[0]) is None:
        raise ConfigurationError(f"{name}={value!r}: there is no command {command[0]}")
    return command


def address(name: str) -> str:
    """'https://host' without a path, or ''."""
    value = os.environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query):
        raise ConfigurationError(f"{name}={value!r}: expected an address such as https://files.example.org")
    return value


def source_address(name: str) -> str | None:
    """Another address of a source of statistics, '' for its own, None where nothing is to be downloaded from it."""
    if os.environ.get(name, "").strip().lower() == "off":
        return None
    value = os.environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    if value and (not (parts.scheme == "https" or here) or not parts.hostname or parts.query):
        raise ConfigurationError(
            f"{name}={value!r}: expected an address such as https://mirror.example.org, or off"
        )
    return value


def contact(name: str) -> str:
    """'mailto:…' or 'https://…', or ''."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://\S+)", value):
        raise ConfigurationError(f"{name}={value!r}: expected mailto:somebody@example.org or https://…")
    return value


def data_dir() -> Path:
    """The data folder, made if it does not exist."""
    folder = Path(os.environ.get("ACTIONLINES_DATA_DIR", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key: from the environment, or made once and kept in the data folder, readable by its owner only."""
    given = text("ACTIONLINES_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key := secrets.token_urlsafe(50))
    return key


@dataclass(frozen=True, slots=True)
class Database:
    """A database address taken apart."""

    url: str
    variable: str = "ACTIONLINES_DATABASE_URL"

    def settings(self) -> dict[str, Any]:
        """Django's settings of this database."""
        parts = urlsplit(self.url)
        if parts.scheme == "sqlite":
            return _sqlite(unquote(self.url.removeprefix("sqlite:///")))
        if parts.scheme in {"postgresql", "postgres"}:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                # As on SQLite: who waits so long for another's lock is told to come back (ui.busy).
                "OPTIONS": {"options": f"-c lock_timeout={LOCK_SECONDS}s"},
            }
        raise ConfigurationError(
            f"{self.variable} starts with {parts.scheme!r}: expected sqlite:///FILE or postgresql://…"
        )


def _sqlite(name: str) -> dict[str, Any]:
    # IMMEDIATE and WAL: a writer waits its turn instead of failing with "database is locked" halfway.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # Opening reads the whole schema, and closing the last connection moves the log into the file: not each request.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        },
    }


@dataclass(frozen=True, slots=True)
class Email:
    """How mail leaves, as an address."""

    url: str

    def settings(self) -> dict[str, Any]:
        """Django's settings of mail."""
        parts = urlsplit(self.url)
        if parts.scheme == "console":
            return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
        if parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not parts.hostname:
            raise ConfigurationError(
                "ACTIONLINES_EMAIL_URL: expected console:, smtp://HOST:PORT, smtp+starttls://… or smtps://…"
            )
        secure = parts.scheme == "smtps"
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": unquote(parts.hostname),
            "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
            "EMAIL_USE_SSL": secure,
            "EMAIL_TIMEOUT": 20,
        }


@dataclass(frozen=True, slots=True)
class Storage:
    """Where uploads and made files lie, as an address; '' is the data folder."""

    url: str

    def settings(self, folder: str) -> dict[str, Any]:
        """Django's settings of a storage in a folder of the bucket."""
        parts = urlsplit(self.url)
        bucket, _, prefix = unquote(parts.path.strip("/")).partition("/")
        known = parts.scheme in {"s3+https", "s3+http"}
        if not (known and parts.hostname and bucket and parts.username and parts.password):
            raise ConfigurationError(
                "ACTIONLINES_STORAGE_URL: expected s3+https://KEY:SECRET@HOST/BUCKET, "
                "with /FOLDER and ?region=REGION behind it if wanted"
            )
        if find_spec("storages") is None or find_spec("boto3") is None:
            raise ConfigurationError(
                "ACTIONLINES_STORAGE_URL is set, but the extra is missing: pip install 'actionlines[storage]'"
            )
        host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
        options: dict[str, Any] = {
            "endpoint_url": f"{parts.scheme.removeprefix('s3+')}://{host}",
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "location": f"{prefix}/{folder}" if prefix else folder,
            "signature_version": "s3v4",
            "addressing_style": "path",
            "default_acl": None,
            "file_overwrite": folder == "exports",
        }
        region = dict(parse_qsl(parts.query)).get("region")
        if region:
            options["region_name"] = region
        return {"BACKEND": "actionlines_web.operations.objects.Objects", "OPTIONS": options}


def frameworks(name: str) -> Path | None:
    """A folder of frameworks, whole and without a fault."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        catalogue(Path(value))
    except InputError as error:
        raise ConfigurationError(f"{name}={value!r}: {error}") from error
    return Path(value)


def engine(name: str) -> Place:
    """Where bulk work is done."""
    value = os.environ.get(name, "")
    try:
        found = place(value)
    except ValueError as error:
        raise ConfigurationError(f"{name}={error}") from error
    if found.cluster and find_spec("distributed") is None:
        raise ConfigurationError(
            f"{name}={value!r}, but the extra is missing: pip install 'actionlines[cluster]'"
        )
    return found


def single_sign_on() -> list[dict[str, Any]]:
    """The OpenID providers of ACTIONLINES_SSO, as allauth wants its apps described."""
    return [_provider(identifier) for identifier in names("ACTIONLINES_SSO", ())]


def _provider(identifier: str) -> dict[str, Any]:
    if not re.fullmatch(r"[a-z][a-z0-9]*", identifier):
        raise ConfigurationError(f"ACTIONLINES_SSO: {identifier!r}: expected small letters and digits")
    prefix = f"ACTIONLINES_SSO_{identifier.upper()}"
    issuer, client, secret = (text(f"{prefix}_{part}") for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"))
    missing = [
        f"{prefix}_{part}"
        for part, value in (("ISSUER", issuer), ("CLIENT_ID", client), ("CLIENT_SECRET", secret))
        if not value
    ]
    if missing:
        raise ConfigurationError(
            f"ACTIONLINES_SSO names {identifier!r}, but {' and '.join(missing)} is not set"
        )
    parts = urlsplit(issuer)
    local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.netloc or (parts.scheme != "https" and not (local and parts.scheme == "http")):
        raise ConfigurationError(f"{prefix}_ISSUER={issuer!r}: expected https://…")
    trusted = boolean(f"{prefix}_TRUSTED")
    return {
        "provider_id": identifier,
        "name": text(f"{prefix}_NAME", identifier),
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": issuer.rstrip("/"),
            "email_authentication": trusted,
            "oauth_pkce_enabled": True,
        },
    }


def origin(address: str) -> str:
    """'https://host:port' of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
