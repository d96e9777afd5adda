package dev.odometer.local.http.offender;

import org.springframework.core.env.Environment;

/** Violates the rules: a number that is not read by {@code Settings}. */
public class UncheckedSetting {
    int port(Environment environment) {
        return environment.getProperty("port", Integer.class, 0);
    }
}
