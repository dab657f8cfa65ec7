"""What some people of the imaginary town wrote in their dossiers, by the labels of the questions."""

from dsbuilder.domain.fields.base import Raw

WORKSHOP: dict[str, Raw] = {
    "Civilité": "Mme",
    "Nom de famille": "Lambert",
    "Prénom": "Nour",
    "Date de naissance": "1991-04-12",
    "Adresse électronique": "citoyenne@example.org",
    "Type de vélo": "Vélo de ville",
    "Âge du vélo": "6",
    "Ce qui est à réparer": ["Freins", "Éclairage"],
    "Décrivez la panne": "Le frein avant ne serre plus depuis deux semaines, même après avoir tendu le câble.",
    "Êtes-vous déjà venu à l’atelier ?": "false",
    "Nom et prénom": "Dominique Lambert",
    "Téléphone": "06 39 98 55 01",
    "J’ai lu le règlement de l’atelier et je m’engage à le respecter": True,
}

# First name, last name, and what differs from the answers above.
PEOPLE: tuple[tuple[str, str, dict[str, Raw]], ...] = (
    ("Nour", "Lambert", {}),
    ("Malik", "Bertin", {"Type de vélo": "Vélo électrique", "Âge du vélo": "2", "Ce qui est à réparer": ["Vitesses"]}),
    ("Élise", "Garnier", {"Type de vélo": "Vélo de course", "Décrivez la panne": "La roue arrière est voilée."}),
    ("Tom", "Nguyen", {"Ce qui est à réparer": ["Freins", "Vitesses", "Roues"], "Âge du vélo": "14"}),
    ("Rose", "Keller", {"Êtes-vous déjà venu à l’atelier ?": "true"}),
)
