package dev.odometer.metering.notification;

class InMemoryOutboxTest extends OutboxContract {

    @Override
    protected Stores empty() {
        var notifications = new InMemoryNotifications();
        return new Stores(notifications, new InMemoryOutbox(notifications));
    }
}
