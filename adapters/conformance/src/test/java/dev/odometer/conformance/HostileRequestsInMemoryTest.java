package dev.odometer.conformance;

import org.springframework.context.ConfigurableApplicationContext;

class HostileRequestsInMemoryTest extends HostileRequestsContract {

    private static final ConfigurableApplicationContext CONTEXT = InMemoryApp.start();

    @Override
    ConfigurableApplicationContext context() {
        return CONTEXT;
    }
}
