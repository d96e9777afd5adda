package dev.odometer.webhook;

import dev.odometer.metering.notification.Courier;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The courier for webhooks; {@code odometer.notifications.allow-private-addresses} (false) lets it into networks that are
 * not public. Nothing of a client is loaded before the first delivery.
 */
@AutoConfiguration
public class WebhookConfiguration {

    @Bean
    @Lazy
    Courier webhookCourier(Environment environment, ObjectProvider<Clock> clock) {
        boolean privateToo =
                environment.getProperty("odometer.notifications.allow-private-addresses", Boolean.class, false);
        return new WebhookCourier(
                () -> new Client(new CheckedAddresses(privateToo)), clock.getIfAvailable(Clock::systemUTC));
    }
}
