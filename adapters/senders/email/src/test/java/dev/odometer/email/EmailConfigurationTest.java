package dev.odometer.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class EmailConfigurationTest {

    private static final Target MAIL = new Target.Email(List.of("a@example.com"));
    private final Map<String, Object> settings = new HashMap<>();

    private StandardEnvironment environment() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return environment;
    }

    private Courier courier() {
        return new EmailConfiguration().emailCourier(environment());
    }

    @Test
    void isInactiveWithoutAHost() {
        assertThat(courier().supports(MAIL)).isFalse();

        for (String setting : List.of("host", "from", "user", "password", "port")) {
            settings.put("odometer.email." + setting, "");
        }
        assertThat(courier().supports(MAIL)).isFalse();
    }

    @Test
    void defaultsToThePortOfTheTlsMode() {
        settings.put("odometer.email.host", "mail.example.com");
        settings.put("odometer.email.from", "odometer@example.com");
        settings.put("odometer.email.port", "");
        settings.put("odometer.email.tls", "Implicit");

        assertThat(courier().supports(MAIL)).isTrue();
        assertThat(EmailSettings.from(environment())).extracting("port").isEqualTo(465);
    }

    @Test
    void namesTheMissingOrInvalidSetting() {
        settings.put("odometer.email.host", "mail.example.com");
        assertThatIllegalStateException().isThrownBy(this::courier).withMessageContaining("odometer.email.from");

        settings.put("odometer.email.from", "odometer@example.com");
        settings.put("odometer.email.tls", "ssl");
        assertThatIllegalStateException().isThrownBy(this::courier).withMessageContaining("odometer.email.tls");
    }
}
