package dev.odometer.conformance.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The imports, on a service of its own that has none at first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportsIT extends InBrowser {

    private static final class Own {
        private static final ConsoleServer SERVER = ConsoleServer.own();
    }

    @Override
    ConsoleServer server() {
        return Own.SERVER;
    }

    private static String lines(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"specversion\":\"1.0\",\"id\":\"" + name + n
                        + "\",\"source\":\"files\",\"type\":\"call\",\"subject\":\"acme\"}\n")
                .collect(Collectors.joining());
    }

    /** A file is renamed when it is complete, so that the service does not take a part of it. */
    private void put(String name, String content) throws IOException {
        Path inbox = Files.createDirectories(server().data().resolve("files/inbox"));
        Path part = inbox.resolve(name + ".part");
        Files.writeString(part, content);
        Files.move(part, inbox.resolve(name));
    }

    private void awaitImport(String name, String status) {
        await(
                name + " is " + status,
                () -> api("GET", "/api/v1/imports", null)
                        .matches("(?s).*\"key\":\"" + java.util.regex.Pattern.quote(name) + "\"[^}]*\"status\":\""
                                + status + "\".*"));
    }

    @Test
    @Order(1)
    void saysHowToImport() {
        open("#/files", "Imports & exports");

        see("There are no imports yet");
        see("odometer-data/files/inbox/usage.ndjson");
        accessible();
        pictures("imports-empty");
    }

    @Test
    @Order(2)
    void showsTheProgressOfAnImport() throws IOException {
        put("big.ndjson", lines("big", 400_000));
        awaitImport("big.ndjson", "running");

        open("#/files", "Imports & exports");

        see("big.ndjson inbox running");
        assertThat(run("return document.querySelectorAll('[role=meter]').length"))
                .isEqualTo(1L);
        pictures("imports-running");
        see("big.ndjson inbox done 400,000 0 0");
    }

    @Test
    @Order(3)
    void countsDuplicatesAndRejectedLines() throws IOException {
        put("again.ndjson", lines("big", 90) + "{\"specversion\":\"1.0\"}\n".repeat(5) + lines("new", 5));
        awaitImport("again.ndjson", "done");
        open("#/files", "Imports & exports");

        see("again.ndjson inbox done 5 90 5");
        accessible();
        pictures("imports");
        click("again.ndjson");

        heading("again.ndjson");
        see("Counted 5");
        see("Duplicates 90");
        see("Rejected 5");
        see("again.ndjson.rejected.ndjson");
        accessible();
        pictures("import");
    }

    @Test
    @Order(4)
    void showsWhyAnImportFailed() throws IOException {
        put("<img src=x onerror=alert(1)>.ndjson", "this is not JSON\n".repeat(3));
        awaitImport("<img src=x onerror=alert(1)>.ndjson", "failed");
        open("#/files", "Imports & exports");
        see("again.ndjson");

        choose("Status", "Failed");

        see("<img src=x onerror=alert(1)>.ndjson inbox failed");
        see("lines are rejected, more than the allowed share of 0.1");
        seeNot("again.ndjson");
        assertThat(driver().getCurrentUrl()).endsWith("#/files?status=failed");
        driver().navigate().back();
        see("again.ndjson");
    }
}
