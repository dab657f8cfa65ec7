"""Files to attach. They come by their own route, never as text, so nothing is parsed here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random
from typing import Any, ClassVar, NotRequired, TypedDict

from dsbuilder.domain.errors import Invalid
from dsbuilder.domain.fields.base import AskedField, Column, ColumnType, FieldType, Group, Json, Samples, option
from dsbuilder.domain.fields.controls import Attributes, Control
from dsbuilder.domain.fields.entering import Raw
from dsbuilder.domain.fields.operators import FILES
from dsbuilder.domain.fields.survey import SurveyQuestion
from dsbuilder.domain.file_formats import FAMILIES, FORMATS, PHOTO, accept, refusal
from dsbuilder.domain.texts import Language, Text, plural

MAX_FILES, MAX_MEGABYTES, IDENTITY_MEGABYTES = 10, 200, 20
BANK_FAMILIES = ("document_texte", "image_scan")
_SURVEY_TYPES = {"image": ("image_scan",), "audio": ("audio",), "video": ("video",)}


ANY_NATURE, IDENTITY, BANK = "NON_SPECIFIE", "TITRE_IDENTITE", "RIB"
_NOT_IDENTITY = ("nature", ANY_NATURE, BANK)


class FileState(StrEnum):
    """What sets a file apart from one that can simply be read."""

    MARKING = "marking"  # it waits for its watermark, and nobody may read it
    PURGED = "purged"  # it was removed after the decision: only its name is left


class AttachedFile(TypedDict):
    """One file of an answer, as it is kept; `token` is its name in the store."""

    token: str
    name: str
    size: int
    content_type: str
    state: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be attached."""

    families: tuple[str, ...]
    files: int
    megabytes: int


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
    not_in_survey: ClassVar[tuple[str, ...]] = (
        "nature",
        "max_files",
        "max_megabytes",
        "pj_format_families",
        "pj_auto_purge",
    )
    operators = FILES

    @dataclass(frozen=True)
    class Options:
        nature: str = option(
            Text("Nature du document", "Kind of document"),
            Control.RADIO,
            ANY_NATURE,
            choices=(
                (ANY_NATURE, Text("Document quelconque", "Any document")),
                (IDENTITY, Text("Titre d’identité", "Identity document")),
                (BANK, Text("Relevé d’identité bancaire (RIB)", "Bank details (RIB)")),
            ),
        )
        max_files: int = option(
            Text("Nombre de fichiers", "Number of files"), Control.NUMBER, MAX_FILES, between=(1, MAX_FILES)
        )
        max_megabytes: int = option(
            Text("Taille d’un fichier, en Mo", "Size of one file, in MB"),
            Control.NUMBER,
            MAX_MEGABYTES,
            between=(1, MAX_MEGABYTES),
            shown_if=_NOT_IDENTITY,
        )
        pj_format_families: tuple[str, ...] = option(
            Text("Formats acceptés", "Accepted formats"),
            Control.MULTIPLE,
            (),
            Text("Aucun choix : tous les formats usuels.", "None chosen: all usual formats."),
            choices=tuple(FAMILIES.items()),
            shown_if=_NOT_IDENTITY,
        )
        pj_auto_purge: bool = option(
            Text("Supprimer les fichiers après la décision", "Remove the files after the decision"),
            Control.CHECKBOX,
            False,
            Text("Un titre d’identité l’est toujours.", "An identity document always is."),
            shown_if=_NOT_IDENTITY,
        )

    def limits(self, options: Any) -> Limits:
        """What may be attached: pictures as an identity document, documents and pictures as bank details."""
        if options.nature == IDENTITY:
            return Limits((PHOTO,), options.max_files, IDENTITY_MEGABYTES)
        families = options.pj_format_families or (BANK_FAMILIES if options.nature == BANK else ())
        return Limits(families, options.max_files, options.max_megabytes)

    def is_identity(self, options: Any) -> bool:
        """Whether what is attached gets a watermark before anybody may read it, and stays out of exports."""
        return bool(options.nature == IDENTITY)

    def is_purged(self, options: Any) -> bool:
        """Whether what is attached is removed after the decision."""
        return self.is_identity(options) or bool(options.pj_auto_purge)

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
        return (_a_file(self.limits(asked.options), f"exemple{random.getrandbits(64):016x}"),)

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
        limits = self.limits(options)
        return Attributes(accept=accept(limits.families), max_files=limits.files, max_megabytes=limits.megabytes)

    def expects(self, options: Any) -> Text | None:
        """What becomes of the files, where that is not plain."""
        if self.is_identity(options):
            return _IDENTITY.format(limit=IDENTITY_MEGABYTES)
        bank = _BANK if options.nature == BANK else None
        parts = [part for part in (bank, _PURGED if self.is_purged(options) else None) if part is not None]
        return Text(" ".join(part.fr for part in parts), " ".join(part.en for part in parts)) if parts else None

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
        """The names, for exports alone; of an identity document only whether there is one."""
        read = _presence if self.is_identity(asked.options) else lambda value: self.display(value, None) or None
        return [Column("value", asked.label, ColumnType.TEXT, read, sought=False)]

    def mailed(self, asked: AskedField) -> list[Column]:
        """None: a file is read where only who may read it comes."""
        return []

    def samples(self, options: Any, operands: Sequence[Any], today: date) -> Samples:
        """One file, which is nowhere."""
        return Samples(((_a_file(self.limits(options), "0"),),))

    def check(self, present: int, name: str, size: int, sniffed: str | None, options: Any) -> None:
        """Raises Invalid when one more file may not join `present` ones; `sniffed` is the type that its bytes tell."""
        limits = self.limits(options)
        if present >= limits.files:
            raise Invalid(plural(limits.files, _ONE_FILE, _MANY_FILES))
        if size > limits.megabytes * 1_000_000:
            raise Invalid(_TOO_LARGE.format(limit=limits.megabytes))
        if size == 0:
            raise Invalid(
                Text("Ce fichier est vide. Choisissez-en un autre.", "This file is empty. Choose another one.")
            )
        refused = refusal(name, sniffed, limits.families)
        if refused is not None:
            raise Invalid(refused)

    def to_survey(self, options: Any) -> SurveyQuestion:
        """A file; a picture, a sound or a film where only these are accepted."""
        families = _SURVEY_TYPES["image"] if self.is_identity(options) else options.pj_format_families
        return SurveyQuestion(next((name for name, only in _SURVEY_TYPES.items() if only == families), "file"))

    def from_survey(self, question: SurveyQuestion) -> Any:
        """One file, as XLSForm takes no more."""
        if question.type not in ("file", *_SURVEY_TYPES):
            return None
        return self.Options(max_files=1, pj_format_families=_SURVEY_TYPES.get(question.type, ()))


def _a_file(limits: Limits, token: str) -> AttachedFile:
    """One that could have come."""
    families = set(limits.families)
    ending, form = next((e, f) for e, f in FORMATS.items() if not families or families.intersection(f.families))
    return {"token": token, "name": f"exemple.{ending}", "size": 48_000, "content_type": form.content_type}


def _presence(value: Any) -> str:
    return "présent" if value else "absent"


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
_IDENTITY = Text(
    "Une photo ou une numérisation lisible, en JPEG ou PNG, {limit} Mo au plus. Un filigrane y est apposé avant que "
    "quiconque puisse la lire, et elle est supprimée après la décision.",
    "A readable photograph or scan, in JPEG or PNG, at most {limit} MB. A watermark is put on it before anybody can read "
    "it, and it is removed after the decision.",
)
_BANK = Text("Un relevé d’identité bancaire : un document ou une image.", "Bank details: a document or an image.")
_PURGED = Text("Le fichier est supprimé après la décision.", "The file is removed after the decision.")
