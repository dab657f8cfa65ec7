"""The whole way of a real procedure, by the actions that pages call: imported, published, filled, deposited, listed, filtered,
written to CSV."""

import csv
import gzip
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from dsbuilder import clock
from dsbuilder.actions import depositing, desk, drafting, exports, filing, filling, procedures, publishing
from dsbuilder.actions.context import Context, perform
from dsbuilder.actions.export_files import ExportFile
from dsbuilder.actions.listing import Wanted
from dsbuilder.domain.answering import shown
from dsbuilder.domain.csv_writing import cell
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.documents import answers_to_json
from dsbuilder.domain.dossier import Answers
from dsbuilder.domain.fields.base import ColumnType
from dsbuilder.domain.fields.controls import Control
from dsbuilder.domain.making_answers import made_answers
from dsbuilder.domain.narrowing import How, SoughtColumn, filter_of, sought_columns, words_of_filter
from dsbuilder.domain.open_data import ImportedProcedure, read_procedure
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.showing import showing
from dsbuilder.storage import procedures as kept
from dsbuilder.storage.database import Database
from tests.builders import an_actor, an_administrator

REAL = Path(os.environ.get("DSBUILDER_REAL_PROCEDURES", Path(__file__).resolve().parents[2] / "shared" / "data"))
REAL_FILE = REAL / "real_procedures.jsonl.gz" if not REAL.is_file() else REAL
DOSSIERS = 2  # of each procedure


@dataclass(slots=True)
class Tally:
    """How many of the procedures came how far; `to_complete` hold a field of a kind that is not built."""

    imported: int = 0
    to_complete: int = 0
    mended: list[str] = field(default_factory=list)  # without what they ask wrongly, such as a block that asks nothing
    published: int = 0
    deposited: int = 0
    listed: int = 0
    filtered: Counter[str] = field(default_factory=Counter)  # dossiers found, by kind
    written: int = 0
    cells: int = 0
    unbuilt: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """The counts, for people."""
        yield f"imported     {self.imported:>6}"
        what = f"{self.unbuilt.total()} fields of {len(self.unbuilt)} kinds not built yet"
        yield f"to complete  {self.to_complete:>6}   hold {what}; what follows is without these"
        for name, times in self.unbuilt.most_common():
            yield f"  {times:>6}  {name}"
        yield f"mended       {len(self.mended):>6}   by taking out what forbids publishing"
        yield from (f"  {why}" for why in self.mended)
        yield f"published    {self.published:>6}"
        yield f"deposited    {self.deposited:>6}   dossiers, {self.listed} listed"
        yield f"filtered     {self.filtered.total():>6}   lists by one column of each of {len(self.filtered)} kinds"
        yield f"written      {self.written:>6}   files of CSV, {self.cells} cells"


class WholeWay:
    """Takes procedures one after the other, on one database, for one administrator who is their agent too."""

    def __init__(self, database: Database, lists_of_a_kind: int = 10**6) -> None:
        self.database, self.lists_of_a_kind = database, lists_of_a_kind
        self.administrator = an_administrator(database)
        self.citizen = an_actor(database)
        self.tally = Tally()

    def take(self, procedure: ImportedProcedure, seed: int) -> None:
        """All of it for one procedure. Raises AssertionError, naming the procedure, where something is lost."""
        (number,) = self._do(procedures.import_procedures, [procedure])
        self.tally.imported += 1
        unbuilt = [one.type.named(one).fr for one in procedure.revision.walk() if one.type.keeps_descriptor]
        if unbuilt:
            self.tally.to_complete += 1
            self.tally.unbuilt.update(unbuilt)
            self._remove_unbuilt(number)
        with self.database.transaction() as db:
            kept.add_instructor(db, number, self.administrator.account_id or 0)
        ready = self._do(publishing.readiness, number)
        if ready.obstacles:
            self.tally.mended.append(f"{procedure.title[:60]}: {ready.obstacles[0].text.en}")
            for obstacle in ready.obstacles:
                self._do(drafting.remove, number, obstacle.field, 0)
        path = self._do(publishing.publish, number, ready.path)
        self.tally.published += 1
        made = [self._deposit(path, seed * 100 + n) for n in range(DOSSIERS)]
        self._list(number, made, procedure.title)
        self._write(number, made, procedure.title)

    def _remove_unbuilt(self, number: int) -> None:
        """So that the rest of the form goes on; a block that held nothing else goes with it."""
        draft = self._do(drafting.open_draft, number).revision
        for top in draft.fields:
            gone = [child for child in top.children if child.type.keeps_descriptor]
            if top.type.keeps_descriptor or (gone and len(gone) == len(top.children)):
                gone = [top]
            for one in gone:
                self._do(drafting.remove, number, one.id, 0)

    def _do(self, action: Any, *arguments: Any) -> Any:
        return perform(self.database, action, *arguments, actor=self.administrator)

    def _deposit(self, path: str, seed: int) -> tuple[int, Revision, Answers]:
        def fill(ctx: Context) -> tuple[int, Revision, Answers]:
            number = filing.start(ctx, path, again=True)
            filing.identify(ctx, number, "Mme", "Camille", "Martin")
            row = filing.mine_to_fill(ctx, number)
            form = filling.open_dossier(ctx, number).form
            answers = made_answers(form, Random(seed), clock.local(ctx.now).date(), optional=1)
            begun = dict.fromkeys(row.answers)  # a block that must be answered begins with a row
            filling.patch(ctx, row, {**begun, **answers_to_json(form, answers)})
            return number, form, answers

        number, form, answers = perform(self.database, fill, actor=self.citizen)
        problems = perform(self.database, depositing.check, number, actor=self.citizen)
        assert not problems, (form.title, problems[0].label, problems[0].text.en)
        perform(self.database, depositing.submit, number, actor=self.citizen)
        self.tally.deposited += 1
        return number, form, answers

    # -- listing ---------------------------------------------------------------------------------------------------
    def _list(self, number: int, made: Sequence[tuple[int, Revision, Answers]], title: str) -> None:
        listed = self._do(desk.tab, number, Tab.ALL)
        assert [one.number for one in listed.dossiers] == [one for one, _, _ in reversed(made)], title
        self.tally.listed += len(listed.dossiers)
        dossier, form, answers = made[0]
        tried: set[str] = set()
        for column in sought_columns(form).values():
            asked = None if column.field is None else form.field(column.field)
            if asked is None or self.tally.filtered[asked.kind] >= self.lists_of_a_kind:
                continue
            key = f"{asked.kind}.{column.name}"
            pairs = [] if key in tried else _pairs_that_find(column, asked, answers, form)
            if pairs:
                tried.add(key)
                found = self._do(desk.tab, number, Tab.ALL, "", pairs)
                assert dossier in [one.number for one in found.dossiers], (title, asked.label, pairs)
                assert found.narrowing.filters, (title, asked.label, pairs)
                self.tally.filtered[asked.kind] += 1
                if column.sorts:
                    sorted_ = self._do(desk.tab, number, Tab.ALL, "", [("tri", column.key)])
                    assert len(sorted_.dossiers) == len(made), (title, asked.label)

    # -- writing ---------------------------------------------------------------------------------------------------
    def _write(self, number: int, made: Sequence[tuple[int, Revision, Answers]], title: str) -> None:
        export = self._do(exports.begin, number, "fr")
        file = ExportFile(export, "fr")
        page = self._do(exports.page, number, Wanted())
        content = file.add(page.dossiers) + b"".join(file.end())
        tables = list(_tables(file.name, content))
        main = tables[0]
        assert [line[0] for line in main[1:]] == [str(one) for one, _, _ in reversed(made)], title
        assert all(len(line) == len(table[0]) for table in tables for line in table), title
        told = {text for table in tables for line in table[1:] for text in line if text}
        for _, form, answers in made:
            _all_told(form, answers, told, title)
        self.tally.written += len(tables)
        self.tally.cells += sum(len(line) for table in tables for line in table[1:])


