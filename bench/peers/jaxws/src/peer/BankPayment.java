package peer;

import _72.citto.artefacts.x.common._1.PaymentState;
import _72.citto.artefacts.x.meals.bank_payment._1.BankPaymentPortType;
import _72.citto.artefacts.x.meals.bank_payment._1.CancelPaymentRequestType;
import _72.citto.artefacts.x.meals.bank_payment._1.CancelPaymentResponseType;
import _72.citto.artefacts.x.meals.bank_payment._1.CheckAccountRequestType;
import _72.citto.artefacts.x.meals.bank_payment._1.CheckAccountResponseType;
import _72.citto.artefacts.x.meals.bank_payment._1.GetPaymentStatusRequestType;
import _72.citto.artefacts.x.meals.bank_payment._1.GetPaymentStatusResponseType;
import _72.citto.artefacts.x.meals.bank_payment._1.PingRequestType;
import _72.citto.artefacts.x.meals.bank_payment._1.PingResponseType;
import _72.citto.artefacts.x.meals.bank_payment._1.RegisterPaymentRequestType;
import _72.citto.artefacts.x.meals.bank_payment._1.RegisterPaymentResponseType;
import com.sun.xml.ws.developer.SchemaValidation;
import java.util.UUID;
import javax.jws.WebService;

/** SVC-01 from the published WSDL; only RegisterPayment is measured and written. */
@WebService(
    serviceName = "BankPaymentService",
    portName = "BankPaymentServiceSoap11",
    targetNamespace = "urn://x-artefacts-citto-72/meals/bank-payment/1.0",
    endpointInterface = "_72.citto.artefacts.x.meals.bank_payment._1.BankPaymentPortType",
    wsdlLocation = "WEB-INF/wsdl/wsdl/meals/bank-payment/1.0/BankPaymentService.wsdl")
@SchemaValidation(inbound = true, outbound = false)
public class BankPayment implements BankPaymentPortType {
    private final Store store = Store.chosen();

    @Override
    public RegisterPaymentResponseType registerPayment(RegisterPaymentRequestType request) {
        String identity = UUID.randomUUID().toString();
        String now = Clock.now();
        store.payment(request, identity, now);
        RegisterPaymentResponseType response = new RegisterPaymentResponseType();
        response.setResultCode(0);
        response.setResultText("ОК");
        response.setBankPaymentId(request.getBankPaymentId());
        response.setHubPaymentId(identity);
        response.setState(PaymentState.ACCEPTED);
        response.setAcceptedAt(Clock.calendar(now));
        response.setDuplicate(false);
        return response;
    }

    @Override
    public CheckAccountResponseType checkAccount(CheckAccountRequestType request) {
        throw new UnsupportedOperationException("CheckAccount");
    }

    @Override
    public CancelPaymentResponseType cancelPayment(CancelPaymentRequestType request) {
        throw new UnsupportedOperationException("CancelPayment");
    }

    @Override
    public GetPaymentStatusResponseType getPaymentStatus(GetPaymentStatusRequestType request) {
        throw new UnsupportedOperationException("GetPaymentStatus");
    }

    @Override
    public PingResponseType ping(PingRequestType request) {
        throw new UnsupportedOperationException("Ping");
    }
}
