package dev.odometer.metering.notification;

class InMemoryNotificationsTest extends NotificationsContract {

    @Override
    protected Notifications empty() {
        return new InMemoryNotifications();
    }
}
