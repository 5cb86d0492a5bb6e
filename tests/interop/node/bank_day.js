"use strict";
// The bank's day by the npm package `soap`, from nothing but two WSDL addresses and Basic
// credentials.
//
// Reads what the bank knows as JSON from stdin, prints what it was answered as JSON, in the types
// that the package made of it. See ../README.md for the shape of both.

const crypto = require("node:crypto");
const fs = require("node:fs");
const timers = require("node:timers/promises");
const soap = require("soap");

const HUB = "urn://x-artefacts-citto-72/hub/1.0";
const PROCESSING = ["RECEIVED", "PROCESSING"];
const PATIENCE_MS = 60_000;

class Bank {
  static async open(known) {
    const bank = new Bank();
    bank.known = known;
    bank.payments = await bank.port(known.bankPaymentWsdl, "BankPaymentService", "Soap11");
    bank.registries = await bank.port(known.paymentRegistryWsdl, "PaymentRegistryService", "Soap11");
    bank.payments12 = await bank.port(known.bankPaymentWsdl, "BankPaymentService", "Soap12");
    return bank;
  }

  async port(wsdl, service, binding) {
    // The cache is by address, and a client of SOAP 1.2 would spoil the one of SOAP 1.1.
    const client = await soap.createClientAsync(wsdl, {
      disableCache: true,
      forceSoap12Headers: binding === "Soap12",
    });
    client.setSecurity(new soap.BasicAuthSecurity(this.known.login, this.known.password));
    return { client, operations: client[service][service + binding] };
  }

  /** Call an operation under a message id; without one, of its own new id. */
  async call(port, operation, fields = {}, messageId = crypto.randomUUID()) {
    port.client.clearSoapHeaders();
    port.client.addSoapHeader({
      MessageHeader: {
        messageId,
        sender: this.known.sender,
        timestamp: now(),
        contour: "TEST",
        formatVersion: "1.0",
      },
    }, "", "hub", HUB);
    return new Promise((resolve, reject) => {
      port.operations[operation](fields, (error, result, raw, header) => {
        this.raw = raw;
        this.answerHeader = header && header.MessageHeader;
        error ? reject(error) : resolve(result);
      });
    });
  }

  /** Call an operation that is to be refused; return the fault as the package shows it. */
  async refusal(port, operation, fields) {
    try {
      await this.call(port, operation, fields);
    } catch (error) {
      if (!error.root) throw error;
      const fault = error.root.Envelope.Body.Fault;
      return {
        faultcode: fault.faultcode ?? fault.Code.Value,
        faultstring: (fault.faultstring ?? fault.Reason.Text).$value,
        hubFault: (fault.detail ?? fault.Detail).HubFault,
      };
    }
    throw new Error(`${operation} was not refused`);
  }

  register(paymentId, account, amount, messageId) {
    const fields = this.payment(paymentId, account, amount);
    return this.call(this.payments, "RegisterPayment", fields, messageId);
  }

  payment(bankPaymentId, account, amount) {
    return {
      bankPaymentId,
      account,
      amount,
      currency: "RUB",
      paymentTime: this.known.paymentTime,
      channel: "ATM",
      terminalId: "ATM-0001",
    };
  }

  async waitUntilProcessed(hubRegistryId) {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const status = await this.call(this.registries, "GetRegistryStatus", { hubRegistryId });
      if (!PROCESSING.includes(status.state)) return status;
      await timers.setTimeout(100);
    }
    throw new Error(`registry ${hubRegistryId} is still being processed`);
  }

  /** Read a protocol two lines at a time. */
  async protocol(hubRegistryId) {
    const pages = [];
    const page = { limit: 2 };
    do {
      const fields = { hubRegistryId, page };
      const answer = await this.call(this.registries, "GetRegistryProtocol", fields);
      pages.push(answer.line ?? []);
      page.cursor = answer.nextCursor;
    } while (page.cursor !== undefined);
    return pages;
  }
}

function now() {
  return new Date().toISOString();
}

function line(lineNo, bankPaymentId, account, amount, known) {
  const paymentTime = known.paymentTime;
  return { lineNo, bankPaymentId, account, amount, paymentTime, channel: "ATM", status: "PAID" };
}

function registry(number, totalAmount, content, count, known) {
  return {
    registryId: `REG-${number}`,
    registryNumber: number,
    registryDate: known.paymentTime.slice(0, 10),
    organizerInn: known.organizerInn,
    period: { from: known.paymentTime, to: known.paymentTime },
    kind: "ONLINE",
    count,
    totalAmount,
    ...content,
  };
}

