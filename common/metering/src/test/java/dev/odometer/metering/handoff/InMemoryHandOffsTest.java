package dev.odometer.metering.handoff;

import java.time.Clock;

class InMemoryHandOffsTest extends HandOffsContract {

    @Override
    protected HandOffStores empty() {
        return HandOffStores.inMemory(Clock.systemUTC());
    }
}
