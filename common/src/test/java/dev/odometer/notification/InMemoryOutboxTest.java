package dev.odometer.notification;

class InMemoryOutboxTest extends OutboxContract {

    @Override
    protected Stores empty() {
        var notifications = new InMemoryNotifications();
        return new Stores(notifications, new InMemoryOutbox(notifications));
    }
}
