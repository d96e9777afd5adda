package dev.odometer.conformance;

import org.springframework.context.ConfigurableApplicationContext;

/** Hostile requests on PostgreSQL, which refuses more than a list does. */
class HostileRequestsLocalIT extends HostileRequestsContract {

    @Override
    ConfigurableApplicationContext context() {
        return LocalServer.context();
    }
}
