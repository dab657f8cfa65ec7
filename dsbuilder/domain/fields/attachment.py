"""Files to attach. They come by their own route, never as text, so nothing is parsed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypedDict

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.operators import FILES
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.file_formats import FAMILIES, FORMATS, accept, refusal
from dsbuilder.domain.texts import Language, Text, plural

MAX_FILES, MAX_MEGABYTES = 10, 200
_SURVEY_TYPES = {"image": ("image_scan",), "audio": ("audio",), "video": ("video",)}


class AttachedFile(TypedDict):
    """One file of an answer, as it is kept; `token` is its name in the store."""

    token: str
    name: str
    size: int
    content_type: str


class AttachmentField(FieldType):
    kind = "piece_justificative"
    api_name = "PieceJustificativeChampDescriptor"
    label = Text("Pièce à joindre", "Attachment")
    help = Text(
        "Un ou plusieurs fichiers : un justificatif, un plan, une photo.",
        "One or more files: a proof, a plan, a photo.",
    )
    group = Group.FILES
    icon = "paperclip"
    control = Control.FILES
    seconds = 180
    not_in_survey = ("max_files", "max_megabytes", "pj_format_families")
    operators = FILES

    @dataclass(frozen=True)
    class Options:
        max_files: int = option(
            Text("Nombre de fichiers", "Number of files"), Control.NUMBER, MAX_FILES, between=(1, MAX_FILES)
        )
        max_megabytes: int = option(
            Text("Taille d’un fichier, en Mo", "Size of one file, in MB"),
            Control.NUMBER,
            MAX_MEGABYTES,
            between=(1, MAX_MEGABYTES),
        )
        pj_format_families: tuple[str, ...] = option(
            Text("Formats acceptés", "Accepted formats"),
            Control.MULTIPLE,
            (),
            Text("Aucun choix : tous les formats usuels.", "None chosen: all usual formats."),
            choices=tuple(FAMILIES.items()),
        )

    def parse(self, raw: Raw, options: Any) -> None:
        """Blank only: a browser cannot name a file into an answer."""
        if raw not in ("", []):
            raise Invalid(
                Text(
                    "Ajoutez le fichier avec le bouton « Ajouter un fichier ».",
                    "Add the file with the “Add a file” button.",
                )
            )

    def near_misses(self, options: Any) -> tuple[Raw, ...]:
        """The name of a file is not the file."""
        return ("plan.pdf",)

    def made(self, asked: AskedField, random: Random, today: date) -> tuple[AttachedFile, ...]:
        """One file, which lies nowhere."""
        families = set(asked.options.pj_format_families)
        ending, form = next((e, f) for e, f in FORMATS.items() if not families or families.intersection(f.families))
        token = f"exemple{random.getrandbits(64):016x}"
        return ({"token": token, "name": f"exemple.{ending}", "size": 48_000, "content_type": form.content_type},)

    def missing(self, label: str) -> Text:
        """A file is wanted."""
        return Text("Joignez un fichier à « {label} ».", "Attach a file to “{label}”.").format(label=label)

    def to_json(self, value: tuple[AttachedFile, ...] | None) -> Json:
        """A list of what is known of each file."""
        return None if value is None else [dict(file) for file in value]

    def from_json(self, json: Json) -> tuple[AttachedFile, ...] | None:
        """The inverse of `to_json`."""
        files = json if isinstance(json, list) else []
        return tuple(file for file in files if _is_file(file)) or None

    def attributes(self, options: Any) -> Attributes:
        """What may be chosen, and how much."""
        return Attributes(
            accept=accept(options.pj_format_families),
            max_files=options.max_files,
            max_megabytes=options.max_megabytes,
        )

    def as_typed(self, value: tuple[AttachedFile, ...] | None) -> str:
        """Nothing is typed."""
        return ""

    def chosen(self, value: tuple[AttachedFile, ...] | None) -> tuple[str, ...]:
        """Nothing is chosen."""
        return ()

    def display(self, value: tuple[AttachedFile, ...] | None, options: Any, language: Language = "fr") -> str:
        """The names, a comma between."""
        return ", ".join(file["name"] for file in value or ())

    def columns(self, asked: AskedField) -> list[Column]:
        """The names, for exports alone."""
        return [
            Column("value", asked.label, ColumnType.TEXT, lambda value: self.display(value, None) or None, sought=False)
        ]

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One file, which is nowhere."""
        return Samples(((AttachedFile(token="0", name="justificatif.pdf", size=1, content_type="application/pdf"),),))

    def check(self, present: int, name: str, size: int, sniffed: str | None, options: Any) -> None:
        """Raises Invalid when one more file may not join `present` ones; `sniffed` is the type that its bytes tell."""
        if present >= options.max_files:
            raise Invalid(plural(options.max_files, _ONE_FILE, _MANY_FILES))
        if size > options.max_megabytes * 1_000_000:
            raise Invalid(_TOO_LARGE.format(limit=options.max_megabytes))
        if size == 0:
            raise Invalid(
                Text("Ce fichier est vide. Choisissez-en un autre.", "This file is empty. Choose another one.")
            )
        refused = refusal(name, sniffed, options.pj_format_families)
        if refused is not None:
            raise Invalid(refused)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A file; a picture, a sound or a film where only these are accepted."""
        families = options.pj_format_families
        return SurveyQuestion(next((name for name, only in _SURVEY_TYPES.items() if only == families), "file"))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """One file, as XLSForm takes no more."""
        if question.type not in ("file", *_SURVEY_TYPES):
            return None
        return self.Options(max_files=1, pj_format_families=_SURVEY_TYPES.get(question.type, ()))


def _is_file(json: Json) -> bool:
    kinds = {"token": str, "name": str, "size": int, "content_type": str}
    return isinstance(json, dict) and all(isinstance(json.get(key), kind) for key, kind in kinds.items())


_ONE_FILE = Text(
    "Un seul fichier est accepté ici. Retirez le précédent pour en ajouter un autre.",
    "Only one file is accepted here. Remove the previous one to add another.",
)
_MANY_FILES = Text(
    "{count} fichiers au plus sont acceptés ici. Retirez-en un pour en ajouter un autre.",
    "At most {count} files are accepted here. Remove one to add another.",
)
_TOO_LARGE = Text(
    "Ce fichier dépasse {limit} Mo. Réduisez-le ou partagez-le en plusieurs fichiers.",
    "This file is over {limit} MB. Make it smaller or split it into several files.",
)
