"""All outside registers together, asked from an event loop of their own: a slow one delays nobody's work here."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar, cast

import structlog
from pydantic import SecretStr

from dsbuilder.domain.fields.controls import Choice
from dsbuilder.domain.fields.entering import printable
from dsbuilder.domain.fields.lookups import MAX_FACT, Ask, Examined, Outcome, Register, Unavailable, Why
from dsbuilder.integrations.addresses import AddressBase
from dsbuilder.integrations.asking import Asker, Away, Service
from dsbuilder.integrations.associations import AssociationsApi
from dsbuilder.integrations.companies import CompanySearch
from dsbuilder.integrations.foundations import FoundationsApi
from dsbuilder.integrations.individuals import Individuals
from dsbuilder.integrations.reference_api import ReferenceApi
from dsbuilder.integrations.schools import SchoolDirectory
from dsbuilder.integrations.stand_in import StandIn, stand_in
from dsbuilder.integrations.stand_in_answers import SERVICES
from dsbuilder.settings import Settings

T = TypeVar("T")
log = structlog.get_logger("registers")
WAIT = 10.0  # seconds that a job waits: more than any question takes


class Registers:
    """What answers for each register; one that is not there is not available."""

    def __init__(self, services: Mapping[Register, Service]) -> None:
        self.services = services
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    def ask(self, ask: Ask) -> Future[Outcome]:
        """What the register says, once it has said it."""
        return self._run(self._find(ask))

    def search(self, ask: Ask) -> Future[tuple[Choice, ...] | Unavailable]:
        """What of the register matches some words."""
        return self._run(self._search(ask))

    def examine(self, ask: Ask) -> Future[Examined | Unavailable]:
        """The whole answer of a reference API, as it is now."""
        return self._run(self._examine(ask))

    def close(self) -> None:
        """Stop asking; what is being asked is given up."""
        with self._starting:
            loop, self._loop = self._loop, None
        if loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(WAIT)
            loop.call_soon_threadsafe(loop.stop)
            self._thread.join(WAIT)
            loop.close()

    async def _end(self) -> None:
        going = asyncio.all_tasks() - {asyncio.current_task()}
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)
        for service in {id(one): one for one in self.services.values()}.values():
            await service.close()

    async def _find(self, ask: Ask) -> Outcome:
        service = self.services.get(ask.register)
        if service is None:
            return Unavailable(Why.NO_TOKEN)
        try:
            return await service.find(ask)
        except Exception as error:  # an answer of a shape that nobody foresaw must not stop whoever asked
            log.error("register", register=ask.register, exc_info=error)
            return Unavailable(Why.WRONG_ANSWER)

    async def _search(self, ask: Ask) -> tuple[Choice, ...] | Unavailable:
        search = getattr(self.services.get(ask.register), "search", None)
        if search is None:
            return Unavailable(Why.NO_TOKEN)
        try:
            return _offered(cast(tuple[Choice, ...] | Unavailable, await search(ask)))
        except Exception as error:
            log.error("register", register=ask.register, exc_info=error)
            return Unavailable(Why.WRONG_ANSWER)

    async def _examine(self, ask: Ask) -> Examined | Unavailable:
        service = self.services.get(ask.register)
        if not isinstance(service, ReferenceApi):
            return Unavailable(Why.NO_TOKEN)
        try:
            return Examined(await service.examine(ask))
        except Away as away:
            return Unavailable(away.why)
        except Exception as error:
            log.error("register", register=ask.register, exc_info=error)
            return Unavailable(Why.WRONG_ANSWER)

    def _run(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="registers", daemon=True)
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)


def _offered(found: tuple[Choice, ...] | Unavailable) -> tuple[Choice, ...] | Unavailable:
    """What a page can show of what a service offers: no half characters, and nothing longer than a line or two."""
    if isinstance(found, Unavailable):
        return found
    clean = (Choice(printable(one.value), printable(one.label)) for one in found if len(one.label) <= MAX_FACT)
    return tuple(one for one in clean if one.value and one.label)


@contextmanager
def registers_for(settings: Settings) -> Iterator[Registers]:
    """The registers where the settings say they are; in the demonstration, the stand-in for those that they do not name."""
    with stand_in() if settings.demo else nullcontext() as local:
        registers = registers_at(_with_stand_in(settings, local) if local else settings)
        try:
            yield registers
        finally:
            registers.close()


def _with_stand_in(settings: Settings, local: StandIn) -> Settings:
    invented: dict[str, Any] = {f"{service}_url": local.at(service) for service in SERVICES}
    invented["individuals_token"] = SecretStr("demonstration")
    return settings.model_copy(update={n: url for n, url in invented.items() if n not in settings.model_fields_set})


def registers_at(settings: Settings) -> Registers:
    """The registers at the addresses of the settings; those that need a token, where there is one."""
    services: dict[Register, Service] = {
        Register.ADDRESSES: AddressBase(Asker(settings.addresses_url)),
        Register.COMPANIES: CompanySearch(Asker(settings.companies_url)),
        Register.ASSOCIATIONS: AssociationsApi(
            Asker(settings.associations_url, headers=_secret("x-gravitee-api-key", settings.associations_key))
        ),
        Register.FOUNDATIONS: FoundationsApi(Asker(settings.foundations_url)),
        Register.SCHOOLS: SchoolDirectory(Asker(settings.schools_url)),
        Register.REFERENCE: ReferenceApi(settings.reference_hosts.split(","), settings.reference_url),
    }
    token = _secret("x-api-key", settings.individuals_token)
    if token:
        people = Individuals(Asker(settings.individuals_url, headers=token, private=True))
        services |= dict.fromkeys((Register.FAMILY, Register.TAXES, Register.EMPLOYMENT, Register.STUDENTS), people)
    return Registers(services)


def _secret(name: str, value: SecretStr | None) -> dict[str, str]:
    return {name: value.get_secret_value()} if value is not None else {}
