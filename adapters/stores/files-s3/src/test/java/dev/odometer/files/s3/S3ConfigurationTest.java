package dev.odometer.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
    void defaultsToAws() {
        assertThat(settings(Map.of()).endpoint()).isEmpty();
        assertThat(settings(Map.of()).pathStyle()).isFalse();
    }

    @Test
    void usesPathStyleWithAnotherEndpoint() {
        S3Settings other = settings(Map.of("odometer.files.s3.endpoint", "http://127.0.0.1:9000/"));

        assertThat(other.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
        assertThat(other.pathStyle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "x", "http://", "http://x/path", "http://user:secret@x", "http://x?y"})
    void refusesAnInvalidEndpoint(String endpoint) {
        assertThatThrownBy(() -> settings(Map.of("odometer.files.s3.endpoint", endpoint)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Creates the store as a startup does, in a separate process. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            System.out.println(
                    new S3Configuration().s3FileStore(new StandardEnvironment()).getClass());
        }
    }

    /** Each loaded class makes a cold start slower. */
    @Test
    void loadsNoAwsClassesAtStartup() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName())
                .redirectErrorStream(true)
                .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(loaded)
                .contains("class dev.odometer.files.s3.S3FileStore")
                .doesNotContain("software.amazon.")
                .doesNotContain("HttpURLConnection");
    }
}
