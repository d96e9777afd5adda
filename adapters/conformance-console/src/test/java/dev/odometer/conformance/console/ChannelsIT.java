package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The channels of notifications. */
class ChannelsIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return WebhookReceiver.server();
    }

    private void openTab() {
        open("#/notifications?tab=channels", "Notifications");
    }

    private String secret() {
        return String.valueOf(
                run(
                        "return [...document.querySelectorAll('code')].map(one => one.textContent).find(text => text.startsWith('whsec_'))"));
    }

    @Test
    void createsAWebhookAndShowsItsSecretOnce() {
        openTab();
        click("Create channel");
        heading("Create channel");
        type("Name", "<img src=x onerror=alert(1)>");
        type("URL", WebhookReceiver.url("/created"));
        type("Custom headers", "X-Token: t-123");
        accessible();
        pictures("channel-new");
        click("Create");

        see("Copy the signing secret now");
        assertThat(secret()).isEqualTo("whsec_" + "•".repeat(24));
        accessible();
        pictures("channel-secret");
        click("Show secret");
        String secret = secret();
        assertThat(secret).matches("whsec_[A-Za-z0-9+/=]{32,}");
        click("Open channel");
        heading("<img src=x onerror=alert(1)>");
        settle();
        see("Signing secret whsec_…" + secret.substring(secret.length() - 4));
        see("X-Token: ***");
        assertThat(String.valueOf(run("return document.documentElement.outerHTML + location.href"
                        + " + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")))
                .doesNotContain(secret)
                .doesNotContain("t-123");
        accessible();
        pictures("channel");
    }

    @Test
    void createsAChannelForEMail() {
        openTab();
        click("Create channel");
        heading("Create channel");
        choose("Type", "E-mail");
        type("Name", "by mail");
        type("E-mail address", "ops@example.com");
        click("Add");
        type("E-mail address", "billing@example.com");
        type("Metadata", "team: billing");
        click("Create");

        heading("by mail");
        see("ops@example.com billing@example.com");
        see("team: billing");
    }

    @Test
    void saysWhyAChannelIsRefused() {
        open("#/notifications/channels/new", "Create channel");
        type("Name", "wrong");
        type("URL", WebhookReceiver.url("/x#fragment"));
        click("Create");

        see("400");
        assertThat(field("Name").getDomProperty("value")).isEqualTo("wrong");
    }

    @Test
    void editsAChannelAndKeepsItsSecrets() {
        String id = WebhookReceiver.channel("before", "/edited");
        api(
                "PUT",
                "/api/v1/notification/channels/" + id,
                "{\"type\":\"WEBHOOK\",\"name\":\"before\",\"url\":\"" + WebhookReceiver.url("/edited")
                        + "\",\"customHeaders\":{\"X-Token\":\"kept\"}}");
        open("#/notifications/channels/" + id, "before");
        String before = secret();

        click("Edit");
        type("Name", "after");
        click("Save");

        heading("after");
        settle();
        assertThat(secret()).isEqualTo(before);
        assertThat(api("GET", "/api/v1/notification/channels/" + id + "?includeSecrets=true", null))
                .contains("\"name\":\"after\"", "\"X-Token\":\"kept\"");
        click("Edit");
        click(field("Replace the signing secret"));
        click("Save");
        see("Copy the signing secret now");
        see("For 24 hours");
        see("Signing secret whsec_…");
        assertThat(text()).doesNotContain(before);
    }

    private void click(org.openqa.selenium.WebElement element) {
        element.click();
    }

    @Test
    void disablesAndEnables() {
        String id = WebhookReceiver.channel("switched", "/switched");
        open("#/notifications/channels/" + id, "switched");

        click("Disable");
        see("Deliveries to this channel wait until it is enabled again.");
        confirm("Disable");

        see("Status disabled");
        assertThat(api("GET", "/api/v1/notification/channels/" + id, null)).contains("\"disabled\":true");
        openTab();
        see("switched WEBHOOK " + WebhookReceiver.url("/switched") + " disabled");
        pictures("channels");
        accessible();
        click("switched");
        heading("switched");
        click("Enable");
        see("Status enabled");
    }

    /** Clicks the button of the dialog that is open. */
    private void confirm(String name) {
        driver().findElements(By.cssSelector("dialog[open] button")).stream()
                .filter(button -> button.getText().equals(name))
                .findFirst()
                .orElseThrow()
                .click();
    }

    @Test
    void deletesAfterAConfirmation() {
        String id = WebhookReceiver.channel("deleted-soon", "/deleted");
        open("#/notifications/channels/" + id, "deleted-soon");

        click("Delete");
        click("Cancel");
        assertThat(api("GET", "/api/v1/notification/channels/" + id, null)).contains("deleted-soon");
        click("Delete");
        pictures("channel-delete");
        click("Delete channel");

        heading("Notifications");
        settle();
        seeNot("deleted-soon");
        click(field("Show deleted channels"));
        see("deleted-soon WEBHOOK " + WebhookReceiver.url("/deleted") + " deleted");
    }

    @Test
    void saysWhichRuleKeepsAChannel() {
        String id = WebhookReceiver.channel("in use", "/in-use");
        WebhookReceiver.rule("uses it", "invoice.created", "\"" + id + "\"", "");
        open("#/notifications/channels/" + id, "in use");
        see("uses it invoice.created enabled");

        click("Delete");
        click("Delete channel");

        see("409");
        heading("in use");
    }
}
