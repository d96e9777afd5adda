package dev.odometer.webhook;

import static dev.odometer.webhook.Examples.OLD_SECRET;
import static dev.odometer.webhook.Examples.SECRET;
import static dev.odometer.webhook.Examples.rotated;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Target;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);

    private static Target.Webhook with(String secret) {
        return new Target.Webhook("https://a.example", Map.of(), secret, null, null);
    }

    /** The example of the Standard Webhooks specification. */
    @Test
    void matchesTheExampleOfTheSpecification() {
        byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);

        assertThat(Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", AT, body, with(SECRET)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Property
    void matchesTheReferenceLibrary(
            @ForAll @AlphaChars @NotEmpty String id, @ForAll String body, @ForAll @Size(min = 24, max = 64) byte[] key)
            throws Exception {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
        String valid = new String(body.getBytes(UTF_8), UTF_8);

        assertThat(Signature.of(id, AT, valid.getBytes(UTF_8), with(secret)))
                .isEqualTo(new com.standardwebhooks.Webhook(secret).sign(id, AT.getEpochSecond(), valid));
    }

    @Test
    void signsWithBothSecretsUntilThePreviousOneExpires() {
        byte[] body = {'x'};
        String current = Signature.of("id", AT, body, with(SECRET));
        String previous = Signature.of("id", AT, body, with(OLD_SECRET));

        assertThat(Signature.of("id", AT, body, rotated(AT.plusSeconds(1)))).isEqualTo(current + " " + previous);
        assertThat(Signature.of("id", AT, body, rotated(null))).isEqualTo(current + " " + previous);
        assertThat(Signature.of("id", AT, body, rotated(AT))).isEqualTo(current);
    }

    @Test
    void refusesASecretThatIsNotBase64() {
        assertThatThrownBy(() -> Signature.of("id", AT, new byte[0], with("whsec_====")))
                .isInstanceOf(Refusal.class)
                .hasMessage("the signing secret is not Base64");
    }
}
