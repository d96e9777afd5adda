package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetersIT extends InBrowser {

    private static LocalDate today = LocalDate.EPOCH;

    @BeforeAll
    static void someUsage() {
        today = LocalDate.now(ZoneOffset.UTC);
        call(
                "/api/v1/meters",
                "{\"slug\":\"tokens\",\"name\":\"Tokens used\",\"aggregation\":\"SUM\",\"eventType\":\"prompt\","
                        + "\"valueProperty\":\"$.tokens\",\"groupBy\":{\"model\":\"$.model\",\"region\":\"$.region\"}}");
        for (int day = 0; day < 10; day++) {
            event(
                    "s" + day,
                    today.minusDays(day),
                    "acme",
                    "\"tokens\":" + (100 + day) + ",\"model\":\"small\",\"region\":\"eu\"");
            event("l" + day, today.minusDays(day), "globex", "\"tokens\":1000,\"model\":\"large\",\"region\":\"us\"");
        }
        event("x1", today, "acme", "\"model\":\"small\"");
        event("x2", today, "acme", "\"tokens\":true,\"model\":\"small\"");
    }

    private static void event(String id, LocalDate day, String subject, String data) {
        call(
                "/api/v1/events",
                "{\"specversion\":\"1.0\",\"id\":\"" + id
                        + "\",\"source\":\"meters\",\"type\":\"prompt\",\"subject\":\"" + subject + "\",\"time\":\""
                        + day + "T00:00:01Z\",\"data\":{" + data + "}}");
    }

    private static void call(String path, String body) {
        Api.call(ConsoleServer.open(), "POST", path, body);
    }

    @Test
    void listsMeters() {
        open("#/meters", "Meters");

        see("Tokens used tokens SUM prompt $.tokens model, region");
        accessible();
        pictures("meters");
        type("Find a meter", "nothing like it");
        see("No meter has this text");
    }

    @Test
    void opensAMeterByItsLink() {
        open("#/meters", "Meters");

        click("Tokens used");

        heading("Tokens used");
        assertThat(driver().getCurrentUrl()).endsWith("#/meters/tokens");
        assertThat(driver().getTitle()).isEqualTo("Tokens used · Odometer");
    }

    @Test
    void showsUsageByWindow() {
        open("#/meters/tokens?zone=UTC", "Tokens used");

        see("11,045 in the whole range");
        see(day(today) + " 1,100");
        see(day(today.minusDays(9)) + " 1,109");
        assertThat(run("return document.querySelector('canvas').width > 200")).isEqualTo(true);
        accessible();
        pictures("meter");
        choose("Window", "Month");
        settle();
        assertThat(driver().getCurrentUrl()).contains("windowSize=MONTH");
    }

    /** A chart has at most 8 series. */
    @Test
    void saysHowManyGroupsTheChartLeavesOut() {
        for (int subject = 0; subject < 10; subject++) {
            event("many-" + subject, today, "many-" + subject, "\"tokens\":0,\"region\":\"r" + subject + "\"");
        }

        open("#/meters/tokens?groupBy=region&zone=UTC", "Tokens used");

        see("The chart shows the 8 largest groups; 4 more are in the table.");
        see(day(today) + " r9 0");
    }

    private static String day(LocalDate day) {
        return day.format(java.time.format.DateTimeFormatter.ofPattern("MMM d, yyyy", java.util.Locale.US));
    }

    @Test
    void groupsAndFilters() {
        open("#/meters/tokens?zone=UTC", "Tokens used");

        choose("Group by", "model");
        see(day(today) + " small 100");
        choose("Filter by", "model");
        type("Value", "large");
        click("Add filter");
        seeNot(" small 100");

        see(day(today) + " large 1,000");
        see("10,000 in the whole range");
        assertThat(driver().getCurrentUrl()).contains("groupBy=model").contains("filter=model%3Dlarge");
        pictures("meter-grouped");
        driver().navigate().back();
        see(day(today) + " small 100");
    }

    @Test
    void showsAnAddressThatWasShared() {
        String from = today.minusDays(3) + "T00:00:00Z";
        String to = today.minusDays(1) + "T00:00:00Z";

        open("#/meters/tokens?zone=UTC&from=" + from + "&to=" + to + "&subject=acme&windowSize=DAY", "Tokens used");

        see(day(today.minusDays(2)) + " acme 102");
        see(day(today.minusDays(3)) + " acme 103");
        assertThat(text()).doesNotContain(day(today.minusDays(1)) + " acme").doesNotContain("globex");
    }

    @Test
    void ignoresInvalidPartsOfAnAddress() {
        open("#/meters/tokens?zone=Nope/Zone&from=yesterday&range=none", "Tokens used");

        assertThat(field("Range").getDomProperty("value")).isEqualTo("30d");
        see("in the whole range");
    }

    @Test
    void windowsBeginInTheChosenZone() {
        open("#/meters/tokens?zone=America/New_York", "Tokens used");

        // One second after midnight in UTC is the day before in New York.
        see(day(today.minusDays(1)) + " 1,100");
        assertThat(text()).doesNotContain(day(today) + " 1,100");
    }

    @Test
    void downloadsCsvWithTheSameQuery() throws Exception {
        Instant before = Instant.now().minusSeconds(5);
        open("#/meters/tokens?zone=UTC&groupBy=model", "Tokens used");

        click("Download CSV");

        await("the file", () -> downloaded(before).isPresent());
        assertThat(Files.readString(downloaded(before).orElseThrow()))
                .startsWith("window_start,window_end,model,value\n")
                .contains("large,1000.000000");
    }

    private static Optional<Path> downloaded(Instant after) {
        try (Stream<Path> files = Files.list(Browser.downloads())) {
            return files.filter(file -> file.getFileName().toString().matches("tokens.*\\.csv"))
                    .filter(file -> file.toFile().lastModified() > after.toEpochMilli())
                    .findFirst();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void explainsWhyAnEventIsNotCounted() {
        open("#/meters/tokens", "Tokens used");

        see("x1 invalid event: missing value property: \"$.tokens\"");
        see("x2 invalid event: unsupported value property type: bool");
        assertThat(text()).doesNotContain("no customer found");
    }

    @Test
    void saysThatAMeterDoesNotExist() {
        open("#/meters/nothing", "nothing");

        see("404");
    }
}
