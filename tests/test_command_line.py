"""What the command line does and says."""

import json
import socket
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dsbuilder import settings as configuration
from dsbuilder.__main__ import cli, main
from dsbuilder.actions.demo import FIGURES

SAMPLE = Path(__file__).parents[1] / "dsbuilder" / "demo" / "terrasse.json"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A data folder of its own."""
    monkeypatch.setenv("DSBUILDER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(configuration, "_chosen", [])


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, arguments, input=typed)


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """What the whole program answers: its exit status and what it wrote to the error output."""
    monkeypatch.setattr("sys.argv", ["dsbuilder", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), capsys.readouterr().err


def test_help_names_every_command_in_a_few_words() -> None:
    lines = [line for line in run("--help").output.split("Commands:\n")[1].splitlines() if line.strip()]
    assert [line.split()[0] for line in lines] == [
        "serve",
        "worker",
        "migrate",
        "demo",
        "import",
        "export",
        "export-dossiers",
        "create-admin",
        "build",
    ]
    assert not any(line.endswith("...") for line in lines)


@pytest.mark.parametrize(
    "command", ["serve", "worker", "migrate", "demo", "import", "export", "export-dossiers", "create-admin", "build"]
)
def test_every_command_explains_itself(command: str) -> None:
    assert run(command, "--help").exit_code == 0


def test_serve_in_earnest_names_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DSBUILDER_SECRET_KEY")
    status, text = said(capsys, monkeypatch, "serve")
    assert status == 1
    assert [line.split(" ")[0] for line in text.splitlines()] == [
        "DSBUILDER_URL",
        "DSBUILDER_SECRET_KEY",
        "DSBUILDER_SMTP_URL",
    ]


def test_a_port_that_is_taken_is_said_before_anything_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, text = said(capsys, monkeypatch, "serve", "--demo", "--port", str(port))
    assert (status, f":{port}" in text) == (1, True)


def test_the_demonstration_is_furnished_twice_without_harm() -> None:
    first, second = run("demo"), run("demo")
    assert (first.exit_code, second.exit_code) == (0, 0)
    for figure in FIGURES:
        assert figure.email in second.output
    assert configuration.read(demo=True).demo_password in second.output


def test_an_administrator_is_made_with_the_password_typed() -> None:
    typed = "un vélo bleu dans la neige\n" * 2
    made = run("create-admin", "Maire@Ville.fr", "--organisation", "Ville", typed=typed)
    assert made.exit_code == 0 and "is an administrator" in made.output
    assert "bleu" not in made.output
    again = run("create-admin", "maire@ville.fr", "--organisation", "Ville", "--generate")
    assert "had an account already" in again.output


def test_a_weak_password_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "motdepasse1234")
    status, text = said(capsys, monkeypatch, "create-admin", "maire@ville.fr", "--organisation", "Ville")
    assert status == 1 and len(text.strip().splitlines()) == 1


def test_a_file_is_counted_without_importing() -> None:
    counted = run("import", str(SAMPLE))
    assert counted.exit_code == 0
    assert counted.output.startswith("1 procedures can be imported")


def test_a_file_is_imported_for_an_administrator() -> None:
    run("create-admin", "maire@ville.fr", "--organisation", "Ville", "--generate")
    imported = run("import", str(SAMPLE), "--for", "maire@ville.fr")
    assert imported.output.splitlines()[-1] == "Imported 1: numbers 1."


def test_importing_for_nobody_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    status, text = said(capsys, monkeypatch, "import", str(SAMPLE), "--for", "personne@ville.fr")
    assert (status, text.strip()) == (1, "personne@ville.fr has no account here.")


def test_a_damaged_file_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.json"
    damaged.write_bytes(SAMPLE.read_bytes()[:500])
    run("create-admin", "maire@ville.fr", "--organisation", "Ville", "--generate")
    status, text = said(capsys, monkeypatch, "import", str(damaged), "--for", "maire@ville.fr")
    assert status == 1 and "not valid JSON" in text


def test_a_procedure_is_written_to_a_file_and_imported_again(tmp_path: Path) -> None:
    run("create-admin", "maire@ville.fr", "--organisation", "Ville", "--generate")
    run("import", str(SAMPLE), "--for", "maire@ville.fr")
    written = run("export", "1", "--for", "maire@ville.fr", "--to", str(tmp_path))
    path = Path(written.output.strip().splitlines()[-1].removeprefix("Written: "))
    assert path.name.endswith(".procedure.json")
    printed = run("export", "1", "--for", "maire@ville.fr")
    assert printed.output.endswith(path.read_text(encoding="utf-8"))
    assert run("import", str(path), "--for", "maire@ville.fr").output.splitlines()[-1] == "Imported 1: numbers 2."
    opened = run("export", "1", "--for", "maire@ville.fr", "--form", "open-data", "--to", str(tmp_path / "open.json"))
    assert opened.exit_code == 0
    assert json.loads((tmp_path / "open.json").read_bytes()) == json.loads(SAMPLE.read_bytes())


def test_dossiers_are_written_for_an_agent_and_for_nobody_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("demo")
    written = run("export-dossiers", "1", "--for", "agent@example.org", "--to", str(tmp_path))
    path = Path(written.output.strip().splitlines()[-1].removeprefix("Written: "))
    lines = main_table(path)
    assert lines[0].startswith("Numéro de dossier;Adresse électronique;") and len(lines) > 1
    english = tmp_path / "dossiers.zip"
    run("export-dossiers", "1", "--for", "agent@example.org", "--english", "--tab", "traites", "--to", str(english))
    assert main_table(english)[0].startswith("Dossier number,E-mail address,")
    status, text = said(capsys, monkeypatch, "export-dossiers", "1", "--for", "citoyenne@example.org")
    assert status == 1 and len(text.strip().splitlines()) == 1


def main_table(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as opened:
        return opened.read("dossiers.csv").decode("utf-8-sig").splitlines()
