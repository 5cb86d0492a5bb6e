import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.ws.security.WSConstants;
import org.apache.ws.security.WSDataRef;
import org.apache.ws.security.WSEncryptionPart;
import org.apache.ws.security.WSSConfig;
import org.apache.ws.security.WSSecurityEngine;
import org.apache.ws.security.WSSecurityEngineResult;
import org.apache.ws.security.components.crypto.Merlin;
import org.apache.ws.security.message.WSSecHeader;
import org.apache.ws.security.message.WSSecSignature;
import org.apache.ws.security.message.WSSecTimestamp;
import org.w3c.dom.Document;

/** WSS4J on Santuario: signs the envelope on stdin, or verifies it and names what was signed. */
public class Wss {
  private static final String ALIAS = "hub";

  public static void main(String[] arguments) throws Exception {
    String verb = arguments[0];
    String store = arguments[1];
    String password = arguments[2];
    String actor = arguments.length > 3 ? arguments[3] : null;
    WSSConfig.init();
    Merlin crypto = new Merlin();
    crypto.setKeyStore(read(store, password));
    Document envelope = parse(System.in);
    if (verb.equals("sign")) {
      write(sign(envelope, crypto, password, actor));
    } else {
      verify(envelope, crypto, actor);
    }
  }

  private static Document sign(Document envelope, Merlin crypto, String password, String actor)
      throws Exception {
    String soap = envelope.getDocumentElement().getNamespaceURI();
    WSSecHeader header = new WSSecHeader(actor, false);
    header.insertSecurityHeader(envelope);
    WSSecTimestamp timestamp = new WSSecTimestamp();
    timestamp.setTimeToLive(300);
    timestamp.build(envelope, header);
    WSSecSignature signature = new WSSecSignature();
    signature.setUserInfo(ALIAS, password);
    signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
    signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
    List<WSEncryptionPart> parts = new ArrayList<>();
    parts.add(new WSEncryptionPart("Body", soap, "Content"));
    parts.add(new WSEncryptionPart("Timestamp", WSConstants.WSU_NS, "Content"));
    parts.add(
        new WSEncryptionPart("MessageHeader", "urn://x-artefacts-citto-72/hub/1.0", "Content"));
    signature.setParts(parts);
    return signature.build(envelope, crypto, header);
  }

  private static void verify(Document envelope, Merlin crypto, String actor) throws Exception {
    WSSecurityEngine engine = new WSSecurityEngine();
    WSSConfig config = WSSConfig.getNewInstance();
    // Its Basic Security Profile knows SHA-1 and nothing later.
    config.setWsiBSPCompliant(false);
    engine.setWssConfig(config);
    List<WSSecurityEngineResult> results =
        engine.processSecurityHeader(envelope, actor, null, crypto);
    for (WSSecurityEngineResult result : results) {
      Object references = result.get(WSSecurityEngineResult.TAG_DATA_REF_URIS);
      if (references != null) {
        for (Object reference : (List<?>) references) {
          System.out.println(((WSDataRef) reference).getName().getLocalPart());
        }
      }
    }
  }

  private static KeyStore read(String store, String password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = new FileInputStream(store)) {
      keys.load(file, password.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    X509Certificate certificate = (X509Certificate) keys.getCertificate(ALIAS);
    trusted.setKeyEntry(
        ALIAS,
        keys.getKey(ALIAS, password.toCharArray()),
        password.toCharArray(),
        new java.security.cert.Certificate[] {certificate});
    trusted.setCertificateEntry("trusted", certificate);
    return trusted;
  }

  private static Document parse(InputStream octets) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(octets);
  }

  private static void write(Document document) throws Exception {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.transform(new DOMSource(document), new StreamResult(System.out));
  }
}
