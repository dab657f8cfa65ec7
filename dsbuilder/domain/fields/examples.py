"""Made answers: words that fit a label, and a day within bounds. Everyone and everything in them is imaginary."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from dsbuilder.domain.fields.entering import MAX_TEXT
from dsbuilder.domain.texts import fold

FIRST_NAMES = ("Camille", "Nour", "Malik", "Élise", "Tom", "Rose", "Idriss", "Jeanne", "Anh", "Sacha", "Inès", "Loïc")
LAST_NAMES = ("Martin", "Lambert", "Bertin", "Garnier", "Nguyen", "Keller", "Cohen", "Roussel", "Diallo", "Le Goff")
TOWNS = ("Belle-Rive", "Sainte-Marie", "Le Plessis", "Montclair", "Saint-Aubin", "Valbourg")
STREETS = ("rue des Tilleuls", "avenue de la Gare", "place du Marché", "chemin du Moulin", "quai des Brumes")
NAMES = ("Les Amis du lac", "Atelier Roussel", "Boulangerie du Pont", "Association Fil Rouge", "Garage Bertin")
JOBS = ("Directrice", "Secrétaire", "Président", "Responsable technique", "Gérante", "Chef de projet")
SUBJECTS = (
    "Demande de renouvellement",
    "Première demande pour cette année",
    "Projet ouvert aux habitants du quartier",
    "Remise en état avant l’hiver",
    "Journée de rencontre et d’échange",
)
SENTENCES = (
    "Nous préparons ce projet depuis le printemps avec les habitants du quartier.",
    "Le lieu est accessible à tous, y compris aux personnes à mobilité réduite.",
    "Les travaux dureraient trois semaines, sans gêne pour la circulation.",
    "Une première rencontre a réuni une quarantaine de personnes.",
    "Le budget couvre le matériel, le transport et l’assurance.",
    "Nous joindrons les devis dès que nous les aurons reçus.",
    "L’an dernier, la même action avait été menée avec l’école voisine.",
    "Nous restons à votre disposition pour toute précision.",
)

# What a label speaks of, by the words in it; the first line that fits.
_BY_LABEL: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("prenom",), FIRST_NAMES),
    (("code postal",), ("29200", "67000", "31400", "59110")),
    (("raison sociale", "association", "structure", "etablissement", "entreprise", "organisme", "societe"), NAMES),
    (("commune", "ville", "lieu"), TOWNS),
    (("adresse", "rue", "voie"), tuple(f"{7 * n} {street}" for n, street in enumerate(STREETS, start=1))),
    (("nationalite", "pays"), ("France", "Belgique", "Maroc", "Viêt Nam")),
    (("fonction", "qualite", "profession", "poste"), JOBS),
    (("numero", "reference", "immatriculation"), ("2026-0148", "A 4172", "75-226-B", "0093")),
    (("nom",), LAST_NAMES),
)


def words_for(label: str, random: Random) -> str:
    """A few words that somebody might answer under that label."""
    folded = fold(label)
    fitting = (words for hints, words in _BY_LABEL if any(hint in folded for hint in hints))
    return random.choice(next(fitting, SUBJECTS))


def a_paragraph(random: Random) -> str:
    """Two to four sentences."""
    return " ".join(random.sample(SENTENCES, random.randint(2, 4)))


def an_email(random: Random) -> str:
    """An address that reaches nobody."""
    name = f"{random.choice(FIRST_NAMES)}.{random.choice(LAST_NAMES)}"
    return f"{fold(name).replace(' ', '')}@exemple.fr"


def a_phone(random: Random) -> str:
    """One of the numbers kept free for fiction in France."""
    start = random.choice(("06 39 98", "01 99 00", "02 61 91", "03 53 01", "04 65 71", "05 36 49"))
    return f"{start} {random.randrange(100):02} {random.randrange(100):02}"


def a_day(random: Random, least: date, greatest: date, today: date) -> date | None:
    """A day within the bounds, of the last two years where they allow it; None when nothing lies between them."""
    recent = max(least, today - timedelta(days=730))
    first, last = (recent, min(greatest, today)) if recent <= min(greatest, today) else (least, greatest)
    return None if first > last else first + timedelta(days=random.randint(0, (last - first).days))


def too_long() -> str:
    """A text one character beyond what is taken."""
    return "x" * (MAX_TEXT + 1)


def one_letter_off(values: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    """The first of some options, misspelt so that it is none of them."""
    first, others = next(iter(values), ""), set(taken)
    misspelt = f"{first}x"
    while misspelt in others:
        misspelt += "x"
    return (misspelt,) if first else ()
