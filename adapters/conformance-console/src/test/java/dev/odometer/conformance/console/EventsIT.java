package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The stored events, on a service of its own that has no events at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EventsIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own();
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    private void event(String id, String type, String subject, String data) {
        event(id, type, subject, Instant.now(), data);
    }

    private void event(String id, String type, String subject, Instant time, String data) {
        api("POST", "/api/v1/events", json(id, type, subject, time, data));
    }

    private static String json(String id, String type, String subject, Instant time, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"events\",\"type\":\"" + type
                + "\",\"subject\":\"" + subject + "\",\"time\":\"" + time + "\",\"data\":" + data + "}";
    }

    @Test
    @Order(1)
    void saysHowToSendTheFirstEvent() {
        open("#/events", "Events");

        see("There are no events yet");
        see("curl -H 'Content-Type: application/cloudevents+json' '" + server().url() + "api/v1/events'");
        accessible();
        pictures("events-empty");
    }

    @Test
    @Order(2)
    void showsNewEventsAndSaysSo() {
        api(
                "POST",
                "/api/v1/meters",
                "{\"slug\":\"tokens\",\"name\":\"Tokens\",\"aggregation\":\"SUM\",\"eventType\":\"prompt\","
                        + "\"valueProperty\":\"$.usage.tokens\",\"groupBy\":{\"model\":\"$.model\"}}");
        api(
                "POST",
                "/api/v1/customers",
                "{\"name\":\"Acme\",\"key\":\"acme\",\"usageAttribution\":{\"subjectKeys\":[\"acme\"]}}");
        open("#/events", "Events");
        see("There are no events yet");

        event("first", "prompt", "acme", "{\"usage\":{\"tokens\":5}}");

        see("new prompt Tokens acme Acme counted first");
        await(
                "an announcement",
                () -> String.valueOf(
                                run(
                                        "return [...document.querySelectorAll('[role=status]')].map(one => one.textContent).join()"))
                        .contains("1 new event"));
        accessible();
        seeNot("new prompt");
    }

    @Test
    @Order(3)
    void keepsWhatIsShownDuringAPause() {
        open("#/events", "Events");
        see("first");

        click("Pause");
        see("Paused.");
        event("in-the-pause", "prompt", "acme", "{\"usage\":{\"tokens\":1}}");
        // Nothing marks that no request was sent: two intervals of the tail pass.
        pause(4000);

        assertThat(text()).doesNotContain("in-the-pause");
        click("Resume");
        see("in-the-pause");
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    @Order(4)
    void filters() {
        event("f-1", "prompt", "globex", "{\"usage\":{\"tokens\":1}}");
        event("f-2", "login", "acme", "{}");
        event("f-3", "prompt", "acme", Instant.now().minus(3, ChronoUnit.DAYS), "{\"usage\":{\"tokens\":1}}");
        open("#/events", "Events");
        see("f-1");

        type("Subject", "globex");
        click("Apply filters");
        seeNot("f-2");
        see("f-1");
        assertThat(driver().getCurrentUrl()).endsWith("#/events?subject=globex");
        driver().navigate().back();
        see("f-2");
        type("Customer", "acme");
        type("Type", "login");
        click("Apply filters");
        seeNot("f-3");
        see("f-2");
        click("Clear filters");
        see("f-3");
        type("Id contains", "-3");
        click("Apply filters");
        seeNot("f-2");
        see("f-3");
    }

    @Test
    @Order(5)
    void showsTheRangeOfAnAddress() {
        Instant from = Instant.now().minus(4, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        open("#/events?from=" + from + "&to=" + from.plus(2, ChronoUnit.DAYS), "Events");

        see("f-3");
        assertThat(text()).doesNotContain("f-1");
        open("#/events?customer=nothing", "Events");
        see("404");
    }

    @Test
    @Order(6)
    void showsOnlyEventsThatAreNotCounted() {
        event("bad-1", "prompt", "acme", "{\"usage\":{\"tokens\":true}}");
        open("#/events", "Events");
        see("first");

        click(field("Only events that are not counted"));

        seeNot("first");
        see("not counted invalid event: unsupported value property type: bool bad-1");
        see("not counted no meter found for event type: login f-2");
        assertThat(driver().getCurrentUrl()).endsWith("#/events?errors=true");
        event("bad-2", "prompt", "acme", "{}");
        see("not counted invalid event: missing value property: \"$.usage.tokens\" bad-2");
        accessible();
        pictures("events-errors");
    }

    private void click(org.openqa.selenium.WebElement element) {
        element.click();
    }

    @Test
    @Order(7)
    void showsTheDataWithAllOfItsDigits() {
        event(
                "<img src=x onerror=alert(1)>",
                "precise",
                "<b>bold</b>",
                "{\"price\":0.12345678901234567890,\"n\":1.50}");
        open("#/events?type=precise", "Events");

        click("<img src=x onerror=alert(1)>");

        see("\"price\": 0.12345678901234567890, \"n\": 1.50");
        see("<b>bold</b>");
        accessible();
        pictures("events");
    }

    @Test
    @Order(8)
    void pagesThroughOlderEvents() {
        Instant start = Instant.now().minus(30, ChronoUnit.DAYS);
        api(
                "POST",
                "/api/v1/events",
                IntStream.range(0, 120)
                        .mapToObj(n -> json("page-" + n, "page", "acme", start.plusSeconds(n), "{}"))
                        .collect(Collectors.joining(",", "[", "]")));
        open("#/events?type=page", "Events");
        see("page-119");

        click("Older events");

        see("page-69 ");
        seeNot("page-70 ");
        click("Older events");
        see("page-19 ");
        see("There are no older events.");
        driver().navigate().back();
        see("page-69 ");
        click("Newest events");
        see("page-119");
    }

    @Test
    @Order(8)
    void leavesOutNoEventAfterABurst() {
        Instant start = Instant.now().minus(20, ChronoUnit.DAYS);
        open("#/events?type=burst", "Events");
        burst(start, 0, 10);
        see("burst-9 ");

        burst(start, 10, 150);

        see("burst-149 ");
        seeNot("burst-9 ");
        see("50 events, the latest first.");
        click("Older events");
        see("burst-99 ");
        see("burst-50 ");
    }

    private void burst(Instant start, int from, int to) {
        api(
                "POST",
                "/api/v1/events",
                IntStream.range(from, to)
                        .mapToObj(n -> json("burst-" + n, "burst", "acme", start.plusSeconds(n), "{}"))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    @Order(9)
    void keepsTheEventsWhileTheApiDoesNotAnswer() {
        open("#/events", "Events");
        see("f-1");

        driver().executeCdpCommand("Network.enable", Map.of());
        driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*/api/v2/events*")));
        try {
            see("The API does not respond.");
            see("The data shown is from an earlier request.");
            assertThat(text()).contains("f-1");
        } finally {
            driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of()));
        }
        seeNot("The API does not respond.");
    }

    @Test
    @Order(10)
    void filtersBySeveralSubjects() {
        event("of-one", "several", "one", "{}");
        event("of-two", "several", "two", "{}");
        event("of-three", "several", "three", "{}");

        open("#/events?type=several&subject=one&subject=two", "Events");

        see("of-one");
        see("of-two");
        seeNot("of-three");
        click("Apply filters");
        see("of-one");
        click("Remove filter: subject is one");
        seeNot("of-one");
        assertThat(driver().getCurrentUrl()).endsWith("?type=several&subject=two");
        assertThat(field("Subject").getDomProperty("value")).isEqualTo("two");
    }
}
