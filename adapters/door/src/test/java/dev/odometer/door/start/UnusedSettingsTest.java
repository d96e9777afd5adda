package dev.odometer.door.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A setting that nothing reads is named, with the name that was meant. */
class UnusedSettingsTest {

    @Configuration(proxyBeanMethods = false)
    static class Reader {

        @Bean
        List<String> read(Environment environment) {
            Binder.get(environment).bind("odometer.meters", Bindable.listOf(Meter.class));
            return List.of(
                    environment.getProperty("odometer.data-dir", "none"),
                    environment.getProperty("odometer.database.url", "none"));
        }
    }

    record Meter(String slug, Map<String, String> groupBy) {}

    private static List<String> unused(Map<String, Object> variables, String... options) {
        var application = new SpringApplicationBuilder(Reader.class).environment(new VariablesOnly(variables));
        try (var context = application.run(options)) {
            return UnusedSettings.find(context.getEnvironment());
        }
    }

    /** The environment variables of the test's own process are not those of the test. */
    static final class VariablesOnly extends StandardEnvironment {

        VariablesOnly(Map<String, Object> variables) {
            getPropertySources()
                    .replace(
                            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        }
    }

    @Test
    void areNotThoseThatAreRead() {
        assertThat(unused(
                        Map.of("ODOMETER_DATABASE_URL", "a", "ODOMETER_METERS_0_GROUPBY_MODEL", "$.model", "PATH", "x"),
                        "--odometer.data-dir=b",
                        "--odometer.meters[0].slug=c",
                        "--server.port=1"))
                .isEmpty();
    }

    @Test
    void areNamedWithTheSettingThatWasMeant() {
        assertThat(unused(Map.of("ODOMETER_DATBASE_URL", "a"), "--odometer.data-dri=b", "--odometer.stripe.url=c"))
                .containsExactlyInAnyOrder(
                        "ODOMETER_DATBASE_URL (did you mean odometer.database.url?)",
                        "odometer.data-dri (did you mean odometer.data-dir?)",
                        "odometer.stripe.url");
    }
}
