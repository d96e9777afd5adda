package dev.odometer.files.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class GoogleFilesConfigurationTest {

    private static GoogleFileStore store(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return (GoogleFileStore) new GoogleFilesConfiguration().googleFileStore(environment);
    }

    @Test
    void defaultsToGooglesEndpoint() {
        assertThat(store(Map.of()).endpoint()).isEqualTo(URI.create("https://storage.googleapis.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ftp://x", "https://x/path", "https://user:secret@x"})
    void refusesAnInvalidServer(String server) {
        assertThatThrownBy(() -> store(Map.of("odometer.files.google.endpoint", server)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store(Map.of("odometer.files.google.metadata", server)))
                .isInstanceOf(IllegalStateException.class);
    }
}
