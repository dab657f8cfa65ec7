"""What publishing a form would do to the drafts in progress, counted before it is done."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dsbuilder.domain.answering import split_path
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.markup import to_text
from dsbuilder.domain.procedure import FieldId, Revision
from dsbuilder.domain.rebase import Fate, Rebase
from dsbuilder.domain.texts import Text, in_figures, plural


@dataclass(frozen=True, slots=True)
class QuestionEffect:
    """How many answers to one question would meet each fate."""

    field: FieldId
    label: str
    converted: int
    to_correct: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What would become of the drafts. `read` of the `drafts` were looked at, the newest; all of them when they equal."""

    drafts: int
    read: int
    touched: int
    to_correct: int
    set_aside: int
    questions: tuple[QuestionEffect, ...]
    new_required: int
    deposited: int

    def with_untouched(self, count: int) -> "Effects":
        """The same, besides as many drafts that need not be read, since nothing that they answer changes."""
        return replace(self, read=self.read + count)

    @property
    def sentences(self) -> tuple[Text, ...]:
        """The same for people, what concerns them most first."""
        counted = [
            *([plural(self.drafts, *_DRAFTS)] if self.drafts else []),
            *(
                []
                if self.read == self.drafts
                else [_SAMPLE.format(read=in_figures(self.read), drafts=in_figures(self.drafts))]
            ),
            *([plural(self.to_correct, *_TO_CORRECT)] if self.to_correct else []),
            *([plural(self.set_aside, *_SET_ASIDE)] if self.set_aside else []),
            *([] if self.touched or not self.drafts else [_UNTOUCHED]),
            *([plural(self.new_required, *_NEW)] if self.new_required and self.drafts else []),
        ]
        deposited = [plural(self.deposited, *_DEPOSITED)] if self.deposited else []
        return (*counted, *deposited) or (_NOBODY,)


def effects(
    former: Iterable[Revision], new: Revision, drafts: Iterable[tuple[Rebase, Answers]], *, total: int, deposited: int
) -> Effects:
    """Count what becomes of `drafts`, each with its way to `new` from its own form, one of `former`."""
    fates: defaultdict[FieldId, Counter[Fate]] = defaultdict(Counter)
    met: Counter[Fate] = Counter()
    read = touched = 0
    for way, answers in drafts:
        found = way.of(answers).fates
        read += 1
        touched += bool(found)
        met.update(set(found.values()))
        for path, fate in found.items():
            fates[split_path(path)[0]][fate] += 1
    labels = {field.id: to_text(field.label) for form in (*former, new) for field in form.walk()}
    return Effects(
        drafts=total,
        read=read,
        touched=touched,
        to_correct=met[Fate.TO_CORRECT],
        set_aside=met[Fate.SET_ASIDE],
        questions=tuple(_question(id, labels[id], fates[id]) for id in labels if id in fates),
        new_required=_new_required(former, new),
        deposited=deposited,
    )


def _question(id: FieldId, label: str, fates: Counter[Fate]) -> QuestionEffect:
    return QuestionEffect(id, label, fates[Fate.CONVERTED], fates[Fate.TO_CORRECT], fates[Fate.SET_ASIDE])


def _new_required(former: Iterable[Revision], new: Revision) -> int:
    known = {field.id for form in former for field in form.walk()}
    return sum(field.required and field.id not in known for field in new.walk())


_DRAFTS = (
    Text(
        "{count} brouillon passera au nouveau formulaire quand son auteur le rouvrira.",
        "{count} draft will take the new form when its author opens it again.",
    ),
    Text(
        "{count} brouillons passeront au nouveau formulaire quand leur auteur les rouvrira.",
        "{count} drafts will take the new form when their authors open them again.",
    ),
)
_SAMPLE = Text(
    "Ce qui suit est compté sur les {read} brouillons les plus récents, parmi {drafts}.",
    "What follows is counted on the {read} newest drafts, out of {drafts}.",
)
_TO_CORRECT = (
    Text(
        "{count} brouillon a une réponse à revoir : elle reste affichée à côté de la question.",
        "{count} draft has an answer to look at again: it stays shown beside the question.",
    ),
    Text(
        "{count} brouillons ont des réponses à revoir : elles restent affichées à côté de la question.",
        "{count} drafts have answers to look at again: they stay shown beside the question.",
    ),
)
_SET_ASIDE = (
    Text(
        "{count} brouillon a répondu à une question retirée : sa réponse est mise de côté, et il peut la relire.",
        "{count} draft has answered a question that is removed: the answer is set aside, and stays readable.",
    ),
    Text(
        "{count} brouillons ont répondu à des questions retirées : leurs réponses sont mises de côté et restent lisibles.",
        "{count} drafts have answered questions that are removed: the answers are set aside, and stay readable.",
    ),
)
_NOBODY = Text("Aucun dossier n’est commencé ni déposé.", "No dossier is started or submitted.")
_UNTOUCHED = Text(
    "Toutes les réponses déjà données restent telles quelles.", "All answers given so far stay as they are."
)
_NEW = (
    Text("{count} nouvelle question obligatoire y sera à remplir.", "{count} new required question must be answered."),
    Text(
        "{count} nouvelles questions obligatoires y seront à remplir.",
        "{count} new required questions must be answered.",
    ),
)
_DEPOSITED = (
    Text(
        "{count} dossier déposé garde ses questions et ses réponses.",
        "{count} submitted dossier keeps its questions and answers.",
    ),
    Text(
        "{count} dossiers déposés gardent leurs questions et leurs réponses.",
        "{count} submitted dossiers keep their questions and answers.",
    ),
)
