"""The site map: every page with its address, audience and title, on one screen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

import reflex as rx

from dsbuilder.components.words import localised, speaking
from dsbuilder.domain.texts import LANGUAGES, Language, Text
from dsbuilder.pages.account.outbox import outbox
from dsbuilder.pages.account.profile import profile
from dsbuilder.pages.administrator.editor import editor
from dsbuilder.pages.administrator.mail import mail as procedure_mail
from dsbuilder.pages.administrator.mails import mails as procedure_mails
from dsbuilder.pages.administrator.overview import overview
from dsbuilder.pages.administrator.preview import preview
from dsbuilder.pages.administrator.procedures import procedures
from dsbuilder.pages.administrator.publishing import publishing
from dsbuilder.pages.applicant.checking import checking_page
from dsbuilder.pages.applicant.dossier import dossier_page
from dsbuilder.pages.applicant.dossiers import dossiers_page
from dsbuilder.pages.applicant.form import form_page
from dsbuilder.pages.applicant.identity import identity_page
from dsbuilder.pages.applicant.thanks import thanks_page
from dsbuilder.pages.instructor.dossier import dossier as instructed_dossier
from dsbuilder.pages.instructor.dossiers import dossiers as instructed_dossiers
from dsbuilder.pages.instructor.procedures import procedures as instructed_procedures
from dsbuilder.pages.public import not_found
from dsbuilder.pages.public.accessibility import accessibility
from dsbuilder.pages.public.home import home
from dsbuilder.pages.public.personal_data import personal_data
from dsbuilder.state.administrator.editor import EditorState
from dsbuilder.state.administrator.mail import ProcedureMailState
from dsbuilder.state.administrator.mails import ProcedureMailsState
from dsbuilder.state.administrator.overview import OverviewState
from dsbuilder.state.administrator.preview import PreviewState
from dsbuilder.state.administrator.procedures import ProceduresState
from dsbuilder.state.administrator.publishing import PublishingState
from dsbuilder.state.applicant.checking import CheckingState
from dsbuilder.state.applicant.dossier import DossierPageState
from dsbuilder.state.applicant.dossiers import MyDossiersState
from dsbuilder.state.applicant.form import FormState
from dsbuilder.state.applicant.identity import IdentityState
from dsbuilder.state.applicant.thanks import ThanksState
from dsbuilder.state.instructor.dossier import InstructionState
from dsbuilder.state.instructor.dossiers import DossiersState
from dsbuilder.state.instructor.procedures import MyProceduresState
from dsbuilder.state.outbox import OutboxState
from dsbuilder.state.profile import ProfileState
from dsbuilder.state.session import SessionState


class Audience(StrEnum):
    """For whom a page is drawn. It grants nothing: every action checks the right itself."""

    EVERYONE = "everyone"
    ACCOUNT = "account"
    APPLICANT = "applicant"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, compiled once per language."""

    path: str
    build: Callable[[], rx.Component]
    title: Text
    audience: Audience = Audience.ACCOUNT
    on_load: Sequence[rx.event.EventHandler] = ()
    description: Text | None = None
    live_title: rx.Var[str] | None = None  # what the state knows better, such as a number


