package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service prints without starting. */
class CommandsIT {

    private static String printed(int status, String... arguments) throws Exception {
        Process service = Services.java(Odometer.class, arguments);
        String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(service.waitFor()).as(output).isEqualTo(status);
        return output;
    }

    @Test
    void printsTheVersion() throws Exception {
        assertThat(printed(0, "--version")).matches("Odometer \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void printsTheCommandsAndOptions() throws Exception {
        assertThat(printed(0, "--help")).contains("migrate", "replay --channel=NAME", "--server.port=8888");
    }

    @ParameterizedTest
    @CsvSource({
        "migrat, command migrat",
        "bakup, command bakup",
        "--prot=1, option --prot",
        "--data-dir, option --data-dir",
        "migrate --dry-run, option --dry-run",
        "replay --chanel=files, option --chanel",
        "backup now, command now",
        "erase --subjects=acme, option --subjects"
    })
    void namesUnknownCommandsAndOptions(String arguments, String named) throws Exception {
        assertThat(printed(2, arguments.split(" ")))
                .isEqualToIgnoringNewLines(
                        "There is no " + named
                                + ". The commands are migrate, replay, backup, restore, move, unarchive and erase; --help lists the options.");
    }

    /** Spring Boot reads these settings before it can analyze a failure, or logs the failure with its stack trace. */
    @ParameterizedTest
    @CsvSource({
        "--logging.structured.format.console=foo, logging.structured.format.console is foo",
        "--logging.config=/no/such/logback.xml, logging.config is /no/such/logback.xml",
        "--spring.profiles.active=a/b, must contain a letter"
    })
    void namesAWrongSettingWithoutAStackTrace(String argument, String reason) throws Exception {
        assertThat(printed(1, argument, "--server.port=0")).contains(reason).doesNotContain("\tat ");
    }
}
