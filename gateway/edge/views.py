"""What the pages about formats show: contracts told as tables, codes and samples.

Pure values made from the published files; a template only lays them out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from markupsafe import Markup

from gateway.adapter import Adapter, Operation
from gateway.contracts import narrative, publish, sample, typetext
from gateway.contracts.catalog import Contract, ContractOperation
from gateway.contracts.narrative import Character, CodeStory, OperationStory
from gateway.contracts.outline import Field, Outline, read_outline
from gateway.contracts.vocabulary import SimpleType
from gateway.edge import fields
from gateway.edge.fields import Row
from gateway.edge.highlight import highlight_xml

PING = "Ping"
_CODES = ("ResultCode", "FaultCode", "ReplyCode", "DeliveryCode")
_COMMON_FAULTS = f"{{{sample.HUB}}}CommonFaultCode"


@dataclass(frozen=True, slots=True)
class Code:
    """A value of an enumeration with its story."""

    value: str
    story: CodeStory


@dataclass(frozen=True, slots=True)
class TypeView:
    """A simple type in the list of types."""

    name: str
    anchor: str
    words: str
    patterns: tuple[str, ...]
    documentation: str
    codes: tuple[Code, ...]

    @property
    def tells_reaction(self) -> bool:
        """Whether any value says if it is final or what to do."""
        return any(code.story.character for code in self.codes)


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """A result code or a fault that an operation is known to give."""

    code: str
    meaning: str
    character: Character
    action: str


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample message or file."""

    name: str
    markup: Markup


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation of a service."""

    name: str
    soap_action: str
    story: OperationStory
    request: tuple[Row, ...]
    response: tuple[Row, ...]
    result_codes: tuple[OutcomeRow, ...]
    faults: tuple[OutcomeRow, ...]
    request_sample: SampleView
    response_sample: SampleView


@dataclass(frozen=True, slots=True)
class Call:
    """The operation and the values with which the first call is shown."""

    operation: str
    request_type: str
    fields: tuple[tuple[Field, str], ...]


_PING_CALL = Call(PING, f"{PING}RequestType", ())


@dataclass(frozen=True)
class ServiceView:
    """A contract as its page shows it."""

    contract: Contract
    operations_of_slice: tuple[Operation, ...]

    @property
    def about(self) -> str:
        """What the service does."""
        return narrative.tell_service(self.contract.documentation)

    @cached_property
    def outline(self) -> Outline:
        """The structure of all messages."""
        return read_outline(self.contract)

    @cached_property
    def operations(self) -> tuple[OperationView, ...]:
        """Every operation in the order of the WSDL."""
        return tuple(self._operation(operation) for operation in self.contract.operations)

    @cached_property
    def own_codes(self) -> tuple[TypeView, ...]:
        """Enumerations of this service's own schema."""
        prefix = f"{{{self.contract.namespace}}}"
        return tuple(view for name, view in self._types if view.codes and name.startswith(prefix))

    @cached_property
    def shared_codes(self) -> tuple[TypeView, ...]:
        """Enumerations of the common schemas that this service uses, without the fault codes."""
        own = set(self.own_codes)
        return tuple(
            view
            for name, view in self._types
            if view.codes and view not in own and name != _COMMON_FAULTS
        )

    @cached_property
    def fault_codes(self) -> TypeView:
        """Fault codes common to all services."""
        return self._type(self.contract.vocabulary.simple[_COMMON_FAULTS])

    @cached_property
    def plain_types(self) -> tuple[TypeView, ...]:
        """Simple types that this service uses and that are not enumerations."""
        return tuple(view for _, view in self._types if not view.codes)

    @cached_property
    def header(self) -> tuple[Row, ...]:
        """Fields of `hub:MessageHeader`."""
        return self._rows(self.outline.elements[sample.HEADER])

    @cached_property
    def fault(self) -> tuple[Row, ...]:
        """Fields of `hub:HubFault`."""
        return self._rows(self.outline.elements[sample.FAULT])

    @cached_property
    def fault_sample(self) -> SampleView:
        """A fault as it travels."""
        return self._sample("HubFault")

    @cached_property
    def documents(self) -> tuple[tuple[Field, tuple[Row, ...], SampleView], ...]:
        """Documents that are not messages: roots of attached files."""
        return tuple(
            (field, self._rows(field), self._sample(field.name))
            for field in self.outline.documents(self.contract)
        )

    @cached_property
    def first_call(self) -> Call:
        """A call that changes nothing and whose request is flat; Ping at the least.

        Where somebody has to be named in the header it is Ping: a first call has none.
        """
        if sample.acting_role(self.contract) is not None:
            return _PING_CALL
        return next(self._simple_calls(), _PING_CALL)

    @cached_property
    def _types(self) -> tuple[tuple[str, TypeView], ...]:
        """Types of everything the page shows and of this service's own schema, own ones first."""
        shown = [
            self.outline.elements[tag]
            for operation in self.contract.operations
            for tag in (operation.request, operation.response)
        ]
        shown += [self.outline.elements[tag] for tag in (sample.HEADER, sample.FAULT)]
        shown += self.outline.documents(self.contract)
        used = {
            type_.name
            for element in shown
            for field in _all(element)
            for type_ in self.contract.vocabulary.lineage(field.type)
        }
        own = f"{{{self.contract.namespace}}}"
        simple = self.contract.vocabulary.simple
        return tuple(
            (name, self._type(type_))
            for name, type_ in sorted(simple.items(), key=lambda item: not item[0].startswith(own))
            if name in used or name.startswith(own)
        )

    def _operation(self, operation: ContractOperation) -> OperationView:
        story = narrative.tell_operation(operation.documentation)
        return OperationView(
            name=operation.name,
            soap_action=operation.soap_action,
            story=story,
            request=self._rows(self.outline.elements[operation.request]),
            response=self._rows(self.outline.elements[operation.response]),
            result_codes=tuple(self._result_codes(story)),
            faults=tuple(self._faults(operation.name, story)),
            request_sample=self._sample(_local(operation.request)),
            response_sample=self._sample(_local(operation.response)),
        )

    def _result_codes(self, story: OperationStory) -> Iterator[OutcomeRow]:
        """Join what the operation and the schema say of its result codes, by number."""
        told = {code: text for code, text in _told(story) if code.isdigit()}
        for code in sorted(told, key=int):
            published = self._published[code]
            yield OutcomeRow(
                code, published.meaning, published.character or Character.FINAL, told[code]
            )

    def _faults(self, name: str, story: OperationStory) -> Iterator[OutcomeRow]:
        """Join what the WSDL, the schemas and the slice say of an operation's faults."""
        told = {code: text for code, text in _told(story) if not code.isdigit()}
        raised = {
            error.code: error
            for operation in self.operations_of_slice
            if operation.name == name
            for error in operation.faults
        }
        for code in {**told, **raised}:
            published = self._published.get(code)
            if published is not None:
                meaning, character = published.meaning, published.character
                action = told.get(code) or published.action
            else:
                error = raised[code]
                meaning, action = error.message, told.get(code) or error.action
                character = Character.REPEAT if error.retryable else Character.FINAL
            yield OutcomeRow(code, meaning, character or Character.FINAL, action)

    @cached_property
    def _published(self) -> dict[str, CodeStory]:
        """Result codes and fault codes of the schemas, by value."""
        return {
            code.value: code.story
            for view in (self.fault_codes, *(view for _, view in self._types))
            if view.name.endswith(_CODES)
            for code in view.codes
        }

    def _rows(self, element: Field) -> tuple[Row, ...]:
        return fields.rows_of(self.contract.vocabulary, element)

    def _type(self, type_: SimpleType) -> TypeView:
        vocabulary = self.contract.vocabulary
        return TypeView(
            name=_local(type_.name),
            anchor=fields.anchor(type_.name),
            words=typetext.describe_type(vocabulary, type_.name),
            patterns=typetext.patterns(vocabulary, type_.name),
            documentation=type_.documentation,
            codes=tuple(
                Code(value, narrative.tell_code(text, type_.documentation))
                for value, text in type_.values.items()
            ),
        )

    def _sample(self, name: str) -> SampleView:
        text = publish.sample_file(self.contract, name).body.decode()
        return SampleView(name, highlight_xml(text.partition("?>\n")[2]))

    def _simple_calls(self) -> Iterator[Call]:
        for operation in self.contract.operations:
            element = self.outline.elements[operation.request]
            story = narrative.tell_operation(operation.documentation)
            shown = sample.payload(self.contract, self.outline, operation.request)
            by_tag = {child.tag: child for child in shown}
            told = [field for field in element.children if field.tag in by_tag]
            if operation.name != PING and story.read_only and not any(f.children for f in told):
                yield Call(
                    operation.name,
                    _local(element.type),
                    tuple((field, by_tag[field.tag].text or "") for field in told),
                )


def operations_of(adapters: Iterable[Adapter], contract: Contract) -> tuple[Operation, ...]:
    """Return the operations that the slices give for a contract."""
    return tuple(
        operation
        for adapter in adapters
        for service in adapter.services
        if service.contract == contract.name
        for operation in service.operations
    )


def _told(story: OperationStory) -> Iterator[tuple[str, str]]:
    return ((code, reaction.text) for reaction in story.reactions for code in reaction.codes)


def _all(field: Field) -> Iterator[Field]:
    yield field
    for child in field.children:
        yield from _all(child)


def _local(tag: str) -> str:
    return etree.QName(tag).localname
