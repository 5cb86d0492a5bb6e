"""Names of people as they are kept, sealed, and as they are shown, as short as may be (SEC-10)."""

from typing import NamedTuple, Self

from gateway.contracts.messages.common import PersonName

_BETWEEN = "\n"


class FullName(NamedTuple):
    """Surname, given name, patronymic; the last one is empty where there is none."""

    last: str
    first: str
    middle: str = ""

    @classmethod
    def of(cls, name: PersonName) -> Self:
        """Read a name of a message."""
        return cls(name.last_name, name.first_name, name.middle_name or "")

    @classmethod
    def read(cls, kept: str) -> Self:
        """Read a kept name; one that was kept with spaces is parted at the first two."""
        parts = kept.split(_BETWEEN) if _BETWEEN in kept else kept.split(" ", 2)
        return cls(*(parts if len(parts) > 1 else (*parts, "")))

    @property
    def kept(self) -> str:
        """The text that is sealed."""
        return _BETWEEN.join(self)

    @property
    def mask(self) -> str:
        """«Иван И.»: what a bank and a payer may see."""
        return f"{self.first} {self.last[0]}."

    @property
    def brief(self) -> str:
        """«Иванов И.»: what stands on the print of a class teacher."""
        return f"{self.last} {self.first[:1]}.".rstrip()

    @property
    def message(self) -> PersonName:
        """The name as a message carries it."""
        return PersonName(
            last_name=self.last, first_name=self.first, middle_name=self.middle or None
        )
