package dev.odometer.parking;

class InMemoryParkedItemsTest extends ParkedItemsContract {

    @Override
    protected ParkedItems empty() {
        return new InMemoryParkedItems();
    }
}
