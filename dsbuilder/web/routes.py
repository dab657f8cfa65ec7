"""The HTTP routes: what is not a Reflex page."""

from starlette.routing import BaseRoute, Route

from dsbuilder.web import dossier_documents, dossier_exports, exports, files, imports, maps, tables
from dsbuilder.web.accounts import confirmation_page, sign_in_page, sign_out, sign_up_page
from dsbuilder.web.answering import Endpoint
from dsbuilder.web.health import health
from dsbuilder.web.invitations import invitation_page
from dsbuilder.web.landing import landing_page
from dsbuilder.web.new_passwords import ask_page, change_page, new_password_page


def in_both_languages(path: str, endpoint: Endpoint) -> list[BaseRoute]:
    """A page drawn by the server whose form is sent to its own address."""
    return [Route(prefix + path, endpoint, methods=["GET", "POST"]) for prefix in ("", "/en")]


ROUTES: list[BaseRoute] = [
    Route("/sante", health),
    *files.ROUTES,
    *maps.ROUTES,
    *in_both_languages("/connexion", sign_in_page),
    *in_both_languages("/inscription", sign_up_page),
    *in_both_languages("/confirmation", confirmation_page),
    *in_both_languages("/mot-de-passe", ask_page),
    *in_both_languages("/mot-de-passe/nouveau", new_password_page),
    *in_both_languages("/mot-de-passe/changer", change_page),
    *in_both_languages("/invitation", invitation_page),
    *(Route(prefix + "/auth/sortie", sign_out, methods=["POST"]) for prefix in ("", "/en")),
    *imports.ROUTES,
    *exports.ROUTES,
    *dossier_exports.ROUTES,
    *dossier_documents.ROUTES,
    *tables.ROUTES,
    *in_both_languages("/commencer/{path}", landing_page),
]
