package dev.odometer.local.http.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, linux-amd64",
        "Linux, aarch64, false, linux-arm64v8",
        "Linux, amd64, true, linux-amd64-alpine",
        "Mac OS X, x86_64, false, darwin-amd64",
        "Mac OS X, aarch64, false, darwin-arm64v8",
        "Windows 11, amd64, false, windows-amd64",
        "Windows Server 2022, aarch64, false, windows-amd64"
    })
    void hasTheNameOfAReleasedJar(String system, String processor, boolean isAlpine, String name) {
        Platform platform = Platform.of(system, processor, isAlpine);

        assertThat(platform.name()).isEqualTo(name);
        assertThat(platform.archive()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, ppc64le, false, linux-ppc64le",
        "Linux, aarch64, true, linux-arm64v8-alpine",
        "FreeBSD, amd64, false, freebsd-amd64"
    })
    void needsADatabaseWhereNoReleaseHasPrograms(String system, String processor, boolean isAlpine, String name) {
        assertThatThrownBy(() -> Platform.of(system, processor, isAlpine).open())
                .isInstanceOf(StartRefusal.class)
                .hasMessageEndingWith(", but not for " + name + ".")
                .extracting(refusal -> ((StartRefusal) refusal).action())
                .isEqualTo("Set ODOMETER_DATABASE_URL, _USER and _PASSWORD to a database.");
    }

    @Test
    void namesTheJarToUse() {
        String current = Platform.current().name();
        var other = Platform.of(current.startsWith("windows") ? "Linux" : "Windows 11", "amd64", false);

        assertThatThrownBy(other::open)
                .isInstanceOf(StartRefusal.class)
                .hasMessage("This jar has PostgreSQL for " + current + ", but not for " + other.name() + ".")
                .extracting(refusal -> ((StartRefusal) refusal).action())
                .asString()
                .startsWith("Use the jar odometer-local-http-…-app");
    }

    @Test
    void hasProgramsForThisOne() throws Exception {
        try (var archive = Platform.current().open()) {
            assertThat(archive.read()).isNotNegative();
        }
    }
}
