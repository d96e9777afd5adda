package dev.odometer.stripe;

import dev.odometer.metering.handoff.InvoiceCourier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the courier for Stripe. It is off unless {@code odometer.stripe.api-key} is set; {@code
 * odometer.stripe.url} replaces the address of the API. To keep cold starts short, the HTTP client is loaded with the
 * first invoice.
 */
@AutoConfiguration
public class StripeConfiguration {

    /** The function reserves 40 s for a request. */
    private static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(30);

    @Bean
    InvoiceCourier stripeCourier(Environment environment) {
        StripeSettings settings = StripeSettings.from(environment);
        if (settings == null) {
            return new StripeCourier(null);
        }
        var transport = new LazyTransport(settings);
        return new StripeCourier(hasTime -> new StripeCalls(transport.get(), hasTime));
    }

    /** The client, created with the first request. */
    private static final class LazyTransport {

        private final StripeSettings settings;
        private @Nullable Transport created;

        LazyTransport(StripeSettings settings) {
            this.settings = settings;
        }

        synchronized Transport get() {
            if (created == null) {
                created = new HttpTransport(settings, MAX_REQUEST_TIME);
            }
            return created;
        }
    }
}
