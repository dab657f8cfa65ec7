"""How far the API of a question is, as the inspector shows it: its token, its last try, and what the answer holds."""

from dataclasses import dataclass

from dsbuilder import clock
from dsbuilder.actions.trying import Tryable
from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.reference_mapping import destination_of
from dsbuilder.domain.filled_questions import fillable
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import Field, Revision
from dsbuilder.domain.texts import Language, Text

OFFERED = 5  # choices of a search shown as examples
_STALE = Text("Les réglages ont changé depuis le dernier essai.", "The settings have changed since the last try.")
_NEVER = Text("Pas encore essayée\u00a0: publier attend un essai réussi.", "Not tried yet: publishing waits for a try.")
_AT = Text("Essai du {day} à {time}.", "Tried on {day} at {time}.")


@dataclass(frozen=True, slots=True)
class LeafView:
    """One thing that the answer holds, and where it goes."""

    path: str
    example: str
    goes: str


@dataclass(frozen=True, slots=True)
class ApiView:
    """All of it; `host` is empty when the question asks no API, `header` when there is no token for the host."""

    is_asked: bool = False
    host: str = ""
    header: str = ""
    tone: str = ""  # success, danger, or nothing
    sentence: str = ""
    when: str = ""
    offered: tuple[str, ...] = ()
    leaves: tuple[LeafView, ...] = ()
    targets: tuple[Choice, ...] = ()


NO_API = ApiView()


def api_view(revision: Revision, field: Field, known: Tryable | None, language: Language) -> ApiView:
    """What the inspector shows of the API of a question."""
    if known is None:
        return NO_API
    tried = known.tried
    if tried is None or known.tried_at is None:
        return ApiView(is_asked=True, host=known.host, header=known.header, sentence=_NEVER[language])
    options, at = field.options, clock.local(known.tried_at)
    return ApiView(
        is_asked=True,
        host=known.host,
        header=known.header,
        tone="success" if known.is_ready else "danger" if known.is_current else "",
        sentence=(tried.sentence if known.is_current else _STALE)[language],
        when=_AT[language].format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}"),
        offered=tried.offered[:OFFERED],
        leaves=tuple(
            LeafView(leaf.path, leaf.example, destination_of(leaf.path, options.taken, options.filled))
            for leaf in tried.leaves
        ),
        targets=tuple(
            Choice(str(target.id), to_text(target.label) or target.type.label[language])
            for target in fillable(revision, field.id)
        ),
    )
