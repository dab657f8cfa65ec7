"""The environment, read once into one frozen value; what is missing or wrong is said by name."""

import os
import re
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "DSBUILDER_"
FOLLOWS = "default_factory_not_called"  # the default address could not be made because the port is wrong
SECRET_LENGTH = 32
_HOST = re.compile(r"[\w.-]+(:\d{1,5})?", re.ASCII)  # what may stand in a content security policy
DEMO_PASSWORD_LENGTH = 9  # bytes of chance: twelve characters to type


class SettingsError(Exception):
    """One sentence per setting that is missing or wrong."""


def _origin(url: str) -> str:
    """An address without a trailing slash, refused when it is more than scheme, host and port."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must look like https://demarches.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must hold nothing after the host and port")
    return url.rstrip("/")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("must be the name of a time zone such as Europe/Paris") from error
    return name


def _smtp(url: str) -> str:
    if urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname:
        raise ValueError("must look like smtp://user:password@mail.example.org:587 (or smtps://)")
    return url


def _map(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
        raise ValueError("must look like https://maps.example.org/style.json or https://.../{z}/{x}/{y}.png")
    return url


def _hosts(text: str) -> str:
    origins = [_origin(url) for url in text.split()]
    if not all(_HOST.fullmatch(urlsplit(origin).netloc) for origin in origins):
        raise ValueError("must look like https://tiles.example.org")
    return " ".join(origins)


def _service(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("must look like https://service.example.org/path")
    return url.rstrip("/")


def _absolute(folder: Path) -> Path:
    # Now, because the server changes its current folder before it starts.
    return folder.expanduser().absolute()


class Settings(BaseSettings):
    """Every setting of dsbuilder; each is the environment variable DSBUILDER_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    host: str = Field("127.0.0.1", description="Address of this machine to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    url: Annotated[str, AfterValidator(_origin)] = Field(
        default_factory=lambda given: f"http://localhost:{given.get('port', 8000)}",
        description="Public address of this site.",
    )
    data_dir: Annotated[Path, AfterValidator(_absolute)] = Field(
        Path(".data"), validate_default=True, description="Folder of the database and the files received."
    )
    database_url: SecretStr | None = Field(None, description="PostgreSQL address; else SQLite in the data folder.")
    redis_url: SecretStr | None = Field(None, description="Redis address, only when several processes serve.")
    secret_key: SecretStr | None = Field(None, description="Long random text that keys sessions and links.")
    smtp_url: Annotated[str, AfterValidator(_smtp)] | None = Field(None, description="Mail server.", repr=False)
    mail_from: str = Field("ne-pas-repondre@localhost", description="Sender of the mails.")
    time_zone: Annotated[str, AfterValidator(_zone)] = Field("Europe/Paris", description="Time zone of dates shown.")
    demo: bool = Field(False, description="Demonstration: sample accounts, outbox page, this machine only.")
    worker_in_process: bool = Field(True, description="Run the jobs inside the server.")
    trusted_proxies: int = Field(0, ge=0, le=9, description="Proxies in front whose X-Forwarded-For is believed.")
    max_file_mb: int = Field(200, ge=1, le=10_000, description="Largest file that a person may send, in megabytes.")
    max_import_mb: int = Field(20, ge=1, le=1000, description="Largest procedure file that may be imported.")
    map_style_url: Annotated[str, AfterValidator(_map)] | None = Field(
        None, description="Base map: the address of a MapLibre style, or of tiles with {z}, {x} and {y}."
    )
    map_hosts: Annotated[str, AfterValidator(_hosts)] = Field(
        "", description="Other origins that the style takes its tiles from, a blank between."
    )
    map_credit: str = Field("", max_length=200, description="Whose the base map is, when its style does not say.")
    addresses_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://data.geopf.fr/geocodage", description="Base Adresse Nationale: addresses."
    )
    companies_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://recherche-entreprises.api.gouv.fr", description="Recherche d’entreprises: companies by SIRET."
    )
    associations_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://lecompteasso.associations.gouv.fr/apim/api-asso", description="API Associations: RNA numbers."
    )
    associations_key: SecretStr | None = Field(None, description="Key of API Associations, where it asks for one.")
    foundations_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://rnf.dso.numerique-interieur.com/api", description="Register of foundations: RNF numbers."
    )
    schools_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://data.education.gouv.fr/api/explore/v2.1", description="Annuaire de l’éducation: schools."
    )
    individuals_url: Annotated[str, AfterValidator(_service)] = Field(
        "https://particulier.api.gouv.fr/api/v2", description="API Particulier: family, tax, work, studies."
    )
    individuals_token: SecretStr | None = Field(None, description="Token of API Particulier; without it, not asked.")
    reference_url: str = Field("", description="Asked instead of every reference API, as the demonstration does.")
    reference_hosts: str = Field("", description="Hosts of reference APIs that fields may name, separated by commas.")
    log_format: Annotated[str, Field(pattern="^(text|json)$")] = Field("text", description="text or json.")

    @cached_property
    def database(self) -> str:
        """Where the database is, as SQLAlchemy wants it."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'dsbuilder.sqlite3'}"
        return self.database_url.get_secret_value()

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may open a socket: ours, under each of this machine's own names in the demo."""
        if not self.demo:
            return (self.url,)
        return tuple(dict.fromkeys((self.url, *(f"http://{name}:{self.port}" for name in ("localhost", "127.0.0.1")))))

    @cached_property
    def map_origins(self) -> tuple[str, ...]:
        """The origins that pages may take a base map from."""
        if self.map_style_url is None:
            return ()
        parts = urlsplit(self.map_style_url)
        return tuple(dict.fromkeys((f"{parts.scheme}://{parts.netloc}", *self.map_hosts.split())))

    @cached_property
    def secret(self) -> bytes:
        """The signing key; the demo makes one and keeps it in its data folder."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value().encode()
        if not self.demo:
            raise SettingsError(f"{PREFIX}SECRET_KEY is missing.")
        return _kept_secret(self.data_dir / "secret-key").encode()

    @cached_property
    def demo_password(self) -> str:
        """The one password of the demonstration's accounts, made once and kept in its data folder."""
        return _kept_secret(self.data_dir / "demo-password", DEMO_PASSWORD_LENGTH)


