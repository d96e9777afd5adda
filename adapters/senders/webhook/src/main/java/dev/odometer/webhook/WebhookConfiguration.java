package dev.odometer.webhook;

import dev.odometer.functions.setting.Settings;
import dev.odometer.metering.notification.Courier;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Configures the courier for webhooks. {@code odometer.notifications.allow-private-addresses} (default false) allows
 * addresses that are not public. To keep cold starts short, the HTTP client is loaded with the first delivery.
 */
@AutoConfiguration
public class WebhookConfiguration {

    @Bean
    @Lazy
    Courier webhookCourier(Environment environment, ObjectProvider<Clock> clock) {
        boolean allowPrivate =
                new Settings(environment::getProperty).flag("odometer.notifications.allow-private-addresses", false);
        return new WebhookCourier(
                () -> new Client(new CheckedAddresses(allowPrivate)), clock.getIfAvailable(Clock::systemUTC));
    }
}
