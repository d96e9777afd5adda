package dev.odometer.functions.schedule;

class InMemoryTickLogTest extends TickLogContract {

    @Override
    protected TickLog empty() {
        return new InMemoryTickLog();
    }
}