def _kept_secret(file: Path, length: int = SECRET_LENGTH) -> str:
    """The secret kept in the file, made on first use and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as stream:
        stream.write(secrets.token_urlsafe(length))
    return file.read_text().strip()


def read(**chosen: object) -> Settings:
    """Settings from the environment and from what is chosen here; raises SettingsError naming each wrong one."""
    _refuse_unknown()
    try:
        return Settings(**chosen)  # type: ignore[arg-type]
    except ValidationError as error:
        found = (each for each in error.errors() if each["type"] != FOLLOWS)
        wrong = (f"{PREFIX}{str(each['loc'][0]).upper()}: {_reason(each['msg'])}" for each in found)
        raise SettingsError("\n".join(wrong)) from None


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".") + "."


def _refuse_unknown() -> None:
    """A misspelt setting is silence otherwise."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX + "REAL_PROCEDURES"}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError("\n".join(f"{name}: there is no such setting." for name in unknown))


def refuse_to_serve_without(settings: Settings) -> None:
    """Outside the demo, an address, a secret key and a mail server must be given; raises SettingsError naming each."""
    if settings.demo:
        return
    needed = {
        "url": "the public address of this site, for example https://demarches.example.org",
        "secret_key": f"a long random text, for example {secrets.token_urlsafe(SECRET_LENGTH)}",
        "smtp_url": "the mail server, for example smtps://user:password@mail.example.org",
    }
    missing = [name for name in needed if name not in settings.model_fields_set or getattr(settings, name) is None]
    if missing:
        raise SettingsError("\n".join(f"{PREFIX}{name.upper()} is missing: {needed[name]}." for name in missing))
    if len(settings.secret) < SECRET_LENGTH:
        raise SettingsError(f"{PREFIX}SECRET_KEY is too short: at least {SECRET_LENGTH} characters.")


_chosen: list[Settings] = []


def use(chosen: Settings) -> None:
    """Make these the settings of this process: what the command line chose counts everywhere."""
    _chosen[:] = [chosen]


def settings() -> Settings:
    """The settings of this process, read from the environment the first time."""
    if not _chosen:
        use(read())
    return _chosen[0]
