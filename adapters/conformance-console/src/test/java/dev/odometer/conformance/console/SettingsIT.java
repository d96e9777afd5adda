package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsIT extends InBrowser {

    @Override
    ConsoleServer server() {
        return ConsoleServer.billing();
    }

    private void token(String subject) {
        api("POST", "/api/v1/portal/tokens", "{\"subject\":\"" + subject + "\"}");
    }

    @Test
    void tellsWhatTheServiceIs() {
        open("#/settings", "Settings");

        see("Health Ready");
        see("Address " + server().url());
        see("Version of the API v1");
        see("API key No API key is sent: the API answers without one.");
        assertThat(text()).doesNotContain("Remove API key");
    }

    @Test
    void showsBillingProfiles() {
        BilledCustomer.create(server(), "profiled", "PT1H");
        open("#/settings", "Settings");

        see("Default Default Odometer");
        see("Germany for profiled Seller GmbH DE999999999 Standard rate, 19 % by hand P14D");
        accessible();
        pictures("settings");
        click("Germany for profiled");

        heading("Germany for profiled");
        see("Seller GmbH Marienplatz 1 80331 Munich DE Tax id DE999999999");
        see("Waits for late usage PT1H");
        see("Payment The customer pays the invoice");
        accessible();
        pictures("settings-profile");
    }

    @Test
    void invalidatesPortalTokens() {
        token("one");
        token("many");
        token("many");
        open("#/settings", "Settings");
        see("one all");

        type("Subject", "many");
        click("Invalidate all tokens");
        see("All portal tokens of the subject many become invalid immediately");
        click("Invalidate tokens");
        seeNot("many all");
        click("Invalidate");
        see("The token");
        click("Cancel");
        see("one all");
        click("Invalidate");
        click("Invalidate token");

        see("There are no valid portal tokens");
        assertThat(api("GET", "/api/v1/portal/tokens", null)).isEqualTo("[]");
        accessible();
    }

    @Test
    void setsTheZoneAndTheTheme() {
        open("#/settings", "Settings");

        choose("Display time zone", "Asia/Tokyo");
        choose("Color theme", "Dark");

        assertThat(run("return document.documentElement.dataset.theme")).isEqualTo("dark");
        driver().navigate().refresh();
        heading("Settings");
        settle();
        assertThat(field("Display time zone").getDomProperty("value")).isEqualTo("Asia/Tokyo");
    }
}
