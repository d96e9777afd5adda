package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The events of notifications, with their deliveries. */
class NotificationsIT extends InBrowser {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static String raised = "";

    @Override
    ConsoleServer server() {
        return WebhookReceiver.server();
    }

    @BeforeAll
    static void someEvents() {
        String good = WebhookReceiver.channel("events-ok", "/events");
        String broken = WebhookReceiver.channel(HOSTILE, "/broken/events");
        String both = "\"" + good + "\",\"" + broken + "\"";
        post("/api/v1/meters", "{\"slug\":\"event_calls\",\"aggregation\":\"COUNT\",\"eventType\":\"event-call\"}");
        WebhookReceiver.rule(
                "raised",
                "meters.usage.threshold",
                both,
                ",\"meter\":\"event_calls\",\"windowSize\":\"DAY\",\"thresholds\":[{\"type\":\"usage_value\",\"value\":0.5}]");
        post(
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"notified\",\"type\":\"event-call\",\"subject\":\""
                        + HOSTILE + "\"}");
        String invoices = WebhookReceiver.rule("of invoices", "invoice.created", "\"" + good + "\"", "");
        post("/api/v1/notification/rules/" + invoices + "/test", "{}");
        raised = Api.text(
                Api.call(
                                WebhookReceiver.server(),
                                "GET",
                                "/api/v1/notification/events?subject=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
                                null)
                        .replaceFirst(".*\"items\":", ""),
                "id");
    }

    private static void post(String path, String body) {
        Api.call(WebhookReceiver.server(), "POST", path, body);
    }

    private void awaitDelivery() {
        await(
                "the delivery",
                () -> WebhookReceiver.received("/events").stream()
                                .anyMatch(one -> one.id().equals(raised))
                        && !WebhookReceiver.received("/broken/events").isEmpty());
    }

    @Test
    void listsEventsWithTheirDeliveries() {
        awaitDelivery();

        open("#/notifications", "Notifications");

        see("raised Usage threshold event_calls " + HOSTILE);
        see("SUCCESS events-ok SENDING " + HOSTILE + " answered with 500 Next attempt");
        see("of invoices test Invoice created");
        accessible();
        pictures("notifications");
        assertThat(complaints()).isEmpty();
    }

    @Test
    void filters() {
        open("#/notifications?tab=events", "Notifications");
        see("of invoices");

        choose("Type", "Usage threshold");
        seeNot("of invoices test");
        see("raised Usage threshold");
        see("events that were read match");
        assertThat(driver().getCurrentUrl()).contains("type=meters.usage.threshold");
        choose("Delivery", "FAILED");
        see("No event matches these filters.");
        driver().navigate().back();
        see("raised Usage threshold");
        click("Clear filters");
        see("of invoices test");
        type("Subject", HOSTILE);
        click("Apply filters");
        seeNot("of invoices test");
        see("raised Usage threshold");
    }

    @Test
    void filtersByRuleFeatureAndTime() {
        open("#/notifications?tab=events&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z", "Notifications");
        see("No event matches these filters.");
        open("#/notifications?tab=events&feature=no_such_feature", "Notifications");
        see("No event matches these filters.");
        open("#/notifications?tab=events", "Notifications");

        choose("Rule", "of invoices");

        seeNot("raised Usage threshold");
        see("of invoices test");
    }

    @Test
    void showsThePayloadAndTheAttempts() {
        awaitDelivery();

        open("#/notifications/events/" + raised, "raised");

        see("Delivery to events-ok SUCCESS");
        see("Delivery to " + HOSTILE + " SENDING");
        see("Reason answered with 500");
        see(WebhookReceiver.BROKEN);
        see("\"id\": \"" + raised + "\"");
        see("\"value\": 0.5");
        accessible();
        pictures("notification");
    }

    @Test
    void resendsAfterAConfirmation() {
        awaitDelivery();
        open("#/notifications/events/" + raised, "raised");
        int before = WebhookReceiver.received("/events").size();

        click("Resend");
        see("The event is delivered again, with the same id.");
        pictures("notification-resend");
        run(
                "[...document.querySelectorAll('dialog[open] label')].find(label => label.textContent.includes('onerror')).click()");
        click("Resend to 1 channel");

        await("the delivery", () -> WebhookReceiver.received("/events").size() > before);
        List<WebhookReceiver.Received> all = WebhookReceiver.received("/events");
        assertThat(all.get(all.size() - 1).id()).isEqualTo(raised);
        see("2 ");
        await(
                "two attempts",
                () -> text().matches(
                                ".*Delivery to events-ok SUCCESS.*Attempt .*2 .*SUCCESS 200.*1 .*SUCCESS 200.*Delivery to <.*"));
    }

    @Test
    void saysThatAnEventDoesNotExist() {
        open("#/notifications/events/nothing", "Event");

        see("404");
    }
}
