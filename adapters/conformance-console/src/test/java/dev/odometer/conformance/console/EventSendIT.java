package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The form that sends test events. */
class EventSendIT extends InBrowser {

    private static final String FIELD = "Event, or an array of events";

    @BeforeAll
    static void aMeter() {
        Api.call(
                ConsoleServer.open(),
                "POST",
                "/api/v1/meters",
                "{\"slug\":\"sent\",\"name\":\"Sent tokens\",\"aggregation\":\"SUM\",\"eventType\":\"sent\","
                        + "\"valueProperty\":\"$.usage.tokens\",\"groupBy\":{\"model\":\"$.model\"}}");
    }

    private void openForm() {
        open("#/events?type=sent", "Events");
        click("Send test event");
        choose("Example for the meter", "Sent tokens");
    }

    private String form() {
        return String.valueOf(field(FIELD).getDomProperty("value"));
    }

    private void enter(String text) {
        run(
                "const area = document.querySelector('textarea'); area.value = arguments[0];"
                        + "area.dispatchEvent(new Event('input', {bubbles: true}))",
                text);
    }

    @Test
    void sendsWhatTheMeterCounts() {
        openForm();
        String before = form();
        assertThat(before).contains("\"type\": \"sent\"", "\"usage\": {", "\"tokens\": 1", "\"model\": \"model-1\"");

        click("Send");

        see("The event was accepted.");
        see("sent Sent tokens test counted");
        assertThat(form()).isNotEqualTo(before);
        accessible();
        pictures("event-send");
        click("Close form");
        seeNot("The event was accepted.");
    }

    /** The first click of a double click can be answered before the second one, which must not send another event. */
    @Test
    void sendsOneEventOnADoubleClick() {
        openForm();
        click("Send");
        see("The event was accepted.");

        String button = "document.querySelector('[aria-label=\"Test event\"] [type=submit]')";
        String second = "new MouseEvent('click', {detail: 2, bubbles: true, cancelable: true})";
        Object isSubmitted = run("return " + button + ".dispatchEvent(" + second + ")");

        assertThat(isSubmitted).isEqualTo(false);
    }

    @Test
    void sendsOneEventWhileEnterIsHeldDown() {
        openForm();

        Object isPressed = run("const send = document.querySelector('[aria-label=\"Test event\"] [type=submit]');"
                + "const press = repeat => send.dispatchEvent(new KeyboardEvent('keydown',"
                + "    {key: 'Enter', repeat, bubbles: true, cancelable: true}));"
                + "return [press(false), press(true), press(true)]");

        assertThat(isPressed).isEqualTo(List.of(true, false, false));
    }

    /** Two meters of one type, of which one needs a value. */
    @Test
    void sendsWhatAllMetersOfTheTypeCount() {
        String meter = "{\"slug\":\"%s\",\"name\":\"%s\",\"aggregation\":\"%s\",\"eventType\":\"parcel\"%s}";
        api("POST", "/api/v1/meters", meter.formatted("parcels", "Parcels", "COUNT", ""));
        api("POST", "/api/v1/meters", meter.formatted("weight", "Weight", "SUM", ",\"valueProperty\":\"$.kilos\""));
        open("#/events?type=parcel&send=true", "Events");
        choose("Example for the meter", "Parcels");

        click("Send");

        see("The event was accepted.");
        see("parcel Parcels Weight test counted");
    }

    @Test
    void sendsEveryDigit() {
        openForm();

        enter("{\"specversion\":\"1.0\",\"id\":\"digits\",\"source\":\"form\",\"type\":\"sent\",\"subject\":\"test\","
                + "\"data\":{\"usage\":{\"tokens\":0.12345678901234567890}}}");
        click("Send");

        see("The event was accepted.");
        assertThat(api("GET", "/api/v1/events?id=digits", null)).contains("0.12345678901234567890");
    }

    @Test
    void showsWhereARefusedEventIsWrong() {
        openForm();

        enter(
                "[{\"specversion\":\"1.0\",\"id\":\"refused\",\"source\":\"form\",\"type\":\"sent\",\"subject\":\"test\"},"
                        + "{\"specversion\":\"1.0\",\"id\":\"no\",\"source\":\"form\",\"type\":\"sent\",\"subject\":7}]");
        click("Send");

        see("The API rejected the event at index 1. Nothing of the batch is stored.");
        see("Index 1 (2 of 2) Field subject Reason [1].subject must be a string: 7");
        accessible();
        pictures("event-refused");
        assertThat(api("GET", "/api/v1/events?id=refused", null)).isEqualTo("[]");
    }

    @Test
    void saysWhereTheJsonIsWrong() {
        openForm();

        enter("{\"id\":");
        click("Send");

        see("This is not valid JSON and was not sent");
        assertThat(field(FIELD).getDomAttribute("aria-invalid")).isEqualTo("true");
    }
}
