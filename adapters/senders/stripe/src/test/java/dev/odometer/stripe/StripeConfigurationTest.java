package dev.odometer.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class StripeConfigurationTest {

    private static StandardEnvironment environment(Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(settings)));
        return environment;
    }

    private static @Nullable StripeSettings settings(String key, String url) {
        return StripeSettings.from(environment(Map.of("odometer.stripe.api-key", key, "odometer.stripe.url", url)));
    }

    @Test
    void isOffWithoutAKey() {
        assertThat(StripeSettings.from(environment(Map.of()))).isNull();
        assertThat(settings("", "")).isNull();
    }

    @Test
    void usesStripesAddressUnlessAnotherIsSet() {
        assertThat(settings("rk_live_1", "")).isEqualTo(new StripeSettings("rk_live_1", "https://api.stripe.com"));
        assertThat(settings(" sk_test_1 ", "https://stripe.example/"))
                .isEqualTo(new StripeSettings("sk_test_1", "https://stripe.example"));
        assertThat(settings("sk_test_1", "http://127.0.0.1:12111"))
                .isEqualTo(new StripeSettings("sk_test_1", "http://127.0.0.1:12111"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pk_live_secretpart", "secretpart", "sk_live_secret part", "sk_live_secretpart\u00e9"})
    void refusesAnotherKeyWithoutShowingIt(String key) {
        assertThatThrownBy(() -> settings(key, ""))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.stripe.api-key must be a secret key (sk_…) or a restricted key (rk_…)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.stripe.com",
                "ftp://api.stripe.com",
                "api.stripe.com",
                "https://api.stripe.com/v1",
                "https://user@api.stripe.com",
                "https://api.stripe.com?x=1",
                "https://",
                "https://a b"
            })
    void refusesAnotherUrl(String url) {
        assertThatThrownBy(() -> settings("sk_test_1", url))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.stripe.url must be an https URL without a path, but is: " + url);
    }
}
