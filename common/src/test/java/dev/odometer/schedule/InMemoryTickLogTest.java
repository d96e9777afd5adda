package dev.odometer.schedule;

class InMemoryTickLogTest extends TickLogContract {

    @Override
    protected TickLog empty() {
        return new InMemoryTickLog();
    }
}
