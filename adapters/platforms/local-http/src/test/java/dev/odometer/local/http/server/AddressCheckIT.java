package dev.odometer.local.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.Odometer;
import dev.odometer.local.http.Services;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;

/** An address that cannot or must not be used is refused before anything else is done. */
class AddressCheckIT {

    private static void check(String address, String keys) {
        check(address, keys, 0);
    }

    private static void check(String address, String keys, int port) {
        var context = new GenericApplicationContext();
        var environment = new org.springframework.core.env.StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource(
                        "test",
                        java.util.Map.of("server.address", address, "odometer.api-keys", keys, "server.port", port)));
        context.setEnvironment(environment);
        new AddressCheck().initialize(context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
    void allowsLoopbackAddressesWithoutKeys(String address) {
        assertThatCode(() -> check(address, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "", "192.0.2.1", "nowhere.invalid"})
    void requiresKeysOnOtherAddresses(String address) {
        assertThatThrownBy(() -> check(address, " ")).isInstanceOf(StartRefusal.class);
        assertThatCode(() -> check(address, "0".repeat(64))).doesNotThrowAnyException();
    }

    @Test
    void failsTheStartWithAMessageInsteadOfAStackTrace() throws Exception {
        Process service = Services.java(Odometer.class, "--server.address=0.0.0.0", "--server.port=0");
        String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(service.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(service.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("Without API keys the service may listen on this machine only, not on 0.0.0.0.")
                .doesNotContain("\tat ");
    }

    @Test
    void refusesAPortThatAnotherProcessUsesBeforeAnythingIsUnpacked(@TempDir Path folder) throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path data = folder.resolve("data");
            Process service = Services.java(
                    Odometer.class, "--server.port=" + other.getLocalPort(), "--odometer.data-dir=" + data);
            String output = new String(service.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(service.waitFor()).isEqualTo(1);
            assertThat(output)
                    .contains("The service cannot listen on port " + other.getLocalPort() + " of 127.0.0.1")
                    .doesNotContain("\tat ");
            assertThat(data).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "nowhere.invalid"})
    void refusesAnAddressOfAnotherMachine(String address) {
        assertThatThrownBy(() -> check(address, "0".repeat(64), 1))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("The service cannot listen on ");
    }
}
