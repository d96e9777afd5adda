package dev.odometer.local.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.local.http.Odometer;
import dev.odometer.local.http.Services;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;

class OpenAccessCheckIT {

    private static void check(String address, String keys) {
        var context = new GenericApplicationContext();
        var environment = new org.springframework.core.env.StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource(
                        "test", java.util.Map.of("server.address", address, "odometer.api-keys", keys)));
        context.setEnvironment(environment);
        new OpenAccessCheck().initialize(context);
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

        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("Without API keys the service may listen on this machine only, not on 0.0.0.0.")
                .doesNotContain("\tat ");
    }
}
