package dev.odometer.functions.deadletter;

class InMemoryDeadLetterStoreTest extends DeadLetterStoreContract {

    @Override
    protected DeadLetterStore empty() {
        return new InMemoryDeadLetterStore();
    }
}
