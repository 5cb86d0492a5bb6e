"""The SMEV 2 side of contracts: the schema of the envelope, and drafts of wrappers (SVC-00-04).

`python -m gateway.contracts.smev2 portal/application/1.0` writes the WSDL of the binding beside the
plain one, and the schema of its wrappers. It is a development step: from then on these files are
the contract, and what the hub serves is read from them.
"""

import argparse
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree

from gateway.contracts.catalog import SMEV2_WSDL, Contract, load_catalog
from gateway.contracts.files import ContractFiles, locate
from gateway.contracts.schema import Schema
from gateway.contracts.vocabulary import read_vocabulary
from gateway.kernel.xml import make_parser

FOLDER = "xsd/external/smev"
ENVELOPE = f"{FOLDER}/smev256.xsd"
ERRORS = "urn://x-artefacts-citto-72/smev2/1.0"
NAMESPACES = "urn://x-artefacts-citto-72"

_BESIDE: dict[str, tuple[tuple[str, str], ...]] = {
    "portal/events/1.0": (
        (
            "http://idecs.atc.ru/orderprocessing/ws/eventservice/v25/",
            "portal/events-v25/1.0/events-v25.xsd",
        ),
    ),
}
"""Schemas of others' older contracts that the same address takes: namespace and file."""

_TEXTS = Environment(
    loader=PackageLoader("gateway.contracts"),
    autoescape=False,  # noqa: S701 -- texts that were XML before, without markup
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def main() -> None:
    """Write the files of the binding for the named contracts."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("contract", nargs="+", help="such as portal/application/1.0")
    root = Path(__file__).parents[2]
    catalog = load_catalog(ContractFiles(root))
    for name in arguments.parse_args().contract:
        for path, text in draft(catalog.contract(name)).items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def draft(contract: Contract) -> dict[str, str]:
    """Return the WSDL and the wrappers' schema of a contract by their paths."""
    family, _, version = contract.name.rpartition("/")
    folder = f"{family}/smev2/{version}"
    wrapper = f"{folder}/{family.rpartition('/')[2]}-smev2.xsd"
    own = next(
        name.removeprefix("xsd/")
        for name in contract.documents
        if name.startswith(f"xsd/{contract.name}/")
    )
    told = {
        "contract": contract,
        "namespace": f"{NAMESPACES}/{folder}",
        "up": "../" * (folder.count("/") + 1),
        "to_xsd": "../" * (contract.name.count("/") + 2) + "xsd/",
        "plain": own,
        "wrapper": wrapper,
        "beside": _BESIDE.get(contract.name, ()),
    }
    return {
        f"wsdl/{contract.name}/{contract.service}{SMEV2_WSDL}": _TEXTS.get_template(
            "smev2.wsdl"
        ).render(told),
        f"xsd/{wrapper}": _TEXTS.get_template("smev2.xsd").render(told),
    }


@cache
def envelope_contract() -> Contract:
    """Return the schema of `smev:Message` and its like in the form that errors are told from."""
    return schema_contract(ENVELOPE, f"{FOLDER}/xop-include.xsd")


@cache
def schema_contract(*names: str) -> Contract:
    """Return a schema that no WSDL stands for; the first file is the schema, others it imports."""
    files = locate()
    documents = {name: files.read(name) for name in names}
    parsed = [etree.fromstring(data, make_parser()) for data in documents.values()]
    return Contract(
        name=names[0].removeprefix("xsd/").rpartition("/")[0],
        service="",
        namespace=parsed[0].get("targetNamespace", ""),
        title="",
        documentation="",
        operations=(),
        wsdl="",
        documents=MappingProxyType(documents),
        vocabulary=read_vocabulary(parsed),
        schema=Schema(names[0], documents[names[0]], files.root.absolute()),
    )


if __name__ == "__main__":
    main()
