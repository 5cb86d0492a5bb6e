"""Copy the schemas without their documentation, for the peers that parse them on every request.

bare_schemas.py ROOT TARGET: the copy keeps the paths, so that schemaLocation stays as it is.
"""

import sys
from pathlib import Path

from lxml import etree

TREES = ("xsd/common", "xsd/hub", "xsd/meals", "bench/peers/common")
ANNOTATIONS = "//xs:annotation"
NAMESPACES = {"xs": "http://www.w3.org/2001/XMLSchema"}


def main(root: Path, target: Path) -> None:
    for tree in TREES:
        for source in (root / tree).rglob("*.xsd"):
            document = etree.parse(source, etree.XMLParser(remove_blank_text=True))
            for annotation in document.xpath(ANNOTATIONS, namespaces=NAMESPACES):
                annotation.getparent().remove(annotation)
            copy = target / source.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            document.write(copy, encoding="UTF-8", xml_declaration=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
