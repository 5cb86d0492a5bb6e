"""Write all templates in place: `python -m gateway.documents.drafting`."""

from pathlib import Path

from gateway.documents.drafting import typst, word
from gateway.documents.drafting.words import TEMPLATES

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write every template."""
    for path, data in drafts().items():
        (ROOT / path).write_bytes(data)


def drafts() -> dict[str, bytes]:
    """Return the templates by their paths below `gateway/documents`."""
    made = {}
    for doc_type, template in TEMPLATES.items():
        made[f"typst/{doc_type.value}.typ"] = typst.source_of(template).encode()
        made[f"docx/{doc_type.value}.docx"] = word.bytes_of(template, doc_type.title)
    return made


if __name__ == "__main__":
    main()
