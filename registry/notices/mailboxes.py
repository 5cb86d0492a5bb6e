"""Where notices of a participant are mailed to: the person whose matter it is (PART-05)."""

from gateway.delivery.mail import is_mailbox
from gateway.storage.database import Transaction
from registry import contacts
from registry.contacts import ContactRole
from registry.notices.codes import NoticeCode

_ROLES = {
    NoticeCode.TECHREQ: ContactRole.TECHNICAL,
    NoticeCode.CERT_EXPIRY: ContactRole.TECHNICAL,
    NoticeCode.PROHIBITED: ContactRole.SERVICE_OWNER,
    NoticeCode.RESPONSIBLE_OVERDUE: ContactRole.SERVICE_OWNER,
}


def mailboxes_of(transaction: Transaction, participant: str, code: NoticeCode) -> list[str]:
    """Return the mailbox of whoever answers for the matter, else of the responsible person.

    Empty when the participant has named nobody, or no mailbox that mail can be sent to.
    """
    role = _ROLES.get(code, ContactRole.RESPONSIBLE)
    person = contacts.addressee(transaction, participant, role)
    return [person.email] if person is not None and is_mailbox(person.email) else []
