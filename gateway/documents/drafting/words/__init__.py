"""The words of every form. D2 is word for word; D3 is by analogy with it.

Nothing is added to an approved text: what else has to be told stands at the foot or in the
metadata.
"""

from collections.abc import Mapping

from gateway.documents.drafting.blocks import Template
from gateway.documents.drafting.words.acts import ACT_BANK_TEST, ACT_EMP, ACT_ORG_TEST, ACT_PUTO
from gateway.documents.drafting.words.letters import APP_EMP, APP_PUTO, APP_REGISO, LETTER_ARM
from gateway.documents.drafting.words.plans import RECON, TECHREQ, plan
from gateway.documents.drafting.words.protocols import protocol
from gateway.documents.drafting.words.statements import APP_BANK, APP_NET, JOIN, NOTICE_ACQ
from gateway.documents.kinds import DocType

TEMPLATES: Mapping[DocType, Template] = {
    DocType.ACT_EMP: ACT_EMP,
    DocType.APP_EMP: APP_EMP,
    DocType.APP_REGISO: APP_REGISO,
    DocType.ACT_PUTO: ACT_PUTO,
    DocType.PROT_PUTO: protocol("Протокол тестирования услуги", "Оператор ИС"),
    DocType.ACT_BANK_TEST: ACT_BANK_TEST,
    DocType.PROT_BANK: protocol("Протокол тестирования", "Кредитная организация"),
    DocType.ACT_ORG_TEST: ACT_ORG_TEST,
    DocType.PROT_ORG: protocol("Протокол тестирования", "Организатор питания"),
    DocType.PLAN_CONN: plan("План подключения"),
    DocType.PLAN_TEST: plan("План проведения тестовой эксплуатации"),
    DocType.JOIN: JOIN,
    DocType.APP_BANK: APP_BANK,
    DocType.NOTICE_ACQ: NOTICE_ACQ,
    DocType.LETTER_ARM: LETTER_ARM,
    DocType.APP_PUTO: APP_PUTO,
    DocType.APP_NET: APP_NET,
    DocType.RECON: RECON,
    DocType.TECHREQ: TECHREQ,
}
