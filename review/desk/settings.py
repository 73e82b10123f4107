"""How the desk is set up: `desk.toml` in the home, and the environment over it. What cannot be safe is refused."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from review.clock import Clock, read_clock
from review.errors import RegisterError
from review.sessions import Limits

FILE = "desk.toml"
ENVIRONMENT = "PARTONE_DESK_"
CLOCKS = frozenset({"clock", "mail"})  # the tables of the same file that `review.clock` reads
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Frozen(BaseModel):
    """Settings that are read once and never change; a word that is not known is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Oidc(Frozen):
    """Sign-in by an OpenID provider. It says who somebody is; what they may do, only the register says.

    `person`: the claim that a known person is found by the first time: `email`, where the provider has verified it and
    `emails` says whose it is; or nothing, so that an administrator binds each subject (`partone people bind`).
    """

    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    person: Literal["subject", "email"] = "subject"
    emails: Mapping[str, str] = {}
    name: str = "your organisation’s account"

    @model_validator(mode="after")
    def _safe(self) -> Self:
        local = self.issuer.startswith(("http://127.0.0.1:", "http://localhost:"))
        if not local and not self.issuer.startswith("https://"):
            raise ValueError("oidc.issuer must begin with https://.")
        if self.client_secret is None and self.client_secret_file is None:
            raise ValueError("oidc needs client_secret_file, or client_secret in the environment.")
        return self

    def secret(self) -> str:
        """The client's secret, from its file where one is named."""
        if self.client_secret_file is not None:
            try:
                return self.client_secret_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as problem:
                raise RegisterError(f"{self.client_secret_file} cannot be read ({type(problem).__name__}).") from None
        return self.client_secret.get_secret_value() if self.client_secret else ""


class Settings(Frozen):
    """All that the desk is told. `tls = "in front"`: another program on the way here speaks HTTPS with the browsers."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8571
    tls: Literal["none", "in front"] = "none"
    public_name: str | None = None
    proxies: tuple[str, ...] = ()
    idle_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    absolute_hours: Annotated[int, Field(ge=1, le=7 * 24)] = 12
    largest_upload_mib: Annotated[int, Field(ge=1, le=4096)] = 200
    metrics_token: SecretStr | None = None
    oidc: Oidc | None = None
    clock: Clock = Clock()

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.secure and not self.public_name:
            raise ValueError("With tls = “in front”, say under which public_name people reach the desk.")
        if self.host not in LOOPBACK and not self.secure:
            raise ValueError(
                f"The desk does not listen on {self.host} without TLS: what is withheld would cross the network for "
                "all to read. Put a program that speaks HTTPS before it and say tls = “in front” and its public_name."
            )
        for proxy in self.proxies:
            ip_address(proxy)
        if self.metrics_token is not None and len(self.metrics_token.get_secret_value()) < 16:
            raise ValueError("metrics_token needs 16 characters or more.")
        return self

    @property
    def secure(self) -> bool:
        return self.tls == "in front"

    @property
    def limits(self) -> Limits:
        return Limits(timedelta(minutes=self.idle_minutes), timedelta(hours=self.absolute_hours))

    @property
    def origin(self) -> str | None:
        """Where the desk is reached by browsers, if that is fixed."""
        return f"https://{self.public_name}" if self.secure else None


def read_settings(home: Path, **said: object) -> Settings:
    """The settings of a home; `said` are those of the command line, which come first. Raises in plain words."""
    file = home / FILE
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise RegisterError(f"{file} cannot be read as TOML: {problem}.") from None
    for key, value in os.environ.items():
        if key.startswith(ENVIRONMENT) and value:
            _put(told, key.removeprefix(ENVIRONMENT).lower().split("__"), value)
    told = {key: value for key, value in told.items() if key not in CLOCKS}
    oidc = told.get("oidc")
    if isinstance(oidc, dict) and isinstance(oidc.get("client_secret_file"), str):
        oidc["client_secret_file"] = home / oidc["client_secret_file"]
    told |= {key: value for key, value in said.items() if value is not None}
    try:
        settings = Settings.model_validate({**told, "clock": read_clock(home)})
    except ValidationError as problem:
        lines = [_sentence(error) for error in problem.errors(include_url=False, include_input=False)]
        raise RegisterError(
            f"The desk's settings ({file} and {ENVIRONMENT}…) are not right. {' '.join(lines)}"
        ) from None
    if settings.oidc:
        settings.oidc.secret()  # a file that cannot be read is said now, not to the first who signs in
    return settings


def _put(told: dict[str, Any], way: list[str], value: str) -> None:
    """Set one value from the environment: PARTONE_DESK_OIDC__ISSUER is `issuer` in the table `oidc`."""
    for step in way[:-1]:
        told = told.setdefault(step, {})
        if not isinstance(told, dict):
            raise RegisterError(f"{FILE}: {step} is a table.")
    told[way[-1]] = value.split(",") if way[-1] == "proxies" else value


def _sentence(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    where = ".".join(map(str, error["loc"]))
    return f"{where}: {message}." if where else f"{message}."