PAGES: tuple[Page, ...] = (
    Page(
        "/",
        home,
        Text(fr="dsbuilder : vos démarches en ligne", en="dsbuilder: your procedures online"),
        Audience.EVERYONE,
        on_load=(SessionState.open_page,),
        description=Text(
            fr="Mettez une démarche en ligne en quelques minutes, recevez les dossiers, décidez ensemble.",
            en="Put a procedure online in minutes, receive the dossiers, decide together.",
        ),
    ),
    Page(
        "/accessibilite",
        accessibility,
        Text(fr="Accessibilité", en="Accessibility"),
        Audience.EVERYONE,
        on_load=(SessionState.open_page,),
    ),
    Page(
        "/donnees-personnelles",
        personal_data,
        Text(fr="Données personnelles", en="Personal data"),
        Audience.EVERYONE,
        on_load=(SessionState.open_page,),
    ),
    Page("/profil", profile, Text("Mon compte", "My account"), on_load=(ProfileState.open_profile,)),
    Page("/boite-d-envoi", outbox, Text("Boîte d’envoi", "Outbox"), on_load=(OutboxState.open_outbox,)),
    Page(
        "/admin",
        procedures,
        Text("Mes démarches", "My procedures"),
        Audience.ADMINISTRATOR,
        on_load=(ProceduresState.open_list,),
    ),
    Page(
        "/admin/demarches/[number]",
        overview,
        Text("Démarche", "Procedure"),
        Audience.ADMINISTRATOR,
        on_load=(OverviewState.open_overview,),
        live_title=OverviewState.title,
    ),
    Page(
        "/admin/demarches/[number]/formulaire",
        editor,
        Text("Formulaire", "Form"),
        Audience.ADMINISTRATOR,
        on_load=(EditorState.open_editor,),
        live_title=EditorState.title,
    ),
    Page(
        "/admin/demarches/[number]/apercu",
        preview,
        Text("Aperçu", "Preview"),
        Audience.ADMINISTRATOR,
        on_load=(PreviewState.open_preview,),
        live_title=PreviewState.title,
    ),
    Page(
        "/admin/demarches/[number]/publier",
        publishing,
        Text("Publier", "Publish"),
        Audience.ADMINISTRATOR,
        on_load=(PublishingState.open_publishing,),
    ),
    Page(
        "/admin/demarches/[number]/courriels",
        procedure_mails,
        Text("Courriels", "Mails"),
        Audience.ADMINISTRATOR,
        on_load=(ProcedureMailsState.open_mails,),
    ),
    Page(
        "/admin/demarches/[number]/courriels/[mail]",
        procedure_mail,
        Text("Courriel", "Mail"),
        Audience.ADMINISTRATOR,
        on_load=(ProcedureMailState.open_mail,),
        live_title=ProcedureMailState.label,
    ),
    Page(
        "/instruction",
        instructed_procedures,
        Text("Démarches à instruire", "Procedures to examine"),
        Audience.INSTRUCTOR,
        on_load=(MyProceduresState.open_desk,),
    ),
    Page(
        "/instruction/[number]",
        instructed_dossiers,
        Text("Dossiers", "Dossiers"),
        Audience.INSTRUCTOR,
        on_load=(DossiersState.open_list,),
        live_title=DossiersState.title,
    ),
    Page(
        "/instruction/[number]/dossiers/[dossier]",
        instructed_dossier,
        Text("Dossier", "Dossier"),
        Audience.INSTRUCTOR,
        on_load=(InstructionState.open_dossier,),
        live_title=InstructionState.dossier.title,
    ),
    Page(
        "/dossiers",
        dossiers_page,
        Text(fr="Mes dossiers", en="My dossiers"),
        Audience.APPLICANT,
        on_load=(MyDossiersState.open_page,),
    ),
    Page(
        "/dossiers/[number]",
        dossier_page,
        Text(fr="Votre dossier", en="Your dossier"),
        Audience.APPLICANT,
        on_load=(DossierPageState.open_page,),
        live_title=DossierPageState.title,
    ),
    Page(
        "/dossiers/[number]/identite",
        identity_page,
        Text(fr="Personne concernée", en="Person concerned"),
        Audience.APPLICANT,
        on_load=(IdentityState.open_page,),
    ),
    Page(
        "/dossiers/[number]/verifier",
        checking_page,
        Text(fr="Vérifiez vos réponses", en="Check your answers"),
        Audience.APPLICANT,
        on_load=(CheckingState.open_page,),
    ),
    Page(
        "/dossiers/[number]/merci",
        thanks_page,
        Text(fr="Votre dossier est déposé", en="Your dossier is submitted"),
        Audience.APPLICANT,
        on_load=(ThanksState.open_page,),
    ),
    Page(
        "/dossiers/[number]/formulaire",
        form_page,
        Text(fr="Votre dossier", en="Your dossier"),
        Audience.APPLICANT,
        on_load=(FormState.open_page,),
        live_title=FormState.title,
    ),
)


def page_title(page: Page, chosen: Language) -> str:
    """What the browser's tab says before the page's state is there."""
    return page.title[chosen] if page.path == "/" else f"{page.title[chosen]} - dsbuilder"


def _title(page: Page, chosen: Language) -> str | rx.Var:
    first = page_title(page, chosen)
    return first if page.live_title is None else rx.cond(page.live_title, page.live_title + " - dsbuilder", first)


def add_pages(app: rx.App, pages: Sequence[Page] = PAGES) -> None:
    """Give Reflex each page twice: `/x` in French and `/en/x` in English."""
    app.add_page(not_found.not_found, route="404", title=not_found.TITLE, image="")
    for page in pages:
        for chosen in LANGUAGES:
            app.add_page(
                _spoken(page, chosen),
                route=localised(page.path, chosen),
                title=_title(page, chosen),
                description=page.description[chosen] if page.description else None,
                image="",
                on_load=list(page.on_load) or None,
            )


def _spoken(page: Page, chosen: Language) -> Callable[[], rx.Component]:
    # `wraps` keeps the page's module: Reflex splits its JavaScript by module, so each page loads its own only.
    @wraps(page.build)
    def build() -> rx.Component:
        with speaking(chosen):
            return page.build()

    return build
