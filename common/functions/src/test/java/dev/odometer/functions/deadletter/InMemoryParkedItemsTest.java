package dev.odometer.functions.deadletter;

class InMemoryParkedItemsTest extends ParkedItemsContract {

    @Override
    protected ParkedItems empty() {
        return new InMemoryParkedItems();
    }
}