def _all_told(form: Revision, answers: Answers, told: set[str], title: str) -> None:
    """What every column of every answer says stands in some cell."""
    for asked in shown(form, answers, clock.local(clock.now()).date()):
        answer = answers.get(asked.path)
        if answer is None or answer.value is None or asked.field.type.control is Control.ROWS:
            continue
        for column in asked.field.type.columns(asked.field):
            written = cell(column.read(answer.value), "fr")
            assert not written or written.replace("\r\n", "\n") in told, (title, asked.field.label, column.name)


def _tables(name: str, content: bytes) -> Iterator[list[list[str]]]:
    files = [content]
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            files = [opened.read(entry) for entry in opened.namelist()]
    for one in files:
        yield list(csv.reader(io.StringIO(one.decode("utf-8-sig"), newline=""), delimiter=";"))


def _pairs_that_find(column: SoughtColumn, asked: Field, answers: Answers, form: Revision) -> list[tuple[str, str]]:
    """The words of an address that filter by what these answers say in a column; none when they say nothing there."""
    visible = showing(form, answers, clock.local(clock.now()).date())
    paths = [path for path in answers if path.partition(":")[0] == str(asked.id) and path in visible]
    columns = {one.name: one for one in asked.type.columns(asked)}
    for path in paths:
        value = None if answers[path].value is None else columns[column.name].read(answers[path].value)
        one = value[0] if isinstance(value, tuple) and value else value
        if one is None or one == () or one == "":
            continue
        made = filter_of(column, column.hows[0], [_said(column, one)])
        if made is not None:
            return words_of_filter(made)
    return []


def _said(column: SoughtColumn, value: Any) -> str:
    if column.type is ColumnType.BOOLEAN:
        return "true" if value else "false"
    if How.BETWEEN in column.hows:
        plain = f"{value}" if column.type is ColumnType.NUMBER else value.isoformat()[:10]
        return f"{plain}..{plain}"
    return str(value)[:40]


# -- the real ones -------------------------------------------------------------------------------------------------
def real_procedures(chosen: Sequence[int] | None = None) -> Iterator[tuple[int, ImportedProcedure]]:
    """All of them with their place in the file, or those at some places."""
    with gzip.open(REAL_FILE, "rt", encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            if chosen is None or place in chosen:
                numbers = count(1)
                yield place, read_procedure(json.loads(line), lambda numbers=numbers: FieldId(next(numbers)))  # type: ignore[misc]


def with_every_kind(wanted: int) -> list[int]:
    """The places of that many procedures in which every kind of the file occurs: the shortest that add one, then others."""
    kinds: list[tuple[int, int, set[str]]] = []
    with gzip.open(REAL_FILE, "rt", encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            names = [one["__typename"] for one in _descriptors(json.loads(line))]
            kinds.append((len(names), place, set(names)))
    chosen: list[int] = []
    missing = set().union(*(names for _, _, names in kinds))
    while missing:
        _, place, names = max(kinds, key=lambda one: (len(one[2] & missing) / (10 + one[0]), -one[1]))
        chosen.append(place)
        missing -= names
    short = [place for length, place, _ in sorted(kinds) if place not in chosen and length > 4]
    step = max(1, len(short) // 2 // max(1, wanted - len(chosen)))
    return sorted([*chosen, *short[::step]][:wanted])


def _descriptors(document: Any) -> Iterator[dict[str, Any]]:
    revision = document.get("revision") or document
    for descriptor in revision["champDescriptors"]:
        yield descriptor
        yield from descriptor.get("champDescriptors") or ()
