"""Which files may be attached: families of formats, their extensions and content types, and what a file really is."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from dsbuilder.domain.texts import Text

FAMILIES: dict[str, Text] = {
    "document_texte": Text("Documents (PDF, Word, texte)", "Documents (PDF, Word, text)"),
    "tableur": Text("Tableurs", "Spreadsheets"),
    "presentation": Text("Présentations", "Presentations"),
    "donnees": Text("Données (XML, JSON, CSV, plans)", "Data (XML, JSON, CSV, drawings)"),
    "image_scan": Text("Images et numérisations (dont PDF)", "Images and scans (PDF included)"),
    "audio": Text("Sons", "Sounds"),
    "video": Text("Vidéos", "Videos"),
    "archive": Text("Archives (ZIP, 7z)", "Archives (ZIP, 7z)"),
}
PHOTO = "photo"  # no family that an administrator chooses: the pictures that an identity document may be


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its content type, and the types that its bytes may tell when they tell any."""

    content_type: str
    families: tuple[str, ...]
    told: frozenset[str]


_ZIP, _OLE, _XML = "application/zip", "application/x-ole-storage", "application/xml"
_TEXT: tuple[str, ...] = ()  # nothing in the bytes marks a text
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


def _format(content_type: str, families: str, *told: str) -> Format:
    return Format(content_type, tuple(families.split()), frozenset(told))