async function checkAndPay(bank, accounts) {
  const { known, payments, payments12, registries } = bank;
  const check = (account) =>
    bank.call(payments, "CheckAccount", { account, channel: "ATM", requestTime: now() });
  const status = (bankPaymentId) => bank.call(payments, "GetPaymentStatus", { bankPaymentId });
  const got = {
    ping: await bank.call(payments, "Ping"),
    pingRegistries: await bank.call(registries, "Ping"),
    pingSoap12: await bank.call(payments12, "Ping"),
    checked: await check(accounts[0]),
    checkedUnknown: await check(known.unknownAccount),
    messageId: crypto.randomUUID(),
  };
  got.paid = await bank.register("P-1", accounts[0], "500.00", got.messageId);
  got.answerHeader = bank.answerHeader;
  const first = bank.raw;
  await bank.register("P-1", accounts[0], "500.00", got.messageId);
  got.resentIsByteEqual = bank.raw === first;
  got.repeated = await bank.register("P-1", accounts[0], "500.00");
  got.conflict = await bank.register("P-1", accounts[0], "501.00");
  got.overLimit = await bank.register("P-LIMIT", accounts[0], "2000.01");
  await bank.register("P-2", accounts[1], "700.00");
  await bank.register("P-3", accounts[2], "150.50");
  await bank.register("P-4", accounts[3], "90.00");
  got.cancelled = await bank.call(payments, "CancelPayment", {
    bankPaymentId: "P-4",
    cancelId: "C-4",
    reason: "Плательщик передумал",
    cancelTime: now(),
  });
  got.status = await status("P-1");
  got.statusCancelled = await status("P-4");
  got.statusUnknown = await status("P-NONE");
  const broken = {
    ...bank.payment("9".repeat(51), accounts[0], "1.001"),
    currency: "USD",
  };
  got.schemaFault = await bank.refusal(payments, "RegisterPayment", broken);
  got.schemaFaultSoap12 = await bank.refusal(payments12, "RegisterPayment", broken);
  const stranger = await Bank.open({ ...known, password: "wrong" });
  got.strangerFault = await stranger.refusal(stranger.payments, "Ping", {});
  return got;
}

async function handIn(bank, accounts) {
  const { known, registries } = bank;
  const lines = [
    line(1, "P-1", accounts[0], "500.00", known),
    line(2, "P-2", accounts[1], "700.00", known),
    line(3, "P-3", accounts[2], "150.00", known),
    line(4, "P-6", accounts[4], "2500.00", known),
    line(5, "P-7", known.unknownAccount, "300.00", known),
  ];
  const day = registry("1", "4150.00", { line: lines }, 5, known);
  const got = {
    submitted: await bank.call(registries, "SubmitRegistry", day),
    submittedAgain: await bank.call(registries, "SubmitRegistry", day),
  };
  const { hubRegistryId } = got.submitted;
  got.processed = await bank.waitUntilProcessed(hubRegistryId);
  got.protocol = await bank.protocol(hubRegistryId);
  got.totalFault = await bank.refusal(
    registries,
    "SubmitRegistry",
    registry("2", "1.00", { line: [lines[0]] }, 1, known),
  );
  got.lineFault = await bank.refusal(
    registries,
    "SubmitRegistry",
    registry("3", "1000.00", { line: [lines[0], lines[0]] }, 2, known),
  );
  got.corrected = await bank.call(registries, "SubmitCorrection", {
    correctionId: "FIX-1",
    hubRegistryId,
    line: [{
      lineNo: 5,
      action: "REASSIGN",
      newAccount: accounts[4],
      basis: "Заявление от плательщика",
    }],
  });
  return { ...got, ...(await handInFile(bank)) };
}

/** The same first payment in a second registry, an XML file inside the message. */
async function handInFile(bank) {
  const { known, registries } = bank;
  const content = Buffer.from(known.file, "base64");
  const file = {
    fileId: crypto.randomUUID(),
    fileName: "registry.xml",
    mimeType: "application/xml",
    size: content.length,
    hash: crypto.createHash("sha256").update(content).digest("base64"),
    hashAlg: "SHA-256",
    content: known.file,
  };
  const submittedFile = await bank.call(
    registries,
    "SubmitRegistry",
    registry("4", "500.00", { file }, 1, known),
  );
  const { hubRegistryId } = submittedFile;
  const processedFile = await bank.waitUntilProcessed(hubRegistryId);
  return { submittedFile, processedFile, protocolOfFile: await bank.protocol(hubRegistryId) };
}

async function reconcile(bank) {
  const { known, registries } = bank;
  const day = known.paymentTime.slice(0, 10);
  const period = { from: day, to: day };
  return {
    reconciled: await bank.call(registries, "GetReconciliation", {
      period,
      organizerInn: known.organizerInn,
    }),
    annulled: await bank.call(registries, "AnnulRegistry", {
      registryId: "REG-4",
      reason: "Передан по ошибке",
    }),
    listed: await bank.call(registries, "ListRegistries", { period }),
  };
}

async function main() {
  const known = JSON.parse(fs.readFileSync(0, "utf8"));
  const bank = await Bank.open(known);
  const got = {
    ...(await checkAndPay(bank, known.accounts)),
    ...(await handIn(bank, known.accounts)),
    ...(await reconcile(bank)),
  };
  process.stdout.write(`${JSON.stringify(got, null, 2)}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
