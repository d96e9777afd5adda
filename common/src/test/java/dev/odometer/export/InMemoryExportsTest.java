package dev.odometer.export;

class InMemoryExportsTest extends ExportsContract {

    @Override
    protected Exports empty() {
        return new InMemoryExports();
    }
}
