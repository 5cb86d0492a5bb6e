package peer;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/** The time of an answer, as the contract writes it. */
final class Clock {
    private static final ZoneOffset TYUMEN = ZoneOffset.ofHours(5);
    private static final DateTimeFormatter FORM =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    private static final DatatypeFactory TYPES = types();

    private Clock() {
    }

    static String now() {
        return OffsetDateTime.now(TYUMEN).format(FORM);
    }

    static XMLGregorianCalendar calendar(String text) {
        return TYPES.newXMLGregorianCalendar(text);
    }

    private static DatatypeFactory types() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }
}
