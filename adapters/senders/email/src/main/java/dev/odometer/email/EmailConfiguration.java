package dev.odometer.email;

import dev.odometer.metering.notification.Courier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * The courier for e-mail, which knows the way where {@code odometer.email.host} names a server; with {@code .port},
 * {@code .user}, {@code .password}, {@code .from} and {@code .tls}. Nothing of the mail libraries is loaded before the
 * first message.
 */
@AutoConfiguration
public class EmailConfiguration {

    /** @throws dev.odometer.refusal.StartRefusal when a setting is missing or wrong */
    @Bean
    @Lazy
    Courier emailCourier(Environment environment) {
        return new EmailCourier(EmailSettings.from(environment));
    }
}
