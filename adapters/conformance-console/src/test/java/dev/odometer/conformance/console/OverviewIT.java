package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The overview, on a service of its own: empty at first, with the example, and with problems. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OverviewIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own();
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    @Test
    @Order(1)
    void saysWhatToDoFirst() {
        open("", "Overview");

        see("Create a meter, then send events");
        see("curl -H 'Content-Type: application/json' '" + server().url() + "api/v1/meters'");
        accessible();
        pictures("overview-empty");
        click("Copy command");
        see("Copied");
    }

    /** Order 2 loads the rest. */
    @Test
    @Order(1)
    void offersTheExampleAgainAfterAnInterruption() {
        open("", "Overview");
        run("const real = fetch; let batches = 0; globalThis.fetch = (url, options) =>"
                + "String(url).endsWith('/events') && ++batches > 3 ? new Promise(() => {}) : real(url, options)");

        click("Load example data");
        see("Events sent: 3,000 of");
        driver().navigate().refresh();

        see("Create a meter, then send events");
    }

    @Test
    @Order(2)
    void loadsTheFlights() {
        open("", "Overview");

        click("Load example data");

        see("Usage today");
        settle();
        see("Miles flown");
        see("Same time last week");
        assertThat(total("flights")).isBetween(18_000, 20_000);
        see("No problems");
        accessible();
        pictures("overview");
        assertThat(complaints())
                .as("other than of the customers of the interrupted load")
                .allMatch(complaint -> complaint.contains("/customers") && complaint.contains("409"));
        loadingAgainAddsNothing();
    }

    /** As from another tab in which the button is still there. */
    private void loadingAgainAddsNothing() {
        int before = total("flights");
        Object last = driver().executeAsyncScript("const done = arguments[0]; let last;"
                + "import(new URL('js/flights.js', document.baseURI)).then(it => it.loadFlights((sent, all) => { last = [sent, all]; }))"
                + ".then(() => done(last), error => done(String(error)))");

        assertThat(last)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .as("all were sent")
                .hasSize(2)
                .satisfies(sent -> assertThat(sent.get(0)).isEqualTo(sent.get(1)));
        // Flights of the minutes since then were in the future before.
        assertThat(total("flights")).isBetween(before, before + 50);
    }

    private int total(String meter) {
        String answer = api("GET", "/api/v1/meters/" + meter + "/query", null);
        return Integer.parseInt(answer.replaceFirst("(?s).*\"value\":(\\d+).*", "$1"));
    }

    @Test
    @Order(3)
    void comparesWithTheSameTimeLastWeek() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        api(
                "POST",
                "/api/v1/meters",
                "{\"slug\":\"calls\",\"aggregation\":\"SUM\",\"eventType\":\"call\",\"valueProperty\":\"$.n\"}");
        api(
                "POST",
                "/api/v1/customers",
                "{\"name\":\"Acme\",\"key\":\"acme\",\"usageAttribution\":{\"subjectKeys\":[\"acme\"]}}");
        event("1", "call", now, "150");
        event("2", "call", now.minus(7, ChronoUnit.DAYS), "100");

        open("#/overview?meter=calls", "Overview");

        see("calls 150 100 +50%");
        seeNot("There are no customers yet");
        see("Acme 150");
        int hours = now.atZone(ZoneOffset.UTC).getHour() + 1;
        assertThat(run("return document.querySelector('.chart [role=img]').getAttribute('aria-label')"))
                .as("a value for each hour of both days, also for hours without usage")
                .asString()
                .containsAnyOf("a chart of " + 2 * hours + " values", "a chart of " + 2 * (hours + 1) + " values");
    }

    @Test
    @Order(4)
    void choosesTheMeterInTheAddress() {
        open("", "Overview");

        choose("Meter", "Miles flown");
        see("By Miles flown today.");

        assertThat(driver().getCurrentUrl()).endsWith("#/overview?meter=miles");
        driver().navigate().back();
        see("By calls today.");
    }

    @Test
    @Order(5)
    void showsWhatIsWrong() {
        event("3", "call", Instant.now(), "many");

        open("", "Overview");

        see("Events are not counted");
        see("value cannot be parsed as float64: many");
        accessible();
        pictures("overview-wrong");
    }

    private void event(String id, String type, Instant time, String value) {
        api(
                "POST",
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"test\",\"type\":\"" + type
                        + "\",\"subject\":\"acme\",\"time\":\"" + time + "\",\"data\":{\"n\":\"" + value + "\"}}");
    }
}
