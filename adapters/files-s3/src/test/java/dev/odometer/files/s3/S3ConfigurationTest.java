package dev.odometer.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class S3ConfigurationTest {

    private static S3Settings settings(Map<String, Object> properties) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
        return S3Settings.from(environment);
    }

    @Test
    void isAwsByDefault() {
        assertThat(settings(Map.of()).endpoint()).isEmpty();
        assertThat(settings(Map.of()).pathStyle()).isFalse();
    }

    @Test
    void putsTheBucketIntoThePathOfOtherStores() {
        S3Settings other = settings(Map.of("odometer.files.s3.endpoint", "http://127.0.0.1:9000/"));

        assertThat(other.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
        assertThat(other.pathStyle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "x", "http://", "http://x/path", "http://user:secret@x", "http://x?y"})
    void refusesAnEndpointThatIsNone(String endpoint) {
        assertThatThrownBy(() -> settings(Map.of("odometer.files.s3.endpoint", endpoint)))
                .isInstanceOf(IllegalStateException.class);
    }
}
