package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The exports, on a service of its own that has none at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExportsIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own("--odometer.exports.container=exports");
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    @Test
    @Order(1)
    void saysHowToExport() {
        open("#/files?tab=exports", "Imports & exports");

        see("There are no exports yet");
        see("curl -H 'Content-Type: application/json' '" + server().url() + "api/v1/exports'");
        accessible();
        pictures("exports-empty");
    }

    @Test
    @Order(2)
    void exportsUsage() {
        api("POST", "/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
        open("#/files?tab=exports", "Imports & exports");

        click("Create export");
        heading("Create export");
        choose("Format", "NDJSON");
        type("Meter", "calls");
        pictures("export-new");
        accessible();
        click("Export");

        heading("Usage export");
        see("Status done");
        see("exports/usage/calls/");
        see("-day-UTC.ndjson");
        accessible();
        pictures("export");
        assertThat(api("GET", "/api/v1/exports", null)).contains("\"meters\":[\"calls\"]");
        open("#/files?tab=exports", "Imports & exports");
        see("UTC done DAY NDJSON calls 1 0");
        pictures("exports");
    }

    @Test
    @Order(3)
    void showsWhyAnExportIsRefused() {
        open("#/files/exports/new", "Create export");
        type("Meter", "nothing");
        click("Add");

        click("Export");

        see("404");
        see("nothing");
        heading("Create export");
    }

    @Test
    @Order(4)
    void saysWhichSettingIsMissing() {
        // The service of the other tests has no container for exports.
        driver().get(ConsoleServer.open().url() + "#/files/exports/new");
        heading("Create export");
        settle();

        click("Export");

        see("409");
        see("Set odometer.exports.container");
    }
}
