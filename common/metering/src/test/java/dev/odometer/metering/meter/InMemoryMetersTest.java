package dev.odometer.metering.meter;

class InMemoryMetersTest extends MetersContract {

    @Override
    protected Meters empty() {
        return new InMemoryMeters();
    }
}
