package dev.odometer.conformance;

import org.springframework.context.ConfigurableApplicationContext;

/** Invalid requests on PostgreSQL, which rejects more values than the in-memory stores. */
class HostileRequestsLocalIT extends HostileRequestsContract {

    @Override
    ConfigurableApplicationContext context() {
        return LocalServer.context();
    }
}
