// npm soap from the published WSDL; the request is validated before soap sees it.
'use strict';
const cluster = require('cluster');
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const path = require('path');
const libxml = require('libxmljs2');
const soap = require('soap');

const { BENCH_BUILD, BENCH_MODE, BENCH_PORT, BENCH_ROOT, BENCH_SQLITE, BENCH_WORKERS } = process.env;
const PAYMENT = `bank_payment_id, account, amount, payment_time, channel, terminal_id,
  document_number, hub_payment_id, accepted_at`;
const REGISTRY = `registry_id, registry_number, registry_date, organizer_inn, period_from,
  period_to, kind, line_count, total_amount, hub_registry_id, received_at`;
const LINE = 'line_no, bank_payment_id, account, amount, payment_time, channel, terminal_id, status';
const LINE_TYPES = ['int', 'text', 'text', 'numeric', 'timestamptz', 'text', 'text', 'text'];
const OFFSET = 5 * 3600 * 1000;

const marks = (count) => Array(count).fill('?').join(', ');
const numbered = (from, count) => Array.from({ length: count }, (_, i) => `$${from + i}`).join(', ');
const text = (value) => (value instanceof Date ? value.toISOString() : String(value));
const optional = (value) => (value === undefined ? null : text(value));
const now = () => new Date(Date.now() + OFFSET).toISOString().replace('Z', '+05:00');

const STORES = {
  none: () => ({ payment: async () => {}, registry: async () => {} }),

  sqlite() {
    const database = require('better-sqlite3')(BENCH_SQLITE, { timeout: 60000 });
    database.pragma('synchronous = FULL');
    const payment = database.prepare(`INSERT INTO payment(${PAYMENT}) VALUES (${marks(9)})`);
    const registry = database.prepare(`INSERT INTO registry(${REGISTRY}) VALUES (${marks(11)})`);
    const line = database.prepare(`INSERT INTO registry_line(registry_seq, ${LINE}) VALUES (${marks(9)})`);
    const both = database.transaction((row, lines) => {
      const seq = registry.run(row).lastInsertRowid;
      for (const one of lines) line.run(seq, ...one);
    });
    return {
      payment: async (row) => payment.run(row),
      registry: async (row, lines) => both.immediate(row, lines),
    };
  },

  pg() {
    const { Pool } = require('pg');
    const pool = new Pool({ max: 8 });
    const payment = `INSERT INTO payment(${PAYMENT}) VALUES (${numbered(1, 9)})`;
    const arrays = LINE_TYPES.map((type, i) => `$${12 + i}::${type}[]`).join(', ');
    const registry = `WITH r AS (INSERT INTO registry(${REGISTRY}) VALUES (${numbered(1, 11)}) RETURNING seq)
      INSERT INTO registry_line(registry_seq, ${LINE}) SELECT r.seq, u.* FROM r, unnest(${arrays}) u`;
    return {
      payment: (row) => pool.query({ name: 'payment', text: payment, values: row }),
      registry(row, lines) {
        const columns = LINE_TYPES.map((_, i) => lines.map((one) => one[i]));
        return pool.query({ name: 'registry', text: registry, values: [...row, ...columns] });
      },
    };
  },
};

function operations(store) {
  return {
    async RegisterPayment(request) {
      const [identity, moment] = [crypto.randomUUID(), now()];
      await store.payment([
        request.bankPaymentId, text(request.account), text(request.amount), text(request.paymentTime),
        request.channel, optional(request.terminalId), optional(request.documentNumber), identity, moment,
      ]);
      return {
        resultCode: 0, resultText: 'ОК', bankPaymentId: request.bankPaymentId, hubPaymentId: identity,
        state: 'ACCEPTED', acceptedAt: moment, duplicate: false,
      };
    },

    async SubmitRegistry(request) {
      const [identity, moment] = [crypto.randomUUID(), now()];
      const lines = [].concat(request.line || []);
      await store.registry([
        request.registryId, text(request.registryNumber), text(request.registryDate).slice(0, 10),
        text(request.organizerInn), text(request.period.from), text(request.period.to), request.kind,
        Number(request.count), text(request.totalAmount), identity, moment,
      ], lines.map((line) => [
        Number(line.lineNo), line.bankPaymentId, text(line.account), text(line.amount),
        text(line.paymentTime), line.channel, optional(line.terminalId), line.status,
      ]));
      return {
        registryId: request.registryId, hubRegistryId: identity, state: 'RECEIVED', receivedAt: moment,
        duplicate: false,
      };
    },
  };
}

const SERVICES = [
  { name: 'bank-payment', service: 'BankPaymentService', operation: 'RegisterPayment' },
  { name: 'payment-registry', service: 'PaymentRegistryService', operation: 'SubmitRegistry' },
];

function mount(server, { name, service, operation }, implementation) {
  const wsdl = path.join(BENCH_ROOT, 'wsdl', 'meals', name, '1.0', `${service}.wsdl`);
  const bound = { [operation]: implementation[operation] };
  return new Promise((resolve, reject) => soap.listen(server, {
    path: `/test/ws/meals/${name}/1.0`,
    services: { [service]: { [`${service}Soap11`]: bound, [`${service}Soap12`]: bound } },
    xml: fs.readFileSync(wsdl, 'utf8'),
    uri: wsdl,
    callback: (error) => (error ? reject(error) : resolve()),
  }));
}

function validators() {
  return new Map(SERVICES.map(({ name }) => {
    const file = path.join(BENCH_BUILD, 'bench', 'peers', 'common', `${name}-envelope.xsd`);
    const schema = libxml.parseXml(fs.readFileSync(file, 'utf8'), { baseUrl: file });
    return [`/test/ws/meals/${name}/1.0`, schema];
  }));
}

function violation(body, schema) {
  try {
    const document = libxml.parseXml(body, { nonet: true });
    return document.validate(schema) ? null : String(document.validationErrors[0]);
  } catch (error) {
    return String(error);
  }
}

function refuse(response, reason) {
  const escaped = reason.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  response.writeHead(500, { 'Content-Type': 'text/xml; charset=utf-8' });
  response.end('<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
    + `<soap:Fault><faultcode>soap:Client</faultcode><faultstring>${escaped}</faultstring></soap:Fault>`
    + '</soap:Body></soap:Envelope>');
}

// soap has no hook before its own parsing: its listeners are taken off and called when we agree.
function validateFirst(server) {
  const schemas = validators();
  const inner = server.listeners('request').slice();
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const schema = schemas.get(request.url);
    if (request.method !== 'POST' || !schema) {
      response.writeHead(404).end();
      return;
    }
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const wrong = violation(body.toString('utf8'), schema);
      if (wrong) {
        refuse(response, wrong);
        return;
      }
      request.body = body;
      inner.forEach((listener) => listener.call(server, request, response));
    });
  });
}

async function serve() {
  const implementation = operations(STORES[BENCH_MODE]());
  const server = http.createServer((request, response) => response.writeHead(404).end());
  for (const service of SERVICES) await mount(server, service, implementation);
  validateFirst(server);
  server.keepAliveTimeout = 60000;
  server.listen(Number(BENCH_PORT), '127.0.0.1', 511);
}

if (cluster.isPrimary) {
  for (let i = 0; i < Number(BENCH_WORKERS); i += 1) cluster.fork();
} else {
  serve().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
