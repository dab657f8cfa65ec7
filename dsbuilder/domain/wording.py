"""The six mails that administrators may word themselves: when each goes out, what it may name, what is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dsbuilder.domain.dossier import Event
from dsbuilder.domain.errors import Refused
from dsbuilder.domain.fields.entering import clean, one_line
from dsbuilder.domain.procedure import Revision
from dsbuilder.domain.tag_values import field_of, field_tags, own_tags
from dsbuilder.domain.tags import Moment, Tag, Template, Use, Vocabulary, template_from_json, template_to_json
from dsbuilder.domain.texts import Language, Text, in_figures

MAX_SUBJECT = 300  # characters as typed; what goes out is cut shorter
MAX_BODY = 20_000

WORDED: dict[Event, Moment] = {
    Event.SUBMIT: Moment.SUBMITTED,
    Event.START_INSTRUCTION: Moment.INSTRUCTION_STARTED,
    Event.ACCEPT: Moment.DECIDED,
    Event.REFUSE: Moment.DECIDED,
    Event.DISMISS: Moment.DECIDED,
    Event.REOPEN: Moment.INSTRUCTION_STARTED,
}
MAIL_LABELS: dict[Event, Text] = {
    Event.SUBMIT: Text("Accusé de dépôt", "Acknowledgement of receipt"),
    Event.START_INSTRUCTION: Text("Passage en instruction", "Instruction started"),
    Event.ACCEPT: Text("Acceptation", "Acceptance"),
    Event.REFUSE: Text("Refus", "Refusal"),
    Event.DISMISS: Text("Classement sans suite", "Closing without action"),
    Event.REOPEN: Text("Reprise de l’instruction", "Instruction reopened"),
}
SENT_WHEN: dict[Event, Text] = {
    Event.SUBMIT: Text("Part quand un dossier est déposé.", "Goes out when a dossier is submitted."),
    Event.START_INSTRUCTION: Text(
        "Part quand un agent commence l’instruction.", "Goes out when an agent starts instruction."
    ),
    Event.ACCEPT: Text("Part quand un dossier est accepté.", "Goes out when a dossier is accepted."),
    Event.REFUSE: Text("Part quand un dossier est refusé.", "Goes out when a dossier is refused."),
    Event.DISMISS: Text(
        "Part quand un dossier est classé sans suite.", "Goes out when a dossier is closed without action."
    ),
    Event.REOPEN: Text(
        "Part quand une décision est retirée et que l’instruction reprend.",
        "Goes out when a decision is withdrawn and instruction starts again.",
    ),
}

_NO_SUBJECT = Text("Écrivez l’objet de ce courriel.", "Write the subject of this mail.")
_NO_BODY = Text("Écrivez le texte de ce courriel.", "Write the text of this mail.")
_TOO_LONG = Text(
    "Ce texte est trop long\u00a0: {limit} caractères au plus, il en a {length}. Raccourcissez-le.",
    "This text is too long: {limit} characters at most, it has {length}. Shorten it.",
)
_UNKNOWN = Text(
    "La balise --{name}-- n’existe pas. Choisissez-en une dans la liste.",
    "There is no tag --{name}--. Choose one in the list.",
)
_UNKNOWN_LIKE = Text(
    "La balise --{name}-- n’existe pas. Vouliez-vous écrire --{nearest}--\u00a0?",
    "There is no tag --{name}--. Did you mean --{nearest}--?",
)
_LATER: dict[Moment, Text] = {
    Moment.INSTRUCTION_STARTED: Text(
        "La balise {tag} n’a pas encore de valeur quand ce courriel part\u00a0: elle en a une à partir de "
        "l’instruction. Retirez-la.",
        "The tag {tag} has no value yet when this mail goes out: it has one once instruction has started. Take it out.",
    ),
    Moment.DECIDED: Text(
        "La balise {tag} n’a pas encore de valeur quand ce courriel part\u00a0: elle en a une à partir de la "
        "décision. Retirez-la.",
        "The tag {tag} has no value yet when this mail goes out: it has one once a decision is made. Take it out.",
    ),
}
_GONE_EVERYWHERE = Text(
    "La balise {tag} nomme une question qui n’est plus dans le formulaire. Retirez-la.",
    "The tag {tag} names a question that is no longer in the form. Take it out.",
)
_GONE_FROM_DRAFT = Text(
    "La balise {tag} nomme une question que votre formulaire en préparation n’a plus. Retirez-la, ou remettez la "
    "question.",
    "The tag {tag} names a question that your form in preparation no longer has. Take it out, or put the question back.",
)
_NOT_PUBLISHED = Text(
    "La balise {tag} nomme une question que le formulaire publié n’a pas. Publiez d’abord vos modifications.",
    "The tag {tag} names a question that the published form does not have. Publish your changes first.",
)
_NOT_IN_EARLIER = Text(
    "La balise {tag} nomme une question que des dossiers en cours n’ont pas eue\u00a0: ils répondent à une version "
    "précédente du formulaire. Attendez qu’ils soient traités, ou retirez-la.",
    "The tag {tag} names a question that dossiers in progress were not asked: they answer an earlier version of the "
    "form. Wait until they are decided, or take it out.",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A mail as an administrator worded it, in the language of that person."""

    subject: Template
    body: Template
    language: Language


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that a mail must fit: the draft, the published one if any, earlier ones with dossiers in progress."""

    draft: Revision
    published: Revision | None = None
    earlier: Sequence[Revision] = ()


def wording_to_json(wording: Wording) -> dict[str, Any]:
    """A wording as it is kept."""
    return {"subject": template_to_json(wording.subject), "body": template_to_json(wording.body)}


def wording_from_json(json: dict[str, Any], language: str) -> Wording:
    """The inverse."""
    subject, body = template_from_json(json["subject"]), template_from_json(json["body"])
    return Wording(subject, body, "en" if language == "en" else "fr")


# -- what may be named ---------------------------------------------------------------------------------------------
class MailTags:
    """The tags of one mail: those offered, and those known of elsewhere, so that a refusal can say what is wrong."""

    def __init__(self, event: Event, forms: Forms, kept: Wording | None, language: Language) -> None:
        self.moment, self._forms = WORDED[event], forms
        every = [forms.draft, *([forms.published] if forms.published else []), *forms.earlier]
        self._ids = [{tag.id for tag in field_tags(form)} for form in every]
        known = {tag.id: tag for form in reversed(every) for tag in field_tags(form)}  # named as the draft does
        in_order = [tag.id for tag in field_tags(forms.draft)]
        known = {id: known[id] for id in (*in_order, *known)}
        self.vocabulary = Vocabulary([*own_tags(), *_gone(kept, known), *known.values()], language)
        self.offered = [tag for tag in self.vocabulary.tags.values() if self.refusal(tag.id) is None]

    def refusal(self, id: str) -> Text | None:
        """Why this mail cannot hold the tag."""
        tag = self.vocabulary.tags[id]
        said = _LATER[tag.since] if tag.since > self.moment else None
        if said is None and field_of(id) is not None:
            said = self._missing(id)
        return None if said is None else said.format(tag=self.vocabulary.tag(id))

    def _missing(self, id: str) -> Text | None:
        in_draft, *others = (id in ids for ids in self._ids)
        in_published = others.pop(0) if self._forms.published else in_draft
        if not in_draft:
            return _GONE_FROM_DRAFT if in_published else _GONE_EVERYWHERE
        return _NOT_PUBLISHED if not in_published else None if all(others) else _NOT_IN_EARLIER

    def checked(self, text: str, path: str, limit: int, missing: Text) -> Template:
        """The template that a text means. Raises Refused."""
        if (length := len(text.strip())) > limit:
            raise Refused(_TOO_LONG.format(limit=in_figures(limit), length=in_figures(length)), path)
        written = one_line(text) if path == "subject" else clean(text)
        if not written:
            raise Refused(missing, path)
        template = self.vocabulary.parse(written)
        for name in self.vocabulary.unknown(template):
            nearest = self.vocabulary.nearest(name)
            raise Refused((_UNKNOWN_LIKE if nearest else _UNKNOWN).format(name=name[:200], nearest=nearest), path)
        for part in template:
            said = self.refusal(part.id) if isinstance(part, Use) else None
            if said is not None:
                raise Refused(said, path)
        return template

    def wording(self, subject: str, body: str) -> Wording:
        """What an administrator entered, checked. Raises Refused, with `subject` or `body` as the path."""
        return Wording(
            self.checked(subject, "subject", MAX_SUBJECT, _NO_SUBJECT),
            self.checked(body, "body", MAX_BODY, _NO_BODY),
            self.vocabulary.language,
        )


def _gone(kept: Wording | None, known: dict[str, Tag]) -> list[Tag]:
    """The tags that the mail still holds of questions that no form has."""
    if kept is None:
        return []
    uses = [part for part in (*kept.subject, *kept.body) if isinstance(part, Use)]
    numbers = ((use, field_of(use.id)) for use in uses if use.id not in known)
    return [Tag(use.id, Text(use.label, use.label), code=str(field)) for use, field in numbers if field is not None]
