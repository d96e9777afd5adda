package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of notifications. */
class RulesIT extends InBrowser {

    private static String channel = "";

    @Override
    ConsoleServer server() {
        return WebhookReceiver.server();
    }

    @BeforeAll
    static void someChannels() {
        channel = WebhookReceiver.channel("rules-ok", "/rules");
        Api.call(
                WebhookReceiver.server(),
                "POST",
                "/api/v1/meters",
                "{\"slug\":\"rule_calls\",\"name\":\"Rule calls\",\"aggregation\":\"COUNT\",\"eventType\":\"rule-call\"}");
        Api.call(
                WebhookReceiver.server(),
                "POST",
                "/api/v1/features",
                "{\"key\":\"rule_feature\",\"name\":\"Rule feature\",\"meterSlug\":\"rule_calls\"}");
    }

    private void openForm(String type) {
        open("#/notifications/rules/new?channel=" + channel, "Create rule");
        choose("Type", type);
    }

    private String rules() {
        return api("GET", "/api/v1/notification/rules?pageSize=1000", null);
    }

    @Test
    void createsARuleOnBalances() {
        openForm("Balance threshold");
        type("Name", "nearly used up");
        type("Feature", "rule_feature");
        type("Value 1", "90");
        click("Add threshold");
        choose("Condition 2", "Balance below a value");
        type("Value 2", "0.1234567890123456789");
        accessible();
        pictures("rule-new");
        click("Create");

        heading("nearly used up");
        see("Usage above 90 % of the grants Balance below 0.1234567890123456789");
        see("Features rule_feature");
        assertThat(rules()).contains("{\"type\":\"balance_value\",\"value\":0.1234567890123456789}");
        accessible();
        pictures("rule");
    }

    @Test
    void createsARuleOnResets() {
        openForm("Start of a usage period");
        type("Name", "begins");
        click("Create");

        heading("begins");
        see("Features All");
        assertThat(rules()).contains("\"type\":\"entitlements.reset\",\"name\":\"begins\"");
    }

    @Test
    void createsARuleOnUsage() {
        openForm("Usage threshold");
        type("Name", "much usage");
        choose("Meter", "Rule calls");
        choose("Window", "Hour");
        choose("Window time zone", "Europe/Berlin");
        type("Subject", "acme");
        type("Value 1", "1000");
        accessible();
        pictures("rule-usage");
        click("Create");

        heading("much usage");
        see("Meter rule_calls Window HOUR, Europe/Berlin Subjects acme Thresholds Usage above 1,000");
        assertThat(rules()).contains("\"thresholds\":[{\"type\":\"usage_value\",\"value\":1000}]");
    }

    @Test
    void createsRulesOnInvoices() {
        openForm("Invoice created");
        type("Name", "new invoices");
        click("Create");
        heading("new invoices");
        openForm("Invoice updated");
        type("Name", "changed invoices");
        click("Create");
        heading("changed invoices");

        open("#/notifications?tab=rules", "Notifications");
        see("new invoices Invoice created all rules-ok enabled");
        see("changed invoices Invoice updated all rules-ok enabled");
        accessible();
        pictures("rules");
    }

    @Test
    void saysWhyARuleIsRefused() {
        openForm("Balance threshold");
        type("Name", "refused");
        type("Value 1", "much");
        click("Create");
        see("Value 1 is not a number such as 90 or 0.5: much");
        type("Value 1", "90");
        type("Feature", "no_such_feature");
        click("Create");

        see("feature not found: no_such_feature");
        assertThat(rules()).doesNotContain("refused");
    }

    @Test
    void disablesEnablesEditsAndDeletes() {
        String id = WebhookReceiver.rule(
                "<b>changes</b>",
                "meters.usage.threshold",
                "\"" + channel + "\"",
                ",\"meter\":\"rule_calls\",\"windowSize\":\"DAY\",\"thresholds\":[{\"type\":\"usage_value\",\"value\":1.234567890123456789}]");
        open("#/notifications/rules/" + id, "<b>changes</b>");

        click("Disable");
        see("While the rule is disabled it raises no events.");
        run("document.querySelector('dialog[open] .actions button:last-child').click()");
        see("Status disabled");
        assertThat(api("GET", "/api/v1/notification/rules/" + id, null))
                .contains("\"disabled\":true", "\"value\":1.234567890123456789}");
        click("Enable");
        see("Status enabled");
        click("Edit");
        type("Name", "changed");
        click("Save");
        heading("changed");
        assertThat(api("GET", "/api/v1/notification/rules/" + id, null))
                .contains("\"name\":\"changed\"", "\"value\":1.234567890123456789}");
        click("Delete");
        click("Delete rule");
        heading("Notifications");
        settle();
        seeNot("changed Usage threshold");
    }

    @Test
    void sendsATestEventAndShowsItsDeliveries() {
        String broken = WebhookReceiver.channel("rules-broken", "/broken/rules");
        String id = WebhookReceiver.rule("tested", "entitlements.reset", "\"" + channel + "\",\"" + broken + "\"", "");
        open("#/notifications/rules/" + id, "tested");

        click("Send test event");

        see("Delivery to rules-ok SUCCESS");
        see("200");
        see("thank you");
        see("Delivery to rules-broken SENDING");
        see("Next attempt");
        see(WebhookReceiver.BROKEN);
        assertThat(WebhookReceiver.received("/rules")).isNotEmpty();
        accessible();
        pictures("rule-test");
        click("Open event");
        heading("tested");
        see("Test Yes, with sample values");
    }
}
