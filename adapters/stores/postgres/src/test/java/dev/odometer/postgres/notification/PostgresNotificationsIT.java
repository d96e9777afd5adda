package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.NotificationsContract;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;

class PostgresNotificationsIT extends NotificationsContract {

    @Override
    protected Notifications empty() {
        return TestDatabase.emptyStore(Clock.systemUTC()).notifications();
    }
}
