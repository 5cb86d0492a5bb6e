"""Types of messages as a counterpart's own stack writes them: code first, from the requirements."""

from typing import Any

from gateway.edge.emulators.stack import ComplexModel, Integer, Unicode

COMMON = "urn://x-artefacts-citto-72/common/1.0"
MUST: dict[str, Any] = {"min_occurs": 1, "nullable": False}
MAY: dict[str, Any] = {"min_occurs": 0, "nullable": False}
_UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


def text(longest: int, **more: Any) -> Any:  # noqa: ANN401 -- a type of the stack
    """Return the type of a text that is not empty."""
    return Unicode(min_len=1, max_len=longest, **{**MUST, **more})


def uuid(**more: Any) -> Any:  # noqa: ANN401
    """Return the type of an identifier."""
    return Unicode(pattern=_UUID, **{**MUST, **more})


def model(name: str, namespace: str, members: list[tuple[str, Any]]) -> Any:  # noqa: ANN401
    """Make a class of the stack: a sequence of members in this order."""
    return type(ComplexModel)(
        name, (ComplexModel,), {"__namespace__": namespace, "_type_info": members}
    )


def must(made: Any) -> Any:  # noqa: ANN401
    """Return a class as a member that has to be there."""
    return made.customize(**MUST)


def may(made: Any) -> Any:  # noqa: ANN401
    """Return a class as a member that may be absent."""
    return made.customize(**MAY)


def many(made: Any, least: int = 0) -> Any:  # noqa: ANN401
    """Return a class as a member that may be repeated."""
    return made.customize(min_occurs=least, max_occurs="unbounded", nullable=False)


PersonName = model(
    "PersonName",
    COMMON,
    [("lastName", text(100)), ("firstName", text(100)), ("middleName", text(100, **MAY))],
)
FileRef = model(
    "FileRef",
    COMMON,
    [
        ("fileId", uuid()),
        ("fileName", text(255)),
        ("mimeType", text(100)),
        ("size", Integer(ge=0, **MUST)),
        ("hash", text(100)),
        ("hashAlg", text(20)),
        ("content", Unicode(**MAY)),
    ],
)
