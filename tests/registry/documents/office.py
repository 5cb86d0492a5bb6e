"""The desk of documents as tests see it: parties, their pens, and one call a transaction."""

import hashlib
from dataclasses import dataclass
from uuid import uuid4

import pki

from gateway.documents import to_xml
from gateway.documents.forms import EmpAct
from gateway.security import cms
from gateway.security.certificates import CertificateReader
from gateway.security.provider import Providers
from gateway.security.providers.gost_pure import PureGost
from gateway.security.providers.rsa import RsaProvider
from gateway.security.signing import read_signer
from gateway.storage.database import Database
from registry.documents.desk import DocumentDesk
from registry.documents.values import Cms, Scan, Signatory, Signature, Source, parties_of

OPERATOR, BANK, OTHER = "CITTO", "BANK72001", "BANK72002"
ACTOR = "оператор"
PROVIDERS = Providers.of([RsaProvider(), PureGost()])
READER = CertificateReader(PROVIDERS)
SIGNATORY = Signatory("Выдуманный В. В.", "директор", "Устава")
SCAN = Scan(b"%PDF-1.7 a scan of paper", "application/pdf")
FORM = EmpAct(system="Демонстрационная система")


def sketch(form, identity, file_format, templates=None):
    """Render in no time what is not looked at: the same bytes for the same facts."""
    digest = hashlib.sha256(to_xml(form, identity)).hexdigest()
    return f"%{file_format.name}- {digest}".encode()


@dataclass(frozen=True)
class Pen:
    """A key with which a party signs, its certificate bound in a contour."""

    leaf: pki.Leaf

    def sign(self, octets, now):
        signer = read_signer(self.leaf.key_pem, self.leaf.pem, lambda: b"", PROVIDERS, READER)
        return cms.sign([octets], signer.key, signer.certificate, signer.scheme, PROVIDERS, now)


@dataclass
class Office:
    """The desk with its database at hand: each call is a transaction of its own."""

    database: object
    clock: object
    desk: DocumentDesk

    def do(self, method, *arguments, **more):
        with self.database.writing() as transaction:
            call = getattr(self.desk, method)
            return call(transaction, *arguments, now=self.clock(), actor=ACTOR, **more)

    def ask(self, question, *arguments, **more):
        with self.database.reading() as transaction:
            return question(transaction, *arguments, **more)

    def draw_up(self, form=FORM, participant=BANK, *, case=None, **more):
        parties = parties_of(form.doc_type, OPERATOR, participant)
        return self.do("draw_up", form, parties, Source(case=case), ids=uuid4, **more)

    def offered(self, form=FORM, participant=BANK, **more):
        document = self.draw_up(form, participant, **more)
        return self.do("offer", document.document_id)

    def file(self, document, file_format):
        return self.ask(self.desk.file, document.document_id, file_format)

    def sign(self, document, party, evidence=SCAN, signatory=SIGNATORY, signed_at=None):
        signature = Signature(evidence, signatory, signed_at or self.clock())
        return self.do("register_signature", document.document_id, party, signature)

    def sign_files(self, document, party, pen, *formats):
        octets = [self.file(document, one).octets for one in formats]
        given = Cms(tuple(pen.sign(one, self.clock()) for one in octets))
        return self.sign(document, party, given)

    def signed(self, form=FORM, participant=BANK, **more):
        """A document that every party has signed on paper."""
        document = self.offered(form, participant, **more)
        for party in document.awaited:
            document = self.sign(document, party).document
        return document


def draw_in_a_process(url, now, start, count):
    """Draw up acts, beginning together with the other processes."""
    database = Database(url)
    desk = DocumentDesk(PROVIDERS)
    parties = parties_of(FORM.doc_type, OPERATOR, BANK)
    start.wait()
    for _ in range(count):
        with database.writing() as transaction:
            desk.draw_up(transaction, FORM, parties, Source(), now, uuid4, "процесс")
    database.close()
