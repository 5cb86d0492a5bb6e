package peer;

import _72.citto.artefacts.x.common._1.RegistryState;
import _72.citto.artefacts.x.meals.payment_registry._1.AnnulRegistryRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.AnnulRegistryResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetReconciliationRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetReconciliationResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetRegistryProtocolRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetRegistryProtocolResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetRegistryStatusRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.GetRegistryStatusResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.ListRegistriesRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.ListRegistriesResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.PaymentRegistryPortType;
import _72.citto.artefacts.x.meals.payment_registry._1.PingRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.PingResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitCorrectionRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitCorrectionResponseType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitRegistryRequestType;
import _72.citto.artefacts.x.meals.payment_registry._1.SubmitRegistryResponseType;
import com.sun.xml.ws.developer.SchemaValidation;
import java.util.UUID;
import javax.jws.WebService;

/** SVC-02 from the published WSDL; only SubmitRegistry is measured and written. */
@WebService(
    serviceName = "PaymentRegistryService",
    portName = "PaymentRegistryServiceSoap11",
    targetNamespace = "urn://x-artefacts-citto-72/meals/payment-registry/1.0",
    endpointInterface = "_72.citto.artefacts.x.meals.payment_registry._1.PaymentRegistryPortType",
    wsdlLocation = "WEB-INF/wsdl/wsdl/meals/payment-registry/1.0/PaymentRegistryService.wsdl")
@SchemaValidation(inbound = true, outbound = false)
public class PaymentRegistry implements PaymentRegistryPortType {
    private final Store store = Store.chosen();

    @Override
    public SubmitRegistryResponseType submitRegistry(SubmitRegistryRequestType request) {
        String identity = UUID.randomUUID().toString();
        String now = Clock.now();
        store.registry(request, identity, now);
        SubmitRegistryResponseType response = new SubmitRegistryResponseType();
        response.setRegistryId(request.getRegistryId());
        response.setHubRegistryId(identity);
        response.setState(RegistryState.RECEIVED);
        response.setReceivedAt(Clock.calendar(now));
        response.setDuplicate(false);
        return response;
    }

    @Override
    public GetRegistryStatusResponseType getRegistryStatus(GetRegistryStatusRequestType request) {
        throw new UnsupportedOperationException("GetRegistryStatus");
    }

    @Override
    public GetRegistryProtocolResponseType getRegistryProtocol(
        GetRegistryProtocolRequestType request) {
        throw new UnsupportedOperationException("GetRegistryProtocol");
    }

    @Override
    public AnnulRegistryResponseType annulRegistry(AnnulRegistryRequestType request) {
        throw new UnsupportedOperationException("AnnulRegistry");
    }

    @Override
    public SubmitCorrectionResponseType submitCorrection(SubmitCorrectionRequestType request) {
        throw new UnsupportedOperationException("SubmitCorrection");
    }

    @Override
    public ListRegistriesResponseType listRegistries(ListRegistriesRequestType request) {
        throw new UnsupportedOperationException("ListRegistries");
    }

    @Override
    public GetReconciliationResponseType getReconciliation(GetReconciliationRequestType request) {
        throw new UnsupportedOperationException("GetReconciliation");
    }

    @Override
    public PingResponseType ping(PingRequestType request) {
        throw new UnsupportedOperationException("Ping");
    }
}
