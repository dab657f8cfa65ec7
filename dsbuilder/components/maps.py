"""Drawing on a map: the wrapped component and all that it says."""

from typing import Any

import reflex as rx

from dsbuilder.domain.texts import Language, Text

_WORDS = {
    "loading": Text("Chargement de la carte…", "Loading the map…"),
    "map": Text("Carte", "Map"),
    "mapHelp": Text(
        "Carte. Flèches : déplacer. Plus et moins : zoom. Entrée : placer un point au centre, ou choisir le tracé qui s’y "
        "trouve. Échap : terminer. Suppr : retirer.",
        "Map. Arrows: move. Plus and minus: zoom. Enter: place a point at the centre, or choose the shape there. "
        "Escape: finish. Delete: remove.",
    ),
    "wheel": Text("Maintenez Ctrl pour zoomer avec la molette", "Hold Ctrl to zoom with the wheel"),
    "wheelMac": Text("Maintenez ⌘ pour zoomer avec la molette", "Hold ⌘ to zoom with the wheel"),
    "twoFingers": Text("Déplacez la carte avec deux doigts", "Move the map with two fingers"),
    "credit": Text("Contours : Natural Earth", "Outlines: Natural Earth"),
    "Point": Text("Point", "Point"),
    "LineString": Text("Ligne", "Line"),
    "Polygon": Text("Zone", "Area"),
    "beginPoint": Text(
        "Touchez la carte où placer le point.",
        "Press the map where the point is to be.",
    ),
    "beginLineString": Text(
        "Touchez la carte à chaque point de la ligne, puis une seconde fois le dernier pour terminer.",
        "Press the map at each point of the line, then the last one again to finish.",
    ),
    "beginPolygon": Text(
        "Touchez la carte à chaque coin de la zone, puis de nouveau le premier pour la fermer.",
        "Press the map at each corner of the area, then the first one again to close it.",
    ),
    "placed": Text("Point {count} placé.", "Point {count} placed."),
    "takenBack": Text("Dernier point retiré.", "Last point removed."),
    "atCentre": Text("Placer au centre", "Place at the centre"),
    "takeBack": Text("Retirer le dernier point", "Remove the last point"),
    "finish": Text("Terminer", "Finish"),
    "giveUp": Text("Abandonner", "Give up"),
    "stopped": Text("Dessin abandonné.", "Drawing given up."),
    "added": Text("Tracé ajouté.", "Shape added."),
    "addedMany": Text("{count} tracés ajoutés.", "{count} shapes added."),
    "moved": Text("Tracé modifié.", "Shape changed."),
    "described": Text("Description enregistrée.", "Description saved."),
    "removed": Text("Tracé retiré. Vous pouvez annuler.", "Shape removed. You can undo."),
    "undo": Text("Annuler la dernière action", "Undo the last action"),
    "undone": Text("Dernière action annulée.", "Last action undone."),
    "list": Text("Ce qui est dessiné", "What is drawn"),
    "nothing": Text("Rien n’est encore dessiné.", "Nothing is drawn yet."),
    "measuring": Text("Mesure en cours…", "Measuring…"),
    "change": Text("Modifier", "Change"),
    "done": Text("Fermer", "Close"),
    "remove": Text("Retirer", "Remove"),
    "description": Text("Description (facultatif)", "Description (optional)"),
    "coordinates": Text("Coordonnées", "Coordinates"),
    "apply": Text("Appliquer", "Apply"),
    "many": Text(
        "Ce tracé a trop de points pour être modifié ici point par point. Retirez-le pour le remplacer.",
        "This shape has too many points to be changed here one by one. Remove it to replace it.",
    ),
    "one": Text("Écrivez une seule position pour ce point.", "Write a single position for this point."),
    "typing": Text("Saisir des coordonnées", "Type coordinates"),
    "kind": Text("Ce que vous ajoutez", "What you add"),
    "hintPoint": Text(
        "Latitude puis longitude, par exemple 46,5382 ; 2,4285 ou 46°32′17″N 2°25′42″E. Un point par ligne.",
        "Latitude then longitude, such as 46.5382, 2.4285 or 46°32′17″N 2°25′42″E. One point on each line.",
    ),
    "hintLineString": Text(
        "Une position par ligne, dans l’ordre : latitude puis longitude, par exemple 46,5382 ; 2,4285.",
        "One position on each line, in order: latitude then longitude, such as 46.5382, 2.4285.",
    ),
    "hintPolygon": Text(
        "Un coin par ligne, en faisant le tour : latitude puis longitude, par exemple 46,5382 ; 2,4285.",
        "One corner on each line, going round: latitude then longitude, such as 46.5382, 2.4285.",
    ),
    "add": Text("Ajouter", "Add"),
    "notAdded": Text(
        "Rien n’a été ajouté : lisez ce qui est dit au-dessus de la carte.",
        "Nothing was added: read what is said above the map.",
    ),
    "file": Text("Importer un fichier", "Import a file"),
    "fileHint": Text("GPX, KML ou GeoJSON, 5 Mo au plus.", "GPX, KML or GeoJSON, at most 5 MB."),
    "sending": Text("Envoi : {percent} %", "Sending: {percent}%"),
    "tooLarge": Text(
        "Ce fichier dépasse 5 Mo. Simplifiez le tracé, ou partagez-le en plusieurs fichiers.",
        "This file is over 5 MB. Simplify the shapes, or split it into several files.",
    ),
    "unread": Text(
        "Le fichier n’a pas pu être envoyé. Vérifiez votre connexion, puis recommencez.",
        "The file could not be sent. Check your connection, then try again.",
    ),
    "unsaved": Text(
        "Le dessin n’a pas pu être enregistré. Vérifiez votre connexion, puis recommencez.",
        "The drawing could not be saved. Check your connection, then try again.",
    ),
    "failed": Text("La carte n’a pas pu être lue.", "The map could not be read."),
    "again": Text("Réessayer", "Try again"),
    "noMap": Text(
        "La carte ne peut pas s’afficher dans ce navigateur. Saisissez des coordonnées ou importez un fichier.",
        "The map cannot be shown in this browser. Type coordinates or import a file.",
    ),
    "corner": Text(
        "Point {at} sur {of} : flèches pour déplacer, Suppr pour retirer",
        "Point {at} of {of}: arrows to move, Delete to remove",
    ),
    "between": Text("Ajouter un point après le point {at}", "Add a point after point {at}"),
    "centre": Text("Centre de la carte : {place}", "Centre of the map: {place}"),
    "zoomIn": Text("Zoomer", "Zoom in"),
    "zoomOut": Text("Dézoomer", "Zoom out"),
    "goTo": Text("Aller à…", "Go to…"),
    "showAll": Text("Tout ce qui est dessiné", "All that is drawn"),
    "place_fr": Text("France métropolitaine", "Mainland France"),
    "place_gp": Text("Guadeloupe", "Guadeloupe"),
    "place_mq": Text("Martinique", "Martinique"),
    "place_gf": Text("Guyane", "French Guiana"),
    "place_re": Text("La Réunion", "Réunion"),
    "place_yt": Text("Mayotte", "Mayotte"),
    "place_pm": Text("Saint-Pierre-et-Miquelon", "Saint Pierre and Miquelon"),
    "place_bl": Text("Saint-Martin et Saint-Barthélemy", "Saint Martin and Saint Barthélemy"),
    "place_nc": Text("Nouvelle-Calédonie", "New Caledonia"),
    "place_pf": Text("Polynésie française", "French Polynesia"),
    "place_wf": Text("Wallis-et-Futuna", "Wallis and Futuna"),
}  # fmt: skip

_LIBRARY = f"$/public{rx.asset('drawing.jsx', shared=True)}"
for _part in ("map_question.jsx", "map_canvas.jsx", "map.css"):
    rx.asset(_part, shared=True)


class MapQuestion(rx.Component):
    """The wrapped component. `on_changed` gets the path of a question whose drawing was kept; without a dossier,
    `on_drawn` gets the path and the drawing."""

    library = _LIBRARY
    lib_dependencies: list[str] = ["maplibre-gl@6.17.0"]
    tag = "MapQuestion"

    input_id: rx.Var[str]
    dossier: rx.Var[str]
    path: rx.Var[str]
    kinds: rx.Var[str]
    most: rx.Var[str]
    layers: rx.Var[str]
    described_by: rx.Var[str]
    labelled_by: rx.Var[str]
    invalid: rx.Var[bool]
    language: rx.Var[str]
    words: rx.Var[dict[str, str]]

    on_changed: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_drawn: rx.EventHandler[rx.event.passthrough_event_spec(str, str)]


def map_question(language: Language, **properties: Any) -> rx.Component:
    """The map of a question, in `language`."""
    words = {name: text[language] for name, text in _WORDS.items()}
    return MapQuestion.create(words=words, language=language, **properties)
