package dev.odometer.metering.export;

class InMemoryExportsTest extends ExportsContract {

    @Override
    protected Exports empty() {
        return new InMemoryExports();
    }
}
