"""How patiently the hub delivers, as the settings say it."""

from datetime import timedelta

from gateway.bootstrap.binding import HubBroken
from gateway.delivery import Breaker, Pace, Patience
from gateway.kernel.settings import PREFIX, Settings

SHORTEST, LONGEST = timedelta(milliseconds=50), timedelta(days=1)
"""Of a pause: whoever is down is not to be hammered, and a day is all that a letter has."""
SHORTEST_LEASE, LONGEST_LEASE = 1.0, 600.0
"""Seconds."""


def patience(settings: Settings) -> Patience:
    """Return the pauses between attempts; raise HubBroken."""
    name = "delivery_delays"
    delays = tuple(_pause(name, word) for word in settings.delivery_delays.split())
    if not delays:
        raise HubBroken(f"{PREFIX}{name.upper()}: нужна хотя бы одна пауза")
    return Patience(delays)


def breaker(settings: Settings) -> Breaker:
    """Return when an address is left alone; raise HubBroken."""
    name = "delivery_breaker"
    try:
        failures, pause, longest = settings.delivery_breaker.split()
        number = int(failures)
    except ValueError:
        raise HubBroken(f"{PREFIX}{name.upper()}: нужны три числа через пробел") from None
    made = Breaker(number, _pause(name, pause), _pause(name, longest))
    if made.failures < 1 or made.longest < made.pause:
        text = "неудач не меньше одной, наибольшая пауза не короче первой"
        raise HubBroken(f"{PREFIX}{name.upper()}: {text}")
    return made


def pace(settings: Settings) -> Pace:
    """Return how long a killed process keeps its letters, and the rest; raise HubBroken."""
    seconds = settings.delivery_lease_seconds
    if not SHORTEST_LEASE <= seconds <= LONGEST_LEASE:
        bounds = f"от {SHORTEST_LEASE:g} до {LONGEST_LEASE:g}"
        raise HubBroken(f"{PREFIX}DELIVERY_LEASE_SECONDS: нужно число секунд {bounds}")
    return Pace(lease=timedelta(seconds=seconds))


def _pause(name: str, word: str) -> timedelta:
    try:
        pause = timedelta(seconds=float(word))
    except (ValueError, OverflowError):
        raise HubBroken(f"{PREFIX}{name.upper()}: «{word}» — не число секунд") from None
    if not SHORTEST <= pause <= LONGEST:
        bounds = f"от {SHORTEST.total_seconds():g} до {LONGEST.total_seconds():g}"
        raise HubBroken(f"{PREFIX}{name.upper()}: пауза «{word}» не {bounds} секунд")
    return pause
