package dev.odometer.email;

import dev.odometer.metering.notification.Courier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Configures the courier for e-mail. It is active when {@code odometer.email.host} is set; the other settings are
 * {@code .port}, {@code .user}, {@code .password}, {@code .from} and {@code .tls}. To keep cold starts short, the mail
 * libraries are loaded with the first message.
 */
@AutoConfiguration
public class EmailConfiguration {

    /** @throws dev.odometer.functions.refusal.StartRefusal when a setting is missing or wrong */
    @Bean
    @Lazy
    Courier emailCourier(Environment environment) {
        return new EmailCourier(EmailSettings.from(environment));
    }
}
