"""Each page in each language: it says its language and title before it is drawn."""

import re
from urllib.request import urlopen

import pytest

from dsbuilder.components.words import localised
from dsbuilder.domain.texts import LANGUAGES
from dsbuilder.pages.routes import PAGES, page_title
from tests.running import Site


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_has_its_language_and_title_before_any_script_runs(site: Site, path: str, language: str) -> None:
    address = re.sub(r"\[\w+\]", "1", localised(path, language))
    sent = urlopen(site.url + address).read().decode()
    page = next(page for page in PAGES if page.path == path)
    assert f'<html lang="{language}"' in sent
    assert page_title(page, language).replace("’", "'")[:20] in sent.replace("’", "'").replace("&#x27;", "'")
