"""What is missing or wrong is said by name, before anything starts."""

from pathlib import Path

import pytest

from dsbuilder import settings as configuration
from dsbuilder.settings import SettingsError

COMPLETE = {
    "DSBUILDER_URL": "https://demarches.example.org",
    "DSBUILDER_SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "DSBUILDER_SMTP_URL": "smtps://user:password@mail.example.org",
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment of which only the data folder is set."""
    monkeypatch.delenv("DSBUILDER_SECRET_KEY")
    monkeypatch.setenv("DSBUILDER_DATA_DIR", str(tmp_path / "data"))


def environment(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_serving_needs_an_address_a_secret_and_a_mail_server_each_by_name() -> None:
    with pytest.raises(SettingsError) as refused:
        configuration.refuse_to_serve_without(configuration.read())
    assert [line.split(" ")[0] for line in str(refused.value).splitlines()] == list(COMPLETE)


@pytest.mark.parametrize("missing", COMPLETE)
def test_serving_names_the_one_that_is_missing(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    environment(monkeypatch, {name: value for name, value in COMPLETE.items() if name != missing})
    with pytest.raises(SettingsError, match=rf"^{missing} is missing") as refused:
        configuration.refuse_to_serve_without(configuration.read())
    assert len(str(refused.value).splitlines()) == 1


def test_a_complete_environment_may_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, COMPLETE)
    configuration.refuse_to_serve_without(configuration.read())


def test_a_short_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, COMPLETE | {"DSBUILDER_SECRET_KEY": "short"})
    with pytest.raises(SettingsError, match=r"^DSBUILDER_SECRET_KEY is too short"):
        configuration.refuse_to_serve_without(configuration.read())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DSBUILDER_PORT", "70000"),
        ("DSBUILDER_PORT", "eighty"),
        ("DSBUILDER_URL", "demarches.example.org"),
        ("DSBUILDER_URL", "https://example.org/sous-dossier"),
        ("DSBUILDER_SMTP_URL", "mail.example.org"),
        ("DSBUILDER_TIME_ZONE", "Europe/Atlantis"),
        ("DSBUILDER_TIME_ZONE", "../etc/passwd"),
        ("DSBUILDER_MAX_FILE_MB", "0"),
        ("DSBUILDER_LOG_FORMAT", "xml"),
        ("DSBUILDER_DEMO", "perhaps"),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        configuration.read()
    assert str(refused.value).startswith(f"{name}: ")


def test_a_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DSBUILDER_SECRETKEY", "x")
    with pytest.raises(SettingsError, match=r"^DSBUILDER_SECRETKEY: there is no such setting"):
        configuration.read()


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, {"DSBUILDER_PORT": "0", "DSBUILDER_TIME_ZONE": "Nowhere"})
    with pytest.raises(SettingsError) as refused:
        configuration.read()
    assert {line.split(":")[0] for line in str(refused.value).splitlines()} == {
        "DSBUILDER_PORT",
        "DSBUILDER_TIME_ZONE",
    }


def test_the_demonstration_keeps_its_secret_and_its_password_for_their_owner_alone() -> None:
    first, second = configuration.read(demo=True), configuration.read(demo=True)
    assert first.secret == second.secret and len(first.secret) >= configuration.SECRET_LENGTH
    assert first.demo_password == second.demo_password
    for kept in ("secret-key", "demo-password"):
        assert (first.data_dir / kept).stat().st_mode & 0o077 == 0


def test_the_demonstration_answers_where_it_listens() -> None:
    settings = configuration.read(demo=True, port=8123)
    assert settings.url == "http://localhost:8123"
    assert settings.origins == ("http://localhost:8123", "http://127.0.0.1:8123")


def test_only_the_public_address_is_an_origin_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, COMPLETE | {"DSBUILDER_URL": "https://demarches.example.org/"})
    assert configuration.read().origins == ("https://demarches.example.org",)


def test_a_base_map_names_the_origins_that_its_pages_may_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configuration.read().map_origins == ()
    environment(monkeypatch, {"DSBUILDER_MAP_STYLE_URL": "https://m.example:8443/a/style.json?key=1"})
    assert configuration.read().map_origins == ("https://m.example:8443",)
    environment(monkeypatch, {"DSBUILDER_MAP_HOSTS": " https://t1.example  https://m.example:8443/ "})
    assert configuration.read().map_origins == ("https://m.example:8443", "https://t1.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAP_STYLE_URL", "m.example/style.json"),
        ("MAP_STYLE_URL", "javascript:alert(1)"),
        ("MAP_HOSTS", "t1.example"),
        ("MAP_HOSTS", "https://t1.example/tiles"),
        ("MAP_HOSTS", "https://t1.example;script-src"),
        ("MAP_STYLE_URL", "https://t1.example;script-src/style.json"),
    ],
)
def test_a_wrong_base_map_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment(monkeypatch, {f"DSBUILDER_{name}": value})
    with pytest.raises(SettingsError, match=f"DSBUILDER_{name}"):
        configuration.read()


def test_settings_never_print_what_is_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, COMPLETE | {"DSBUILDER_DATABASE_URL": "postgresql://u:hidden-word@db/x"})
    shown = repr(configuration.read())
    assert not any(secret in shown for secret in ("0123456789abcdef", "password", "hidden-word"))


def test_settings_do_not_change() -> None:
    with pytest.raises(Exception, match="frozen"):
        configuration.read().port = 1


@pytest.mark.parametrize(
    "url", ["ftp://x.example", "x.example", "https://", "https://u:p@x.example", "https://x.example?q=1"]
)
def test_the_address_of_a_register_is_one(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    environment(monkeypatch, {**COMPLETE, "DSBUILDER_COMPANIES_URL": url})
    with pytest.raises(SettingsError, match="DSBUILDER_COMPANIES_URL: must look like https"):
        configuration.read()


def test_a_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, {**COMPLETE, "DSBUILDER_INDIVIDUALS_TOKEN": "tres-secret"})
    assert "tres-secret" not in repr(configuration.read())
