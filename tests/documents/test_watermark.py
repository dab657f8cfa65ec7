"""The watermark of identity documents."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from dsbuilder.documents import watermark
from dsbuilder.domain.errors import Invalid
from tests.pictures_to_send import GREY, a_bomb, a_photograph, a_picture

WORDS = "demarches.example.org - dossier 1042"


def marked(tmp_path: Path, sent: bytes) -> Image.Image:
    source, target = tmp_path / "sent", tmp_path / "marked"
    source.write_bytes(sent)
    watermark.check(source)
    watermark.put_on(source, target, WORDS)
    with Image.open(target) as opened:
        opened.load()
        return opened


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        (a_picture(), "JPEG"),
        (a_picture("PNG"), "PNG"),
        (a_picture("PNG", mode="RGBA"), "PNG"),
        (a_picture("PNG", mode="P"), "PNG"),
        (a_picture("PNG", mode="L"), "PNG"),
        (a_picture("JPEG", mode="L"), "JPEG"),
        (a_picture("JPEG", mode="CMYK"), "JPEG"),
        (a_picture(size=(40, 30)), "JPEG"),
        (a_picture(size=(3, 2)), "JPEG"),
    ],
)
def test_every_picture_is_covered_and_keeps_its_format(tmp_path: Path, sent: bytes, form: str) -> None:
    assert marked(tmp_path, sent).format == form


def test_the_words_cover_every_part_and_leave_the_rest_as_it_was(tmp_path: Path) -> None:
    picture = marked(tmp_path, a_picture("PNG", (1200, 760)))
    changed = ImageChops.difference(picture, Image.new("RGB", picture.size, GREY)).convert("L")
    for left in range(0, 1200, 300):
        for top in range(0, 760, 190):
            part = changed.crop((left, top, left + 300, top + 190)).histogram()
            touched = 1 - part[0] / sum(part)
            assert 0.01 < touched < 0.6, (left, top)
    assert 60 < changed.getextrema()[1] < 110  # dark enough to be seen, light enough to read through


def test_it_stands_upright_and_tells_nothing_more_of_where_it_was_taken(tmp_path: Path) -> None:
    sent = a_photograph()
    assert b"Telephone of Camille" in sent and b"chez moi" in sent
    picture = marked(tmp_path, sent)
    assert picture.size == (380, 600)
    assert dict(picture.getexif()) == {} and "comment" not in picture.info
    kept = (tmp_path / "marked").read_bytes()
    assert b"Telephone" not in kept and b"chez moi" not in kept and b"Exif" not in kept


def test_a_large_picture_is_made_smaller_and_stays_readable(tmp_path: Path) -> None:
    assert max(marked(tmp_path, a_picture(size=(4000, 3000))).size) == watermark.LONGEST


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (a_picture()[:400], "abîmée"),
        (a_picture("PNG")[:120], "abîmée"),
        (b"\xff\xd8\xff\xe0" + b"x" * 500, "abîmée"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "abîmée"),
        (a_picture("GIF", mode="P"), "abîmée"),
        (a_picture("BMP"), "abîmée"),
        (b"%PDF-1.7", "abîmée"),
        (b"", "abîmée"),
        (a_bomb(), "trop de points"),
        (a_bomb(12_000), "trop de points"),
        (a_bomb(9_000), "trop de points"),
        (a_bomb(7_000), "36 millions"),
        (a_bomb(5_900), "abîmée"),  # it lacks most of what it announces
    ],
)
def test_what_is_no_whole_picture_is_refused_with_what_to_do(tmp_path: Path, sent: bytes, said: str) -> None:
    (tmp_path / "sent").write_bytes(sent)
    with pytest.raises(Invalid) as refused:
        watermark.check(tmp_path / "sent")
    assert said in refused.value.text.fr and refused.value.text.fr != refused.value.text.en
    with pytest.raises(Invalid):
        watermark.put_on(tmp_path / "sent", tmp_path / "marked", WORDS)
    assert not (tmp_path / "marked").exists()
