package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.digest.Sha256;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiKeysTest {

    @Test
    void acceptAKeyInUtf8() {
        var keys = ApiKeys.parse(new Sha256().add("schlüssel").hex());

        assertThat(keys.accepts(Optional.of("Bearer " + Headers.transmitted("schlüssel"))))
                .isTrue();
        assertThat(keys.accepts(Optional.of("Bearer schlüssel"))).isFalse();
    }
}