FORMATS: dict[str, Format] = {
    "pdf": _format("application/pdf", "document_texte image_scan", "application/pdf"),
    "doc": _format("application/msword", "document_texte", "application/msword", _OLE),
    "docx": _format(
        f"{_OFFICE}.wordprocessingml.document", "document_texte", f"{_OFFICE}.wordprocessingml.document", _ZIP
    ),
    "odt": _format(f"{_ODF}.text", "document_texte", f"{_ODF}.text", _ZIP),
    "rtf": _format("application/rtf", "document_texte", "application/rtf", "text/rtf"),
    "txt": _format("text/plain", "document_texte"),
    "md": _format("text/markdown", "document_texte"),
    "xls": _format("application/vnd.ms-excel", "tableur", "application/vnd.ms-excel", "application/msword", _OLE),
    "xlsx": _format(f"{_OFFICE}.spreadsheetml.sheet", "tableur", f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "xlsm": _format(
        "application/vnd.ms-excel.sheet.macroenabled.12", "tableur", f"{_OFFICE}.spreadsheetml.sheet", _ZIP
    ),
    "ods": _format(f"{_ODF}.spreadsheet", "tableur", f"{_ODF}.spreadsheet", _ZIP),
    "csv": _format("text/csv", "tableur donnees"),
    "ppt": _format(
        "application/vnd.ms-powerpoint", "presentation", "application/vnd.ms-powerpoint", "application/msword", _OLE
    ),
    "pptx": _format(
        f"{_OFFICE}.presentationml.presentation", "presentation", f"{_OFFICE}.presentationml.presentation", _ZIP
    ),
    "odp": _format(f"{_ODF}.presentation", "presentation", f"{_ODF}.presentation", _ZIP),
    "odg": _format(f"{_ODF}.graphics", "presentation", f"{_ODF}.graphics", _ZIP),
    "xml": _format("application/xml", "donnees", _XML, "text/xml"),
    "json": _format("application/json", "donnees"),
    "geojson": _format("application/geo+json", "donnees"),
    "gpx": _format("application/gpx+xml", "donnees", _XML, "text/xml"),
    "kml": _format("application/vnd.google-earth.kml+xml", "donnees", _XML, "text/xml"),
    "dwg": _format("image/vnd.dwg", "donnees", "image/vnd.dwg"),
    "dxf": _format("image/vnd.dxf", "donnees"),
    "jpg": _format("image/jpeg", "image_scan photo", "image/jpeg"),
    "jpeg": _format("image/jpeg", "image_scan photo", "image/jpeg"),
    "jfif": _format("image/jpeg", "image_scan", "image/jpeg"),
    "png": _format("image/png", "image_scan photo", "image/png"),
    "gif": _format("image/gif", "image_scan", "image/gif"),
    "webp": _format("image/webp", "image_scan", "image/webp"),
    "heic": _format("image/heic", "image_scan", "image/heic", "image/heif"),
    "heif": _format("image/heif", "image_scan", "image/heic", "image/heif"),
    "tif": _format("image/tiff", "image_scan", "image/tiff"),
    "tiff": _format("image/tiff", "image_scan", "image/tiff"),
    "bmp": _format("image/bmp", "image_scan", "image/bmp"),
    "mp3": _format("audio/mpeg", "audio", "audio/mpeg"),
    "m4a": _format("audio/mp4", "audio", "audio/mp4", "video/mp4", "audio/m4a"),
    "wav": _format("audio/wav", "audio", "audio/x-wav", "audio/wav"),
    "ogg": _format("audio/ogg", "audio", "audio/ogg"),
    "flac": _format("audio/flac", "audio", "audio/x-flac", "audio/flac"),
    "mp4": _format("video/mp4", "video", "video/mp4"),
    "mov": _format("video/quicktime", "video", "video/quicktime"),
    "avi": _format("video/x-msvideo", "video", "video/x-msvideo"),
    "webm": _format("video/webm", "video", "video/webm", "video/x-matroska"),
    "mkv": _format("video/x-matroska", "video", "video/x-matroska", "video/webm"),
    "mpg": _format("video/mpeg", "video", "video/mpeg"),
    "zip": _format("application/zip", "archive", _ZIP),
    "7z": _format("application/x-7z-compressed", "archive", "application/x-7z-compressed"),
    "rar": _format("application/vnd.rar", "archive", "application/x-rar-compressed", "application/vnd.rar"),
}
"""By extension. Programs, pages and drawings that hold scripts (html, svg, exe...) are in none."""

_HAVE_NO_MARK = frozenset(name for name, found in FORMATS.items() if not found.told)
_CHANCE = frozenset({"image/bmp"})  # its mark is the letters BM, with which a text may begin
_MAY_LACK_A_MARK = _HAVE_NO_MARK | {
    "xml",
    "gpx",
    "kml",
    "rtf",
    "mpg",
    "doc",
    "xls",
    "ppt",
    "mp3",
    "dwg",
    "avi",
    "tif",
    "tiff",
}


def extension_of(name: str) -> str:
    """The extension of a file's name, in lower case, empty without one."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower().strip() if dot and stem else ""


def content_type_of(name: str) -> str:
    """The content type that a file is served with, by its name alone once it was accepted."""
    found = FORMATS.get(extension_of(name))
    return found.content_type if found else "application/octet-stream"


def extensions_of(families: Collection[str]) -> tuple[str, ...]:
    """The extensions of the families, of all without any."""
    return _extensions_of(frozenset(families))


@lru_cache(maxsize=256)  # asked for each place for files of each form
def _extensions_of(families: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name, found in FORMATS.items() if not families or families & set(found.families))


def accept(families: Collection[str]) -> str:
    """The `accept` attribute of an input."""
    return _accept(frozenset(families))


@lru_cache(maxsize=256)
def _accept(families: frozenset[str]) -> str:
    return ",".join(f".{extension}" for extension in _extensions_of(families))


def refusal(name: str, sniffed: str | None, families: Collection[str]) -> Text | None:
    """Why a file of that name, whose bytes tell `sniffed` (None: nothing), is not accepted; None when it is."""
    extension = extension_of(name)
    if extension not in extensions_of(families):
        return _not_accepted(families)
    found = FORMATS[extension]
    unmarked = sniffed is None or (sniffed in _CHANCE and extension in _HAVE_NO_MARK)
    agrees = extension in _MAY_LACK_A_MARK if unmarked else sniffed in found.told
    return None if agrees else _IS_NOT.format(extension=extension.upper())


def honest_mark(name: str) -> str | None:
    """What the bytes of an honest file of that name may tell, None when nothing must."""
    found = FORMATS.get(extension_of(name))
    return min(found.told) if found and found.told else None


def _not_accepted(families: Collection[str]) -> Text:
    if not families:
        return _UNUSUAL
    if PHOTO in families:
        return _NO_PHOTO
    listed = [FAMILIES[family] for family in FAMILIES if family in families]
    return _OTHER_FAMILY.format(fr=", ".join(t.fr for t in listed), en=", ".join(t.en for t in listed))


_UNUSUAL = Text(
    "Ce format n’est pas accepté. Joignez par exemple un PDF, une image JPEG ou PNG, ou un document bureautique.",
    "This format is not accepted. Attach a PDF, a JPEG or PNG image, or an office document.",
)
_NO_PHOTO = Text(
    "Seules les images JPEG et PNG sont acceptées ici. Photographiez ou numérisez le document, par exemple carte.jpg.",
    "Only JPEG and PNG images are accepted here. Photograph or scan the document, such as card.jpg.",
)
_OTHER_FAMILY = Text(
    "Ce format n’est pas accepté ici. Formats acceptés : {fr}.", "This format is not accepted here. Accepted: {en}."
)
_IS_NOT = Text(
    "Ce fichier n’est pas un vrai {extension} : son contenu est d’un autre format. "
    "Enregistrez-le à nouveau en {extension}, puis joignez-le.",
    "This file is not a real {extension}: its content is of another format. "
    "Save it again as {extension}, then attach it.",
)
