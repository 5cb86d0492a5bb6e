// Signs the envelope on stdin by the npm package `soap` or by `xml-crypto` alone, or verifies it.
//   node sign.js soap|xml-crypto|verify KEY CERTIFICATE [PREFIX]
"use strict";

const fs = require("fs");
const { WSSecurityCert } = require("soap");
const { SignedXml } = require("xml-crypto");

const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const NAME = (name) => `//*[local-name(.)='${name}']`;

const [kind, keyFile, certificateFile, prefix = "s"] = process.argv.slice(2);
const envelope = fs.readFileSync(0, "utf8");
const key = fs.readFileSync(keyFile, "utf8");
const certificate = fs.readFileSync(certificateFile, "utf8");

function bySoap() {
  const security = new WSSecurityCert(key, certificate, "", {
    additionalReferences: ["hub:MessageHeader"],
  });
  return security.postProcess(envelope, prefix);
}

function byXmlCrypto() {
  const der = certificate.replace(/-----[A-Z ]+-----|\s/g, "");
  const signer = new SignedXml({
    idMode: "wssecurity",
    privateKey: key,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE,
    getKeyInfoContent: () =>
      `<X509Data><X509Certificate>${der}</X509Certificate></X509Data>`,
  });
  for (const name of ["Body", "MessageHeader"]) {
    signer.addReference({
      xpath: NAME(name),
      transforms: [EXCLUSIVE],
      digestAlgorithm: SHA256,
    });
  }
  signer.computeSignature(envelope, {
    location: { reference: NAME("Security"), action: "append" },
  });
  return signer.getSignedXml();
}

function verified() {
  const { DOMParser } = require("@xmldom/xmldom");
  const document = new DOMParser().parseFromString(envelope, "text/xml");
  const signature = document.getElementsByTagNameNS(
    "http://www.w3.org/2000/09/xmldsig#",
    "Signature",
  )[0];
  const verifier = new SignedXml({ idMode: "wssecurity", publicCert: certificate });
  verifier.loadSignature(signature);
  try {
    return verifier.checkSignature(envelope) ? "true" : "false";
  } catch (error) {
    return `false: ${error.message}`;
  }
}

const ways = { soap: bySoap, "xml-crypto": byXmlCrypto, verify: verified };
process.stdout.write(ways[kind]());
